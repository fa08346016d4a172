"""The answer: nothing is dropped, nothing stands twice, near misses differ in one thing, and the JSON keeps its promise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from golden.shipped import PROFILES, answering, directory
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching import Answer, FoundItem, Group, Matcher, Result
from app.matching.answer import STRENGTH_ORDER
from app.matching.grouping import MAX_NEAR, MAX_SHOWN
from app.matching.sentences import counted, inside, joined, labels, levels_in_words, the_gap, who
from app.model import AGE_ORDER, ALERT_ORDER, UNBORN, AgeClass, Service, age_fit, any_age_fit
from app.model.fit import makes_room_for
from app.question import Question

NEEDS = sorted(directory().need_by_id)
SERVED = sorted({need for service in directory().services if service.needs for need in (*service.needs.main, *service.needs.also)})


def ask(**parts: object) -> Answer:
    return answering().matcher.answer(Question(**{"area": "warwickshire", **parts}))  # type: ignore[arg-type]


QUESTIONS = st.builds(
    Question,
    area=st.sampled_from(sorted(directory().area_by_id)),
    levels=st.sets(st.integers(1, 4), max_size=3).map(lambda levels: tuple(sorted(levels))),
    ages=st.sets(st.integers(UNBORN, 25), max_size=3).map(lambda ages: tuple(sorted(ages))),
    needs=st.lists(st.sampled_from(NEEDS) | st.sampled_from(SERVED), max_size=2, unique=True).map(tuple),
)


def results_of(answer: Answer, *names: str) -> list[Result]:
    return [result for group in answer.groups if group.id in names or not names for result in group.results]


def ids(results: Sequence[Result]) -> list[str]:
    return [result.service.id for result in results]


# The rules once more, as plainly as they can be written: one service against one question


def age_class_of(service: Service, question: Question) -> AgeClass | None:
    if not question.ages:
        return any_age_fit(service).age_class
    classes = [fit.age_class for age in question.ages if (fit := age_fit(service, age))]
    return min(classes, key=AGE_ORDER.index, default=None)


@cache
def needs_around(needs: tuple[str, ...]) -> tuple[set[str], set[str], set[str]]:
    """The asked needs with every kind of them, those of which they are a kind, and those with a close purpose."""
    known = directory().need_by_id
    asked = set(needs)
    while more := {need.id for need in known.values() if need.broader in asked} - asked:
        asked |= more
    wider = {broader for need in needs if (broader := known[need].broader)}
    return asked, wider, {near for need in needs for near in known[need].near}


@cache
def doors() -> frozenset[str]:
    """The services that are themselves the usual way in at some level."""
    return frozenset(gateway.service for gateway in directory().gateways if gateway.service and gateway.way_in_at)


def strength_of(service: Service, question: Question) -> str:
    """main, also, near, any, elsewhere (takes people only for a need that was not asked), none, or unknown."""
    if not question.needs:
        return "not-asked"
    needs = service.needs
    if needs is None:
        return "unknown"
    asked, wider, close = needs_around(question.needs)
    if asked & set(needs.main):
        return "main"
    if needs.only_if and not asked & set(needs.only_if):
        return "elsewhere"
    if asked & {*needs.also, *makes_room_for(service)} or wider & set(needs.main):
        return "also"
    if close & set(needs.main):
        return "near"
    return "any" if needs.any_need else "none"


def place_of(service: Service, question: Question) -> str | None:
    """The group a service belongs to by the published rules; "" when it fits but for another need; None when it does not fit."""
    if service.area != question.area:
        return None
    age, strength = age_class_of(service, question), strength_of(service, question)
    level = not question.levels or bool(set(question.levels) & set(service.levels))
    level_unknown = bool(question.levels) and not service.levels
    fits = age in ("direct", "family", "through-parent", "conditional") or (age == "not-recorded" and not question.ages)
    age_unknown = age == "not-recorded" and bool(question.ages)
    if not service.is_running:
        near = strength in ("main", "also") and (level or level_unknown) and (fits or age_unknown)
        return "near-miss" if near else None
    if service.id in doors():
        return "ways-in" if level and (fits or age_unknown) else None
    if level and fits and strength != "unknown":
        by_strength = {"not-asked": "fits", "main": "specific", "also": "related", "near": "related", "any": "related"}
        return by_strength.get(strength, "if-another-need" if strength == "elsewhere" else "")
    if (level or level_unknown) and (fits or age_unknown) and strength != "none":
        return "if-another-need" if strength == "elsewhere" else "not-recorded"
    if level and age == "near" and strength in ("main", "also", "near", "not-asked"):
        return "near-miss"
    step = {number + by for number in question.levels for by in (-1, 1)}
    if question.needs and set(service.levels) & step and fits and strength in ("main", "also", "near"):
        return "near-miss"
    return None


@settings(max_examples=150, deadline=None)
@given(QUESTIONS)
def test_every_service_stands_where_the_rules_put_it(question: Question) -> None:
    answer = answering().matcher.answer(question)
    if not question.is_structured:
        assert answer.groups == ()
        return
    places = {service.id: place_of(service, question) for service in directory().services}
    for group in answer.groups:
        expected = {name for name, place in places.items() if place == group.id}
        if group.id == "near-miss":
            assert set(ids(group.results)) <= expected
            assert len(group.results) == min(len(expected), MAX_NEAR)
            assert group.more == len(expected) - len(group.results)
        else:
            assert set(ids(group.results)) == expected, group.id
            assert group.more == 0
    shown = {group.id for group in answer.groups}
    assert [name for name, place in places.items() if place and place not in shown] == []
    assert answer.others == sum(place == "" for place in places.values()), "what fits for other needs is counted"


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_no_service_stands_twice_and_none_of_another_area(question: Question) -> None:
    answer = answering().matcher.answer(question)
    everywhere = ids(results_of(answer))
    assert len(everywhere) == len(set(everywhere))
    assert not set(everywhere) & set(ids(answer.alongside))
    beside = [result for way in (answer.step_up, answer.step_down) if way for result in way.results]
    assert {result.service.area for result in (*results_of(answer), *answer.alongside, *beside)} <= {question.area}
    assert all(line.gateway.area == question.area for line in answer.gateways)


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_results_stand_in_the_published_order(question: Question) -> None:
    answer = answering().matcher.answer(question)
    for group in answer.groups:
        if group.id == "near-miss":
            continue
        keys = [
            (
                STRENGTH_ORDER.index(result.need_strength) if question.needs else result.need_strength == "none",
                AGE_ORDER.index(result.age_class),
                not result.service.focused,
                result.service.name.lower(),
            )
            for result in group.results
        ]
        assert keys == sorted(keys), group.id


@settings(max_examples=80, deadline=None)
@given(QUESTIONS)
def test_a_near_miss_differs_in_one_thing_and_says_which(question: Question) -> None:
    for result in results_of(answering().matcher.answer(question), "near-miss"):
        service, age = result.service, age_class_of(result.service, question)
        level = not question.levels or bool(set(question.levels) & set(service.levels))
        wrong = {
            "Level": bool(service.levels) and not level,
            "Age": age == "near",
            "Status": not service.is_running,
        }
        assert [name for name, is_wrong in wrong.items() if is_wrong] == [result.differs.partition(":")[0]], service.id
        assert age is not None


@settings(max_examples=100, deadline=None)
@given(QUESTIONS)
def test_a_gap_is_told_exactly_when_nobody_is_known_to_work_directly(question: Question) -> None:
    answer = answering().matcher.answer(question)
    direct = [
        result
        for result in results_of(answer, "specific", "not-recorded", "ways-in")
        if result.need_strength == "main" and result.age_class in ("direct", "family", "conditional")
    ]
    assert bool(answer.gap) == (bool(question.needs and question.ages) and not direct)
    unknown = [
        result
        for result in results_of(answer, "not-recorded")
        if result.need_strength == "main" and result.age_class == "not-recorded"
    ]
    assert ("the source does not say" in answer.gap) == (bool(answer.gap) and bool(unknown))


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_alongside_goes_on_below_the_asked_level(question: Question) -> None:
    answer = answering().matcher.answer(question)
    for result in answer.alongside:
        assert question.levels
        assert min(result.service.levels) < min(question.levels)
        assert not set(result.service.levels) & set(question.levels)
        assert result.service.is_running
        assert result.age_class in ("direct", "family", "through-parent", "conditional") or not question.ages


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_one_level_up_and_one_level_down(question: Question) -> None:
    answer = answering().matcher.answer(question)
    scheme = directory().scheme_of(question.area)
    for step, way in ((1, answer.step_up), (-1, answer.step_down)):
        if not question.levels or scheme is None:
            assert way is None
            continue
        target = max(question.levels) + 1 if step > 0 else min(question.levels) - 1
        assert (way is None) == (scheme.level(target) is None)
        if way:
            assert way.level == target
            assert all(target in result.service.levels for result in way.results)
            assert all(target in line.gateway.way_in_at for line in way.gateways)
            assert bool(way.results) <= bool(question.needs)


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_descriptors_are_those_of_the_asked_need_at_the_level_and_either_side(question: Question) -> None:
    answer = answering().matcher.answer(question)
    scheme = directory().scheme_of(question.area)
    if scheme is None or not question.needs:
        assert answer.descriptors == ()
        return
    near = {level + step for level in question.levels for step in (-1, 0, 1)} or {1, 2, 3, 4}
    assert {item.level for item in answer.descriptors} <= near
    here = [item for item in directory().descriptors if item.scheme == scheme.id and item.level in near]
    assert {item.id for item in answer.descriptors} >= {item.id for item in here if set(item.needs) & set(question.needs)}


def test_a_question_for_all_levels_and_no_need_shows_every_running_profile_of_the_area() -> None:
    answer = ask(levels=(1, 2, 3, 4), ages=tuple(range(UNBORN, 26)))
    assert set(PROFILES) <= set(ids(results_of(answer, "fits", "ways-in")))


def test_only_what_was_asked_is_searched_in_the_text() -> None:
    searched: list[tuple[tuple[str, ...], str]] = []

    def search(words: Sequence[str], area: str) -> tuple[list[str], list[FoundItem], tuple[str, ...]]:
        searched.append((tuple(words), area))
        return ["warwickshire/family-matters"], [FoundItem("glossary", "FGC", "FGC", "/glossary#FGC", "<mark>x</mark>")], ("meant",)

    matcher = Matcher(directory(), search)
    matcher.answer(Question(area="warwickshire", needs=("neglect",), ages=(4,)))
    assert searched == []
    answer = matcher.answer(Question(area="warwickshire", words=("relate",)))
    assert searched == [(("relate",), "warwickshire")]
    (group,) = answer.groups
    assert (group.id, group.heading, ids(group.results), group.items[0].id) == (
        "found", "Found for your words", ["warwickshire/family-matters"], "FGC",
    )  # fmt: skip
    assert answer.did_you_mean == ("meant",)
    assert answer.sentence == "2 places in the content for Warwickshire speak of 'relate'."


def test_what_is_found_is_not_shown_again() -> None:
    def search(words: Sequence[str], area: str) -> tuple[list[str], list[FoundItem], tuple[str, ...]]:
        return [service.id for service in directory().services if service.area == area], [], ()

    answer = Matcher(directory(), search).answer(Question(area="warwickshire", ages=(14,), words=("relate",)))
    everywhere = ids(results_of(answer))
    assert len(everywhere) == len(set(everywhere))
    found = answer.group("found")
    assert found is not None
    here = [service for service in directory().services if service.area == "warwickshire"]
    before = len(everywhere) - len(found.results)
    assert found.more == max(0, len(here) - before - MAX_SHOWN)
    assert answer.group("specific") is None


# The alert


@pytest.mark.parametrize(
    ("needs", "choices", "grade"),
    [
        ((), (), "none"),
        (("child-mental-health",), (), "none"),
        (("parenting",), (), "none"),
        (("parent-alcohol",), (), "think"),
        (("domestic-abuse",), (), "urgent"),
        (("fgm",), (), "statutory"),
        (("suicide",), (), "immediate"),
        (("parenting", "domestic-abuse", "parent-alcohol"), (), "urgent"),
        (("fgm", "suicide"), (), "immediate"),
        ((), ("hit",), "immediate"),
        ((), ("abuse",), "immediate"),
        ((), ("cutting",), "urgent"),
        ((), ("missing",), "urgent"),
        ((), ("mental-health",), "think"),
        ((), ("drugs",), "think"),
        ((), ("cp",), "none"),
        ((), ("ld",), "none"),
        ((), ("ace",), "none"),
        (("domestic-abuse",), ("mental-health",), "urgent"),
    ],
)
def test_the_gravest_need_decides_the_card(needs: tuple[str, ...], choices: tuple[str, ...], grade: str) -> None:
    alert = ask(needs=needs, choices=choices).alert
    assert (alert.grade if alert else "none") == grade


@settings(max_examples=60, deadline=None)
@given(QUESTIONS)
def test_the_card_stands_above_and_hides_nothing(question: Question) -> None:
    answer = answering().matcher.answer(question)
    grades = [directory().need_by_id[need].alert for need in question.needs]
    gravest = max(grades, key=ALERT_ORDER.index, default="none")
    assert (answer.alert.grade if answer.alert else "none") == gravest
    if answer.alert:
        assert answer.alert.heading
        assert answer.alert.text
        assert set(answer.alert.needs) <= set(question.needs)
        assert answer.groups or not question.is_structured or question.area != "warwickshire"


def test_an_open_choice_never_brings_the_duties_of_a_graver_meaning() -> None:
    alert = ask(choices=("mental-health",)).alert
    assert alert is not None
    assert "suicide" not in alert.needs
    assert all("999" not in duty for duty in alert.duties)


# The JSON


ANSWER_KEYS = {
    "question", "address", "alert", "sentence", "gap", "groups", "descriptors", "gateways", "alongside", "step_up", "step_down",
    "did_you_mean", "notes", "others", "stages",
}  # fmt: skip
SERVICE_KEYS = {"id", "area", "name", "reason", "age_class", "levels", "need_strength", "reached_by", "status", "differs", "journey"}


def test_the_keys_of_an_answer_are_a_promise() -> None:
    written = json.loads(json.dumps(answering().ask("level 3, age 14, domestic abuse, hit, zzyzx").to_json()))
    assert set(written) == ANSWER_KEYS
    assert set(written["question"]) == {
        "levels", "ages", "needs", "area", "words", "choices", "not_used", "processes", "gateways", "services", "programmes", "dropped",
        "facts",
    }  # fmt: skip
    assert written["question"]["levels"] == [3]
    assert written["question"]["ages"] == [14]
    assert written["question"]["not_used"] == ["zzyzx"]
    assert set(written["question"]["choices"][0]) == {"word", "question", "options"}
    assert set(written["alert"]) == {"grade", "needs", "heading", "text", "duties"}
    groups = ["specific", "related", "ways-in", "if-another-need", "near-miss", "not-recorded"]
    assert [group["id"] for group in written["groups"]] == groups
    for group in written["groups"]:
        assert set(group) == {"id", "heading", "services", "other", "note", "more"}
        for service in group["services"]:
            assert set(service) == SERVICE_KEYS
            assert service["id"].partition("/")[0] == service["area"] == "warwickshire"
    assert set(written["descriptors"][0]) == {"id", "scheme", "level", "domain", "heading", "text", "deciding"}
    assert set(written["gateways"][0]) == {"id", "name", "why", "levels"}
    assert set(written["alongside"][0]) == SERVICE_KEYS
    for way in ("step_up", "step_down"):
        assert set(written[way]) == {"level", "heading", "gateways", "services"}
    first = written["groups"][0]["services"][0]
    assert (first["id"], first["age_class"], first["levels"], first["need_strength"], first["reached_by"]) == (
        "warwickshire/domestic-abuse-refuge", "through-parent", [2, 3, 4], "main", [],
    )  # fmt: skip


def test_what_is_empty_is_null_or_an_empty_list() -> None:
    written = answering().ask("14").to_json()
    assert written["alert"] is None
    assert written["gap"] is None
    assert written["step_up"] is None
    assert written["step_down"] is None
    assert written["descriptors"] == []
    assert answering().ask("unborn").to_json()["question"]["ages"] == [-1]


def test_what_the_text_holds_is_in_the_json_too() -> None:
    (group,) = answering().ask("sanctuaries").to_json()["groups"]
    assert group["id"] == "found"
    assert group["services"][0]["id"] == "warwickshire/domestic-abuse-support"
    assert all(set(item) == {"kind", "id", "title", "address"} for item in group["other"])
    assert all(item["address"].startswith("/") for item in group["other"])


# The sentences


SENTENCES = """
level 3, age 14, domestic abuse
  2 services recorded in Warwickshire are specific to domestic abuse at level 3 and reach a 14 year old. They work through a parent
  or carer. 8 more have a close purpose.
