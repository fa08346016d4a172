"""When arrangements end, with their value, and what each end would leave behind. Unknown is not open-ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from app.gaps.difference import Standing, standing
from app.gaps.ground import Ground
from app.gaps.left import Left, left_by
from app.gaps.query import Query
from app.gaps.shown import NOT_SHOWN, not_shown
from app.gaps.tables import NOT_RECORDED, Table
from app.gaps.words import are, capital, counted, joined, named, percent, short_pounds
from app.model import Service, date_in_words, last_day

HIDDEN = not_shown(("contract",), "contract")[0]

EndKind = Literal["date", "event", "not recorded"]

RULES = (
    "An end is counted when the source gives a date or an event. A service without one is listed as not recorded, which is not open-ended.",
    "A date is read as its last possible day: October 2017 is 31 October 2017.",
    "The value is the known budget for a year, not what is left of the contract. A service without a figure is listed, not counted as 0.",
    "An option to extend is told beside the end and does not move it.",
    "What an end would leave behind assumes that nothing takes the service's place.",
)


@dataclass(frozen=True)
class End:
    """One service and the end of its arrangement, as far as the source says."""

    service: str
    name: str
    kind: EndKind
    ends: str
    words: str
    value: int | None
    extension: str
    note: str
    commissioner: str
    provider: str
    as_at: str
    before_source: bool
    left: Left | None

    @property
    def day(self) -> date | None:
        """The last day that the date can mean."""
        return last_day(self.ends) if self.ends else None

    def to_json(self) -> dict[str, Any]:
        """The end, its value, and what it would leave behind."""
        return {
            "service": self.service,
            "name": self.name,
            "kind": self.kind,
            "ends": self.ends or None,
            "words": self.words,
            "value": self.value,
            "extension": self.extension or None,
            "note": self.note or None,
            "commissioner": self.commissioner or None,
            "provider": self.provider or None,
            "as_at": self.as_at,
            "ended_before_the_date_of_the_source": self.before_source,
            "leaves": self.left.to_json() if self.left else None,
        }


@dataclass(frozen=True)
class Month:
    """The ends of one month (or, where no month is given, of one year)."""

    when: str
    services: tuple[str, ...]
    value: int
    without_figure: int


@dataclass(frozen=True)
class Contracts:
    """The ends of an area's arrangements: all of them, and those in the window asked about."""

    area: str
    since: date | None
    by: date | None
    ends: tuple[End, ...]
    in_window: tuple[str, ...]
    window_value: int
    window_percent: int
    known_total: int
    together: Left | None
    months: tuple[Month, ...]
    findings: tuple[str, ...]
    hidden: bool
    withheld: bool = False
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """Every end; the window; the months."""
        return {
            "area": self.area,
            "shown": not self.withheld,
            "since": self.since.isoformat() if self.since else None,
            "by": self.by.isoformat() if self.by else None,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "ends": [end.to_json() for end in self.ends],
            "window": {
                "services": list(self.in_window),
                "value": None if self.hidden else self.window_value,
                "percent_of_known_budgets": None if self.hidden else self.window_percent,
                "leaves": self.together.to_json() if self.together else None,
            },
            "months": [
                {
                    "when": month.when,
                    "services": list(month.services),
                    "value": None if self.hidden else month.value,
                    "without_a_figure": month.without_figure,
                }
                for month in self.months
            ],
            "known_total": None if self.hidden else self.known_total,
        }

    def _value(self, end: End) -> int | str:
        return NOT_SHOWN if self.hidden else NOT_RECORDED if end.value is None else end.value

    def tables(self) -> tuple[Table, ...]:
        """Every end, and the ends by month."""
        header = (
            "Service",
            "Ends",
            "In words",
            "Value for a year (£)",
            "Extension",
            "Note",
            "Commissioner",
            "Provider",
            "What it would leave",
        )
        rows = tuple(
            (end.name, end.ends or NOT_RECORDED, end.words, self._value(end), end.extension or NOT_RECORDED,
             end.note, end.commissioner or NOT_RECORDED, end.provider or NOT_RECORDED, end.left.in_words if end.left else "")
            for end in self.ends
        )  # fmt: skip
        months = tuple(
            (month.when, date_in_words(month.when), len(month.services), NOT_SHOWN if self.hidden else month.value, month.without_figure)
            for month in self.months
        )
        return (
            Table("contracts", "Ends of contracts and funding", header, rows, HIDDEN if self.withheld else ""),
            Table(
                "contract-months", "Ends by month", ("Month", "In words", "Services", "Value for a year (£)", "Without a figure"), months
            ),
        )


