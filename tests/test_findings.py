"""Findings for commissioners: each kind on a small pathway, and what the shipped content gives."""

from __future__ import annotations

import json
import time
from typing import get_args

import pytest
from golden.shipped import PROFILES
from golden.shipped import directory as shipped
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pathways import large_pathway, pathway, service

from app.graph import UnknownArea, graph_of
from app.journeys import HEADINGS, Finding, FindingKind, findings, findings_as_text
from app.model import Directory, Route


def found(directory: Directory, kind: FindingKind, area: str = "here") -> list[Finding]:
    return [finding for finding in findings(directory, area) if finding.kind == kind]


def said(directory: Directory, kind: FindingKind, area: str = "here") -> list[str]:
    return [finding.sentence for finding in found(directory, kind, area)]


def with_ways_in(directory: Directory, **levels: tuple[int, ...]) -> Directory:
    """The directory with gateways that are the usual way in at these levels."""
    gateways = tuple(
        gateway.model_copy(update={"way_in_at": levels.get(gateway.id, ()), "levels": levels.get(gateway.id, ())})
        for gateway in directory.gateways
    )
    return directory.model_copy(update={"gateways": gateways})


# ways in


def test_a_service_behind_a_stage_that_nobody_comes_to_is_unreachable() -> None:
    directory = pathway("school:setting panel", "", "panel>help school>other")
    assert said(directory, "unreachable-service") == [
        "Help cannot be reached: its ways in begin at Panel, and no recorded step leads there."
    ]
    (finding,) = found(directory, "unreachable-service")
    assert [place.id for place in finding.places] == ["here/help"]
    assert [(edge.start, edge.end) for edge in finding.edges] == [("panel", "here/help")]


def test_a_stage_that_no_journey_comes_to_is_told_with_what_leads_there() -> None:
    directory = pathway("school:setting panel meeting:meeting criminal:court power:power", "panel>meeting")
    assert said(directory, "stage-without-way-in") == [
        "No step leads to Panel: the source does not say who brings a child there.",
        "Meeting has ways in only from Panel, and no recorded step leads there.",
    ]


def test_a_route_that_is_not_recorded_is_told_of_services_in_use() -> None:
    directory = pathway("school:setting").model_copy(
        update={"services": (service("here/help"), service("here/old", status="historic"), service("here/plan", status="proposed"))}
    )
    assert said(directory, "route-not-recorded") == ["How a family reaches Help is not recorded."]


def test_a_profile_without_a_route_whose_stage_is_on_the_map_says_so() -> None:
    assert "How a family reaches FDAC is not recorded. The map shows it as the stage 'Family Drug and Alcohol Court (FDAC)'." in said(
        shipped(), "route-not-recorded", "walsall"
    )


def test_the_seven_profiles_without_a_route_are_found() -> None:
    told = {finding.places[0].id for finding in found(shipped(), "route-not-recorded", "warwickshire")}
    assert {name for name in told if name in PROFILES} == {
        f"warwickshire/{slug}"
        for slug in (
            "childrens-centres", "domestic-abuse-refuge", "domestic-abuse-support", "drug-alcohol-esh-works", "family-nurse-partnership",
            "health-visiting", "school-nursing",
        )
    }  # fmt: skip


# bypass and single points


def bypass(steps: str, routes: str) -> list[str]:
    return said(with_ways_in(pathway("school:setting caf hub:door care", steps, routes), caf=(2, 3), hub=(4,)), "bypass")


def test_a_service_behind_a_coordinating_gateway_is_no_bypass() -> None:
    assert bypass("school>caf caf>care", "care>help") == []


def test_a_second_way_past_the_coordinating_gateways_is_a_bypass() -> None:
    assert bypass("school>caf caf>care school>care", "care>help caf>other") == [
        "Help can be reached without Caf or Hub: School, Care, Help."
    ]


def test_a_bypass_says_what_its_surest_way_rests_on() -> None:
    assert bypass("school>caf caf>care school~care school>care?", "care>help") == [
        "Help can be reached without Caf or Hub (only by a signpost): School, Care, Help."
    ]
    assert bypass("school>caf caf>care school>care?", "care>help") == [
        "Help can be reached without Caf or Hub (only by a step that no source states): School, Care, Help."
    ]


