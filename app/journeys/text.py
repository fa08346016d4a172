"""Journeys, stages and findings as plain text, for a terminal and for tests that a social worker can check."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

from app.graph import Edge
from app.journeys.findings import HEADINGS, KINDS, Finding
from app.journeys.journey import Journey, ToldWay
from app.journeys.stage import Stage
from app.journeys.told import ToldStep
from app.journeys.words import NOT_RECORDED, STEP_WORDS, joined

WIDTH = 88


def outline(way: ToldWay) -> str:
    """A way as indented lines, one place a line: what is done, where it leads, and in brackets what no source states."""
    lines = [way.steps[0].start.name] if way.steps else []
    lines += [f"{'  ' * step.number}{_step_line(step)}" for step in way.steps]
    return "\n".join(lines)


def _step_line(step: ToldStep) -> str:
    doubt = "" if step.edge.is_stated else f" ({step.edge.status})"
    return f"{STEP_WORDS[step.edge.kind]} {step.end.name}{doubt}"


def journey_as_text(journey: Journey) -> str:
    """The whole journey, wrapped at 88 columns, ending with a line break."""
    return "\n".join(_journey_lines(journey)).rstrip() + "\n"


def _journey_lines(journey: Journey) -> Iterator[str]:
    yield from _wrap(f"From {journey.start.name} to {journey.end.name} ({journey.area.name}, as at {journey.area.as_at})")
    if journey.note:
        yield from _wrap(f"Note: {journey.note}")
    if journey.finding:
        yield ""
        yield from _wrap(journey.finding)
    told: dict[Edge, str] = {}
    for number, way in enumerate(journey.ways, 1):
        yield ""
        yield from _wrap(f"Way {number}. {way.sentence}")
        yield from _steps(way.steps, told)
        told = {step.edge: f"way {number}" for step in way.steps} | told
    if journey.instead:
        yield ""
        yield from _wrap(f"Instead, to {journey.instead.steps[-1].end.name}. {journey.instead.sentence}")
        yield from _steps(journey.instead.steps, {})
    if journey.if_refused:
        yield from ["", "If consent is refused", "---------------------"]
        for refusal in journey.if_refused:
            yield from _wrap(f"- {refusal.place.name}: {refusal.words}", hang="  ")
            for line in dict.fromkeys(_step_line(step) for step in refusal.leads_to):
                yield from _wrap(line, "    ")
    if not journey.all:
        yield ""
        yield from _wrap("There may be more ways; these are the shortest.")


def _steps(steps: Iterable[ToldStep], told: Mapping[Edge, str]) -> Iterator[str]:
    """The steps with all that is recorded of them; of a step that an earlier way has told, only the line."""
    missing: dict[str, list[str]] = {}
    for step in steps:
        again = f" (as in {told[step.edge]})" if step.edge in told else ""
        yield from _wrap(f"{step.number}. {step.start.name}: {_step_line(step)}{again}", "  ", "     ")
        if again:
            continue
        for label, text in _facts(step):
            if text:
                yield from _wrap(f"{label}: {text}", "     ", "       ")
            else:
                missing.setdefault(label.lower(), []).append(str(step.number))
        for other in step.others:
            yield from _wrap(f"Or, {STEP_WORDS[other.kind]} it: {other.condition or NOT_RECORDED}", "     ", "       ")
        yield from _wrap(f"Source: {step.source}", "     ", "       ")
    if missing:
        parts = [f"{label} ({'step' if len(numbers) == 1 else 'steps'} {joined(numbers)})" for label, numbers in missing.items()]
        yield from _wrap(f"{NOT_RECORDED}: {', '.join(parts)}", "  ", "     ")


def _facts(step: ToldStep) -> tuple[tuple[str, str | None], ...]:
    edge = step.edge
    return (("When", edge.condition), ("Consent", step.consent), ("Time limit", edge.time_limit), ("Who acts", edge.who_acts))


def stage_as_text(stage: Stage) -> str:
    """A stage as text: every heading stands there, with "Not recorded" where no source says anything."""
    return "\n".join(_stage_lines(stage)) + "\n"


def _stage_lines(stage: Stage) -> Iterator[str]:
    gateway = stage.gateway
    yield from _wrap(f"{gateway.name} ({stage.area.name}, as at {stage.area.as_at})")
    facts = (
        ("What it is", gateway.what), ("Why you would be here", gateway.trigger), ("Who may refer", gateway.who_may_refer),
        ("Who decides", gateway.who_decides), ("Consent", gateway.consent), ("Time limit", gateway.time_limit),
        ("What the family is told", gateway.family_is_told), ("If consent is refused", gateway.if_refused),
        ("If you disagree", stage.disagreement.name if stage.disagreement else stage.disagreement_words),
        ("Law", "; ".join(gateway.law)), ("Source", stage.source),
    )  # fmt: skip
    for label, text in facts:
        yield from _wrap(f"{label}: {text or NOT_RECORDED}", "  ", "    ")
    yield from _list("Comes before", (_from(step) for step in stage.before))
    for label, steps in (
        ("Next up", stage.next_up), ("Next down", stage.next_down), ("Refer on", stage.refer), ("Signpost", stage.signpost),
        ("Services at this stage", stage.services),
    ):  # fmt: skip
        yield from _list(label, (_to(step) for step in steps))
    yield from _list("Closed", (way.words for way in stage.closed), show_empty=False)
    yield from _list("Descriptors", (f"Level {each.level}: {each.text}" for each in stage.descriptors), show_empty=False)
    yield from _list("Examples", (example.name for example in stage.examples), show_empty=False)


def _from(step: ToldStep) -> str:
    doubt = "" if step.edge.is_stated else f" ({step.edge.status})"
    return f"{step.start.name}, {STEP_WORDS[step.edge.kind].removesuffix(' to')}{doubt}{_when(step)}"


def _to(step: ToldStep) -> str:
    doubt = "" if step.edge.is_stated else f" ({step.edge.status})"
    return f"{step.end.name}{doubt}{_when(step)}"


def _when(step: ToldStep) -> str:
    return f": {step.edge.condition}" if step.edge.condition else ""


def _list(label: str, lines: Iterable[str], *, show_empty: bool = True) -> Iterator[str]:
    found = list(lines)
    if not found and show_empty:
        yield f"  {label}: {NOT_RECORDED}"
    if found:
        yield f"  {label}:"
        for line in found:
            yield from _wrap(f"- {line}", "    ", "      ")


def findings_as_text(found: Iterable[Finding]) -> str:
    """Findings under the headings of their kinds."""
    lines: list[str] = []
    by_kind: dict[str, list[Finding]] = {}
    for finding in found:
        by_kind.setdefault(finding.kind, []).append(finding)
    for kind in KINDS:
        if kind in by_kind:
            lines += [f"{HEADINGS[kind]} ({len(by_kind[kind])})"]
            for finding in by_kind[kind]:
                lines += _wrap(f"- {finding.sentence}", "  ", "    ")
            lines.append("")
    return "\n".join(lines) or "Nothing was found.\n"


def _wrap(text: str, indent: str = "", hang: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent if hang is None else hang) or [""]
