"""From where you are to the help: ways, what is special about each, and what is said where there is none."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from golden.shipped import PROFILES
from golden.shipped import directory as shipped
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pathways import SOURCE, gateway, large_pathway, pathway, service, step

from app.graph import LONGEST_WAY, MOST_WAYS, graph_of
from app.journeys import Journey, OtherArea, UnknownArea, UnknownPlace, journey, journey_as_text, outline
from app.model import Directory, Route

GOLDEN = Path(__file__).parent / "golden" / "journeys-23-profiles.txt"
NOT_RECORDED = "route not recorded"


def ask(directory: Directory, start: str, end: str) -> Journey:
    return journey(directory, "here", start, end)


def warwickshire(start: str, end: str) -> Journey:
    return journey(shipped(), "warwickshire", start, end)


def routes(found: Journey) -> list[str]:
    return [" ".join([way.steps[0].start.id, *(step.end.id.rpartition("/")[2] for step in way.steps)]) for way in found.ways]


def changed(directory: Directory, **gateways: dict[str, Any]) -> Directory:
    """The directory with fields of some gateways changed."""
    records = [record.model_copy(update=gateways.get(record.id.replace("-", "_"), {})) for record in directory.gateways]
    return directory.model_copy(update={"gateways": tuple(records)})


# golden: the 23 profiles of Warwickshire, read from the source by hand


def expected() -> dict[str, list[str]]:
    """For each profile the gateways that its source names; none where it names none."""
    found: dict[str, list[str]] = {}
    slug = ""
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("  ") and line.strip() != NOT_RECORDED:
            found[slug].append(line.split("|")[0].strip())
        elif line and not line.startswith(("#", "  ")):
            slug = f"warwickshire/{line}"
            found[slug] = []
    return found


EXPECTED = expected()


def test_the_golden_file_speaks_of_the_23_profiles_and_no_others() -> None:
    assert set(EXPECTED) == set(PROFILES)
    assert len(EXPECTED) == 23
    assert sum(not gateways for gateways in EXPECTED.values()) == 7


@pytest.mark.parametrize("profile", PROFILES)
def test_a_profile_is_reached_by_exactly_the_routes_it_states(profile: str) -> None:
    graph = graph_of(shipped(), "warwickshire")
    for name in graph.gateways:
        found = warwickshire(name, profile)
        straight = [way for way in found.ways if len(way.steps) == 1]
        assert len(straight) == (1 if name in EXPECTED[profile] else 0), f"straight from {name}"
        for way in found.ways:
            assert way.steps[-1].start.id in EXPECTED[profile]


@pytest.mark.parametrize("profile", [name for name in PROFILES if not EXPECTED[name]])
def test_a_profile_without_a_route_says_so_from_everywhere(profile: str) -> None:
    for name in graph_of(shipped(), "warwickshire").gateways:
        found = warwickshire(name, profile)
        assert found.ways == ()
        assert found.finding is not None
        assert found.finding.startswith("Route not recorded: the source does not say how a family reaches ")


@pytest.mark.parametrize("profile", [name for name in PROFILES if EXPECTED[name]])
def test_a_profile_with_a_route_is_reached_from_some_start(profile: str) -> None:
    starts = graph_of(shipped(), "warwickshire").starts
    found = [warwickshire(place.id, profile) for place in starts]
    assert any(each.ways for each in found)
    assert all(each.finding is None for each in found if each.ways)


# golden: ways as indented lines that a social worker can check


@pytest.mark.parametrize(
    ("area", "start", "end", "lines"),
    [
        (
            "warwickshire", "school", "mental-health-interventions-school-children",
            """
School
  refer to Common Assessment Framework (CAF)
    refer to Mental Health Interventions for School Children
""",
        ),
        (
            "warwickshire", "self-referral", "drug-alcohol-compass",
            """
The family or young person asks for help
  refer to Drug and Alcohol Misuse Service (Compass)
""",
        ),
        (
            "warwickshire", "caf", "section-31",
            """
