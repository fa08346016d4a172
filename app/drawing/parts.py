"""What a drawing is made of: the boxes, lines and lanes that go in, and the picture with places that comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LineKind = Literal["refer", "step-up", "step-down", "signpost"]
LineStatus = Literal["stated in the source", "recommended", "proposed", "assumed"]

STATED: LineStatus = "stated in the source"


@dataclass(frozen=True)
class Box:
    """A place on the pathway, drawn as a box that is a link."""

    id: str
    name: str
    lane: str
    link: str
    kind: str = "stage"
    """`service` is drawn with round corners, `many` (a box that stands for several places) with a double edge."""
    status: str = ""
    """How sure it is that the place exists; anything but stated is said in the box and drawn with a broken edge."""
    note: str = ""
    """A second, smaller text."""


@dataclass(frozen=True)
class Line:
    """A way from one box to another."""

    start: str
    end: str
    kind: LineKind
    label: str = ""
    status: LineStatus = STATED


@dataclass(frozen=True)
class Lane:
    """A band of the drawing that holds boxes of one sort, such as those of one level."""

    id: str
    title: str


@dataclass(frozen=True)
class Chart:
    """Everything that one drawing shows, before it has places."""

    title: str
    description: str
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    """In reading order: the order of the links, and of the list beside the drawing."""
    lines: tuple[Line, ...]
    across: bool = False
    """Lanes as columns, read from left to right; otherwise lanes are rows, read from the top down."""
    here: str = ""
    """The box that the drawing is about, if it is about one."""
    left_out: tuple[str, ...] = ()
    """Ids of places of the area that this drawing does not show, so that the page can name them."""

    def __post_init__(self) -> None:
        lanes = {lane.id for lane in self.lanes}
        boxes = {box.id for box in self.boxes}
        if len(boxes) < len(self.boxes) or len(lanes) < len(self.lanes):
            raise ValueError("a box and a lane have each an id of their own")
        for box in self.boxes:
            if box.lane not in lanes:
                raise ValueError(f"box '{box.id}' stands in the lane '{box.lane}', which is not given")
        for line in self.lines:
            if line.start not in boxes or line.end not in boxes:
                raise ValueError(f"a line joins '{line.start}' to '{line.end}', and one of them is not a box")
            if line.start == line.end:
                raise ValueError(f"a line joins '{line.start}' to itself")


def words_on(line: Line) -> str:
    """The text beside a line: the kinds of way and the doubts that its pattern shows are also said."""
    kind = {"step-down": "Step down", "signpost": "Signpost"}.get(line.kind, "")
    text = f"{kind}: {line.label}" if kind and line.label else kind or line.label
    return text if line.status == STATED else f"{text} ({line.status})".strip()


Point = tuple[float, float]


@dataclass(frozen=True)
class Area:
    """A rectangle, by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Area, slack: float = 0.0) -> bool:
        """Whether the two have more than `slack` in common in both directions."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across > slack and down > slack


@dataclass(frozen=True)
class PlacedBox:
    """A box with its place and its text in rows."""

    box: Box
    area: Area
    rows: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PlacedLabel:
    """The words of one or more lines, in rows."""

    area: Area
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Stroke:
    """A drawn line. Its first segment is straight, and then each second one is a curve."""

    points: tuple[Point, ...]
    kind: LineKind
    status: LineStatus
    start: str | None
    """The box it begins at; None when it begins where several lines part."""
    end: str | None
    """The box it ends at, with an arrowhead; None when it ends where several lines meet."""


@dataclass(frozen=True)
class Band:
    """A lane with its place; the title has a place of its own that no line enters."""

    lane: Lane
    area: Area
    title: Area
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A chart in which everything has its place."""

    chart: Chart
    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    labels: tuple[PlacedLabel, ...]
    strokes: tuple[Stroke, ...]
    bands: tuple[Band, ...]
