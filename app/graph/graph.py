"""The graph of one area: its places, its steps, and the search for ways between them."""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise

from app.graph.places import ANY, Edge, Hop, OtherArea, Part, Place, UnknownArea, UnknownPlace, Way, Ways
from app.model import START_KINDS, ClosedWay, Directory, Gateway, Service
from app.problems import LONGEST_SHOWN, shown

MOST_WAYS = 5
"""A person can compare five ways, not more."""

LONGEST_WAY = 8
"""Steps of the longest way looked for: from a school to a care order and home again takes six."""

MOST_EXAMINED = 5_000
"""Beginnings of ways looked at before a search gives up: ten places that are all joined have 109,601 ways already."""


SHORTEST_PART = 4
"""Letters from which a part of a name, whole words of it, is taken for the name."""


class Graph:
    """The places and edges of one area, in the order of the content. Never changed; safe to share between threads.

    Raises UnknownArea for an area that the directory does not have.
    """

    def __init__(self, directory: Directory, area: str) -> None:
        if area not in directory.area_by_id:
            raise UnknownArea(f"{shown(area)} is not an area here; the areas are {', '.join(directory.area_by_id)}")
        self.area = directory.area_by_id[area]
        self.gateways = {gateway.id: gateway for gateway in directory.gateways if gateway.area == area}
        self.services = {service.id: service for service in directory.services if service.area == area}
        self.closed_ways = tuple(closed for closed in directory.closed_ways if closed.area == area)
        self.places = {place.id: place for place in _places(self.gateways, self.services)}
        self.edges = tuple(
            dict.fromkeys(edge for edge in _edges(directory, area) if edge.start in self.places and edge.end in self.places)
        )
        self._elsewhere = _elsewhere(directory, area)
        self._parallel: dict[tuple[str, str], list[Edge]] = {}
        self._number = {name: number for number, name in enumerate(self.places)}
        self._names = tuple(self.places)
        self._on: list[dict[int, int]] = [{} for _ in self._names]
        self._back: list[dict[int, int]] = [{} for _ in self._names]
        for edge in self.edges:
            self._parallel.setdefault((edge.start, edge.end), []).append(edge)
            start, end = self._number[edge.start], self._number[edge.end]
            self._on[start][end] = self._back[end][start] = min(edge.doubt, self._on[start].get(end, ANY))

    # places and their steps

    def place(self, name: str) -> Place:
        """The place with this id; a service may also be named by its slug alone, a gateway also with its area.

        Raises OtherArea or UnknownPlace with the nearest names.
        """
        here = f"{self.area.id}/"
        for candidate in (name, here + name, name.removeprefix(here)):
            if candidate in self.places:
                return self.places[candidate]
        if name in self._elsewhere:
            where = self._elsewhere[name]
            raise OtherArea(f"{shown(name)} is in {where}, not in {self.area.name}; no journey goes from one area into another")
        raise UnknownPlace(f"{shown(name)} is not a stage or a service of {self.area.name}{self._nearest(name)}")

    def _nearest(self, name: str) -> str:
        words: dict[str, str] = {}
        for place in self.places.values():
            also = self.gateways[place.id].also_known_as if place.id in self.gateways else self.services[place.id].also_known_as
            for word in (place.id, place.id.partition("/")[2], place.name, place.short, *also):
                words.setdefault(word.lower(), place.id)
        asked = name[:LONGEST_SHOWN].lower()
        bare = asked.rpartition("/")[2]
        close = [bare] if bare in words else []
        for wrong in (asked, bare):
            close = close or get_close_matches(wrong, words, n=6, cutoff=0.7)
        if not close and len(bare) >= SHORTEST_PART:
            close = [word for word in words if f" {_spaced(bare)} " in f" {_spaced(word)} "]
        found = list(dict.fromkeys(words[word] for word in close))[:3]
        return f"; did you mean {' or '.join(map(shown, found))}?" if found else "; the list of stages has every name"

    def out(self, place: str) -> Iterator[Edge]:
        """The steps that leave a place, in the order of the content."""
        return (edge for end in self._on[self._number[place]] for edge in self._parallel[place, self._names[end]])

    def into(self, place: str) -> Iterator[Edge]:
        """The steps that lead to a place, in the order of the content."""
        return (edge for start in self._back[self._number[place]] for edge in self._parallel[self._names[start], place])

    def between(self, start: str, end: str) -> tuple[Edge, ...]:
        """The steps that join two places, each with its own condition."""
        return tuple(self._parallel.get((start, end), ()))

    def closed(self, start: str, end: str) -> ClosedWay | None:
        """What the source says when it says that there is no way from one place straight to another."""
        return next((way for way in self.closed_ways if (way.start, way.end) == (start, end)), None)

    @cached_property
    def starts(self) -> tuple[Place, ...]:
        """The places where a journey may start."""
        return tuple(
            place
            for place in self.places.values()
            if place.kind in START_KINDS and (place.kind != "court" or not self._back[self._number[place.id]])
        )

    # ways

    def ways(
        self, starts: str | Iterable[str], end: str, *, most: int = MOST_WAYS, longest: int = LONGEST_WAY,
        past: Collection[str] = (), doubt: int = ANY,
    ) -> Ways:  # fmt: skip
        """The shortest ways from a place (or from any of several) to another; of two as short, the one with less doubt comes first.

        No place comes twice on a way, none has more than `longest` steps, none touches a place in `past`, and no step on
        it is more doubtful than `doubt`. The search grows beginnings of ways, the most promising first, and stops at
        `most` ways or MOST_EXAMINED beginnings; where there is a way it finds one.
        """
        avoided = {self._number[name] for name in past}
        left = self._spread([self._number[end]], self._back, avoided, doubt)
        heap: list[tuple[int, int, int, tuple[int, ...]]] = []
        for start in [starts] if isinstance(starts, str) else starts:
            number = self._number[start]
            if number in left and start != end:
                heappush(heap, (left[number], 0, 0, (number,)))
        found: list[Way] = []
        examined = 0
        while heap and examined < MOST_EXAMINED:
            length, doubts, steps, way = heappop(heap)
            examined += 1
            if length > longest:
                return Ways(tuple(found), all=True)
            if left[way[-1]] == 0:
                if len(found) == most:
                    return Ways(tuple(found), all=False)
                found.append(self._way(way, doubt))
                continue
            for place, how_doubtful in self._on[way[-1]].items():
                if place in left and place not in way and how_doubtful <= doubt:
                    after = 1 - steps
                    heappush(heap, (after + left[place], doubts + how_doubtful, -after, (*way, place)))
        if heap and not found and heap[0][0] <= longest:
            found.append(self._way(self._straight(min(heap)[3], left, doubt), doubt))
        return Ways(tuple(found), all=not heap)

    def _straight(self, begun: tuple[int, ...], left: dict[int, int], doubt: int) -> tuple[int, ...]:
        """The most promising beginning led on to the end, each time to the nearest place: for a search that gave up with nothing."""
        way = begun[:1]
        while left[way[-1]]:
            onward = [(left[place], doubts, place) for place, doubts in self._on[way[-1]].items() if place in left and doubts <= doubt]
            way = (*way, min(onward)[2])
        return way

    def _way(self, numbers: tuple[int, ...], doubt: int) -> Way:
        names = [self._names[number] for number in numbers]
        hops = []
        for start, end in pairwise(names):
            edges = sorted((edge for edge in self._parallel[start, end] if edge.doubt <= doubt), key=lambda edge: edge.doubt)
            hops.append(Hop(edges[0], tuple(edges[1:])))
        return Way(tuple(hops))

    def _spread(self, starts: Iterable[int], steps: list[dict[int, int]], avoided: Collection[int], doubt: int) -> dict[int, int]:
        """How many steps away each place is that can be reached, nearest first."""
        distance = {start: 0 for start in starts if start not in avoided}
        queue = deque(distance)
        while queue:
            place = queue.popleft()
            for following, how_doubtful in steps[place].items():
                if following not in distance and following not in avoided and how_doubtful <= doubt:
                    distance[following] = distance[place] + 1
                    queue.append(following)
        return distance

    def reachable(self, *starts: str, past: Collection[str] = (), doubt: int = ANY) -> dict[str, int]:
        """The places that can be reached, the starts among them, and in how many steps; nearest first."""
        avoided = {self._number[name] for name in past}
        found = self._spread((self._number[name] for name in starts), self._on, avoided, doubt)
        return {self._names[number]: steps for number, steps in found.items()}

    def reaching(self, *ends: str, doubt: int = ANY) -> dict[str, int]:
        """The places from which one of these places can be reached, they among them, and in how many steps; nearest first."""
        found = self._spread((self._number[name] for name in ends), self._back, (), doubt)
        return {self._names[number]: steps for number, steps in found.items()}

    @cached_property
    def from_starts(self) -> dict[str, int]:
        """The places that a journey can come to at all."""
        return self.reachable(*(place.id for place in self.starts))

    def neighbourhood(self, place: str, steps: int = 2, *, services: bool = True) -> Part:
        """The places at most so many steps before or after a place, and every step between them."""
        near = {place}
        edge_of_it = {place}
        for _ in range(steps):
            edge_of_it = {
                name
                for each in edge_of_it
                for name in (*(edge.end for edge in self.out(each)), *(edge.start for edge in self.into(each)))
                if services or not self.places[name].is_service
            } - near
            near |= edge_of_it
        return Part(
            tuple(each for each in self.places.values() if each.id in near),
            tuple(edge for edge in self.edges if edge.start in near and edge.end in near),
        )

    # what networkx answers: it is imported only when one of these is asked

    @cached_property
    def only_through(self) -> dict[str, tuple[str, ...]]:
        """For each place that a journey can come to: the places that every way there passes, nearest first."""
        from app.graph.network import network_of, passed_by_all

        return passed_by_all(network_of(self.places.values(), self.starts, self.edges))

    def loops(self, longest: int = 5, most: int = 50) -> list[tuple[Place, ...]]:
        """Ways that come back to where they began, each once from its first place in the content; shortest first."""
        from app.graph.network import loops_in

        return [tuple(self.places[self._names[number]] for number in loop) for loop in loops_in(self._on, longest, most)]

    def graphml(self) -> str:
        """Every place and every step as GraphML, for other programs; what is not recorded is left out."""
        from app.graph.network import graphml_of

        return graphml_of(self.area.name, self.places.values(), self.edges)


