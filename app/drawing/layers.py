"""Which layer each box stands in: lanes follow each other, and inside a lane a line leads to a later layer or to the box beside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.drawing.parts import Chart, Line

LONGEST_CHAIN = 3
"""The most boxes in a chain: boxes side by side in one layer, each joined to the next by a line between them."""

WIDEST_ROW = 7
"""The most boxes in a row that holds a chain; the room between two boxes of a chain counts as one."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Layering:
    """The layer of each box."""

    layer: dict[str, int]
    lanes: tuple[tuple[str, int, int], ...]
    """Each lane that holds boxes, with its first and last layer."""
    chains: tuple[tuple[str, ...], ...]
    """Boxes that stand side by side, joined one to the next."""


def forward(line: Line) -> Pair:
    """The ends of a line in the order in which a reader should meet them: a step down leads back."""
    return (line.end, line.start) if line.kind == "step-down" else (line.start, line.end)


def layers_of(chart: Chart) -> Layering:
    """The layers of a chart, lane by lane."""
    lane_of = {box.id: box.lane for box in chart.boxes}
    pull = _pull(chart)
    layer: dict[str, int] = {}
    lanes: list[tuple[str, int, int]] = []
    chains: list[tuple[str, ...]] = []
    first = 0
    for lane in chart.lanes:
        members = [box.id for box in chart.boxes if box.lane == lane.id]
        if not members:
            continue
        edges = [forward(line) for line in chart.lines if lane_of[line.start] == lane_of[line.end] == lane.id]
        shelf = _Shelf(members, edges, pull)
        if not chart.across:
            shelf.join_side_by_side()
        depth = shelf.depths()
        layer |= {box: first + depth[box] for box in members}
        chains += [tuple(chain) for chain in shelf.chains if len(chain) > 1]
        last = first + max(depth.values())
        lanes.append((lane.id, first, last))
        first = last + 1
    return Layering(layer, tuple(lanes), tuple(chains))


def _pull(chart: Chart) -> dict[str, int]:
    """For each box, how many lines join it to later lanes, less those that join it to earlier ones."""
    position = {lane.id: number for number, lane in enumerate(chart.lanes)}
    lane = {box.id: position[box.lane] for box in chart.boxes}
    pull: dict[str, int] = defaultdict(int)
    for line in chart.lines:
        step = (lane[line.end] > lane[line.start]) - (lane[line.end] < lane[line.start])
        pull[line.start] += step
        pull[line.end] -= step
    return pull


class _Shelf:
    """The boxes of one lane, in chains (at first each box alone), and the edges between them."""

    def __init__(self, members: list[str], edges: list[Pair], pull: dict[str, int]) -> None:
        self.edges = without_loops(members, edges)
        self.joins: dict[frozenset[str], int] = defaultdict(int)
        for edge in edges:
            self.joins[frozenset(edge)] += 1
        self.pull = pull
        self.chains: list[list[str]] = [[box] for box in members]

    def join_side_by_side(self) -> None:
        """Join boxes into chains as long as that brings boxes nearer to the top."""
        cost = self._cost(self.chains)
        while True:
            tried = [(self._cost(chains), number, chains) for number, chains in enumerate(self._unions())]
            best = min((one for one in tried if one[0] is not None), key=lambda one: (one[0], one[1]), default=None)
            if best is None or best[0] is None or cost is None or best[0] >= cost:
                return
            cost, _, self.chains = best

    def _unions(self) -> list[list[list[str]]]:
        """Every way to join two chains into one at ends that exactly one line joins."""
        found = []
        for start, end in self.edges:
            one = next(chain for chain in self.chains if start in chain)
            two = next(chain for chain in self.chains if end in chain)
            if one is two or self.joins[frozenset((start, end))] != 1 or len(one) + len(two) > LONGEST_CHAIN:
                continue
            if start not in (one[0], one[-1]) or end not in (two[0], two[-1]):
                continue
            left = one if one[-1] == start else one[::-1]
            right = two if two[0] == end else two[::-1]
            union = left + right
            if all(not self.joins[frozenset((far, near))] for place, far in enumerate(union) for near in union[place + 2 :]):
                found.append([union if chain is one else chain for chain in self.chains if chain is not two])
        return found

    def _cost(self, chains: list[list[str]]) -> tuple[int, int] | None:
        """How deep the lane is and how deep its boxes stand on the whole; None when the chains cannot stand so."""
        depth = _longest(chains, self.edges)
        if depth is None:
            return None
        wide: dict[int, int] = defaultdict(int)
        for chain in chains:
            wide[depth[chain[0]]] += 2 * len(chain) - 1
        chained = {depth[chain[0]] for chain in chains if len(chain) > 1}
        if any(wide[row] > WIDEST_ROW for row in chained):
            return None
        return max(depth.values()), sum(depth.values())

    def depths(self) -> dict[str, int]:
        """The layer of each box inside its lane: after all that lead to it, and as near to its neighbours as that allows."""
        depth = _longest(self.chains, self.edges)
        assert depth is not None  # noqa: S101 - chains that make a loop are never joined
        head = {box: chain[0] for chain in self.chains for box in chain}
        after: dict[str, set[str]] = {chain[0]: set() for chain in self.chains}
        before: dict[str, int] = dict.fromkeys(after, 0)
        for start, end in self.edges:
            if head[start] != head[end]:
                after[head[start]].add(head[end])
                before[head[end]] += 1
        deepest = max(depth.values())
        for chain in sorted(self.chains, key=lambda chain: -depth[chain[0]]):
            first = chain[0]
            if len(after[first]) + sum(self.pull[box] for box in chain) > before[first]:
                place = min((depth[following] - 1 for following in after[first]), default=deepest)
                depth |= dict.fromkeys(chain, place)
        used = sorted(set(depth.values()))
        return {box: used.index(place) for box, place in depth.items()}


def _longest(chains: list[list[str]], edges: list[Pair]) -> dict[str, int] | None:
    """For each box the length of the longest way to its chain; None when the chains make a loop."""
    head = {box: chain[0] for chain in chains for box in chain}
    after: dict[str, list[str]] = {chain[0]: [] for chain in chains}
    waiting = dict.fromkeys(after, 0)
    for start, end in edges:
        if head[start] != head[end]:
            after[head[start]].append(head[end])
            waiting[head[end]] += 1
    depth = dict.fromkeys(after, 0)
    ready = [box for box in after if not waiting[box]]
    for box in ready:  # grows while it is walked
        for following in after[box]:
            depth[following] = max(depth[following], depth[box] + 1)
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    return {box: depth[first] for box, first in head.items()} if len(ready) == len(after) else None


def without_loops(members: list[str], edges: list[Pair]) -> list[Pair]:
    """The edges, each once, with those turned round that close a loop when the boxes are walked in their order."""
    follows: dict[str, list[str]] = {box: [] for box in members}
    for start, end in dict.fromkeys(edges):
        follows[start].append(end)
    done: dict[str, bool] = {}
    kept: list[Pair] = []
    for root in members:
        if root in done:
            continue
        done[root] = False
        stack = [(root, iter(follows[root]))]
        while stack:
            box, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done[box] = True
                stack.pop()
            elif done.get(following) is False:
                kept.append((following, box))
            else:
                kept.append((box, following))
                if following not in done:
                    done[following] = False
                    stack.append((following, iter(follows[following])))
    return list(dict.fromkeys(kept))
