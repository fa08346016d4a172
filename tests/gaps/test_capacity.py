"""Room and demand: dated facts in order, ratios only between like and like, and capacity that is never taken for work done."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.gaps import CapacityFacts, Ground, Query, capacity_of
from app.gaps.periods import period_end
from app.model import Capacity, Fact

from .made import HERE, ground_of, service

PERIODS = """
2014/15                                   2015-03-31
2015/16, quarter 3 reporting              2015-12-31
Quarter 1 of 2015/16                      2015-06-30
Quarter 4 of 2015/16                      2016-03-31
First three quarters of 2015/16           2015-12-31
First two quarters of 2015/16             2015-09-30
April to December 2015                    2015-12-31
October 2014 to March 2015                2015-03-31
1 April 2015 to 18 March 2016             2016-03-31
One year, ending July 2017                2017-07-31
the five years to March 2017              2017-03-31
June 2014 to December 2015                2015-12-31
2017/18, the year to date                 2018-03-31
2015                                      2015-12-31
Report of February 2011                   2011-02-28
a year                                    -
One year                                  -
"""


@pytest.mark.parametrize("line", PERIODS.strip("\n").split("\n"))
def test_the_last_day_of_a_period_in_words(line: str) -> None:
    words, _, day = line.rpartition(" ")
    assert period_end(words.strip()) == (None if day == "-" else date.fromisoformat(day))


# golden

ROOM = """
waiting list    2015-12-31   Child and Adolescent Mental Health Services (CAMHS)
waiting list    2016-03-15   CAF Family Support Workers
limited         ?            Domestic Abuse Refuge Service
no waiting list ?            Drug and Alcohol Misuse Service (Addaction)
full            ?            Systemic Family Work
waiting list    ?            Targeted Support for Young People
"""


def test_room_in_warwickshire_the_oldest_first(ground: Ground, county: Query) -> None:
    found = capacity_of(ground, county)
    said = [room for room in found.rooms if room.state]
    assert "\n".join(f"{room.state:<15} {room.when or '?'!s:<12} {room.name}" for room in said) == ROOM.strip("\n")
    assert len(found.rooms) - len(said) == 21
    assert {room.words for room in found.rooms if not room.state} == {"Whether there is room is not recorded."}


def test_107_families_wait_beside_109_helped_and_that_is_no_ratio(ground: Ground, county: Query) -> None:
    found = capacity_of(ground, county)
    assert (
        "CAF Family Support Workers: 107 families waiting as at 15 March 2016, beside 109 families (April to December 2015). The periods "
        "differ, so no ratio is given."
    ) in found.findings
    assert not any(ratio.service == "warwickshire/caf-family-support-workers" for ratio in found.ratios)


def test_8_to_10_wait_and_that_is_no_number(ground: Ground, county: Query) -> None:
    waiting = {fact.name: fact for fact in capacity_of(ground, county).facts if fact.kind == "waiting"}
    assert (waiting["Targeted Support for Young People"].value, waiting["Targeted Support for Young People"].number) == ("8 to 10", None)


def test_one_full_worker_and_a_shortfall_are_said(ground: Ground, county: Query) -> None:
    findings = capacity_of(ground, county).findings
    assert "1 service is full: Systemic Family Work." in findings
    assert "1 service is said to have too few places: Domestic Abuse Refuge Service." in findings
    assert findings[0] == "Whether there is room is recorded for 6 of 27 services; for the others nobody knows."
    assert "For 4 of these 6 the date is not recorded." in findings


def test_cafs_opened_and_closed_in_the_same_months_make_a_ratio(ground: Ground, county: Query) -> None:
    ratio = next(ratio for ratio in capacity_of(ground, county).ratios if ratio.service.endswith("/common-assessment-framework"))
    assert ratio.words == "615 CAFs to 359: 171 started for each 100 finished"
    assert (ratio.unit, ratio.period) == ("CAFs", "April to December 2015")


def test_what_walsall_gives_as_capacity_is_not_work_done(ground: Ground) -> None:
    found = capacity_of(ground, Query("walsall"))
    given = {fact.name: (fact.kind, fact.value) for fact in found.facts if fact.as_capacity}
    assert given == {
        "0-19 Family Support Teams": ("room", "10"),
        "Black Country Women's Aid": ("room", "500"),
        "Brighter Futures perpetrator programme": ("room", "150"),
    }
    assert found.findings[-1] == "3 figures are given as capacity, not as work done, and are not added to it."
    assert found.ratios == ()


def test_facts_are_in_order_and_those_without_a_date_come_last(ground: Ground, county: Query) -> None:
    days = [fact.when for fact in capacity_of(ground, county).facts]
    dated = [day for day in days if day]
    assert dated == sorted(dated)
    assert days[len(dated) :] == [None] * (len(days) - len(dated))


# made up


def fact(what: str, value: str, **fields: Any) -> Fact:
    return Fact.model_validate({"what": what, "value": value, "unit": "families", "period": "2015", **fields})


def found(*facts: Fact, capacity: Capacity | None = None) -> CapacityFacts:
    return capacity_of(ground_of(service("One", activity=facts, capacity=capacity)), Query(HERE))


RATIOS = [
    ((fact("Referrals received", "50"), fact("Families started", "40")), ["50 families to 40: 125 asked for, for each 100 started"]),
    ((fact("Families waiting", "5"), fact("Places", "20")), ["5 families to 20: 25 waiting for each 100 places"]),
    ((fact("Opened", "10"), fact("Closed", "20")), ["10 families to 20: 50 started for each 100 finished"]),
    ((fact("Opened", "10"), fact("Closed", "20", period="2016")), []),
    ((fact("Opened", "10"), fact("Closed", "20", unit="children")), []),
    ((fact("Opened", "10", unit=None), fact("Closed", "20", unit=None)), []),
    ((fact("Opened", "10", period=None), fact("Closed", "20", period=None)), []),
    (
        (fact("Opened", "10", period=None, as_at="2015-03"), fact("Closed", "20", period=None, as_at="2015-03")),
        ["10 families to 20: 50 started for each 100 finished"],
    ),
    ((fact("Opened", "10"), fact("Closed", "0")), []),
    ((fact("Opened", "about ten"), fact("Closed", "20")), []),
    ((fact("Opened", "10%"), fact("Closed", "20")), []),
    ((fact("Opened", "£10"), fact("Closed", "20")), []),
    ((fact("Families", "10"), fact("Closed", "20")), []),
    ((fact("Families it aims to start", "10"), fact("Closed", "20")), []),
    ((fact("Opened", "10", note="A target, not a count."), fact("Closed", "20")), []),
    (
        (fact("Opened", "10"), fact("Families a year", "20", note="Given as capacity, not as work done.")),
        ["10 families to 20: 50 started for each 100 places"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "words"), RATIOS)
def test_a_ratio_needs_like_and_like(facts: tuple[Fact, ...], words: list[str]) -> None:
    assert [ratio.words for ratio in found(*facts).ratios] == words


def test_figures_of_two_services_are_never_set_against_each_other() -> None:
    ground = ground_of(service("One", activity=(fact("Opened", "10"),)), service("Two", activity=(fact("Closed", "20"),)))
    assert capacity_of(ground, Query(HERE)).ratios == ()


def test_waiting_stands_among_the_facts() -> None:
    both = found(
        fact("Families started", "40", period=None, as_at="2016-03-15"),
        capacity=Capacity(state="waiting list", waiting="1,200", unit="families", as_at="2016-03-15"),
    )
    assert [(each.kind, each.number) for each in both.facts if each.kind == "waiting"] == [("waiting", 1200.0)]
    assert both.rooms[0].words == "Has a waiting list: 1,200 families, as at 15 March 2016."
    assert [ratio.words for ratio in both.ratios] == ["1,200 families to 40: 3000 waiting for each 100 started"]
    assert not any("no ratio" in finding for finding in both.findings)


def test_a_state_without_a_date_says_so() -> None:
    assert found(capacity=Capacity(state="open")).rooms[0].words == "Has room. The date is not recorded."


def test_no_service_is_said() -> None:
    assert capacity_of(ground_of(), Query(HERE)).findings == ("No service is recorded for what is selected.",)


def test_the_json_and_the_tables(ground: Ground, county: Query) -> None:
    facts = capacity_of(ground, county)
    data = json.loads(json.dumps(facts.to_json()))
    assert len(data["room"]) == 27
    assert sum(room["state"] is None for room in data["room"]) == 21
    assert data["facts"][0]["until"] == "2013-03-31"
    assert data["ratios"][0]["value"] == pytest.approx(1.713)
    room, activity, ratios = facts.tables()
    assert room.column("State").count("Not recorded") == 21
    assert "Not recorded" in activity.column("Until")
    assert len(ratios.rows) == len(facts.ratios)
