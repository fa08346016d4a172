"""Compare and note: it counts what was ticked, and never says what level a child is at."""

from __future__ import annotations

import re

import pytest
from golden.shipped import directory
from hypothesis import given, settings
from hypothesis import strategies as st

from app.levels import Choice, Levels, Note, Shown, board, in_order, note, note_as_text

DIRECTORY = directory()
LEVELS = Levels(DIRECTORY)
assert LEVELS.default is not None
LOCAL = LEVELS.shown(LEVELS.default).local

VERDICT = re.compile(
    r"this child|the child is|the child's level|child is (?:a |at )?level|level \d (?:child|case|family)|is (?:at|on) level|"
    r"meets? (?:the )?threshold|threshold (?:is )?met|scores?\b|scored|total of|out of \d|points?\b|percent|%|most likely|indicates|"
    r"suggests|you (?:must|should) refer|eligible|qualif|therefore|conclu|overall",
    re.IGNORECASE,
)
"""What a verdict, a score or a conclusion would sound like."""


def ticked(*ids: str) -> Note:
    found = in_order(LOCAL, ids)
    assert len(found) == len(ids), "an id in this test is none"
    return note(LOCAL, found)


WITNESSED, WITNESSING = "3-child-has-witnessed-domestic-abuse", "4-child-is-witnessing-domestic-abuse"
MENTAL_HEALTH, WELL = "3-mental-health-issues", "1-physically-well"

FRONT_DOOR = "One level 4 sign is a reason to consult the front door today."
ADD_UP = "Several lower signs can add up."


@pytest.mark.parametrize(("ids", "sentence"), [
    ([WITNESSED, MENTAL_HEALTH, WITNESSING], f"You picked 2 at level 3 and 1 at level 4. {FRONT_DOOR} {ADD_UP}"),
    ([WITNESSING], f"You picked 1 at level 4. {FRONT_DOOR}"),
    ([WITNESSED], f"You picked 1 at level 3. {ADD_UP}"),
    ([WITNESSED, WELL], f"You picked 1 at level 3, and 1 strength. {ADD_UP}"),
    ([WELL, "1-a-sense-of-self"], "You picked 2 strengths."),
    (
        ["2-poor-punctuality", WITNESSED, WITNESSING, WELL, "1-a-sense-of-self"],
        f"You picked 1 at level 2, 1 at level 3 and 1 at level 4, and 2 strengths. {FRONT_DOOR} {ADD_UP}",
    ),
    ([], ""),
])  # fmt: skip
def test_the_sentence_counts_and_says_what_follows_from_the_rules(ids: list[str], sentence: str) -> None:
    assert ticked(*ids).sentence == sentence


def own_words(made: Note) -> str:
    """The note without what it quotes: descriptors and the names of services, gateways and levels are the sources' own words."""
    text = note_as_text(made)
    quoted = [one.text for each in made.picked for one in each.descriptors] + [one.text for one in made.strengths]
    quoted += [help_.service.name for each in made.picked for help_ in each.help]
    quoted += [gateway.name for each in made.picked for gateway in each.gateways]
    for words in sorted(quoted, key=len, reverse=True):
        text = text.replace(words, "")
    return text


@settings(max_examples=300, deadline=None)
@given(st.sets(st.sampled_from([one.id for one in LOCAL.descriptors]), max_size=40))
def test_whatever_is_ticked_the_note_holds_no_verdict_and_no_score(ids: set[str]) -> None:
    made = ticked(*ids)
    assert not VERDICT.search(own_words(made)), own_words(made)
    numbers = [int(number) for number in re.findall(r"\d+", made.sentence.partition(".")[0])]
    signs = {level.number: sum(one.level == level.number for one in in_order(LOCAL, ids)) for level in LOCAL.levels}
    said = [part for level in (2, 3, 4) if signs[level] for part in (signs[level], level)] + ([signs[1]] if signs[1] else [])
    assert numbers == said, "it says the counts at each level, and no other number"
    assert ("consult the front door today" in made.sentence) == (signs[4] > 0)
    assert (ADD_UP in made.sentence) == (signs[2] + signs[3] > 0)


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from([one.id for one in LOCAL.descriptors]), max_size=40))
def test_everything_that_was_ticked_is_in_the_note_once_the_gravest_first(ids: set[str]) -> None:
    made = ticked(*ids)
    found = [one.id for each in made.picked for one in each.descriptors] + [one.id for one in made.strengths]
    assert sorted(found) == sorted(ids)
    levels = [each.level.number for each in made.picked]
    assert levels == sorted(levels, reverse=True)
    for each in made.picked:
        assert all(gateway.way_in_at and each.level.number in gateway.way_in_at for gateway in each.gateways)
        for help_ in each.help:
            assert each.level.number in help_.service.levels
            assert help_.answers
        assert {one.id for one in each.unanswered} <= {one.id for one in each.descriptors}


