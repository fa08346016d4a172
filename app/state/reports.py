"""Reports of problems as they are kept, from the day they are told until they are forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.state.opening import Kept
from app.state.tables import REPORT

AboutKind = Literal["service", "stage"]
Standing = Literal["open", "answered", "closed"]

MONTHS_KEPT = 13
"""Months after which a closed report, or a count of questions, is forgotten."""


@dataclass(frozen=True)
class Report:
    """One report. `about` is the id of a service, or area/id of a stage; `settled` the day of the last answer or of the closing."""

    reference: str
    about_kind: AboutKind
    about: str
    topic: str
    text: str
    day: date
    standing: Standing = "open"
    answer: str = ""
    settled: date | None = None

    @property
    def address(self) -> str:
        """The page that the report is about."""
        return f"/{'services' if self.about_kind == 'service' else 'pathways'}/{self.about}"

    def to_json(self) -> dict[str, Any]:
        """The report whole, for those who may read it."""
        return {
            "reference": self.reference,
            "about_kind": self.about_kind,
            "about": self.about,
            "address": self.address,
            "topic": self.topic,
            "text": self.text,
            "day": self.day.isoformat(),
            "standing": self.standing,
            "answer": self.answer or None,
            "settled": self.settled.isoformat() if self.settled else None,
        }


class UnknownReport(Exception):
    """There is no report with this reference; the message says so in a sentence."""


def add_report(kept: Kept, report: Report) -> bool:
    """Keep a report. False when another one has its reference: the same form was sent twice. Raises StateProblem."""
    insert = postgresql.insert if kept.in_postgresql else sqlite.insert
    with kept.writing() as connection:
        values = {column: getattr(report, column) for column in REPORT.columns.keys()}  # noqa: SIM118 (they are columns, not a dict)
        added = insert(REPORT).values(values).on_conflict_do_nothing().returning(REPORT.c.reference)
        return connection.execute(added).first() is not None


def report_named(kept: Kept, reference: str) -> Report | None:
    """The report with this reference, or None. Raises StateProblem when it cannot be looked up."""
    with kept.reading() as connection:
        row = connection.execute(select(REPORT).where(REPORT.c.reference == reference)).first()
    return _report(row) if row else None


def reports(kept: Kept, *, also_closed: bool = False) -> list[Report]:
    """Every report that is not closed, or every one, oldest first. Raises StateProblem."""
    wanted = select(REPORT).order_by(REPORT.c.day, REPORT.c.reference)
    with kept.reading() as connection:
        rows = connection.execute(wanted if also_closed else wanted.where(REPORT.c.standing != "closed")).all()
    return [_report(row) for row in rows]


def answer_report(kept: Kept, reference: str, words: str, today: date) -> Report:
    """Answer a report; a second answer takes the place of the first. Raises UnknownReport and StateProblem."""
    return _settle(kept, reference, "answered", words, today)


def close_report(kept: Kept, reference: str, today: date) -> Report:
    """Close a report, answered or not. Raises UnknownReport and StateProblem."""
    return _settle(kept, reference, "closed", None, today)


def forget_reports(kept: Kept, before: date) -> int:
    """Remove the reports that were closed before a day, and say how many they were."""
    with kept.writing() as connection:
        return connection.execute(delete(REPORT).where(REPORT.c.standing == "closed", REPORT.c.settled < before)).rowcount


def _settle(kept: Kept, reference: str, standing: Standing, words: str | None, today: date) -> Report:
    with kept.writing() as connection:
        row = connection.execute(select(REPORT).where(REPORT.c.reference == reference)).first()
        if row is None:
            raise UnknownReport(f"there is no report {reference!r} here; 'windscreen reports --all' lists them")
        before = _report(row)
        after = replace(before, standing=standing, answer=before.answer if words is None else words, settled=today)
        changed = {"standing": after.standing, "answer": after.answer, "settled": after.settled}
        connection.execute(update(REPORT).where(REPORT.c.reference == reference).values(changed))
    return after


def _report(row: Row[Any]) -> Report:
    return Report(**row._mapping)
