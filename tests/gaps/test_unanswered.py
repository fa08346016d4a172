"""Needs and descriptors that no service has as its main purpose."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from app.gaps import BANDS, Ground, Query, coverage_of, unanswered
from app.gaps.unanswered import Unanswered
from app.model import Descriptor, ServiceNeeds

from .made import HERE, ages, directory_of, ground_of, service, some_ground, unhurried


def test_most_needs_of_the_vocabulary_have_no_service_in_warwickshire(ground: Ground, county: Query) -> None:
    found = unanswered(ground, county)
    states = {state: sum(gap.state == state for gap in found.needs) for state in {gap.state for gap in found.needs}}
    assert states == {"nothing": 43, "only also helped": 13, "only the wider need": 4, "in part": 14, "answered": 3}
    assert found.findings[0] == (
        "60 of 77 needs are the main purpose of no service with a recorded level and age in Warwickshire; for 13 of them a service says "
        "that it also helps and for 4 of them there is a service for the wider need."
    )


STATES = """
domestic-abuse      in part             6
bullying            only also helped   24
fgm                 nothing            24
perpetrator         only the wider need 24
edge-of-care        in part             6
"""


def test_where_a_need_is_not_answered(ground: Ground, county: Query) -> None:
    gaps = {gap.need: gap for gap in unanswered(ground, county).needs}
    lines = [line.split() for line in STATES.strip("\n").split("\n")]
    for need, *state, number in lines:
        assert (gaps[need].state, len(gaps[need].missing)) == (" ".join(state), int(number)), need


def test_family_breakdown_is_met_at_levels_2_to_4_and_not_at_1(ground: Ground, county: Query) -> None:
    gap = next(gap for gap in unanswered(ground, county).needs if gap.need == "family-breakdown")
    assert {level for _, level in gap.missing} >= {1}
    assert ("11-15", 3) not in gap.missing


def test_camhs_is_for_mental_health_and_nobody_knows_at_which_level(ground: Ground, county: Query) -> None:
    gap = next(gap for gap in unanswered(ground, county).needs if gap.need == "child-mental-health")
    assert gap.perhaps == ("warwickshire/camhs",)
    assert gap.main == ("warwickshire/mental-health-interventions-school-children",)
    assert gap.also == ("warwickshire/school-nursing",)


def test_half_of_the_descriptors_that_speak_of_a_need_have_no_service(ground: Ground, county: Query) -> None:
    found = unanswered(ground, county)
    states = {state: sum(gap.state == state for gap in found.descriptors) for state in {gap.state for gap in found.descriptors}}
    assert sum(states.values()) == len(ground.directory.descriptors)
    assert states["not a service matter"] == sum(bool(each.not_a_service_matter) for each in ground.directory.descriptors)
    assert states["no need tag"] == sum(not each.needs and not each.not_a_service_matter for each in ground.directory.descriptors)
    asked = states["answered"] + states["in part"] + states["unanswered"]
    assert f"{asked} speak of a need that a service could answer; {states['unanswered']} of these have no service" in found.findings[1]


def test_what_is_not_a_service_matter_says_why(ground: Ground, county: Query) -> None:
    apart = [gap for gap in unanswered(ground, county).descriptors if gap.state == "not a service matter"]
    assert apart
    assert all(gap.why and not gap.services and not gap.missing for gap in apart)


def test_an_area_without_levels_says_that_nobody_can_tell(ground: Ground) -> None:
    found = unanswered(ground, Query("walsall"))
    assert (found.needs, found.descriptors) == ((), ())
    assert found.findings == ("No threshold scheme is recorded for Walsall, so nobody can say which needs are unanswered at a level.",)


# made up


def descriptor(name: str, level: int, *needs: str, **fields: object) -> Descriptor:
    scheme = directory_of().schemes[0]
    given = {"id": name, "scheme": scheme.id, "level": level, "domain": scheme.domains[0].id, "heading": "Home", "text": name.title()}
    return Descriptor.model_validate({**given, "needs": needs, **fields})


SERVICES = (
    service("School", levels=(2,), ages=ages(5, 15)),
    service("Drugs", levels=(3,), ages=ages(0, 25), needs=ServiceNeeds(main=("drugs",), also=("money",))),
    service("Nobody knows", levels=(), needs=ServiceNeeds(main=("abuse-at-home",))),
)
DESCRIPTORS = (
    descriptor("school-at-2", 2, "school"),
    descriptor("school-at-3", 3, "school"),
    descriptor("drugs-or-school-at-3", 3, "drugs", "school"),
    descriptor("money-at-2", 2, "money"),
    descriptor("untagged", 2),
    descriptor("no-matter", 2, "money", not_a_service_matter="It is a matter for the household."),
)


@pytest.fixture(scope="module")
def made() -> Unanswered:
    return unanswered(ground_of(*SERVICES, descriptors=DESCRIPTORS), Query(HERE))


DESCRIPTOR_STATES = """
school-at-2           in part              unborn 0-4 16-17 18-25
school-at-3           unanswered           unborn 0-4 5-10 11-15 16-17 18-25
drugs-or-school-at-3  in part              unborn
money-at-2            unanswered           unborn 0-4 5-10 11-15 16-17 18-25
untagged              no need tag
no-matter             not a service matter
"""


def test_each_descriptor_is_answered_at_its_own_level(made: Unanswered) -> None:
    lines = [f"{gap.descriptor:<20}  {gap.state:<20} {' '.join(gap.missing)}".rstrip() for gap in made.descriptors]
    assert "\n".join(lines) == DESCRIPTOR_STATES.strip("\n")


NEED_STATES = """
abuse           level or age not recorded  24
abuse-at-home   level or age not recorded  24
drugs           in part                    19
school          in part                    22
money           only also helped           24
"""


def test_each_need_at_each_level_and_age(made: Unanswered) -> None:
    lines = [f"{gap.need:<15} {gap.state:<26} {len(gap.missing):>2}" for gap in made.needs]
    assert "\n".join(lines) == NEED_STATES.strip("\n")


def test_the_findings_count_them_level_by_level(made: Unanswered) -> None:
    assert made.findings[1] == (
        "Of 6 descriptors, 4 speak of a need that a service could answer; 2 of these have no service for it at their level."
    )
    assert made.findings[2] == 'At level 3, 1 of 2 descriptors have none: "school-At-3".'


def test_the_json_and_the_tables(made: Unanswered) -> None:
    data = json.loads(json.dumps(made.to_json()))
    assert [each["state"] for each in data["descriptors"]] == [gap.state for gap in made.descriptors]
    assert data["needs"][4]["also_help"] == [f"{HERE}/drugs"]
    needs, descriptors = made.tables()
    assert len(needs.header) == 2 + 4 * len(BANDS) + 2
    assert needs.rows[2][:3] == ("Drugs", "in part", "none")
    assert descriptors.column("Services that answer it") == [1, 0, 1, 0, 0, 0]


@unhurried
@given(some_ground())
def test_a_need_is_missing_exactly_where_its_own_table_is_empty(ground: Ground) -> None:
    for gap in unanswered(ground, Query(HERE)).needs:
        cells = coverage_of(ground, Query(HERE, needs=(gap.need,))).cells
        assert set(gap.missing) == {(cell.band, cell.level) for cell in cells if not cell.distinct}
