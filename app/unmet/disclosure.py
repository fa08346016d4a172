"""What of a count may be published, so that nobody can work out a number that is hidden. Pure functions of numbers.

A number below FEWEST is hidden. Numbers that add up betray one another, so nothing is published that would narrow a hidden number down:
of each it stays possible that it is 0, 1, 2, 3 or 4, also for a reader who knows these rules and everything else that is published.

1. A total stands beside hidden numbers only when what it leaves for them together fits any value of each of them: with k hidden numbers
   and r left for them, when 4 <= r <= 4(k - 1). Below 4 the largest could not be 4, above 4(k - 1) the smallest could not be 0.
2. A published number is divided (by level, by age) only when the same holds for the parts; or else the whole division is withheld. A
   division without a single number to show is withheld as well, so that the two cannot be told apart.
3. No number is in two sums. Needs are never added up, as a question with two needs counts in both; nor are areas or periods.

`tests/unmet/test_disclosure.py` tries every small table against a reader who knows all this.
"""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5
"""The smallest number that is published (DOMAIN section 5)."""

Shown = int | None
"""A number as it is published; None when it is hidden."""


def shown(counts: Sequence[int]) -> tuple[Shown, ...]:
    """Each number, or None for one that is hidden; a nought is hidden like 4, as it says as much."""
    return tuple(count if count >= FEWEST else None for count in counts)


def total_of(counts: Sequence[int]) -> Shown:
    """The sum, or None when it would narrow a hidden number down."""
    hidden = [count for count in counts if count < FEWEST]
    most = FEWEST - 1
    if not hidden or most <= sum(hidden) <= most * (len(hidden) - 1):
        return sum(counts)
    return None


def division_of(counts: Sequence[int]) -> tuple[Shown, ...] | None:
    """The parts of a number that is published, or None when they are withheld together."""
    parts = shown(counts)
    if total_of(counts) is None or not any(part is not None for part in parts):
        return None
    return parts
