"""What if services were taken away, or ended by a date, or worked at other ages or levels: side by side with today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from app.gaps.bands import BANDS, places
from app.gaps.bounds import Bounds, bounds_by_level
from app.gaps.difference import Difference, Standing, difference, standing
from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.shown import NOT_SHOWN, not_shown
from app.gaps.tables import NOT_RECORDED, Table
from app.gaps.words import are, capital, counted, inside, joined, levels_in_words, named, share_in_words, short_pounds
from app.model import Ages, Service, age_in_words, date_in_words, last_day

RULES = (
    "Today is the content as it stands; the other side is the same content with the changes named above, and nothing in their place.",
    "A date takes away every service whose recorded end is on that day or before it. A service with no recorded end stays, and is listed.",
    "A moved age or level changes only that: an extension on a condition stays as it is.",
    "Money is the known budget for a year of the services that are taken away. Whether it would be saved, nobody here can say.",
    "A route changes when a gateway leads to fewer services in use. The places on the pathway themselves stay.",
)


@dataclass(frozen=True)
class Move:
    """Other ages or other levels for one service; None leaves them as they are. No youngest or no oldest age is an open end."""

    levels: tuple[int, ...] | None = None
    ages: tuple[int | None, int | None] | None = None

    def of(self, service: Service) -> Service:
        """The service as it would be."""
        changes: dict[str, object] = {}
        if self.levels is not None:
            changes["levels"] = tuple(sorted(set(self.levels)))
        if self.ages is not None:
            lower, upper = self.ages
            also = service.ages.also if service.ages else ()
            changes["ages"] = Ages(text=f"what if: {self._ages_in_words()}", lower=lower, upper=upper, also=also)
        return service.model_copy(update=changes)

    def _ages_in_words(self) -> str:
        lower, upper = self.ages or (None, None)
        start = "" if lower is None else age_in_words(lower)
        if upper is None:
            return f"{start} and over" if start else "any age"
        return f"{start} to {upper}" if start else f"up to {upper}"

    def in_words(self, name: str) -> str:
        """The move as a sentence without its end."""
        parts = [f"works at {levels_in_words(self.levels)}"] if self.levels is not None else []
        parts += [f"is for ages {self._ages_in_words()}"] if self.ages is not None else []
        return f"{name} {' and '.join(parts)}"


@dataclass(frozen=True)
class Change:
    """What is to be different: services away, every end by a date, and moves by service id."""

    without: tuple[str, ...] = ()
    ends_by: date | None = None
    moves: Mapping[str, Move] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was asked to change."""
        return not (self.without or self.ends_by or self.moves)