level 4, parental alcohol, baby
  1 service recorded in Warwickshire is specific to alcohol misuse by a parent or other adult at home at level 4 and reaches a baby
  under 1. It works through a parent or carer.
level 3, age 14
  16 services recorded in Warwickshire fit at level 3 for a 14 year old.
age 8
  15 services recorded in Warwickshire fit for an 8 year old.
level 1
  10 services recorded in Warwickshire fit at level 1.
14 and 9
  19 services recorded in Warwickshire fit for children of 9 and 14.
Walsall level 3, 20
  No services recorded in Walsall fit at level 3 for a 20 year old.
brokerage
  2 places in the content for Warwickshire speak of 'brokerage'.
s20
  On the pathway in Warwickshire: Accommodation by agreement (section 20): The child is looked after by the council under a voluntary
  agreement (source: Children Looked After Needs Assessment, Part 2: Focus on Prevention (2016), 3.2.4, A typical journey; 1.1; 1.5; 3.2.2).
edt
  No step recorded in Warwickshire answers to out of hours.
mum hits
  'hit' can mean different things: choose one.
zzyzx
  Nothing in it was understood, so nothing was looked for. Ask with a need, a level or an age.
"""


def paragraphs(table: str) -> list[tuple[str, ...]]:
    """A table of heads, their parts divided by bars, each with an indented text below it."""
    found: list[tuple[str, ...]] = []
    for line in table.strip().splitlines():
        if line.startswith("  "):
            *head, text = found[-1]
            found[-1] = (*head, f"{text} {line.strip()}".strip())
        else:
            found.append((*(part.strip() for part in line.split("|")), ""))
    return found


@pytest.mark.parametrize(("text", "sentence"), paragraphs(SENTENCES))
def test_the_answer_begins_with_a_sentence(text: str, sentence: str) -> None:
    assert answering().ask(text).sentence.startswith(sentence)
    assert bool(answering().ask(text).sentence) == bool(sentence)


def test_an_open_choice_is_told_after_the_answer() -> None:
    assert answering().ask("14, LD").sentence.endswith("fit for a 14 year old. 'ld' can mean different things: choose one.")


@pytest.mark.parametrize(
    ("ages", "levels", "direct_from", "other_level", "unknown", "sentence"),
    [
        ((14,), (3,), 16, False, 0, "No service recorded here works directly with under-16s about domestic abuse, at any level."),
        ((14,), (), None, False, 0, "No service recorded here works directly with a 14 year old about domestic abuse, at any level."),
        ((18,), (), 16, False, 0, "No service recorded here works directly with an 18 year old about domestic abuse, at any level."),
        (
            (16,), (1,), 16, True, 0,
            "No service recorded here works directly with a 16 year old about domestic abuse at level 1; one does at another level.",
        ),
        (
            (9, 14), (2, 3), None, False, 2,
            "No service is recorded as working directly with children of 9 and 14 about domestic abuse at levels 2 and 3; "
            "for 2 services the source does not say.",
        ),
        ((UNBORN,), (), 16, False, 0, "No service recorded here works directly with under-16s about domestic abuse, at any level."),
    ],
)  # fmt: skip
def test_the_gap_is_said_plainly(
    ages: tuple[int, ...], levels: tuple[int, ...], direct_from: int | None, other_level: bool, unknown: int, sentence: str
) -> None:
    question = Question(area="warwickshire", needs=("domestic-abuse",), ages=ages, levels=levels)
    assert the_gap(question, direct_from, other_level, unknown, directory()) == sentence


REASONS = """
level 3, 14, dv | domestic-abuse-support
  Works at levels 2 to 4. For people of 16 and over: help for the parent or carer, which reaches the child. Main purpose is domestic
  abuse. Route not recorded.
