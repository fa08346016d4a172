"""What is recorded, what is not, what the source says was not provided, and whom to ask."""

from __future__ import annotations

import json
from datetime import date

import pytest
from golden.shipped import directory

from app.gaps import Completeness, Ground, Query, completeness_of
from app.gaps.completeness import FIELD_WORDS, FIELDS, out_of_date, state_of
from app.model import MUST_BE_STATED, Contact, Contract, ReviewIntervals, Service

from .made import HERE, ages, ground_of, service


def test_11_of_the_23_profiles_have_something_that_was_not_provided(ground: Ground, profiles: Query) -> None:
    found = completeness_of(ground, profiles)
    assert sum(bool(profile.not_provided) for profile in found.profiles) == 11
    assert "11 of 23 services have at least one item of which the source says that it was not provided." in found.findings


def test_no_profile_has_a_contact(ground: Ground, profiles: Query) -> None:
    found = completeness_of(ground, profiles)
    contact = next(total for total in found.totals if total.field == "contact")
    assert (contact.recorded, contact.in_part, contact.not_recorded) == (0, 0, 23)
    assert "Recorded for no service: contact and owner of the profile." in found.findings


TOTALS = """
                           recorded  in part  not provided  not recorded
Levels                           23        0             0             0
Who receives it                  23        0             0             0
Ages                             22        1             0             0
What it is for                   23        0             0             0
Contact                           0        0             0            23
Budget                           21        0             2             0
Room and waiting                  5        0             0            18
Plain words for a family         23        0             0             0
Owner of the profile              0        0             0            23
"""


def test_fields_of_the_23_profiles(ground: Ground, profiles: Query) -> None:
    totals = {FIELD_WORDS[total.field]: total for total in completeness_of(ground, profiles).totals}
    for line in TOTALS.strip("\n").split("\n")[1:]:
        label, numbers = line[:26].strip(), [int(number) for number in line[26:].split()]
        total = totals[label]
        assert [total.recorded, total.in_part, total.not_provided, total.not_recorded] == numbers, label


def test_every_service_has_every_field_in_one_state(ground: Ground, county: Query) -> None:
    found = completeness_of(ground, county)
    for total in found.totals:
        assert total.recorded + total.in_part + total.not_provided + total.not_recorded == len(found.profiles) == 27


def test_every_field_that_must_be_stated_is_looked_at_and_has_words() -> None:
    assert set(MUST_BE_STATED) < set(FIELDS)
    assert set(FIELDS) == set(FIELD_WORDS)
    assert set(FIELDS) <= set(Service.model_fields)


STATES = [
    ("contact", {}, "not recorded"),
    ("contact", {"not_provided": ("contact",)}, "not provided"),
    ("contact", {"contact": Contact(role="Duty worker")}, "in part"),
    ("contact", {"contact": Contact(telephone="01632 960001")}, "recorded"),
    ("contract", {"contract": Contract(note="Under review.")}, "in part"),
    ("contract", {"contract": Contract(ends_when="it is used up")}, "recorded"),
    ("outcomes", {"outcomes": ({"what": "Better", "value": "1"},), "not_provided": ("outcomes",)}, "in part"),
    ("ages", {"ages": ages(None, 17)}, "in part"),
    ("ages", {"ages": ages(16, None)}, "recorded"),
    ("ages", {"ages": None}, "not recorded"),
]


@pytest.mark.parametrize(("field", "fields", "state"), STATES)
def test_the_state_of_a_field(field: str, fields: dict[str, object], state: str) -> None:
    assert state_of(service("One", **fields), field) == state


# whom to ask


def made(**fields: object) -> Completeness:
    return completeness_of(ground_of(service("One", **fields)), Query(HERE))


WHOM = [
    ({"owner": "Head of service", "provider": "A Charity"}, "Head of service"),
    ({"contact": Contact(role="Duty worker"), "provider": "A Charity"}, "Duty worker"),
    ({"provider": "A Charity", "commissioner": "The Council"}, "A Charity"),
    ({"commissioner": "The Council"}, "The Council"),
    ({}, "Nobody is named: ask whoever keeps this area's profiles"),
]


