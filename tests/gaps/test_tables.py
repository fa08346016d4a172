"""Tables to take away: CSV that no spreadsheet program runs, XLSX with numbers as numbers, the rules and the sources with them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from golden.shipped import directory
from hypothesis import given
from hypothesis import strategies as st

from app.gaps import (
    BANDS,
    Change,
    Ground,
    Query,
    Table,
    capacity_of,
    completeness_of,
    contracts_of,
    coverage_of,
    evidence_of,
    need_by_area,
    need_by_level,
    overlaps,
    single_points,
    sources_table,
    spend_of,
    to_csv,
    unanswered,
    what_if,
    workbook,
)
from app.gaps.tables import harmless

from .made import unhurried

NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]


def every_table(ground: Ground, query: Query) -> list[Table]:
    """All that this package makes of one query."""
    coverage = coverage_of(ground, query)
    return [
        coverage.table(), coverage.grid(), need_by_level(ground, query, BANDS[3]).table(), need_by_area(ground, query).table(),
        *unanswered(ground, query).tables(), *spend_of(ground, query).tables(), *contracts_of(ground, query).tables(),
        *what_if(ground, query, Change(without=("warwickshire/family-matters",))).tables(), *single_points(ground, query).tables(),
        *capacity_of(ground, query).tables(), *evidence_of(ground, query).tables(), *completeness_of(ground, query).tables(),
        overlaps(ground, query).table(),
    ]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["5–18", "a=b", "100%", "", -5, 0, 1.5, None, "£94,000"])
def test_everything_else_stays_as_it_is(value: str | int | float | None) -> None:
    assert harmless(value) == value


@unhurried
@given(st.lists(st.lists(st.one_of(st.text(max_size=8), st.integers(-9, 9), st.sampled_from(HOSTILE)), min_size=2, max_size=2), max_size=4))
def test_no_cell_of_a_csv_file_begins_like_a_formula(rows: list[list[str | int]]) -> None:
    table = Table("t", "T", ("=One", "Two"), tuple(tuple(row) for row in rows))
    text = to_csv(table, ["=a rule"])
    read = list(csv.reader(io.StringIO(text, newline="")))
    given_numbers = {str(value) for row in rows for value in row if isinstance(value, int)}
    for row in read:
        for cell in row:
            assert cell in given_numbers or not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert read[0] == ["'=One", "Two"]


def test_a_csv_file_has_the_header_the_rows_and_on_request_the_rules() -> None:
    table = Table("t", "T", ("Name", "Number"), (("A, B", 1), ('"C"', None)), note="A note.")
    assert to_csv(table) == 'Name,Number\r\n"A, B",1\r\n"""C""",\r\n'
    assert to_csv(table, ["One.", "Two."]).endswith('"""C""",\r\n\r\nA note.\r\nOne.\r\nTwo.\r\n')


def test_every_table_has_rows_as_wide_as_its_header_and_no_two_have_one_name(ground: Ground, county: Query) -> None:
    tables = every_table(ground, county)
    assert len({table.id for table in tables}) == len(tables) == 28
    for table in tables:
        assert {len(row) for row in table.rows} <= {len(table.header)}, table.id
        assert len(set(table.header)) == len(table.header), table.id
        assert re.fullmatch(r"[a-z-]+", table.id)


def test_every_table_of_an_area_without_levels_can_be_made_too(ground: Ground) -> None:
    for table in every_table(ground, Query("leeds")):
        assert to_csv(table).startswith(table.header[0].replace('"', ""))


# XLSX


def sheets(book: bytes) -> dict[str, list[list[tuple[str, str]]]]:
    """Each sheet as rows of (type, value), as a reader of the format sees them."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        shared = [
            "".join(text.text or "" for text in item.iter(f"{NAME}t"))
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
        ]
        names = [sheet.get("name") or "" for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{NAME}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(root.iter(f"{NAME}f")), "a formula"
            rows = []
            for row in root.iter(f"{NAME}row"):
                cells = []
                for cell in row.iter(f"{NAME}c"):
                    kind, value = cell.get("t", "n"), cell.find(f"{NAME}v")
                    text = value.text if value is not None and value.text else ""
                    cells.append((kind, shared[int(text)] if kind == "s" else text))
                rows.append(cells)
            found[name] = rows
        return found


def book(*tables: Table) -> bytes:
    return workbook(tables, ["A rule."], sources_table(directory(), directory().services[:1]), "A title")


def test_numbers_are_numbers_and_texts_are_texts() -> None:
    read = sheets(book(Table("t", "T", ("Text", "Number", "Share"), (("=1+1", 1234, 0.5), ("007", None, "none")))))
    assert read["T"] == [
        [("s", "Text"), ("s", "Number"), ("s", "Share")], [("s", "=1+1"), ("n", "1234"), ("n", "0.5")], [("s", "007"), ("s", "none")],
    ]  # fmt: skip


def test_no_text_becomes_a_formula_or_a_link() -> None:
    texts = [*HOSTILE, "https://example.org"]
    made = book(Table("t", "T", ("=Head",), tuple((text,) for text in texts)))
    read = sheets(made)
    # the format itself writes a carriage return as _x000D_
    assert [cell for row in read["T"][1:] for cell in row] == [("s", text.replace("\r", "_x000D_")) for text in texts]
    assert b"hyperlink" not in zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")


def test_the_last_sheet_holds_the_rules_and_the_sources() -> None:
    read = sheets(book(Table("t", "T", ("One",), ())))
    rows = [[value for _, value in row] for row in read["Rules and sources"]]
    assert rows[:2] == [["Kind", "Words"], ["Rule", "A rule."]]
    assert rows[2][0] == "Source"
    assert "Leeds" in rows[2][1] or "2014" in rows[2][1]


def test_sheets_with_long_or_equal_names_get_names_of_their_own() -> None:
    title = "Services [by] age/level: a very long title that does not fit"
    names = list(sheets(book(*(Table(str(number), title, ("One",), ()) for number in range(3)), Table("x", "''", ("One",), ()))))
    assert names == [
        "Services by age level a very lo", "Services by age level a very 2", "Services by age level a very 3", "Table", "Rules and sources",
    ]  # fmt: skip


def test_a_text_too_long_for_a_cell_is_cut_and_not_lost() -> None:
    read = sheets(book(Table("t", "T", ("One",), (("x" * 40_000,),))))
    assert len(read["T"][1][0][1]) == 32_000


def test_a_note_stands_below_the_rows() -> None:
    read = sheets(book(Table("t", "T", ("One",), (("a",),), note="Read this.")))
    assert read["T"][-1] == [("s", "Read this.")]


def test_the_same_tables_give_the_same_bytes(ground: Ground, county: Query) -> None:
    tables = every_table(ground, county)
    assert book(*tables) == book(*tables)


def test_the_workbook_of_everything_holds_the_numbers_of_the_tables(ground: Ground, county: Query) -> None:
    tables = every_table(ground, county)
    read = sheets(book(*tables))
    assert len(read) == len(tables) + 1
    coverage, spend = tables[0], spend_of(ground, county).tables()[0]
    sheet = read["Services by age and level, Warw"]
    assert [int(row[2][1]) for row in sheet[1:36]] == coverage.column("Direct")
    bounds = read["Known budgets, three bounds"]
    assert [row[1][1] for row in bounds[1 : 1 + len(spend.rows)]] == spend.column("Row")
    level_4 = next(row for row in bounds if [value for _, value in row][:2] == ["By level", "Level 4"])
    assert level_4[2:5] == [("n", "0"), ("n", "1863093"), ("n", "6743319")]


def test_sources_are_those_that_the_services_cite() -> None:
    rows = sources_table(directory(), directory().services).rows
    assert sources_table(directory(), []).rows == ()
    assert len(rows) >= 3
    assert all(len(row) == 5 for row in rows)
