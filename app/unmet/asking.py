"""A question and its answer as one of a few kinds: all that is ever counted of it."""

from __future__ import annotations

from datetime import date

from app.gaps import BANDS
from app.matching import Answer
from app.model import AlertGrade, Directory
from app.state import Asked, Outcome
from app.unmet.periods import week_of

LEFT_OUT: tuple[AlertGrade, ...] = ("statutory", "immediate")
"""Needs of these grades are never counted: where they are rare, one count is one child."""

MOST_NEEDS = 2

OUTCOME_WORDS: dict[Outcome, str] = {
    "specific": "Something specific",
    "related": "Only related help",
    "parent": "Only through a parent",
    "none": "Nothing",
}
"""What a question found, in words."""


def kind_of(answer: Answer, directory: Directory, today: date) -> Asked | None:
    """What is counted of a question, or None for one that is not counted.

    Not counted is what asks for no level, age or need, for more than two needs, for one that is left out, or was not understood whole.
    """
    question = answer.question
    if not question.is_structured or len(question.needs) > MOST_NEEDS or question.refused or question.choices:
        return None
    if any(directory.need_by_id[name].alert in LEFT_OUT for name in question.needs):
        return None
    needs = (*sorted(question.needs), "", "")
    level = str(question.levels[0]) if len(question.levels) == 1 else ""
    return Asked(week_of(today), question.area, needs[0], needs[1], level, band_of(question.ages), outcome_of(answer))


def band_of(ages: tuple[int, ...]) -> str:
    """The band of ages that holds them all; "" for none, or for ages of several bands."""
    return next((band.id for band in BANDS if ages and set(ages) <= set(band.ages)), "")


def outcome_of(answer: Answer) -> Outcome:
    """What a question found: something specific that reaches the child, or only through a parent, or only related help, or nothing."""
    main = answer.group("specific") or answer.group("fits")
    if main:
        return "parent" if all(result.age_class == "through-parent" for result in main.results) else "specific"
    return "related" if answer.group("related") else "none"