def _spaced(name: str) -> str:
    """The words of a name or of an id, with single spaces."""
    return " ".join(name.replace("-", " ").replace("/", " ").split())


def _places(gateways: dict[str, Gateway], services: dict[str, Service]) -> Iterator[Place]:
    twins: dict[str, str] = {}
    for gateway in gateways.values():
        if gateway.service in services:
            twins.setdefault(gateway.service, gateway.id)
        yield Place(
            gateway.id, gateway.name, gateway.short or gateway.name, gateway.kind, gateway.levels, False, gateway.status,
            gateway.service if gateway.service in services else "",
        )  # fmt: skip
    for service in services.values():
        yield Place(service.id, service.name, service.name, "service", service.levels, True, twin=twins.get(service.id, ""))


def _edges(directory: Directory, area: str) -> Iterator[Edge]:
    for step in directory.steps:
        if step.area == area:
            yield Edge(
                step.start, step.end, step.kind, step.condition, step.consent, step.time_limit, step.who_acts, step.status, step.sources
            )
    for service in directory.services:
        for route in service.reached_by if service.area == area else ():
            sources = (route.source,) if route.source else service.sources[:1]
            consent = route.consent or service.consent
            yield Edge(route.gateway, service.id, "refer", route.condition, consent, route.time_limit, None, route.status, sources)


