"""What follows when the family says no: only what the sources say, and the steps they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.graph import Graph, Hop, Place
from app.journeys.told import ToldStep, tell_step
from app.journeys.words import NOT_RECORDED, cited
from app.model import Directory


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place that needs consent: whose, what follows a no in the source's sense, and the recorded steps it speaks of."""

    place: Place
    consent: str
    words: str
    leads_to: tuple[ToldStep, ...]
    source: str

    def to_json(self) -> dict[str, Any]:
        """The refusal for other programs."""
        return {
            "at": self.place.id, "consent": self.consent, "if_refused": self.words,
            "leads_to": list(dict.fromkeys(step.end.id for step in self.leads_to)), "source": self.source,
        }  # fmt: skip


def refusals(names: Iterable[str], graph: Graph, directory: Directory) -> tuple[Refusal, ...]:
    """The places of a way at which consent can be refused, in their order; a profile counts as the stage it describes."""
    stages = dict.fromkeys(graph.places[name].twin if graph.places[name].is_service else name for name in names)
    return tuple(found for name in stages if name and (found := refusal_at(name, graph, directory)))


def refusal_at(name: str, graph: Graph, directory: Directory) -> Refusal | None:
    """What follows when consent is refused at a gateway; None where the source names no consent, or says that it is not voluntary."""
    gateway = graph.gateways[name]
    asked = gateway.consent and not gateway.consent.lower().startswith("not voluntary")
    if not asked and not gateway.if_refused:
        return None
    words = gateway.if_refused or NOT_RECORDED
    meant = [edge for edge in graph.out(name) if _names(words, graph.places[edge.end])]
    steps = tuple(tell_step(number, Hop(edge), graph, directory) for number, edge in enumerate(meant, 1))
    return Refusal(graph.places[name], gateway.consent or NOT_RECORDED, words, steps, cited(gateway.sources, directory))


def _names(words: str, place: Place) -> bool:
    """Whether a text names a place by its full name (without what stands in brackets); short names are too common to be sure of."""
    name = re.sub(r"\s*\([^)]*\)", "", place.name)
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words.replace("’", "'"), re.IGNORECASE) is not None
