"""Compare and note: choose themes or headings, tick what was seen, and print it. All of it lives in the address, none of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from app.answering import anchor
from app.levels import Choice, board, in_order, note
from app.problems import nearest
from app.question import AddressProblem
from app.web.marks import with_freshness
from app.web.schemes import Here, heading_ids, here
from app.web.state import current
from app.web.twins import address_problems_json, as_json
from app.web.words import shown

bp = Blueprint("compare", __name__)

FIELD_OF = {"theme": "pick-theme", "heading": "pick-heading"}
"""The form field that mends each part of the address."""


MOST_TOLD = 5
"""How many unknown values of a field are told one by one: looking for what each was meant to be takes time."""


@dataclass(frozen=True)
class Chip:
    """One theme or heading that was chosen, and the address without it."""

    kind: str
    label: str
    without: str


class Comparing:
    """What the address of the page asks to compare, and what in it cannot be used."""

    def __init__(self, place: Here) -> None:
        self.place = place
        self.problems: list[AddressProblem] = []
        self.headings = heading_ids(place.local)
        needs = self._known("theme", "need", list(place.local.directory.need_by_id))
        headings = self._known("heading", "heading", list(self.headings))
        seen = self._known("descriptor", "seen", list(place.local.by_id))
        self.choice = Choice(tuple(needs), tuple(self.headings[name] for name in headings), in_order(place.local, seen))

    def _known(self, part: str, field: str, allowed: list[str]) -> list[str]:
        """The values of a field that exist, each once; the others are told."""
        values, exist = [value for value in dict.fromkeys(map(str.strip, request.args.getlist(field))) if value], frozenset(allowed)
        unknown = [value for value in values if value not in exist]
        known = "; each level lists its descriptors" if field == "seen" else f"; {len(allowed)} {part}s can be chosen from the list"
        words = f"is not a {part} of {self.place.scheme.name}" if field != "need" else "is not a theme here"
        for value in unknown[:MOST_TOLD]:
            self.problems.append(AddressProblem(part, shown(value), f"{words}{nearest(value, allowed, most=0) or known}"))
        more = len(unknown) - MOST_TOLD
        if more > 0:
            self.problems.append(AddressProblem(part, "", f"names: {more} more {'is' if more == 1 else 'are'} not known{known}"))
        return [value for value in values if value in exist]

    def address(self, *, without: tuple[str, str] | None = None, path: str = "/compare") -> str:
        """The address of this choice, or of the choice without one theme or heading."""
        choice = self.choice
        pairs = [("need", name) for name in choice.needs] + [("heading", anchor(name)) for name in choice.headings]
        pairs += [("seen", one.id) for one in choice.ticked]
        pairs = [pair for pair in pairs if pair != without]
        base = f"{path}{self.place.shown.query}"
        return f"{base}{'&' if '?' in base else '?'}{urlencode(pairs)}" if pairs else base

    @property
    def chips(self) -> list[Chip]:
        """Every theme and heading chosen, each with the address that leaves it out."""
        known = self.place.local.directory.need_by_id
        chips = [Chip("Theme", known[name].label, self.address(without=("need", name))) for name in self.choice.needs]
        return chips + [Chip("Heading", name, self.address(without=("heading", anchor(name)))) for name in self.choice.headings]


@bp.get("/compare")
def compare() -> Response:
    """The columns of what was chosen, and the note on what was ticked."""
    place = here()
    asked = Comparing(place)
    if not asked.problems and any(not value.strip() for _, value in request.args.items(multi=True)):
        return make_response(redirect(asked.address(), code=303))
    through = [row.need for group in place.shown.themes.groups for row in group.rows if row.total and not row.missing]
    html = render_template(
        "compare.html", place=place, asked=asked, choice=asked.choice, problems=asked.problems, field_of=FIELD_OF,
        board=board(place.local, asked.choice), note=note(place.local, asked.choice.ticked), through=through,
        twin=asked.address(path="/compare.json"), need_choices=current().need_options,
    )  # fmt: skip
    return make_response(html, 400 if asked.problems else 200)


@bp.get("/compare.json")
def compare_json() -> Response:
    """The note for other programs."""
    place = here()
    asked = Comparing(place)
    data = {**note(place.local, asked.choice.ticked).to_json(), "problems": address_problems_json(asked.problems)}
    return as_json(with_freshness(data), 400 if asked.problems else 200)
