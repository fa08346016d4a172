"""A table as every form of it has it: a header and rows. CSV here, XLSX in `workbook`, charts in `charts`."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.model import Directory, Service, date_in_words

Value = str | int | float | None

NOT_RECORDED = "Not recorded"
"""What stands in a table where nobody knows: never an empty cell, never 0."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A text that begins with one of these is a formula to a spreadsheet program."""


@dataclass(frozen=True)
class Table:
    """Rows under a header. `id` is the name of the file or sheet, `note` what a reader must know of the figures."""

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""

    def column(self, name: str) -> list[Value]:
        """The values of one column, from the top."""
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def harmless(value: Value) -> Value:
    """A value that no spreadsheet program runs: a text that looks like a formula gets an apostrophe in front."""
    if isinstance(value, str) and (value.startswith(FORMULA_SIGNS) or value.lstrip().startswith(FORMULA_SIGNS)):
        return f"'{value}"
    return value


def to_csv(table: Table, rules: Iterable[str] = ()) -> str:
    """The table as CSV. With rules, what to know of the figures stands below them, after an empty line."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in table.header])
    writer.writerows([harmless(value) for value in row] for row in table.rows)
    notes = list(rules)
    if notes:
        writer.writerow([])
        writer.writerows([harmless(note)] for note in (*([table.note] if table.note else []), *notes))
    return file.getvalue()


def sources_table(directory: Directory, services: Iterable[Service]) -> Table:
    """The documents that the facts of these services come from."""
    return table_of_sources(directory, {citation.document for service in services for citation in service.sources})


def table_of_sources(directory: Directory, cited: Collection[str]) -> Table:
    """These documents, in the order of the content."""
    rows = tuple(
        (source.title, source.owner, date_in_words(source.date), source.kind, source.about)
        for source in directory.sources
        if source.id in cited
    )
    return Table("sources", "Sources", ("Title", "Owner", "Date", "Kind", "About"), rows)
