"""What networkx answers about a graph: what every way passes, the loops, and its text for other programs. The only importer of networkx.

Importing networkx takes a third of a second, so this module is imported when such a question is asked, not before.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence

import networkx as nx

from app.graph.places import Edge, Place

START = ""
"""The node from which all starting places are reached; no place is called so."""


def network_of(places: Iterable[Place], starts: Iterable[Place], edges: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    """Places as nodes, each step as an edge of its own, and START joined to every starting place.

    An edge that names an unknown place would add that place without a word, so edges may only name places given here.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(START)
    for place in places:
        network.add_node(place.id, name=place.name, kind=place.kind)
    network.add_edges_from((START, place.id) for place in starts)
    for edge in edges:
        if edge.start not in network or edge.end not in network:
            raise ValueError(f"a step leads from '{edge.start}' to '{edge.end}', and one of them is no place")
        network.add_edge(edge.start, edge.end, kind=edge.kind, status=edge.status)
    return network


def passed_by_all(network: nx.MultiDiGraph[str]) -> dict[str, tuple[str, ...]]:
    """For each place that START leads to: the places that every way there passes (its dominators), nearest first."""
    before = nx.immediate_dominators(network, START)
    passed: dict[str, tuple[str, ...]] = {}
    for place in network:
        if place in before and place != START:
            chain = []
            name = before[place]
            while name != START:
                chain.append(name)
                name = before[name]
            passed[place] = tuple(chain)
    return passed


def loops_in(onward: Sequence[Collection[int]], longest: int, most: int) -> list[tuple[int, ...]]:
    """Loops of at most `longest` steps, each once from its lowest place, shortest first; at most `most` of them.

    networkx says which places lie on loops at all; its own list of loops would take half a minute for 2,000 places, and
    would come in another order each time the program runs.
    """
    simple: nx.DiGraph[int] = nx.DiGraph()
    simple.add_edges_from((start, end) for start, ends in enumerate(onward) for end in ends)
    together = {place: number for number, part in enumerate(nx.strongly_connected_components(simple)) if len(part) > 1 for place in part}
    near = {place: [end for end in onward[place] if together.get(end) == together[place]] for place in sorted(together)}
    found: list[tuple[int, ...]] = []
    for length in range(2, longest + 1):
        for first in near:
            begun: list[tuple[int, ...]] = [(first,)]
            while begun and len(found) < most:
                way = begun.pop()
                if len(way) == length:
                    found += [way] if first in near[way[-1]] else []
                else:
                    begun += [(*way, place) for place in reversed(near[way[-1]]) if place > first and place not in way]
    return found


def graphml_of(area: str, places: Iterable[Place], edges: Iterable[Edge]) -> str:
    """Places and steps with all that is recorded of them. The same content gives the same text."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(area=_legal(area))
    for place in places:
        levels = " ".join(map(str, place.levels))
        status = None if place.is_service else place.status
        network.add_node(place.id, **_known(name=place.name, kind=place.kind, levels=levels, status=status, same_as=place.twin))
    for number, edge in enumerate(edges, 1):
        sources = "; ".join(f"{citation.document}, {citation.section}" for citation in edge.sources)
        network.add_edge(
            edge.start, edge.end, key=f"step-{number}",
            **_known(
                kind=edge.kind, condition=edge.condition, consent=edge.consent, time_limit=edge.time_limit, who_acts=edge.who_acts,
                status=edge.status, sources=sources,
            ),
        )  # fmt: skip
    file = io.BytesIO()
    nx.write_graphml_xml(network, file)
    return f"{file.getvalue().decode('utf-8')}\n"


def _known(**values: str | None) -> dict[str, str]:
    """What is recorded, fit for XML."""
    return {name: _legal(value) for name, value in values.items() if value}


def _legal(text: str) -> str:
    """The text with spaces for the signs that XML forbids."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
