"""Known budgets: the golden sums, three bounds that are never merged, and nothing that looks like 0 where nobody knows."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given

from app.gaps import Ground, Query, Spend, spend_of
from app.gaps.bounds import Bounds
from app.gaps.words import rounded
from app.model import Money, ServiceNeeds

from .made import HERE, ages, ground_of, pounds, service, some_ground, unhurried

# golden


def test_21_of_the_23_profiles_have_a_known_budget_and_two_have_not(ground: Ground, profiles: Query) -> None:
    spend = spend_of(ground, profiles)
    assert spend.total == 21_697_047
    assert (len(spend.with_figure), len(spend.services)) == (21, 23)
    assert set(spend.without) == {"warwickshire/attendance-compliance-enforcement", "warwickshire/youth-justice-service"}


BUDGETS = """
5,900,000  Health Visiting
4,882,080  Children's Centres
3,750,000  Drug and Alcohol Misuse Service (Addaction)
1,900,000  School Nursing
  800,000  Family Nurse Partnership
  684,906  Common Assessment Framework
  666,159  Targeted Support for Young People
  487,000  CAF Family Support Workers
  424,000  Priority Families Family Support Workers
  342,000  Domestic Abuse Support Service
  340,000  Drug and Alcohol Misuse Service (Compass)
  300,000  Multiagency Safeguarding Hub
  272,000  Triple P (Parenting Development Team)
  187,160  Family Group Conferencing
  187,000  Domestic Abuse Refuge Service
  180,000  Drug and Alcohol Misuse Service (ESH Works)
  150,000  Mental Health Interventions for School Children
  148,742  Family Information Service
   55,000  Systemic Family Work
   32,000  Triple P (Diversion from Care)
    9,000  Family Matters
"""


def test_the_budgets_that_are_counted(ground: Ground, profiles: Query) -> None:
    counted = [figure for figure in spend_of(ground, profiles).figures if figure.counted]
    assert "\n".join(f"{figure.amount:>9,}  {figure.name}" for figure in counted) == BUDGETS.strip("\n")


BY_LEVEL = """
Level 1: £0 dedicated, £7.98m shared equally, £18.84m counted in full
Level 2: £150,000 dedicated, £9.13m shared equally, £21.39m counted in full
Level 3: £9,000 dedicated, £2.72m shared equally, £8.72m counted in full
Level 4: £0 dedicated, £1.86m shared equally, £6.74m counted in full
"""


def test_level_4_has_0_or_1_86_or_6_74_million(ground: Ground, profiles: Query) -> None:
    rows = spend_of(ground, profiles).by_level
    assert "\n".join(f"{row.label}: {row.in_words()}" for row in rows) == BY_LEVEL.strip("\n")
    assert rows[3].pounds == (0, 1_863_093, 6_743_319)


def test_three_budgets_are_two_thirds_of_the_known_money(ground: Ground, profiles: Query) -> None:
    spend = spend_of(ground, profiles)
    share = next(share for share in spend.concentration if share.largest == 3)
    assert (share.amount, share.percent) == (14_532_080, 67)
    assert share.names == ("Health Visiting", "Children's Centres", "Drug and Alcohol Misuse Service (Addaction)")
    assert any("are 67% of the known total" in finding for finding in spend.findings)


NOT_ADDED = """
5,163,480 Children's Centres: a second figure for the same service
  545,000 Drug and Alcohol Misuse Service (ESH Works): once, not a year's budget
   94,000 Family Group Conferencing: once, not a year's budget; the same sum is printed with Smart Start Family Group Conferencing \
project and may be the same money
   94,000 Smart Start Family Group Conferencing project: once, not a year's budget; the same sum is printed with Family Group \
Conferencing and may be the same money
   35,000 Triple P (Diversion from Care): a second figure for the same service
