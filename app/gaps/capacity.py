"""Room and demand: dated facts side by side, the oldest first, and a ratio only where unit and period are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any, Literal

from app.gaps.ground import Ground
from app.gaps.periods import period_end
from app.gaps.query import Query
from app.gaps.shown import not_shown
from app.gaps.tables import NOT_RECORDED, Table
from app.gaps.words import are, capital, counted, named
from app.model import Fact, Service, date_in_words, last_day

FactKind = Literal["waiting", "asked for", "started", "in progress", "finished", "room", "target", "other"]

KINDS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    ("target", re.compile(r"\b(aims?|target|who may use)\b", re.IGNORECASE)),
    ("waiting", re.compile(r"\bwait", re.IGNORECASE)),
    ("room", re.compile(r"\b(capacity|places|beds|nurses|designated|units)\b", re.IGNORECASE)),
    ("asked for", re.compile(r"\b(referrals?|requests?|calls?)\b", re.IGNORECASE)),
    ("finished", re.compile(r"\b(closed|completed|left|ended)\b", re.IGNORECASE)),
    ("in progress", re.compile(r"\b(open|in progress|being worked with|at any one time|in treatment)\b", re.IGNORECASE)),
    ("started", re.compile(r"\b(opened|initiated|started|intakes?|received|engaged|attended|supported)\b", re.IGNORECASE)),
)
"""What a fact counts, by the words it is told in; the first that fits. Anything else is "other" and gets no ratio."""

RATIOS: tuple[tuple[FactKind, FactKind, str], ...] = (
    ("waiting", "started", "waiting for each 100 started"),
    ("waiting", "room", "waiting for each 100 places"),
    ("asked for", "started", "asked for, for each 100 started"),
    ("asked for", "room", "asked for, for each 100 places"),
    ("started", "finished", "started for each 100 finished"),
    ("started", "room", "started for each 100 places"),
)
"""Which kinds are demand and which answer it."""

GIVEN_AS_CAPACITY = re.compile(r"given as capacity", re.IGNORECASE)

STATE_WORDS = {
    "open": "Has room", "no waiting list": "No waiting list", "waiting list": "Has a waiting list", "full": "Full",
    "limited": "Places are short",
}  # fmt: skip

RULES = (
    "Each fact stands with its unit, its period and its date. A fact without a date comes last: nobody knows how old it is.",
    "A ratio is made only of two figures of one service with the same unit and the same period. Otherwise the figures stand side by side.",
    "Families, children, referrals and contacts are different units. Figures of different services are never added.",
    "A figure that the source gives as capacity says what a service can do. It is never added to what it did.",
    "Waiting times go stale in weeks. What is 'not recorded' may be long or short.",
    "Demand is led by capacity: where there is no service, nobody waits for it.",
)


@dataclass(frozen=True)
class Dated:
    """One fact about room or demand."""

    service: str
    name: str
    kind: FactKind
    what: str
    value: str
    number: float | None
    unit: str
    period: str
    when: date | None
    as_capacity: bool
    note: str

    def to_json(self) -> dict[str, Any]:
        """The fact with its unit, period and date."""
        return {
            "service": self.service,
            "name": self.name,
            "kind": self.kind,
            "what": self.what,
            "value": self.value,
            "number": self.number,
            "unit": self.unit or None,
            "period": self.period or None,
            "until": self.when.isoformat() if self.when else None,
            "given_as_capacity": self.as_capacity,
            "note": self.note or None,
        }


@dataclass(frozen=True)
class Ratio:
    """Two figures of one service with the same unit and period."""

    service: str
    name: str
    upper: str
    lower: str
    unit: str
    period: str
    value: float
    words: str

    def to_json(self) -> dict[str, Any]:
        """Both figures' names, and the ratio."""
        return {
            "service": self.service,
            "upper": self.upper,
            "lower": self.lower,
            "unit": self.unit,
            "period": self.period,
            "value": round(self.value, 3),
            "words": self.words,
        }


@dataclass(frozen=True)
class Room:
    """What the source says of a service's room now; `state` is "" where it says nothing."""

    service: str
    name: str
    state: str
    words: str
    when: date | None

    def to_json(self) -> dict[str, Any]:
        """The state in words; null where nothing is recorded."""
        return {
            "service": self.service,
            "name": self.name,
            "state": self.state or None,
            "words": self.words,
            "as_at": self.when.isoformat() if self.when else None,
        }


