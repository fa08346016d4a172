"""Tables as one XLSX file, with a sheet of rules and sources. The only importer of xlsxwriter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.gaps.tables import Table

MADE = datetime(2000, 1, 1)
"""Written into every file in place of the time, so that the same tables give the same bytes."""

WIDEST, NARROWEST = 60, 9
LONGEST_TEXT = 32_000
"""A cell holds 32,767 characters; a longer text would be left out without a word."""

AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""A text stays a text, whatever it begins with."""


def workbook(tables: Sequence[Table], rules: Iterable[str], sources: Table, title: str) -> bytes:
    """An XLSX file: one sheet for each table, numbers as numbers, and a last sheet with the rules of counting and the sources."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # only a download needs it, and every start would wait for this import

    file = io.BytesIO()
    with Workbook(file, AS_WRITTEN) as book:
        book.set_properties({"title": title, "created": MADE})
        bold, wrapped, number, share = (
            book.add_format(look) for look in ({"bold": True, "text_wrap": True}, {"text_wrap": True, "valign": "top"},
                                               {"num_format": "#,##0", "valign": "top"}, {"num_format": "0.00", "valign": "top"})
        )  # fmt: skip
        names: set[str] = set()
        for table in [*tables, _rules_sheet(rules, sources)]:
            sheet = book.add_worksheet(_sheet_name(table.title, names))
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(table.header):
                sheet.write_string(0, column, heading, bold)
                sheet.set_column(column, column, _width(table, column))
            for place, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(place, column, value[:LONGEST_TEXT], wrapped)
                    elif value is not None:
                        sheet.write_number(place, column, value, share if isinstance(value, float) else number)
            if table.note:
                sheet.write_string(len(table.rows) + 2, 0, table.note)
    return file.getvalue()


def _rules_sheet(rules: Iterable[str], sources: Table) -> Table:
    rows = [("Rule", rule) for rule in rules]
    rows += [("Source", "; ".join(str(part) for part in row)) for row in sources.rows]
    return Table("rules", "Rules and sources", ("Kind", "Words"), tuple(rows))


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 characters, none of those a sheet's name must not have, and not twice in one file."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\']", " ", title).split())[:31].strip() or "Table"
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain[:28].strip()} {number}", number + 1
    taken.add(name.lower())
    return name


def _width(table: Table, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    return max(NARROWEST, min(WIDEST, longest + 2, max(longest + 2, len(table.header[column]))))