@dataclass(frozen=True)
class WhatIf:
    """Both sides, and what is not the same."""

    query: Query
    change: Change
    gone: tuple[str, ...]
    stay_unknown: tuple[str, ...]
    today: Standing
    after: Standing
    found: Difference
    money_today: int
    money_gone: int
    gone_without_figure: tuple[str, ...]
    levels_today: tuple[Bounds, ...]
    levels_after: tuple[Bounds, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    @property
    def levels(self) -> list[tuple[Bounds, Bounds]]:
        """The money of each level, today and after. A row that only one side has is empty on the other."""
        after = {row.key: row for row in self.levels_after}
        today = {row.key: row for row in self.levels_today}
        empty = Fraction(0)
        none = {key: Bounds(key, row.label, empty, empty, empty, (), ()) for key, row in {**today, **after}.items()}
        return [(today.get(key, row), after.get(key, row)) for key, row in none.items()]

    def to_json(self) -> dict[str, Any]:
        """The changes, and everything that is not the same, side by side with today."""
        ground = self.today.ground
        hidden = ground.hides_money
        return {
            "area": self.query.area,
            "changes": {
                "without": list(self.change.without),
                "ends_by": self.change.ends_by.isoformat() if self.change.ends_by else None,
                "moves": [
                    {"service": name, "levels": list(move.levels) if move.levels is not None else None,
                     "from": move.ages[0] if move.ages else None, "to": move.ages[1] if move.ages else None}
                    for name, move in self.change.moves.items()
                ],
            },
            "gone": list(self.gone),
            "end_not_recorded": list(self.stay_unknown),
            "findings": list(self.findings),
            "rules": list(self.rules),
            "bands": [band.id for band in BANDS] if self.today.levels else [],
            "levels": list(self.today.levels),
            **self.found.to_json(),
            "money": {
                "known_today": None if hidden else self.money_today,
                "known_after": None if hidden else self.money_today - self.money_gone,
                "gone": None if hidden else self.money_gone,
                "gone_without_a_figure": list(self.gone_without_figure),
                "levels": [
                    {"level": one.key, "today": one.to_json(), "after": two.to_json()}
                    for one, two in self.levels
                ] if not hidden else [],
            },
        }  # fmt: skip

    def tables(self) -> tuple[Table, ...]:
        """Cells, needs, descriptors and routes that change, today beside after."""
        labels = {band.id: band.label for band in BANDS}
        cells = tuple(
            (labels[each.band], each.level, each.today.direct, each.after.direct, each.today.through_parent, each.after.through_parent,
             each.today.distinct, each.after.distinct, "yes" if each.lost else "no")
            for each in self.found.cells
        )  # fmt: skip
        needs = tuple((each.label, each.today, each.after, "; ".join(places(each.lost))) for each in self.found.needs)
        descriptors = tuple((each.level, each.text, "yes" if each.answered else "no") for each in self.found.descriptors)
        routes = tuple((each.name, each.today, each.after) for each in self.found.routes)
        money = tuple(
            (one.label, *(NOT_RECORDED if bound is None else bound for pair in zip(one.pounds, two.pounds, strict=True) for bound in pair))
            for one, two in self.levels
        ) if not self.today.ground.hides_money else (("All levels", *[NOT_SHOWN] * 6),)  # fmt: skip
        return (
            Table("what-if-cells", "What if: cells", (
                "Ages", "Level", "Direct today", "Direct after", "Through a parent today", "Through a parent after", "Distinct today",
                "Distinct after", "Left with nothing"), cells),
            Table("what-if-needs", "What if: needs", ("Need", "Services today", "Services after", "Left with nothing at"), needs),
            Table("what-if-descriptors", "What if: descriptors", ("Level", "Descriptor", "Answered after"), descriptors),
            Table("what-if-routes", "What if: routes", ("Gateway", "Services today", "Services after"), routes),
            Table("what-if-money", "What if: money by level", (
                "Level", "Dedicated today (£)", "Dedicated after (£)", "Shared today (£)", "Shared after (£)", "In full today (£)",
                "In full after (£)"), money),
        )  # fmt: skip


def what_if(ground: Ground, query: Query, change: Change) -> WhatIf:
    """The area as it would be with a change, beside the area as it is."""
    today = standing(ground, query)
    services = {service.id: service for service in ground.services_of(today.chosen)}
    gone, unknown = _gone(services, change, ground.hides_ends)
    moved = {name: move.of(ground.service(name)) for name, move in change.moves.items() if name not in gone}
    after = standing(ground.changed(gone, moved), query) if gone or moved else today
    found = difference(today, after, (*gone, *moved)) if gone or moved else Difference()
    left = list(after.ground.services_of(after.chosen))
    total = sum(ground.budget_of(service) or 0 for service in services.values())
    lost = [services[name] for name in gone if name in services]
    away = sum(ground.budget_of(service) or 0 for service in lost)
    no_figure = tuple(service.id for service in lost if ground.budget_of(service) is None) if not ground.hides_money else ()
    return WhatIf(
        query, change, gone, unknown, today, after, found, total, away, no_figure,
        bounds_by_level(ground, services.values(), query.area), bounds_by_level(after.ground, left, query.area),
        tuple(_findings(ground, change, gone, unknown, moved, found, total, away, no_figure)),
    )  # fmt: skip


def _gone(services: Mapping[str, Service], change: Change, ends_hidden: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The services that are away, and with a date those that stay because their end is not recorded."""
    gone = list(dict.fromkeys(change.without))
    unknown = []
    if change.ends_by:
        for name, service in services.items():
            ends = service.contract.ends if service.contract and not ends_hidden else None
            if ends and last_day(ends) <= change.ends_by and name not in gone:
                gone.append(name)
            elif not ends and name not in gone:
                unknown.append(name)
    return tuple(gone), tuple(unknown)


def _findings(
    ground: Ground, change: Change, gone: tuple[str, ...], unknown: tuple[str, ...], moved: Mapping[str, Service], found: Difference,
    total: int, away: int, no_figure: tuple[str, ...],
) -> list[str]:  # fmt: skip
    if not gone and not moved:
        if change.ends_by and ground.hides_ends:
            return ["Nothing changes here: ends of contracts are not shown to this audience."]
        end = "no recorded end is on or before that day" if change.ends_by else "no change was named"
        return [f"Nothing changes: {end}."]
    said = [f"Without {named([ground.service(name).name for name in gone], 6)}"] if gone else []
    if moved:
        moves = joined([change.moves[name].in_words(ground.service(name).name) for name in moved])
        said.append(f"if {moves}" if said else f"If {moves}")
    if found.is_nothing:
        said.append("no cell, no need, no descriptor and no route changes")
    lines = [f"{'; '.join(said)}."]
    lines += _losses(found)
    if gone and not ground.hides_money:
        with_them = "it" if len(gone) == 1 else "them"
        share = f", {share_in_words(away, total)} of the known total" if total else ""
        known = f"{short_pounds(away)} a year of known budgets goes with {with_them}{share}." if len(no_figure) < len(gone) else ""
        without = (
            f"{capital(counted(len(no_figure)))} taken away {are(len(no_figure), 'has', 'have')} no known budget." if no_figure else ""
        )
        lines.append(f"{known} {without}".strip())
    lines += not_shown(ground.withheld, "budget", "reached_by")
    if change.ends_by and ground.hides_ends:
        lines.append("Ends of contracts are not shown to this audience, so no day takes a service away here.")
    elif change.ends_by:
        day = date_in_words(change.ends_by.isoformat())
        lines.append(f"For {counted(len(unknown))} no end is recorded, so {are(len(unknown), 'it stays', 'they stay')} here beyond {day}.")
    return lines


def _losses(found: Difference) -> list[str]:
    """What is left with nothing, the gravest first."""
    lines = []
    gone = [change.label for change in found.needs if change.gone]
    if gone:
        lines.append(f"No service is left for {named([inside(label) for label in gone], 6)}.")
    for change in found.needs:
        if change.lost and not change.gone:
            lines.append(f"For {inside(change.label)} nothing is left for {joined(places(change.lost))}.")
    direct = places((change.band, change.level) for change in found.cells if change.lost_direct)
    if direct:
        lines.append(f"Nothing works directly any more with {joined(direct)}.")
    open_now = [change for change in found.descriptors if not change.answered]
    if open_now:
        number = counted(len(open_now), "descriptor")
        lines.append(
            f"{capital(number)} {are(len(open_now), 'loses its', 'lose their')} last service: {named([c.text for c in open_now], 3)}."
        )
    routes = [change.name for change in found.routes if change.today and not change.after]
    if routes:
        lines.append(f"{capital(named(routes))} {are(len(routes), 'leads', 'lead')} to no service any more.")
    profiles = [change.name for change in found.routes if change.profile_gone]
    if profiles:
        lines.append(
            f"{capital(named(profiles))} {are(len(profiles), 'loses its', 'lose their')} own profile: the stage itself would be gone."
        )
    return lines
