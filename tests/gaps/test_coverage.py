"""Ages by levels: the golden table, the rules of counting, and what the table says where nothing is known."""

from __future__ import annotations

import json

import pytest
from golden.shipped import PROFILES
from hypothesis import given
from hypothesis import strategies as st

from app.gaps import BANDS, YEARS, Coverage, Ground, Query, coverage_of
from app.gaps.cells import Cell
from app.gaps.words import thickness
from app.model import AgeFit, Service, ServiceNeeds, age_fit

from .made import HERE, ages, ground_of, service, some_ground, unhurried

# golden: DOMAIN.md section 6, counted by hand from the needs assessment


def printed(coverage: Coverage, *, own_right: bool = True) -> str:
    """The table as DOMAIN.md prints it: direct, and through a parent in brackets. Without `own_right` the former stand only there."""

    def cell(one: Cell) -> str:
        direct = one.direct - (0 if own_right else one.ways.own_right.bit_count())
        return f"{direct} ({one.through_parent})"

    lines = []
    for band in coverage.bands:
        cells = "".join(f"{cell(one):>9}" for one in coverage.row(band.id))
        lines.append(f"{band.label:<14}{cells}")
    return "\n".join(lines)


DOMAIN_TABLE = """
Unborn            2 (2)    2 (4)    1 (4)    1 (3)
Ages 0 to 4       5 (2)   10 (4)    8 (4)    5 (3)
Ages 5 to 10      6 (2)   14 (4)   12 (4)    7 (3)
Ages 11 to 15     6 (2)   14 (4)   14 (4)    9 (3)
Ages 16 to 17     6 (2)   14 (4)   14 (4)    9 (3)
Ages 18 to 25     5 (2)   11 (4)   11 (4)    8 (3)
"""


def test_the_23_profiles_give_the_table_of_the_domain_by_its_own_rules(ground: Ground, profiles: Query) -> None:
    """Its rules: an unknown youngest age is 0, and services for adults stand in brackets at every age."""
    by_its_rules = Query(profiles.area, among=profiles.among, as_from_0=True)
    assert printed(coverage_of(ground, by_its_rules), own_right=False) == DOMAIN_TABLE.strip("\n")


IN_THEIR_OWN_RIGHT = """
Unborn            2 (2)    2 (4)    1 (4)    1 (3)
Ages 0 to 4       5 (2)   10 (4)    8 (4)    5 (3)
Ages 5 to 10      6 (2)   14 (4)   12 (4)    7 (3)
Ages 11 to 15     6 (2)   14 (4)   14 (4)    9 (3)
Ages 16 to 17     6 (2)   16 (4)   16 (4)   11 (3)
Ages 18 to 25     7 (2)   15 (4)   15 (4)   11 (3)
"""


def test_from_16_the_services_for_adults_are_direct_as_well(ground: Ground, profiles: Query) -> None:
    """The two services of 16 and over at 16 and 17, and at 18 the two of 18 and over with them."""
    by_its_rules = Query(profiles.area, among=profiles.among, as_from_0=True)
    assert printed(coverage_of(ground, by_its_rules)) == IN_THEIR_OWN_RIGHT.strip("\n")


OUR_TABLE = """
Unborn            2 (2)    2 (4)    1 (4)    1 (3)
Ages 0 to 4       4 (2)    9 (4)    7 (4)    5 (3)
Ages 5 to 10      5 (2)   13 (4)   11 (4)    7 (3)
Ages 11 to 15     6 (2)   14 (4)   14 (4)    9 (3)
Ages 16 to 17     6 (2)   16 (4)   16 (4)   11 (3)
Ages 18 to 25     7 (2)   15 (4)   15 (4)   11 (3)
"""


def test_an_unknown_youngest_age_is_not_0(ground: Ground, profiles: Query, county: Query) -> None:
    """The four services that later sections only touch on have no level or no age: they change no number of this table."""
    assert printed(coverage_of(ground, profiles)) == OUR_TABLE.strip("\n")
    assert printed(coverage_of(ground, county)) == OUR_TABLE.strip("\n")