@pytest.mark.parametrize(("fields", "whom"), WHOM)
def test_whom_to_ask(fields: dict[str, object], whom: str) -> None:
    assert made(**fields).ask[0].whom == whom


def test_what_to_ask_for_is_a_list_by_whom_and_nobody_comes_last() -> None:
    ground = ground_of(
        service("One", provider="Zeta"), service("Two", provider="Alpha"), service("Three"), service("Four", provider="Zeta")
    )
    ask = completeness_of(ground, Query(HERE)).ask
    assert [(each.whom, [label for _, label, _ in each.items]) for each in ask] == [
        ("Alpha", ["Two"]), ("Zeta", ["Four", "One"]), ("Nobody is named: ask whoever keeps this area's profiles", ["Three"]),
    ]  # fmt: skip
    assert "levels" not in ask[0].items[0][2]
    assert "contact" in ask[0].items[0][2]


# out of date

REVIEW = ReviewIntervals(contact_and_status=3, eligibility_and_route=6, description=12)
DUE = """
2016-03-31  nothing
2016-04-29  nothing
2016-04-30  contact
2016-07-30  contact
2016-07-31  contact levels received_by ages needs
2017-01-31  contact levels received_by ages needs
"""


@pytest.mark.parametrize("line", DUE.strip("\n").split("\n"))
def test_each_field_has_its_own_interval(line: str) -> None:
    """Confirmed on 31 January 2016: three months on is 30 April, six months on 31 July, a year on 31 January."""
    day, *fields = line.split()
    one = service("One", contact=Contact(role="Duty worker"), checked_on="2016-01-31", as_at="2015-10-18")
    late = out_of_date(one, REVIEW, date.fromisoformat(day))
    assert sorted(late) == sorted([] if fields == ["nothing"] else fields)


def test_without_a_confirmation_the_date_of_the_source_counts() -> None:
    assert out_of_date(service("One"), REVIEW, date(2016, 12, 31)) == ()
    assert "levels" in out_of_date(service("One"), REVIEW, date(2017, 4, 19))


def test_what_is_not_recorded_cannot_be_out_of_date() -> None:
    assert "contact" not in out_of_date(service("One"), REVIEW, date(2030, 1, 1))


def test_out_of_date_needs_a_day_and_is_said_with_it(ground: Ground, profiles: Query) -> None:
    assert not any("out of date" in finding for finding in completeness_of(ground, profiles).findings)
    found = completeness_of(ground, profiles, date(2026, 9, 1))
    assert found.findings[-1] == "23 of 23 services have fields out of date on 1 September 2026."
    assert found.findings[-2] == "23 of 23 services were never confirmed by an owner; the oldest facts are of 18 October 2016."
    assert directory().site.review == REVIEW


# the forms of it


def test_no_service_is_said() -> None:
    assert completeness_of(ground_of(), Query(HERE)).findings == ("No service is recorded for what is selected.",)


def test_the_json_and_the_tables(ground: Ground, profiles: Query) -> None:
    found = completeness_of(ground, profiles, date(2026, 9, 1))
    data = json.loads(json.dumps(found.to_json()))
    assert data["fields"] == list(FIELDS)
    ace = next(each for each in data["services"] if each["service"].endswith("/attendance-compliance-enforcement"))
    assert (ace["states"]["budget"], ace["not_provided"]) == ("not provided", ["budget", "activity", "outcomes"])
    assert [total["field"] for total in data["totals"]] == list(FIELDS)
    whole, totals, ask = found.tables()
    assert len(whole.header) == len(whole.rows[0]) == 1 + len(FIELDS) + 6
    assert totals.rows[0] == ("Levels", 23, 0, 0, 0)
    assert len(ask.rows) == sum(len(each.items) for each in found.ask)
