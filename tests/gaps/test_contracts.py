"""Ends of contracts and funding: the golden cliff of 2017, windows, ends that are no date, and what each end leaves behind."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.gaps import Contracts, Ground, Query, contracts_of
from app.model import Contract, Route, ServiceNeeds

from .made import HERE, ages, ground_of, pounds, service

# golden

ENDS = """
2016-09-30     32,000  Triple P (Diversion from Care)
2017-07-31          ?  Smart Start Family Group Conferencing project
2017-10-31    800,000  Family Nurse Partnership
2017-10-31  5,900,000  Health Visiting
2017-10-31  1,900,000  School Nursing
2017-11-30  3,750,000  Drug and Alcohol Misuse Service (Addaction)
event           9,000  Family Matters
"""


def test_the_recorded_ends_of_warwickshire(ground: Ground, county: Query) -> None:
    said = [end for end in contracts_of(ground, county).ends if end.kind != "not recorded"]
    lines = [f"{end.day or end.kind!s:<11}{'?' if end.value is None else f'{end.value:,}':>10}  {end.name}" for end in said]
    assert "\n".join(lines) == ENDS.strip("\n")


def test_12_35_million_ends_in_two_months_of_2017(ground: Ground, profiles: Query) -> None:
    contracts = contracts_of(ground, profiles, since=date(2017, 10, 1), by=date(2017, 11, 30))
    assert (contracts.window_value, contracts.window_percent, len(contracts.in_window)) == (12_350_000, 57, 4)
    assert (
        "Most money ends in October 2017 and November 2017: £12.35m a year, 57% of the known budgets (Family Nurse Partnership, Health "
        "Visiting, School Nursing and Drug and Alcohol Misuse Service (Addaction))."
    ) in contracts.findings


def test_by_year_2016_loses_32_000_and_2017_12_35_million(ground: Ground, profiles: Query) -> None:
    by_year: dict[str, int] = {}
    for month in contracts_of(ground, profiles).months:
        by_year[month.when[:4]] = by_year.get(month.when[:4], 0) + month.value
    assert by_year == {"2016": 32_000, "2017": 12_350_000}


def test_most_ends_are_unknown_and_that_is_not_open_ended(ground: Ground, profiles: Query) -> None:
    contracts = contracts_of(ground, profiles)
    unknown = [end for end in contracts.ends if end.kind == "not recorded"]
    assert len(unknown) == 17
    assert all(end.words.startswith("The end is not recorded, which does not mean that there is none.") for end in unknown)
    assert contracts.findings[-1] == "For 17 of 23 services no end is recorded. That is not the same as open-ended."


def test_ends_by_units_and_by_posts_are_said_in_words(ground: Ground, county: Query) -> None:
    words = {end.name: end.words for end in contracts_of(ground, county).ends}
    assert words["Family Matters"].startswith("Ends when 100 units of intervention have been used. Paid for one year")
    assert words["Triple P (Diversion from Care)"] == (
        "Ends September 2016. That is before the date of the source (18 October 2016). A fixed-term contract for the post."
    )
    assert "Exempt from Contract Standing Orders until April 2018." in words["Drug and Alcohol Misuse Service (Addaction)"]


def test_an_option_to_extend_stands_beside_the_end(ground: Ground, county: Query) -> None:
    nursing = next(end for end in contracts_of(ground, county).ends if end.name == "School Nursing")
    assert (nursing.extension, nursing.ends) == ("An option of two more years", "2017-10")


def test_what_the_end_of_the_family_nurse_partnership_leaves_behind(ground: Ground, county: Query) -> None:
    end = next(end for end in contracts_of(ground, county).ends if end.name == "Family Nurse Partnership")
    assert end.left is not None
    assert end.left.needs == ("young-parent",)
    assert end.left.cells == ()
    assert end.left.in_words == (
        "Nothing has teenage pregnancy and young parents as its main purpose any more; 1 descriptor is left without a service."
    )


def test_what_all_the_ends_of_a_window_leave_behind_together(ground: Ground, county: Query) -> None:
    together = contracts_of(ground, county, by=date(2017, 12, 31)).together
    assert together is not None
    assert together.needs == ("child-health", "young-parent")


# windows

MADE = (
    service("Past", contract=Contract(ends="2016-03"), budget=pounds(10)),
    service("Whole year", contract=Contract(ends="2017"), budget=pounds(20)),
    service("A day", contract=Contract(ends="2017-12-01"), budget=pounds(30)),
    service("Next year", contract=Contract(ends="2018-01", extension="A year"), budget=pounds(40)),
    service("Event", contract=Contract(ends_when="it is used up"), budget=pounds(50)),
    service("Note", contract=Contract(note="Under review."), budget=pounds(60)),
    service("Nothing", budget=pounds(70)),
)


def made(since: date | None = None, by: date | None = None) -> Contracts:
    return contracts_of(ground_of(*MADE), Query(HERE), since, by)


WINDOWS = [
    (None, None, "Past, A day, Whole year, Next year", 100),
    (None, date(2016, 3, 30), "", 0),
    (None, date(2016, 3, 31), "Past", 10),
    (None, date(2017, 12, 30), "Past, A day", 40),
    (None, date(2017, 12, 31), "Past, A day, Whole year", 60),
    (date(2017, 12, 31), None, "Whole year, Next year", 60),
    (date(2017, 12, 1), date(2017, 12, 1), "A day", 30),
    (date(2019, 1, 1), date(2020, 1, 1), "", 0),
]


@pytest.mark.parametrize(("since", "by", "names", "value"), WINDOWS)
def test_a_window_holds_ends_by_their_last_possible_day(since: date | None, by: date | None, names: str, value: int) -> None:
    contracts = made(since, by)
    inside = [end.name for end in contracts.ends if end.service in contracts.in_window]
    assert (", ".join(inside), contracts.window_value) == (names, value)


def test_the_window_is_said_first() -> None:
    assert made(by=date(2017, 12, 31)).findings[0] == (
        "3 recorded arrangements end by 31 December 2017: £60 a year, 21% of the known budgets."
    )
    assert (
        made(date(2017, 12, 1), date(2017, 12, 1))
        .findings[0]
        .startswith("1 recorded arrangement ends from 1 December 2017 to 1 December 2017")
    )
    assert made(since=date(2020, 1, 1)).findings[0] == "No recorded arrangements end from 1 January 2020 on."


def test_ends_are_in_order_and_those_without_a_date_come_last() -> None:
    assert [end.name for end in made().ends] == ["Past", "A day", "Whole year", "Next year", "Event", "Note", "Nothing"]
    assert [end.kind for end in made().ends][-3:] == ["event", "not recorded", "not recorded"]


def test_december_and_january_are_two_months_in_a_row() -> None:
    pair = contracts_of(
        ground_of(
            service("One", contract=Contract(ends="2017-12"), budget=pounds(5)),
            service("Two", contract=Contract(ends="2018-01"), budget=pounds(5)),
            service("Three", contract=Contract(ends="2018-03"), budget=pounds(9)),
        ),
        Query(HERE),
    )
    assert pair.findings[0] == "Most money ends in December 2017 and January 2018: £10 a year, 53% of the known budgets (One and Two)."


# what is left


def test_the_last_service_of_a_cell_leaves_cells_needs_and_gateways_with_nothing() -> None:
    alone = service(
        "Alone", levels=(4,), ages=ages(11, 15), needs=ServiceNeeds(main=("drugs",)), reached_by=(Route(gateway="panel"),),
        contract=Contract(ends="2017"),
    )  # fmt: skip
    end = contracts_of(ground_of(alone, service("Other")), Query(HERE)).ends[0]
    assert end.left is not None
    assert end.left.cells == (("11-15", 4),)
    assert (end.left.needs, end.left.routes) == (("drugs",), ("Panel",))
    assert end.left.to_json()["cells_left_with_nothing"] == [{"band": "11-15", "level": 4}]
    assert end.left.in_words == (
        "Nothing has drugs as its main purpose any more; 1 cell of the table of ages by levels is left with nothing at all; Panel leads to "
        "no service."
    )


def test_one_of_two_leaves_everything_covered() -> None:
    twins = (service("One", contract=Contract(ends="2017")), service("Two"))
    end = contracts_of(ground_of(*twins), Query(HERE)).ends[0]
    assert end.left is not None
    assert end.left.in_words == "Other services remain in every cell and for every need concerned."


def test_a_service_without_a_level_says_that_its_cells_are_not_known() -> None:
    twins = (service("One", levels=(), contract=Contract(ends="2017")), service("Two"))
    end = contracts_of(ground_of(*twins), Query(HERE)).ends[0]
    assert end.left is not None
    assert end.left.in_words.endswith("For 1 service the level is not recorded, so the cells that would be missed are not known.")


def test_an_area_without_levels_compares_needs_only() -> None:
    twins = (service("One", contract=Contract(ends="2017")), service("Two"))
    end = contracts_of(ground_of(*twins, scheme=False), Query(HERE)).ends[0]
    assert end.left is not None
    assert end.left.in_words == (
        "Other services remain for every need concerned. Levels are not recorded here, so nothing can be said of them."
    )


# the forms of it


def test_the_json_names_the_window_and_every_end(ground: Ground, county: Query) -> None:
    data = json.loads(json.dumps(contracts_of(ground, county, by=date(2017, 12, 31)).to_json()))
    assert data["by"] == "2017-12-31"
    assert data["window"]["value"] == 12_382_000
    assert len(data["ends"]) == 27
    assert data["ends"][0]["ended_before_the_date_of_the_source"] is True
    assert [month["when"] for month in data["months"]] == ["2016-09", "2017-07", "2017-10", "2017-11"]


def test_the_tables_say_not_recorded_where_nobody_knows() -> None:
    ends, months = made().tables()
    assert ends.rows[-1][1] == "Not recorded"
    assert ends.column("Value for a year (£)") == [10, 30, 20, 40, 50, 60, 70]
    assert months.column("In words") == ["March 2016", "2017", "December 2017", "January 2018"]


def test_a_site_that_hides_budgets_shows_ends_without_value(without_money: Ground, county: Query) -> None:
    contracts = contracts_of(without_money, county, by=date(2017, 12, 31))
    data = contracts.to_json()
    assert contracts.findings[:2] == (
        "Budgets are not shown to this audience.", "6 recorded arrangements end by 31 December 2017.",
    )  # fmt: skip
    assert "£" not in str(contracts.findings)
    assert (data["window"]["value"], data["known_total"], data["months"][2]["value"]) == (None, None, None)
    assert set(contracts.tables()[0].column("Value for a year (£)")) == {"Not shown to this audience"}
    assert set(contracts.tables()[1].column("Value for a year (£)")) == {"Not shown to this audience"}


def test_no_service_at_all_is_said() -> None:
    assert contracts_of(ground_of(), Query(HERE)).findings == ("No service is recorded for what is selected.",)
