"""What if: nothing changes nothing, one service taken away changes what rests on it, and today stands beside after."""

from __future__ import annotations

import json
from datetime import date

import pytest
from golden.shipped import directory
from hypothesis import given
from hypothesis import strategies as st

from app.gaps import Change, Ground, Move, Query, WhatIf, coverage_of, spend_of, what_if
from app.model import Contract, Route, Service, ServiceNeeds

from .made import HERE, ages, directory_of, ground_of, pounds, service, some_ground, some_services, unhurried

W = "warwickshire/"


def without(ground: Ground, query: Query, *names: str) -> WhatIf:
    return what_if(ground, query, Change(without=tuple(names)))


# golden


def test_without_family_matters_one_gateway_leads_nowhere(ground: Ground, county: Query) -> None:
    found = without(ground, county, W + "family-matters")
    assert found.findings == (
        "Without Family Matters.",
        "Review for a child in care (CLA review) leads to no service any more.",
        "£9,000 a year of known budgets goes with it, less than 1% of the known total.",
    )
    cells = [(change.band, change.level, change.today.direct, change.after.direct) for change in found.found.cells]
    assert cells == [("5-10", 3, 11, 10), ("11-15", 3, 14, 13), ("16-17", 3, 16, 15)]


def test_without_both_domestic_abuse_services_nothing_is_left_for_it(ground: Ground, county: Query) -> None:
    found = without(ground, county, W + "domestic-abuse-refuge", W + "domestic-abuse-support")
    assert "No service is left for domestic abuse." in found.findings
    change = next(change for change in found.found.needs if change.need == "domestic-abuse")
    assert (change.today, change.after, change.gone, len(change.lost)) == (2, 0, True, 18)
    assert found.money_gone == 529_000
    assert all(not change.answered for change in found.found.descriptors)
    texts = {change.text for change in found.found.descriptors}
    assert "Child has witnessed domestic abuse" in texts


def test_the_end_of_2017_takes_57_percent_of_the_money(ground: Ground, county: Query) -> None:
    found = what_if(ground, county, Change(ends_by=date(2017, 12, 31)))
    assert len(found.gone) == 6
    assert len(found.stay_unknown) == 21
    assert found.money_gone == 12_382_000
    assert (
        "£12.38m a year of known budgets goes with them, 57% of the known total. 1 service taken away has no known budget."
        in found.findings
    )
    assert "For 21 services no end is recorded, so they stay here beyond 31 December 2017." in found.findings
    assert "For alcohol misuse by a parent or other adult at home nothing is left for all ages at level 4." in found.findings


def test_without_the_caf_its_own_stage_loses_its_profile(ground: Ground, county: Query) -> None:
    found = without(ground, county, W + "common-assessment-framework")
    route = next(change for change in found.found.routes if change.profile_gone)
    assert route.gateway == "caf"
    assert any("own profile: the stage itself would be gone" in finding for finding in found.findings)


def test_what_has_no_known_budget_takes_no_0_with_it(ground: Ground, county: Query) -> None:
    assert without(ground, county, W + "camhs").findings[-1] == "1 service taken away has no known budget."


def test_a_service_for_all_ages_would_close_the_gap(ground: Ground, county: Query) -> None:
    """Were the support service for children as well, from 10 on, the row would have a direct service."""
    moved = ground.service(W + "domestic-abuse-support")
    found = what_if(ground, county, Change(moves={moved.id: Move(ages=(10, None))}))
    assert (
        found.findings[0]
        == "If Domestic Abuse Support Service is for ages 10 and over; no cell, no need, no descriptor and no route changes."
    )
    assert moved.received_by == ("parent_carer",)  # that is why: a parent's age is not the child's


# changes

TWO = (
    service("One", budget=pounds(100), reached_by=(Route(gateway="door"),)),
    service("Two", levels=(2, 3), needs=ServiceNeeds(main=("drugs",)), budget=pounds(10), contract=Contract(ends="2017-06")),
)


@pytest.fixture
def two() -> Ground:
    return ground_of(*TWO)


@unhurried
@given(some_ground())
def test_a_change_of_nothing_changes_nothing(ground: Ground) -> None:
    found = what_if(ground, Query(HERE), Change())
    assert found.found.is_nothing
    assert found.today is found.after
    assert found.money_gone == 0
    assert found.levels_today == found.levels_after
    assert found.findings == ("Nothing changes: no change was named.",)