def test_six_cells_are_inflated_by_reading_under_18_as_from_0(ground: Ground, profiles: Query) -> None:
    as_from_0 = coverage_of(ground, Query(profiles.area, among=profiles.among, as_from_0=True))
    inflated = [(cell.band, cell.level) for cell in as_from_0.cells if cell.ways.assumed]
    assert inflated == [(band, level) for band in ("0-4", "5-10") for level in (1, 2, 3)]
    compass = {"Drug and Alcohol Misuse Service (Compass)"}
    assert {name for cell in as_from_0.cells for name in ground.names_of(cell.ways.assumed)} == compass
    rule = next(rule for rule in as_from_0.rules if "youngest" in rule)
    assert rule.endswith("This adds 1 service (Drug and Alcohol Misuse Service (Compass)) to the direct ones of 6 cells.")


def test_from_0_core_ages_are_direct_also_where_an_extension_reaches_them() -> None:
    """'Under 15, and on a condition from 3 to 20': counted as from 0 the core range holds the first years whole, and core comes first."""
    made = ground_of(service("Young ones", ages=ages(None, 14, (3, 20)), levels=(2,)))
    from_0, as_written = (coverage_of(made, Query(HERE, as_from_0=assumed)) for assumed in (True, False))
    shown = [[cell.in_words() for cell in (coverage.cell(band.id, 2) for band in BANDS)] for coverage in (from_0, as_written)]
    on_condition = "none direct, none via a parent, 1 on a condition"
    assert shown[0] == ["none direct, none via a parent", *(["1 direct, none via a parent"] * 3), *([on_condition] * 2)]
    assert shown[1] == ["not known: 1 not recorded", *([on_condition] * 2), "1 direct, none via a parent", *([on_condition] * 2)]
    assert [bool(from_0.cell(band.id, 2).ways.assumed) for band in BANDS] == [False, True, True, False, False, False]


def test_a_youngest_age_that_is_unknown_is_told_as_not_recorded(ground: Ground, profiles: Query) -> None:
    coverage = coverage_of(ground, profiles)
    assert [(cell.band, cell.level) for cell in coverage.cells if cell.not_recorded] == [
        (band, level) for band in ("unborn", "0-4", "5-10") for level in (1, 2, 3)
    ]
    assert any("Here: Drug and Alcohol Misuse Service (Compass)." in rule for rule in coverage.rules)


def test_levels_have_10_20_18_and_12_services_and_most_work_at_several(ground: Ground, profiles: Query) -> None:
    coverage = coverage_of(ground, profiles)
    members = [sum(level in ground.service(name).levels for name in PROFILES) for level in (1, 2, 3, 4)]
    assert members == [10, 20, 18, 12]
    assert coverage.spread == ((1, 2), (2, 8), (3, 10), (4, 3))
    assert coverage.memberships == 60
    said = "23 services with a recorded level are counted 60 times over the levels, because only 2 work at a single level."
    assert said in coverage.findings


def test_at_level_3_and_14_all_18_services_fit_one_way_or_another(ground: Ground, profiles: Query) -> None:
    cell = coverage_of(ground, Query(profiles.area, among=profiles.among, years=True)).cell("14", 3)
    assert (cell.direct, cell.through_parent, cell.distinct) == (14, 4, 18)


DOMESTIC_ABUSE = """
Unborn            0 (0)    0 (2)    0 (2)    0 (2)
Ages 0 to 4       0 (0)    0 (2)    0 (2)    0 (2)
Ages 5 to 10      0 (0)    0 (2)    0 (2)    0 (2)
Ages 11 to 15     0 (0)    0 (2)    0 (2)    0 (2)
Ages 16 to 17     0 (0)    2 (2)    2 (2)    2 (2)
Ages 18 to 25     0 (0)    2 (2)    2 (2)    2 (2)
"""


