"""Services that share everything that matters to a referrer: a list for asking, not for cutting."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given

from app.gaps import Ground, Query, overlaps
from app.gaps.overlap import MOST_PAIRS, shared_ages
from app.model import Service, ServiceNeeds

from .made import HERE, ages, ground_of, service, some_ground, unhurried


def test_warwickshire_has_26_pairs_and_says_that_choice_is_legitimate(ground: Ground, profiles: Query) -> None:
    found = overlaps(ground, profiles)
    assert len(found.pairs) == 26
    assert found.findings == (
        "26 pairs of services share recipient, level, age and main need. Choice is legitimate: the list is for asking, not for cutting.",
        "3 services of 23 cannot be compared, because the recipient, level, age or main need is not recorded.",
    )


def test_the_two_drug_services_for_adults_overlap(ground: Ground, profiles: Query) -> None:
    pair = next(pair for pair in overlaps(ground, profiles).pairs if {"warwickshire/drug-alcohol-addaction"} < {pair.one, pair.two})
    assert pair.words == (
        "Drug and Alcohol Misuse Service (Addaction) and Drug and Alcohol Misuse Service (ESH Works) both work at levels 1 to 3 for "
        "alcohol misuse by a parent or other adult at home and drug misuse by a parent or other adult at home, ages 18 and over, and are "
        "received by a parent or carer."
    )
    assert not pair.same_provider


def test_the_domestic_abuse_services_are_a_pair_though_one_is_a_refuge(ground: Ground, profiles: Query) -> None:
    pairs = [{pair.one, pair.two} for pair in overlaps(ground, profiles).pairs]
    assert {"warwickshire/domestic-abuse-refuge", "warwickshire/domestic-abuse-support"} in pairs


BASE = service("One", provider="A Charity")
OTHERS = [
    ({}, True),
    ({"levels": (2, 3)}, True),
    ({"levels": (3,)}, False),
    ({"levels": ()}, False),
    ({"received_by": ("family", "child")}, True),
    ({"received_by": ("family",)}, False),
    ({"received_by": ()}, False),
    ({"ages": ages(16, 25)}, True),
    ({"ages": ages(17, 25)}, False),
    ({"ages": ages(None, 5)}, True),
    ({"ages": ages(None, 4)}, False),
    ({"ages": None}, False),
    ({"needs": ServiceNeeds(main=("drugs", "school"))}, True),
    ({"needs": ServiceNeeds(main=("drugs",), also=("school",))}, False),
    ({"needs": ServiceNeeds(any_need=True)}, False),
    ({"needs": None}, False),
    ({"status": "historic"}, False),
    ({"area": "elsewhere"}, False),
]


@pytest.mark.parametrize(("fields", "overlap"), OTHERS)
def test_all_four_must_be_shared(fields: dict[str, object], overlap: bool) -> None:
    assert bool(overlaps(ground_of(BASE, service("Two", **fields)), Query(HERE)).pairs) == overlap


AGES = [
    (ages(0, 18), ages(5, 16), "5 to 16"),
    (ages(-1, 5), ages(-1, 3), "before birth to 3"),
    (ages(16, None), ages(18, None), "18 and over"),
    (ages(None, 17), ages(None, 10), "an unknown youngest age to 10"),
    (ages(None, None), ages(5, 16), "5 to 16"),
    (ages(0, 4), ages(5, 16), ""),
    (None, ages(5, 16), ""),
]


@pytest.mark.parametrize(("one", "two", "words"), AGES)
def test_the_ages_that_two_services_share(one: object, two: object, words: str) -> None:
    assert shared_ages(service("One", ages=one), service("Two", ages=two)) == words
    assert shared_ages(service("Two", ages=two), service("One", ages=one)) == words


def test_the_same_provider_is_said() -> None:
    pair = overlaps(ground_of(BASE, service("Two", provider="A Charity")), Query(HERE)).pairs[0]
    assert pair.same_provider
    assert pair.words.endswith("received by the child or young person, from the same provider.")


def test_a_long_list_says_that_there_are_more() -> None:
    found = overlaps(ground_of(*(service(f"Service {number}") for number in range(22))), Query(HERE))
    assert (len(found.pairs), found.all_listed) == (MOST_PAIRS, False)
    assert found.findings[0].startswith("At least 200 pairs of services")


def test_no_service_is_said() -> None:
    assert overlaps(ground_of(), Query(HERE)).findings == ("No service is recorded for what is selected.",)


def test_the_json_and_the_table(ground: Ground, profiles: Query) -> None:
    found = overlaps(ground, profiles)
    data = json.loads(json.dumps(found.to_json()))
    assert len(data["pairs"]) == len(found.table().rows) == 26
    assert len(data["not_comparable"]) == 3
    assert data["pairs"][0]["services"] == [found.pairs[0].one, found.pairs[0].two]


@unhurried
@given(some_ground())
def test_the_bit_sets_find_the_pairs_that_a_plain_loop_finds(ground: Ground) -> None:
    def alike(one: Service, two: Service) -> bool:
        needs = set(one.needs.main if one.needs else ()) & set(two.needs.main if two.needs else ())
        return bool(needs and set(one.levels) & set(two.levels) and set(one.received_by) & set(two.received_by) and shared_ages(one, two))

    here = [each for each in ground.directory.services if each.area == HERE and each.is_running]
    expected = {frozenset((one.id, two.id)) for one, two in combinations(here, 2) if alike(one, two)}
    assert {frozenset((pair.one, pair.two)) for pair in overlaps(ground, Query(HERE)).pairs} == expected
