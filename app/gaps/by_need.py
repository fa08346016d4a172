"""The same count with needs as the rows: need by level for one age, and need by area."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.gaps.bands import Band
from app.gaps.cells import Cell, cells_of, total
from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.rules import PRESENCE_RULE
from app.gaps.tables import NOT_RECORDED, Table, Value
from app.gaps.words import are, capital, counted, inside, levels_in_words, named, so_many


@dataclass(frozen=True)
class NeedRow:
    """One need: a cell for each level, and all levels together with each service once."""

    need: str
    label: str
    cells: tuple[Cell, ...]
    whole: Cell


@dataclass(frozen=True)
class NeedByLevel:
    """Needs by levels, for children of one age or one band of ages."""

    area: str
    band: Band
    levels: tuple[int, ...]
    rows: tuple[NeedRow, ...]
    no_table: str
    findings: tuple[str, ...]
    rules: tuple[str, ...]

    def to_json(self, ground: Ground) -> dict[str, Any]:
        """Needs, levels and cells; the cells are those of the table of ages by levels."""
        return {
            "area": self.area,
            "band": self.band.id,
            "levels": list(self.levels),
            "no_table": self.no_table or None,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "needs": [
                {
                    "need": row.need,
                    "label": row.label,
                    "cells": [cell.to_json(ground) for cell in row.cells],
                    "all_levels": row.whole.to_json(ground),
                }
                for row in self.rows
            ],
        }

    def table(self) -> Table:
        """One row for each need and level."""
        header = ("Need", "Level", "Direct", "Through a parent", "Conditional", "Not recorded", "Also help", "Direct, in a word")
        rows = tuple(
            (row.label, cell.level or "All levels", cell.direct, cell.through_parent, cell.conditional, cell.not_recorded,
             cell.also.reaching.bit_count(), cell.word)
            for row in self.rows for cell in (*row.cells, row.whole)
        )  # fmt: skip
        return Table("needs-by-level", f"Needs by level, {self.band.label.lower()}", header, rows, self.no_table)


def need_by_level(ground: Ground, query: Query, band: Band) -> NeedByLevel:
    """How many services have each need as their main purpose at each level, for children of these ages."""
    scheme, area = ground.scheme_of(query.area), ground.directory.area_by_id[query.area]
    rules = (
        f"Each row counts services whose main purpose is the need, or a kind of it, for {_inside(band)}. Services that also help are "
        "counted apart.",
        PRESENCE_RULE,
    )
    if not scheme or not ground.in_area(query):
        why = "No threshold scheme is recorded" if not scheme else "No service is recorded"
        words = f"{why} for {area.name}, so there is no table of needs by levels, and no number is shown where nothing is known."
        return NeedByLevel(query.area, band, (), (), words, (words,), rules)
    levels = ground.levels_of(query.area)
    rows = []
    for need in ground.directory.vocabulary.needs:
        cells = cells_of(ground, ground.chosen(replace(query, needs=(need.id,))), (band,), levels, query.as_from_0)
        rows.append(NeedRow(need.id, need.label, cells, total(band.id, 0, cells)))
    return NeedByLevel(query.area, band, levels, tuple(rows), "", _level_findings(rows, band, levels), rules)


def _level_findings(rows: list[NeedRow], band: Band, levels: tuple[int, ...]) -> tuple[str, ...]:
    nothing = [row for row in rows if not row.whole.ways.everything]
    through = [row for row in rows if row.whole.through_parent and not row.whole.direct]
    found = [
        f"For {_inside(band)}, {len(nothing)} of {counted(len(rows), 'need')} {are(len(nothing))} no service's main purpose at any level."
    ]
    if through:
        names = named([inside(row.label) for row in through])
        found.append(f"{so_many(len(through), 'need')} met only through a parent or carer: {names}.")
    for level in levels[-1:]:
        gone = [row for row in rows if row.whole.distinct and not row.cells[-1].distinct]
        if gone:
            verb = are(len(gone), "has", "have")
            words = f"{capital(counted(len(gone), 'need'))} that lower levels answer {verb} no service at {levels_in_words([level])}"
            found.append(f"{words}: {named([inside(row.label) for row in gone])}.")
    return tuple(found)


def _inside(band: Band) -> str:
    return "an unborn child" if band.id == "unborn" else f"{band.label[0].lower()}{band.label[1:]}"


@dataclass(frozen=True)
class AreaCount:
    """What one area records for one need: services by main purpose and beside it; None where the area records no services at all."""

    main: int | None
    also: int | None


@dataclass(frozen=True)
class NeedByArea:
    """Needs by areas. It compares what was written down, not places."""

    areas: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[str, str, tuple[AreaCount, ...]], ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Areas with their number of services, and the counts of each need; null where an area has no services recorded."""
        return {
            "areas": [{"area": area, "name": name, "services": number} for area, name, number in self.areas],
            "needs": [
                {
                    "need": need,
                    "label": label,
                    "areas": {
                        area: {"main": count.main, "also": count.also} for (area, _, _), count in zip(self.areas, counts, strict=True)
                    },
                }
                for need, label, counts in self.rows
            ],
            "findings": list(self.findings),
            "rules": list(self.rules),
        }

    def table(self) -> Table:
        """A row for each need, two columns for each area."""
        header = ["Need"]
        for _, name, _ in self.areas:
            header += [f"{name}, main purpose", f"{name}, also help"]
        rows = []
        for _, label, counts in self.rows:
            line: list[Value] = [label]
            for count in counts:
                line += [NOT_RECORDED if count.main is None else count.main, NOT_RECORDED if count.also is None else count.also]
            rows.append(tuple(line))
        return Table("needs-by-area", "Needs by area", tuple(header), tuple(rows))


