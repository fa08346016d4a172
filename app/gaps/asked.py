"""An address of the commissioners' pages as a query, and back; everything in it that cannot be used is told with what is allowed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from app.gaps.bands import BAND_BY_ID, BANDS, Band
from app.gaps.ground import Ground
from app.gaps.query import IN_USE, STATUSES, Query
from app.gaps.whatif import Change, Move
from app.model import OLDEST, RECIPIENT_WORDS, UNBORN, age_in_words, last_day
from app.problems import nearest
from app.question import AddressProblem

MATRIX_PARTS = ("need", "area", "received_by", "status", "funder", "ages", "youngest")
NEED_PARTS = ("area", "received_by", "status", "funder", "youngest", "age")
CELL_PARTS = (*MATRIX_PARTS, "age", "level")
COUNT_PARTS = ("need", "area", "received_by", "status", "funder", "youngest")
WINDOW_PARTS = (*COUNT_PARTS, "since", "by")
CHANGE_PARTS = (*COUNT_PARTS, "without", "ends_by", "move")

MOST_VALUES = 40
"""The most values of one part that are read."""

PART_WORDS = {
    "need": "a need known here", "area": "an area here", "received_by": "a recipient", "status": "a status", "funder": "a payer known here",
    "ages": "a way to show ages", "youngest": "a way to count an unknown youngest age", "age": "an age or a band of ages",
    "level": "a level of this area",
}  # fmt: skip
"""What a value of each part that names something is."""

BANDS_OR_YEARS = ("bands", "years")
AS_0 = "as-0"
DEFAULT_BAND = "11-15"

_MOVE = re.compile(r"([^:]+):(levels|ages):([^:]+)")


@dataclass(frozen=True)
class Asked:
    """What an address asks, and what is wrong in it; what is wrong is left out, the rest stands.

    `age` and `level` are None for all of them.
    """

    query: Query
    age: Band | None = None
    level: int | None = None
    since: date | None = None
    by: date | None = None
    change: Change = field(default_factory=Change)
    problems: tuple[AddressProblem, ...] = ()

    @property
    def band(self) -> Band:
        """The band asked about, for tables of one band."""
        return self.age or BAND_BY_ID[DEFAULT_BAND]


def asked_of(values: Mapping[str, Sequence[str]], ground: Ground, parts: Collection[str] = MATRIX_PARTS) -> Asked:
    """The query of an address. `parts` are those that the page knows; any other part is a problem, nothing is ignored in silence."""
    return _Reader(values, ground, parts).read()


def address_of(path: str, asked: Asked) -> str:
    """The address that asks the same again, for sharing: only what differs from the plain question, and always the area."""
    query, change = asked.query, asked.change
    pairs = [("need", need) for need in query.needs] + [("area", query.area)] + [("received_by", who) for who in query.received_by]
    pairs += [("status", query.status)] if query.status != IN_USE else []
    pairs += [("funder", query.funder)] if query.funder else []
    pairs += [("ages", "years")] if query.years else []
    pairs += [("youngest", AS_0)] if query.as_from_0 else []
    pairs += [("age", asked.age.id)] if asked.age else []
    pairs += [("level", str(asked.level))] if asked.level else []
    pairs += [(part, day.isoformat()) for part, day in (("since", asked.since), ("by", asked.by), ("ends_by", change.ends_by)) if day]
    pairs += [("without", name) for name in change.without]
    for name, move in change.moves.items():
        pairs += [("move", f"{name}:levels:{','.join(map(str, move.levels))}")] if move.levels is not None else []
        pairs += [("move", f"{name}:ages:{_span(*move.ages)}")] if move.ages is not None else []
    return f"{path}?{urlencode(pairs, safe=':/,')}"


def _span(lower: int | None, upper: int | None) -> str:
    return f"{'' if lower is None else age_in_words(lower)}-{'' if upper is None else upper}"


def _some_of(known: Sequence[str]) -> str:
    """What is allowed, where it is too much to list and nothing is like what was given."""
    return f"; {len(known)} are allowed, such as {', '.join(known[:3])}" if known else "; none is recorded here"


class _Reader:
    def __init__(self, values: Mapping[str, Sequence[str]], ground: Ground, parts: Collection[str]) -> None:
        self.ground, self.directory, self.parts = ground, ground.directory, parts
        self.problems: list[AddressProblem] = []
        self.given = {part: [value.strip() for value in given if value.strip()] for part, given in values.items()}

    def read(self) -> Asked:
        """Everything, part by part."""
        for part in self.given:
            if part not in self.parts:
                self.problem(part, "", f"is not a part of this question; the parts are {', '.join(self.parts)}")
        area = self._area()
        query = Query(
            area=area,
            needs=self._many("need", self.directory.need_by_id),
            received_by=self._many("received_by", RECIPIENT_WORDS),
            status=self._one("status", STATUSES) or IN_USE,
            funder=self._one("funder", self.ground.payers_in(area)),
            as_from_0=bool(self._one("youngest", (AS_0,))),
            years=self._one("ages", BANDS_OR_YEARS) == "years",
        )
        band = self._one("age", BAND_BY_ID, allowed=[*(band.id for band in BANDS), f"a year from 0 to {OLDEST}"])
        since, by = self._day("since", first=True), self._day("by")
        if since and by and since > by:
            self.problem("since", since.isoformat(), f"is after {by.isoformat()}; the window must begin before it ends")
            since = None
        change = Change(self._services(area), self._day("ends_by"), self._moves(area))
        levels = [str(number) for number in self.ground.levels_of(area)]
        level = self._one("level", levels, levels or ["none, because this area has no levels"])
        return Asked(
            query, BAND_BY_ID[band] if band else None, int(level) if level else None, since, by, change, tuple(self.problems)
        )

    def problem(self, part: str, value: str, words: str) -> None:
        """Remember what is wrong; a value is shown short and without signs that could do harm."""
        self.problems.append(AddressProblem(re.sub(r"[^\w-]", "?", part[:40]), re.sub(r"[^\w .,:+&'/-]", "?", value[:40]), words))

    def _values(self, part: str) -> list[str]:
        values = list(dict.fromkeys(self.given.get(part, []))) if part in self.parts else []
        if len(values) > MOST_VALUES:
            self.problem(part, "", f"has {len(values)} values; at most {MOST_VALUES} are read")
        return values[:MOST_VALUES]

    def _area(self) -> str:
        return self._one("area", self.directory.area_by_id) or self.directory.site.default_area

    def _one(self, part: str, known: Collection[str], allowed: Sequence[str] = ()) -> str:
        values = self._values(part)
        if len(values) > 1:
            self.problem(part, values[1], "is a second value; only one is read")
        return next(iter(self._known(part, values[:1], known, allowed)), "")

    def _many(self, part: str, known: Collection[str]) -> tuple[str, ...]:
        return self._known(part, self._values(part), known)

    def _known(self, part: str, values: Sequence[str], known: Collection[str], allowed: Sequence[str] = ()) -> tuple[str, ...]:
        good = []
        for value in values:
            if value in known:
                good.append(value)
            else:
                hint = f"; allowed: {', '.join(allowed)}" if allowed else nearest(value, known) or _some_of(sorted(known))
                self.problem(part, value, f"is not {PART_WORDS[part]}{hint}")
        return tuple(good)

    def _day(self, part: str, *, first: bool = False) -> date | None:
        """A date; of a month or a year the last day, or with `first` the first."""
        values = self._values(part)
        if not values:
            return None
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", values[0], re.ASCII)
        try:
            if match and not first:
                return last_day(values[0])
            if match:
                year, month, day = (int(number) if number else 1 for number in match.groups())
                return date(year, month, day)
        except ValueError:
            match = None
        self.problem(part, values[0], "is not a date; write a day, a month or a year: 2017-12-31, 2017-12 or 2017")
        return None

    def _services(self, area: str) -> tuple[str, ...]:
        return tuple(value for value in self._values("without") if self._is_here("without", value, area))

    def _is_here(self, part: str, value: str, area: str) -> bool:
        here = {name for name in self.ground.facets.ordinal if name.startswith(f"{area}/")}
        if value in here:
            return True
        if value in self.ground.facets.ordinal:
            self.problem(part, value, f"is of another area than {area}; areas are never mixed")
        else:
            hint = nearest(value, here, most=0) or f"; write it as {area}/its-short-name, as in the address of its profile"
            self.problem(part, value, f"is not a service known here{hint}")
        return False

    def _moves(self, area: str) -> dict[str, Move]:
        moves: dict[str, Move] = {}
        for value in self._values("move"):
            match = _MOVE.fullmatch(value)
            if not match:
                self.problem("move", value, f"is not a move; write {area}/its-short-name:levels:2,3 or {area}/its-short-name:ages:8-17")
                continue
            name, what, to = match.groups()
            if self._is_here("move", name, area):
                before = moves.get(name, Move())
                levels, ages = before.levels, before.ages
                if what == "levels":
                    levels = self._levels(value, to, area) or levels
                else:
                    ages = self._ages(value, to) or ages
                if levels is not None or ages is not None:
                    moves[name] = Move(levels, ages)
        return moves

    def _levels(self, value: str, text: str, area: str) -> tuple[int, ...] | None:
        allowed = self.ground.levels_of(area)
        numbers = [int(number) if re.fullmatch(r"\d", number.strip(), re.ASCII) else 0 for number in text.split(",")]
        if all(number in allowed for number in numbers):
            return tuple(sorted(set(numbers)))
        words = f"the levels are {', '.join(map(str, allowed))}" if allowed else "this area has no levels"
        self.problem("move", value, f"names a level that is none; {words}")
        return None

    def _ages(self, value: str, text: str) -> tuple[int | None, int | None] | None:
        match = re.fullmatch(r"(unborn|\d{1,2})?\s*-\s*(\d{1,2})?", text.strip(), re.ASCII)
        if match and any(match.groups()):
            lower = None if match.group(1) is None else UNBORN if match.group(1) == "unborn" else int(match.group(1))
            upper = None if match.group(2) is None else int(match.group(2))
            if lower is None or upper is None or lower <= upper:
                return lower, upper
        self.problem("move", value, "holds no ages; write 8-17, unborn-5, 16- for 16 and over, or -17 when the youngest is not known")
        return None
