"""An answer to a commissioner as text for a terminal: findings, tables, what follows, and the rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from app.gaps.cells import Cell
from app.gaps.coverage import Coverage
from app.gaps.questions import Told
from app.gaps.tables import Table, Value

WIDTH = 100
WIDEST = 34
"""The widest a column of a table is made; longer words go on in the next line."""


def told_as_text(told: Told) -> str:
    """The whole answer, ending with a line break. Tables of many columns are told in one block for each row."""
    return "\n".join(_lines(told)).rstrip() + "\n"


def _lines(told: Told) -> Iterator[str]:
    area = told.ground.directory.area_by_id[told.asked.query.area]
    yield f"{told.question.title} ({area.name}, as at {area.as_at})"
    yield ""
    for finding in told.findings:
        yield from textwrap.wrap(finding, WIDTH, initial_indent="- ", subsequent_indent="  ")
    tables = (_grid(told.answer),) if isinstance(told.answer, Coverage) else told.tables
    for table in tables if told.question.id != "briefing" else ():
        if table.rows:
            yield from ("", table.title, "")
            yield from _table(table)
    yield ""
    yield from textwrap.wrap(f"So what: {told.so_what}", WIDTH)
    yield from textwrap.wrap(f"Ask: {told.whom}", WIDTH)
    if told.rules:
        yield from ("", "How it is counted")
        for rule in told.rules:
            yield from textwrap.wrap(rule, WIDTH, initial_indent="- ", subsequent_indent="  ")


def _grid(coverage: Coverage) -> Table:
    """The table of ages by levels with cells as short as a terminal wants them."""
    header = ("Ages", *(f"Level {level}" for level in coverage.levels), "All levels")
    rows = [
        (band.label, *(_short(cell) for cell in (*coverage.row(band.id), whole)))
        for band, whole in zip(coverage.bands, coverage.by_band, strict=True)
    ]
    if coverage.total:
        rows.append(("All ages", *(_short(cell) for cell in (*coverage.by_level, coverage.total))))
    title = "Services that work directly, in brackets those through a parent; with 'if' on a condition, with '?' not recorded"
    return Table("coverage", title, header, tuple(rows))


def _short(cell: Cell) -> str:
    """One cell: "9 (3) if1 ?2"."""
    if cell.nothing_known:
        return f"not known ?{cell.not_recorded}"
    more = (f" if{cell.conditional}" if cell.conditional else "") + (f" ?{cell.not_recorded}" if cell.not_recorded else "")
    return f"{cell.direct} ({cell.through_parent}){more}"


def _table(table: Table) -> Iterator[str]:
    """Columns side by side where they fit, else each row as a block of its own."""
    widths = [max(len(_said(value)) for value in column) for column in zip(table.header, *table.rows, strict=True)]
    widths = [min(width, WIDEST) for width in widths]
    if sum(widths) + 2 * len(widths) > WIDTH and len(widths) > 6:
        for row in table.rows:
            yield f"  {_said(row[0])}"
            for name, value in zip(table.header[1:], row[1:], strict=True):
                if value not in ("", None):
                    yield from textwrap.wrap(f"{name}: {_said(value)}", WIDTH, initial_indent="    ", subsequent_indent="      ")
        return
    shrink = max(8, (WIDTH - 2 * len(widths)) // len(widths))
    if sum(widths) + 2 * len(widths) > WIDTH:
        widths = [min(width, shrink) for width in widths]
    for row in (table.header, *table.rows):
        cells = [textwrap.wrap(_said(value), width) or [""] for value, width in zip(row, widths, strict=True)]
        for place in range(max(map(len, cells))):
            parts = (
                (cell[place] if place < len(cell) else "").rjust(width) if isinstance(value, (int, float)) else
                (cell[place] if place < len(cell) else "").ljust(width)
                for cell, value, width in zip(cells, row, widths, strict=True)
            )  # fmt: skip
            yield f"  {'  '.join(parts)}".rstrip()


def _said(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:.2f}" if isinstance(value, float) else value
