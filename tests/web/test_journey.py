"""From here to there: ways as numbered steps, what a no leads to, no way as a finding, and addresses that cannot be used."""

from __future__ import annotations

from typing import Any

import pytest

from app.journeys import journey
from app.model import Directory

from .inspector import Page, Visitor

ADDRESS = "/journey?from=school&to=family-matters&area=warwickshire"


def ways(page: Page) -> list[list[str]]:
    """The steps of each way as the page shows them."""
    lists = [each for each in page.all("ol") if each.get("class") == "way"]
    return [[page.text(next(iter(item))) for item in each] for each in lists]


def test_each_way_is_numbered_steps_the_shortest_first(real: Visitor, directory: Directory) -> None:
    page = real.get(ADDRESS)
    assert page.h1 == "From School to Family Matters"
    assert ways(page)[0] == [
        "School: point to Children's social care", "Children's social care: refer to Edge of care meeting assumed",
        "Edge of care meeting: refer to Family Matters",
    ]  # fmt: skip
    lengths = [len(way) for way in ways(page)]
    assert lengths == sorted(lengths)
    assert len(lengths) == 5
    assert "There may be more." in page.text()


def test_each_step_says_condition_consent_time_who_acts_and_how_sure(real: Visitor, directory: Directory) -> None:
    text = real.get(ADDRESS).text()
    found = journey(directory, "warwickshire", "school", "family-matters")
    for way in found.ways:
        assert way.sentence in text
        for step in way.steps:
            for value in (step.edge.condition, step.consent, step.edge.time_limit, step.edge.who_acts):
                assert value is None or value in text
            for other in step.others:
                assert (other.condition or "Not recorded") in text
    assert "How sureStated in the source:" in text.replace("How sure Stated", "How sureStated")
    assert "Assumed by the editors, as no source states it" in text
    assert "Consent and time limit" in text, "what is not recorded is named"


def test_a_step_that_an_earlier_way_has_told_leads_back_to_it(real: Visitor) -> None:
    page = real.get(ADDRESS)
    back = [(words, address) for words, address in page.links(page.section("way-2")) if words.startswith("as in way")]
    assert ("as in way 1, step 1", "#way-1-step-1") in back


def test_the_alternatives_are_explained_side_by_side(real: Visitor) -> None:
    page = real.get(ADDRESS)
    glance = page.text(page.section("glance"))
    assert "School → CAF → Social care → Edge of care meeting → Family Matters" in glance
    assert "Only after an assessment: CAF and Social care." in glance
    assert "Consent at step 1: The parents or the young person agree." in glance


def test_what_follows_when_consent_is_refused_comes_from_the_data(real: Visitor) -> None:
    page = real.get(ADDRESS)
    refused = page.section("refused")
    assert "If so, the child is referred to children's social care." in page.text(refused)
    assert "/pathways/warwickshire/childrens-social-care" in [address for _, address in page.links(refused)]
    nobody = real.get("/journey?from=police&to=warwickshire/youth-justice-service")
    assert "the sources name no place at which consent is asked" in nobody.text()


def test_no_way_is_a_finding_with_the_nearest_help(real: Visitor) -> None:
    page = real.get("/journey?from=school&to=warwickshire/camhs")
    assert "Route not recorded: the source does not say how a family reaches Child and Adolescent Mental Health Services" in page.text()
    assert page.has_id("instead")
    assert "Instead: to Mental Health Interventions for School Children" in page.headings("h2")
    assert ways(page)[0][0] == "School: refer to Common Assessment Framework (CAF)"


def test_a_closed_way_is_told(real: Visitor) -> None:
    page = real.get("/journey?from=looked-after&to=walsall/edge-of-care-team")
    assert "edge of care" in page.text(next(each for each in page.all("p") if each.get("class") == "gap")).lower()


@pytest.mark.parametrize(
    "address",
    [
        "/journey?to=family-matters", "/journey?to=warwickshire/family-matters", "/journey?from=&to=family-matters&area=",
        "/journey?from=warwickshire/school&to=family-matters", "/journey?from=school&from=school&to=family-matters",
    ],
)  # fmt: skip
def test_a_journey_begins_at_a_school_unless_told_and_a_place_has_many_names(real: Visitor, address: str) -> None:
    assert real.get(address).h1 == "From School to Family Matters"


@pytest.mark.parametrize(("area", "first"), [("walsall", "Health professional"), ("leeds", "Front Door")])
def test_an_area_without_a_stage_called_school_has_its_own_first_start(
    real: Visitor, directory: Directory, area: str, first: str
) -> None:
    service = next(service for service in directory.services if service.area == area)
    assert real.get(f"/journey?to={service.id}").h1.startswith(f"From {first} to ")


