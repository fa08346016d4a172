"""The card above the results: the gravest grade among what was asked, never in the way of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from app.matching.answer import Alert
from app.model import ALERT_ORDER, AlertGrade, Directory
from app.question import Choice, Question


def the_alert(question: Question, choices: Sequence[Choice], directory: Directory) -> Alert | None:
    """The card for a question; an ambiguous word counts with its gravest meaning. None when nothing calls for one."""
    possible = [option.value for choice in choices for option in choice.options if option.part == "need"]
    needs = [need for need in dict.fromkeys([*question.needs, *possible]) if need in directory.need_by_id]
    grades = {need: directory.need_by_id[need].alert for need in needs}
    gravest: AlertGrade = max(grades.values(), key=ALERT_ORDER.index, default="none")
    if gravest == "none":
        return None
    card = next(card for card in directory.vocabulary.alerts if card.grade == gravest)
    raised = tuple(need for need in needs if grades[need] != "none")
    duties = [directory.need_by_id[need].alert_text for need in raised]
    return Alert(gravest, raised, card.heading, card.text, tuple(duty for duty in duties if duty))
