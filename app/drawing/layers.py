"""Which layer each box stands in: lanes follow each other, and inside a lane a line leads to a later layer."""

from __future__ import annotations

from collections import defaultdict

from app.drawing.parts import Chart, Line


def forward(line: Line) -> tuple[str, str]:
    """The ends of a line in the order in which a reader should meet them: a step down leads back."""
    return (line.end, line.start) if line.kind == "step-down" else (line.start, line.end)


def layers_of(chart: Chart) -> tuple[dict[str, int], list[tuple[str, int, int]]]:
    """The layer of each box, and for each lane that holds boxes its first and last layer."""
    lane_of = {box.id: box.lane for box in chart.boxes}
    layer: dict[str, int] = {}
    lanes: list[tuple[str, int, int]] = []
    position = {lane.id: number for number, lane in enumerate(chart.lanes)}
    pull = _pull(chart, position)
    first = 0
    for lane in chart.lanes:
        members = [box.id for box in chart.boxes if box.lane == lane.id]
        if not members:
            continue
        inside = [forward(line) for line in chart.lines if lane_of[line.start] == lane_of[line.end] == lane.id]
        depth = _depths(members, _without_loops(members, inside), pull)
        layer |= {box: first + depth[box] for box in members}
        last = first + max(depth.values())
        lanes.append((lane.id, first, last))
        first = last + 1
    return layer, lanes


def _pull(chart: Chart, position: dict[str, int]) -> dict[str, int]:
    """For each box, how many lines join it to later lanes, less those that join it to earlier ones."""
    pull: dict[str, int] = defaultdict(int)
    lane = {box.id: position[box.lane] for box in chart.boxes}
    for line in chart.lines:
        step = (lane[line.end] > lane[line.start]) - (lane[line.end] < lane[line.start])
        pull[line.start] += step
        pull[line.end] -= step
    return pull


def _without_loops(members: list[str], edges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges, with those turned round that close a loop when the boxes are walked in their order."""
    follows: dict[str, list[str]] = {box: [] for box in members}
    for start, end in dict.fromkeys(edges):
        follows[start].append(end)
    state: dict[str, int] = {}
    kept: list[tuple[str, str]] = []
    for root in members:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(follows[root]))]
        while stack:
            box, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[box] = 2
                stack.pop()
            elif state.get(following) == 1:
                kept.append((following, box))
            else:
                kept.append((box, following))
                if following not in state:
                    state[following] = 1
                    stack.append((following, iter(follows[following])))
    return list(dict.fromkeys(kept))


def _depths(members: list[str], edges: list[tuple[str, str]], pull: dict[str, int]) -> dict[str, int]:
    """The layer of each box inside its lane: after all that lead to it, and as near to its neighbours as that allows."""
    before: dict[str, list[str]] = {box: [] for box in members}
    after: dict[str, list[str]] = {box: [] for box in members}
    for start, end in edges:
        after[start].append(end)
        before[end].append(start)
    waiting = {box: len(before[box]) for box in members}
    depth = dict.fromkeys(members, 0)
    ready = [box for box in members if not waiting[box]]
    for box in ready:  # grows while it is walked
        for following in after[box]:
            depth[following] = max(depth[following], depth[box] + 1)
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    deepest = max(depth.values())
    for box in reversed(ready):
        if len(after[box]) + pull[box] > len(before[box]):
            depth[box] = min((depth[following] - 1 for following in after[box]), default=deepest)
    used = sorted(set(depth.values()))
    return {box: used.index(depth[box]) for box in members}
