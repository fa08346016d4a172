"""A chart becomes a picture: sizes, order, places, and the strokes between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from app.drawing.letters import LABEL_SIZE, NAME_SIZE, NOTE_SIZE, TITLE_SIZE, rows_of, width_of
from app.drawing.net import Flat, Link, Net, Run, Spot, net_of
from app.drawing.order import Order, orders, take, variants
from app.drawing.parts import STATED, Area, Band, Chart, Picture, PlacedBox, PlacedLabel, Point, Stroke, words_on
from app.drawing.places import PORT, put_in_place

NAME_ROW, NOTE_ROW, LABEL_ROW, TITLE_ROW = 17.0, 15.0, 15.0, 17.0
PAD = 9.0
"""Room between the edge of a box and its text."""
LEAST_BOX = 34.0
"""The least height of a box: a link must be easy to hit."""
STUB = 8.0
"""The straight piece before and after a box, in which the arrowhead lies."""
MARGIN = 8.0
VARIANTS = 24
"""How many small changes to the best order are tried."""
FLAT_AIR = 26.0
"""How much longer a line between two boxes side by side is than its label."""
FLAT_LOW = 8.0
"""How far below the middle of its boxes such a line runs; its label stands above it."""


@dataclass(frozen=True)
class Measures:
    """The sizes that differ between a chart of columns and a chart of rows."""

    box: float
    label: float
    label_rows: int
    gap: float
    gutter: float
    least_zone: float
    most_zone: float
    slant: float


ROWS = Measures(box=152, label=134, label_rows=3, gap=16, gutter=104, least_zone=12, most_zone=24, slant=0.09)
COLUMNS = Measures(box=190, label=215, label_rows=2, gap=12, gutter=34, least_zone=20, most_zone=64, slant=0.3)
MANY_COLUMNS = Measures(box=166, label=104, label_rows=2, gap=12, gutter=34, least_zone=16, most_zone=44, slant=0.3)


def draw(chart: Chart) -> Picture:
    """The picture of a chart. The same chart always gives the same picture."""
    if not chart.boxes:
        raise ValueError(f"'{chart.title}' has no boxes to draw")
    columns = COLUMNS if len(chart.lanes) <= 3 else MANY_COLUMNS
    measures = columns if chart.across else ROWS
    net = net_of(chart)
    _size(net, chart.across, measures)
    _choose(net, chart, measures)
    return _Sheet(chart, net, measures).picture()


def _choose(net: Net, chart: Chart, measures: Measures) -> None:
    """Put the net in the best of the orders with the fewest crossings, and in place."""
    def cost(order: Order) -> float:
        take(net, order)
        put_in_place(net, measures.gap)
        return _cost(net, chart)

    costs = [(cost(order), number, order) for number, order in enumerate(orders(net))]
    least, _, best = min(costs, key=lambda one: one[:2])
    for order in variants(net, best, VARIANTS):
        tried = cost(order)
        if tried < least:
            least, best = tried, order
    cost(best)


def _cost(net: Net, chart: Chart) -> float:
    """What to choose by among orders with the same crossings: short lines, a narrow sheet, boxes in reading order."""
    slants = sum(abs(_lower(link) - _upper(link)) for layer in net.layers for spot in layer for link in spot.up)
    wide = max(spot.at + spot.after for layer in net.layers for spot in layer)
    reading = {box.id: number for number, box in enumerate(chart.boxes)}
    turned = 0
    for layer in net.layers:
        numbers = [reading[spot.box.id] for spot in layer if spot.box]
        turned += sum(one > two for one, two in combinations(numbers, 2))
    return round(slants + 2 * wide + 40 * turned, 1)


def name_rows(spot: Spot, measures: Measures) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows of text in a box: its name, and its note."""
    box = spot.box
    if box is None:
        return (), ()
    room = measures.box - 2 * PAD
    note = ", ".join(part for part in (box.status if box.status != STATED else "", box.note) if part)
    return rows_of(box.name, room, NAME_SIZE, bold=True), rows_of(note, room, NOTE_SIZE)


def label_rows(text: str, measures: Measures) -> tuple[str, ...]:
    """The rows of a label. The word that says how sure a step is, in brackets at its end, is never cut off."""
    gist, bracket, status = text.rpartition("(")
    whole = rows_of(text, measures.label, LABEL_SIZE)
    if len(whole) <= measures.label_rows or not bracket or status.rstrip(")") not in ("recommended", "proposed", "assumed"):
        return rows_of(text, measures.label, LABEL_SIZE, measures.label_rows)
    return (*rows_of(gist, measures.label, LABEL_SIZE, measures.label_rows), f"({status}")