def test_a_journey_may_lead_to_a_stage(real: Visitor) -> None:
    assert real.get("/journey?from=school&to=section-47&area=warwickshire").h1 == "From School to Child protection procedures (section 47)"


def test_the_form_works_without_a_script_and_keeps_what_was_chosen(real: Visitor, directory: Directory) -> None:
    page = real.get(ADDRESS)
    (form,) = page.all("form")
    assert (form.get("action"), form.get("method")) == ("/journey", "get")
    assert (page.selected("journey-from"), page.selected("journey-to")) == ("school", "warwickshire/family-matters")
    services = {service.id for service in directory.services if service.area == "warwickshire"}
    stages = {gateway.id for gateway in directory.gateways if gateway.area == "warwickshire"}
    assert set(page.options("journey-to")) == {"", *services, *stages}
    assert set(page.options("journey-from")) == stages
    empty = real.get("/journey")
    assert empty.h1 == "From here to there"
    assert empty.selected("journey-from") == "school"
    assert ("Walsall", "/journey?area=walsall") in empty.links(empty.main)


BAD = [
    ("from=skool&to=family-matters", "From 'skool' is not a stage or a service of Warwickshire; did you mean 'school'?"),
    ("from=school&to=famly-matters", "of Warwickshire; did you mean 'warwickshire/family-matters'"),
    ("from=school&to=walsall/fdac&area=warwickshire", "To 'walsall/fdac' is in Walsall, not in Warwickshire; no journey goes from one"),
    ("from=warwickshire/school&to=walsall/fdac", "is in Warwickshire, not in Walsall; no journey goes from one area into another"),
    ("from=school&to=school", "School is both the start and the end of this journey: you are there already."),
    ("from=caf&to=warwickshire/caf", "is both the start and the end of this journey"),
    ("from=school&to=caf&area=nowhere", "Area ‘nowhere’ is not an area here"),
    ("from=school&from=caf&to=mash", "From ‘caf’ is a second one: a journey has one start, one end and one area"),
    ("from=school&to=caf&level=3", "Level is not a part of a journey; the parts are from, to, area"),
    ("to=%3Cscript%3E", "is not a stage or a service of Warwickshire"),
    ("from=%E2%80%AE&to=caf", "is not a stage or a service of Warwickshire"),
    (f"to={'x' * 5000}", "is not a stage or a service of Warwickshire"),
    ("from=skool&to=nope", "To 'nope' is not a stage or a service of Warwickshire"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "words"), BAD, ids=[query[:40] for query, _ in BAD])
def test_an_address_that_cannot_be_used_says_which_part_and_why(real: Visitor, query: str, words: str) -> None:
    page = real.get(f"/journey?{query}", 400)
    assert words in page.text()
    assert ways(page) == []
    assert page.all("select"), "the form is there to choose again"
    assert "x" * 200 not in page.html
    twin = real.json(f"/journey.json?{query}", 400)
    assert (twin["ways"], twin["finding"]) == ([], None)
    assert twin["problems"]


def test_both_ends_are_told_when_both_are_wrong(real: Visitor) -> None:
    assert len(real.json("/journey.json?from=skool&to=nope", 400)["problems"]) == 2


def test_what_can_still_be_used_of_a_bad_address_is_kept_in_the_form(real: Visitor) -> None:
    page = real.get("/journey?from=skool&to=family-matters", 400)
    assert (page.selected("journey-from"), page.selected("journey-to")) == ("school", "warwickshire/family-matters")


def test_the_twin_keeps_its_promise(real: Visitor, directory: Directory) -> None:
    twin = real.json(ADDRESS.replace("/journey?", "/journey.json?"))
    assert twin["finding"] is None
    assert twin["problems"] == []
    expected: dict[str, Any] = journey(directory, "warwickshire", "school", "family-matters").to_json()
    assert twin["ways"] == expected["ways"]
    assert {"from", "to", "kind", "condition", "consent", "time_limit", "source"} <= twin["ways"][0]["steps"][0].keys()
    page = real.get(ADDRESS)
    assert [len(way["steps"]) for way in twin["ways"]] == [len(way) for way in ways(page)]
    assert "is missing" in real.json("/journey.json", 400)["problems"][0]["words"]


def test_every_service_of_every_area_has_an_answer_from_every_start(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        page = real.get(f"/journey?to={service.id}")
        text = page.text()
        assert ways(page) or page.has_id("instead") or "not recorded" in text or "No way is recorded" in text or "already" in text
        if not service.reached_by:
            assert "Route not recorded" in text


def test_a_way_that_begins_later_says_from_when(real: Visitor) -> None:
    assert "MASH: from May 2016." in real.get("/journey?from=school&to=mash&area=warwickshire").text()
