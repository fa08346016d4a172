"""A picture as SVG: links in reading order, black on white, no style attribute, no script, nothing from elsewhere."""

from __future__ import annotations

import html

from app.drawing.key import KEY_ROW, Entry, key_of
from app.drawing.letters import LABEL_SIZE, NAME_SIZE, NOTE_SIZE, TITLE_SIZE
from app.drawing.parts import STATED, Band, LineKind, LineStatus, Picture, PlacedBox, PlacedLabel, Point, Stroke
from app.drawing.sizes import LABEL_ROW, NAME_ROW, NOTE_ROW, TITLE_ROW

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"


def svg(picture: Picture, name: str = "map", paper: bool = False) -> str:
    """The picture as an SVG element; `name` begins its ids, so that two of them can stand on one page.

    With `paper` it has a white ground, for a file of its own; without, it takes the colours of the page.
    """
    chart = picture.chart
    key = key_of(picture)
    high = picture.height + key.height
    arrows = sorted({_arrow(look.kind) for look in [*picture.strokes, *(entry.stroke for entry in key.entries)] if look})
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="group" aria-labelledby="{name}-title" aria-describedby="{name}-desc"'
        f' width="{_n(picture.width)}" height="{_n(high)}" viewBox="0 0 {_n(picture.width)} {_n(high)}"'
        f' font-family="{escape(FONT)}" font-size="{NAME_SIZE}" fill="none" stroke="none">',
        f'<title id="{name}-title">{escape(chart.title)}</title>',
        f'<desc id="{name}-desc">{escape(chart.description)}</desc>',
    ]
    out += [f'<rect {_rect(0, 0, picture.width, high)} fill="white"/>'] if paper else []
    out += [f"<defs>{''.join(_marker(name, arrow) for arrow in arrows)}</defs>"] if arrows else []
    out += ['<g class="chart-lanes">', *(_band(band, number, chart.across) for number, band in enumerate(picture.bands)), "</g>"]
    out += ['<g class="chart-lines" aria-hidden="true" stroke="currentColor">']
    out += [*(_stroke(stroke, name, chart.across) for stroke in picture.strokes), "</g>"]
    out += [f'<g class="chart-labels" aria-hidden="true" fill="currentColor" font-size="{LABEL_SIZE}">']
    out += [*(_label(label) for label in picture.labels), "</g>"]
    out += ['<g class="chart-boxes">', *(_box(box, here=box.box.id == chart.here) for box in picture.boxes), "</g>"]
    out += ['<g class="chart-key" aria-hidden="true">', *(_entry(entry, name, picture.height) for entry in key.entries), "</g>"]
    return "\n".join([*out, "</svg>"]) + "\n"


def escape(text: str) -> str:
    """The text as it may stand in XML: signs that XML reserves are escaped, those it forbids become spaces."""
    return html.escape("".join(letter if letter.isprintable() else " " for letter in text))


