"""A gateway as a stage: what comes before and after, what a no leads to, and process questions answered in a sentence."""

from __future__ import annotations

import json

import pytest
from golden.shipped import directory as shipped
from small_pathways import pathway

from app.graph import OtherArea, UnknownArea, UnknownPlace, graph_of
from app.journeys import Stage, ToldStep, Topic, stage, stage_as_text, stage_sentence
from app.model import Directory

NEEDS_2016 = "Children Looked After Needs Assessment, Part 2: Focus on Prevention (2016)"


def warwickshire(name: str) -> Stage:
    return stage(shipped(), "warwickshire", name)


def ends(steps: tuple[ToldStep, ...]) -> list[str]:
    return list(dict.fromkeys(step.end.id.rpartition("/")[2] for step in steps))


def starts(steps: tuple[ToldStep, ...]) -> list[str]:
    return list(dict.fromkeys(step.start.id for step in steps))


def small(**gateway: object) -> Directory:
    """school > CAF > care (step up), and a service of CAF; with fields of CAF changed."""
    made = pathway("school:setting caf:assessment care:assessment", "school>caf caf^care carevcaf", "caf>help")
    return made.model_copy(update={"gateways": tuple(g.model_copy(update=gateway) if g.id == "caf" else g for g in made.gateways)})


# what lies around


def test_caf_has_everything_around_it() -> None:
    caf = warwickshire("caf")
    assert starts(caf.before) == [
        "universal-services", "school", "health-professional", "caf-officer", "early-help-panel", "childrens-social-care",
    ]  # fmt: skip
    assert ends(caf.next_up) == ["childrens-social-care", "mash", "early-help-panel", "section-47"]
    assert ends(caf.refer) == ["family-support-plan", "priority-families", "family-group-conference"]
    assert (caf.next_down, caf.signpost) == ((), ())
    assert {"caf-family-support-workers", "mental-health-interventions-school-children"} <= set(ends(caf.services))
    assert caf.profile is not None
    assert caf.profile.id == "warwickshire/common-assessment-framework"
    assert [example.id for example in caf.examples] == ["worked-case-robin", "worked-case-sam"]


def test_steps_of_one_kind_keep_their_own_conditions() -> None:
    conditions = [step.edge.condition for step in warwickshire("caf").next_up if step.end.id == "childrens-social-care"]
    assert [(words or "")[:30] for words in conditions] == ["The family does not agree to t", "After a CAF the child's needs "]


def test_every_step_of_a_gateway_stands_on_its_page_once() -> None:
    for area in shipped().area_by_id:
        graph = graph_of(shipped(), area)
        for name in graph.gateways:
            here = stage(shipped(), area, name)
            told = [step.edge for part in (here.next_up, here.next_down, here.refer, here.signpost, here.services) for step in part]
            assert sorted(map(repr, told)) == sorted(map(repr, graph.out(name)))
            assert [step.edge for step in here.before] == list(graph.into(name))


def test_the_way_down_from_section_17_is_only_proposed() -> None:
    (down,) = warwickshire("section-17").next_down
    assert (down.end.id, down.edge.status) == ("early-help-panel", "proposed")


def test_a_closed_way_stands_on_the_stages_it_joins() -> None:
    assert [way.end for way in stage(shipped(), "walsall", "looked-after").closed] == ["walsall/edge-of-care-team"]
    assert stage(shipped(), "walsall", "child-in-need").closed == ()


def test_a_profile_stands_for_its_gateway() -> None:
    assert warwickshire("warwickshire/priority-families").gateway.id == "priority-families"
    assert warwickshire("multiagency-safeguarding-hub").gateway.id == "mash"


def test_a_service_that_is_no_stage_is_refused_as_one() -> None:
    with pytest.raises(UnknownPlace, match="'family-matters' is a service of Warwickshire, not a stage; its own page says how"):
        warwickshire("family-matters")
    with pytest.raises(OtherArea):
        warwickshire("plo-panel")
    with pytest.raises(UnknownArea):
        stage(shipped(), "nowhere", "caf")


# a no, and a disagreement


def test_a_no_at_caf_leads_to_social_care() -> None:
    refusal = warwickshire("caf").if_refused
    assert refusal is not None
    assert ends(refusal.leads_to) == ["childrens-social-care"]


def test_only_a_full_name_in_the_words_is_a_step() -> None:
    directory = small(consent="They agree.", if_refused="Then care, not care-less. See Schools.")
    refusal = stage(directory, "here", "caf").if_refused
    assert refusal is not None
    assert ends(refusal.leads_to) == ["care"]
    nothing = stage(small(consent="They agree.", if_refused="Then careful work goes on."), "here", "caf").if_refused
    assert nothing is not None
    assert nothing.leads_to == ()