def _wide(rows: tuple[str, ...]) -> float:
    return max((width_of(row, LABEL_SIZE) for row in rows), default=0.0)


def _size(net: Net, across: bool, measures: Measures) -> None:
    """Give each spot the room it needs along its layer (before and after its anchor) and across it."""
    for layer in net.layers:
        for spot in layer:
            if spot.box:
                names, notes = name_rows(spot, measures)
                high = max(LEAST_BOX, len(names) * NAME_ROW + len(notes) * NOTE_ROW + 2 * PAD - 4)
                ports = max(len(spot.up), len(spot.down)) * PORT * 0.8
                along, spot.deep = (high, measures.box) if across else (measures.box, high)
                spot.before = spot.after = max(along, ports) / 2
            elif spot.label:
                rows = label_rows(spot.label, measures)
                high = len(rows) * LABEL_ROW
                if across:
                    spot.before, spot.after, spot.deep = high + 5, 3, _wide(rows)
                else:
                    spot.before, spot.after, spot.deep = 3, _wide(rows) + 6, high
    for flat in net.flats:
        rows = label_rows(words_on(flat.line), measures)
        for spot in flat.start.chain:
            spot.beside = max(spot.beside, _wide(rows) + FLAT_AIR)
            spot.least = max(spot.least, 2 * (len(rows) * LABEL_ROW + 5 - FLAT_LOW))


