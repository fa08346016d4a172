"""The chart as a net of spots: boxes, labels and bends, one layer below the other, joined only from one layer to the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from app.drawing.layers import layers_of
from app.drawing.parts import Box, Chart, Line, words_on


@dataclass(eq=False)
class Spot:
    """Something that needs room in a layer. Its lines pass at its anchor."""

    layer: int
    box: Box | None = None
    label: str = ""
    up: list[Link] = field(default_factory=list)
    down: list[Link] = field(default_factory=list)
    before: float = 0.0
    """Room along the layer before the anchor, and after it."""
    after: float = 0.0
    deep: float = 0.0
    """Room across the layer."""
    at: float = 0.0
    """Where the anchor stands, along the layer."""
    index: int = 0
    """Its number in its layer."""
    chain: list[Spot] = field(default_factory=list)
    """The boxes beside each other of which it is one, from left to right; empty when it stands alone."""
    beside: float = 0.0
    """The room between it and the next box of its chain, and the least depth of a layer with that chain in it."""
    least: float = 0.0


@dataclass(eq=False)
class Link:
    """A piece of line between two neighbouring layers, and how far from the anchors it begins and ends."""

    upper: Spot
    lower: Spot
    leave: float = 0.0
    enter: float = 0.0

    @property
    def upper_end(self) -> float:
        """Where it leaves the upper layer."""
        return self.upper.at + self.leave

    @property
    def lower_end(self) -> float:
        """Where it enters the lower layer."""
        return self.lower.at + self.enter


@dataclass(frozen=True)
class Run:
    """One stroke of the pen: the spots it passes in the order in which it is travelled."""

    line: Line
    spots: tuple[Spot, ...]
    links: tuple[Link, ...]
    from_box: bool = True
    to_box: bool = True
    shared: bool = False
    """Whether it is the piece that several lines have in common."""


@dataclass(frozen=True)
class Flat:
    """A line between two boxes of a chain."""

    line: Line
    start: Spot
    end: Spot


@dataclass
class Net:
    """Spots in layers. Box layers and label layers alternate; a label layer without labels is left out."""

    layers: list[list[Spot]]
    runs: list[Run]
    flats: list[Flat]
    lanes: list[tuple[str, int, int]]
    """Each lane with its first and last layer."""


@dataclass
class _Bundle:
    """Lines that share a label: one line, or several that lead to (or come from) one box for the same reason."""

    lines: list[Line]
    text: str
    meet: str = ""
    """The box at which all of them end or begin."""


def net_of(chart: Chart) -> Net:
    """The net of a chart, in the order in which its boxes and lines are given."""
    layering = layers_of(chart)
    layer = layering.layer
    flat = [line for line in dict.fromkeys(chart.lines) if layer[line.start] == layer[line.end]]
    bundles = _bundles([line for line in chart.lines if layer[line.start] != layer[line.end]], layer)
    gaps = _gaps(bundles, layer)
    rank = _ranks(max(layer.values()), set(gaps.values()))
    layers: list[list[Spot]] = [[] for _ in rank]
    boxes: dict[str, Spot] = {}
    for box in chart.boxes:
        spot = Spot(rank[2 * layer[box.id]], box=box)
        boxes[box.id] = spot
        layers[spot.layer].append(spot)
    for chain in layering.chains:
        spots = [boxes[id_] for id_ in chain]
        for spot in spots:
            spot.chain = spots
    weaver = _Weaver(layers, boxes)
    runs: list[Run] = []
    for number, bundle in enumerate(bundles):
        runs += weaver.weave(bundle, rank[gaps[number]] if number in gaps else None)
    flats = [Flat(line, boxes[line.start], boxes[line.end]) for line in flat]
    return Net(layers, runs, flats, [(lane, rank[2 * first], rank[2 * last]) for lane, first, last in layering.lanes])


def _bundles(lines: list[Line], layer: dict[str, int]) -> list[_Bundle]:
    """Lines with the same words to one box, or from one box, on the same side of it, become one bundle."""

    def shared(some: list[Line], end: bool) -> dict[tuple[str, ...], list[Line]]:
        groups: dict[tuple[str, ...], list[Line]] = defaultdict(list)
        for line in some:
            if line.label:
                meet = line.end if end else line.start
                side = "before" if layer[line.start] < layer[line.end] else "after"
                groups[meet, side, line.kind, line.label, line.status].append(line)
        return {key: group for key, group in groups.items() if len({line.start if end else line.end for line in group}) > 1}

    bundle_of: dict[Line, _Bundle] = {}
    for end in (True, False):
        free = [line for line in lines if line not in bundle_of]
        for (meet, *_), group in shared(free, end).items():
            bundle = _Bundle(list(dict.fromkeys(group)), words_on(group[0]), meet)
            bundle_of |= dict.fromkeys(group, bundle)
    found: list[_Bundle] = []
    for line in dict.fromkeys(lines):
        bundle = bundle_of.setdefault(line, _Bundle([line], words_on(line)))
        if not any(bundle is other for other in found):
            found.append(bundle)
    return found


def _gaps(bundles: list[_Bundle], layer: dict[str, int]) -> dict[int, int]:
    """For each bundle with words the label layer they stand in: beside the box they share, or where there is most room."""
    crowd: dict[int, int] = defaultdict(int)
    gaps: dict[int, int] = {}
    for number, bundle in enumerate(bundles):
        if not bundle.text:
            continue
        first = bundle.lines[0]
        top, bottom = sorted((layer[first.start], layer[first.end]))
        if bundle.meet:
            gaps[number] = 2 * layer[bundle.meet] + (1 if layer[bundle.meet] == top else -1)
        else:
            choices = range(2 * top + 1, 2 * bottom, 2)
            if layer[first.start] == bottom:
                choices = choices[::-1]
            gaps[number] = min(choices, key=lambda gap: crowd[gap])
        crowd[gaps[number]] += 1
    return gaps


def _ranks(last: int, used: set[int]) -> dict[int, int]:
    """New numbers for the layers: all box layers (even) and the label layers (odd) that hold a label."""
    kept = [number for number in range(2 * last + 1) if number % 2 == 0 or number in used]
    return {number: rank for rank, number in enumerate(kept)}


class _Weaver:
    """Puts labels and bends into the layers and joins them."""

    def __init__(self, layers: list[list[Spot]], boxes: dict[str, Spot]) -> None:
        self.layers, self.boxes = layers, boxes

    def weave(self, bundle: _Bundle, gap: int | None) -> list[Run]:
        """The runs of a bundle: one for a single line, else one for each line and one that they share."""
        label = None
        if gap is not None:
            label = Spot(gap, label=bundle.text)
            self.layers[gap].append(label)
        first = bundle.lines[0]
        start, end = self.boxes[first.start], self.boxes[first.end]
        if label is None:
            return [Run(first, *self._path(start, end))]
        if not bundle.meet:
            (spots, links), (more_spots, more_links) = self._path(start, label), self._path(label, end)
            return [Run(first, spots + more_spots[1:], links + more_links)]
        if first.end == bundle.meet:
            runs = [Run(line, *self._path(self.boxes[line.start], label), to_box=False) for line in bundle.lines]
            return [*runs, Run(first, *self._path(label, end), from_box=False, shared=True)]
        runs = [Run(line, *self._path(label, self.boxes[line.end]), from_box=False) for line in bundle.lines]
        return [*runs, Run(first, *self._path(start, label), to_box=False, shared=True)]

    def _path(self, start: Spot, end: Spot) -> tuple[tuple[Spot, ...], tuple[Link, ...]]:
        """The spots from one to the other, with a bend in each layer between, and the links between them."""
        step = 1 if end.layer > start.layer else -1
        path = [start]
        for number in range(start.layer + step, end.layer, step):
            bend = Spot(number)
            self.layers[number].append(bend)
            path.append(bend)
        path.append(end)
        links = []
        for one, two in pairwise(path):
            upper, lower = (one, two) if step > 0 else (two, one)
            link = Link(upper, lower)
            upper.down.append(link)
            lower.up.append(link)
            links.append(link)
        return tuple(path), tuple(links)
