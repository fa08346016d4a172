"""The database gives equal numbers: every view against what Windscreen itself counts, on the shipped content and on made-up services."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from golden.shipped import directory
from hypothesis import HealthCheck, given, settings

from app.gaps import Ground, Query, completeness_of, contracts_of, coverage_of, spend_of, unanswered
from app.gaps.money import Spend
from app.model import Directory, Service
from app.store import VIEWS, write_store

from .made import HERE, directory_of, some_services

Rows = list[tuple[Any, ...]]


class Database:
    """A written database with the views."""

    def __init__(self, content: Directory, file: Path) -> None:
        write_store(content, file)
        self.file = file

    def ask(self, sql: str, *values: object) -> Rows:
        """The rows of a question."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return Database(directory(), tmp_path_factory.mktemp("views") / "directory.db")


COUNTS = "direct, through_parent, conditional, not_recorded, distinct_services, own_right"


def matrix(database: Database, area: str) -> dict[tuple[str, int], tuple[int, ...]]:
    rows = database.ask(f"SELECT band, level, {COUNTS} FROM gap_matrix WHERE area = ?", area)
    return {(band, level): tuple(counts) for band, level, *counts in rows}


def counted(ground: Ground, query: Query) -> dict[tuple[str, int], tuple[int, ...]]:
    return {
        (cell.band, cell.level): (
            cell.direct, cell.through_parent, cell.conditional, cell.not_recorded, cell.distinct, cell.ways.own_right.bit_count(),
        )
        for cell in coverage_of(ground, query).cells
    }  # fmt: skip


def test_ages_by_levels(database: Database, ground: Ground, county: Query) -> None:
    assert matrix(database, "warwickshire") == counted(ground, county)
    assert matrix(database, "warwickshire")["11-15", 3] == (14, 4, 0, 3, 18, 0)


def test_an_area_without_levels_has_no_rows_and_no_zeros(database: Database) -> None:
    assert matrix(database, "walsall") == {}
    assert database.ask("SELECT DISTINCT area FROM gap_matrix_by_need") == [("warwickshire",)]


def test_ages_by_levels_for_every_need(database: Database, ground: Ground) -> None:
    found: dict[str, dict[tuple[str, int], tuple[int, ...]]] = {}
    for need, band, level, *counts in database.ask(f"SELECT need, band, level, {COUNTS} FROM gap_matrix_by_need"):
        found.setdefault(need, {})[band, level] = tuple(counts)
    assert len(found) == len(ground.directory.vocabulary.needs)
    for need, cells in found.items():
        assert cells == counted(ground, Query("warwickshire", needs=(need,))), need


def test_the_services_behind_a_cell(database: Database, ground: Ground, county: Query) -> None:
    rows = database.ask(
        "SELECT service FROM gap_service WHERE area = 'warwickshire' AND band = '11-15' AND level = 4 AND direct ORDER BY 1"
    )
    cell = coverage_of(ground, county).cell("11-15", 4)
    assert [name for (name,) in rows] == sorted(ground.ids_of(cell.ways.direct))


def test_totals_are_distinct_services(database: Database, ground: Ground, county: Query) -> None:
    total = coverage_of(ground, county).total
    assert total is not None
    assert database.ask(
        "SELECT direct, through_parent, conditional, not_recorded, distinct_services FROM gap_total WHERE area = 'warwickshire'"
    ) == [(total.direct, total.through_parent, total.conditional, total.not_recorded, total.distinct)]


def test_what_is_unanswered(database: Database, ground: Ground, county: Query) -> None:
    found = unanswered(ground, county)
    needs = {(gap.need, band, level) for gap in found.needs for band, level in gap.missing}
    assert set(database.ask("SELECT need, band, level FROM unanswered_need")) == needs
    descriptors = {gap.descriptor for gap in found.descriptors if gap.state == "unanswered"}
    assert {name for (name,) in database.ask("SELECT descriptor FROM unanswered_descriptor")} == descriptors


@pytest.mark.parametrize("area", ["warwickshire", "walsall", "leeds"])
def test_known_budgets(database: Database, ground: Ground, area: str) -> None:
    spend = spend_of(ground, Query(area))
    assert database.ask("SELECT coalesce(known, 0), services, services_with_a_figure FROM budget_total WHERE area = ?", area) == [
        (spend.total, len(spend.services), len(spend.with_figure))
    ]
    assert_equal_money(database, area, spend)


def assert_equal_money(database: Database, area: str, spend: Spend) -> None:
    for view, key, rows in (("budget_by_level", "level", spend.by_level), ("budget_by_need", "need", spend.by_need)):
        found = {
            str(name) if name is not None else "not-recorded": (tuple(bounds), known, without)
            for name, *bounds, known, without in database.ask(
                f"SELECT {key}, dedicated, shared_equally, counted_in_full, services_with_a_figure, services_without "
                f"FROM {view} WHERE area = ?",
                area,
            )
        }
        expected = {row.key: (row.pounds, len(row.services), len(row.without)) for row in rows if row.services or row.without}
        assert found == expected, view


def test_ends_of_contracts(database: Database, ground: Ground, county: Query) -> None:
    rows = database.ask("SELECT service, kind, last_day, value FROM contract_end WHERE area = 'warwickshire'")
    ends = {(end.service, end.kind, end.day.isoformat() if end.day else None, end.value) for end in contracts_of(ground, county).ends}
    assert set(rows) == ends
    (value,) = database.ask("SELECT sum(value) FROM contract_end WHERE last_day BETWEEN '2017-10-01' AND '2017-11-30'")
    assert value == (12_350_000,)


def test_what_is_recorded(database: Database, ground: Ground, county: Query) -> None:
    totals = {
        (total.field, total.recorded, total.in_part, total.not_provided, total.not_recorded)
        for total in completeness_of(ground, county).totals
    }
    rows = database.ask("SELECT field, recorded, in_part, not_provided, not_recorded FROM field_total WHERE area = 'warwickshire'")
    assert set(rows) == totals


def test_every_view_says_what_it_answers_and_can_be_asked(database: Database) -> None:
    for view in VIEWS:
        assert view.about.endswith(".")
        assert database.ask(f"SELECT count(*) FROM {view.name}")[0][0] > 0, view.name


def test_no_view_takes_the_name_of_a_table(database: Database) -> None:
    tables = {name for (name,) in database.ask("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not tables & {view.name for view in VIEWS}


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_services())
def test_made_up_services_give_equal_numbers_too(tmp_path: Path, services: tuple[Service, ...]) -> None:
    file = tmp_path / "made.db"
    file.unlink(missing_ok=True)
    content = directory_of(*services)
    database, ground = Database(content, file), Ground(content)
    assert matrix(database, HERE) == counted(ground, Query(HERE))
    for need in content.vocabulary.needs:
        rows = database.ask(f"SELECT band, level, {COUNTS} FROM gap_matrix_by_need WHERE area = ? AND need = ?", HERE, need.id)
        assert {(band, level): tuple(counts) for band, level, *counts in rows} == counted(ground, Query(HERE, needs=(need.id,)))
    spend = spend_of(ground, Query(HERE))
    if spend.with_figure:
        assert_equal_money(database, HERE, spend)


def test_the_page_for_analysts_names_every_view_and_its_examples_run(database: Database) -> None:
    page = (Path(__file__).parents[2] / "docs" / "database.md").read_text(encoding="utf-8")
    for view in VIEWS:
        assert f"| `{view.name}` | {view.about} |" in page
    examples = page.split("```sql\n")[1:]
    assert len(examples) == 3
    for example in examples:
        assert database.ask(example.split("```")[0])