def test_the_surest_way_past_may_be_longer_than_the_shortest() -> None:
    directory = with_ways_in(pathway("school:setting caf a b", "school>b? school>a a>b caf>b", "b>help"), caf=(2,))
    assert said(directory, "bypass") == ["Help can be reached without Caf: School, A, B, Help."]


def test_services_of_other_levels_are_not_coordinated() -> None:
    directory = with_ways_in(pathway("school:setting caf", "school>caf"), caf=(2, 3))
    route = Route(gateway="school")
    services = (
        service("here/one", route, levels=(1,)), service("here/two", route, levels=(1, 2)), service("here/three", route, levels=(3,)),
        service("here/unknown", route),
    )  # fmt: skip
    assert said(directory.model_copy(update={"services": services}), "bypass") == [
        "Two can be reached without Caf: School, Two. It also works at level 1, below those gateways.",
        "Three can be reached without Caf: School, Three.",
        "Unknown can be reached without Caf: School, Unknown.",
    ]


def test_an_area_without_coordinating_gateways_says_that_nothing_can_be_said() -> None:
    assert said(shipped(), "bypass", "walsall") == [
        "No gateway of Walsall is recorded as the usual way in at a level, so nobody can say what goes past it."
    ]


def test_warwickshire_s_bypasses_are_those_that_do_not_need_caf_priority_families_or_mash() -> None:
    graph = graph_of(shipped(), "warwickshire")
    told = {finding.places[0].id for finding in found(shipped(), "bypass", "warwickshire")}
    past = graph.reachable(*(place.id for place in graph.starts), past=["caf", "priority-families", "mash"])
    running = {name for name in past if name in graph.services and graph.services[name].is_running}
    assert told == running - {"warwickshire/common-assessment-framework"}  # CAF itself is reached from a school
    behind = {"caf-family-support-workers", "mental-health-interventions-school-children", "priority-families-family-support-workers"}
    assert not told & {f"warwickshire/{slug}" for slug in behind}
    assert (
        "Attendance, Compliance and Enforcement Team can be reached without CAF, Priority Families or MASH: "
        "School, Attendance, Compliance and Enforcement Team."
    ) in said(shipped(), "bypass", "warwickshire")


def test_gateways_on_which_services_depend() -> None:
    directory = pathway("school:setting hub:door caf care", "school>caf hub>caf caf>care", "care>help caf>more hub>free school>free")
    assert said(directory, "single-point-of-failure") == [
        "Every recorded way to Help and More passes Caf.", "Every recorded way to Help passes Care.",
    ]  # fmt: skip
    (caf, _) = found(directory, "single-point-of-failure")
    assert [(edge.start, edge.end) for edge in caf.edges] == [("caf", "care"), ("caf", "here/more")]


def test_a_setting_is_where_a_way_begins() -> None:
    assert said(pathway("school:setting", "", "school>help"), "single-point-of-failure") == ["Every recorded way to Help begins at School."]


def test_a_gateway_is_no_single_point_for_its_own_profile() -> None:
    assert not any("passes Multiagency" in sentence for sentence in said(shipped(), "single-point-of-failure", "warwickshire"))


def test_caf_is_a_single_point_of_warwickshire() -> None:
    (caf,) = [each for each in found(shipped(), "single-point-of-failure", "warwickshire") if each.places[0].id == "caf"]
    assert [place.id.partition("/")[2] for place in caf.places[1:]] == [
        "caf-family-support-workers", "mental-health-interventions-school-children", "priority-families-family-support-workers",
        "priority-families",
    ]  # fmt: skip


# down and on


def test_a_stage_stepped_up_to_without_any_way_down() -> None:
    directory = pathway("school:setting care plan order home", "school>care care^plan plan^order carevschool order>home")
    assert said(directory, "no-way-down") == [
        "From Plan no way down is recorded, although a child is stepped up to it.",
        "From Order no way down is recorded, although a child is stepped up to it.",
    ]


def test_a_way_down_may_lead_through_other_stages() -> None:
    assert said(pathway("school:setting care plan home", "school^care care^plan plan>care carevhome"), "no-way-down") == []