@unhurried
@given(some_services(), st.data())
def test_after_is_what_a_directory_without_the_services_is(services: tuple[Service, ...], data: st.DataObject) -> None:
    ground, query = Ground(directory_of(*services)), Query(HERE)
    here = [each.id for each in services if each.area == HERE]
    gone = data.draw(st.lists(st.sampled_from(here), unique=True, max_size=4)) if here else []
    found = what_if(ground, query, Change(without=tuple(gone)))
    rest = Ground(directory_of(*(each for each in services if each.id not in gone)))
    anew = coverage_of(rest, query)
    after = {(cell.band, cell.level): cell for cell in found.after.cells}
    for cell in anew.cells:
        same = after[cell.band, cell.level]
        assert (same.direct, same.through_parent, same.conditional, same.not_recorded) == (
            cell.direct, cell.through_parent, cell.conditional, cell.not_recorded,
        )  # fmt: skip
    assert found.money_today - found.money_gone == spend_of(rest, query).total
    assert {each.key: each.pounds for each in found.levels_after} == {
        each.key: each.pounds for each in spend_of(rest, query).by_level or found.levels_after
    }
    assert [one.key for one, _ in found.levels] == [two.key for _, two in found.levels]


@unhurried
@given(some_ground(), st.data())
def test_only_cells_that_differ_are_told(ground: Ground, data: st.DataObject) -> None:
    here = [each.id for each in ground.directory.services if each.area == HERE]
    gone = data.draw(st.lists(st.sampled_from(here), unique=True, max_size=2)) if here else []
    found = what_if(ground, Query(HERE), Change(without=tuple(gone)))
    told = {(change.band, change.level) for change in found.found.cells}
    for one, two in zip(found.today.cells, found.after.cells, strict=True):
        assert ((one.band, one.level) in told) == (one.ways != two.ways)


def test_a_date_takes_what_ends_on_that_day(two: Ground) -> None:
    assert what_if(two, Query(HERE), Change(ends_by=date(2017, 6, 29))).gone == ()
    found = what_if(two, Query(HERE), Change(ends_by=date(2017, 6, 30)))
    assert found.gone == (f"{HERE}/two",)
    assert found.stay_unknown == (f"{HERE}/one",)


def test_nothing_ends_by_then_is_said(two: Ground) -> None:
    found = what_if(two, Query(HERE), Change(ends_by=date(2016, 1, 1)))
    assert found.findings == ("Nothing changes: no recorded end is on or before that day.",)


def test_a_moved_level_is_seen_in_cells_and_needs(two: Ground) -> None:
    found = what_if(two, Query(HERE), Change(moves={f"{HERE}/two": Move(levels=(3, 4))}))
    change = next(change for change in found.found.needs if change.need == "drugs")
    assert change.lost == (("5-10", 2), ("11-15", 2), ("16-17", 2))
    assert change.gained == (("5-10", 4), ("11-15", 4), ("16-17", 4))
    assert found.findings[0] == "If Two works at levels 3 and 4."
    assert {each.key: each.pounds for each in found.levels_after} == {
        "1": (0, 0, 0), "2": (100, 100, 100), "3": (0, 5, 10), "4": (0, 5, 10),
    }  # fmt: skip


def test_a_moved_age_is_seen_in_cells(two: Ground) -> None:
    found = what_if(two, Query(HERE), Change(moves={f"{HERE}/one": Move(ages=(-1, 4)), f"{HERE}/two": Move(levels=(1,), ages=(None, 8))}))
    assert found.findings[0] == "If One is for ages unborn to 4 and Two works at level 1 and is for ages up to 8."
    changed = {(change.band, change.level): (change.today.direct, change.after.direct) for change in found.found.cells}
    assert changed["0-4", 2] == (0, 1)
    assert changed["11-15", 2] == (2, 0)
    assert "Nothing works directly any more with ages 5 to 17 at levels 2 and 3." in found.findings


def test_an_extension_stays_when_the_core_ages_move() -> None:
    moved = Move(ages=(0, 10)).of(service("One", ages=ages(5, 16, (17, 25))))
    assert moved.ages is not None
    assert [(each.lower, each.upper) for each in moved.ages.also] == [(17, 25)]
    assert Move(ages=(0, None)).in_words("One") == "One is for ages 0 and over"
    assert Move(ages=(None, None)).in_words("One") == "One is for ages any age"