def test_with_domestic_abuse_nobody_under_16_is_served_directly(ground: Ground, county: Query) -> None:
    coverage = coverage_of(ground, Query(county.area, needs=("domestic-abuse",)))
    assert printed(coverage) == DOMESTIC_ABUSE.strip("\n")
    assert coverage.findings == (
        "With domestic abuse selected, nobody under 16 is served directly at any level.",
        "At level 1, nobody is served directly.",
        "2 services reach children through a parent or carer: Domestic Abuse Refuge Service and Domestic Abuse Support Service.",
        "From 16 a young person may use 2 services for adults in their own right: Domestic Abuse Refuge Service and Domestic Abuse "
        "Support Service.",
    )


def test_without_a_need_hardly_anything_looks_thin_and_the_findings_say_so(ground: Ground, profiles: Query) -> None:
    findings = coverage_of(ground, profiles).findings
    assert "Without a need selected no cell is empty: at least one service works directly with every age at every level." in findings
    assert "The thinnest row is unborn, with at most 2 direct at any level. Select a need to see what the other rows hide." in findings


def test_the_need_findings_do_not_promise_what_the_source_does_not_say(ground: Ground, county: Query) -> None:
    """CAMHS has neither level nor age in the source: it might serve anybody."""
    findings = coverage_of(ground, Query(county.area, needs=("child-mental-health",))).findings
    need = "child's mental health and emotional wellbeing"
    assert findings[0] == (
        f"With {need} selected, nobody under 5 and nobody over 16 is recorded as served directly at any level; 1 service might do so, and "
        "the source does not say (Child and Adolescent Mental Health Services (CAMHS))."
    )
    assert "At levels 1, 3 and 4, nobody is recorded as served directly." in findings
    assert f"1 service also helps with {need} beside another main purpose: School Nursing." in findings


def test_what_was_selected_is_said_where_nothing_was_found(ground: Ground, county: Query) -> None:
    found = coverage_of(ground, Query(county.area, needs=("parenting",), received_by=("child",))).findings
    assert (
        "No service recorded as in use in Warwickshire, and received by the child or young person, has parenting support as its main "
        "purpose."
    ) in found


def test_old_services_are_no_zeros_but_not_known(ground: Ground, county: Query) -> None:
    """The papers of 2011 give no level and hardly an age."""
    coverage = coverage_of(ground, Query(county.area, status="historic"))
    assert "24 cells have no recorded service that works directly: all ages at levels 1 to 4." in coverage.findings
    assert all(cell.nothing_known and cell.in_words().startswith("not known: ") for cell in coverage.cells)


def test_a_need_that_no_service_is_for_says_so(ground: Ground, county: Query) -> None:
    coverage = coverage_of(ground, Query(county.area, needs=("bullying",)))
    assert {cell.word for cell in coverage.cells} == {"none"}
    assert coverage.findings[1].startswith("No service recorded as in use in Warwickshire has bullying")


# counting

THICKNESS = """
0 none
1 one
2 few
3 few
4 several
19 several
"""


@pytest.mark.parametrize("line", THICKNESS.split("\n")[1:-1])
def test_how_much_is_said_in_one_of_four_words(line: str) -> None:
    number, word = line.split()
    assert thickness(int(number)) == word


def table(*services: object, **query: object) -> Coverage:
    return coverage_of(ground_of(*services), Query(HERE, **query))  # type: ignore[arg-type]


WAYS = """
who it is for                              unborn   0-4      5-10     11-15    16-17    18-25
child 5-16                                 .        .        direct   direct   direct   .
family 0-18                                .        direct   direct   direct   direct   direct
family unborn-5                            direct   direct   direct   .        .        .
young_parent 13-19                         .        .        .        direct   direct   direct
parent_carer 16-                           parent   parent   parent   parent   both     both
parent_carer 18-                           parent   parent   parent   parent   parent   both
parent_carer 16-17                         parent   parent   parent   parent   both     parent
professional 18-                           parent   parent   parent   parent   parent   parent
parent_carer ?                             parent   parent   parent   parent   parent   parent
child ?                                    unknown  unknown  unknown  unknown  unknown  unknown
? 5-16                                     unknown  unknown  unknown  unknown  unknown  unknown
child -17                                  unknown  unknown  unknown  direct   direct   .
child 5-16 and 17-25                       .        .        direct   direct   direct   if
child+parent_carer 16-                     .        .        .        .        direct   direct
"""


