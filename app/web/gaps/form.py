"""What a commissioners' page asks: the choices of its form, what is selected with the address that leaves it out, what can be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from markupsafe import Markup

from app.gaps import BANDS, STATUSES, Asked, Change, Ground, Query, Told, address_of
from app.gaps.words import capital
from app.model import RECIPIENT_WORDS, Directory, Service, age_in_words, date_in_words
from app.web.state import current

FIELDS = ("need", "area", "received_by", "status", "funder", "ages", "youngest", "age", "since", "by", "ends_by")

FIELD_OF = {**{part: f"gap-{part}" for part in FIELDS}, "move": "move_of"}
"""The field of the form that mends each part of the address."""

MOST_TICKS = 120
"""The most services that the form of a what-if offers to tick; more are named in the address."""


@dataclass(frozen=True)
class Chip:
    """One thing that was selected, and the address without it."""

    kind: str
    words: str
    without: str


@dataclass(frozen=True)
class Select:
    """One choice of the form."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


class Form:
    """The form above an answer."""

    def __init__(self, told: Told) -> None:
        self.told: Told = told
        self.asked: Asked = told.asked
        self.query: Query = told.asked.query
        self.ground: Ground = told.ground
        self.directory: Directory = told.ground.directory
        self.parts = told.question.parts

    @property
    def problems_at(self) -> dict[str, str]:
        """Which field mends which part, for those that this page has."""
        shown = {"need", "since", "by", "ends_by", "move", *(select.name for select in self.selects)}
        return {part: field for part, field in FIELD_OF.items() if part in self.parts and part in shown and self.told.question.id != "cell"}

    # what is selected

    @cached_property
    def chips(self) -> list[Chip]:
        """Everything that narrows the question, each with the address without it."""
        query, needs = self.query, self.directory.need_by_id
        chips = [Chip("Need", needs[need].label, self._at(needs=_less(query.needs, need))) for need in query.needs]
        chips += [
            Chip("Received by", RECIPIENT_WORDS[who], self._at(received_by=_less(query.received_by, who))) for who in query.received_by
        ]
        chips += [Chip("Paid for by", self.ground.payers.get(query.funder, query.funder), self._at(funder=""))] if query.funder else []
        chips += [Chip("Status", capital(STATUSES[query.status]), self._at(status="in-use"))] if query.status != "in-use" else []
        chips += [Chip("Unknown youngest age", "counted as 0", self._at(as_from_0=False))] if query.as_from_0 else []
        return chips + self._changes()

    def _changes(self) -> list[Chip]:
        """What a what-if takes away or moves."""
        change, known = self.asked.change, self.directory.service_by_id
        chips = [
            Chip("Without", known[name].name, self._with(replace(change, without=_less(change.without, name)))) for name in change.without
        ]
        if change.ends_by:
            day = date_in_words(change.ends_by.isoformat())
            chips.append(Chip("Without all that is recorded to end by", day, self._with(replace(change, ends_by=None))))
        for name, move in change.moves.items():
            rest = {other: each for other, each in change.moves.items() if other != name}
            chips.append(Chip("Moved", move.in_words(known[name].name), self._with(replace(change, moves=rest))))
        return chips

    def _at(self, **changes: object) -> str:
        return address_of(self.told.question.path, replace(self.asked, query=replace(self.query, **changes)))  # type: ignore[arg-type]

    def _with(self, change: Change) -> str:
        return address_of(self.told.question.path, replace(self.asked, change=change))

    # what can be chosen

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What the form sends on although it shows no field for it: second needs and recipients, moves, services without a box."""
        more = [("need", need) for need in self.query.needs[1:]] + [("received_by", who) for who in self.query.received_by[1:]]
        ticked = {name for name, *_ in self.ticks}
        return more + self._moves() + [("without", name) for name in self.asked.change.without if name not in ticked]

    def _moves(self) -> list[tuple[str, str]]:
        pairs = []
        for name, move in self.asked.change.moves.items():
            if move.levels is not None:
                pairs.append(("move", f"{name}:levels:{','.join(map(str, move.levels))}"))
            if move.ages is not None:
                lower, upper = move.ages
                pairs.append(("move", f"{name}:ages:{'' if lower is None else age_in_words(lower)}-{'' if upper is None else upper}"))
        return pairs

    @cached_property
    def selects(self) -> list[Select]:
        """The choices that this page offers, but for the need."""
        query = self.query
        payers = sorted(self.ground.payers_in(query.area).items(), key=lambda item: item[1].lower())
        all_ = [
            Select("area", "Area", tuple((area.id, area.name) for area in self.directory.site.areas), query.area),
            Select("age", "Ages", tuple((band.id, band.label) for band in BANDS), self.asked.band.id),
            Select("received_by", "Received by", (("", "Anybody"), *((who, capital(words)) for who, words in RECIPIENT_WORDS.items())),
                   next(iter(query.received_by), "")),
            Select("funder", "Paid for by", (("", "Anybody"), *payers), query.funder),
            Select("status", "Status", tuple((each, capital(words.partition(" (")[0])) for each, words in STATUSES.items()), query.status),
            Select("ages", "Rows", (("bands", "Age bands"), ("years", "Single years")), "years" if query.years else "bands"),
            Select("youngest", "Unknown youngest age", (("", "Not recorded up to 12"), ("as-0", "Counted as 0, and marked")),
                   "as-0" if query.as_from_0 else ""),
        ]  # fmt: skip
        return [select for select in all_ if select.name in self.parts and (select.name != "funder" or payers)]

    @property
    def narrowed(self) -> bool:
        """Whether anything was chosen, or is wrong, among the choices that are folded away."""
        query = self.query
        chosen = bool(query.received_by or query.funder or query.years or query.as_from_0 or query.status != "in-use")
        return chosen or any(each.part in ("received_by", "funder", "status", "ages", "youngest") for each in self.asked.problems)

    @property
    def need_choices(self) -> Markup:
        """The needs as the options of the select, the chosen one marked."""
        made = current().need_options
        if not self.query.needs:
            return made
        plain = Markup('<option value="{}">').format(self.query.needs[0])
        return made.replace(plain, plain.replace(Markup("<option"), Markup("<option selected")))

    @cached_property
    def ticks(self) -> list[tuple[str, str, str, bool]]:
        """The services that can be taken away: (id, name, recorded end in words, ticked), by name."""
        if "without" not in self.parts:
            return []
        here = sorted(self.ground.services_of(self.ground.in_area(self.query)), key=lambda service: service.name.lower())
        gone = self.asked.change.without
        return [(service.id, service.name, self._end(service), service.id in gone) for service in islice(here, MOST_TICKS)]

    @property
    def not_offered(self) -> int:
        """How many services of the area the form has no box for."""
        return max(0, self.ground.in_area(self.query).bit_count() - MOST_TICKS)

    def _end(self, service: Service) -> str:
        ends = service.contract.ends if service.contract and not self.ground.hides_ends else None
        return f"ends {date_in_words(ends)}" if ends else ""


def _less(values: Sequence[str], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
