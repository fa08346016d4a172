"""The words of an answer, made beside the facts: reasons, headings, the sentence that answers, the gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.matching.answer import Group, Result, Strength
from app.model import STATUS_WORDS, UNBORN, Capacity, Directory, Service, date_in_words
from app.model.fit import makes_room_for
from app.question import Question, ages_in_words, choices_of

MAX_NAMED = 3


def joined(parts: Sequence[str], last: str = "and") -> str:
    """("a", "b", "c") as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def inside(label: str) -> str:
    """A label as it stands inside a sentence: "Domestic abuse" as "domestic abuse", "FGM" and "DfE" as they are."""
    second = label[1:2]
    return label if second.isupper() or not second else label[0].lower() + label[1:]


@lru_cache(maxsize=256)
def levels_in_words(levels: tuple[int, ...]) -> str:
    """(2, 3, 4) as "levels 2 to 4", (2, 4) as "levels 2 and 4", (3,) as "level 3"."""
    if not levels:
        return "no recorded level"
    if len(levels) == 1:
        return f"level {levels[0]}"
    if len(levels) > 2 and list(levels) == list(range(levels[0], levels[-1] + 1)):
        return f"levels {levels[0]} to {levels[-1]}"
    return f"levels {joined([str(level) for level in levels])}"


def labels(needs: Sequence[str], directory: Directory) -> str:
    """Need ids as words for the middle of a sentence, at most three of them named."""
    known = [inside(directory.need_by_id[need].label) for need in needs if need in directory.need_by_id]
    if len(known) > MAX_NAMED:
        return f"{', '.join(known[:MAX_NAMED])} and {len(known) - MAX_NAMED} more"
    return joined(known)


@dataclass(frozen=True)
class StandingWords:
    """The parts of a service's reason that no question changes: made once for each service and kept."""

    levels: str
    near: str
    other: str
    unknowns: str


def standing_words(service: Service, directory: Directory) -> StandingWords:
    """The level line, the need lines for a close and for no relation, and what is not known or must be known."""
    after = []
    if not service.is_running or service.status in ("pilot", "starting"):
        after.append(STATUS_WORDS[service.status])
    if service.capacity and service.capacity.state in CAPACITY_WORDS:
        after.append(_capacity_line(service.capacity))
    if not service.reached_by:
        after.append("Ways in not shown to this audience" if "reached_by" in service.withheld else "Route not recorded")
    return StandingWords(
        f"Works at {levels_in_words(service.levels)}" if service.levels else "Level not recorded",
        _need_line(service, "near", (), directory),
        _need_line(service, "none", (), directory),
        "".join(f". {part}" for part in after) + ".",
    )


def reason(
    service: Service, words: StandingWords, age_line: str, strength: Strength, asked: Sequence[str], directory: Directory
) -> str:
    """Why this service stands here: level, age, need, and what is not known."""
    if strength in ("main", "also"):
        need = _need_line(service, strength, asked, directory)
    else:
        need = words.near if strength == "near" else words.other
    return f"{words.levels}. {age_line}. {need}{words.unknowns}"


CAPACITY_WORDS = {"full": "Full", "waiting list": "Has a waiting list", "limited": "Places are short"}
"""The states of capacity that a reader must know before promising anything, in words."""


def _capacity_line(capacity: Capacity) -> str:
    words = CAPACITY_WORDS[capacity.state]
    if capacity.waiting:
        words += f" of {capacity.waiting} {capacity.unit or ''}".rstrip()
    return f"{words} (as at {date_in_words(capacity.as_at)})" if capacity.as_at else f"{words} (the day is not recorded)"


def _need_line(service: Service, strength: Strength, asked: Sequence[str], directory: Directory) -> str:
    needs = service.needs
    if needs is None:
        return "What it is for is not recorded"
    if strength == "main":
        hit = [need for need in needs.main if need in asked]
        return f"Main purpose is {labels(hit, directory)}"
    if strength == "also":
        hit = [need for need in (*needs.also, *needs.main) if need in asked]
        room = [need for need in makes_room_for(service) if need in asked]
        return f"Also helps with {labels(hit, directory)}" if hit else f"Its ages make room for {labels(room, directory)}"
    if strength == "near":
        return f"Close purpose: {labels(needs.main, directory)}"
    if needs.any_need and not needs.main:
        return "Takes any need"
    if needs.only_if:
        return f"Only where the need is {_or(needs.only_if, directory)}"
    return f"For {labels(needs.main, directory)}"


def _or(needs: Sequence[str], directory: Directory) -> str:
    return joined([inside(directory.need_by_id[need].label) for need in needs if need in directory.need_by_id], "or")


def who(ages: tuple[int, ...]) -> str:
    """(14,) as "a 14 year old", (0,) as "a baby under 1", (-1,) as "an unborn baby", (9, 14) as "children of 9 and 14"."""
    if not ages:
        return "children or young people"
    if len(ages) > 1:
        return f"children of {ages_in_words(ages)}"
    if ages[0] <= 0:
        return "an unborn baby" if ages[0] == UNBORN else "a baby under 1"
    article = "an" if ages[0] in (8, 11, 18) else "a"
    return f"{article} {ages[0]} year old"