level 3, 14, dv | family-matters
  Works at level 3. Works with 10 to 17 year olds. Close purpose: risk of coming into care and family relationship breakdown.
level 3, 14, dv | drug-alcohol-addaction
  Works at levels 1 to 4. For adults of 18 and over: help for the parent or carer, which reaches the child. Only where the need is
  alcohol misuse by a parent or other adult at home or drug misuse by a parent or other adult at home.
dv 16 | domestic-abuse-refuge
  Works at levels 2 to 4. From 16, so a person of 16 could use it in their own right; also help for a parent or carer. Main purpose
  is domestic abuse. Places are short (the day is not recorded). Route not recorded.
edge of care 14 | systemic-family-work
  Works at levels 2 to 4. Works with families of children up to 18. Main purpose is risk of coming into care. Pilot at the date of
  the source. Full (the day is not recorded).
EHCP 22 | targeted-support-young-people
  Works at levels 1 to 4. From 20 to 25 if the young person has a special educational need or disability. Its ages make room for
  special educational needs and disabilities. Has a waiting list of 8 to 10 young people (the day is not recorded).
14 and 9, level 3 | family-matters
  Works at level 3. Works with 10 to 17 year olds (fits age 14). For risk of coming into care and family relationship breakdown.
14 | camhs
  Level not recorded. Age not recorded, ask. For child's mental health and emotional wellbeing. Has a waiting list (as at 2015).
  Route not recorded.
