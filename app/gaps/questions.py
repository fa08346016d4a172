"""Every question of a commissioner by its name: what its address may ask, what answers it, and its tables. Pages and commands share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from app.freshness import Mark, found_among, mark_of, service_reviews, services_in
from app.gaps.asked import CELL_PARTS, CHANGE_PARTS, COUNT_PARTS, MATRIX_PARTS, NEED_PARTS, WINDOW_PARTS, Asked, address_of, asked_of
from app.gaps.behind import behind
from app.gaps.briefing import briefing_of
from app.gaps.by_need import need_by_area, need_by_level
from app.gaps.capacity import capacity_of
from app.gaps.completeness import completeness_of
from app.gaps.contracts import contracts_of
from app.gaps.coverage import Coverage, coverage_of
from app.gaps.evidence import evidence_of
from app.gaps.ground import Ground
from app.gaps.money import spend_of
from app.gaps.overlap import overlaps
from app.gaps.single_points import single_points
from app.gaps.so_what import SO_WHAT, whom_to_ask
from app.gaps.tables import Table, table_of_sources
from app.gaps.unanswered import unanswered
from app.gaps.whatif import what_if
from app.gaps.workbook import workbook

BY_PROVIDER = ("capacity", "evidence")
"""The questions that those who provide can answer, not those who commission."""


class Answered(Protocol):
    """What every answer has."""

    @property
    def findings(self) -> Sequence[str]:
        """What it shows, in sentences."""

    @property
    def rules(self) -> Sequence[str]:
        """How it is counted."""


@dataclass(frozen=True)
class GapQuestion:
    """One question: its id (also the last part of its address), its name, what an address may ask, and how it is answered."""

    id: str
    title: str
    asks: str
    parts: tuple[str, ...]
    answer: Callable[[Ground, Asked, date], Any]

    @property
    def path(self) -> str:
        """Where its page is."""
        return "/gaps" if self.id == "coverage" else f"/gaps/{self.id}"


@dataclass(frozen=True)
class Told:
    """One question answered."""

    question: GapQuestion
    ground: Ground
    asked: Asked
    answer: Any
    so_what: str
    whom: str
    sources: Table
    today: date

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the answer; made when it is first asked for, because a page of 20,000 services needs only their names."""
        return self.answer.tables() if hasattr(self.answer, "tables") else (self.answer.table(),)

    @property
    def table_names(self) -> tuple[tuple[str, str], ...]:
        """The id and the title of each table."""
        if isinstance(self.answer, Coverage):
            return (self.answer.table_name,)
        return tuple((table.id, table.title) for table in self.tables)

    @property
    def findings(self) -> Sequence[str]:
        """What the answer shows, in sentences."""
        answer: Answered = self.answer
        return answer.findings

    @property
    def rules(self) -> Sequence[str]:
        """How it is counted."""
        answer: Answered = self.answer
        return answer.rules

    def address(self, ending: str = "", **more: str) -> str:
        """The address of the same question as a page, or with `.json`, `.csv` or `.xlsx` as its twin."""
        address = address_of(self.question.path + ending, self.asked)
        return address + "".join(f"&{part}={value}" for part, value in more.items())

    @cached_property
    def data(self) -> dict[str, Any]:
        """The answer itself, for other programs."""
        made = self.answer.to_json
        answer: dict[str, Any] = made(self.ground) if self.question.id in ("needs", "cell") else made()
        return answer

    @cached_property
    def marks(self) -> dict[str, tuple[str, Mark]]:
        """How fresh each service is that the answer names: its name and its mark, by its id."""
        directory, today = self.ground.directory, self.today
        named = services_in(self.data, directory)
        return {each.id: (each.name, mark_of(service_reviews(each, directory.site.review, today))) for each in named}

    @property
    def due(self) -> list[str]:
        """Which of those services are to be checked again, in sentences; they stand below a table that leaves the house."""
        found = found_among(((name, mark.state) for name, mark in self.marks.values()), "in this answer")
        return [f"{each.clause}{': ' if each.names else ''}{'; '.join(each.names)}." for each in found]

    def to_json(self) -> dict[str, Any]:
        """The answer with what follows from it, whom to ask, its sources, how fresh it is, and what was wrong in the question."""
        return {
            **self.data,
            "freshness": {name: mark.to_json() for name, (_, mark) in self.marks.items()},
            "so_what": self.so_what,
            "whom_to_ask": self.whom,
            "sources": [dict(zip(("title", "owner", "date", "kind", "about"), row, strict=True)) for row in self.sources.rows],
            "problems": [{"part": each.part, "value": each.value, "words": each.words} for each in self.asked.problems],
        }

    def table(self, name: str = "") -> Table | None:
        """The table with this id, or without one the first; None when there is no such table."""
        return next((table for table in self.tables if not name or table.id == name), None)

    def to_xlsx(self) -> bytes:
        """Every table as a sheet, with a sheet of rules and sources."""
        return workbook(self.tables, [*self.findings, *self.due, *self.rules, self.so_what], self.sources, self.question.title)


