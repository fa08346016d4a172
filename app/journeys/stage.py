"""One gateway as a stage: what comes before and after it, what happens after a no, and who helps there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from app.graph import Edge, Graph, Hop, UnknownPlace, graph_of
from app.journeys.refusal import Refusal, refusal_at
from app.journeys.told import ToldStep, tell_step
from app.journeys.words import NOT_RECORDED, citations_json, cited, inside
from app.model import Area, ClosedWay, Descriptor, Directory, Example, Gateway, Service
from app.problems import shown

Topic = Literal["what", "time", "consent", "refused", "decides", "refers", "disagree"]

PLAIN_TIME = re.compile(r"\w+ (?:hour|day|week|month)s?", re.IGNORECASE)
"""A time limit that is nothing but a length: "72 hours", "Eight days"."""

CITED_HEADING = re.compile(r"Level (\d), (.+)")
"""How a stage's source names a heading of the threshold scheme: "Level 4, Ensure Safety"."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A gateway with everything that is recorded around it. Steps keep the order of the content.

    `before` are the steps that lead here, the next four leave it for other stages, and `services` are the steps from here to services;
    `profile` is the service that is this gateway's own profile. `disagreement` is the area's stage for professional
    disagreements, None when none is recorded. `closed` are the ways from or to here that a source says do not exist.
    """

    area: Area
    gateway: Gateway
    before: tuple[ToldStep, ...]
    next_up: tuple[ToldStep, ...]
    next_down: tuple[ToldStep, ...]
    refer: tuple[ToldStep, ...]
    signpost: tuple[ToldStep, ...]
    services: tuple[ToldStep, ...]
    closed: tuple[ClosedWay, ...]
    profile: Service | None
    if_refused: Refusal | None
    disagreement: Gateway | None
    disagreement_words: str
    disagreement_source: str
    descriptors: tuple[Descriptor, ...]
    compare_levels: tuple[int, ...]
    examples: tuple[Example, ...]
    source: str

    def to_json(self) -> dict[str, Any]:
        """The stage for other programs; what no source says is null."""
        gateway = self.gateway
        return {
            "area": self.area.id,
            **gateway.model_dump(mode="json", exclude={"area", "sources"}),
            "before": [step.to_json() for step in self.before],
            "next_up": [step.to_json() for step in self.next_up],
            "next_down": [step.to_json() for step in self.next_down],
            "refer": [step.to_json() for step in self.refer],
            "signpost": [step.to_json() for step in self.signpost],
            "services": [step.to_json() for step in self.services],
            "closed": [
                {"from": way.start, "to": way.end, "words": way.words, "sources": citations_json(way.sources)} for way in self.closed
            ],
            "refusal": self.if_refused.to_json() if self.if_refused else None,
            "disagreement": self.disagreement.id if self.disagreement else None,
            "descriptors": [descriptor.id for descriptor in self.descriptors],
            "compare_levels": list(self.compare_levels),
            "examples": [example.id for example in self.examples],
            "sources": citations_json(gateway.sources),
        }


def stage(directory: Directory, area: str, gateway: str) -> Stage:
    """A gateway of an area as a stage; the profile of a gateway stands for it.

    Raises UnknownArea, OtherArea, or UnknownPlace, also for a service that is no stage.
    """
    graph = graph_of(directory, area)
    place = graph.place(gateway)
    name = place.twin if place.is_service else place.id
    if not name:
        raise UnknownPlace(f"{shown(gateway)} is a service of {graph.area.name}, not a stage; its own page says how it is reached")
    here = graph.gateways[name]
    leaving = tuple(graph.out(name))
    before = tuple(graph.into(name))

    def told(edges: Iterable[Edge]) -> tuple[ToldStep, ...]:
        return tuple(tell_step(number, Hop(edge), graph, directory) for number, edge in enumerate(edges, 1))

    def onward(kind: str) -> tuple[ToldStep, ...]:
        return told(edge for edge in leaving if edge.kind == kind and not graph.places[edge.end].is_service)

    escalation = _escalation(graph)
    return Stage(
        area=graph.area,
        gateway=here,
        before=told(before),
        next_up=onward("step-up"),
        next_down=onward("step-down"),
        refer=onward("refer"),
        signpost=onward("signpost"),
        services=told(edge for edge in leaving if graph.places[edge.end].is_service),
        closed=tuple(way for way in graph.closed_ways if name in (way.start, way.end)),
        profile=graph.services.get(here.service or ""),
        if_refused=refusal_at(name, graph, directory),
        disagreement=escalation,
        disagreement_words=_disagreement(escalation, area, directory),
        disagreement_source=cited(escalation.sources, directory) if escalation else "",
        descriptors=descriptors_of(here, before, graph, directory),
        compare_levels=here.way_in_at,
        examples=tuple(example for example in directory.examples if f"{area}/{name}" in example.gateways),
        source=cited(here.sources, directory),
    )


def _escalation(graph: Graph) -> Gateway | None:
    return next((gateway for gateway in graph.gateways.values() if gateway.process == "escalation"), None)


def _disagreement(escalation: Gateway | None, area: str, directory: Directory) -> str:
    if escalation:
        return escalation.what
    scheme = directory.scheme_of(area)
    return scheme.disagreement if scheme and scheme.disagreement else NOT_RECORDED


def descriptors_of(gateway: Gateway, before: tuple[Edge, ...], graph: Graph, directory: Directory) -> tuple[Descriptor, ...]:
    """The descriptors that the sources themselves tie to a stage: a few, or none.

    A descriptor belongs here when a source of the stage, or of a step that leads to it, names its level and heading in the area's
    own threshold scheme. Of such a heading only the descriptors that name the stage, or the stage from which the step comes,
    by its name or short name are meant, if any do; else the whole heading is. All descriptors of a level are never
    taken for a stage: there are some sixty at each, and a level is no stage. Stages that are the usual way in at a level
    lead to that level's page instead (`compare_levels`).
    """
    scheme = directory.scheme_of(gateway.area)
    if scheme is None:
        return ()
    own = {citation.document for citation in scheme.sources if _is_scheme(citation.document, directory)}
    ties = [(citation, [gateway]) for citation in gateway.sources]
    ties += [(citation, [gateway, graph.gateways[edge.start]]) for edge in before for citation in edge.sources]
    found: dict[str, None] = {}
    for citation, named in ties:
        heading = CITED_HEADING.fullmatch(citation.section)
        if citation.document not in own or heading is None:
            continue
        under = [
            descriptor
            for descriptor in directory.descriptors
            if (descriptor.scheme, str(descriptor.level), descriptor.heading) == (scheme.id, *heading.groups())
        ]
        words = {word.lower() for each in named for word in (each.name, each.short or each.name)}
        naming = [each for each in under if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", each.text.lower()) for word in words)]
        found |= dict.fromkeys(descriptor.id for descriptor in naming or under)
    return tuple(descriptor for descriptor in directory.descriptors if descriptor.scheme == scheme.id and descriptor.id in found)


def _is_scheme(document: str, directory: Directory) -> bool:
    source = directory.source_by_id.get(document)
    return source is not None and source.kind.lower() == "threshold document"


def stage_sentence(stage: Stage, topic: Topic | None = None) -> str:
    """A stage as the answer to a question about the process, with its source: only recorded facts, else "not recorded".

    Without a topic, a power or an order of short duration is told by its time limit, anything else by what it is.
    """
    gateway = stage.gateway
    if topic is None:
        topic = "time" if gateway.time_limit and gateway.kind in ("power", "order") and PLAIN_TIME.fullmatch(gateway.time_limit) else "what"
    if topic == "disagree":
        return _disagree_sentence(stage)
    label, fact = {
        "what": ("", gateway.what),
        "time": ("time limit", gateway.time_limit),
        "consent": ("consent", gateway.consent),
        "refused": ("if consent is refused", gateway.if_refused),
        "decides": ("who decides", gateway.who_decides),
        "refers": ("who may refer", gateway.who_may_refer),
    }[topic]
    if not fact:
        return f"{gateway.name}, {label}: not recorded (source: {stage.source})."
    if topic == "time" and PLAIN_TIME.fullmatch(fact):
        return f"{gateway.name} lasts at most {inside(fact)} (source: {stage.source})."
    words = _first_sentence(fact) if topic == "what" else fact
    return f"{gateway.name}{', ' if label else ''}{label}: {words.rstrip('.')} (source: {stage.source})."


def _disagree_sentence(stage: Stage) -> str:
    if stage.disagreement is None:
        return f"If you disagree with a decision in {stage.area.name}: {inside(stage.disagreement_words).rstrip('.')}."
    words = f"{stage.disagreement.name}. {_first_sentence(stage.disagreement_words).rstrip('.')}"
    return f"If you disagree with a decision in {stage.area.name}: {words} (source: {stage.disagreement_source})."


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0]
