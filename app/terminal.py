"""An answer as text for a terminal: what a tired person needs first stands first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from app.freshness import among, mark_of, service_reviews, worst
from app.journeys.words import STEP_WORDS
from app.matching import Answer, Direction, Group, Result, StageAnswer
from app.matching.sentences import inside, joined, labels, levels_in_words
from app.model import Descriptor, Directory, Service
from app.question import FACT_WORDS, ages_in_words

WIDTH = 88


def answer_as_text(answer: Answer, directory: Directory, today: date) -> str:
    """The whole answer, wrapped at 88 columns, ending with a line break; what is due for review on that day is said below names."""
    return "\n".join(_lines(answer, directory, today)).rstrip() + "\n"


def freshness_as_text(service: Service, directory: Directory, today: date) -> str:
    """When a service was last checked and whether that is due again, after an empty line; ends with a line break."""
    words = mark_of(service_reviews(service, directory.site.review, today)).words
    return "".join(f"{line}\n" for line in ["", *_wrap(f"{service.name}. {words}")])


def _wrap(text: str, indent: str = "", hang: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent if hang is None else hang) or [""]


def _lines(answer: Answer, directory: Directory, today: date) -> Iterator[str]:
    yield from _wrap(f"Understood: {understood(answer, directory)}")
    yield from _not_used(answer)
    for note in answer.notes:
        yield from _wrap(f"Note: {note}")
    if answer.alert:
        yield ""
        yield from _wrap(f"!! {answer.alert.heading}", hang="   ")
        for text in (answer.alert.text, *answer.alert.duties):
            yield from _wrap(text, "   ")
    for choice in answer.choices:
        yield ""
        yield from _wrap(f"? {choice.question}", hang="  ")
        for option in choice.options:
            yield from _wrap(f"- {option.label}", "    ", "      ")
    if answer.sentence or answer.gap:
        yield ""
        yield from _wrap(f"{answer.sentence} {answer.gap}".strip())
    if answer.did_you_mean:
        yield from _wrap(f"Did you mean: {' '.join(answer.did_you_mean)}?")
    for stage in answer.stages:
        yield from _stage(stage, told=stage is answer.stages[0] and not answer.question.is_structured)
    asked = {stage.gateway.id for stage in answer.stages}
    doors = [line for line in answer.gateways if line.gateway.id not in asked]
    if doors:
        yield from _heading("How to get help")
        for line in doors:
            yield from _wrap(f"- {line.gateway.name}: {line.why}", hang="  ")
    for group in answer.groups:
        yield from _group(group, directory)
        yield from _due((result.service for result in group.results), directory, today)
    if answer.alongside:
        yield from _heading("Carry on alongside")
        for result in answer.alongside:
            yield from _wrap(f"- {result.service.name}: {result.reason}", hang="  ")
        yield from _due((result.service for result in answer.alongside), directory, today)
    for direction in (answer.step_up, answer.step_down):
        if direction:
            yield from _direction(direction)
            yield from _due((result.service for result in direction.results), directory, today)
    if answer.descriptors:
        yield from _heading("What the thresholds say: examples that support your judgement, never a test")
        for descriptor in answer.descriptors:
            yield from _descriptor(descriptor, directory)
    if answer.others:
        yield ""
        yield from _wrap(f"{answer.others} more {'service works' if answer.others == 1 else 'services work'} here, for other needs.")
    yield ""
    place = directory.area_by_id[answer.question.area]
    yield from _wrap(f"{place.name}, as at {place.as_at}. {directory.site.banner}")


def understood(answer: Answer, directory: Directory) -> str:
    """What was read from the words, in words: "level 3, age 14, domestic abuse, Warwickshire"."""
    question = answer.question
    parts = []
    if question.levels:
        parts.append(levels_in_words(question.levels))
    if question.ages:
        parts.append(f"age {ages_in_words(question.ages)}" if question.ages != (-1,) else "unborn")
    parts += [labels([need], directory) for need in question.needs]
    parts += [directory.process_by_id[process].label for process in question.processes]
    parts += [directory.service_by_id[service].name for service in question.services]
    parts += [directory.programme_by_id[programme].name for programme in question.programmes]
    parts += [inside(FACT_WORDS[fact]) for fact in question.facts]
    parts += [f"'{word}'" for word in question.words]
    return ", ".join([*parts, directory.area_by_id[question.area].name])


def _not_used(answer: Answer) -> Iterator[str]:
    question = answer.question
    if question.not_used:
        yield from _wrap(f"Not used: {', '.join(question.not_used)}")
    if question.dropped:
        yield from _wrap(f"Taken out and not kept: what looks like {joined(question.dropped)}.")
    for part, value in question.refused:
        allowed = "ages here are 0 to 25 or unborn" if part == "age" else "levels are those of the area's thresholds"
        yield from _wrap(f"Not used: {part} {value}; {allowed}.")


def _stage(stage: StageAnswer, told: bool) -> Iterator[str]:
    """A stage that was asked about; what the first sentence of the answer has told is not told again."""
    yield from _heading(stage.gateway.name)
    for sentence in () if told else stage.sentences:
        yield from _wrap(sentence)
    for label, fact in (("Who decides", stage.gateway.who_decides), ("Consent", stage.gateway.consent),
                        ("Time limit", stage.gateway.time_limit), ("If the family says no", stage.gateway.if_refused)):  # fmt: skip
        yield from _wrap(f"- {label}: {fact or 'not recorded'}", hang="  ")
    for step in stage.after:
        doubt = "" if step.status == "stated in the source" else f" ({step.status})"
        when = f": {step.condition}" if step.condition else ""
        yield from _wrap(f"- Then, {STEP_WORDS[step.kind]} {step.name}{doubt}{when}", hang="  ")
    if not stage.after:
        yield "- Then: not recorded"


def _heading(words: str) -> list[str]:
    return ["", words, "-" * min(len(words), WIDTH)]


def _group(group: Group, directory: Directory) -> Iterator[str]:
    yield from _heading(f"{group.heading} ({len(group.results) + len(group.items)})")
    if group.note:
        yield from _wrap(f"! {group.note}", hang="  ")
    for result in group.results:
        yield from _result(result)
    for item in group.items:
        if item.kind == "descriptor":
            scheme, _, name = item.id.partition("/")
            yield from _descriptor(directory.descriptor_by_key[scheme, name], directory)
        else:
            yield from _wrap(f"- {item.title} ({item.kind})", hang="  ")
    if group.more:
        yield f"  and {group.more} more"


def _descriptor(descriptor: Descriptor, directory: Directory) -> list[str]:
    """A descriptor with its level, its domain and its heading: without them the phrase alone says little."""
    domains = {domain.id: domain.name for domain in directory.scheme_by_id[descriptor.scheme].domains}
    place = f"{domains[descriptor.domain]}: {descriptor.heading}"
    return _wrap(f"Level {descriptor.level}  {descriptor.text} ({place})", hang="         ")


def _due(services: Iterable[Service], directory: Directory, today: date) -> Iterator[str]:
    """Which of the services above are due to be checked again, in one line; nothing when none is."""
    words = among((service.name, worst(service_reviews(service, directory.site.review, today))) for service in services)
    if words:
        yield from _wrap(f"[{words}]", "  ", "   ")


def _result(result: Result) -> Iterator[str]:
    yield from _wrap(f"- {result.service.name}", hang="  ")
    if result.differs:
        yield from _wrap(f"{result.differs}.", "    ")
    yield from _wrap(result.reason, "    ")


def _direction(direction: Direction) -> Iterator[str]:
    yield from _heading(direction.heading)
    for line in direction.gateways:
        yield from _wrap(f"- {line.gateway.name}: {line.why}", hang="  ")
    if direction.results:
        yield from _wrap(f"- Services: {'; '.join(result.service.name for result in direction.results)}", hang="  ")