def test_what_is_taken_away_cannot_be_moved_as_well(two: Ground) -> None:
    name = f"{HERE}/two"
    found = what_if(two, Query(HERE), Change(without=(name,), moves={name: Move(levels=(4,))}))
    assert found.findings[0] == "Without Two."
    assert not any(change.after.direct and change.level == 4 for change in found.found.cells)


def test_both_kinds_of_change_are_said_in_one_sentence(two: Ground) -> None:
    found = what_if(two, Query(HERE), Change(without=(f"{HERE}/one",), moves={f"{HERE}/two": Move(levels=(4,))}))
    assert found.findings[0] == "Without One; if Two works at level 4."


def test_an_old_service_taken_away_changes_nothing_that_is_counted() -> None:
    ground = ground_of(service("Old", status="historic", budget=pounds(7)), service("One"))
    found = without(ground, Query(HERE), f"{HERE}/old")
    assert found.found.is_nothing
    assert (found.money_gone, found.gone_without_figure) == (0, ())


def test_a_gateway_with_fewer_services_is_told_with_both_numbers(two: Ground) -> None:
    found = without(two, Query(HERE), f"{HERE}/one")
    assert [(change.gateway, change.today, change.after) for change in found.found.routes] == [("door", 1, 0)]
    assert found.found.routes[0].to_json()["leads_to_no_service"] is True


# the forms of it


def test_the_json_has_today_beside_after(ground: Ground, county: Query) -> None:
    change = Change(without=(W + "family-matters",), ends_by=date(2016, 12, 31), moves={W + "school-nursing": Move((1, 2, 3), (4, 18))})
    data = json.loads(json.dumps(what_if(ground, county, change).to_json()))
    assert data["changes"] == {
        "without": [W + "family-matters"], "ends_by": "2016-12-31",
        "moves": [{"service": W + "school-nursing", "levels": [1, 2, 3], "from": 4, "to": 18}],
    }  # fmt: skip
    assert data["gone"] == [W + "family-matters", W + "triple-p-diversion-from-care"]
    cell = next(cell for cell in data["cells"] if (cell["band"], cell["level"]) == ("0-4", 3))
    assert (cell["today"]["direct"], cell["after"]["direct"]) == (7, 7)
    assert data["money"]["known_today"] - data["money"]["gone"] == data["money"]["known_after"]
    assert [each["level"] for each in data["money"]["levels"]] == ["1", "2", "3", "4", "not-recorded"]


def test_the_tables_have_today_beside_after(ground: Ground, county: Query) -> None:
    cells, needs, descriptors, routes, money = without(ground, county, W + "domestic-abuse-refuge", W + "domestic-abuse-support").tables()
    assert len(cells.rows) == 18
    assert next(row for row in needs.rows if row[0] == "Domestic abuse")[3] == "all ages at levels 2 to 4"
    assert set(descriptors.column("Answered after")) == {"no"}
    assert all(row[1] > row[2] for row in routes.rows)  # type: ignore[operator]
    assert [row[0] for row in money.rows][:4] == ["Level 1", "Level 2", "Level 3", "Level 4"]


def test_a_site_that_hides_budgets_tells_no_sum(without_money: Ground, county: Query) -> None:
    found = without(without_money, county, W + "health-visiting")
    data = found.to_json()
    assert "£" not in json.dumps(data["findings"])
    assert data["money"] == {
        "known_today": None, "known_after": None, "gone": None, "gone_without_a_figure": [], "levels": [],
    }  # fmt: skip
    assert set(found.tables()[-1].rows[0][1:]) == {"Not shown to this audience"}


def test_an_area_without_levels_still_loses_needs(ground: Ground) -> None:
    found = without(ground, Query("walsall"), "walsall/welfare-advice")
    assert found.found.cells == ()
    assert "No service is left for money, debt and food." in [
        finding.lower().replace("no service", "No service") for finding in found.findings
    ]
    assert found.to_json()["levels"] == []


def test_the_shipped_ground_is_never_changed_by_a_question(ground: Ground, county: Query) -> None:
    before = coverage_of(Ground(directory()), county).cells
    without(ground, county, W + "health-visiting", W + "childrens-centres")
    assert coverage_of(ground, county).cells == before
