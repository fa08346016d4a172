"""The windscreen drawn: a fan of segments that are links, numbered and patterned so that it reads in black and white.

Presentation attributes only, so that no page needs a style of its own; the same windscreen always gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, pi, sin, sqrt, tan
from typing import Literal

from app.drawing.letters import rows_of, width_of
from app.drawing.svg import FONT, escape
from app.gaps.words import joined
from app.levels.windscreen import Edge, Segment, Windscreen

MOST_NAMED = 3
"""The most gateways that a boundary of the drawing names; the text beside it names all."""


@dataclass(frozen=True)
class Look:
    """The measures of one size of the drawing, in its own units."""

    width: float
    height: float
    middle: float
    base: float
    outer: float
    rim: float
    inner: float
    number: float
    name: float
    note: float
    pin: float


WIDE = Look(width=960, height=0, middle=480, base=0, outer=384, rim=26, inner=88, number=38, name=20, note=17, pin=7)
NARROW = Look(width=340, height=186, middle=170, base=176, outer=166, rim=12, inner=26, number=26, name=12.5, note=0, pin=4)
SIGN = Look(width=340, height=186, middle=170, base=176, outer=166, rim=16, inner=40, number=34, name=0, note=0, pin=0)
MARK = Look(width=32, height=20, middle=16, base=18, outer=15, rim=0, inner=5, number=0, name=0, note=0, pin=0)

AIR = 6.0
"""How far words keep away from the lines round them."""

LEADING = 1.25
"""How high a row is, by the size of its letters."""


@dataclass(frozen=True)
class Text:
    """A row of words: its middle, its base line, how large and how heavy it is."""

    x: float
    y: float
    words: str
    size: float
    bold: bool


Size = Literal["wide", "narrow", "sign"]
"""Everything, for a page; numbers and names, for a telephone; numbers only, for the first page."""


def windscreen_svg(windscreen: Windscreen, name: str = "windscreen", size: Size = "wide") -> str:
    """The windscreen as an SVG element; `name` begins its ids, so that several can stand on one page.

    What a smaller one leaves out stands in the labels of its links.
    """
    count = len(windscreen.segments)
    look = _with_room(windscreen, WIDE) if size == "wide" else NARROW if size == "narrow" else SIGN
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="windscreen" role="group" aria-labelledby="{name}-title"'
        f' aria-describedby="{name}-desc" width="{_n(look.width)}" height="{_n(look.height)}"'
        f' viewBox="0 0 {_n(look.width)} {_n(look.height)}" font-family="{escape(FONT)}" fill="none" stroke="none">',
        f'<title id="{name}-title">{escape(windscreen.title)}</title>',
        f'<desc id="{name}-desc">{escape(" ".join(windscreen.sentences))}</desc>',
        f"<defs>{''.join(_pattern(name, place, count) for place in range(count))}</defs>",
    ]
    words = _all_words(windscreen, look)
    for place, segment in enumerate(windscreen.segments):
        edge = windscreen.edge_below(segment.level.number)
        if edge and edge.gateways and look.note:
            out.append(_gateways(edge, place, count, look))
        out.append(_segment(segment, place, count, look, name, words[place]))
    out += [_pins(windscreen, look), _ground(look)]
    return "\n".join([*out, "</svg>"]) + "\n"


def mark_svg(levels: int) -> str:
    """The mark of the product: the fan alone, in the colour of the words round it. It says nothing, so it is hidden from listeners."""
    paths = []
    for place in range(levels):
        fill = 0.25 + 0.75 * place / max(1, levels - 1)
        paths.append(f'<path d="{_sector(place, levels, MARK, MARK.inner, MARK.outer)}" fill-opacity="{_n(fill, 2)}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mark" aria-hidden="true" width="{_n(MARK.width)}" height="{_n(MARK.height)}"'
        f' viewBox="0 0 {_n(MARK.width)} {_n(MARK.height)}" fill="currentColor" stroke="currentColor" stroke-width="0.8">'
        f"{''.join(paths)}</svg>"
    )


def _with_room(windscreen: Windscreen, look: Look) -> Look:
    """The measures with as much room above the fan as the names of the gateways take."""
    count, high = len(windscreen.segments), look.outer + 20
    for place, segment in enumerate(windscreen.segments):
        edge = windscreen.edge_below(segment.level.number)
        if edge and edge.gateways:
            angle, rows = _angle(place, count), min(len(edge.gateways), MOST_NAMED + 1)
            half = 1 if _anchor(angle) == "middle" else 0.5
            high = max(high, (look.outer + 22) * sin(angle) + rows * half * _row(look) + 12)
    return replace(look, base=high, height=high + 62)


def _row(look: Look) -> float:
    """How high one name of a gateway stands, wide enough apart for a finger."""
    return max(26.0, look.note * 1.6)


def _anchor(angle: float) -> str:
    """From which end a name outside the fan is set."""
    return "end" if cos(angle) < -0.1 else "start" if cos(angle) > 0.1 else "middle"


def _n(value: float, places: int = 1) -> str:
    """A number as short as it goes: 12.0 as 12."""
    text = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _angle(place: int, count: int) -> float:
    """Where the segment with this place begins, from half a turn on the left to none on the right."""
    return pi - pi * place / count


def _at(angle: float, radius: float, look: Look) -> tuple[float, float]:
    return look.middle + radius * cos(angle), look.base - radius * sin(angle)


def _sector(place: int, count: int, look: Look, inner: float, outer: float) -> str:
    """The outline of a segment between two radii."""
    first, last = _angle(place, count), _angle(place + 1, count)
    points = [_at(first, inner, look), _at(first, outer, look), _at(last, outer, look), _at(last, inner, look)]
    (a, b, c, d) = [f"{_n(x, 2)} {_n(y, 2)}" for x, y in points]
    return f"M{a}L{b}A{_n(outer)} {_n(outer)} 0 0 1 {c}L{d}A{_n(inner)} {_n(inner)} 0 0 0 {a}Z"


def _pattern(name: str, place: int, count: int) -> str:
    """The pattern of a segment's rim: the further to the right, the denser and the heavier its lines."""
    step = 13 - 9 * place / max(1, count - 1)
    turn = (45, -45, 0, 90, 45)[place % 5]
    width = 1 + 1.6 * place / max(1, count - 1)
    return (
        f'<pattern id="{name}-rim-{place + 1}" width="{_n(step)}" height="{_n(step)}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate({turn})"><path d="M0 0V{_n(step)}" stroke="currentColor" stroke-width="{_n(2 * width)}"/></pattern>'
    )