def test_a_stage_that_steps_up_and_never_down() -> None:
    kinds = "school:setting family:self criminal:court hub:door plan:plan court:court"
    steps = "school^hub family^hub criminal^hub hub^plan plan^court court^plan hubvschool"
    assert said(pathway(kinds, steps), "step-up-without-step-down") == [
        "Plan steps up to Court, and no step down from it is recorded.",
        "Court steps up to Plan, and no step down from it is recorded.",
    ]


def test_a_stage_from_which_nothing_leads_on() -> None:
    directory = pathway("school:setting panel home end", "school>panel panelvhome school>end", "panel>help")
    assert said(directory, "no-way-on") == ["No step leads on from End: what follows is not recorded."]


def test_a_programme_with_a_profile_is_help_itself() -> None:
    assert "early-start" not in {finding.places[0].id for finding in found(shipped(), "no-way-on", "leeds")}


def test_leeds_has_no_way_down_from_its_assessment() -> None:
    assert said(shipped(), "no-way-down", "leeds") == [
        "From Initial assessment no way down is recorded, although a child is stepped up to it."
    ]


# loops


def test_a_loop_without_a_step_down_is_found_and_one_with_it_is_not() -> None:
    directory = pathway("a:setting b c d", "a>b b>c c>a c^d dvc")
    assert said(directory, "loop") == ["A child can go round without a step down: A to B to C to A."]


def test_a_longer_loop_over_the_same_places_is_not_told_again() -> None:
    assert len(said(pathway("a:setting b c", "a>b b>a b>c c>a"), "loop")) == 1


def test_a_loop_says_what_it_rests_on() -> None:
    assert said(pathway("a:setting b", "a>b b>a?"), "loop") == [
        "A child can go round without a step down: A to B to A. It rests on an assumed step: B to A."
    ]
    assert said(pathway("a:setting b", "a>b b>a? b>a"), "loop") == ["A child can go round without a step down: A to B to A."]


# doubt


def test_a_stage_whose_every_way_in_is_in_doubt() -> None:
    directory = pathway("school:setting panel:panel meeting", "school>panel?? panel>meeting school>meeting???")
    assert said(directory, "rests-on-doubt") == [
        "No way to Panel is stated whole: the shortest rests on a proposed step: School to Panel.",
        "No way to Meeting is stated whole: the shortest rests on a recommended step: School to Meeting.",
    ]


def test_a_signpost_is_no_doubt_that_a_way_exists() -> None:
    assert said(pathway("school:setting panel", "school~panel"), "rests-on-doubt") == []


def test_a_single_door_in_doubt_is_told_where_another_is_not() -> None:
    directory = pathway("school:setting panel", "school>panel?", "school>help panel>help school>more? school>more")
    assert said(directory, "rests-on-doubt") == [
        "No way to Panel is stated whole: the shortest rests on an assumed step: School to Panel.",
        "The way to Help through Panel rests on an assumed step: School to Panel.",
        "The way to More through School rests on an assumed step: School to More.",
    ]


def test_a_service_whose_every_way_is_in_doubt() -> None:
    assert said(pathway("school:setting", "", "school>help?"), "rests-on-doubt") == [
        "No way to Help is stated whole: the shortest rests on an assumed step: School to Help."
    ]


def test_a_way_down_in_doubt_names_its_doubtful_steps() -> None:
    directory = pathway("school:setting care plan", "school^care care^plan plan>care? carevschool??")
    assert said(directory, "rests-on-doubt") == [
        "No way down from Care is stated whole: the nearest rests on a proposed step: Care to School.",
        "No way down from Plan is stated whole: the nearest rests on proposed and assumed steps: Plan to Care and Care to School.",
    ]


def test_a_longer_way_down_that_is_stated_is_enough() -> None:
    directory = pathway("school:setting care plan", "school^care carevschool?? care>plan planvschool")
    assert not any("No way down" in sentence for sentence in said(directory, "rests-on-doubt"))


def test_the_proposed_panels_of_warwickshire_are_found() -> None:
    told = said(shipped(), "rests-on-doubt", "warwickshire")
    assert "No way to Local early help panel is stated whole: the shortest rests on a proposed step: CAF to Early help panel." in told
    assert (
        "No way down from Child in need (section 17) is stated whole: the nearest rests on a proposed step: Section 17 to Early help panel."
        in told
    )
    assert any("Family Matters" in sentence for sentence in told)


# as a whole


