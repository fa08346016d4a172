"""The rule: from its dates and its interval, whether a fact is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from app.freshness.dates import first_day, months_after
from app.freshness.fields import Group

ReviewState = Literal["current", "due", "overdue"]

STATES: tuple[ReviewState, ...] = ("current", "due", "overdue")
"""From the best to the worst."""

STATE_WORDS: dict[ReviewState, str] = {
    "current": "not yet due",
    "due": "due for review",
    "overdue": "overdue for review",
}


@dataclass(frozen=True)
class Review:
    """Fields of one entry that share their dates, and how they stand on a day.

    `as_at` is the date of the source, `checked_on` the last check up to that day; either is "" when it is not recorded. `ahead` is a date
    that lies after the day and is therefore not counted. `due_on` and `overdue_on` are None when no date is recorded: then it is overdue.
    """

    group: Group
    fields: tuple[str, ...]
    labels: tuple[str, ...]
    months: int
    as_at: str
    checked_on: str
    ahead: str
    due_on: date | None
    overdue_on: date | None
    state: ReviewState

    @property
    def was_checked(self) -> bool:
        """Whether somebody has checked it, on a day that has been."""
        return bool(self.checked_on)

    @property
    def counts_from(self) -> str:
        """The date from which the interval counts: the later of the check and the source; "" when there is none."""
        return latest([self.as_at, self.checked_on])


def review(
    group: Group, fields: Iterable[tuple[str, str]], months: int, as_at: str | None, checks: Iterable[str | None], today: date
) -> Review:
    """How fields (name, label) stand on a day, by the date of their source and every check that covers them.

    A date that lies ahead of the day is not counted, for it is wrong, or the clock is; it is kept to be told. The later of source and
    check counts: what was taken from a newer source is as fresh as that source.
    """
    named = tuple(fields)
    been, ahead, due_on, overdue_on, state = _standing(months, as_at or "", tuple(each for each in checks if each), today)
    return Review(
        group, tuple(name for name, _ in named), tuple(label for _, label in named), months, as_at or "", been, ahead,
        due_on, overdue_on, state,
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _standing(
    months: int, as_at: str, dates: tuple[str, ...], today: date
) -> tuple[str, str, date | None, date | None, ReviewState]:
    """The last check, what lies ahead, both days, and the state; kept, because most fields of a directory share a few dates."""
    been = latest(each for each in dates if first_day(each) <= today)
    source = as_at if as_at and first_day(as_at) <= today else ""
    ahead = latest(each for each in (*dates, as_at) if each and first_day(each) > today)
    start = latest([been, source])
    due_on = months_after(first_day(start), months) if start else None
    overdue_on = months_after(first_day(start), 2 * months) if start else None
    return been, ahead, due_on, overdue_on, _state(due_on, overdue_on, today)


def _state(due_on: date | None, overdue_on: date | None, today: date) -> ReviewState:
    if overdue_on is None or due_on is None or today >= overdue_on:
        return "overdue"
    return "due" if today >= due_on else "current"


def latest(dates: Iterable[str]) -> str:
    """The latest of some partial dates, "" when there is none; of 2026 and 2026-01-01 the more exact one."""
    known = [each for each in dates if each]
    return max(known, key=lambda each: (first_day(each), len(each)), default="")


def worst(reviews: Iterable[Review]) -> ReviewState:
    """The worst state among reviews; `current` when there are none."""
    return max((each.state for each in reviews), key=STATES.index, default="current")
