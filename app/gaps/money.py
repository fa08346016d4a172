"""Known budgets, as three bounds that are never merged: dedicated, shared equally, counted in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.gaps.bounds import ANY_NEED, UNKNOWN, Bounds, bounds, bounds_by_band, bounds_by_level
from app.gaps.ground import Ground
from app.gaps.payers import payers_of
from app.gaps.query import STATUSES, Query
from app.gaps.shown import not_shown
from app.gaps.tables import NOT_RECORDED, Table, Value
from app.gaps.words import are, capital, counted, levels_in_words, named, percent, pounds
from app.model import Citation, Money, Service

PER_WORDS = {"year": "a year", "once": "once, not a year's budget", "not said": "the source does not say for which time"}

HIDDEN = not_shown(("budget",), "budget")[0]

RULES = (
    "Only budgets for a year that the source prints are counted. A service without a figure is listed, never counted as 0.",
    "Three bounds, never one number: dedicated (only services for this row alone), shared equally (each budget divided equally over the "
    "rows it touches), and counted in full (each whole budget in every row it touches). Rows of the last do not add up to the total.",
    "Equal shares are arithmetic, not accounts: no source says how a budget divides over levels, ages or needs.",
    "Each budget is for the service as a whole. Only a part of it helps families with children at risk of coming into care.",
    "By age, a budget touches the bands in which the service works with the child or the family by its core ages. Money for services that "
    "only adults receive stands in a row of its own, because the child's age is not tested there.",
    "By need, a budget touches the service's main purposes; needs that it also helps with get no share.",
    "By who pays: the funders that the source names, else who commissions the service, under the names that it prints; one payer may stand "
    "under two names. Where several pay, their shares are not known, unless the note beside the figure says so.",
    "Second figures, grants, one-off sums and sums for which no time is given are listed and never added.",
    "Figures are of different years and cover different things; what each covers stands beside it.",
)


@dataclass(frozen=True)
class Figure:
    """One sum that a source prints: whose, how much, what it covers, and whether it is counted here."""

    service: str
    name: str
    amount: int
    covers: str
    per: str
    year: str
    note: str
    counted: bool
    why_not: str
    source: Citation

    def to_json(self) -> dict[str, Any]:
        """The sum with everything that must be known to read it."""
        return {
            "service": self.service,
            "name": self.name,
            "amount": self.amount,
            "covers": self.covers,
            "per": self.per,
            "year": self.year or None,
            "note": self.note or None,
            "counted": self.counted,
            "why_not": self.why_not or None,
            "source": {"document": self.source.document, "section": self.source.section},
        }


@dataclass(frozen=True)
class Share:
    """How much of the known total the largest budgets are together."""

    largest: int
    amount: int
    percent: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Spend:
    """The money of the services asked about."""

    area: str
    hidden: bool
    total: int
    services: tuple[str, ...]
    with_figure: tuple[str, ...]
    without: tuple[str, ...]
    by_level: tuple[Bounds, ...] = ()
    by_band: tuple[Bounds, ...] = ()
    by_need: tuple[Bounds, ...] = ()
    by_payer: tuple[Bounds, ...] = ()
    by_commissioner: tuple[Bounds, ...] = ()
    by_provider: tuple[Bounds, ...] = ()
    figures: tuple[Figure, ...] = ()
    concentration: tuple[Share, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    rules: tuple[str, ...] = RULES

    @property
    def groups(self) -> dict[str, tuple[Bounds, ...]]:
        """Every way of dividing the money, by its name."""
        return {
            "by_level": self.by_level, "by_band": self.by_band, "by_need": self.by_need, "by_payer": self.by_payer,
            "by_commissioner": self.by_commissioner, "by_provider": self.by_provider,
        }  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        """The whole; every sum in whole pounds."""
        return {
            "area": self.area,
            "shown": not self.hidden,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "total": {
                "known": None if self.hidden else self.total,
                "services": len(self.services),
                "services_with_a_figure": len(self.with_figure),
                "without_a_figure": list(self.without),
            },
            **{name: [row.to_json() for row in rows] for name, rows in self.groups.items()},
            "concentration": [
                {"largest": share.largest, "amount": share.amount, "percent": share.percent, "services": list(share.names)}
                for share in self.concentration
            ],
            "figures": [figure.to_json() for figure in self.figures],
        }

    def tables(self) -> tuple[Table, ...]:
        """The bounds by every way of dividing them, and every figure with what it covers."""
        if self.hidden:
            return (Table("spend", "Money", ("Money",), ((HIDDEN,),)),)
        header = (
            "Divided by",
            "Row",
            "Dedicated (£)",
            "Shared equally (£)",
            "Counted in full (£)",
            "Services with a figure",
            "Without a figure",
        )
        lines = tuple(
            (capital(name.replace("_", " ")), row.label, *_known(row), len(row.services), len(row.without))
            for name, rows in self.groups.items()
            for row in rows
        )
        names = dict(self.names)
        figures: list[tuple[Value, ...]] = [
            (each.name, each.amount, each.covers, PER_WORDS[each.per], each.year or NOT_RECORDED, "yes" if each.counted else "no",
             each.why_not, each.note, f"{each.source.document}, {each.source.section}")
            for each in self.figures
        ]  # fmt: skip
        figures += [(names[name], NOT_RECORDED, "", "", "", "no", "no figure in the source", "", "") for name in self.without]
        columns = ("Service", "Sum (£)", "What it covers", "Time", "Year", "Counted", "Why not", "Note", "Source")
        return (
            Table("spend", "Known budgets, three bounds", header, lines, self.findings[0] if self.findings else ""),
            Table("budgets", "Every figure and what it covers", columns, tuple(figures)),
        )


def _known(row: Bounds) -> tuple[Value, Value, Value]:
    dedicated, shared, full = (NOT_RECORDED if bound is None else bound for bound in row.pounds)
    return dedicated, shared, full


def spend_of(ground: Ground, query: Query) -> Spend:
    """The money of the services that a query is sure to ask about."""
    area = ground.directory.area_by_id[query.area]
    services = sorted(ground.services_of(ground.chosen(query).sure), key=lambda service: -(ground.budget_of(service) or 0))
    ids = tuple(service.id for service in services)
    if ground.hides_money:
        return Spend(query.area, True, 0, ids, (), (), findings=(HIDDEN,))
    if not services:
        words = f"No service {STATUSES[query.status]} is recorded in {area.name} for what is selected, so no sum is shown."
        return Spend(query.area, False, 0, (), (), (), findings=(words,))
    known = [service for service in services if ground.budget_of(service) is not None]
    unknown = tuple(service.id for service in services if ground.budget_of(service) is None)
    total = sum(ground.budget_of(service) or 0 for service in known)
    by_level = bounds_by_level(ground, services, query.area)
    shares = _concentration(ground, known, total)
    figures = _figures(services)
    findings = (
        _findings(ground, query, services, known, total, by_level, shares, figures) if known else (_no_figure(area.name, len(services)),)
    )
    labels = {need.id: need.label for need in ground.directory.vocabulary.needs}
    return Spend(
        query.area, False, total, ids, tuple(service.id for service in known), unknown,
        by_level,
        bounds_by_band(ground, services, query.as_from_0),
        bounds(ground, services, _need_keys, {**labels, ANY_NEED: "Any need", UNKNOWN: "Need not recorded"}),
        bounds(ground, services, payers_of, {UNKNOWN: "Who pays is not recorded"}),
        bounds(ground, services, _commissioner, {UNKNOWN: "Who commissions is not recorded"}),
        bounds(ground, services, _provider, {UNKNOWN: "Provider not recorded"}),
        figures, shares, tuple((service.id, service.name) for service in services), findings,
    )  # fmt: skip


def _need_keys(service: Service) -> tuple[str, ...]:
    needs = service.needs
    return (needs.main or (ANY_NEED,)) if needs else ()


def _commissioner(service: Service) -> tuple[str, ...]:
    return (service.commissioner,) if service.commissioner else ()


def _provider(service: Service) -> tuple[str, ...]:
    return (service.provider,) if service.provider else ()


def _concentration(ground: Ground, known: Sequence[Service], total: int) -> tuple[Share, ...]:
    found = []
    for number in (1, 3, 5):
        if number <= len(known):
            part = sum(ground.budget_of(service) or 0 for service in known[:number])
            found.append(Share(number, part, percent(part, total), tuple(service.name for service in known[:number])))
    return tuple(found)


def _figures(services: Iterable[Service]) -> tuple[Figure, ...]:
    """Every sum printed, the counted ones first; the same sum printed with two services says so."""
    printed: list[tuple[Service, Money, bool]] = []
    for service in services:
        if service.budget:
            printed.append((service, service.budget, True))
            printed += [(service, money, False) for money in service.budget.also]
    figures = []
    for service, money, main in printed:
        used = main and money.per == "year"
        why = "" if used else "a second figure for the same service" if money.per == "year" else PER_WORDS[money.per]
        twins = (
            []
            if used
            else [other.name for other, sum_, _ in printed if other is not service and (sum_.amount, sum_.per) == (money.amount, money.per)]
        )
        if twins:
            why += f"; the same sum is printed with {named(twins)} and may be the same money"
        note = (service.budget.note or "") if service.budget and main else ""
        source = money.source or service.sources[0]
        figures.append(Figure(service.id, service.name, money.amount, money.covers, money.per, money.year or "", note, used, why, source))
    return tuple(sorted(figures, key=lambda figure: (not figure.counted, -figure.amount)))


def _no_figure(area: str, number: int) -> str:
    return f"None of {counted(number)} in {area} has a budget for a year in the source, so no sum is shown."


def _findings(
    ground: Ground, query: Query, services: Sequence[Service], known: Sequence[Service], total: int, by_level: Sequence[Bounds],
    shares: Sequence[Share], figures: Sequence[Figure],
) -> tuple[str, ...]:  # fmt: skip
    missing = [service.name for service in services if ground.budget_of(service) is None]
    verb = "has" if len(known) == 1 else "have"
    found = [f"{len(known)} of {counted(len(services))} {verb} a known budget for a year: {pounds(total)} together."]
    if missing:
        found.append(f"Without a figure for a year, and not counted as 0: {named(missing, 6)}.")
    for row in reversed(by_level):
        if row.key != UNKNOWN and row.full:
            found.append(f"At {levels_in_words([int(row.key)])}: {row.in_words()}.")
    top = next((share for share in shares if share.largest == 3), None)
    if top and len(known) > 3:
        found.append(f"The three largest budgets ({named(top.names)}) are {top.percent}% of the known total.")
    found += not_shown(ground.withheld, "funders", "commissioner", "provider")
    aside = [figure for figure in figures if not figure.counted]
    if aside:
        found.append(f"{capital(counted(len(aside), 'further sum'))} printed in the sources {are(len(aside))} listed and not added.")
    return tuple(found)