def need_by_area(ground: Ground, query: Query) -> NeedByArea:
    """How many services each area records for each need; the area of the query does not matter."""
    areas = [(area.id, area.name, ground.in_area(replace(query, area=area.id)).bit_count()) for area in ground.directory.site.areas]
    rows = []
    for need in ground.directory.vocabulary.needs:
        counts = []
        for area, _, number in areas:
            chosen = ground.chosen(replace(query, area=area, needs=(need.id,)))
            counts.append(AreaCount(chosen.sure.bit_count(), chosen.also.bit_count()) if number else AreaCount(None, None))
        rows.append((need.id, need.label, tuple(counts)))
    return NeedByArea(tuple(areas), tuple(rows), tuple(_area_findings(areas, rows)), AREA_RULES)


def _area_findings(areas: list[tuple[str, str, int]], rows: list[tuple[str, str, tuple[AreaCount, ...]]]) -> Iterator[str]:
    for place, (_, name, number) in enumerate(areas):
        if not number:
            yield f"No service is recorded in {name}, so nothing is said of its needs."
            continue
        met = [label for _, label, counts in rows if counts[place].main]
        alone = [label for _, label, counts in rows if counts[place].main and not any(c.main for n, c in enumerate(counts) if n != place)]
        only = f"; for {len(alone)} of them no other area here does ({named([inside(label) for label in alone], 4)})" if alone else ""
        yield f"{name} records {counted(number)}, with {len(met)} of {counted(len(rows), 'need')} as a main purpose{only}."
    none = sum(not any(count.main for count in counts) for _, _, counts in rows)
    yield f"{capital(counted(none, 'need'))} {are(none)} the main purpose of no service in any area here."


AREA_RULES = (
    "Counted are services that have the need, or a kind of it, as their main purpose, at any age and level. Those that also help stand "
    "apart.",
    "The areas' sources differ in kind: a low number may mean a short document. Compare what each area wrote down, and do not rank areas.",
    "An area without any recorded service shows no number.",
)
