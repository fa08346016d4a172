"""The bit sets: the counts that can be worked out by hand from the 23 profiles, and every bit against a plain loop."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from golden.shipped import PROFILES, directory
from hypothesis import given, settings
from hypothesis import strategies as st

from app.facets import Facets, facets_of
from app.model import AGE_ORDER, OLDEST, UNBORN, AgeClass, Service, age_fit, any_age_fit
from app.model.fit import makes_room_for


@cache
def facets() -> Facets:
    return facets_of(directory())


@cache
def profiles() -> int:
    """The 23 profiles of 2016 as a bit set."""
    return bits_of(PROFILES)


def bits_of(ids: tuple[str, ...]) -> int:
    bits = 0
    for name in ids:
        bits |= 1 << facets().ordinal[name]
    return bits


def named(bits: int) -> list[str]:
    return sorted(service.slug for service in facets().picked(bits))


# Facts of the needs assessment of 2016, section 3.3.1


def test_there_are_23_profiles() -> None:
    assert profiles().bit_count() == 23
    assert len(PROFILES) == len(set(PROFILES)) == 23


@pytest.mark.parametrize(("level", "number"), [(1, 10), (2, 20), (3, 18), (4, 12)])
def test_profiles_by_level(level: int, number: int) -> None:
    assert (facets().level[level] & profiles()).bit_count() == number


def test_sixty_ticks_and_how_many_levels_a_profile_has() -> None:
    services = list(facets().picked(profiles()))
    assert sum(len(service.levels) for service in services) == 60
    assert Counter(len(service.levels) for service in services) == {1: 2, 2: 8, 3: 10, 4: 3}
    assert sum(service.focused for service in services) == 10


@pytest.mark.parametrize(
    ("level", "only"),
    [
        (1, []),
        (2, ["mental-health-interventions-school-children"]),
        (3, ["family-matters"]),
        (4, []),
    ],
)
def test_profiles_that_work_at_one_level_only(level: int, only: list[str]) -> None:
    others = 0
    for number, members in facets().level.items():
        others |= members if number != level else 0
    assert named(facets().level[level] & ~others & profiles()) == only


BANDS = {
    "unborn": (UNBORN, UNBORN),
    "0 to 4": (0, 4),
    "5 to 10": (5, 10),
    "11 to 15": (11, 15),
    "16 to 17": (16, 17),
    "18 to 25": (18, 25),
}

DIRECT_BY_BAND = """
band     | level 1 | level 2 | level 3 | level 4
unborn   | 2 (2)   | 2 (4)   | 1 (4)   | 1 (3)
0 to 4   | 5 (2)   | 10 (4)  | 8 (4)   | 5 (3)
5 to 10  | 6 (2)   | 14 (4)  | 12 (4)  | 7 (3)
11 to 15 | 6 (2)   | 14 (4)  | 14 (4)  | 9 (3)
16 to 17 | 6 (2)   | 14 (4)  | 14 (4)  | 9 (3)
18 to 25 | 5 (2)   | 11 (4)  | 11 (4)  | 8 (3)
"""
"""Services that work with the child or the family, by hand from the ages in the profiles; those for adults in brackets.

