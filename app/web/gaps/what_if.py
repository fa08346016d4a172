"""The form of a what-if works without a script: a move comes in as separate fields and leaves as one part of the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FIELDS = ("move_of", "move_level", "move_from", "move_to")
"""The service, the levels ticked, the youngest and the oldest age."""


def with_move(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]] | None:
    """The address with the fields of the form as `move` parts; None when it has none of them."""
    if not any(field in values for field in FIELDS):
        return None
    given = {field: [value.strip() for value in values.get(field, ()) if value.strip()] for field in FIELDS}
    service = "".join(given["move_of"][:1])
    moves = []
    if service and given["move_level"]:
        moves.append(f"{service}:levels:{','.join(given['move_level'])}")
    if service and (given["move_from"] or given["move_to"]):
        moves.append(f"{service}:ages:{''.join(given['move_from'][:1])}-{''.join(given['move_to'][:1])}")
    rest = {part: list(given_) for part, given_ in values.items() if part not in FIELDS}
    prefixes = tuple(move.rpartition(":")[0] + ":" for move in moves)
    kept = [move for move in rest.get("move", []) if not (prefixes and move.startswith(prefixes))]
    return {**rest, "move": [*kept, *moves]}