def _n(value: float) -> str:
    """A number as short as it goes: 12.0 as 12."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _rows(rows: tuple[str, ...], x: float, y: float, row: float) -> str:
    """The rows as tspans; `y` is the base line of the first."""
    return "".join(f'<tspan x="{_n(x)}" y="{_n(y + number * row)}">{escape(text)}</tspan>' for number, text in enumerate(rows))


def _arrow(kind: LineKind) -> str:
    return "open" if kind == "signpost" else "full"


def _marker(name: str, arrow: str) -> str:
    look = 'fill="none" stroke="currentColor" stroke-width="1.3"' if arrow == "open" else 'fill="currentColor" stroke="none"'
    shape = "M1 1L9 5L1 9" if arrow == "open" else "M0 0.5L10 5L0 9.5Z"
    return (
        f'<marker id="{name}-{arrow}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="10" markerHeight="10"'
        f' markerUnits="userSpaceOnUse" orient="auto"><path d="{shape}" {look}/></marker>'
    )


def dashes(kind: LineKind, status: LineStatus) -> str:
    """The pattern of a line: a way back is dashed, a way that no source states is dotted, both at once dash and dot."""
    if kind == "step-down":
        return "9 5" if status == STATED else "9 4 2 4"
    return "" if status == STATED else "2 4"


def _look(kind: LineKind, status: LineStatus) -> str:
    pattern = dashes(kind, status)
    width = "2.2" if kind == "step-up" else "1.4"
    return f'stroke-width="{width}"' + (f' stroke-dasharray="{pattern}"' if pattern else "")


def _stroke(stroke: Stroke, name: str, across: bool) -> str:
    head = f' marker-end="url(#{name}-{_arrow(stroke.kind)})"' if stroke.end else ""
    return f'<path class="chart-{stroke.kind}" d="{path_of(stroke.points, across)}" {_look(stroke.kind, stroke.status)}{head}/>'


def path_of(points: tuple[Point, ...], across: bool) -> str:
    """The path: straight to the second point, curved to the third, straight to the fourth and so on."""
    x, y = points[0]
    parts = [f"M{_n(x)} {_n(y)}"]
    for number, (to_x, to_y) in enumerate(points[1:]):
        if (to_x, to_y) == (x, y):
            continue
        straight = number % 2 == 0 or (to_y == y if across else to_x == x)
        if straight:
            parts.append(f"L{_n(to_x)} {_n(to_y)}")
        elif across:
            half = (x + to_x) / 2
            parts.append(f"C{_n(half)} {_n(y)} {_n(half)} {_n(to_y)} {_n(to_x)} {_n(to_y)}")
        else:
            half = (y + to_y) / 2
            parts.append(f"C{_n(x)} {_n(half)} {_n(to_x)} {_n(half)} {_n(to_x)} {_n(to_y)}")
        x, y = to_x, to_y
    return "".join(parts)


def _label(label: PlacedLabel) -> str:
    return f"<text>{_rows(label.rows, label.area.x, label.area.y + 11.5, LABEL_ROW)}</text>"


def _box(placed: PlacedBox, here: bool) -> str:
    box, area = placed.box, placed.area
    known = box.status in ("", STATED)
    spoken = ", ".join([box.name, *([] if known else [box.status]), *([box.note] if box.note else [])])
    round_ = ' rx="14"' if box.kind == "service" else ""
    broken = "" if known else ' stroke-dasharray="4 3"'
    edge = f'{_rect(area.x, area.y, area.width, area.height)}{round_}'
    shapes = f'<rect {edge} stroke="currentColor" stroke-width="{"3" if here else "1.4"}"{broken} pointer-events="all"/>'
    if box.kind == "many":
        shapes += f'<rect {_rect(area.x + 3, area.y + 3, area.width - 6, area.height - 6)} stroke="currentColor" stroke-width="0.8"/>'
    high = len(placed.rows) * NAME_ROW + len(placed.notes) * NOTE_ROW
    x, y = area.x + area.width / 2, area.y + (area.height - high) / 2
    text = f'<text text-anchor="middle" fill="currentColor" font-weight="bold">{_rows(placed.rows, x, y + 13, NAME_ROW)}</text>'
    if placed.notes:
        rows = _rows(placed.notes, x, y + len(placed.rows) * NAME_ROW + 11.5, NOTE_ROW)
        text += f'<text text-anchor="middle" fill="currentColor" font-size="{NOTE_SIZE}">{rows}</text>'
    current = ' aria-current="page"' if here else ""
    kind = "chart-box chart-here" if here else f"chart-box chart-{escape(box.kind)}"
    return f'<a class="{kind}" href="{escape(box.link)}" aria-label="{escape(spoken)}"{current}>{shapes}{text}</a>'


def _rect(x: float, y: float, width: float, height: float) -> str:
    return f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'


def _band(band: Band, number: int, across: bool) -> str:
    area, title = band.area, band.title
    line = ""
    if number:
        end_x, end_y = (area.x, area.y + area.height) if across else (area.x + area.width, area.y)
        line = (
            f'<path d="M{_n(area.x)} {_n(area.y)}L{_n(end_x)} {_n(end_y)}" stroke="currentColor"'
            ' stroke-width="1" stroke-opacity="0.35"/>'
        )
    rows = _rows(band.rows, title.x, title.y + 13, TITLE_ROW)
    return f'{line}<text fill="currentColor" font-weight="bold" font-size="{TITLE_SIZE}">{rows}</text>'


def _entry(entry: Entry, name: str, top: float) -> str:
    """One entry of the key: a sample and its words."""
    x, y = entry.x, top + entry.y
    middle = y + KEY_ROW / 2
    if entry.stroke:
        look, head = _look(entry.stroke.kind, entry.stroke.status), f'url(#{name}-{_arrow(entry.stroke.kind)})'
        sample = f'<path d="M{_n(x)} {_n(middle)}L{_n(x + 44)} {_n(middle)}" stroke="currentColor" {look} marker-end="{head}"/>'
    else:
        round_ = ' rx="7"' if entry.box == "service" else ""
        broken = ' stroke-dasharray="4 3"' if entry.box == "unsure" else ""
        wide = "3" if entry.box == "here" else "1.4"
        sample = f'<rect {_rect(x + 8, middle - 7, 30, 14)}{round_} stroke="currentColor" stroke-width="{wide}"{broken}/>'
        if entry.box == "many":
            sample += f'<rect {_rect(x + 11, middle - 4, 24, 8)} stroke="currentColor" stroke-width="0.8"/>'
    return f'{sample}<text fill="currentColor" font-size="{LABEL_SIZE}" x="{_n(x + 52)}" y="{_n(middle + 4)}">{escape(entry.words)}</text>'
