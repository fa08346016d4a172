"""A way told to a person: its numbered steps, and the sentence on what is special about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.graph import Edge, Graph, Hop, Place, Way
from app.journeys.words import capital, citations_json, cited, counted, ended, joined, said
from app.model import Directory, date_in_words


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step of a way. `others` join the same two places on other conditions; `source` is in words.

    `consent` is the step's own or, where it names none, that of the gateway it leads to.
    """

    number: int
    start: Place
    end: Place
    edge: Edge
    others: tuple[Edge, ...]
    consent: str | None
    source: str

    def to_json(self) -> dict[str, Any]:
        """The step as other programs rely on it; what no source says is null."""
        edge = self.edge
        return {
            "from": edge.start,
            "to": edge.end,
            "kind": edge.kind,
            "condition": edge.condition,
            "consent": self.consent,
            "time_limit": edge.time_limit,
            "source": self.source,
            "who_acts": edge.who_acts,
            "status": edge.status,
            "sources": citations_json(edge.sources),
            "or": [
                {
                    "kind": other.kind, "condition": other.condition, "consent": other.consent, "time_limit": other.time_limit,
                    "who_acts": other.who_acts, "status": other.status, "sources": citations_json(other.sources),
                }
                for other in self.others
            ],
        }  # fmt: skip


def tell(way: Way, graph: Graph, directory: Directory) -> tuple[ToldStep, ...]:
    """The steps of a way, numbered from 1."""
    return tuple(tell_step(number, hop, graph, directory) for number, hop in enumerate(way.hops, 1))


def tell_step(number: int, hop: Hop, graph: Graph, directory: Directory) -> ToldStep:
    """One step with its places and its source."""
    edge = hop.edge
    source = cited(edge.sources, directory)
    return ToldStep(number, graph.places[edge.start], graph.places[edge.end], edge, hop.others, consent_of(edge, graph), source)


def consent_of(edge: Edge, graph: Graph) -> str | None:
    """Whose consent a step needs, by its own record or by that of the gateway it leads to."""
    gateway = graph.gateways.get(edge.end)
    return edge.consent or (gateway.consent if gateway else None)


def way_sentence(way: Way, graph: Graph) -> str:
    """What is special about a way: its length, whose consent, which assessment or court, and what no source states."""
    length = f"{capital(counted(len(way.hops), 'step'))}."
    return " ".join([length, *_consent(way, graph), *_passes(way, graph), *_doubts(way, graph), *_dates(way, graph)])


def _consent(way: Way, graph: Graph) -> list[str]:
    """The consents that the sources name. Where they name none nobody may conclude that none is needed."""
    named = [(number, consent) for number, edge in enumerate(way.edges, 1) if (consent := consent_of(edge, graph))]
    if not named:
        return ["The source names no consent on this way."]
    return [f"Consent at step {number}: {ended(consent)}" for number, consent in named]


def _passes(way: Way, graph: Graph) -> list[str]:
    between = [graph.places[name] for name in way.places[1:-1]]
    words = []
    assessments = [place.short for place in between if place.kind == "assessment"]
    if assessments:
        words.append(f"Only after an assessment: {joined(assessments)}.")
    courts = [place.short for place in between if place.kind in ("court", "order")]
    if courts:
        words.append(f"Only through a court or an order: {joined(courts)}.")
    return words


def _doubts(way: Way, graph: Graph) -> list[str]:
    words = []
    for status in ("recommended", "proposed", "assumed"):
        steps = [said(edge, graph) for edge in way.edges if edge.status == status]
        if steps:
            article = "an assumed" if status == "assumed" else f"a {status}"
            words.append(f"Rests on {article} step: {steps[0]}." if len(steps) == 1 else f"Rests on {status} steps: {joined(steps)}.")
    signposts = [said(edge, graph) for edge in way.edges if edge.kind == "signpost"]
    if signposts:
        words.append(f"{joined(signposts)}: only a signpost, nobody refers.")
    return words


def _dates(way: Way, graph: Graph) -> list[str]:
    words = []
    for gateway in (graph.gateways[name] for name in way.places if name in graph.gateways):
        name = gateway.short or gateway.name
        if gateway.exists_from:
            words.append(f"{name}: from {date_in_words(gateway.exists_from)}.")
        if gateway.exists_to:
            words.append(f"{name}: until {date_in_words(gateway.exists_to)}.")
    return words
