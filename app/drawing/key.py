"""The key below a picture: what each pattern and shape in it means, and only those that are in it."""

from __future__ import annotations

from dataclasses import dataclass

from app.drawing.letters import LABEL_SIZE, width_of
from app.drawing.parts import STATED, LineKind, LineStatus, Picture

KEY_ROW = 24.0


@dataclass(frozen=True)
class Sample:
    """A line of one look."""

    kind: LineKind
    status: LineStatus


@dataclass(frozen=True)
class Entry:
    """A sample, its words and its place below the picture."""

    x: float
    y: float
    words: str
    stroke: Sample | None = None
    box: str = ""


@dataclass(frozen=True)
class Key:
    """The entries and the height they take."""

    entries: tuple[Entry, ...]
    height: float


def key_of(picture: Picture) -> Key:
    """The key, in rows no wider than the picture."""
    x, y = 8.0, 8.0
    entries: list[Entry] = []
    for words, stroke, box in _meanings(picture):
        wide = 52 + width_of(words, LABEL_SIZE) + 24
        if x > 8 and x + wide > picture.width:
            x, y = 8.0, y + KEY_ROW
        entries.append(Entry(x, y, words, stroke, box))
        x += wide
    return Key(tuple(entries), y + KEY_ROW + 8 if entries else 0.0)


def _meanings(picture: Picture) -> list[tuple[str, Sample | None, str]]:
    """What is to be explained."""
    kinds = {stroke.kind for stroke in picture.strokes if stroke.status == STATED}
    lines: list[tuple[LineKind, str]] = [
        ("refer", "referral, or goes on"), ("step-up", "step up"), ("step-down", "step down"), ("signpost", "signpost")
    ]  # fmt: skip
    found: list[tuple[str, Sample | None, str]] = [
        (words, Sample(kind, STATED), "") for kind, words in lines if kind in kinds
    ]
    back = {stroke.kind == "step-down" for stroke in picture.strokes if stroke.status != STATED}
    unsure = "assumed, proposed or recommended"
    if False in back:
        found.append((unsure, Sample("refer", "assumed"), ""))
    if True in back:
        words = "the same for a step down" if False in back else f"step down, {unsure}"
        found.append((words, Sample("step-down", "assumed"), ""))
    shapes = [
        (any(box.box.id == picture.chart.here for box in picture.boxes), "you are here", "here"),
        (any(box.box.kind == "service" for box in picture.boxes), "a service", "service"),
        (any(box.box.kind == "many" for box in picture.boxes), "stands for several places", "many"),
        (any(box.box.status not in ("", STATED) for box in picture.boxes), "the box says what is not certain", "unsure"),
    ]
    return found + [(words, None, shape) for there, words, shape in shapes if there]
