"""The time that a figure is of, as far as its words say: the last day of it, so that figures can be put in order."""

from __future__ import annotations

import re
from datetime import date

from app.model import last_day

MONTHS = "january february march april may june july august september october november december".split()

_MONTH = "|".join(MONTHS)
_FINANCIAL = re.compile(r"\b(20\d\d)/(\d\d)\b")
_QUARTER = re.compile(r"\bquarter (\d)\b|\bfirst (two|three) quarters\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\s+(20\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")

LAST_MONTH_OF_QUARTER = {1: 6, 2: 9, 3: 12, 4: 15}
"""By financial year, from April: the fourth quarter ends in the March after."""


def period_end(words: str) -> date | None:
    """The last day of a period in words: "2014/15" is 31 March 2015, "April to December 2015" 31 December 2015; None without a year."""
    financial = _FINANCIAL.findall(words)
    if financial:
        year = int(financial[-1][0])
        quarter = _QUARTER.search(words)
        number = (int(quarter.group(1) or 0) or {"two": 2, "three": 3}.get((quarter.group(2) or "").lower(), 0)) if quarter else 4
        month = LAST_MONTH_OF_QUARTER.get(number, 15)
        return last_day(f"{year + (month > 12)}-{(month - 1) % 12 + 1:02}")
    months = _MONTH_YEAR.findall(words)
    if months:
        name, year_text = months[-1]
        return last_day(f"{year_text}-{MONTHS.index(name.lower()) + 1:02}")
    years = _YEAR.findall(words)
    return last_day(years[-1]) if years else None