def test_warwickshire_has_an_escalation_and_walsall_none_recorded() -> None:
    here = warwickshire("childrens-social-care")
    assert here.disagreement is not None
    assert here.disagreement.id == "escalation"
    there = stage(shipped(), "walsall", "childrens-social-care")
    assert (there.disagreement, there.disagreement_words, there.disagreement_source) == (None, "Not recorded", "")


def test_a_scheme_may_say_how_to_disagree_where_no_stage_does() -> None:
    made = shipped()
    schemes = tuple(scheme.model_copy(update={"disagreement": "Ring the board"}) for scheme in made.schemes)
    gateways = tuple(gateway for gateway in made.gateways if gateway.process != "escalation")
    steps = tuple(step for step in made.steps if step.end != "escalation")
    parts = {name: getattr(made, name) for name in Directory.model_fields}
    changed = Directory(**{**parts, "schemes": schemes, "gateways": gateways, "steps": steps})
    here = stage(changed, "warwickshire", "caf")
    assert here.disagreement_words == "Ring the board"
    assert stage_sentence(here, "disagree") == "If you disagree with a decision in Warwickshire: ring the board."


# descriptors: only those that the sources themselves tie to a stage


def test_section_47_has_the_descriptors_of_the_heading_that_its_source_names() -> None:
    found = warwickshire("section-47").descriptors
    assert {(descriptor.level, descriptor.heading) for descriptor in found} == {(4, "Ensure Safety")}
    assert len(found) == 7


def test_of_a_named_heading_only_the_descriptor_that_names_the_stage_is_meant() -> None:
    (found,) = warwickshire("youth-justice").descriptors
    assert found.text.startswith("Has been found guilty of a criminal offence(s)")


def test_a_descriptor_may_be_tied_to_the_step_that_leads_here() -> None:
    (found,) = warwickshire("childrens-social-care").descriptors
    assert found.text == "Young person frequently missing from home where multi-agency CAF plan has not been effective"


def test_no_stage_gets_the_descriptors_of_a_whole_level() -> None:
    for area in shipped().area_by_id:
        for name in graph_of(shipped(), area).gateways:
            assert len(stage(shipped(), area, name).descriptors) <= 7


def test_the_usual_ways_in_lead_to_the_pages_of_their_levels_instead() -> None:
    assert (warwickshire("caf").descriptors, warwickshire("caf").compare_levels) == ((), (2, 3))
    assert warwickshire("mash").compare_levels == (4,)
    assert warwickshire("section-47").compare_levels == ()


def test_an_area_without_a_scheme_has_no_descriptors() -> None:
    assert stage(shipped(), "walsall", "youth-justice").descriptors == ()


# process questions


@pytest.mark.parametrize(
    ("name", "topic", "sentence"),
    [
        ("police-protection", None, f"Police protection lasts at most 72 hours (source: {NEEDS_2016}, 3.2.4, A typical journey; 3.2.2)."),
        (
            "emergency-protection-order", None,
            f"Emergency protection order lasts at most eight days (source: {NEEDS_2016}, 3.2.4, A typical journey; 3.2.2).",
        ),
        (
            "section-20", None,
            "Accommodation by agreement (section 20): The child is looked after by the council under a voluntary agreement "
            f"(source: {NEEDS_2016}, 3.2.4, A typical journey; 1.1; 1.5; 3.2.2).",
        ),
        (
            "section-31", "time",
            "Care order (section 31), time limit: Care proceedings have a national limit of 26 weeks "
            f"(source: {NEEDS_2016}, 3.2.4, A typical journey; 2.1; 3.2.2).",
        ),
        (
            "section-17", "time",
            f"Child in need (section 17), time limit: not recorded (source: {NEEDS_2016}, 3.2.4, A typical journey).",
        ),
        (
            "section-20", "refused",
            "Accommodation by agreement (section 20), if consent is refused: not recorded "
            f"(source: {NEEDS_2016}, 3.2.4, A typical journey; 1.1; 1.5; 3.2.2).",
        ),
    ],
)  # fmt: skip
def test_a_process_question_is_answered_in_a_sentence_with_its_source(name: str, topic: Topic | None, sentence: str) -> None:
    assert stage_sentence(warwickshire(name), topic) == sentence


def test_what_comes_after_a_caf_when_the_parent_says_no() -> None:
    words = stage_sentence(warwickshire("caf"), "refused")
    assert words.startswith("Common Assessment Framework (CAF), if consent is refused: The lead professional judges")
    assert "the child is referred to children's social care" in words