def test_a_sound_pathway_has_nothing_to_be_found() -> None:
    directory = with_ways_in(pathway("school:setting hub:door caf", "school>caf hub>caf caf>hub hubvschool", ""), caf=(2,))
    assert [finding.kind for finding in findings(directory, "here")] == ["loop"]
    assert findings_as_text(()) == "Nothing was found.\n"


def test_every_kind_has_its_heading_and_its_place() -> None:
    assert tuple(HEADINGS) == get_args(FindingKind)
    for area in shipped().area_by_id:
        kinds = [list(HEADINGS).index(finding.kind) for finding in findings(shipped(), area)]
        assert kinds == sorted(kinds)


def test_every_finding_names_its_places_and_steps_in_a_sentence() -> None:
    for area in shipped().area_by_id:
        graph = graph_of(shipped(), area)
        for finding in findings(shipped(), area):
            assert finding.sentence.endswith(".")
            assert finding.places or (finding.kind == "bypass" and "nobody can say" in finding.sentence)
            assert set(finding.places) <= set(graph.places.values())
            assert set(finding.edges) <= set(graph.edges)


def test_findings_are_printed_under_their_headings() -> None:
    text = findings_as_text(findings(pathway("school:setting panel end", "school>end", "panel>help"), "here"))
    assert text == """\
Services that nobody can reach (1)
  - Help cannot be reached: its ways in begin at Panel, and no recorded step leads
    there.

Stages without a way in (1)
  - No step leads to Panel: the source does not say who brings a child there.

Services that can be reached past every coordinating gateway (1)
  - No gateway of Here is recorded as the usual way in at a level, so nobody can say
    what goes past it.

Stages from which nothing leads on (1)
  - No step leads on from End: what follows is not recorded.
"""


def test_the_json_of_a_finding() -> None:
    (finding,) = found(pathway("school:setting panel", "", "panel>help"), "unreachable-service")
    assert json.loads(json.dumps(finding.to_json())) == {
        "kind": "unreachable-service",
        "sentence": "Help cannot be reached: its ways in begin at Panel, and no recorded step leads there.",
        "places": ["here/help"],
        "steps": [
            {
                "from": "panel", "to": "here/help", "kind": "refer", "status": "stated in the source",
                "sources": [{"document": "paper", "section": "1"}],
            }
        ],
    }  # fmt: skip


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(UnknownArea):
        findings(shipped(), "nowhere")


def test_the_findings_of_two_thousand_places_come_in_time() -> None:
    began = time.perf_counter()
    assert findings(large_pathway(), "here")
    assert time.perf_counter() - began < 30  # usually 1


NAMES = ("a", "b", "c", "d", "e")
PAIRS = [(one, other) for one in NAMES for other in NAMES if one != other]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(">^v~"), st.sampled_from(["", "?", "??"])), max_size=12),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["one", "two"])), max_size=4),
    st.sets(st.sampled_from(NAMES[1:]), max_size=2),
)
def test_findings_are_true_of_any_pathway(
    steps: list[tuple[tuple[str, str], str, str]], doors: list[tuple[str, str]], coordinating: set[str]
) -> None:
    made = pathway(
        "a:setting b:door c:plan d e:court",
        " ".join(f"{one}{sign}{other}{doubt}" for (one, other), sign, doubt in steps),
        " ".join(f"{name}>{service}" for name, service in doors),
    )
    directory = with_ways_in(made, **dict.fromkeys(coordinating, (2,)))
    graph = graph_of(directory, "here")
    starts = [place.id for place in graph.starts]
    reached, past = graph.reachable(*starts), graph.reachable(*starts, past=coordinating)
    by_kind: dict[str, set[str]] = {}
    for finding in findings(directory, "here"):
        if finding.places:
            by_kind.setdefault(finding.kind, set()).add(finding.places[0].id)
    assert by_kind.get("unreachable-service", set()) == {name for name in graph.services if name not in reached}
    assert by_kind.get("stage-without-way-in", set()) == {name for name in graph.gateways if name not in reached}
    assert by_kind.get("bypass", set()) == ({name for name in graph.services if name in past} if coordinating else set())
    assert by_kind.get("no-way-on", set()) == {
        name
        for name in graph.gateways
        if not list(graph.out(name)) and not any(edge.kind == "step-down" for edge in graph.into(name))
    }
