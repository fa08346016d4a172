"""What rests on one service, one provider, one worker or one payer; and what stands behind one gateway."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from app.gaps import Ground, Query, SinglePoints, coverage_of, single_points
from app.gaps.payers import payers_of
from app.gaps.single_points import one_worker
from app.model import ALERT_ORDER, Capacity, Route, ServiceNeeds

from .made import HERE, ages, ground_of, service, some_ground, unhurried

GOLDEN = """
Risk of coming into care                          one provider  12  Warwickshire County Council
Domestic abuse                                    one payer     18  Warwickshire County Council Community Safety & Substance Misuse
Risk of coming into care                          one service    3  Targeted Support for Young People
Family relationship breakdown                     one provider  12  Warwickshire County Council
Teenage pregnancy and young parents               one service   20  Family Nurse Partnership
Alcohol misuse by a parent or other adult at home one service    6  Drug and Alcohol Misuse Service (Addaction)
Drug misuse by a parent or other adult at home    one service    6  Drug and Alcohol Misuse Service (Addaction)
Substance misuse (who is not stated)              one service    6  Drug and Alcohol Misuse Service (Addaction)
"""


def test_the_gravest_points_of_warwickshire_in_their_order(ground: Ground, county: Query) -> None:
    kinds = {"service": "one service", "provider": "one provider", "payer": "one payer", "worker": "one worker"}
    points = [point for point in single_points(ground, county).points if point.grade]
    lines = [f"{point.label:<49} {kinds[point.kind]:<12} {len(point.cells):>3}  {point.on}" for point in points]
    assert "\n".join(lines) == GOLDEN.strip("\n")


def test_two_services_are_one_worker_by_the_sources_words(ground: Ground, county: Query) -> None:
    found = single_points(ground, county)
    words = {worker.name: worker.words for worker in found.workers}
    assert words["Systemic Family Work"] == "One full-time worker, at full capacity at all times"
    assert words["Triple P (Diversion from Care)"].startswith("One worker gives one-to-one Triple P to parents")
    assert "2 services are one worker by the source's own words: Systemic Family Work and Triple P (Diversion from Care)." in found.findings


WORDS = [
    ("One worker gives help", None, "One worker gives help"),
    ("Help", "One full-time worker; more are wanted.", "One full-time worker"),
    ("Help", "Has one systemic practitioner for all", "one systemic practitioner for all"),
    ("Help from one-to-one workers", None, ""),
    ("A worker from each team, one of them senior", None, ""),
    ("Help", "One vacancy. Four workers.", ""),
    ("None of the workers", None, ""),
]


@pytest.mark.parametrize(("summary", "note", "words"), WORDS)
def test_one_worker_only_where_the_source_says_so(summary: str, note: str | None, words: str) -> None:
    capacity = Capacity(state="limited", note=note) if note else None
    assert one_worker(service("One", summary=summary, capacity=capacity)) == words


def made(*services: object) -> SinglePoints:
    return single_points(ground_of(*services), Query(HERE))  # type: ignore[arg-type]


def told(found: SinglePoints) -> list[tuple[str, str, str, int]]:
    return [(point.need, point.kind, point.on, len(point.cells)) for point in found.points]


def test_one_service_is_told_without_its_provider_and_payer() -> None:
    found = made(service("One", provider="A Charity", commissioner="The Council"))
    assert told(found) == [("school", "service", "One", 3)]
    assert found.points[0].words == "School rests on one service at level 2: One."


def test_one_worker_is_told_beside_the_service() -> None:
    found = made(service("One", summary="One worker who helps."))
    assert told(found) == [("school", "service", "One", 3), ("school", "worker", "One (one worker who helps)", 3)]


def test_several_services_may_rest_on_one_provider_or_one_payer() -> None:
    same = {"provider": "A Charity", "commissioner": "The Council"}
    assert told(made(service("One", **same), service("Two", **same))) == [
        ("school", "provider", "A Charity", 3), ("school", "payer", "The Council", 3),
    ]  # fmt: skip


def test_an_unknown_provider_or_a_second_payer_is_no_single_point() -> None:
    assert told(made(service("One", provider="A Charity"), service("Two"))) == []
    assert told(made(service("One", commissioner="Health"), service("Two", funders=("Health", "Schools")))) == []


def test_cells_of_several_sizes_of_the_same_thing_stand_together() -> None:
    found = made(
        service("Wide", provider="A Charity", levels=(2, 3), ages=ages(0, 10)),
        service("Narrow", provider="A Charity", levels=(2,), ages=ages(0, 10)),
        service("Third", provider="A Charity", levels=(2,), ages=ages(5, 10)),
    )
    assert told(found) == [("school", "service", "Wide", 2), ("school", "provider", "A Charity", 2)]
    assert found.points[0].cells == (("0-4", 3), ("5-10", 3))
    assert set(found.points[1].services) == {f"{HERE}/wide", f"{HERE}/narrow", f"{HERE}/third"}


def test_graver_needs_come_first() -> None:
    found = made(
        service("Many", levels=(1, 2, 3, 4), ages=ages(0, 25)),
        service("Grave", levels=(2,), needs=ServiceNeeds(main=("abuse-at-home",))),
    )
    assert [point.need for point in found.points] == ["abuse", "abuse-at-home", "school"]
    assert [ALERT_ORDER[point.grade] for point in found.points] == ["urgent", "urgent", "none"]


def test_services_behind_one_gateway_and_needs_met_only_there(ground: Ground, county: Query) -> None:
    gateways = {point.gateway: point for point in single_points(ground, county).gateways}
    assert "warwickshire/caf-family-support-workers" in gateways["caf"].services
    assert "warwickshire/common-assessment-framework" not in gateways["caf"].services  # its own profile
    # MHISC is behind the CAF, but CAMHS, whose route is not recorded, has the same need
    assert gateways["caf"].needs == ()


def test_a_need_met_only_behind_one_gateway_is_named() -> None:
    found = made(
        service("Behind", reached_by=(Route(gateway="door"),), needs=ServiceNeeds(main=("drugs",))),
        service("Open", needs=ServiceNeeds(main=("school",))),
    )
    assert [(point.gateway, point.services, point.needs) for point in found.gateways] == [("door", (f"{HERE}/behind",), ("drugs",))]
    assert found.gateways[0].words == "Every recorded way to Behind passes Door. No other service has drugs as its main purpose."


def test_an_area_without_levels_says_what_cannot_be_said(ground: Ground) -> None:
    found = single_points(ground, Query("walsall"))
    assert found.points == ()
    assert found.findings[0] == "No threshold scheme is recorded for Walsall, so nobody can say what rests on one service at a level."
    assert found.gateways


def test_the_json_and_the_tables(ground: Ground, county: Query) -> None:
    found = single_points(ground, county)
    data = json.loads(json.dumps(found.to_json()))
    assert len(data["points"]) == len(found.points)
    assert data["points"][0]["cells"][0] == {"band": found.points[0].cells[0][0], "level": found.points[0].cells[0][1]}
    assert [each["service"] for each in data["one_worker"]] == [worker.service for worker in found.workers]
    points, workers, gateways = found.tables()
    assert points.rows[1][4] == "all ages at levels 2 to 4"
    assert len(workers.rows) == 2
    assert len(gateways.rows) == len(found.gateways)


@unhurried
@given(some_ground())
def test_every_point_rests_on_what_it_says_and_none_is_missed(ground: Ground) -> None:
    found = single_points(ground, Query(HERE))
    told_of = {(point.need, band, level, point.kind) for point in found.points for band, level in point.cells}
    for need in ground.directory.vocabulary.needs:
        for cell in coverage_of(ground, Query(HERE, needs=(need.id,))).cells:
            services = list(ground.services_of(cell.ways.reaching))
            key = (need.id, cell.band, cell.level)
            assert ((*key, "service") in told_of) == (len(services) == 1)
            providers, payers = {each.provider for each in services}, {payers_of(each) for each in services}
            one_provider = len(services) > 1 and len(providers) == 1 and None not in providers
            assert ((*key, "provider") in told_of) == one_provider
            assert ((*key, "payer") in told_of) == (len(services) > 1 and len(payers) == 1 and len(next(iter(payers))) == 1)
