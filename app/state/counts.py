"""Counts of questions by week, and the figures of closed periods as they were first published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app.state.opening import Kept
from app.state.tables import PUBLISHED, UNMET

Outcome = Literal["specific", "related", "parent", "none"]

OUTCOMES: tuple[Outcome, ...] = ("specific", "related", "parent", "none")
"""What a question found: something specific, only related help, only through a parent, nothing."""

KEYS = ("week", "area", "need_1", "need_2", "level", "band", "outcome")


@dataclass(frozen=True, order=True)
class Asked:
    """One kind of question in one week (its Monday). `needs` are none, one or two ids; level and band are "" when not one was given."""

    week: date
    area: str
    need_1: str
    need_2: str
    level: str
    band: str
    outcome: Outcome


def add_counts(kept: Kept, counts: Mapping[Asked, int]) -> None:
    """Add to what was counted before; all of it, or nothing when StateProblem is raised."""
    insert = postgresql.insert if kept.in_postgresql else sqlite.insert
    with kept.writing() as connection:
        for asked, number in sorted(counts.items()):  # in one order, so that two nodes never wait for each other
            row = dict(zip(KEYS, astuple(asked), strict=True))
            statement = insert(UNMET).values({**row, "asked": number})
            more = {"asked": UNMET.c.asked + statement.excluded.asked}
            connection.execute(statement.on_conflict_do_update(index_elements=KEYS, set_=more))


def published(kept: Kept, period: str, area: str, until: date, make: Callable[[Mapping[Asked, int]], str], weeks: tuple[date, ...]) -> str:
    """The figures of a closed period for an area: as first published, or made now from its weeks and kept for good.

    `until` is the day on which they may be forgotten. Two nodes that ask at once get the same figures. Raises StateProblem.
    """
    wanted = select(PUBLISHED.c.figures).where(PUBLISHED.c.period == period, PUBLISHED.c.area == area)
    with kept.reading() as connection:
        found = connection.execute(wanted).scalar()
    if found is not None:
        return str(found)
    insert = postgresql.insert if kept.in_postgresql else sqlite.insert
    with kept.writing() as connection:
        figures = make(_counted(connection, area, weeks))
        values = {"period": period, "area": area, "until": until, "figures": figures}
        connection.execute(insert(PUBLISHED).values(values).on_conflict_do_nothing())
        return str(connection.execute(wanted).scalar_one())


def _counted(connection: Connection, area: str, weeks: tuple[date, ...]) -> dict[Asked, int]:
    rows = connection.execute(select(UNMET).where(UNMET.c.area == area, UNMET.c.week.in_(weeks)))
    return {Asked(*(row._mapping[key] for key in KEYS)): row.asked for row in rows}


def forget_counts(kept: Kept, before: date, today: date) -> int:
    """Remove the counts of weeks that began before a day, and figures whose time is over; say how many counts they were."""
    with kept.writing() as connection:
        connection.execute(delete(PUBLISHED).where(PUBLISHED.c.until < today))
        return connection.execute(delete(UNMET).where(UNMET.c.week < before)).rowcount