def at_levels(question: Question) -> str:
    """" at level 3", or "" when no level was asked."""
    return f" at {levels_in_words(question.levels)}" if question.levels else ""


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 as "1 service is", 3 as "3 services are"."""
    return f"{'No' if number == 0 else number} {one if number == 1 else many or one + 's'}"


def the_sentence(question: Question, groups: Sequence[Group], directory: Directory) -> str:
    """The answer in a sentence or two, before any list; it ends with the decision that is still open, if there is one."""
    by_id: dict[str, Group] = {group.id: group for group in groups}
    if question.needs:
        answer = _about_needs(question, by_id, directory)
    elif question.levels or question.ages:
        answer = _about_everything(question, by_id, directory)
    elif question.processes or question.gateways:
        answer = _about_steps(question, directory)
    elif question.words:
        answer = _about_words(question, by_id.get("found"), directory)
    elif question.is_empty:
        answer = "Nothing in it was understood, so nothing was looked for. Ask with a need, a level or an age."
    else:
        answer = ""
    return " ".join(filter(None, (answer, _about_choices(question, directory))))


def _about_everything(question: Question, by_id: dict[str, Group], directory: Directory) -> str:
    fits, unknown = by_id.get("fits"), by_id.get("not-recorded")
    number = fits.size if fits else 0
    age = f" for {who(question.ages)}" if question.ages else ""
    place = directory.area_by_id[question.area].name
    text = f"{counted(number, 'service')} recorded in {place} {'fits' if number == 1 else 'fit'}{at_levels(question)}{age}."
    if unknown and not number:
        text += f" {counted(unknown.size, 'service')} may fit, but the source does not say the level or the age."
    return text


def _about_words(question: Question, found: Group | None, directory: Directory) -> str:
    place = directory.area_by_id[question.area].name
    number = found.size + len(found.items) if found else 0
    asked = joined([f"'{word}'" for word in question.words])
    if not number:
        return f"Nothing in the content for {place} speaks of {asked}."
    return f"{counted(number, 'place')} in the content for {place} {'speaks' if number == 1 else 'speak'} of {asked}."


def _about_steps(question: Question, directory: Directory) -> str:
    """What was asked about when it is a step of the pathway; "" when it is none."""
    named = [
        gateway.name
        for gateway in directory.gateways
        if gateway.area == question.area and (gateway.id in question.gateways or gateway.process in question.processes)
    ]
    place = directory.area_by_id[question.area].name
    if named:
        return f"On the pathway in {place}: {joined(named)}."
    asked = [inside(directory.process_by_id[process].label) for process in question.processes if process in directory.process_by_id]
    return f"No step recorded in {place} answers to {joined(asked)}." if asked else ""


def _about_choices(question: Question, directory: Directory) -> str:
    words = [choice.word for choice in choices_of(question, directory) if choice.options]
    said = joined([f"'{word}'" for word in words])
    return f"{said} can mean different things: choose one." if said else ""


def _about_needs(question: Question, by_id: dict[str, Group], directory: Directory) -> str:
    specific, related, unknown = (by_id.get(name) for name in ("specific", "related", "not-recorded"))
    number = specific.size if specific else 0
    place = directory.area_by_id[question.area].name
    text = (
        f"{counted(number, 'service')} recorded in {place} {'is' if number == 1 else 'are'} specific to "
        f"{labels(question.needs, directory)}{at_levels(question)}"
    )
    if question.ages:
        text += f" and {'reaches' if number == 1 else 'reach'} {who(question.ages)}" if number else f" for {who(question.ages)}"
    text += "."
    if specific and all(result.age_class == "through-parent" for result in specific.results):
        text += " It works through a parent or carer." if number == 1 else " They work through a parent or carer."
    if related:
        text += f" {counted(related.size, 'more has', 'more have')} a close purpose."
    if not number and unknown:
        text += f" {counted(unknown.size, 'service')} may fit, but the source does not record enough to say."
    return text


def the_gap(question: Question, direct_from: int | None, levels_with_direct: bool, unknown: int, directory: Directory) -> str:
    """What is missing, said plainly: nobody works directly with this child about this need.

    `direct_from` is the youngest age that any service for the need works with directly, at any level; None when
    none does. `levels_with_direct` says that such a service exists, but at other levels than were asked. `unknown` counts the
    services for the need of which the source gives no age: with one of them, nobody may say that there is none.
    """
    need, child = labels(question.needs, directory), who(question.ages)
    if unknown:
        more = "1 service" if unknown == 1 else f"{unknown} services"
        start = f"No service is recorded as working directly with {child} about {need}{at_levels(question)}"
        return f"{start}; for {more} the source does not say."
    if levels_with_direct:
        return f"No service recorded here works directly with {child} about {need}{at_levels(question)}; one does at another level."
    if direct_from is not None and question.ages and max(question.ages) < direct_from:
        return f"No service recorded here works directly with under-{direct_from}s about {need}, at any level."
    return f"No service recorded here works directly with {child} about {need}, at any level."


def caution(needs: Sequence[str], directory: Directory) -> str:
    """What must be known before a service that is not specific to these needs is offered; "" when nothing is written."""
    words = [directory.need_by_id[need].caution for need in needs if need in directory.need_by_id]
    return " ".join(dict.fromkeys(word for word in words if word))


def level_miss(result: Result, question: Question) -> str:
    """Which level the service works at instead."""
    return f"Level: works at {levels_in_words(result.service.levels)}, not at {levels_in_words(question.levels)}"


def status_miss(service: Service) -> str:
    """What its status was, and when."""
    return f"Status: {inside(STATUS_WORDS[service.status])} ({date_in_words(service.as_at)})"
