"""A report of a problem before it is kept: its topics, what its words may hold, and the reference it will have."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from app.model import Directory
from app.question import AddressProblem
from app.question.personal import personal_in
from app.state import AboutKind, Report

TOPICS: dict[str, str] = {
    "contact": "The contact is wrong or missing",
    "who": "Who it is for is wrong: the ages, the levels or the needs",
    "way": "A way in, a step or a time limit is wrong or missing",
    "gone": "It has closed, moved or changed its name",
    "words": "The words are unclear or hurtful",
    "page": "Something on the page does not work",
    "other": "Something else",
}
"""What a report can be about; the ids are kept, so none of them is ever given another meaning."""

MAX_TEXT = 500
"""The most characters of a report, and of the answer to one."""

SIGNS = "23456789BCDFGHJKMNPQRTVWXY"
"""The signs of a reference: none that is taken for another, and no vowels, so that no word comes out."""

INSTEAD: dict[str, str] = {
    "an e-mail address": "say that the address is wrong, not the address itself",
    "a date": "a whole date may be a date of birth: write only the month and the year",
    "an NHS number": "leave it out",
    "a telephone number": "say that the number is wrong, not the number itself",
    "a postcode": "name the town or the district",
    "a long number": "it may be the number of a case or of a person: leave it out",
}
"""What to write in the place of each kind of personal data."""


@dataclass(frozen=True)
class Subject:
    """What a report is about: a service or a stage, its name, and who keeps it true if that is recorded."""

    kind: AboutKind
    id: str
    name: str
    owner: str = ""

    @property
    def address(self) -> str:
        """Its page."""
        return f"/{'services' if self.kind == 'service' else 'pathways'}/{self.id}"


@dataclass(frozen=True)
class Draft:
    """What somebody wrote, as yet unchecked."""

    topic: str = ""
    text: str = ""


def subject_of(directory: Directory, kind: AboutKind, about: str) -> Subject | None:
    """The service or stage with this id, or None when the content has it no longer."""
    if kind == "service":
        service = directory.service_by_id.get(about)
        return Subject(kind, about, service.name, service.owner or "") if service else None
    area, _, name = about.partition("/")
    gateway = directory.gateway_by_key.get((area, name))
    return Subject(kind, about, gateway.name) if gateway else None


def tidy(text: str) -> str:
    """A text without signs that cannot be printed, with plain line ends, and without blanks around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(sign for sign in line if sign.isprintable() or sign == "\t").rstrip() for line in lines).strip()


def problems_of(draft: Draft) -> list[AddressProblem]:
    """Why a report cannot be kept as it is, each as a sentence with what to do; nothing when it can."""
    found = []
    if draft.topic not in TOPICS:
        found.append(AddressProblem("topic", "", "is not chosen; choose what the problem is about"))
    if draft.topic == "other" and not draft.text:
        found.append(AddressProblem("your words", "", "are missing; with ‘Something else’, say in a few words what is wrong"))
    return [*found, *problems_of_text(draft.text)]


def problems_of_text(text: str) -> list[AddressProblem]:
    """Why a text cannot be kept: it is too long, or holds what looks like something about one person."""
    found = []
    if len(text) > MAX_TEXT:
        words = f"have {len(text):,} characters; at most {MAX_TEXT} are kept. Leave out {len(text) - MAX_TEXT:,}"
        found.append(AddressProblem("your words", "", words))
    for kind in personal_in(text):
        found.append(AddressProblem("your words", "", f"hold what looks like {kind}; nothing was kept. Please change it: {INSTEAD[kind]}"))
    return found


def new_reference() -> str:
    """A reference that nobody can guess: "7KM3Q-XD94T"."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def report_of(subject: Subject, reference: str, draft: Draft, today: date) -> Report:
    """The report as it is kept."""
    return Report(reference, subject.kind, subject.id, draft.topic, draft.text, today)


def report_as_text(report: Report) -> str:
    """A report on a terminal: its facts on a line, its words and the answer below."""
    lines = [f"{report.reference}  {report.standing}  {report.day.isoformat()}  {report.address}"]
    lines += [f"    {TOPICS.get(report.topic, report.topic)}"]
    lines += [f"    > {line}" for line in report.text.splitlines()]
    if report.answer:
        lines += [f"    Answer: {line}" for line in report.answer.splitlines()]
    return "\n".join(lines)
