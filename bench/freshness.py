"""How everything stands on a day: reckoned once a day and version while serving, so it may take longer than a page, but not much."""

from __future__ import annotations

from datetime import date

from app.freshness import upkeep_of
from app.model import Directory
from bench.generator import directory_of_size
from bench.measuring import table, timed

MANY = 20_000
DAY = date(2026, 11, 22)


def freshness_table(shipped: Directory) -> str:
    """What is due on a day, of the shipped content and of 20,000 invented services, in turn."""
    large = directory_of_size(shipped, MANY)
    rows = timed(
        [
            (f"{len(shipped.services)} services", lambda: upkeep_of(shipped, DAY)),
            (f"{MANY:,} services", lambda: upkeep_of(large, DAY)),
        ],
        5,
    )
    each = rows[1].median * 1000 / MANY
    return table(f"What is due on a day ({each:.0f} microseconds for each of {MANY:,} services)", rows)
