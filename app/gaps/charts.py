"""Small charts as SVG from the tables: bars, ranges and a time line. Black and white, named, and each beside its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from app.drawing.letters import rows_of
from app.gaps.bounds import Bounds
from app.gaps.contracts import Contracts, End
from app.gaps.money import Spend
from app.gaps.words import short_pounds
from app.model import date_in_words

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"
SIZE = 13.0
WIDE, EDGE = 640.0, 12.0
BAR, GAP, LINE, TOP = 14.0, 14.0, 16.0, 8.0


@dataclass(frozen=True)
class Bar:
    """One bar: from 0 to `value`, or from `low` to `value` with a mark at `middle`; `words` stand behind it."""

    label: str
    value: float
    words: str
    low: float | None = None
    middle: float | None = None


@dataclass(frozen=True)
class Mark:
    """One thing on a time line."""

    day: date
    label: str
    words: str


def bars(name: str, title: str, rows: Sequence[Bar]) -> str:
    """Horizontal bars, each below its label and its value in words. `name` begins the ids of the picture."""
    most = max((row.value for row in rows), default=0) or 1
    scale = (WIDE - 2 * EDGE) / most
    y, parts = TOP, []
    for row in rows:
        words = rows_of(f"{row.label}: {row.words}", WIDE - 2 * EDGE, SIZE)
        parts.append(_text(words, EDGE, y + 13, "start"))
        y += len(words) * LINE + 4
        parts.append(_shape(row, scale, y))
        y += BAR + GAP
    description = "; ".join(f"{row.label}: {row.words}" for row in rows) or "Nothing to show."
    return _svg(name, title, description, max(y, TOP + LINE + TOP), parts or [_text((description,), EDGE, TOP + 13, "start")])


def _shape(row: Bar, scale: float, y: float) -> str:
    """A full bar; or, for a range, an open bar from its low end to its high end with a stroke in the middle."""
    if row.low is None:
        return f'<rect x="{_n(EDGE)}" y="{_n(y)}" width="{_n(max(row.value * scale, 1))}" height="{_n(BAR)}" fill="currentColor"/>'
    x, wide = EDGE + row.low * scale, max((row.value - row.low) * scale, 1)
    shape = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(wide)}" height="{_n(BAR)}" stroke="currentColor" stroke-width="1.5"/>'
    if row.middle is not None:
        at = EDGE + row.middle * scale
        shape += f'<path d="M{_n(at)} {_n(y - 3)}V{_n(y + BAR + 3)}" stroke="currentColor" stroke-width="3"/>'
    return shape


def timeline(name: str, title: str, marks: Sequence[Mark]) -> str:
    """Things in the order of their days, each on a line of its own, with a dot where it stands between the first day and the last."""
    ordered = sorted(marks, key=lambda mark: mark.day)
    if not ordered:
        return _svg(name, title, "No date is recorded.", TOP + LINE + TOP, [_text(("No date is recorded.",), EDGE, TOP + 13, "start")])
    first, last = date(ordered[0].day.year, 1, 1), date(ordered[-1].day.year, 12, 31)
    days = (last - first).days
    left, right = EDGE, WIDE - EDGE
    y = TOP + LINE
    parts = [f'<path d="M{_n(left)} {_n(y)}H{_n(right)}" stroke="currentColor" stroke-width="1"/>']
    for year in range(first.year, last.year + 1):
        x = left + (date(year, 1, 1) - first).days * (right - left) / days
        parts.append(f'<path d="M{_n(x)} {_n(y - 14)}V{_n(y)}" stroke="currentColor" stroke-width="1"/>')
        parts.append(_text((str(year),), x + 4, y - 4, "start"))
    y += 8
    for mark in ordered:
        x = left + (mark.day - first).days * (right - left) / days
        after = x < WIDE / 2
        lines = rows_of(f"{mark.label}: {mark.words}", (right - x if after else x - left) - 14, SIZE)
        parts.append(f'<circle cx="{_n(x)}" cy="{_n(y + 8)}" r="5" fill="currentColor"/>')
        parts.append(_text(lines, x + 10 if after else x - 10, y + 13, "start" if after else "end"))
        y += len(lines) * LINE + GAP / 2
    description = "; ".join(f"{mark.label}: {mark.words}" for mark in ordered)
    return _svg(name, title, description, y + TOP, parts)


def spend_chart(spend: Spend, name: str = "spend") -> str:
    """The range from dedicated to counted in full for each level, with a mark at the equal share."""
    return ranges(name, "Known budgets by level: from dedicated to counted in full, a mark at the equal share", spend.by_level)


def ranges(name: str, title: str, rows: Sequence[Bounds]) -> str:
    """One range for each row that has a figure."""
    known = [row for row in rows if row.full is not None and row.services]
    return bars(name, title, [
        Bar(row.label, float(row.full or 0), row.in_words(), float(row.dedicated or 0), float(row.shared or 0)) for row in known
    ])  # fmt: skip


def concentration_chart(spend: Spend, most: int = 10, name: str = "concentration") -> str:
    """The largest known budgets, the largest first."""
    counted = [figure for figure in spend.figures if figure.counted][:most]
    return bars(name, "The largest known budgets for a year", [
        Bar(figure.name, float(figure.amount), short_pounds(figure.amount)) for figure in counted
    ])  # fmt: skip


def contracts_chart(contracts: Contracts, name: str = "contracts") -> str:
    """The recorded ends on a time line, with their value where it is known."""
    marks = [Mark(end.day, end.name, _end_in_words(end, contracts.hidden)) for end in contracts.ends if end.day]
    return timeline(name, "Recorded ends of contracts and funding", marks)


def _end_in_words(end: End, hidden: bool) -> str:
    value = "" if hidden else ", no figure" if end.value is None else f", {short_pounds(end.value)} a year"
    return f"{date_in_words(end.ends)}{value}"


def _svg(name: str, title: str, description: str, high: float, parts: Sequence[str]) -> str:
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{escape(name)}-title" '
        f'aria-describedby="{escape(name)}-desc" width="{_n(WIDE)}" height="{_n(high)}" viewBox="0 0 {_n(WIDE)} {_n(high)}" '
        f'font-family="{escape(FONT)}" font-size="{_n(SIZE)}" fill="none" stroke="none" color="black">',
        f'<title id="{escape(name)}-title">{escape(title)}</title>',
        f'<desc id="{escape(name)}-desc">{escape(description)}</desc>',
        f'<g aria-hidden="true">{"".join(parts)}</g>',
        "</svg>",
    ]) + "\n"  # fmt: skip


def _text(rows: Sequence[str], x: float, y: float, anchor: str) -> str:
    spans = "".join(f'<tspan x="{_n(x)}" y="{_n(y + number * LINE)}">{escape(row)}</tspan>' for number, row in enumerate(rows))
    return f'<text fill="currentColor" text-anchor="{anchor}">{spans}</text>'


def _n(value: float) -> str:
    """A number as short as it goes: 12.0 as 12."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
