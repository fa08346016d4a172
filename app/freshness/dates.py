"""Days: the first one that a date known in part can mean, and the day some months later."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def first_day(partial: str) -> date:
    """The first day that a partial date can mean: 2017-10 is 1 October 2017, 2017 is 1 January 2017.

    Intervals count from it, so that a check whose day nobody wrote down is never taken for a fresher one than it may have been.
    """
    parts = [int(part) for part in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has no such day; at most the last day there is."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_from(text: str) -> date | None:
    """A whole day as people write it for a program, 2026-03-31; None for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
