"""From where you are to the help: each way as numbered steps, what is special about it, and what to do where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.graph import LONGEST_WAY, Graph, Place, Way, graph_of
from app.journeys.refusal import Refusal, refusals
from app.journeys.told import ToldStep, tell, way_sentence
from app.journeys.words import capital, cited, counted, ended, joined
from app.model import STATUS_WORDS, Area, Directory, Service, date_in_words


@dataclass(frozen=True, slots=True)
class ToldWay:
    """One way: its steps, and a sentence on what is special about it."""

    steps: tuple[ToldStep, ...]
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """The way as other programs rely on it."""
        return {"steps": [step.to_json() for step in self.steps], "sentence": self.sentence}


@dataclass(frozen=True, slots=True)
class Journey:
    """The answer to "how do I get from here to there?".

    `finding` is a sentence where something must be said instead of, or before, the ways; `instead` is then a way to the
    nearest place that can be reached. `note` says what its profile says of a service that is not plainly in use. `all` says that
    no further way exists within the longest length.
    """

    area: Area
    start: Place
    end: Place
    ways: tuple[ToldWay, ...]
    finding: str | None
    instead: ToldWay | None
    if_refused: tuple[Refusal, ...]
    all: bool
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The journey as other programs rely on it: `ways` and `finding` are promised, the rest is told beside them."""
        return {
            "area": self.area.id,
            "from": self.start.id,
            "to": self.end.id,
            "ways": [way.to_json() for way in self.ways],
            "finding": self.finding,
            "instead": self.instead.to_json() if self.instead else None,
            "if_refused": [refusal.to_json() for refusal in self.if_refused],
            "all_ways": self.all,
            "note": self.note or None,
        }


def journey(directory: Directory, area: str, start: str, end: str) -> Journey:
    """The ways from a place to a place of one area: the shortest first, at most five.

    A place is a gateway's id, or a service's id with or without its area. A journey from a service begins at the gateway
    that the service is the profile of, if there is one. Raises UnknownArea, OtherArea or UnknownPlace with a sentence.
    """
    graph = graph_of(directory, area)
    here, there = graph.place(start), graph.place(end)
    if here.is_service and here.twin and here != there:
        here = graph.places[here.twin]
    if here == there or (here.twin == there.id and not graph.between(here.id, there.id)):
        return Journey(graph.area, here, there, (), _same(here, there), None, (), True, _note(there, graph))
    found = graph.ways(here.id, there.id)
    ways = tuple(_told(way, graph, directory) for way in found.ways)
    finding, instead = _finding(here, there, found.ways, graph, directory)
    passed = dict.fromkeys(name for way in (*found.ways, *([instead] if instead else [])) for name in way.places)
    return Journey(
        area=graph.area,
        start=here,
        end=there,
        ways=ways,
        finding=finding,
        instead=_told(instead, graph, directory) if instead else None,
        if_refused=refusals(passed or [here.id], graph, directory),
        all=found.all,
        note=_note(there, graph),
    )


def _told(way: Way, graph: Graph, directory: Directory) -> ToldWay:
    return ToldWay(tell(way, graph, directory), way_sentence(way, graph))


def _note(there: Place, graph: Graph) -> str:
    service = graph.services.get(there.id)
    if service is None or service.status == "running":
        return ""
    return f"{service.name}: {STATUS_WORDS[service.status]} ({date_in_words(service.as_at)})."


def _same(here: Place, there: Place) -> str:
    if here == there:
        return f"{capital(here.name)} is both the start and the end of this journey: you are there already."
    return f"{capital(there.name)} is the profile of the stage '{here.name}': you are there already."


def _finding(here: Place, there: Place, ways: tuple[Way, ...], graph: Graph, directory: Directory) -> tuple[str | None, Way | None]:
    """What must be said, and a way to the nearest place that can be reached; (None, None) when there are ways."""
    words = []
    closed = graph.closed(here.id, there.id)
    if closed:
        words.append(f"{ended(closed.words)} (Source: {cited(closed.sources, directory)}.)")
    if ways:
        return (f"{words[0]} The ways below lead round through other places.", None) if words else (None, None)
    instead = _instead(here, there, graph)
    service = graph.services.get(there.id)
    if service and not any(graph.into(there.id)):
        words.append(_not_recorded(service))
    else:
        words.append(_ways_in(there, graph) if closed else _no_way(here, there, graph))
    if instead:
        words.append(_instead_words(instead, there, graph))
    return " ".join(words), instead


def _not_recorded(service: Service) -> str:
    words = f"Route not recorded: the source does not say how a family reaches {service.name}."
    if "reached_by" in service.withheld:
        words = f"How a family reaches {service.name} is not shown to this audience."
    return f"{words} Who can refer: {ended(service.who_can_refer)}" if service.who_can_refer else words


def _no_way(here: Place, there: Place, graph: Graph) -> str:
    before = graph.reaching(there.id)
    if here.id in before:
        short = counted(LONGEST_WAY, "step")
        return f"No way of at most {short} is recorded from {here.name} to {there.name}; the shortest has {before[here.id]}."
    words = f"No way is recorded from {here.name} to {there.name}. {_ways_in(there, graph)}"
    starts = [place.name for place in graph.starts if place.id in before and not graph.between(place.id, there.id)]
    return f"{words} A journey there can start at {joined(starts, 'or')}." if starts else words


def _ways_in(there: Place, graph: Graph) -> str:
    doors = list(dict.fromkeys(graph.places[edge.start].name for edge in graph.into(there.id)))
    if not doors:
        return "No step leads there: the source does not say who brings a child there."
    return f"The recorded ways in are {joined(doors)}." if len(doors) > 1 else f"The only recorded way in is {doors[0]}."


def _instead(here: Place, there: Place, graph: Graph) -> Way | None:
    """A way to the nearest other place: the stage that the profile describes, else a service for the same need, else a stage alike."""
    reached = {name: steps for name, steps in graph.reachable(here.id).items() if 0 < steps <= LONGEST_WAY and name != there.id}
    if there.twin in reached:
        return graph.ways(here.id, there.twin, most=1).ways[0]
    order = {name: number for number, name in enumerate(graph.places)}
    best: tuple[tuple[int, int, int], str] | None = None
    for name, steps in reached.items():
        shared = _shared(there, graph.places[name], graph)
        if shared:
            rank = (steps, -shared, order[name])
            best = min(best, (rank, name)) if best else (rank, name)
    return graph.ways(here.id, best[1], most=1).ways[0] if best else None


def _shared(wanted: Place, offered: Place, graph: Graph) -> int:
    """How much another place has in common with the wanted one: services in main needs, stages in process or in kind and level."""
    if wanted.is_service != offered.is_service:
        return 0
    if wanted.is_service:
        one, other = graph.services[wanted.id], graph.services[offered.id]
        if not other.is_running or not one.needs or not other.needs:
            return 0
        return len(set(one.needs.main) & set(other.needs.main))
    here, there = graph.gateways[wanted.id], graph.gateways[offered.id]
    if here.process and here.process == there.process:
        return 2
    return 1 if here.kind == there.kind and set(here.levels) & set(there.levels) else 0


def _instead_words(way: Way, wanted: Place, graph: Graph) -> str:
    place = graph.places[way.places[-1]]
    length = f"{counted(len(way.hops), 'step')} from here"
    if place.id == wanted.twin:
        return f"The map shows it as a stage of its own, '{place.name}': {length}, see below."
    if place.is_service:
        return f"The nearest service that can be reached and has the same main need is {place.name}: {length}, see below."
    return f"The nearest stage of this sort that can be reached is {place.name}: {length}, see below."