@dataclass(frozen=True)
class CapacityFacts:
    """Room and demand in an area."""

    area: str
    rooms: tuple[Room, ...]
    facts: tuple[Dated, ...]
    ratios: tuple[Ratio, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """States, facts and ratios."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "room": [room.to_json() for room in self.rooms],
            "facts": [fact.to_json() for fact in self.facts],
            "ratios": [ratio.to_json() for ratio in self.ratios],
        }

    def tables(self) -> tuple[Table, ...]:
        """Room now, facts, ratios."""
        rooms = tuple((room.name, room.state or NOT_RECORDED, room.words, _day(room.when)) for room in self.rooms)
        facts = tuple(
            (fact.name, fact.kind, fact.what, fact.value, NOT_RECORDED if fact.number is None else fact.number, fact.unit or NOT_RECORDED,
             fact.period or NOT_RECORDED, _day(fact.when), "yes" if fact.as_capacity else "no", fact.note)
            for fact in self.facts
        )  # fmt: skip
        ratios = tuple((each.name, each.upper, each.lower, each.unit, each.period, each.value, each.words) for each in self.ratios)
        columns = ("Service", "Kind", "What was counted", "Value", "Number", "Unit", "Period", "Until", "Given as capacity", "Note")
        return (
            Table("room", "Room now", ("Service", "State", "In words", "As at"), rooms),
            Table("activity", "Demand and activity", columns, facts),
            Table("ratios", "Ratios", ("Service", "Of", "To", "Unit", "Period", "Ratio", "In words"), ratios),
        )


def _day(when: date | None) -> str:
    return when.isoformat() if when else NOT_RECORDED


def capacity_of(ground: Ground, query: Query) -> CapacityFacts:
    """Room and demand of the services asked about."""
    services = list(ground.services_of(ground.chosen(query).sure))
    rooms = tuple(sorted((_room(service) for service in services), key=lambda room: (not room.state, room.when or date.max, room.name)))
    facts = [fact for service in services for fact in _facts(service)]
    facts.sort(key=lambda fact: (fact.when or date.max, fact.name))
    ratios = tuple(ratio for service in services for ratio in _ratios([fact for fact in facts if fact.service == service.id]))
    hidden = not_shown(ground.withheld, "capacity", "capacity.waiting", "capacity.note", "activity")
    if "capacity" in ground.withheld:
        rooms = ()
    found = _findings(rooms, facts, ratios) if rooms else ("No service is recorded for what is selected.",) if not services else ()
    return CapacityFacts(query.area, rooms, tuple(facts), ratios, (*hidden, *found))


def _room(service: Service) -> Room:
    capacity = service.capacity
    if capacity is None:
        return Room(service.id, service.name, "", "Whether there is room is not recorded.", None)
    words = STATE_WORDS[capacity.state]
    if capacity.waiting:
        words += f": {capacity.waiting} {capacity.unit or ''}".rstrip()
    words += f", as at {date_in_words(capacity.as_at)}." if capacity.as_at else ". The date is not recorded."
    return Room(service.id, service.name, capacity.state, f"{words} {capacity.note or ''}".strip(), _last(capacity.as_at))


def _last(partial: str | None) -> date | None:
    return last_day(partial) if partial else None


def _facts(service: Service) -> Iterator[Dated]:
    capacity = service.capacity
    if capacity and capacity.waiting:
        number = float(capacity.waiting.replace(",", "")) if re.fullmatch(r"[\d,]+", capacity.waiting) else None
        yield Dated(
            service.id, service.name, "waiting", "Waiting", capacity.waiting, number, capacity.unit or "", "", _last(capacity.as_at), False,
            capacity.note or "",
        )  # fmt: skip
    for fact in service.activity:
        as_capacity = bool(GIVEN_AS_CAPACITY.search(f"{fact.note or ''} {fact.what}"))
        when = _last(fact.as_at) or (period_end(fact.period) if fact.period else None)
        kind: FactKind = "room" if as_capacity else _kind(fact)
        yield Dated(
            service.id, service.name, kind, fact.what, fact.value, _count(fact), fact.unit or "", fact.period or "", when, as_capacity,
            fact.note or "",
        )  # fmt: skip


def _count(fact: Fact) -> float | None:
    """The figure when it is a count: a percentage and a sum of money are none."""
    return None if fact.value.startswith("£") or fact.value.endswith("%") else fact.number


def _kind(fact: Fact) -> FactKind:
    if fact.note and "target" in fact.note.lower():
        return "target"
    return next((kind for kind, words in KINDS if words.search(fact.what)), "other")


def _ratios(facts: Sequence[Dated]) -> Iterator[Ratio]:
    """Demand to what answers it, for figures that may be set against each other."""
    for upper, lower in permutations([fact for fact in facts if fact.number is not None and fact.unit], 2):
        words = next((text for one, two, text in RATIOS if (one, two) == (upper.kind, lower.kind)), "")
        same = upper.unit == lower.unit and (upper.period, upper.when) == (lower.period, lower.when) and (upper.period or upper.when)
        if words and same and upper.number is not None and lower.number:
            value = upper.number / lower.number
            of = f"{upper.value} {upper.unit} to {lower.value}: {value * 100:.0f} {words}"
            when = upper.period or _day(upper.when)
            yield Ratio(upper.service, upper.name, upper.what, lower.what, upper.unit, when, value, of)


def _findings(rooms: Sequence[Room], facts: Sequence[Dated], ratios: Sequence[Ratio]) -> Iterator[str]:
    said = [room for room in rooms if room.state]
    yield f"Whether there is room is recorded for {len(said)} of {counted(len(rooms))}; for the others nobody knows."
    for state, words in (("full", "full"), ("waiting list", "said to have a waiting list"), ("limited", "said to have too few places")):
        its = [room for room in said if room.state == state]
        if its:
            yield f"{capital(counted(len(its)))} {are(len(its))} {words}: {named([room.name for room in its], 6)}."
    undated = sum(room.when is None for room in said)
    if undated:
        yield f"For {undated} of these {len(said)} the date is not recorded."
    waiting = [fact for fact in facts if fact.kind == "waiting"]
    for fact in waiting:
        ratio = next((each for each in ratios if each.service == fact.service and each.upper == fact.what), None)
        served = [each for each in facts if each.service == fact.service and each.kind == "started" and each.unit == fact.unit]
        latest = max(served, key=lambda each: each.when or date.min, default=None)
        if latest and not ratio:
            as_at = f" as at {date_in_words(fact.when.isoformat())}" if fact.when else ""
            yield (
                f"{fact.name}: {fact.value} {fact.unit} waiting{as_at}, beside {latest.value} {latest.unit} ({latest.period}). The periods "
                "differ, so no ratio is given."
            )
    as_capacity = [fact for fact in facts if fact.as_capacity]
    if as_capacity:
        number = counted(len(as_capacity), "figure")
        yield f"{capital(number)} {are(len(as_capacity))} given as capacity, not as work done, and {are(len(as_capacity))} not added to it."
