"""Where provision is thin: how many services reach each age at each level, directly, through a parent, on a condition, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.gaps.bands import BANDS, YEARS, Band
from app.gaps.cells import EVERY, Cell, cells_of, total
from app.gaps.findings import Seen, coverage_findings
from app.gaps.ground import Ground
from app.gaps.query import IN_USE, Query
from app.gaps.rules import coverage_rules
from app.gaps.tables import Table
from app.gaps.words import so_many


@dataclass(frozen=True)
class Coverage:
    """The table of ages by levels with its totals, or, where an area has no levels or no services, the sentence that says so."""

    ground: Ground = field(compare=False, repr=False)
    query: Query
    area_name: str
    scheme_name: str
    bands: tuple[Band, ...] = ()
    levels: tuple[int, ...] = ()
    level_names: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    by_band: tuple[Cell, ...] = ()
    by_level: tuple[Cell, ...] = ()
    total: Cell | None = None
    no_table: str = ""
    level_unknown: tuple[str, ...] = ()
    spread: tuple[tuple[int, int], ...] = ()
    rules: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    def cell(self, band: str, level: int) -> Cell:
        """The cell of a band and a level."""
        place = [each.id for each in self.bands].index(band) * len(self.levels) + self.levels.index(level)
        return self.cells[place]

    def row(self, band: str) -> tuple[Cell, ...]:
        """The cells of a band, level by level."""
        return tuple(self.cell(band, level) for level in self.levels)

    @property
    def memberships(self) -> int:
        """How many times a service works at a level: more than there are services, because most work at several."""
        return sum(levels * services for levels, services in self.spread)

    def to_json(self) -> dict[str, Any]:
        """The whole table; `bands`, `levels` and `cells` are empty where there is no table, and `no_table` says why.

        The services stand with the cells; the totals are numbers only.
        """

        def told(cells: Iterable[Cell]) -> list[dict[str, Any]]:
            return [cell.to_json(self.ground, with_services=False) for cell in cells]

        return {
            "question": self.query.to_json(),
            "area": self.query.area,
            "area_name": self.area_name,
            "scheme": self.scheme_name or None,
            "rules": list(self.rules),
            "findings": list(self.findings),
            "no_table": self.no_table or None,
            "bands": [band.id for band in self.bands],
            "band_names": {band.id: band.label for band in self.bands},
            "levels": list(self.levels),
            "level_names": {str(level): name for level, name in zip(self.levels, self.level_names, strict=True)},
            "cells": [cell.to_json(self.ground) for cell in self.cells],
            "totals": {
                "by_band": told(self.by_band),
                "by_level": told(self.by_level),
                "all": next(iter(told(self._all())), None),
            },
            "level_not_recorded": list(self.level_unknown),
            "services_by_number_of_levels": {str(levels): services for levels, services in self.spread},
            "memberships": self.memberships,
        }

    @property
    def table_name(self) -> tuple[str, str]:
        """The id and the title of its table."""
        return "coverage", f"Services by age and level, {self.area_name}"

    def table(self) -> Table:
        """One row for each cell and total."""
        header = (
            "Ages", "Level", "Direct", "Through a parent", "Conditional", "Not recorded", "Distinct services", "In their own right",
            "Focused here", "Counted as from 0", "Direct, in a word", "Also help, directly", "Also help, through a parent", "Services",
        )  # fmt: skip
        labels = {band.id: band.label for band in self.bands}
        rows = tuple(
            self._line(cell, labels.get(cell.band, "All ages")) for cell in (*self.cells, *self.by_band, *self.by_level, *self._all())
        )
        return Table(*self.table_name, header, rows, self.no_table)

    def _all(self) -> tuple[Cell, ...]:
        return (self.total,) if self.total else ()

    def _line(self, cell: Cell, ages: str) -> tuple[str | int, ...]:
        ways = cell.ways
        names = self.ground.names_of(ways.everything)
        return (
            ages, cell.level or "All levels", cell.direct, cell.through_parent, cell.conditional, cell.not_recorded, cell.distinct,
            ways.own_right.bit_count(), cell.focused.bit_count(), ways.assumed.bit_count(), cell.word, cell.also.direct.bit_count(),
            cell.also.through_parent.bit_count(), "; ".join(names),
        )  # fmt: skip

    def grid(self) -> Table:
        """The same as it is printed: a row for each age, a column for each level, the totals at the edges."""
        header = ("Ages", *(f"Level {level}" for level in self.levels), "Distinct services, all levels")
        rows = [
            (band.label, *(cell.in_words() for cell in self.row(band.id)), whole.in_words())
            for band, whole in zip(self.bands, self.by_band, strict=True)
        ]
        if self.total:
            rows.append(("Distinct services, all ages", *(cell.in_words() for cell in self.by_level), self.total.in_words()))
        return Table("coverage-grid", f"Ages by levels, {self.area_name}", header, tuple(rows), self.no_table)


def coverage_of(ground: Ground, query: Query) -> Coverage:
    """How many services reach each age at each level of the area's scheme."""
    area, scheme = ground.directory.area_by_id[query.area], ground.scheme_of(query.area)
    if scheme is None or not ground.in_area(query):
        return _bare(ground, query, area.name, scheme.name if scheme else "")
    chosen = ground.chosen(query)
    levels = ground.levels_of(query.area)
    names = {level.number: level.name for level in scheme.levels}
    bands = YEARS if query.years else BANDS
    cells = cells_of(ground, chosen, bands, levels, query.as_from_0)
    by_band = tuple(total(band.id, 0, [cell for cell in cells if cell.band == band.id]) for band in bands)
    by_level = tuple(total(EVERY, level, [cell for cell in cells if cell.level == level]) for level in levels)
    whole = total(EVERY, 0, by_level)
    spread = _spread(ground, chosen.sure, levels)
    return Coverage(
        ground, query, area.name, scheme.name, bands, levels, tuple(names[level] for level in levels),
        cells, by_band, by_level, whole,
        level_unknown=tuple(ground.ids_of(chosen.sure & ground.facets.level_not_recorded)),
        spread=spread,
        rules=coverage_rules(ground, query, cells),
        findings=coverage_findings(Seen(ground, query, area.name, bands, levels, cells, whole, spread)),
    )  # fmt: skip