def _segment(segment: Segment, place: int, count: int, look: Look, name: str, texts: list[Text]) -> str:
    """One level: the field that is the link, its rim, and its words."""
    rim = _sector(place, count, look, look.outer - look.rim, look.outer)
    colour = f'<path class="segment-colour" d="{rim}" fill="{segment.level.colour}"/>' if segment.level.colour else ""
    words = "".join(_text(text) for text in texts)
    return (
        f'<a class="segment" href="{escape(segment.address)}" aria-label="{escape(segment.sentence)}">'
        f'<path class="segment-field" d="{_sector(place, count, look, look.inner, look.outer)}" stroke="currentColor" stroke-width="1.6"'
        ' pointer-events="all"/>'
        f'{colour}<path d="{rim}" fill="url(#{name}-rim-{place + 1})" stroke="currentColor" stroke-width="1"/>{words}</a>'
    )


def _text(text: Text, anchor: str = "middle") -> str:
    weight = ' font-weight="bold"' if text.bold else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" text-anchor="{anchor}" fill="currentColor" font-size="{_n(text.size)}"{weight}>'
        f"{escape(text.words)}</text>"
    )


SHRINKS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7)
"""How far the words may shrink before some of them are left to the text beside the drawing; on a telephone, not so far."""


def _all_words(windscreen: Windscreen, look: Look) -> list[list[Text]]:
    """The words of every segment, all of one size: as much as every segment has room for, and at least its number."""
    count = len(windscreen.segments)
    for told in range(4 if look.note else 2 if look.name else 1, 0, -1):
        for shrink in SHRINKS if look.note else SHRINKS[:4]:
            found = [_words(segment, place, count, look, told, shrink) for place, segment in enumerate(windscreen.segments)]
            if all(found):
                return [texts for texts in found if texts]
    return [[] for _ in windscreen.segments]


def _words(segment: Segment, place: int, count: int, look: Look, told: int, shrink: float) -> list[Text] | None:
    """The words of a segment in as few rows as they go into, round the place where there is most room; None when there is too little."""
    level = segment.level
    parts = [(str(level.number), look.number, True), (level.name, look.name * shrink, True)]
    parts += [(words, look.note * shrink, False) for words in (level.help_name, segment.services_in_words)]
    parts = [part for part in parts[:told] if part[0]]
    low = sum(size * LEADING for _, size, _ in parts)
    for more in range(3 * len(parts)):
        high = low + more * parts[-1][1] * LEADING
        x, y, room = _widest(place, count, look, high)
        if not room:
            return None
        rows = [(row, size, bold) for words, size, bold in parts for row in rows_of(words, room, size, bold=bold)]
        fits = all(width_of(row, size, bold) <= room and not row.endswith("-") for row, size, bold in rows)
        if fits and sum(size * LEADING for _, size, _ in rows) <= high + 0.1:
            return _stacked(rows, x, y)
    return None


def _stacked(rows: list[tuple[str, float, bool]], x: float, y: float) -> list[Text]:
    """Rows one under the other, `y` being their middle."""
    top = y - sum(size * LEADING for _, size, _ in rows) / 2
    found = []
    for words, size, bold in rows:
        found.append(Text(x, top + size, words, size, bold))
        top += size * LEADING
    return found