@pytest.mark.parametrize("line", WAYS.strip("\n").split("\n")[1:], ids=lambda line: line[:40].strip())
def test_in_which_way_a_service_reaches_each_age(line: str) -> None:
    """A table of who receives it and its ages, and what that is in each band: direct, through a parent, both, on a condition, unknown."""
    who, _, span = line[:40].strip().partition(" ")
    core, _, extra = span.partition(" and ")
    also = ((int(extra.split("-")[0]), int(extra.split("-")[1])),) if extra else ()
    made = service(
        "One", received_by=() if who == "?" else tuple(who.split("+")), ages=None if core == "?" else ages(*_span(core), *also)
    )  # fmt: skip
    coverage = table(made)
    found = []
    for band in BANDS:
        cell = coverage.cell(band.id, 2)
        says = {
            (1, 0, 0, 0): "direct", (0, 1, 0, 0): "parent", (1, 1, 0, 0): "both", (0, 0, 1, 0): "if", (0, 0, 0, 1): "unknown",
            (0, 0, 0, 0): ".",
        }  # fmt: skip
        found.append(says[cell.direct, cell.through_parent, cell.conditional, cell.not_recorded])
    assert found == line[40:].split()


def _span(text: str) -> tuple[int | None, int | None]:
    lower, _, upper = text.partition("-")
    return (-1 if lower == "unborn" else int(lower) if lower else None), (int(upper) if upper else None)