@pytest.mark.parametrize(
    ("topic", "start"),
    [
        ("consent", "Common Assessment Framework (CAF), consent: The parents or the young person agree to the assessment (source: "),
        ("decides", "Common Assessment Framework (CAF), who decides: The lead professional coordinates"),
        ("refers", "Common Assessment Framework (CAF), who may refer: Any trained practitioner may start one."),
        ("what", "Common Assessment Framework (CAF): A look at the whole child and family"),
    ],
)
def test_each_topic_has_its_fact(topic: Topic, start: str) -> None:
    assert stage_sentence(warwickshire("caf"), topic).startswith(start)


def test_who_do_i_disagree_with() -> None:
    words = stage_sentence(warwickshire("caf"), "disagree")
    assert words.startswith("If you disagree with a decision in Warwickshire: Escalation of a professional disagreement. The process for ")
    assert words.endswith("Item 10, Appendix B, 5.15 to 5.17; " + f"{NEEDS_2016}, 3.1.2).")
    assert stage_sentence(stage(shipped(), "walsall", "plo-panel"), "disagree") == (
        "If you disagree with a decision in Walsall: not recorded."
    )


def test_only_a_plain_length_of_time_lasts_at_most() -> None:
    odd = stage_sentence(stage(small(kind="order", time_limit="12 weeks, often missed"), "here", "caf"), "time")
    assert odd == "Caf, time limit: 12 weeks, often missed (source: Paper (2020), 1)."
    assert stage_sentence(stage(small(kind="order", time_limit="12 weeks"), "here", "caf")).startswith("Caf lasts at most 12 weeks")
    assert stage_sentence(stage(small(kind="plan", time_limit="12 weeks"), "here", "caf")).startswith("Caf: It is")


def test_every_stage_answers_every_question_with_its_source_or_not_recorded() -> None:
    topics: tuple[Topic | None, ...] = (None, "what", "time", "consent", "refused", "decides", "refers", "disagree")
    for gateway in shipped().gateways:
        here = stage(shipped(), gateway.area, gateway.id)
        for topic in topics:
            sentence = stage_sentence(here, topic)
            assert sentence.endswith(".")
            assert ".." not in sentence
            assert "(source: " in sentence or "not recorded" in sentence


# printed, and for other programs


def test_a_stage_is_printed_with_every_heading_although_little_is_recorded() -> None:
    directory = small(consent="The parents agree.", if_refused="The child may go to care.", time_limit="Six weeks")
    assert stage_as_text(stage(directory, "here", "caf")) == """\
Caf (Here, as at May 2020)
  What it is: It is.
  Why you would be here: Not recorded
  Who may refer: Not recorded
  Who decides: Not recorded
  Consent: The parents agree.
  Time limit: Six weeks
  What the family is told: Not recorded
  If consent is refused: The child may go to care.
  If you disagree: Not recorded
  Law: Not recorded
  Source: Paper (2020), 1
  Comes before:
    - School, refer
    - Care, step down
  Next up:
    - Care
  Next down: Not recorded
  Refer on: Not recorded
  Signpost: Not recorded
  Services at this stage:
    - Help
"""


def test_a_printed_stage_tells_doubt_closed_ways_descriptors_and_examples() -> None:
    walsall = stage_as_text(stage(shipped(), "walsall", "looked-after"))
    assert "  Closed:\n    - The looked-after teams cannot use the edge of care team" in walsall
    assert "    - Return home from care: The care plan is a return to the family" in walsall
    text = stage_as_text(warwickshire("section-47"))
    assert "    - Child protection plan (assumed): The procedures find" in text
    assert "    - Level 4: There is persistent or serious violence in the home" in text
    assert "  Examples:\n    - Worked case: Sam" in text
    assert all(len(line) <= 88 for line in text.splitlines())


def test_the_json_of_a_stage_is_whole() -> None:
    for gateway in shipped().gateways:
        data = json.loads(json.dumps(stage(shipped(), gateway.area, gateway.id).to_json()))
        assert (data["area"], data["id"], data["name"]) == (gateway.area, gateway.id, gateway.name)
        assert data["sources"]
    data = warwickshire("caf").to_json()
    assert [step["to"] for step in data["refer"]] == ["family-support-plan", "priority-families", "family-group-conference"]
    assert data["refusal"]["leads_to"] == ["childrens-social-care"]
    assert (data["time_limit"], data["disagreement"]) == (None, "escalation")
    assert stage(shipped(), "walsall", "looked-after").to_json()["closed"][0]["to"] == "walsall/edge-of-care-team"