class _Sheet:
    """Turns places along and across the layers into places on paper."""

    def __init__(self, chart: Chart, net: Net, measures: Measures) -> None:
        self.chart, self.net, self.measures = chart, net, measures
        self.depths = [max((max(spot.deep, spot.least) for spot in layer), default=0.0) for layer in net.layers]
        self.has_box = [any(spot.box for spot in layer) for layer in net.layers]
        self.tops = self._tops()
        self.wide = max(spot.at + spot.after for layer in net.layers for spot in layer)

    def _tops(self) -> list[float]:
        """Where each layer begins, across the layers."""
        at = 0.0
        tops = []
        for number, depth in enumerate(self.depths):
            if number:
                links = [link for spot in self.net.layers[number] for link in spot.up]
                slant = max((abs(_lower(link) - _upper(link)) for link in links), default=0.0)
                at += min(max(slant * self.measures.slant, self.measures.least_zone), self.measures.most_zone)
            at += self._stub(number)
            tops.append(at)
            at += depth + self._stub(number)
        self.deep = at
        return tops

    def _stub(self, number: int) -> float:
        return STUB if self.has_box[number] else 0.0

    def picture(self) -> Picture:
        """The picture, once everything has its place along and across the layers."""
        spots = [spot for layer in self.net.layers for spot in layer]
        bands, left, top = self._bands()
        self.left, self.top = left, top
        by_id = {spot.box.id: spot for spot in spots if spot.box}
        boxes = tuple(self._box(by_id[box.id]) for box in self.chart.boxes)
        labels = tuple(self._label(spot) for spot in spots if spot.label)
        labels += tuple(self._flat_label(flat) for flat in self.net.flats if words_on(flat.line))
        strokes = tuple(self._stroke(run) for run in self.net.runs) + tuple(self._flat(flat) for flat in self.net.flats)
        along, across = (self.deep, self.wide) if self.chart.across else (self.wide, self.deep)
        return Picture(
            self.chart, round(left + along + MARGIN, 1), round(top + across + MARGIN, 1), boxes, labels, strokes, bands
        )

    def _point(self, along: float, across: float) -> Point:
        x, y = (across, along) if self.chart.across else (along, across)
        return round(self.left + x, 1), round(self.top + y, 1)

    def _area(self, spot: Spot, before: float, after: float, deep: float) -> Area:
        """The rectangle around a spot, in the middle of its layer's depth."""
        begin = self.tops[spot.layer] + (self.depths[spot.layer] - deep) / 2
        x, y = self._point(spot.at - before, begin)
        wide, high = before + after, deep
        return Area(x, y, *((high, wide) if self.chart.across else (wide, high)))

    def _box(self, spot: Spot) -> PlacedBox:
        assert spot.box is not None  # noqa: S101 - only boxes are asked
        return PlacedBox(spot.box, self._area(spot, spot.before, spot.after, spot.deep), *name_rows(spot, self.measures))

    def _label(self, spot: Spot) -> PlacedLabel:
        rows = label_rows(spot.label, self.measures)
        wide = _wide(rows)
        high = len(rows) * LABEL_ROW
        begin = self.tops[spot.layer]
        if self.chart.across:
            x, y = self._point(spot.at - high - 3, begin)
        else:
            x, y = self._point(spot.at + 6, begin + (self.depths[spot.layer] - high) / 2)
        return PlacedLabel(Area(x, y, round(wide, 1), high), rows)

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
        wide, high = _wide(rows), len(rows) * LABEL_ROW
        return PlacedLabel(Area(round((left + right - wide) / 2, 1), level - high - 4, round(wide, 1), high), rows)

    def _stroke(self, run: Run) -> Stroke:
        """The line through the spots of a run: straight inside the layers, curved between them."""
        points: list[Point] = []
        for place, spot in enumerate(run.spots):
            before = run.links[place - 1] if place else None
            after = run.links[place] if place < len(run.links) else None
            points += self._through(spot, before, after, run.shared)
        return Stroke(
            tuple(points),
            run.line.kind,
            run.line.status,
            run.line.start if run.from_box else None,
            run.line.end if run.to_box else None,
        )

    def _through(self, spot: Spot, before: Link | None, after: Link | None, shared: bool) -> list[Point]:
        """The straight piece of a run inside the layer of one spot, from the link it comes by to the link it leaves by."""
        top, depth, stub = self.tops[spot.layer], self.depths[spot.layer], self._stub(spot.layer)
        upper, lower = top - stub, top + depth + stub
        link = after or before
        assert link is not None  # noqa: S101 - a run has two spots at least
        down = (link.upper is spot) == (link is after)
        if before is not None and after is not None:
            ends = (upper, lower) if down else (lower, upper)
            return [self._point(spot.at, end) for end in ends]
        outer, inner = (lower, upper) if link.upper is spot else (upper, lower)
        along = _upper(link) if link.upper is spot else _lower(link)
        if spot.box:
            inner = top + (depth + (spot.deep if link.upper is spot else -spot.deep)) / 2
        elif not shared:  # where several lines meet or part, only the one they share goes through
            inner = outer
        ends = (inner, outer) if after else (outer, inner)
        return [self._point(along, end) for end in ends]

    def _bands(self) -> tuple[tuple[Band, ...], float, float]:
        """The lanes with their titles, and where the drawing itself begins."""
        titles = {lane.id: lane for lane in self.chart.lanes}
        edges = [0.0, *(self.tops[first] - STUB - 2 for _, first, _ in self.net.lanes[1:]), self.deep]
        bands = []
        high = TITLE_ROW
        room = self.measures.gutter - 2 * PAD
        for number, (lane, first, last) in enumerate(self.net.lanes):
            if self.chart.across:
                room = max(self.tops[last] + self.depths[last] - self.tops[first], self.measures.box)
            rows = rows_of(titles[lane].title, room, TITLE_SIZE, bold=True)
            high = max(high, len(rows) * TITLE_ROW)
            bands.append((titles[lane], edges[number], edges[number + 1], self.tops[first], rows))
        if self.chart.across:
            left, top = MARGIN, MARGIN + high + 12
            placed = [
                Band(lane, Area(left + begin, 0, end - begin, top + self.wide + MARGIN), Area(left + at, MARGIN, room_of(rows), high), rows)
                for lane, begin, end, at, rows in bands
            ]
        else:
            left, top = self.measures.gutter + 2 * MARGIN, MARGIN
            placed = [
                Band(
                    lane,
                    Area(0, top + begin, left + self.wide + MARGIN, end - begin),
                    Area(MARGIN, top + at, room_of(rows), len(rows) * TITLE_ROW),
                    rows,
                )
                for lane, begin, end, at, rows in bands
            ]
        return tuple(placed), left, top

def room_of(rows: tuple[str, ...]) -> float:
    """The width of the widest row of a title."""
    return max(width_of(row, TITLE_SIZE, True) for row in rows)


def _upper(link: Link) -> float:
    return link.upper.at + link.leave


def _lower(link: Link) -> float:
    return link.lower.at + link.enter
