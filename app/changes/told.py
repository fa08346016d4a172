"""One change as it is told, and how the values on its two sides are said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from app.freshness.fields import CONTACT_FIELDS, GATEWAY_FIELDS, SERVICE_FIELDS
from app.model import Ages, ChangedKind, ChangeWord, Record, Route, date_in_words

LONGEST = 90
"""Characters of a value that a sentence repeats; of a longer text it says that it was rewritten."""

CHECKS = frozenset({"checked_on", "checked"})
"""Fields that say when somebody looked, not what is true."""

NOT_TOLD = frozenset({"id", "area", "scheme", "withheld", "not_recorded", "not_provided", "level", "levels_of_scheme"})
"""Fields that follow from others, or that tell the two sides apart."""

LABELS: dict[str, str] = {
    **{name: label.lower() for name, (_, label) in GATEWAY_FIELDS.items()},
    **{name: label.lower() for name, (_, label) in SERVICE_FIELDS.items()},
    **{name: label.lower() for name, label in CONTACT_FIELDS.items()},
    "status": "status", "body": "text", "as_at": "date of the source", "owner": "owner", "sources": "sources", "lower": "youngest age",
    "upper": "oldest age", "also_known_as": "other names", "email": "e-mail", "amount": "sum", "ends": "end", "any_need": "taking any need",
    "only_if": "needs without which it takes nobody", "main": "main needs", "also": "also", "start": "from", "end": "to",
    "later_name": "later name", "editor_note": "editor’s note", "what": "what it is", "audience": "who is told of it",
}  # fmt: skip

Names = Callable[[str], str]
"""Gives the words for an id, or the id itself."""


@dataclass(frozen=True)
class Told:
    """One thing that was added, ended, altered or moved. `details` are half-sentences, only for what was altered or moved."""

    kind: ChangedKind
    id: str
    name: str
    change: ChangeWord
    sentence: str
    details: tuple[str, ...] = ()
    address: str = ""
    checks_only: bool = field(default=False)

    @property
    def words(self) -> str:
        """The change in one sentence: "Family Help (Northshire): ages were ‘0–18’, now ‘0–19’."."""
        if not self.details:
            return self.sentence
        return f"{self.sentence.rstrip('.:')}: {'; '.join(self.details)}."

    def to_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "kind": self.kind, "id": self.id, "name": self.name, "change": self.change, "words": self.words, "details": list(self.details),
            "address": self.address or None,
        }  # fmt: skip


def differences(old: Record, new: Record, names: Names, leave_out: Iterable[str] = ()) -> tuple[str, ...]:
    """Half-sentences for every field in which two records of one kind differ, in the order of the fields."""
    hidden = {*NOT_TOLD, *leave_out}
    return tuple(
        part
        for name in type(old).model_fields
        if name not in hidden
        for part in _difference(label_of(name), getattr(old, name), getattr(new, name), names, name)
    )


def differs_only_by_checks(old: Record, new: Record) -> bool:
    """Whether nothing but the dates of checks is different."""
    emptied = {name: None for name in CHECKS if name in type(old).model_fields}
    return old != new and old.model_copy(update=emptied) == new.model_copy(update=emptied)


def label_of(name: str) -> str:
    """`who_can_refer` as "who can refer"."""
    return LABELS.get(name) or name.replace("_", " ")


def _difference(label: str, old: Any, new: Any, names: Names, name: str = "") -> Iterator[str]:
    if old == new:
        return
    if name == "checked_on" and new:
        yield f"checked on {date_in_words(new)}"
    elif isinstance(old, Ages) and isinstance(new, Ages) and old.text != new.text:
        yield f"{label} were {said(old.text, names)}, now {said(new.text, names)}"
    elif isinstance(old, Record) and isinstance(new, Record):
        for inner in type(old).model_fields:
            if inner not in NOT_TOLD:
                yield from _difference(f"{label} ({label_of(inner)})", getattr(old, inner), getattr(new, inner), names)
    elif isinstance(old, tuple) or isinstance(new, tuple):
        yield from _of_lists(label, old or (), new or (), names)
    elif _is_long(old) or _is_long(new):
        yield f"{label} was rewritten" if old and new else f"{label} {'is now' if new else 'is no longer'} recorded"
    elif isinstance(old, Record) or isinstance(new, Record):
        yield f"{label} {'is now' if new else 'is no longer'} recorded"
    else:
        yield f"{label} was {said(old, names)}, now {said(new, names)}"


def _of_lists(label: str, old: tuple[Any, ...], new: tuple[Any, ...], names: Names) -> Iterator[str]:
    if any(isinstance(each, Route) for each in (*old, *new)):
        yield from _of_routes(old, new, names)
        return
    came, went = [each for each in new if each not in old], [each for each in old if each not in new]
    if any(isinstance(each, Record) or _is_long(each) for each in (*old, *new)):
        counts = [f"{len(each)} {word}" for each, word in ((came, "added"), (went, "taken out")) if each]
        yield f"{label}: {', '.join(counts) if counts else 'put into another order'}"
    elif came or went:
        parts = [f"{word} {', '.join(said(each, names) for each in some)}" for some, word in ((came, "added"), (went, "taken out")) if some]
        yield f"{label}: {', '.join(parts)}"
    else:
        yield f"{label}: put into another order"


def _of_routes(old: tuple[Route, ...], new: tuple[Route, ...], names: Names) -> Iterator[str]:
    """Ways into a service: told by the stage they lead through."""
    for gateway in dict.fromkeys(route.gateway for route in (*old, *new)):
        before, after = ([route for route in side if route.gateway == gateway] for side in (old, new))
        through = f"the way in through {names(gateway)}"
        if not before or not after:
            yield f"{through} was {'added' if after else 'ended'}"
        elif before != after:
            yield f"{through} was altered"


def said(value: Any, names: Names) -> str:
    """A short value as a sentence says it: ‘0–18’, 3, yes, not recorded."""
    if value is None or value == ():
        return "not recorded"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    return names(text) if names(text) != text else f"‘{text}’"


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > LONGEST or "\n" in value)
