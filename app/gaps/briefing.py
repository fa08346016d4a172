"""One area on a few sheets: the gravest findings of every question, the tables that carry them, and the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.gaps.asked import Asked
from app.gaps.capacity import CapacityFacts, capacity_of
from app.gaps.completeness import Completeness, completeness_of
from app.gaps.contracts import Contracts, contracts_of
from app.gaps.coverage import Coverage, coverage_of
from app.gaps.evidence import Evidence, evidence_of
from app.gaps.ground import Ground
from app.gaps.money import Spend, spend_of
from app.gaps.single_points import SinglePoints, single_points
from app.gaps.tables import Table
from app.gaps.unanswered import Unanswered, unanswered


@dataclass(frozen=True)
class Section:
    """One part of the briefing: the question it answers, and what it shows."""

    id: str
    title: str
    findings: tuple[str, ...]


@dataclass(frozen=True)
class Briefing:
    """Every question about one area, answered."""

    area: str
    area_name: str
    as_at: str
    coverage: Coverage
    unanswered: Unanswered
    spend: Spend
    contracts: Contracts
    points: SinglePoints
    capacity: CapacityFacts
    evidence: Evidence
    completeness: Completeness

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts in the order in which they are read, each with its first findings."""
        return (
            Section("coverage", "Where provision is thin", self.coverage.findings[:4]),
            Section("unanswered", "Needs without a service", self.unanswered.findings[:4]),
            Section("spend", "Money", self.spend.findings[:7]),
            Section("contracts", "When contracts end", self.contracts.findings[:5]),
            Section("single-points", "What rests on one thing", self.points.findings[:6]),
            Section("capacity", "Room and demand", self.capacity.findings[:5]),
            Section("evidence", "Outcomes and evidence", self.evidence.findings[:4]),
            Section("completeness", "What is recorded", self.completeness.findings[:4]),
        )

    @property
    def findings(self) -> tuple[str, ...]:
        """All of them in one list."""
        return tuple(finding for section in self.sections for finding in section.findings)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of every table, each once."""
        answers = (self.coverage, self.unanswered, self.spend, self.contracts, self.points, self.capacity, self.completeness)
        return tuple(dict.fromkeys(rule for answer in answers for rule in answer.rules))

    def to_json(self) -> dict[str, Any]:
        """Every answer under the name of its question."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "coverage": self.coverage.to_json(),
            "unanswered": self.unanswered.to_json(),
            "spend": self.spend.to_json(),
            "contracts": self.contracts.to_json(),
            "single_points": self.points.to_json(),
            "capacity": self.capacity.to_json(),
            "evidence": self.evidence.to_json(),
            "completeness": self.completeness.to_json(),
        }

    def tables(self) -> tuple[Table, ...]:
        """The tables of every question."""
        answers = (self.unanswered, self.spend, self.contracts, self.points, self.capacity, self.evidence, self.completeness)
        return (self.coverage.table(), *(table for answer in answers for table in answer.tables()))


def briefing_of(ground: Ground, asked: Asked, today: date) -> Briefing:
    """The briefing of an area; ends of contracts by the day asked about, or all of them."""
    query = asked.query
    area = ground.directory.area_by_id[query.area]
    return Briefing(
        area.id, area.name, area.as_at, coverage_of(ground, query), unanswered(ground, query), spend_of(ground, query),
        contracts_of(ground, query, None, asked.by), single_points(ground, query), capacity_of(ground, query),
        evidence_of(ground, query), completeness_of(ground, query, today),
    )  # fmt: skip