def contracts_of(ground: Ground, query: Query, since: date | None = None, by: date | None = None) -> Contracts:
    """The ends of the services asked about, and those from `since` to `by`, both days included; without them, of any time."""
    if ground.hides_ends:
        return Contracts(query.area, since, by, (), (), 0, 0, 0, None, (), (HIDDEN,), True, True)
    today = standing(ground, query)
    services = list(ground.services_of(today.chosen))
    ends = tuple(sorted((_end(ground, service, today) for service in services), key=_order))
    dated = [end for end in ends if end.day]
    inside_it = [end for end in dated if end.day and (since is None or end.day >= since) and (by is None or end.day <= by)]
    known = sum(ground.budget_of(service) or 0 for service in services)
    value = sum(end.value or 0 for end in inside_it)
    months = _months(dated)
    window = since is not None or by is not None
    together = left_by(today, [end.service for end in inside_it]) if window and inside_it else None
    contracts = Contracts(
        query.area, since, by, ends, tuple(end.service for end in inside_it), value, percent(value, known), known, together, months, (),
        ground.hides_money,
    )  # fmt: skip
    return replace(contracts, findings=tuple(_findings(contracts, inside_it, window)))


def _end(ground: Ground, service: Service, today: Standing) -> End:
    contract = service.contract
    ends, event = (contract.ends or "", contract.ends_when or "") if contract else ("", "")
    kind: EndKind = "date" if ends else "event" if event else "not recorded"
    words = (
        f"Ends {date_in_words(ends)}."
        if ends
        else f"Ends {event}."
        if event
        else "The end is not recorded, which does not mean that there is none."
    )
    note = ground.told((contract.note or "") if contract else "")
    past = bool(ends) and last_day(ends) < last_day(service.as_at)
    if past:
        words += f" That is before the date of the source ({date_in_words(service.as_at)})."
    return End(
        service.id, service.name, kind, ends, f"{words} {note}".strip(), ground.budget_of(service),
        (contract.extension or "") if contract else "", note, service.commissioner or "", service.provider or "", service.as_at, past,
        left_by(today, [service.id]) if kind != "not recorded" else None,
    )  # fmt: skip


def _order(end: End) -> tuple[int, date, str]:
    return (0 if end.kind == "date" else 1 if end.kind == "event" else 2, end.day or date.max, end.name)


def _months(dated: Sequence[End]) -> tuple[Month, ...]:
    found: dict[str, list[End]] = {}
    for end in dated:
        found.setdefault(end.ends[:7], []).append(end)
    return tuple(
        Month(when, tuple(end.service for end in ends), sum(end.value or 0 for end in ends), sum(end.value is None for end in ends))
        for when, ends in sorted(found.items())
    )


def _findings(contracts: Contracts, in_window: Sequence[End], window: bool) -> list[str]:
    kinds = {kind: [end for end in contracts.ends if end.kind == kind] for kind in ("date", "event", "not recorded")}
    if not contracts.ends:
        return ["No service is recorded for what is selected."]
    found = not_shown(("budget",) if contracts.hidden else (), "budget")
    if window:
        found.append(_window_words(contracts, in_window))
    found += _cliff(contracts)
    for end in kinds["event"]:
        found.append(f"{end.name}: {end.words[0].lower()}{end.words[1:]}")
    for end in kinds["date"]:
        if end.before_source:
            found.append(f"{end.name}: {end.words[0].lower()}{end.words[1:]} What came after is not said.")
    unknown = kinds["not recorded"]
    if unknown:
        found.append(f"For {len(unknown)} of {counted(len(contracts.ends))} no end is recorded. That is not the same as open-ended.")
    else:
        found.append(f"For each of {counted(len(contracts.ends))} an end is recorded.")
    return found


def _window_words(contracts: Contracts, ends: Sequence[End]) -> str:
    since, by = (date_in_words(day.isoformat()) if day else "" for day in (contracts.since, contracts.by))
    when = f"from {since} to {by}" if since and by else f"by {by}" if by else f"from {since} on"
    number = counted(len(ends), "recorded arrangement")
    if contracts.hidden or not ends:
        return f"{capital(number)} {are(len(ends), 'ends', 'end')} {when}."
    share = f"{short_pounds(contracts.window_value)} a year, {contracts.window_percent}% of the known budgets"
    return f"{capital(number)} {are(len(ends), 'ends', 'end')} {when}: {share}."


def _cliff(contracts: Contracts) -> list[str]:
    """The two months, one after the other, in which most money ends."""
    best: tuple[int, list[Month]] = (0, [])
    for month in contracts.months:
        pair = [month, *(other for other in contracts.months if _next_month(month.when) == other.when)]
        value = sum(each.value for each in pair)
        if value > best[0]:
            best = (value, pair)
    value, pair = best
    if not value or contracts.hidden:
        return []
    ends = [end.name for end in contracts.ends for month in pair if end.service in month.services]
    when = joined([date_in_words(month.when) for month in pair])
    share = percent(value, contracts.known_total)
    return [f"Most money ends in {when}: {short_pounds(value)} a year, {share}% of the known budgets ({named(ends, 4)})."]


def _next_month(when: str) -> str:
    if len(when) != 7:
        return ""
    year, month = int(when[:4]), int(when[5:])
    return f"{year + 1}-01" if month == 12 else f"{year}-{month + 1:02}"
