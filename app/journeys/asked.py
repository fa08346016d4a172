"""What a question asks of the stages it names: each fact in a sentence with its source, and what comes before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from app.graph import graph_of
from app.journeys.stage import Stage, Topic, stage, stage_sentence
from app.journeys.told import ToldStep
from app.journeys.words import STEP_WORDS, joined
from app.model import Directory
from app.question import Question

DISAGREEMENT = "escalation"
"""The process word that asks how to disagree."""


def stages_asked(question: Question, directory: Directory) -> list[str]:
    """The ids of the stages that a question asks about: that for disagreements, those it names, those of its process words."""
    if not question.gateways and not question.processes:
        return []
    here = [gateway for gateway in directory.gateways if gateway.area == question.area]
    named = [gateway.id for gateway in here if gateway.process == DISAGREEMENT and DISAGREEMENT in question.processes]
    named += [gateway.id for gateway in here if gateway.id in question.gateways]
    meant = [gateway.id for gateway in here if gateway.process and gateway.process in question.processes]
    return list(dict.fromkeys([*named, *meant]))


def sentences_on(told: Stage, facts: Sequence[str], directory: Directory) -> tuple[str, ...]:
    """The facts asked of a stage as sentences; without any, what it is, or how long it lasts where that is the point of it.

    What comes after a no is an answer of its own: beside it, everything that may come after is not told.
    """
    if told.gateway.process == DISAGREEMENT:
        return (stage_sentence(told, "disagree"),)
    if not facts:
        return (stage_sentence(told),)
    asked = [fact for fact in facts if fact != "after" or "refused" not in facts]
    return tuple(sentence for fact in asked for sentence in _sentences(told, fact, directory))


def how_to_disagree(question: Question, directory: Directory) -> str:
    """How to disagree in an area that has no stage for it; "" when that was not asked, or when there is one."""
    graph = graph_of(directory, question.area)
    asked = DISAGREEMENT in question.processes or "disagree" in question.facts
    if not asked or not graph.gateways or any(gateway.process == DISAGREEMENT for gateway in graph.gateways.values()):
        return ""
    return stage_sentence(stage(directory, question.area, next(iter(graph.gateways))), "disagree")


def _sentences(told: Stage, fact: str, directory: Directory) -> Iterable[str]:
    name = told.gateway.name
    if fact == "after":
        onward = _onward(told.next_up, told.next_down, told.refer, told.signpost)
        yield _steps(f"After {name}", onward, directory) if onward else f"After {name}: no step to another stage is recorded."
    elif fact == "before":
        starts = [(step.start.name, "from", step) for step in told.before]
        yield _steps(f"Before {name}", starts, directory) if starts else f"Before {name}: no step that leads there is recorded."
    else:
        yield stage_sentence(told, cast(Topic, fact))
    if fact == "refused" and told.if_refused and told.if_refused.leads_to:
        yield _steps(f"The step recorded from {name} after a no", _onward(told.if_refused.leads_to), directory)


def _onward(*kinds: Sequence[ToldStep]) -> list[tuple[str, str, ToldStep]]:
    return [(step.end.name, STEP_WORDS[step.edge.kind], step) for steps in kinds for step in steps]


def _steps(start: str, steps: Sequence[tuple[str, str, ToldStep]], directory: Directory) -> str:
    """Steps in a sentence, those of a kind together: "After CAF: step up to MASH or social care; refer to FGC (source: ...)."."""
    by_kind: dict[str, dict[str, None]] = {}
    for name, words, step in steps:
        doubt = "" if step.edge.is_stated else f" ({step.edge.status})"
        by_kind.setdefault(words, {})[f"{name}{doubt}"] = None
    said = "; ".join(f"{words} {joined(list(names), 'or')}" for words, names in by_kind.items())
    return f"{start}: {said} (source: {_documents((step for _, _, step in steps), directory)})."


def _documents(steps: Iterable[ToldStep], directory: Directory) -> str:
    """The documents that steps come from; their sections stand on the page of the stage."""
    names = dict.fromkeys(citation.document for step in steps for citation in step.edge.sources)
    known = directory.source_by_id
    return "; ".join(f"{known[name].title} ({known[name].date[:4]})" if name in known else name for name in names)