@lru_cache(maxsize=4096)
def _widest(place: int, count: int, look: Look, high: float) -> tuple[float, float, float]:
    """The middle of the widest upright box of a height that a segment has room for, and its width."""
    best = (look.middle, look.base, 0.0)
    first, last = _angle(place, count), _angle(place + 1, count)
    top = look.outer - look.rim - AIR
    middle = high / 2 + AIR
    while middle + high / 2 < top:
        spans = [_span(first, last, height, look.inner + AIR, top) for height in (middle - high / 2, middle, middle + high / 2)]
        left, right = max(span[0] for span in spans) + AIR, min(span[1] for span in spans) - AIR
        if right - left > best[2] + 0.01:
            best = look.middle + (left + right) / 2, look.base - middle, right - left
        middle += look.outer / 96
    return best


def _span(first: float, last: float, height: float, inner: float, outer: float) -> tuple[float, float]:
    """From where to where a level line at a height runs inside a segment, measured from the middle of the fan."""
    reach = sqrt(max(0.0, outer * outer - height * height))
    left = _cut(first, height, -reach)
    right = _cut(last, height, reach)
    if height < inner:
        hollow = sqrt(inner * inner - height * height)
        if right <= 0 or -left > right:
            right = min(right, -hollow)
        else:
            left = max(left, hollow)
    return max(left, -reach), min(right, reach)


def _cut(angle: float, height: float, end: float) -> float:
    """Where a level line meets the edge at an angle; at the flat edges of the fan it meets none, and runs to its end."""
    return end if abs(sin(angle)) < 1e-9 else height / tan(angle)


def _pins(windscreen: Windscreen, look: Look) -> str:
    """A pin on the rim at every boundary that has a gateway, drawn over the segments that meet there."""
    if not look.pin:
        return ""
    count, pins = len(windscreen.segments), []
    for place, segment in enumerate(windscreen.segments):
        edge = windscreen.edge_below(segment.level.number)
        if edge and edge.gateways:
            x, y = _at(_angle(place, count), look.outer, look)
            pins.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(look.pin)}"/>')
    return f'<g class="pins" fill="currentColor" aria-hidden="true">{"".join(pins)}</g>'


def _gateways(edge: Edge, place: int, count: int, look: Look) -> str:
    """The names of the gateways on a boundary, outside the rim, each a link."""
    angle = _angle(place, count)
    shown = [(f"/pathways/{one.area}/{one.id}", one.short or one.name) for one in edge.gateways[:MOST_NAMED]]
    more = len(edge.gateways) - len(shown)
    row, anchor = _row(look), _anchor(angle)
    room = _room(angle, look)
    lines = len(shown) + (1 if more else 0)
    at_x, at_y = _at(angle, look.outer + 22, look)
    top = at_y - (lines - 1) * row - 2 if anchor == "middle" else max(look.note + 4, at_y - (lines - 1) * row / 2)
    out = []
    for number, (address, label) in enumerate(shown):
        words = rows_of(label, room, look.note, most=1, bold=True)[0]
        text = _text(Text(at_x, top + number * row, words, look.note, True), anchor)
        wide = width_of(words, look.note, True)
        left = at_x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
        field = (
            f'<rect x="{_n(left - 3)}" y="{_n(top + number * row - look.note - 3)}" width="{_n(wide + 6)}" height="{_n(row - 1)}"'
            ' pointer-events="all"/>'
        )
        levels = f"level {edge.below} and level {edge.above}" if edge.below is not None else f"the beginning and level {edge.above}"
        out.append(f'<a class="gateway" href="{escape(address)}" aria-label="{escape(f"{label}, between {levels}")}">{field}{text}</a>')
    if more:
        out.append(_text(Text(at_x, top + len(shown) * row, f"and {more} more", look.note, False), anchor))
    return "".join(out)


def _room(angle: float, look: Look) -> float:
    """How wide a name outside the fan may be."""
    x, _ = _at(angle, look.outer + 22, look)
    return min(x, look.width - x) * (2 if abs(cos(angle)) < 0.1 else 1) - 6


def _ground(look: Look) -> str:
    """The line on which the fan stands: need grows from left to right."""
    if not look.note:
        return ""
    y = look.base + 28
    left, right = look.middle - look.outer, look.middle + look.outer
    return (
        f'<g aria-hidden="true"><path d="M{_n(left)} {_n(y)}H{_n(right - 12)}" stroke="currentColor" stroke-width="1.6"/>'
        f'<path d="M{_n(right)} {_n(y)}l-13 -6v12Z" fill="currentColor"/>'
        f"{_text(Text(left, y + 24, 'Less need', look.note, False), 'start')}"
        f"{_text(Text(look.middle, y + 24, 'Levels add up: what helps at a lower level goes on', look.note, False))}"
        f"{_text(Text(right, y + 24, 'More need', look.note, False), 'end')}</g>"
    )


def alternative(windscreen: Windscreen) -> str:
    """The drawing in one sentence, for a place that has no room for the text version."""
    return f"{windscreen.title}: {joined([segment.name for segment in windscreen.segments])}."