def _elsewhere(directory: Directory, area: str) -> dict[str, str]:
    """The names of places in the other areas, and whose they are."""
    found: dict[str, str] = {}
    records: tuple[Gateway | Service, ...] = (*directory.gateways, *directory.services)
    for record in records:
        if record.area != area:
            where = directory.area_by_id[record.area].name if record.area in directory.area_by_id else record.area
            slug = record.id.rpartition("/")[2]
            found.setdefault(f"{record.area}/{slug}", where)
            found.setdefault(slug, where)
    return found


_MADE: dict[int, tuple[weakref.ref[Directory], dict[str, Graph]]] = {}
"""Graphs by the identity of their directory: it is too large to be compared, and must not be kept alive by them."""


def graph_of(directory: Directory, area: str) -> Graph:
    """The graph of an area, made once for each directory in use. Raises UnknownArea."""
    key = id(directory)
    kept = _MADE.get(key)
    if kept is None or kept[0]() is not directory:
        kept = _MADE[key] = (weakref.ref(directory, lambda gone: _forget(key, gone)), {})
    if area not in kept[1]:
        kept[1][area] = Graph(directory, area)
    return kept[1][area]


def _forget(key: int, gone: weakref.ref[Directory]) -> None:
    if key in _MADE and _MADE[key][0] is gone:
        del _MADE[key]