14 | family-information-service
  Works at levels 1 and 2. Works with families of children up to 25. Takes any need.
unborn | multiagency-safeguarding-hub
  Works at levels 3 and 4. Works with children from before birth to 18. Takes any need. Due to start at the date of the source.
"""


@pytest.mark.parametrize(("text", "slug", "reason"), paragraphs(REASONS))
def test_every_result_says_why_it_is_there(text: str, slug: str, reason: str) -> None:
    by_slug = {result.service.slug: result.reason for result in results_of(answering().ask(text))}
    assert by_slug[slug] == reason


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((14,), "a 14 year old"),
        ((8,), "an 8 year old"),
        ((11,), "an 11 year old"),
        ((18,), "an 18 year old"),
        ((UNBORN,), "an unborn baby"),
        ((9, 14), "children of 9 and 14"),
        ((), "children or young people"),
    ],
)
def test_who_is_asked_for(ages: tuple[int, ...], words: str) -> None:
    assert who(ages) == words


def test_small_words() -> None:
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined(["a", "b"], "or") == "a or b"
    assert inside("Domestic abuse") == "domestic abuse"
    assert inside("FGM") == "FGM"
    assert levels_in_words((3,)) == "level 3"
    assert levels_in_words((2, 3, 4)) == "levels 2 to 4"
    assert levels_in_words((2, 4)) == "levels 2 and 4"
    assert levels_in_words(()) == "no recorded level"
    assert counted(0, "service") == "No services"
    assert counted(1, "service") == "1 service"
    assert counted(3, "more has", "more have") == "3 more have"
    assert labels(["neglect", "fgm", "missing", "long-gone"], directory()) == "neglect, female genital mutilation and going missing"
    assert labels(["neglect", "fgm", "missing", "parenting", "send"], directory()).endswith(" and 2 more")


def test_a_group_counts_what_it_does_not_list() -> None:
    assert Group("fits", "Fits", (), more=7).size == 7


def test_a_need_that_is_gone_from_the_content_is_no_reason_to_fail() -> None:
    answer = answering().matcher.answer(replace(Question(area="warwickshire"), needs=("long-gone",), ages=(14,)))
    assert answer.alert is None
    assert results_of(answer, "specific") == []
