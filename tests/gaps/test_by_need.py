"""Needs as rows: by level for one age, and by area."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from app.gaps import BAND_BY_ID, BANDS, Ground, Query, coverage_of, need_by_area, need_by_level
from app.model import ServiceNeeds

from .made import HERE, NEEDS, ages, ground_of, service, some_ground, unhurried

AT_14 = """
Domestic abuse                                   0 (0)  0 (2)  0 (2)  0 (2)
Child's mental health and emotional wellbeing    0 (0)  1 (0)  0 (0)  0 (0)
Parenting support                                1 (0)  4 (0)  4 (0)  2 (0)
Risk of coming into care                         1 (0)  4 (0)  5 (0)  4 (0)
Offending and anti-social behaviour              0 (0)  0 (0)  1 (0)  1 (0)
"""


def test_what_warwickshire_has_for_a_14_year_old(ground: Ground, county: Query) -> None:
    rows = {row.label: row for row in need_by_level(ground, county, BAND_BY_ID["14"]).rows}
    lines = []
    for line in AT_14.strip("\n").split("\n"):
        label = line[:47].strip()
        cells = [f"{cell.direct} ({cell.through_parent})" for cell in rows[label].cells]
        lines.append(f"{label:<47}  {'  '.join(cells)}")
    assert "\n".join(lines) == AT_14.strip("\n")


def test_most_needs_are_nobodys_main_purpose(ground: Ground, county: Query) -> None:
    found = need_by_level(ground, county, BAND_BY_ID["11-15"])
    assert found.findings[0] == "For ages 11 to 15, 61 of 77 needs are no service's main purpose at any level."
    assert found.findings[1].startswith("3 needs are met only through a parent or carer: domestic abuse, alcohol misuse by a parent")


def test_an_unborn_child_is_named_as_such(ground: Ground, county: Query) -> None:
    assert need_by_level(ground, county, BANDS[0]).findings[0].startswith("For an unborn child, ")


def test_what_lower_levels_answer_and_the_highest_does_not() -> None:
    ground = ground_of(service("Low", levels=(1, 2)), service("High", levels=(4,), needs=ServiceNeeds(main=("drugs",))))
    found = need_by_level(ground, Query(HERE), BAND_BY_ID["11-15"])
    assert found.findings[-1] == "1 need that lower levels answer has no service at level 4: school."


def test_an_area_without_levels_has_no_such_table(ground: Ground) -> None:
    found = need_by_level(ground, Query("walsall"), BANDS[3])
    assert found.rows == ()
    assert found.no_table == (
        "No threshold scheme is recorded for Walsall, so there is no table of needs by levels, and no number is shown where nothing is "
        "known."
    )
    assert need_by_level(ground_of(), Query(HERE), BANDS[3]).no_table.startswith("No service is recorded for Made-up")


@unhurried
@given(some_ground(), st.sampled_from(BANDS))
def test_each_row_is_the_table_of_that_need(ground: Ground, band: object) -> None:
    found = need_by_level(ground, Query(HERE), band)  # type: ignore[arg-type]
    for row in found.rows:
        coverage = coverage_of(ground, Query(HERE, needs=(row.need,)))
        assert [cell.ways for cell in row.cells] == [cell.ways for cell in coverage.row(row.cells[0].band)]


def test_the_json_and_the_table_of_needs_by_level(ground: Ground, county: Query) -> None:
    found = need_by_level(ground, county, BAND_BY_ID["11-15"])
    data = json.loads(json.dumps(found.to_json(ground)))
    row = next(row for row in data["needs"] if row["need"] == "domestic-abuse")
    assert [cell["through_parent"] for cell in row["cells"]] == [0, 2, 2, 2]
    assert row["all_levels"]["distinct"] == 2
    assert len(found.table().rows) == 5 * len(found.rows)
    assert found.table().title == "Needs by level, ages 11 to 15"


BY_AREA = """
domestic-abuse         2+0   2+0   0+0
child-affected-by-da   0+2   0+1   0+0
perpetrator            0+0   1+0   0+0
parenting              6+5   3+2   2+0
substance-misuse       3+0   2+2   1+0
"""


def test_needs_by_area_compare_what_was_written_down(ground: Ground, county: Query) -> None:
    """Main purpose + also helps, in Warwickshire, Walsall and Leeds; what is only proposed in Leeds is left out.

    Walsall's programme for perpetrators is for a kind of domestic abuse. Warwickshire's are not for them.
    """
    found = need_by_area(ground, county)
    rows = {need: counts for need, _, counts in found.rows}
    for line in BY_AREA.strip("\n").split("\n"):
        need, *numbers = line.split()
        assert [f"{count.main}+{count.also}" for count in rows[need]] == numbers, need
    assert [(area, number) for area, _, number in found.areas] == [("warwickshire", 27), ("walsall", 19), ("leeds", 6)]


def test_an_area_without_services_has_no_number() -> None:
    found = need_by_area(ground_of(service("One")), Query(HERE))
    assert [(count.main, count.also) for count in found.rows[3][2]] == [(1, 0), (None, None)]
    assert found.to_json()["needs"][3]["areas"] == {HERE: {"main": 1, "also": 0}, "elsewhere": {"main": None, "also": None}}
    assert found.table().rows[3] == ("School", 1, 0, "Not recorded", "Not recorded")
    assert found.table().header[1:3] == ("Made-up, main purpose", "Made-up, also help")


def test_every_need_has_a_row() -> None:
    ground = ground_of(service("One", ages=ages(0, 4)))
    assert [row.need for row in need_by_level(ground, Query(HERE), BANDS[1]).rows] == [need.id for need in NEEDS]
    assert [need for need, _, _ in need_by_area(ground, Query(HERE)).rows] == [need.id for need in NEEDS]
