"""What a commissioner should know of an area's pathway: bypasses, dead ends, loops, and what nobody wrote down.

Findings speak of the services that the sources tell of as in use; older, proposed and ended ones are left out, and so are
places that the editors know to be starts or ends. A finding says what is recorded, not what happens to families.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from app.graph import ANY, FIRM, STATED, Edge, Graph, Place, Way, graph_of
from app.journeys.words import citations_json, joined, said
from app.model import Directory

FindingKind = Literal[
    "unreachable-service", "stage-without-way-in", "route-not-recorded", "bypass", "single-point-of-failure", "no-way-down",
    "step-up-without-step-down", "no-way-on", "loop", "rests-on-doubt",
]

KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
"""The kinds in the order in which they are shown."""

HEADINGS: dict[FindingKind, str] = {
    "unreachable-service": "Services that nobody can reach",
    "stage-without-way-in": "Stages without a way in",
    "route-not-recorded": "Services whose route is not recorded",
    "bypass": "Services that can be reached past every coordinating gateway",
    "single-point-of-failure": "Gateways on which services depend",
    "no-way-down": "Stages with no way down",
    "step-up-without-step-down": "Stages that step up and never down",
    "no-way-on": "Stages from which nothing leads on",
    "loop": "Loops",
    "rests-on-doubt": "Ways that rest on a recommended, proposed or assumed step",
}

BEYOND = {FIRM: "", STATED: "only by a signpost", ANY: "only by a step that no source states"}
"""What the surest way past the gateways rests on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a sentence, and the places and steps it is about."""

    kind: FindingKind
    sentence: str
    places: tuple[Place, ...]
    edges: tuple[Edge, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The finding for other programs."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "places": [place.id for place in self.places],
            "steps": [
                {"from": edge.start, "to": edge.end, "kind": edge.kind, "status": edge.status, "sources": citations_json(edge.sources)}
                for edge in self.edges
            ],
        }


def findings(directory: Directory, area: str) -> tuple[Finding, ...]:
    """Everything found in an area's pathway, by kind and then in the order of the content. Raises UnknownArea."""
    return _Finder(graph_of(directory, area)).all()