def _bare(ground: Ground, query: Query, area: str, scheme: str) -> Coverage:
    """The sentence in place of a table, where there is nothing that a table could be made of."""
    here = ground.in_area(query)
    if not here:
        recorded = ground.facets.area.get(query.area, 0)
        why = f"No service is recorded in {area}." if not recorded else f"No service of {area} is recorded as {_status(query)}."
        words = f"{why} That is no finding about {area}: nothing is known, so no number is shown."
    else:
        words = (
            f"No threshold scheme is recorded for {area}, so its services have no levels and there is no table of ages by levels: "
            f"no number is shown where nothing is known. {so_many(here.bit_count())} recorded there: {ground.named(here)}."
        )
    return Coverage(ground, query, area, scheme, no_table=words, level_unknown=tuple(ground.ids_of(here)), findings=(words,))


def _status(query: Query) -> str:
    return "in use" if query.status == IN_USE else "having the status asked about"


def _spread(ground: Ground, bits: int, levels: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """How many services work at one level, at two, and so on: (levels, services)."""
    at_least = [bits, *([0] * len(levels))]
    for level in levels:
        members = ground.facets.level.get(level, 0)
        for count in range(len(levels), 0, -1):
            at_least[count] |= at_least[count - 1] & members
    sizes = [members.bit_count() for members in at_least]
    return tuple((count, sizes[count] - (sizes[count + 1] if count < len(levels) else 0)) for count in range(1, len(levels) + 1))