def ask(name: str, ground: Ground, values: Mapping[str, Sequence[str]], today: date) -> Told:
    """The answer to a question of this name, as an address or a command puts it. Raises KeyError for a name that is none."""
    question = QUESTIONS[name]
    asked = asked_of(values, ground, question.parts)
    answer = question.answer(ground, asked, today)
    concerned, here = _concerned(question, ground, asked, answer), _rests_on(question, ground, asked)
    documents = [document for document, members in ground.cited.items() if members & here]
    return Told(
        question, ground, asked, answer, SO_WHAT[question.id],
        whom_to_ask(ground, concerned or here, providers=question.id in BY_PROVIDER), table_of_sources(ground.directory, documents),
        today,
    )  # fmt: skip


def _rests_on(question: GapQuestion, ground: Ground, asked: Asked) -> int:
    """The services whose sources an answer rests on."""
    return ground.left if question.id == "areas" else ground.in_area(asked.query)


def _concerned(question: GapQuestion, ground: Ground, asked: Asked, answer: Any) -> int:
    """The services that an answer speaks of, for those who would have to be asked; 0 when it speaks of no single ones."""
    if question.id == "areas":
        return 0
    if question.id == "what-if" and (answer.gone or asked.change.moves):
        return ground.bits_of((*answer.gone, *asked.change.moves))
    if question.id == "contracts":
        return ground.bits_of(end.service for end in answer.ends if end.kind != "not recorded")
    if question.id == "cell":
        return ground.bits_of(service.id for part in answer.parts for service in part.services)
    chosen = ground.chosen(asked.query)
    return chosen.sure | chosen.also | chosen.wider


QUESTIONS: dict[str, GapQuestion] = {
    question.id: question
    for question in (
        GapQuestion("coverage", "Where is provision thin?", "Ages by levels, for any need", MATRIX_PARTS,
                    lambda ground, asked, _: coverage_of(ground, asked.query)),
        GapQuestion("cell", "Services behind a number", "The services behind a cell", CELL_PARTS,
                    lambda ground, asked, _: behind(ground, asked)),
        GapQuestion("needs", "Needs by level", "Every need, for one age", NEED_PARTS,
                    lambda ground, asked, _: need_by_level(ground, asked.query, asked.band)),
        GapQuestion("areas", "Needs by area", "Every need, area beside area", ("area", "received_by", "status"),
                    lambda ground, asked, _: need_by_area(ground, asked.query)),
        GapQuestion("unanswered", "Needs and descriptors without a service", "What no service has as its main purpose",
                    ("area", "received_by", "status", "funder", "youngest"), lambda ground, asked, _: unanswered(ground, asked.query)),
        GapQuestion("spend", "Money", "Known budgets, as three bounds", COUNT_PARTS,
                    lambda ground, asked, _: spend_of(ground, asked.query)),
        GapQuestion("contracts", "When contracts end", "Ends, their value, and what each leaves", WINDOW_PARTS,
                    lambda ground, asked, _: contracts_of(ground, asked.query, asked.since, asked.by)),
        GapQuestion("what-if", "What if?", "Take services away, or move them", CHANGE_PARTS,
                    lambda ground, asked, _: what_if(ground, asked.query, asked.change)),
        GapQuestion("single-points", "What rests on one thing", "One service, provider, worker, payer or gateway", COUNT_PARTS,
                    lambda ground, asked, _: single_points(ground, asked.query)),
        GapQuestion("capacity", "Room and demand", "Waiting, referrals, starts and places", COUNT_PARTS,
                    lambda ground, asked, _: capacity_of(ground, asked.query)),
        GapQuestion("evidence", "Outcomes and evidence", "What services claim, and what is known of programmes", COUNT_PARTS,
                    lambda ground, asked, _: evidence_of(ground, asked.query)),
        GapQuestion("completeness", "What is recorded", "Every field of every profile, and whom to ask", COUNT_PARTS,
                    lambda ground, asked, today: completeness_of(ground, asked.query, today)),
        GapQuestion("overlap", "Services that overlap", "The same need, level, age and recipient", COUNT_PARTS,
                    lambda ground, asked, _: overlaps(ground, asked.query)),
        GapQuestion("briefing", "Briefing", "One area on four sheets of paper", ("area", "by"),
                    lambda ground, asked, today: briefing_of(ground, asked, today)),
    )
}  # fmt: skip
"""The questions by their ids, in the order in which they are offered."""