class _Finder:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.stages = [place for place in graph.places.values() if not place.is_service]
        self.services = [graph.places[name] for name, service in graph.services.items() if service.is_running]
        self.coordinating = [graph.places[name] for name, gateway in graph.gateways.items() if gateway.way_in_at]
        past = [place.id for place in self.coordinating]
        starts = [place.id for place in graph.starts]
        self.surely = {doubt: graph.reachable(*starts, doubt=doubt) for doubt in (FIRM, STATED, ANY)}
        down = [edge for edge in graph.edges if edge.kind == "step-down"]
        self.above = graph.reaching(*(edge.start for edge in down))
        self.surely_above = graph.reaching(*(edge.start for edge in down if edge.is_stated), doubt=STATED)
        self.past_coordination = {doubt: graph.reachable(*starts, past=past, doubt=doubt) for doubt in (FIRM, STATED, ANY)}

    def all(self) -> tuple[Finding, ...]:
        """The findings of every kind."""
        rules: dict[FindingKind, Callable[[], Iterator[Finding]]] = {
            "unreachable-service": self.unreachable,
            "stage-without-way-in": self.without_way_in,
            "route-not-recorded": self.route_not_recorded,
            "bypass": self.bypasses,
            "single-point-of-failure": self.single_points,
            "no-way-down": self.no_way_down,
            "step-up-without-step-down": self.only_up,
            "no-way-on": self.no_way_on,
            "loop": self.loops,
            "rests-on-doubt": self.doubts,
        }
        return tuple(finding for kind in KINDS for finding in rules[kind]())

    # ways in

    def unreachable(self) -> Iterator[Finding]:
        """Services with recorded ways in, none of which a journey comes to."""
        for service in self.services:
            edges = tuple(self.graph.into(service.id))
            if edges and service.id not in self.surely[ANY]:
                doors = self._named(edge.start for edge in edges)
                words = f"{service.name} cannot be reached: its ways in begin at {doors}, and no recorded step leads there."
                yield Finding("unreachable-service", words, (service,), edges)

    def without_way_in(self) -> Iterator[Finding]:
        """Stages to which no journey comes."""
        for stage in self.stages:
            if stage.id in self.surely[ANY]:
                continue
            edges = tuple(self.graph.into(stage.id))
            words = f"No step leads to {stage.name}: the source does not say who brings a child there."
            if edges:
                words = f"{stage.name} has ways in only from {self._named(edge.start for edge in edges)}, and no recorded step leads there."
            yield Finding("stage-without-way-in", words, (stage,), edges)

    def route_not_recorded(self) -> Iterator[Finding]:
        """Services of which no source says how a family reaches them."""
        for service in self.services:
            if not any(self.graph.into(service.id)) and "reached_by" not in self.graph.services[service.id].withheld:
                words = f"How a family reaches {service.name} is not recorded."
                places: tuple[Place, ...] = (service,)
                if service.twin:
                    stage = self.graph.places[service.twin]
                    places = (service, stage)
                    words += f" The map shows it as the stage '{stage.name}'."
                yield Finding("route-not-recorded", words, places)

    def bypasses(self) -> Iterator[Finding]:
        """Services at a coordinated level that can be reached although every coordinating gateway were closed."""
        if not self.coordinating:
            words = f"No gateway of {self.graph.area.name} is recorded as the usual way in at a level, so nobody can say what goes past it."
            yield Finding("bypass", words, ())
            return
        past = {place.id for place in self.coordinating}
        levels = {level for name in past for level in self.graph.gateways[name].way_in_at}
        named = joined([place.short for place in self.coordinating], "or")
        for service in self.services:
            if service.twin in past or (service.levels and not levels & set(service.levels)):
                continue
            way, doubt = self._surest_way(service.id, past)
            if way:
                rests = f" ({BEYOND[doubt]})" if BEYOND[doubt] else ""
                words = f"{service.name} can be reached without {named}{rests}: {self._in_words(way)}."
                if service.levels and min(service.levels) < min(levels):
                    words += f" It also works at level {min(service.levels)}, below those gateways."
                yield Finding("bypass", words, (service, *(self.graph.places[name] for name in way.places[:-1])), way.edges)

    def _surest_way(self, end: str, past: set[str]) -> tuple[Way | None, int]:
        starts = [place.id for place in self.graph.starts if place.id not in past]
        for doubt in (FIRM, STATED, ANY):
            if end in self.past_coordination[doubt]:
                return self.graph.ways(starts, end, most=1, past=past, doubt=doubt, longest=len(self.graph.places)).ways[0], doubt
        return None, ANY

    def single_points(self) -> Iterator[Finding]:
        """Gateways that every recorded way to a service passes: if one closes or is full, no other way is known."""
        through: dict[str, list[Place]] = {}
        for service in self.services:
            for gateway in self.graph.only_through.get(service.id, ()):
                if gateway != service.twin:
                    through.setdefault(gateway, []).append(service)
        for stage in self.stages:
            lost = through.get(stage.id)
            if lost:
                verb = "begins at" if stage.kind in ("setting", "self") else "passes"
                words = f"Every recorded way to {joined([service.name for service in lost])} {verb} {stage.name}."
                leading = self.graph.reaching(*(service.id for service in lost))
                edges = tuple(edge for edge in self.graph.out(stage.id) if edge.end in leading)
                yield Finding("single-point-of-failure", words, (stage, *lost), edges)

    # ways down and on

    def no_way_down(self) -> Iterator[Finding]:
        """Stages that are stepped up to and from which no step down can be reached."""
        for stage in self._raised():
            if stage.id not in self.above:
                up = tuple(edge for edge in self.graph.into(stage.id) if edge.kind == "step-up")
                words = f"From {stage.name} no way down is recorded, although a child is stepped up to it."
                yield Finding("no-way-down", words, (stage,), up)

    def _raised(self) -> list[Place]:
        return [stage for stage in self.stages if any(edge.kind == "step-up" for edge in self.graph.into(stage.id))]

    def _way_down(self, stage: Place) -> tuple[Edge, ...]:
        """The steps of the surest of the shortest ways from a stage to the end of a step down."""
        reached = self.graph.reachable(stage.id)
        found = []
        for name in (name for name, steps in reached.items() if steps == self.above[stage.id]):
            way = self.graph.ways(stage.id, name, most=1).ways
            before = way[0].edges if way else ()
            found += [(*before, edge) for edge in self.graph.out(name) if edge.kind == "step-down"]
        return min(found, key=lambda edges: sum(not edge.is_stated for edge in edges))

    def only_up(self) -> Iterator[Finding]:
        """Stages from which a step leads up and none leads down; below a setting or a criminal court there is nothing."""
        for stage in self.stages:
            edges = list(self.graph.out(stage.id))
            up = tuple(edge for edge in edges if edge.kind == "step-up")
            bottom = stage.kind in ("setting", "self") or (stage.kind == "court" and stage in self.graph.starts)
            if up and not bottom and not any(edge.kind == "step-down" for edge in edges):
                words = f"{stage.name} steps up to {self._named(edge.end for edge in up)}, and no step down from it is recorded."
                yield Finding("step-up-without-step-down", words, (stage,), up)

    def no_way_on(self) -> Iterator[Finding]:
        """Stages that lead nowhere, though no step down ends there and they are not a programme, which is help itself."""
        for stage in self.stages:
            ends = any(edge.kind == "step-down" for edge in self.graph.into(stage.id)) or (stage.kind == "programme" and stage.twin)
            if not ends and not any(self.graph.out(stage.id)):
                yield Finding("no-way-on", f"No step leads on from {stage.name}: what follows is not recorded.", (stage,))

    def loops(self) -> Iterator[Finding]:
        """Ways round on which nothing steps down, each without the longer ones that pass the same places.

        Where a step down closes a loop, a child goes up and comes back: that is how it should be, and no finding.
        """
        told: list[set[Place]] = []
        for loop in self.graph.loops():
            edges = [edge for here, there in zip(loop, (*loop[1:], loop[0]), strict=True) for edge in self.graph.between(here.id, there.id)]
            if any(edge.kind == "step-down" for edge in edges) or any(places <= set(loop) for places in told):
                continue
            told.append(set(loop))
            words = f"A child can go round without a step down: {' to '.join(place.short for place in (*loop, loop[0]))}."
            surest = [min(self.graph.between(edge.start, edge.end), key=lambda each: each.doubt) for edge in edges]
            doubtful = [edge for edge in dict.fromkeys(surest) if not edge.is_stated]
            yield Finding("loop", f"{words} It {self._rests(doubtful)}." if doubtful else words, loop, tuple(edges))

    # doubt

    def doubts(self) -> Iterator[Finding]:
        """Stages and services that no way leads to, or down from, by stated steps alone; and single doors of which that is true."""
        for place in (*self.stages, *self.services):
            if self._doubtful(place.id):
                yield from self._doubt(f"No way to {place.name} is stated whole: the shortest", place, self._doubts_before(place.id))
        for service in self.services:
            for edge in () if self._doubtful(service.id) else self.graph.into(service.id):
                what = f"The way to {service.name} through {self.graph.places[edge.start].name}"
                before = self._doubts_before(edge.start) if self._doubtful(edge.start) else ()
                yield from self._doubt(what, service, (*before, *(() if edge.is_stated else (edge,))))
        for stage in self._raised():
            if stage.id in self.above and stage.id not in self.surely_above:
                edges = tuple(edge for edge in self._way_down(stage) if not edge.is_stated)
                yield from self._doubt(f"No way down from {stage.name} is stated whole: the nearest", stage, edges)

    def _doubtful(self, place: str) -> bool:
        return place in self.surely[ANY] and place not in self.surely[STATED]

    def _doubts_before(self, place: str) -> tuple[Edge, ...]:
        ways = self.graph.ways([start.id for start in self.graph.starts], place, most=1).ways
        return ways[0].doubtful if ways else ()

    def _doubt(self, what: str, place: Place, edges: tuple[Edge, ...]) -> Iterator[Finding]:
        if edges:
            yield Finding("rests-on-doubt", f"{what} {self._rests(edges)}.", (place,), edges)

    def _rests(self, edges: Sequence[Edge]) -> str:
        """What steps rest on, in words: "rests on an assumed step: Section 20 to CLA review"."""
        statuses = joined([status for status in ("recommended", "proposed", "assumed") if any(edge.status == status for edge in edges)])
        article = "" if len(edges) > 1 else "an " if statuses == "assumed" else "a "
        steps = "step" if len(edges) == 1 else "steps"
        return f"rests on {article}{statuses} {steps}: {joined([said(edge, self.graph) for edge in edges])}"

    # words

    def _named(self, names: Iterator[str]) -> str:
        return joined([self.graph.places[name].name for name in dict.fromkeys(names)])

    def _in_words(self, way: Way) -> str:
        return ", ".join(self.graph.places[name].short for name in way.places)