"""


def test_grants_second_figures_and_the_94_000_that_stand_twice_are_never_added(ground: Ground, county: Query) -> None:
    spend = spend_of(ground, county)
    aside = [figure for figure in spend.figures if not figure.counted]
    assert "\n".join(f"{figure.amount:>9,} {figure.name}: {figure.why_not}" for figure in aside) == NOT_ADDED.strip("\n")
    assert spend.total == 21_697_047
    assert "warwickshire/fgc-smart-start" in spend.without


@pytest.mark.parametrize(("area", "total", "known", "services"), [("walsall", 560_000, 3, 19), ("leeds", 0, 0, 6)])
def test_areas_without_levels_still_have_their_money(ground: Ground, area: str, total: int, known: int, services: int) -> None:
    spend = spend_of(ground, Query(area))
    assert (spend.total, len(spend.with_figure), len(spend.services)) == (total, known, services)
    assert [row.key for row in spend.by_level] == ["not-recorded"]


def test_no_figure_at_all_is_said_in_a_sentence(ground: Ground) -> None:
    assert spend_of(ground, Query("leeds")).findings == (
        "None of 6 services in Leeds has a budget for a year in the source, so no sum is shown.",
    )


def test_each_figure_says_what_it_covers_and_where_it_stands(ground: Ground, county: Query) -> None:
    centres = next(
        figure for figure in spend_of(ground, county).figures if figure.service.endswith("/childrens-centres") and figure.counted
    )
    assert centres.covers == "Delivery, a year"
    assert centres.source.section == "3.3.1, Children's Centres"


# bounds


def row(rows: tuple[Bounds, ...], key: str) -> Bounds:
    return next(each for each in rows if each.key == key)


def spend(*services: object) -> Spend:
    return spend_of(ground_of(*services), Query(HERE))  # type: ignore[arg-type]


def test_three_bounds_of_each_level() -> None:
    found = spend(
        service("Only 2", levels=(2,), budget=pounds(100)),
        service("Two and three", levels=(2, 3), budget=pounds(90)),
        service("All", levels=(1, 2, 3, 4), budget=pounds(1000)),
    )
    assert [each.pounds for each in found.by_level] == [(0, 250, 1000), (100, 395, 1190), (0, 295, 1090), (0, 250, 1000)]


def test_a_service_without_a_figure_is_listed_and_not_0() -> None:
    found = spend(service("Known", levels=(2,), budget=pounds(100)), service("Unknown", levels=(2, 3)))
    assert row(found.by_level, "2").without == (f"{HERE}/unknown",)
    assert row(found.by_level, "3").pounds == (None, None, None)
    assert row(found.by_level, "3").in_words() == "no figure for 1 service"
    assert row(found.by_level, "1").pounds == (0, 0, 0)


def test_a_dedicated_service_without_a_figure_leaves_the_dedicated_bound_unknown() -> None:
    found = spend(service("Known", levels=(2, 3), budget=pounds(100)), service("Unknown", levels=(2,)))
    assert row(found.by_level, "2").pounds == (None, 50, 100)
    assert row(found.by_level, "2").in_words() == "no figure dedicated, £50 shared equally, £100 counted in full"


def test_by_age_the_money_of_services_for_adults_stands_alone() -> None:
    found = spend(
        service("Child", ages=ages(5, 15), budget=pounds(100)),
        service("Parent", received_by=("parent_carer",), ages=ages(16, None), budget=pounds(70)),
        service("Who knows", ages=None, budget=pounds(7)),
    )
    assert {each.key: each.pounds for each in found.by_band} == {
        "unborn": (0, 0, 0), "0-4": (0, 0, 0), "5-10": (0, 50, 100), "11-15": (0, 50, 100), "16-17": (0, 0, 0), "18-25": (0, 0, 0),
        "adults": (70, 70, 70), "not-recorded": (7, 7, 7),
    }  # fmt: skip


def test_by_need_only_main_purposes_get_a_share() -> None:
    found = spend(
        service("Two", needs=ServiceNeeds(main=("drugs", "school"), also=("money",)), budget=pounds(100)),
        service("Any", needs=ServiceNeeds(any_need=True), budget=pounds(10)),
        service("None", needs=None, budget=pounds(1)),
    )
    assert {each.key: each.pounds for each in found.by_need} == {
        "drugs": (0, 50, 100), "school": (0, 50, 100), "any-need": (10, 10, 10), "not-recorded": (1, 1, 1),
    }  # fmt: skip


def test_by_payer_shares_between_payers_are_not_known() -> None:
    found = spend(
        service("Shared", funders=("Health (half)", "The Council"), commissioner="The Council", budget=pounds(100)),
        service("Alone", commissioner="Health", budget=pounds(10)),
        service("Unpaid", budget=pounds(1)),
    )
    assert {each.label: each.pounds for each in found.by_payer} == {
        "Health": (10, 60, 110), "The Council": (0, 50, 100), "Who pays is not recorded": (1, 1, 1),
    }  # fmt: skip
    assert {each.label: each.pounds for each in found.by_commissioner} == {
        "The Council": (100, 100, 100), "Health": (10, 10, 10), "Who commissions is not recorded": (1, 1, 1),
    }  # fmt: skip


def test_a_sum_for_no_year_is_listed_only() -> None:
    found = spend(
        service("Once", budget=pounds(100, per="once")),
        service("Unsaid", budget=pounds(50, per="not said")),
        service("Two figures", budget=pounds(5, also=(Money(amount=6, covers="With rent"),))),
    )
    assert found.total == 5
    assert [(figure.amount, figure.counted, figure.why_not) for figure in found.figures] == [
        (5, True, ""), (100, False, "once, not a year's budget"), (50, False, "the source does not say for which time"),
        (6, False, "a second figure for the same service"),
    ]  # fmt: skip


def test_filters_choose_the_services_whose_money_is_counted(ground: Ground, county: Query) -> None:
    found = spend_of(ground, Query(county.area, needs=("domestic-abuse",)))
    assert found.total == 529_000
    assert spend_of(ground, Query(county.area, needs=("bullying",))).findings[0].startswith("No service in use")


# hidden, and the forms of it


def test_a_site_that_hides_budgets_shows_no_sum_in_any_form(without_money: Ground, county: Query) -> None:
    found = spend_of(without_money, county)
    assert found.findings == ("Budgets are not shown to this audience.",)
    everything = json.dumps(found.to_json()) + str(found.tables())
    for sum_ in ("21697047", "5900000", "94000", "£"):
        assert sum_ not in everything
    assert found.to_json()["total"]["known"] is None
    assert found.to_json()["shown"] is False


def test_the_json_and_the_tables_hold_the_same_numbers(ground: Ground, county: Query) -> None:
    found = spend_of(ground, county)
    data = json.loads(json.dumps(found.to_json()))
    assert data["total"] == {
        "known": 21_697_047, "services": 27, "services_with_a_figure": 21, "without_a_figure": list(found.without),
    }  # fmt: skip
    level_4 = next(each for each in data["by_level"] if each["key"] == "4")
    assert (level_4["dedicated"], level_4["shared_equally"], level_4["counted_in_full"]) == (0, 1_863_093, 6_743_319)
    bounds, figures = found.tables()
    line = next(line for line in bounds.rows if line[:2] == ("By level", "Level 4"))
    assert line[2:5] == (0, 1_863_093, 6_743_319)
    assert sum(value for value, counted in zip(figures.column("Sum (£)"), figures.column("Counted"), strict=True) if counted == "yes") == (  # type: ignore[misc]
        21_697_047
    )
    assert [line[1] for line in figures.rows].count("Not recorded") == len(found.without)


@unhurried
@given(some_ground())
def test_equal_shares_add_up_to_the_known_total_and_the_bounds_are_in_order(ground: Ground) -> None:
    found = spend_of(ground, Query(HERE))
    for rows in found.groups.values():
        shared = sum((each.shared for each in rows if each.shared is not None), Fraction(0))
        assert shared == found.total
        for each in rows:
            if each.shared is not None and each.full is not None:
                assert (each.dedicated or 0) <= each.shared <= each.full
                assert rounded(each.full) == sum(ground.budget_of(ground.service(name)) or 0 for name in each.services)
            assert not set(each.services) & set(each.without)
    assert set(found.with_figure) | set(found.without) == set(found.services)