def test_a_service_without_a_level_might_be_at_every_level() -> None:
    coverage = table(service("One", levels=()))
    assert [coverage.cell("11-15", level).not_recorded for level in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert [coverage.cell("0-4", level).not_recorded for level in (1, 2, 3, 4)] == [0, 0, 0, 0]
    assert coverage.cell("11-15", 1).in_words() == "not known: 1 not recorded"
    assert [coverage.cell(band, 1).nothing_known for band in ("0-4", "11-15")] == [False, True]
    assert coverage.level_unknown == (f"{HERE}/one",)
    assert coverage.total is not None
    assert (coverage.total.direct, coverage.total.not_recorded) == (0, 1)


def test_a_service_in_its_own_right_is_one_distinct_service() -> None:
    cell = table(service("One", received_by=("parent_carer",), ages=ages(16, None))).cell("16-17", 2)
    assert (cell.direct, cell.through_parent, cell.distinct) == (1, 1, 1)
    assert cell.in_words() == "1 direct, 1 via a parent"


def test_focused_services_are_a_second_count() -> None:
    coverage = table(service("Broad", levels=(1, 2, 3)), service("Narrow", levels=(2, 3)), service("Single", levels=(2,)))
    cell = coverage.cell("5-10", 2)
    assert (cell.direct, cell.focused.bit_count()) == (3, 2)


def test_totals_count_each_service_once() -> None:
    coverage = table(service("Broad", levels=(1, 2, 3, 4)), service("Narrow"))
    assert [total.direct for total in coverage.by_level] == [1, 2, 1, 1]
    assert [total.direct for total in coverage.by_band] == [0, 0, 2, 2, 2, 0]
    assert coverage.total is not None
    assert coverage.total.direct == 2


def test_with_a_need_main_purpose_and_also_helps_are_counted_apart() -> None:
    coverage = table(
        service("Main", needs=ServiceNeeds(main=("drugs",))),
        service("Also", needs=ServiceNeeds(main=("school",), also=("drugs",))),
        service("Any", needs=ServiceNeeds(any_need=True)),
        service("Unknown", needs=None),
        service("Other", needs=ServiceNeeds(main=("money",))),
        needs=("drugs",),
    )
    cell = coverage.cell("5-10", 2)
    assert (cell.direct, cell.also.direct.bit_count(), cell.any_need.bit_count(), cell.not_recorded) == (1, 1, 1, 1)


def test_a_need_takes_its_kinds_with_it_and_the_wider_need_is_counted_apart() -> None:
    services = (service("Wide", needs=ServiceNeeds(main=("abuse",))), service("Kind", needs=ServiceNeeds(main=("abuse-at-home",))))
    wide, kind = table(*services, needs=("abuse",)), table(*services, needs=("abuse-at-home",))
    assert wide.cell("5-10", 2).direct == 2
    cell = kind.cell("5-10", 2)
    assert (cell.direct, cell.also.direct.bit_count(), cell.wider.bit_count()) == (1, 0, 1)
    assert "1 service is for the wider need of which it is a kind: Wide." in kind.findings


def test_the_ages_that_make_room_for_a_need_are_no_help_with_it(ground: Ground) -> None:
    """The CAF goes on to 24 for SEND: that makes it no service that also helps with SEND."""
    chosen = ground.chosen(Query("warwickshire", needs=("send",)))
    assert ground.names_of(chosen.also) == []


def test_with_a_recipient_the_unknown_recipient_is_not_dropped() -> None:
    services = (service("Child"), service("Parent", received_by=("parent_carer",)), service("Who", received_by=()))
    cell = table(*services, received_by=("child",)).cell("5-10", 2)
    assert (cell.direct, cell.through_parent, cell.not_recorded) == (1, 0, 1)


def test_with_a_payer_the_unknown_payer_is_not_dropped() -> None:
    coverage = table(
        service("Paid", commissioner="The Council"), service("Shared", funders=("Health (half)", "The Council")), service("Unpaid"),
        service("Health", commissioner="Health"), funder="the-council",
    )  # fmt: skip
    cell = coverage.cell("5-10", 2)
    assert (cell.direct, cell.not_recorded) == (2, 1)


def test_statuses_choose_what_is_counted(ground: Ground) -> None:
    number = {
        status: ground.in_area(Query("warwickshire", status=status)).bit_count()
        for status in ("in-use", "running", "pilot", "starting", "historic", "all")
    }
    assert number == {"in-use": 27, "running": 24, "pilot": 2, "starting": 1, "historic": number["historic"], "all": number["all"]}
    assert number["historic"] >= 20
    assert number["all"] == number["in-use"] + number["historic"]


# where nothing is known


def test_an_area_without_a_scheme_shows_no_zeros(ground: Ground) -> None:
    coverage = coverage_of(ground, Query("walsall"))
    assert coverage.cells == ()
    assert coverage.to_json()["cells"] == coverage.to_json()["levels"] == coverage.to_json()["bands"] == []
    assert coverage.no_table.startswith("No threshold scheme is recorded for Walsall, so its services have no levels")
    assert coverage.findings == (coverage.no_table,)
    assert "walsall/the-beacon" in coverage.level_unknown
    assert coverage.table().rows == coverage.grid().rows == ()


def test_an_area_without_services_shows_no_zeros() -> None:
    coverage = coverage_of(ground_of(), Query(HERE))
    assert coverage.no_table == (
        "No service is recorded in Made-up. That is no finding about Made-up: nothing is known, so no number is shown."
    )
    assert coverage.cells == ()


def test_an_area_with_only_old_services_says_what_it_leaves_out() -> None:
    coverage = table(service("Old", status="historic"))
    assert coverage.no_table.startswith("No service of Made-up is recorded as in use.")
    assert table(service("Old", status="historic"), status="historic").cell("5-10", 2).direct == 1


# the forms of it


def test_the_json_has_the_contract_of_the_issue(ground: Ground, county: Query) -> None:
    data = json.loads(json.dumps(coverage_of(ground, Query(county.area, needs=("domestic-abuse",))).to_json()))
    assert {"rules", "findings", "bands", "levels", "cells"} <= data.keys()
    assert data["bands"] == ["unborn", "0-4", "5-10", "11-15", "16-17", "18-25"]
    assert data["levels"] == [1, 2, 3, 4]
    assert data["level_names"]["3"] == ground.directory.schemes[0].level(3).name  # type: ignore[union-attr]
    cell = next(cell for cell in data["cells"] if (cell["band"], cell["level"]) == ("11-15", 3))
    assert {name: cell[name] for name in ("direct", "through_parent", "conditional", "not_recorded", "word", "word_all_ways")} == {
        "direct": 0, "through_parent": 2, "conditional": 0, "not_recorded": 0, "word": "none", "word_all_ways": "few",
    }  # fmt: skip
    assert cell["services"] == ["warwickshire/domestic-abuse-refuge", "warwickshire/domestic-abuse-support"]
    assert data["question"]["needs"] == ["domestic-abuse"]
    assert data["totals"]["all"]["distinct"] == 2


def test_every_number_opens_the_list_behind_it(ground: Ground, county: Query) -> None:
    for cell in coverage_of(ground, county).to_json()["cells"]:
        assert {way: len(names) for way, names in cell["by_way"].items()} == {way: cell[way] for way in cell["by_way"]}
        assert len(cell["services"]) == len(set(cell["services"])) == cell["distinct"] + cell["not_recorded"]


def test_the_rules_are_printed_with_the_numbers(ground: Ground, county: Query) -> None:
    rules = " ".join(coverage_of(ground, Query(county.area, received_by=("family",), funder="public-health")).rules)
    for word in ("Direct:", "Through a parent:", "In their own right:", "Conditional:", "Not recorded:", "Focused here:", "None is 0"):
        assert word in rules
    assert "Only services received by the family" in rules
    assert "Only services that Public Health pays for" in rules


def test_the_rules_say_what_a_need_does(ground: Ground, county: Query) -> None:
    with_need = coverage_of(ground, Query(county.area, needs=("domestic-abuse",))).rules
    assert any("main purpose is domestic abuse, or a kind of it" in rule for rule in with_need)
    assert not any("With a need selected" in rule for rule in coverage_of(ground, county).rules)


def test_the_table_has_a_row_for_each_cell_and_total(ground: Ground, county: Query) -> None:
    rows = coverage_of(ground, county).table()
    assert len(rows.rows) == 24 + 6 + 4 + 1
    assert rows.rows[0][:4] == ("Unborn", 1, 2, 2)
    assert rows.rows[-1][:2] == ("All ages", "All levels")
    assert rows.column("Direct")[-1] == 23


def test_the_printed_grid_says_each_cell_in_words(ground: Ground, county: Query) -> None:
    grid = coverage_of(ground, Query(county.area, needs=("domestic-abuse",))).grid()
    assert grid.header == ("Ages", "Level 1", "Level 2", "Level 3", "Level 4", "Distinct services, all levels")
    assert grid.rows[4] == (
        "Ages 16 to 17", "none direct, none via a parent", *(["2 direct, 2 via a parent"] * 4),
    )  # fmt: skip
    assert grid.rows[-1][0] == "Distinct services, all ages"


def test_years_are_the_same_count_with_27_rows(ground: Ground, county: Query) -> None:
    coverage = coverage_of(ground, Query(county.area, years=True))
    assert [band.id for band in coverage.bands] == [band.id for band in YEARS]
    assert len(coverage.cells) == 27 * 4
    assert coverage.cell("14", 3).direct == 14


# properties

FROM_0 = st.booleans()
SOME_NEED = st.sampled_from(((), ("abuse",), ("drugs",), ("abuse-at-home", "school")))
SOMEBODY = st.sampled_from(((), ("child",), ("parent_carer", "family")))


@unhurried
@given(some_ground(), SOME_NEED, SOMEBODY, FROM_0)
def test_bit_sets_equal_plain_loops(ground: Ground, needs: tuple[str, ...], who: tuple[str, ...], as_from_0: bool) -> None:
    coverage = coverage_of(ground, Query(HERE, needs=needs, received_by=who, as_from_0=as_from_0))
    for cell in coverage.cells:
        found = {way: set(names) for way, names in cell.to_json(ground)["by_way"].items()}
        assert found == _by_loops(ground, cell, needs, who, as_from_0)


def _by_loops(ground: Ground, cell: Cell, needs: tuple[str, ...], who: tuple[str, ...], as_from_0: bool) -> dict[str, set[str]]:
    """The same cell, counted service by service and age by age."""
    found: dict[str, set[str]] = {"direct": set(), "through_parent": set(), "conditional": set(), "not_recorded": set()}
    ages_here = next(band.ages for band in BANDS if band.id == cell.band)
    kinds = {name for need in needs for name in ground.narrower[need]}
    for one in ground.directory.services:
        if one.area != HERE or not one.is_running:
            continue
        need_fits = not needs or (one.needs is not None and bool(kinds & set(one.needs.main)))
        who_fits = not who or bool(set(who) & set(one.received_by))
        need_unknown, who_unknown = bool(needs) and one.needs is None, bool(who) and not one.received_by
        if not (need_fits or need_unknown) or not (who_fits or who_unknown) or (one.levels and cell.level not in one.levels):
            continue
        counted = _from_0(one) if as_from_0 else one
        ways = _ways_of([age_fit(counted, age) for age in ages_here], set(one.received_by))
        if ways and (need_unknown or who_unknown or not one.levels):
            ways = {"not_recorded"}
        for way in ways:
            found[way].add(one.id)
    return found


def _from_0(one: Service) -> Service:
    """A service for the child or the family with 0 in place of an unknown youngest age."""
    open_below = one.ages is not None and one.ages.lower is None and one.ages.upper is not None
    for_the_child = set(one.received_by) & {"child", "young_parent", "family"}
    return one.model_copy(update={"ages": one.ages.model_copy(update={"lower": 0})}) if one.ages and open_below and for_the_child else one


def _ways_of(fits: list[AgeFit | None], who: set[str]) -> set[str]:
    classes = {fit.age_class for fit in fits if fit}
    adults = bool(who) and not who & {"child", "young_parent", "family"}
    if classes & {"direct", "family"}:
        return {"direct", "through_parent"} if adults else {"direct"}
    if "through-parent" in classes:
        return {"through_parent"}
    return {"conditional"} if "conditional" in classes else {"not_recorded"} if "not-recorded" in classes else set()


@unhurried
@given(some_ground(), SOME_NEED)
def test_totals_are_the_distinct_services_of_their_cells(ground: Ground, needs: tuple[str, ...]) -> None:
    coverage = coverage_of(ground, Query(HERE, needs=needs))
    for total in (*coverage.by_band, *coverage.by_level, *([coverage.total] if coverage.total else [])):
        behind = [cell for cell in coverage.cells if total.band in ("all", cell.band) and total.level in (0, cell.level)]
        for way in ("direct", "through_parent", "conditional", "not_recorded"):
            distinct = {name for cell in behind for name in cell.to_json(ground)["by_way"][way]}
            assert getattr(total, way) == len(distinct)
        assert total.distinct <= len(ground.directory.services)
        assert total.distinct <= sum(cell.distinct for cell in behind)


@unhurried
@given(some_ground())
def test_bands_hold_what_their_years_hold(ground: Ground) -> None:
    bands, years = coverage_of(ground, Query(HERE)), coverage_of(ground, Query(HERE, years=True))
    for band in bands.bands:
        for level in bands.levels:
            whole = bands.cell(band.id, level)
            ages_here = {"unborn" if age < 0 else str(age) for age in band.ages}
            single = [cell for cell in years.cells if cell.level == level and cell.band in ages_here]
            direct = 0
            for cell in single:
                direct |= cell.ways.direct
            assert whole.ways.direct == direct
