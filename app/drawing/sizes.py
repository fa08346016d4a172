"""How large everything in a drawing is: rows of text, boxes, labels, and the room between."""

from __future__ import annotations

from dataclasses import dataclass

from app.drawing.letters import LABEL_SIZE, NAME_SIZE, NOTE_SIZE, rows_of, width_of
from app.drawing.net import Net, Spot
from app.drawing.parts import STATED, Box, words_on
from app.drawing.places import PORT

NAME_ROW, NOTE_ROW, LABEL_ROW, TITLE_ROW = 17.0, 15.0, 15.0, 17.0
"""The height of a row of each sort of text."""

PAD = 9.0
"""Room between the edge of a box and its text."""

LEAST_BOX = 34.0
"""The least height of a box: a link must be easy to hit."""

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
    """The least room between two boxes."""
    gutter: float
    """The room for the titles of lanes that are rows."""
    least_zone: float
    most_zone: float
    slant: float
    """How deep the zone is in which lines change over, for each pixel of the longest change, and its limits."""


ROWS = Measures(box=152, label=134, label_rows=3, gap=16, gutter=104, least_zone=12, most_zone=24, slant=0.09)
COLUMNS = Measures(box=180, label=236, label_rows=2, gap=12, gutter=0, least_zone=20, most_zone=54, slant=0.3)
MANY_COLUMNS = Measures(box=166, label=104, label_rows=2, gap=12, gutter=0, least_zone=16, most_zone=44, slant=0.3)


def name_rows(box: Box, measures: Measures) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows of text in a box: its name, and its note with whatever is not certain about it."""
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


def widest(rows: tuple[str, ...]) -> float:
    """The width of the widest row of a label."""
    return max((width_of(row, LABEL_SIZE) for row in rows), default=0.0)


def give_sizes(net: Net, across: bool, measures: Measures) -> None:
    """Give each spot the room it needs along its layer (before and after its anchor) and across it."""
    for layer in net.layers:
        for spot in layer:
            if spot.box:
                _size_box(spot, spot.box, across, measures)
            elif spot.label:
                rows = label_rows(spot.label, measures)
                high = len(rows) * LABEL_ROW
                if across:
                    spot.before, spot.after, spot.deep = high + 5, 3, widest(rows)
                else:
                    spot.before, spot.after, spot.deep = 3, widest(rows) + 6, high
    for flat in net.flats:
        rows = label_rows(words_on(flat.line), measures)
        for spot in flat.start.chain:
            spot.beside = max(spot.beside, widest(rows) + FLAT_AIR)
            spot.least = max(spot.least, 2 * (len(rows) * LABEL_ROW + 5 - FLAT_LOW))


def _size_box(spot: Spot, box: Box, across: bool, measures: Measures) -> None:
    names, notes = name_rows(box, measures)
    high = max(LEAST_BOX, len(names) * NAME_ROW + len(notes) * NOTE_ROW + 2 * PAD - 4)
    ports = max(len(spot.up), len(spot.down)) * PORT * 0.8
    along, spot.deep = (high, measures.box) if across else (measures.box, high)
    spot.before = spot.after = max(along, ports) / 2
