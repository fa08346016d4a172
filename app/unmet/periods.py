"""Thirteen weeks at a time: only a period that is over is published, once and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.state import MONTHS_KEPT

GRACE = timedelta(days=7)
"""How long after its last day a period is published: by then every node has handed in what it counted."""

QUARTER = 13


@dataclass(frozen=True, order=True)
class Period:
    """A quarter of an ISO year: thirteen weeks, the last of a long year fourteen. `id` is such as "2026-3"."""

    first: date
    last: date
    id: str

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Monday of each week."""
        return tuple(self.first + timedelta(days=days) for days in range(0, (self.last - self.first).days, 7))

    @property
    def until(self) -> date:
        """The day on which its figures are forgotten."""
        return months_later(self.first, MONTHS_KEPT) + timedelta(days=3)  # months are of different lengths; never before a count of it


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def period_of(day: date) -> Period:
    """The period that a day belongs to."""
    year, week, _ = day.isocalendar()
    quarter = min((week - 1) // QUARTER, 3)
    first = date.fromisocalendar(year, quarter * QUARTER + 1, 1)
    next_first = date.fromisocalendar(year, (quarter + 1) * QUARTER + 1, 1) if quarter < 3 else date.fromisocalendar(year + 1, 1, 1)
    return Period(first, next_first - timedelta(days=1), f"{year}-{quarter + 1}")


def closed_periods(today: date) -> tuple[Period, ...]:
    """Every period that is over and of which all weeks are still kept, the newest first."""
    found: list[Period] = []
    period = period_of(today)
    while True:
        period = period_of(period.first - timedelta(days=1))
        if period.first < kept_since(today):
            return tuple(found)
        if period.last + GRACE < today:
            found.append(period)


def kept_since(today: date) -> date:
    """The first day of which something is kept: a week that began before it is forgotten."""
    return months_later(today, -MONTHS_KEPT)


def months_later(day: date, months: int) -> date:
    """The same day of another month, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))
