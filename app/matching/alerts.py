"""The card above the results: the gravest grade among what was asked, never in the way of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from app.matching.answer import Alert
from app.model import ALERT_ORDER, AlertGrade, Directory
from app.question import Choice, Question


def the_alert(question: Question, choices: Sequence[Choice], directory: Directory) -> Alert | None:
    """The card for a question. None when nothing calls for one.

    An ambiguous word has the grade of its first meaning, the plainest one; where another would be graver, at least the
    card that says to think: "hit" brings the gravest card, "mental health" does not bring the one for suicide.
    """
    asked = [need for need in question.needs if need in directory.need_by_id]
    grades = [*(_grade(need, directory) for need in asked), *(_grade_of(choice, directory) for choice in choices)]
    grade: AlertGrade = max(grades, key=_rank, default="none")
    if grade == "none":
        return None
    card = next(card for card in directory.vocabulary.alerts if card.grade == grade)
    possible = [need for choice in choices for need in _meanings(choice, directory)]
    raised = [need for need in dict.fromkeys([*asked, *possible]) if _grade(need, directory) != "none"]
    within = [need for need in raised if _rank(_grade(need, directory)) <= _rank(grade)]
    duties = [directory.need_by_id[need].alert_text for need in within]
    return Alert(grade, tuple(within or raised), card.heading, card.text, tuple(duty for duty in duties if duty))


def _grade(need: str, directory: Directory) -> AlertGrade:
    return directory.need_by_id[need].alert


def _rank(grade: AlertGrade) -> int:
    return ALERT_ORDER.index(grade)


def _meanings(choice: Choice, directory: Directory) -> list[str]:
    return [option.value for option in choice.options if option.part == "need" and option.value in directory.need_by_id]


def _grade_of(choice: Choice, directory: Directory) -> AlertGrade:
    """The grade of the first meaning, and "think" when a later one is graver than a first that is none."""
    grades = [_grade(need, directory) for need in _meanings(choice, directory)]
    first = grades[0] if grades and choice.options[0].part == "need" else "none"
    return "think" if first == "none" and any(grade != "none" for grade in grades) else first