def test_the_verdicts_that_are_looked_for_would_be_found() -> None:
    for words in ("This child is at level 3", "a level 4 child", "Score: 7", "threshold met", "The child is in need"):
        assert VERDICT.search(words), words
    assert not VERDICT.search(f"You picked 2 at level 3 and 1 at level 4. {FRONT_DOOR} {ADD_UP}")


def test_the_note_leads_to_the_gateways_and_services_for_what_was_ticked() -> None:
    made = ticked(WITNESSED, MENTAL_HEALTH, WITNESSING)
    four, three = made.picked
    assert [gateway.id for gateway in four.gateways] == ["mash"]
    assert [gateway.id for gateway in three.gateways] == ["caf", "priority-families"]
    assert [help_.service.slug for help_ in four.help if help_.is_main] == ["domestic-abuse-refuge", "domestic-abuse-support"]
    assert [one.id for one in three.unanswered] == [MENTAL_HEALTH]


def test_the_gravest_card_of_what_was_ticked_stands_with_the_note() -> None:
    alert = ticked(WITNESSING).alert
    assert alert is not None
    assert alert.grade == "urgent"
    assert ticked(WELL).alert is None


def test_the_columns_hold_the_themes_and_headings_chosen_and_what_was_ticked() -> None:
    shown = board(LOCAL, Choice(("domestic-abuse",), ("Income",), in_order(LOCAL, [MENTAL_HEALTH])))
    columns = {column.level.number: [one.text for one in column.descriptors] for column in shown.columns}
    assert columns[2] == ["Parents have some conflict or difficulties that can involve the children", "Low income and debt"]
    assert columns[3] == [
        "Mental health issues", "Some instability and/or violence in the home", "Child has witnessed domestic abuse",
        "Parental discord and domestic violence", "NEET", "Debt causing significant stress in family",
    ]  # fmt: skip
    assert len(columns[4]) == 5


def test_strengths_are_looked_for_under_the_headings_of_what_is_compared() -> None:
    shown = board(LOCAL, Choice(("domestic-abuse",), ()))
    offered = {one.heading for _, ones in shown.strengths for one in ones}
    asked = {one.heading for column in shown.columns for one in column.descriptors}
    assert offered == asked
    assert all(one.level == 1 for _, ones in shown.strengths for one in ones)


def test_nothing_chosen_shows_nothing() -> None:
    shown = board(LOCAL, Choice())
    assert Choice().is_empty
    assert not any(column.descriptors for column in shown.columns)
    assert shown.strengths == ()


def test_a_scheme_says_itself_what_one_sign_is_reason_for(five: Shown) -> None:
    local = five.local
    made = note(local, in_order(local, ["2-sometimes-sleeps-badly", "4-uses-drugs-at-home", "5-is-being-hurt", "1-sleeps-and-eats-well"]))
    assert made.sentence == (
        "You picked 1 at level 2, 1 at level 4 and 1 at level 5, and 1 strength. "
        "One level 5 sign is a reason to consult the front door today. "
        "One level 4 sign is a reason to talk to the family help team this week. Several lower signs can add up."
    )


def test_the_note_for_other_programs() -> None:
    data = ticked(WITNESSED, WITNESSING, WELL).to_json()
    assert [level["level"] for level in data["levels"]] == [4, 3]
    assert [one["id"] for one in data["strengths"]] == [WELL]
    assert "do not decide a level" in data["reminder"]
