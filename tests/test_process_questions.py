"""Questions about the process: the stage itself answers, in a sentence with its source, on the page, in a terminal and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from golden.shipped import answering, directory
from small_pathways import pathway

from app.journeys import how_to_disagree, sentences_on, stage, stages_asked
from app.matching import Answer
from app.question import FACT_WORDS, Question, from_address, to_address
from app.terminal import answer_as_text

NEEDS_2016 = "Children Looked After Needs Assessment, Part 2: Focus on Prevention (2016)"


def ask(words: str, area: str | None = None) -> Answer:
    return answering().ask(words, area)


ANSWERS = [
    # words, area, stages, what the sentence says; each from the source that the sentence names
    ("what comes after a CAF if the parent refuses consent", None, ["caf"], "The lead professional judges whether the child's needs"),
    ("what comes after a CAF if the parent refuses consent", None, ["caf"], "after a no: step up to Children's social care (source: "),
    ("what happens after a caf when family says no", None, ["caf"], "If so, the child is referred to children's social care."),
    ("what comes after a CAF", None, ["caf"], "After Common Assessment Framework (CAF): step up to Children's social care, "),
    ("police protection how long", None, ["police-protection", "emergency-protection-order"], "Police protection lasts at most 72 hours"),
    ("how long does an EPO last", None, ["emergency-protection-order"], "Emergency protection order lasts at most eight days"),
    ("s20", None, ["section-20"], "The child is looked after by the council under a voluntary agreement (source: "),
    ("section 20", None, ["section-20"], "The child is looked after by the council under a voluntary agreement (source: "),
    ("who do I disagree with", None, ["escalation"], "Escalation of a professional disagreement. The process for professionals"),
    ("i disagree with the decision of the MASH", None, ["escalation", "mash"], "with a decision in Warwickshire: Escalation"),
    ("who decides section 20", None, ["section-20"], "who decides: A social care assessment shows that the child needs to be looked after"),
    ("do I need consent for a CAF", None, ["caf"], "consent: The parents or the young person agree to the assessment"),
    ("who can refer to mash", None, ["mash"], "who may refer: "),
    ("what comes before a child protection plan", None, ["child-protection-plan"], "Before Child protection plan: from "),
    ("what happens after marac", None, ["marac"], "no step to another stage is recorded"),
    ("police protection how long", "walsall", [], "No step recorded in Walsall answers to"),
    ("PLO panel how long", "walsall", ["plo-panel"], "PLO panel, time limit: "),
]  # fmt: skip


@pytest.mark.parametrize(("words", "area", "stages", "told"), ANSWERS, ids=[f"{row[0]}, {row[3][:20]}" for row in ANSWERS])
def test_a_process_question_is_answered_by_the_stage(words: str, area: str | None, stages: list[str], told: str) -> None:
    answer = ask(words, area)
    found = [line.gateway.id for line in answer.stages]
    assert found[: len(stages)] == stages, found
    assert told in answer.sentence
    assert not stages or answer.sentence.count("(source: ") >= 1 or "no step" in answer.sentence
    assert answer.question.needs == ()


def test_words_about_the_process_are_no_words_to_search_for() -> None:
    for words in ("police protection how long", "who decides section 20", "what is the time limit for a CAF", "CAF deadline"):
        answer = ask(words)
        assert answer.question.words == (), words
        assert answer.question.unused == 0, words


@pytest.mark.parametrize("words", ["how long is the wait for domestic abuse help", "who decides", "what comes after", "after school club"])
def test_without_a_stage_they_are_words_like_any_other(words: str) -> None:
    assert ask(words).question.facts == ()


def test_a_fact_lives_in_the_address_and_comes_back_from_it() -> None:
    question = ask("police protection how long").question
    address = to_address(question)
    assert "fact=time" in address
    assert "long" not in address.replace("belonging", "")
    again, problems = from_address({"process": ["emergency"], "gateway": ["police-protection"], "fact": ["time"]}, directory(), ())
    assert problems == []
    assert again.facts == ("time",)


def test_a_fact_that_does_not_exist_is_told() -> None:
    question, (problem,) = from_address({"process": ["caf"], "fact": ["colour"]}, directory(), ())
    assert (problem.part, problem.value) == ("fact", "colour")
    assert question.facts == ()


def test_every_fact_of_every_stage_has_a_sentence_with_its_source_or_says_that_it_is_not_recorded() -> None:
    for gateway in directory().gateways:
        told = stage(directory(), gateway.area, gateway.id)
        for fact in FACT_WORDS:
            sentences = sentences_on(told, (fact,), directory())
            assert sentences
            for sentence in sentences:
                assert sentence.endswith(".")
                assert "None" not in sentence
                assert "(source: " in sentence or "not recorded" in sentence or "is recorded" in sentence or fact == "disagree", sentence


def test_what_may_come_after_is_not_told_beside_what_comes_after_a_no() -> None:
    told = stage(directory(), "warwickshire", "caf")
    assert not any(sentence.startswith("After ") for sentence in sentences_on(told, ("refused", "after"), directory()))
    assert sentences_on(told, ("after",), directory())[0].startswith("After Common Assessment Framework (CAF): step up to ")


def test_steps_of_a_kind_stand_together_and_doubt_is_told() -> None:
    small = pathway("school:setting caf:assessment care:panel court:order home", "school>caf caf^care caf^court?? caf>home")
    told = stage(small, "here", "caf")
    assert sentences_on(told, ("after",), small) == (
        "After Caf: step up to Care or Court (proposed); refer to Home (source: Paper (2020)).",
    )
    assert sentences_on(told, ("before",), small) == ("Before Caf: from School (source: Paper (2020)).",)
    assert sentences_on(stage(small, "here", "court"), ("after",), small) == ("After Court: no step to another stage is recorded.",)
    assert sentences_on(stage(small, "here", "school"), ("before",), small) == ("Before School: no step that leads there is recorded.",)


def test_an_area_without_a_stage_for_disagreements_says_so() -> None:
    answer = ask("escalation policy", "walsall")
    assert answer.stages == ()
    assert answer.sentence.endswith("If you disagree with a decision in Walsall: not recorded.")
    assert how_to_disagree(Question("warwickshire", processes=("escalation",)), directory()) == ""
    assert how_to_disagree(Question("walsall", processes=("caf",)), directory()) == ""
    nowhere = pathway("")
    assert how_to_disagree(Question("here", processes=("escalation",)), nowhere) == ""


def test_a_question_about_a_child_keeps_its_sentence_and_has_the_stage_beside_it() -> None:
    answer = ask("s47 9yo")
    assert answer.sentence.startswith("15 services recorded in Warwickshire fit")
    assert "(source: " not in answer.sentence
    assert answer.stages[0].gateway.id == "section-47"


def test_a_question_without_a_stage_has_none() -> None:
    assert ask("level 3, age 14, domestic abuse").stages == ()
    assert stages_asked(replace(ask("s20").question, area="leeds", gateways=()), directory()) == []
    assert stages_asked(Question("warwickshire"), directory()) == []


def test_the_json_tells_the_stage_with_its_facts() -> None:
    written = json.loads(json.dumps(ask("police protection how long").to_json()))
    assert written["question"]["facts"] == ["time"]
    first = written["stages"][0]
    assert first["sentences"] == [f"Police protection lasts at most 72 hours (source: {NEEDS_2016}, 3.2.4, A typical journey; 3.2.2)."]
    assert (first["id"], first["address"], first["time_limit"], first["who_decides"]) == (
        "police-protection", "/pathways/warwickshire/police-protection", "72 hours", None,
    )  # fmt: skip
    assert first["after"][0].keys() == {"kind", "to", "name", "condition", "status"}


def test_the_terminal_tells_the_stage_once_and_what_comes_after_it() -> None:
    text = " ".join(answer_as_text(ask("what comes after a CAF if the parent refuses consent"), directory(), date(2018, 1, 1)).split())
    assert "Understood: " in text
    assert "if the family says no" in text.partition("On the pathway")[0]
    assert text.count("If so, the child is referred to children's social care.") == 2  # the sentence, and the fact in the list
    assert "- Then, step up to Local early help panel (proposed): The family is at upper level 2" in text
    assert "How to get help" not in text
    both = " ".join(answer_as_text(ask("police protection how long"), directory(), date(2018, 1, 1)).split())
    assert "Emergency protection order lasts at most eight days" in both
    assert "- Then: not recorded" in " ".join(answer_as_text(ask("MARAC"), directory(), date(2018, 1, 1)).split())
