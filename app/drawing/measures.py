"""How readable a picture is, in numbers, taken from the finished picture and not from the way it was made."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise

from app.drawing.parts import Area, Picture, Point, Stroke

PIECES = 14
"""Into how many straight pieces a curve is cut to be measured."""


def crossings(picture: Picture) -> int:
    """How many times two lines cross. Lines that meet in one point and go on together do not cross."""
    tracks = [(stroke, _track(stroke, picture.chart.across)) for stroke in picture.strokes]
    frames = [_frame(track) for _, track in tracks]
    total = 0
    for (number, (one, first)), (other_number, (two, second)) in combinations(enumerate(tracks), 2):
        if frames[number].overlaps(frames[other_number], -1.0):
            ends = {one.points[0], one.points[-1]} & {two.points[0], two.points[-1]}
            total += len(_crossings(first, second, ends))
    return total


def labels_over_labels(picture: Picture) -> int:
    """How many pairs of labels, lane titles counted, lie over each other."""
    areas = [label.area for label in picture.labels] + [band.title for band in picture.bands]
    return sum(one.overlaps(two, 0.5) for one, two in combinations(areas, 2))


def labels_over_boxes(picture: Picture) -> int:
    """How many labels or lane titles lie over a box."""
    areas = [label.area for label in picture.labels] + [band.title for band in picture.bands]
    return sum(area.overlaps(box.area, 0.5) for area in areas for box in picture.boxes)


def boxes_over_boxes(picture: Picture) -> int:
    """How many pairs of boxes lie over each other."""
    return sum(one.area.overlaps(two.area, 0.5) for one, two in combinations(picture.boxes, 2))


def lines_through_boxes(picture: Picture) -> int:
    """How many times a line enters a box (at the box where it begins or ends it may touch the edge)."""
    return sum(
        _enters(_track(stroke, picture.chart.across), box.area) for stroke in picture.strokes for box in picture.boxes
    )


def lines_through_labels(picture: Picture) -> int:
    """How many times a line enters a label or a lane title, its own label counted too."""
    areas = [label.area for label in picture.labels] + [band.title for band in picture.bands]
    return sum(_enters(_track(stroke, picture.chart.across), area) for stroke in picture.strokes for area in areas)


def lines_over_lines(picture: Picture) -> int:
    """How many pairs of straight pieces of different lines run along each other, so close that they look like one."""
    across = picture.chart.across
    pieces: list[tuple[int, Area]] = []
    for number, stroke in enumerate(picture.strokes):
        for begin, end in list(pairwise(stroke.points))[::2]:
            frame = _frame((begin, end))
            if (frame.width if across else frame.height) > 4:
                pieces.append((number, frame))
    pairs = ((one, two) for (first, one), (second, two) in combinations(pieces, 2) if first != second)
    return sum(one.overlaps(two, -2.0) and not _end_to_end(one, two) for one, two in pairs)


def _end_to_end(one: Area, two: Area) -> bool:
    """Whether two straight pieces only meet at their ends."""
    across = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
    down = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
    return max(across, down) < 4


def outside(picture: Picture) -> int:
    """How many boxes, labels and titles reach beyond the paper."""
    paper = Area(0, 0, picture.width, picture.height)
    areas = [box.area for box in picture.boxes] + [label.area for label in picture.labels] + [band.title for band in picture.bands]
    return sum(
        area.x < 0 or area.y < 0 or area.x + area.width > paper.width or area.y + area.height > paper.height for area in areas
    )


@lru_cache(maxsize=1024)
def _track(stroke: Stroke, across: bool) -> tuple[Point, ...]:
    """The stroke as straight pieces."""
    track = [stroke.points[0]]
    for number, (begin, end) in enumerate(pairwise(stroke.points)):
        if number % 2:
            track += [_on_curve(begin, end, piece / PIECES, across) for piece in range(1, PIECES)]
        track.append(end)
    return tuple(track)


def _on_curve(begin: Point, end: Point, part: float, across: bool) -> Point:
    """A point of the curve that svg.path_of draws: along the layers it runs at the ends, between them it changes over."""
    slow = 3 * part**2 * (1 - part) + part**3
    fast = 1.5 * part * (1 - part) ** 2 + 1.5 * part**2 * (1 - part) + part**3
    x_part, y_part = (fast, slow) if across else (slow, fast)
    return begin[0] + (end[0] - begin[0]) * x_part, begin[1] + (end[1] - begin[1]) * y_part


@lru_cache(maxsize=1024)
def _frame(track: tuple[Point, ...]) -> Area:
    left, top = min(x for x, _ in track), min(y for _, y in track)
    return Area(left, top, max(x for x, _ in track) - left, max(y for _, y in track) - top)


def _crossings(first: tuple[Point, ...], second: tuple[Point, ...], ends: set[Point]) -> list[Point]:
    """The points at which two tracks cross, each once, without the ends they share."""
    found: list[Point] = []
    for one in pairwise(first):
        for two in pairwise(second):
            point = _meeting(*one, *two)
            if point and not any(_near(point, other) for other in [*ends, *found]):
                found.append(point)
    return found


def _near(one: Point, two: Point) -> bool:
    return abs(one[0] - two[0]) + abs(one[1] - two[1]) < 2.0


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where the pieces a-b and c-d meet; None when they do not, or run side by side."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a, b, c, d
    if max(ax, bx) < min(cx, dx) or max(cx, dx) < min(ax, bx) or max(ay, by) < min(cy, dy) or max(cy, dy) < min(ay, by):
        return None
    wide = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if abs(wide) < 1e-9:
        return None
    part = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / wide
    other = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / wide
    if 0 <= part <= 1 and 0 <= other <= 1:
        return ax + part * (bx - ax), ay + part * (by - ay)
    return None


def _enters(track: tuple[Point, ...], area: Area) -> bool:
    """Whether the track has a point inside the area, its edge not counted."""
    inner = Area(area.x + 0.6, area.y + 0.6, area.width - 1.2, area.height - 1.2)
    return _frame(track).overlaps(area, -1.0) and any(_cuts(begin, end, inner) for begin, end in pairwise(track))


def _cuts(begin: Point, end: Point, area: Area) -> bool:
    """Whether a straight piece has a part inside the area (Liang and Barsky's clipping)."""
    low, high = 0.0, 1.0
    for start, delta, least, size in (
        (begin[0], end[0] - begin[0], area.x, area.width),
        (begin[1], end[1] - begin[1], area.y, area.height),
    ):
        if abs(delta) < 1e-12:
            if not least < start < least + size:
                return False
            continue
        one, two = sorted(((least - start) / delta, (least + size - start) / delta))
        low, high = max(low, one), min(high, two)
    return low < high
