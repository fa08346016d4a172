"""The parts of an answer, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.model import AgeClass, AlertGrade, Descriptor, Gateway, Service
from app.question import Choice, Question

Strength = Literal["main", "also", "near", "any", "none", "not-asked"]

STRENGTH_ORDER: tuple[Strength, ...] = ("main", "also", "near", "any", "none", "not-asked")
"""From the service's main purpose to no relation; results are ordered by it first."""

GroupId = Literal["specific", "fits", "related", "ways-in", "if-another-need", "near-miss", "not-recorded", "found"]


@dataclass(frozen=True)
class Result:
    """One service in an answer, with the reason why it is there. `snippet` is safe HTML from a full-text search, or ""."""

    service: Service
    reason: str
    age_class: AgeClass
    need_strength: Strength
    differs: str = ""
    snippet: str = ""

    def to_json(self) -> dict[str, Any]:
        """The result as other programs rely on it."""
        service = self.service
        return {
            "id": service.id,
            "area": service.area,
            "name": service.name,
            "reason": self.reason,
            "age_class": self.age_class,
            "levels": list(service.levels),
            "need_strength": self.need_strength,
            "reached_by": [route.gateway for route in service.reached_by],
            "status": service.status,
            "differs": self.differs or None,
            "journey": f"/journey?to={service.id}",
        }


@dataclass(frozen=True)
class FoundItem:
    """Something other than a service that the left-over words were found in. `snippet` is safe HTML."""

    kind: str
    id: str
    title: str
    address: str
    snippet: str


@dataclass(frozen=True)
class Group:
    """Results that stand together, under a heading that says why."""

    id: GroupId
    heading: str
    results: tuple[Result, ...] = ()
    items: tuple[FoundItem, ...] = ()
    note: str = ""
    more: int = 0

    @property
    def size(self) -> int:
        """How many services belong here, listed or not."""
        return len(self.results) + self.more

    def to_json(self) -> dict[str, Any]:
        """The group as other programs rely on it."""
        return {
            "id": self.id,
            "heading": self.heading,
            "services": [result.to_json() for result in self.results],
            "other": [{"kind": item.kind, "id": item.id, "title": item.title, "address": item.address} for item in self.items],
            "note": self.note or None,
            "more": self.more,
        }


@dataclass(frozen=True)
class GatewayLine:
    """A gateway named in an answer, and why."""

    gateway: Gateway
    why: str

    def to_json(self) -> dict[str, Any]:
        """Id, name, the reason it is named, and the levels it is the way in for."""
        return {"id": self.gateway.id, "name": self.gateway.name, "why": self.why, "levels": list(self.gateway.levels)}


@dataclass(frozen=True)
class NextStep:
    """A step that leaves a stage: what kind it is, and where it leads."""

    kind: str
    to: str
    name: str
    condition: str | None
    status: str

    def to_json(self) -> dict[str, Any]:
        """The step as other programs rely on it; a condition that is not recorded is null."""
        return {"kind": self.kind, "to": self.to, "name": self.name, "condition": self.condition, "status": self.status}


@dataclass(frozen=True)
class StageAnswer:
    """A stage of the pathway that was asked about: what was asked of it, in sentences with their source, and the steps that leave it."""

    gateway: Gateway
    sentences: tuple[str, ...]
    after: tuple[NextStep, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The stage with its main facts; null stands for what is not recorded."""
        gateway = self.gateway
        return {
            "id": gateway.id,
            "area": gateway.area,
            "name": gateway.name,
            "address": f"/pathways/{gateway.area}/{gateway.id}",
            "sentences": list(self.sentences),
            "trigger": gateway.trigger,
            "who_decides": gateway.who_decides,
            "consent": gateway.consent,
            "time_limit": gateway.time_limit,
            "if_refused": gateway.if_refused,
            "after": [step.to_json() for step in self.after],
        }


@dataclass(frozen=True)
class Direction:
    """What lies one level up or down: the ways in and the services there."""

    level: int
    heading: str
    gateways: tuple[GatewayLine, ...]
    results: tuple[Result, ...]

    def to_json(self) -> dict[str, Any]:
        """Level, heading, gateways and services."""
        return {
            "level": self.level,
            "heading": self.heading,
            "gateways": [line.to_json() for line in self.gateways],
            "services": [result.to_json() for result in self.results],
        }


@dataclass(frozen=True)
class Alert:
    """The card above the results: never in the way of them."""

    grade: AlertGrade
    needs: tuple[str, ...]
    heading: str
    text: str
    duties: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Grade and needs, with the words of the card."""
        return {"grade": self.grade, "needs": list(self.needs), "heading": self.heading, "text": self.text, "duties": list(self.duties)}


@dataclass(frozen=True)
class Answer:
    """Everything a page, a terminal or another program needs to answer one question."""

    question: Question
    address: str
    sentence: str
    gap: str
    alert: Alert | None
    groups: tuple[Group, ...]
    descriptors: tuple[Descriptor, ...]
    gateways: tuple[GatewayLine, ...]
    alongside: tuple[Result, ...]
    step_up: Direction | None
    step_down: Direction | None
    choices: tuple[Choice, ...] = ()
    did_you_mean: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    often_with: tuple[str, ...] = ()
    others: int = 0
    stages: tuple[StageAnswer, ...] = ()
    placed: int = 0
    """The services of all groups as the bits of `facets`, whether they are listed or narrowed away: what filters count over."""

    def group(self, name: str) -> Group | None:
        """The group with this id, or None when it is empty."""
        return next((group for group in self.groups if group.id == name), None)

    def to_json(self) -> dict[str, Any]:
        """The whole answer; the keys are a promise to those who build on it."""
        return {
            "question": question_json(self.question, self.choices),
            "address": self.address,
            "alert": self.alert.to_json() if self.alert else None,
            "sentence": self.sentence,
            "gap": self.gap or None,
            "groups": [group.to_json() for group in self.groups],
            "descriptors": [descriptor_json(descriptor) for descriptor in self.descriptors],
            "gateways": [line.to_json() for line in self.gateways],
            "alongside": [result.to_json() for result in self.alongside],
            "step_up": self.step_up.to_json() if self.step_up else None,
            "step_down": self.step_down.to_json() if self.step_down else None,
            "did_you_mean": list(self.did_you_mean),
            "notes": list(self.notes),
            "others": self.others,
            "stages": [stage.to_json() for stage in self.stages],
        }


def question_json(question: Question, choices: tuple[Choice, ...]) -> dict[str, Any]:
    """The question as it was understood; ages in completed years, -1 for unborn."""
    return {
        "levels": list(question.levels),
        "ages": list(question.ages),
        "needs": list(question.needs),
        "area": question.area,
        "words": list(question.words),
        "choices": [
            {
                "word": choice.word,
                "question": choice.question,
                "options": [{"label": option.label, option.part or "none": option.value} for option in choice.options],
            }
            for choice in choices
        ],
        "not_used": list(question.not_used),
        "processes": list(question.processes),
        "gateways": list(question.gateways),
        "services": list(question.services),
        "programmes": list(question.programmes),
        "dropped": list(question.dropped),
        "facts": list(question.facts),
    }


def descriptor_json(descriptor: Descriptor) -> dict[str, Any]:
    """One descriptor with the words that carry its boundary."""
    return {
        "id": descriptor.id,
        "scheme": descriptor.scheme,
        "level": descriptor.level,
        "domain": descriptor.domain,
        "heading": descriptor.heading,
        "text": descriptor.text,
        "deciding": list(descriptor.deciding),
    }