Common Assessment Framework (CAF)
  step up to Children's social care
    step up to Care order (section 31)
""",
        ),
        (
            "warwickshire", "school", "priority-families-family-support-workers",
            """
School
  refer to Common Assessment Framework (CAF)
    refer to Priority Families programme
      refer to Priority Families Family Support Workers
""",
        ),
        (
            "warwickshire", "section-31", "return-home",
            """
Care order (section 31)
  refer to Review for a child in care (CLA review) (assumed)
    step down to Return home from care
""",
        ),
        (
            "walsall", "childrens-social-care", "edge-of-care-team",
            """
Children's social care
  refer to C & F assessment
    step up to Child in need
      refer to Edge of Care Team
""",
        ),
        (
            "walsall", "plo-panel", "care-order",
            """
PLO panel
  step up to Pre-proceedings
    step up to Care proceedings
      step up to Care order
""",
        ),
        (
            "leeds", "police", "initial-assessment",
            """
Police
  refer to Children's Social Work Service
    step up to Initial assessment
""",
        ),
    ],
)  # fmt: skip
def test_the_shortest_way_in_indented_lines(area: str, start: str, end: str, lines: str) -> None:
    found = journey(shipped(), area, start, end)
    assert outline(found.ways[0]) == lines.strip("\n")


def test_the_whole_journey_is_printed_with_conditions_consent_and_sources() -> None:
    places = changed(
        pathway("school:setting caf:assessment care:assessment order:order", "school>caf caf^care=refused caf^care=complex"),
        caf={"name": "Common assessment", "short": "CAF", "consent": "The parents agree.", "if_refused": "The child may go to care."},
    )
    more = (
        step("care", "step-up", "order", "???", time_limit="26 weeks", who_acts="The court", condition="It is not safe at home"),
        step("school", "refer", "caf", consent="The parents agree", condition="Somebody is worried"),
    )
    directory = places.model_copy(update={"steps": (*places.steps[1:], *more)})
    assert journey_as_text(ask(directory, "school", "order")) == """\
From School to Order (Here, as at May 2020)

Way 1. Three steps. Consent at step 1: The parents agree. Only after an assessment: CAF
and Care. Rests on a recommended step: Care to Order.
  1. School: refer to Common assessment
     When: Somebody is worried
     Consent: The parents agree
     Source: Paper (2020), 1
  2. Common assessment: step up to Care
     When: refused
     Or, step up to it: complex
     Source: Paper (2020), 1
  3. Care: step up to Order (recommended)
     When: It is not safe at home
     Time limit: 26 weeks
     Who acts: The court
     Source: Paper (2020), 1
  Not recorded: time limit (steps 1 and 2), who acts (steps 1 and 2), consent (steps 2
     and 3)

If consent is refused
---------------------
- Common assessment: The child may go to care.
    step up to Care
