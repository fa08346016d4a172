"""From places along and across the layers to places on paper: boxes, labels, strokes and lanes."""

from __future__ import annotations

from app.drawing.letters import TITLE_SIZE, rows_of, width_of
from app.drawing.net import Flat, Link, Net, Run, Spot
from app.drawing.parts import Area, Band, Box, Chart, Lane, Picture, PlacedBox, PlacedLabel, Point, Stroke, words_on
from app.drawing.sizes import FLAT_LOW, LABEL_ROW, PAD, TITLE_ROW, Measures, label_rows, name_rows, widest

STUB = 8.0
"""The straight piece before and after a box, in which the arrowhead lies."""

MARGIN = 8.0
"""Room around the drawing, and below the title of a lane."""


class Sheet:
    """A net, in order and in place, on its way to paper. Its layers lie below each other, or beside each other when it goes across."""

    def __init__(self, chart: Chart, net: Net, measures: Measures) -> None:
        self.chart, self.net, self.measures = chart, net, measures
        self.depths = [max((max(spot.deep, spot.least) for spot in layer), default=0.0) for layer in net.layers]
        self.stubs = [STUB if any(spot.box for spot in layer) else 0.0 for layer in net.layers]
        self.wide = max(spot.at + spot.after for layer in net.layers for spot in layer)
        self.tops, self.deep = self._tops()
        self.titles = [self._title(lane, first, last) for lane, first, last in net.lanes]
        highest = max(len(rows) for rows in self.titles) * TITLE_ROW
        self.left, self.top = (MARGIN, highest + 2.5 * MARGIN) if chart.across else (measures.gutter + 2 * MARGIN, MARGIN)

    def _tops(self) -> tuple[list[float], float]:
        """Where each layer begins, across the layers, and where the last one ends."""
        at, least = 0.0, 0.0
        tops: list[float] = []
        lane_of = {first: (lane, first, last) for lane, first, last in self.net.lanes}
        for number, depth in enumerate(self.depths):
            at += self._zone(number) if number else 0.0
            if number in lane_of:
                at = max(at, least)
            at += self.stubs[number]
            tops.append(at)
            if number in lane_of and not self.chart.across:  # a lane that is a row is as high as its title
                least = at + len(self._title(*lane_of[number])) * TITLE_ROW + MARGIN
            at += depth + self.stubs[number]
        return tops, max(at, least)

    def _zone(self, number: int) -> float:
        """How deep the zone before a layer is, in which the lines change over."""
        changes = [abs(link.lower_end - link.upper_end) for spot in self.net.layers[number] for link in spot.up]
        return min(max(max(changes, default=0.0) * self.measures.slant, self.measures.least_zone), self.measures.most_zone)

    def _title(self, lane: str, first: int, last: int) -> tuple[str, ...]:
        title = next(other.title for other in self.chart.lanes if other.id == lane)
        room = self.measures.gutter - 2 * PAD
        if self.chart.across:
            room = max(self.tops[last] + self.depths[last] - self.tops[first], self.measures.box)
        return rows_of(title, room, TITLE_SIZE, bold=True)

    def picture(self) -> Picture:
        """The picture."""
        spots = [spot for layer in self.net.layers for spot in layer]
        by_id = {spot.box.id: spot for spot in spots if spot.box}
        boxes = tuple(self._box(by_id[box.id], box) for box in self.chart.boxes)
        labels = [self._label(spot) for spot in spots if spot.label]
        labels += [self._flat_label(flat) for flat in self.net.flats if words_on(flat.line)]
        strokes = [*(self._stroke(run) for run in self.net.runs), *(self._flat(flat) for flat in self.net.flats)]
        along, across = (self.deep, self.wide) if self.chart.across else (self.wide, self.deep)
        wide, high = round(self.left + along + MARGIN, 1), round(self.top + across + MARGIN, 1)
        return Picture(self.chart, wide, high, boxes, tuple(labels), tuple(strokes), self._bands(wide, high))

    def _point(self, along: float, across: float) -> Point:
        x, y = (across, along) if self.chart.across else (along, across)
        return round(self.left + x, 1), round(self.top + y, 1)

    def _box(self, spot: Spot, box: Box) -> PlacedBox:
        """A box, in the middle of its layer's depth."""
        x, y = self._point(spot.at - spot.before, self.tops[spot.layer] + (self.depths[spot.layer] - spot.deep) / 2)
        wide, high = spot.before + spot.after, spot.deep
        return PlacedBox(box, Area(x, y, *((high, wide) if self.chart.across else (wide, high))), *name_rows(box, self.measures))

    def _label(self, spot: Spot) -> PlacedLabel:
        """A label: above its line when that goes across, else to the right of it."""
        rows = label_rows(spot.label, self.measures)
        high = len(rows) * LABEL_ROW
        begin = self.tops[spot.layer]
        if self.chart.across:
            x, y = self._point(spot.at - high - 3, begin)
        else:
            x, y = self._point(spot.at + 6, begin + (self.depths[spot.layer] - high) / 2)
        return PlacedLabel(Area(x, y, round(widest(rows), 1), high), rows)

    def _flat_ends(self, flat: Flat) -> tuple[Point, Point]:
        """The ends of a line between two boxes side by side."""
        level = self.tops[flat.start.layer] + self.depths[flat.start.layer] / 2 + FLAT_LOW
        if flat.start.at < flat.end.at:
            return self._point(flat.start.at + flat.start.after, level), self._point(flat.end.at - flat.end.before, level)
        return self._point(flat.start.at - flat.start.before, level), self._point(flat.end.at + flat.end.after, level)

    def _flat(self, flat: Flat) -> Stroke:
        return Stroke(self._flat_ends(flat), flat.line.kind, flat.line.status, flat.line.start, flat.line.end)

    def _flat_label(self, flat: Flat) -> PlacedLabel:
        rows = label_rows(words_on(flat.line), self.measures)
        (left, level), (right, _) = sorted(self._flat_ends(flat))
        wide, high = widest(rows), len(rows) * LABEL_ROW
        return PlacedLabel(Area(round((left + right - wide) / 2, 1), round(level - high - 4, 1), round(wide, 1), high), rows)

    def _stroke(self, run: Run) -> Stroke:
        """The line through the spots of a run: straight inside the layers, curved between them."""
        points: list[Point] = []
        for place, spot in enumerate(run.spots):
            before = run.links[place - 1] if place else None
            after = run.links[place] if place < len(run.links) else None
            points += self._through(spot, before, after, run.shared)
        line = run.line
        return Stroke(tuple(points), line.kind, line.status, line.start if run.from_box else None, line.end if run.to_box else None)

    def _through(self, spot: Spot, before: Link | None, after: Link | None, shared: bool) -> list[Point]:
        """The straight piece of a run inside the layer of one spot, from the link it comes by to the link it leaves by."""
        top, depth, stub = self.tops[spot.layer], self.depths[spot.layer], self.stubs[spot.layer]
        upper, lower = top - stub, top + depth + stub
        link = after or before
        assert link is not None  # noqa: S101 - a run has two spots at least
        if before is not None and after is not None:
            ends = (upper, lower) if after.upper is spot else (lower, upper)
            return [self._point(spot.at, end) for end in ends]
        outer, inner = (lower, upper) if link.upper is spot else (upper, lower)
        if spot.box:
            inner = top + (depth + (spot.deep if link.upper is spot else -spot.deep)) / 2
        elif not shared:  # where several lines meet or part, only the one they share goes through
            inner = outer
        ends = (inner, outer) if after else (outer, inner)
        return [self._point(link.upper_end if link.upper is spot else link.lower_end, end) for end in ends]

    def _bands(self, wide: float, high: float) -> tuple[Band, ...]:
        """The lanes, from just before their own first boxes to just before the next lane's."""
        edges = [0.0, *(self.tops[first] - STUB - 2 for _, first, _ in self.net.lanes[1:]), self.deep]
        by_id = {lane.id: lane for lane in self.chart.lanes}
        return tuple(
            self._band(by_id[lane], edges[number], edges[number + 1], self.tops[first], self.titles[number], wide, high)
            for number, (lane, first, _) in enumerate(self.net.lanes)
        )

    def _band(self, lane: Lane, begin: float, end: float, at: float, rows: tuple[str, ...], wide: float, high: float) -> Band:
        room, tall = max((width_of(row, TITLE_SIZE, True) for row in rows), default=0.0), len(rows) * TITLE_ROW
        if self.chart.across:
            return Band(lane, Area(self.left + begin, 0, end - begin, high), Area(self.left + at, MARGIN, room, tall), rows)
        return Band(lane, Area(0, self.top + begin, wide, end - begin), Area(MARGIN, self.top + at, room, tall), rows)