Core ages only; any overlap with the band counts; "under 18" without a youngest age is taken from birth, as the source itself took it.
"""

ADULTS = ("domestic-abuse-refuge", "domestic-abuse-support", "drug-alcohol-addaction", "drug-alcohol-esh-works")


def by_band() -> str:
    adults = bits_of(tuple(f"warwickshire/{slug}" for slug in ADULTS))
    lines = ["band     | level 1 | level 2 | level 3 | level 4"]
    for band, (first, last) in BANDS.items():
        direct = through = 0
        for age in range(first, last + 1):
            of_class = facets().by_age[age].of_class
            direct |= of_class["direct"] | of_class["family"] | (of_class["not-recorded"] if age != UNBORN else 0)
            through |= of_class["through-parent"] | of_class["direct"]
        cells = [
            f"{(direct & ~adults & members & profiles()).bit_count()} ({(through & adults & members & profiles()).bit_count()})"
            for members in (facets().level[level] for level in (1, 2, 3, 4))
        ]
        lines.append(" | ".join([f"{band:<8}", *(f"{cell:<7}" for cell in cells)]).rstrip())
    return "\n".join(lines)


def test_direct_services_by_age_and_level_as_counted_by_hand() -> None:
    assert by_band() == DIRECT_BY_BAND.strip()


def test_one_drug_service_alone_has_no_youngest_age() -> None:
    for age in range(UNBORN, 13):
        assert named(facets().by_age[age].of_class["not-recorded"] & profiles()) == ["drug-alcohol-compass"]
    for age in range(13, 18):
        assert named(facets().by_age[age].of_class["not-recorded"] & profiles()) == []


def test_nothing_works_directly_with_anyone_under_16_about_domestic_abuse() -> None:
    about = facets().main["domestic-abuse"] & facets().area["warwickshire"] & facets().running
    assert named(about) == ["domestic-abuse-refuge", "domestic-abuse-support"]
    for age in range(UNBORN, OLDEST + 1):
        of_class = facets().by_age[age].of_class
        assert about & (of_class["direct"] | of_class["family"]) == (0 if age < 16 else about)
        assert about & of_class["through-parent"] == (about if age < 16 else 0)


def test_all_eighteen_services_of_level_3_fit_a_14_year_old() -> None:
    bits = facets().level[3] & profiles()
    of_class = facets().by_age[14].of_class
    assert (bits & (of_class["direct"] | of_class["family"])).bit_count() == 14
    assert (bits & of_class["through-parent"]).bit_count() == 4
    assert facets().by_age[14].fitting & bits == bits


CONDITIONAL = """
unborn | family-nurse-partnership
0      | family-nurse-partnership
1      | family-nurse-partnership
2      |
5      | youth-justice-service
9      | youth-justice-service
10     |
11     | targeted-support-young-people
12     | targeted-support-young-people
13     |
18     | drug-alcohol-compass
19     | common-assessment-framework, drug-alcohol-compass, youth-justice-service
20     | common-assessment-framework, drug-alcohol-compass, targeted-support-young-people, youth-justice-service
24     | common-assessment-framework, drug-alcohol-compass, targeted-support-young-people, youth-justice-service
25     | drug-alcohol-compass, targeted-support-young-people
"""


@pytest.mark.parametrize(("age", "slugs"), [tuple(part.strip() for part in line.split("|")) for line in CONDITIONAL.strip().splitlines()])
def test_ages_that_only_an_exception_covers(age: str, slugs: str) -> None:
    of_class = facets().by_age[UNBORN if age == "unborn" else int(age)].of_class
    assert ", ".join(named(of_class["conditional"] & profiles())) == slugs


NEAR = """
unborn | common-assessment-framework, family-group-conferencing, family-information-service, priority-families-family-support-workers, \
systemic-family-work, triple-p-diversion-from-care, triple-p-parenting-development
4      | attendance-compliance-enforcement, caf-family-support-workers, mental-health-interventions-school-children, school-nursing
6      | childrens-centres, health-visiting
9      | family-matters
12     | family-nurse-partnership
17     | attendance-compliance-enforcement, mental-health-interventions-school-children
18     | family-matters
20     | family-nurse-partnership, school-nursing
14     |
"""


@pytest.mark.parametrize(("age", "slugs"), [tuple(part.strip() for part in line.split("|")) for line in NEAR.strip().splitlines()])
def test_ages_that_are_one_year_off(age: str, slugs: str) -> None:
    of_class = facets().by_age[UNBORN if age == "unborn" else int(age)].of_class
    assert ", ".join(named(of_class["near"] & profiles())) == slugs


# The bits themselves


def test_services_get_their_ordinals_in_the_order_in_which_they_are_shown() -> None:
    services = facets().services
    assert len(services) == len(directory().services)
    keys = [(not service.focused, service.name.lower()) for service in services]
    assert keys == sorted(keys)
    assert [facets().ordinal[service.id] for service in services] == list(range(len(services)))
    assert facets().everything == (1 << len(services)) - 1


def test_picked_gives_the_services_of_a_bit_set_lowest_first() -> None:
    assert [service.id for service in facets().picked(0b1011)] == [facets().services[n].id for n in (0, 1, 3)]
    assert list(facets().picked(0)) == []


def loop(test: object) -> int:
    """The bits of the services that pass a test, found one by one."""
    assert callable(test)
    return sum(1 << number for number, service in enumerate(facets().services) if test(service))


def needs_of(service: Service, strength: str) -> tuple[str, ...]:
    if service.needs is None:
        return ()
    if strength == "main":
        return service.needs.main
    return service.needs.only_if if strength == "only_if" else (*service.needs.also, *makes_room_for(service))


def test_every_facet_holds_exactly_the_services_that_have_it() -> None:
    facet = facets()
    for level in (1, 2, 3, 4):
        assert facet.level[level] == loop(lambda service, level=level: level in service.levels)
    for area in directory().area_by_id:
        assert facet.area[area] == loop(lambda service, area=area: service.area == area)
    for need in directory().need_by_id:
        for strength, members in (("main", facet.main), ("also", facet.also), ("only_if", facet.only_if)):
            expected = loop(lambda service, need=need, strength=strength: need in needs_of(service, strength))
            assert members.get(need, 0) == expected, f"{need} {strength}"
    for recipient, members_of in facet.recipient.items():
        assert members_of == loop(lambda service, recipient=recipient: recipient in service.received_by)
    for (area, gateway), members_of in facet.gateway.items():
        by_route = loop(
            lambda service, area=area, gateway=gateway: service.area == area and gateway in {route.gateway for route in service.reached_by}
        )
        assert members_of == by_route
    for status, members_of in facet.status.items():
        assert members_of == loop(lambda service, status=status: service.status == status)
    assert facet.running == loop(lambda service: service.is_running)
    assert facet.any_need == loop(lambda service: service.needs is not None and service.needs.any_need)
    assert facet.conditional_need == loop(lambda service: service.needs is not None and bool(service.needs.only_if))
    assert facet.level_not_recorded == loop(lambda service: not service.levels)
    assert facet.need_not_recorded == loop(lambda service: service.needs is None)
    assert facet.route_not_recorded == loop(lambda service: not service.reached_by)


def test_ways_in_are_the_services_behind_the_usual_gateways() -> None:
    here = facets().is_gateway & facets().area["warwickshire"] & facets().running
    assert set(named(here)) >= {"common-assessment-framework", "multiagency-safeguarding-hub"}
    assert "priority-families-family-support-workers" not in named(here)


def test_a_service_is_in_one_age_class_at_most_and_in_the_right_one() -> None:
    for age in range(UNBORN, OLDEST + 1):
        of_class = facets().by_age[age].of_class
        seen = 0
        for age_class, members in of_class.items():
            assert members & seen == 0
            seen |= members
            assert members == loop(lambda service, age=age, name=age_class: class_at(service, age) == name)
    for age_class, members in facets().no_age_asked.of_class.items():
        assert members == loop(lambda service, name=age_class: any_age_fit(service).age_class == name)
    assert sum(facets().no_age_asked.of_class.values()) == facets().everything


def class_at(service: Service, age: int) -> AgeClass | None:
    fit = age_fit(service, age)
    return fit.age_class if fit else None


LEVELS = st.integers(1, 4)


@settings(max_examples=100, deadline=None)
@given(LEVELS, st.integers(UNBORN, OLDEST), st.sampled_from([need.id for need in directory().vocabulary.needs]), st.sampled_from(AGE_ORDER))
def test_an_expression_of_bits_is_the_same_as_a_loop(level: int, age: int, need: str, age_class: AgeClass) -> None:
    facet = facets()
    for_need = facet.main.get(need, 0) | facet.also.get(need, 0)
    members = facet.by_age[age].of_class[age_class] & facet.level[level] & facet.running & for_need
    expected = loop(
        lambda service: class_at(service, age) == age_class
        and level in service.levels
        and service.is_running
        and need in (*needs_of(service, "main"), *needs_of(service, "also"))
    )
    assert members == expected
    assert members.bit_count() == len(list(facet.picked(members)))


def test_levels_up_to() -> None:
    assert facets().level_up_to(0) == 0
    assert facets().level_up_to(2) == facets().level[1] | facets().level[2]
    assert facets().level_up_to(4) == loop(lambda service: bool(service.levels))