"""


def test_the_alternative_is_printed_below_the_finding_and_so_is_that_there_may_be_more() -> None:
    text = journey_as_text(warwickshire("school", "camhs"))
    assert "Instead, to Mental Health Interventions for School Children. Two steps." in text
    assert "  2. Common Assessment Framework (CAF): refer to Mental Health Interventions for School\n     Children\n" in text
    assert "There may be more ways" not in text
    assert journey_as_text(warwickshire("school", "family-matters")).endswith("There may be more ways; these are the shortest.\n")


def test_a_step_that_an_earlier_way_has_told_is_not_told_again() -> None:
    directory = pathway("a b c d", "a>b b>d=late a>c c>b")
    text = journey_as_text(ask(directory, "a", "d"))
    assert text.count("When: late") == 1
    assert "  3. B: refer to D (as in way 1)" in text
    assert text.count("Source: Paper (2020), 1") == 4


# what is special about a way


def test_no_consent_named_is_not_said_to_be_no_consent_needed() -> None:
    (way,) = ask(pathway("a b", "a>b"), "a", "b").ways
    assert way.sentence == "One step. The source names no consent on this way."


def test_the_consent_of_a_gateway_counts_where_the_step_to_it_names_none() -> None:
    directory = changed(pathway("a caf b", "a>caf caf>b"), caf={"consent": "The parents agree"})
    found = ask(directory, "a", "b")
    assert found.ways[0].sentence == "Two steps. Consent at step 1: The parents agree."
    assert [step.consent for step in found.ways[0].steps] == ["The parents agree", None]
    assert found.to_json()["ways"][0]["steps"][0]["consent"] == "The parents agree"


def test_the_alternatives_of_a_school_are_told_apart() -> None:
    found = warwickshire("school", "childrens-social-care")
    assert routes(found) == [
        "school childrens-social-care",
        "school caf childrens-social-care",
        "school mash childrens-social-care",
        "school caf family-support-plan childrens-social-care",
        "school caf-officer caf childrens-social-care",
    ]
    assert [way.sentence for way in found.ways] == [
        "One step. The source names no consent on this way. School to Social care: only a signpost, nobody refers.",
        "Two steps. Consent at step 1: The parents or the young person agree. Only after an assessment: CAF.",
        "Two steps. The source names no consent on this way. Rests on a recommended step: MASH to Social care. MASH: from May 2016.",
        "Three steps. Consent at step 1: The parents or the young person agree. Only after an assessment: CAF.",
        "Three steps. Consent at step 2: The parents or the young person agree to the assessment. Only after an assessment: CAF. "
        "School to CAF officer: only a signpost, nobody refers.",
    ]


def test_a_place_on_the_way_that_began_or_ended_says_when() -> None:
    directory = changed(pathway("a b c", "a>b b>c"), b={"exists_from": "2011-05", "exists_to": "2016"})
    assert ask(directory, "a", "c").ways[0].sentence.endswith("B: from May 2011. B: until 2016.")


def test_several_doubtful_steps_of_a_kind_are_told_together() -> None:
    (way,) = ask(pathway("a b c d e", "a>b? b>c? c>d?? d~e"), "a", "e").ways
    assert way.sentence == (
        "Four steps. The source names no consent on this way. Rests on a proposed step: C to D. "
        "Rests on assumed steps: A to B and B to C. D to E: only a signpost, nobody refers."
    )


def test_the_steps_of_a_way_are_numbered_and_name_their_places_and_source() -> None:
    found = warwickshire("school", "caf-family-support-workers").ways[0].steps
    assert [(step.number, step.start.name, step.end.name) for step in found] == [
        (1, "School", "Common Assessment Framework (CAF)"), (2, "Common Assessment Framework (CAF)", "CAF Family Support Workers"),
    ]  # fmt: skip
    assert found[1].source == (
        "Children Looked After Needs Assessment, Part 2: Focus on Prevention (2016), 3.3.1, CAF Family Support Workers (FSWs)"
    )
    assert found[0].edge.who_acts == "Any trained practitioner in the school"


# consent refused


def test_a_no_at_caf_leads_to_children_s_social_care() -> None:
    found = warwickshire("school", "family-support-plan")
    (refusal,) = found.if_refused
    assert refusal.place.id == "caf"
    assert refusal.consent == "The parents or the young person agree to the assessment."
    assert "the child is referred to children's social care" in refusal.words
    assert {step.end.id for step in refusal.leads_to} == {"childrens-social-care"}
    assert {step.edge.kind for step in refusal.leads_to} == {"step-up"}


def test_a_no_whose_consequence_nobody_recorded_says_so() -> None:
    (refusal,) = warwickshire("childrens-social-care", "section-20").if_refused
    assert (refusal.place.id, refusal.words, refusal.leads_to) == ("section-20", "Not recorded", ())


def test_where_nothing_is_voluntary_nobody_is_told_what_follows_a_no() -> None:
    assert warwickshire("court-direction", "youth-justice").if_refused == ()


def test_a_profile_stands_for_its_stage_when_consent_is_refused() -> None:
    assert [refusal.place.id for refusal in warwickshire("school", "common-assessment-framework").if_refused] == ["caf"]


# no way


def test_walsall_s_looked_after_teams_cannot_use_its_edge_of_care_team() -> None:
    found = journey(shipped(), "walsall", "looked-after", "edge-of-care-team")
    assert (found.ways, found.instead) == ((), None)
    assert found.finding == (
        "The looked-after teams cannot use the edge of care team for the children they work with. (Source: LAC Transformation Programme, "
        "Work stream 1: Needs Assessment (2017), 5.2, table of preventative and edge of care services, Edge of Care team.) "
        "The recorded ways in are Child in need and Child protection plan."
    )


def test_a_closed_way_is_told_although_others_lead_round_it() -> None:
    found = ask(pathway("a b c", "a>b b>c", closed="a>c"), "a", "c")
    assert routes(found) == ["a b c"]
    assert found.finding == "It does not exist. (Source: Paper (2020), 1.) The ways below lead round through other places."


def test_no_way_is_told_with_the_ways_in_and_the_starts() -> None:
    found = ask(pathway("school:setting hub:door caf care", "hub>caf caf>care"), "school", "care")
    assert found.ways == ()
    assert found.finding == "No way is recorded from School to Care. The only recorded way in is Caf. A journey there can start at Hub."


def test_a_place_that_no_step_leads_to_is_told_as_such() -> None:
    found = ask(pathway("a b"), "a", "b")
    assert found.finding == "No way is recorded from A to B. No step leads there: the source does not say who brings a child there."


def test_a_way_that_is_too_long_is_no_way_and_says_how_long_it_is() -> None:
    names = [f"p{number}" for number in range(LONGEST_WAY + 2)]
    steps = " ".join(f"{one}>{other}" for one, other in pairwise(names))
    found = ask(pathway(" ".join(names), steps), names[0], names[-1])
    assert found.finding == f"No way of at most eight steps is recorded from P0 to P{LONGEST_WAY + 1}; the shortest has {LONGEST_WAY + 1}."


def with_services(*services: Any) -> Directory:
    """school, caf and hub, with school to caf; the services as given."""
    return pathway("school:setting caf hub:door", "school>caf").model_copy(update={"services": services})


def test_the_nearest_service_with_the_same_main_need_is_offered() -> None:
    directory = with_services(
        service("here/wanted", Route(gateway="hub"), needs=("debt", "housing")),
        service("here/far", Route(gateway="caf"), needs=("debt", "housing")),
        service("here/near", Route(gateway="school"), needs=("housing",)),
        service("here/old", Route(gateway="school"), needs=("debt", "housing"), status="historic"),
        service("here/other", Route(gateway="school"), needs=("play",)),
    )
    found = ask(directory, "school", "here/wanted")
    assert found.ways == ()
    assert found.instead is not None
    assert outline(found.instead) == "School\n  refer to Near"
    assert found.finding == (
        "No way is recorded from School to Wanted. The only recorded way in is Hub. "
        "The nearest service that can be reached and has the same main need is Near: one step from here, see below."
    )


def test_of_two_services_as_near_the_one_that_shares_more_needs_is_offered() -> None:
    directory = with_services(
        service("here/wanted", needs=("debt", "housing")),
        service("here/one", Route(gateway="school"), needs=("debt",)),
        service("here/two", Route(gateway="school"), needs=("housing", "debt")),
    )
    found = ask(directory, "school", "wanted")
    assert found.instead is not None
    assert found.instead.steps[-1].end.name == "Two"


def test_the_nearest_stage_of_the_same_sort_is_offered_for_a_stage() -> None:
    directory = changed(
        pathway("school:setting near:panel far:panel wanted:panel other:plan", "school>near near>far school>other"),
        near={"levels": (3,)}, far={"levels": (3,)}, wanted={"levels": (3, 4)}, other={"levels": (3,)},
    )  # fmt: skip
    found = ask(directory, "school", "wanted")
    assert found.finding is not None
    assert found.finding.endswith("The nearest stage of this sort that can be reached is Near: one step from here, see below.")


def test_a_stage_of_the_same_process_is_of_the_same_sort() -> None:
    directory = changed(pathway("a b:plan c:order", "a>b"), b={"process": "s20"}, c={"process": "s20"})
    found = ask(directory, "a", "c")
    assert found.instead is not None
    assert found.instead.steps[-1].end.id == "b"


def test_a_route_that_is_not_recorded_is_told_with_who_can_refer_where_that_is_known() -> None:
    found = ask(with_services(service("here/wanted", who_can_refer="Health visitors")), "school", "wanted")
    assert found.finding == "Route not recorded: the source does not say how a family reaches Wanted. Who can refer: Health visitors."


def test_camhs_has_no_recorded_route_and_the_nearest_help_is_named() -> None:
    found = warwickshire("school", "camhs")
    assert found.finding == (
        "Route not recorded: the source does not say how a family reaches Child and Adolescent Mental Health Services (CAMHS). "
        "The nearest service that can be reached and has the same main need is Mental Health Interventions for School Children: "
        "two steps from here, see below."
    )


def test_a_profile_without_a_route_leads_to_the_stage_it_describes() -> None:
    found = journey(shipped(), "walsall", "care-proceedings", "walsall/fdac")
    assert found.finding is not None
    assert found.finding.startswith("Route not recorded: the source does not say how a family reaches FDAC.")
    assert found.finding.endswith("a stage of its own, 'Family Drug and Alcohol Court (FDAC)': one step from here, see below.")
    assert found.instead is not None
    assert "Rests on an assumed step" in found.instead.sentence


def test_a_universal_service_comes_to_the_stage_where_the_profile_names_other_doors() -> None:
    found = warwickshire("universal-services", "warwickshire/common-assessment-framework")
    assert found.ways == ()
    assert found.instead is not None
    assert outline(found.instead) == "Universal services\n  refer to Common Assessment Framework (CAF)"


# the same place, and places that stand for another


def test_the_same_place_twice_is_told() -> None:
    found = warwickshire("school", "school")
    assert (found.ways, found.finding) == ((), "School is both the start and the end of this journey: you are there already.")


def test_from_a_stage_to_its_own_profile_you_are_there_already() -> None:
    found = warwickshire("caf", "warwickshire/common-assessment-framework")
    assert found.finding == (
        "Common Assessment Framework is the profile of the stage 'Common Assessment Framework (CAF)': you are there already."
    )
    assert routes(warwickshire("mash", "multiagency-safeguarding-hub")) == ["mash multiagency-safeguarding-hub"]


def test_a_journey_from_a_profile_begins_at_its_stage() -> None:
    found = warwickshire("warwickshire/priority-families", "systemic-family-work")
    assert found.start.id == "priority-families"
    assert routes(found)[0] == "priority-families systemic-family-work"


def test_a_journey_from_a_service_that_is_no_stage_leads_nowhere() -> None:
    found = warwickshire("family-matters", "return-home")
    assert found.finding is not None
    assert found.finding.startswith("No way is recorded from Family Matters to Return home from care.")


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("running", ""),
        ("historic", "Wanted: From an older document, may no longer exist (May 2020)."),
        ("proposed", "Wanted: Proposed only, not running at the date of the source (May 2020)."),
        ("pilot", "Wanted: Pilot at the date of the source (May 2020)."),
    ],
)
def test_a_service_that_is_not_plainly_in_use_says_so(status: str, note: str) -> None:
    found = ask(with_services(service("here/wanted", Route(gateway="caf"), status=status)), "school", "wanted")
    assert found.note == note
    assert (f"Note: {note}" in journey_as_text(found)) == bool(note)


# wrong questions


def test_wrong_places_and_areas_are_refused_in_a_sentence() -> None:
    with pytest.raises(UnknownPlace, match="did you mean 'school'"):
        warwickshire("scool", "caf")
    with pytest.raises(OtherArea, match="is in Walsall"):
        warwickshire("school", "walsall/edge-of-care-team")
    with pytest.raises(UnknownArea, match="the areas are warwickshire, walsall, leeds"):
        journey(shipped(), "", "school", "caf")


# for other programs


def test_the_json_keeps_its_promise() -> None:
    data = warwickshire("school", "family-matters").to_json()
    assert data["finding"] is None
    assert len(data["ways"]) == MOST_WAYS
    assert not data["all_ways"]
    first = data["ways"][0]["steps"][1]
    assert {"from", "to", "kind", "condition", "consent", "time_limit", "source"} <= set(first)
    assert (first["from"], first["to"], first["kind"]) == ("childrens-social-care", "edge-of-care-meeting", "refer")
    assert first["condition"].startswith("The child is thought to be at risk of coming into care")
    assert (first["consent"], first["time_limit"]) == (None, None)
    assert first["sources"][0]["document"] == "warwickshire-2016"
    json.dumps(data)


def test_the_json_of_no_way_tells_the_finding_and_the_alternative() -> None:
    data = warwickshire("school", "camhs").to_json()
    assert data["ways"] == []
    assert data["finding"].startswith("Route not recorded")
    assert [step["to"] for step in data["instead"]["steps"]] == ["caf", "warwickshire/mental-health-interventions-school-children"]
    assert [refusal["at"] for refusal in data["if_refused"]] == ["caf"]
    assert data["if_refused"][0]["leads_to"] == ["childrens-social-care"]


def test_the_json_keeps_parallel_conditions() -> None:
    step = warwickshire("caf", "childrens-social-care").to_json()["ways"][0]["steps"][0]
    assert step["condition"].startswith("The family does not agree to the CAF")
    assert [other["condition"][:11] for other in step["or"]] == ["After a CAF"]


# any pathway, and a large one

NAMES = ("a", "b", "c", "d", "e")
PAIRS = [(one, other) for one in NAMES for other in NAMES if one != other]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(">^v~"), st.sampled_from(["", "?", "??", "???"])), max_size=14),
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["one", "two"])), max_size=4),
    st.sampled_from([*NAMES, "here/one"]),
    st.sampled_from([*NAMES, "here/one", "here/two"]),
)
def test_a_journey_always_says_something_true(
    steps: list[tuple[tuple[str, str], str, str]], doors: list[tuple[str, str]], start: str, end: str
) -> None:
    directory = pathway(
        "a:setting b c d e",
        " ".join(f"{one}{sign}{other}{doubt}" for (one, other), sign, doubt in steps),
        " ".join(f"{name}>{service}" for name, service in doors),
    )
    graph = graph_of(directory, "here")
    if not {start, end} <= set(graph.places):
        return
    found = ask(directory, start, end)
    assert bool(found.finding) != bool(found.ways)
    assert bool(found.ways) == (start != end and end in graph.reachable(start))
    assert len(found.ways) <= MOST_WAYS
    assert [len(way.steps) for way in found.ways] == sorted(len(way.steps) for way in found.ways)
    if found.instead:
        assert found.instead.steps[-1].end.id in graph.reachable(start)
    for way in found.ways:
        assert ("Rests on" in way.sentence) == any(not step.edge.is_stated for step in way.steps)
        assert [step.number for step in way.steps] == list(range(1, len(way.steps) + 1))
        assert all(one.end == other.start for one, other in pairwise(way.steps))
    assert all(len(line) <= 88 for line in journey_as_text(found).splitlines())
    json.dumps(found.to_json())


def test_a_journey_over_two_thousand_places_and_eight_thousand_steps_always_has_ways_or_a_finding() -> None:
    directory = large_pathway()
    graph = graph_of(directory, "here")
    for start, end in zip(list(graph.gateways)[:200], list(graph.places)[5::10], strict=False):
        found = ask(directory, start, end)
        assert found.ways or found.finding


def test_gateway_and_source_of_the_small_pathways_are_whole() -> None:
    assert gateway("a").sources == SOURCE
