"""Thirteen weeks at a time, published when they are over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.unmet.periods import closed_periods, kept_since, months_later, period_of, week_of

DAYS = [date(2019, 12, 1) + timedelta(days=number) for number in range(2600)]


def test_every_day_is_in_one_period_and_periods_follow_each_other() -> None:
    for day in DAYS:
        period = period_of(day)
        assert period.first <= day <= period.last
        assert week_of(day) in period.weeks
        assert (period.first.weekday(), period.last.weekday()) == (0, 6)
        assert len(period.weeks) in (13, 14)
        after = period_of(period.last + timedelta(days=1))
        assert after.first == period.last + timedelta(days=1)
        assert after.id > period.id


@pytest.mark.parametrize(
    ("today", "ids"),
    [
        (date(2026, 11, 22), ["2026-3", "2026-2", "2026-1"]),
        (date(2026, 10, 4), ["2026-2", "2026-1", "2025-4"]),
        (date(2026, 10, 5), ["2026-3", "2026-2", "2026-1", "2025-4"]),
    ],
)
def test_a_period_is_published_a_week_after_its_end_and_while_all_of_it_is_kept(today: date, ids: list[str]) -> None:
    assert [period.id for period in closed_periods(today)] == ids


def test_nothing_is_published_of_which_a_week_is_forgotten_or_to_come() -> None:
    for day in DAYS[400:]:
        for period in closed_periods(day):
            assert period.first >= kept_since(day)
            assert period.last < day
            assert period.until >= day


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
        (date(2025, 1, 31), 13, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 11, 22), -13, date(2025, 10, 22)),
    ],
)
def test_months(day: date, months: int, after: date) -> None:
    assert months_later(day, months) == after
