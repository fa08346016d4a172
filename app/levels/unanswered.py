"""Descriptors with no service at their level: a finding for commissioners, apart from those that no service is expected to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.gaps import Query, unanswered
from app.gaps.words import are, counted
from app.levels.ladder import services_json
from app.levels.local import LocalScheme
from app.matching.answer import descriptor_json
from app.model import Descriptor, Level, Service

RULES = (
    "A descriptor is answered when a service in use, at the descriptor's level, has one of the descriptor's needs, or a kind of it, as its "
    "main purpose.",
    "A service at that level that only also helps with the need is told beside the descriptor, and does not answer it.",
    "That no service is recorded does not show that none exists: the sources left out some services, schools and general health care "
    "among them.",
)


@dataclass(frozen=True)
class Open:
    """A descriptor that nothing answers, and the services that also help."""

    descriptor: Descriptor
    also: tuple[Service, ...]


@dataclass(frozen=True)
class OpenLevel:
    """The open descriptors of one level, of how many that ask for a service."""

    level: Level
    open: tuple[Open, ...]
    asked: int

    @property
    def sentence(self) -> str:
        """How many of how many."""
        number = len(self.open)
        return f"{counted(number, 'descriptor').capitalize()} of {self.asked} {are(number, 'has', 'have')} no service at this level."


@dataclass(frozen=True)
class OpenDescriptors:
    """Every descriptor of a scheme that nothing answers in an area, level by level; and apart, those that ask for no service."""

    local: LocalScheme
    levels: tuple[OpenLevel, ...]
    apart: tuple[Descriptor, ...]
    unlinked: tuple[tuple[Level, tuple[Descriptor, ...]], ...]
    asked: int
    rules: tuple[str, ...] = RULES

    @property
    def count(self) -> int:
        """How many descriptors nothing answers."""
        return sum(len(each.open) for each in self.levels)

    @property
    def sentence(self) -> str:
        """The finding, in a sentence."""
        if self.local.area is None:
            return "No area here follows this scheme, so nobody can say which of its descriptors a service answers."
        of = counted(self.asked, "descriptor")
        verb = are(self.count, "has", "have")
        return f"Of {of} that a service could answer, {self.count} {verb} no service for it at its level in {self.local.place}."

    def to_json(self) -> dict[str, Any]:
        """The finding for other programs."""
        return {
            "scheme": self.local.scheme.id,
            "area": self.local.area.id if self.local.area else None,
            "sentence": self.sentence,
            "rules": list(self.rules),
            "asked": self.asked,
            "unanswered": [
                {**descriptor_json(one.descriptor), "needs": list(one.descriptor.needs), "also_help": services_json((), one.also)}
                for each in self.levels
                for one in each.open
            ],
            "not_a_service_matter": [{**descriptor_json(one), "why": one.not_a_service_matter} for one in self.apart],
            "not_linked_to_a_need": [one.id for _, ones in self.unlinked for one in ones],
        }


def open_descriptors(local: LocalScheme) -> OpenDescriptors:
    """The descriptors of a scheme that no service of its area answers, by the commissioner's own count."""
    gaps = unanswered(local.ground, Query(local.area.id)).descriptors if local.area else ()
    state = {gap.descriptor: gap.state for gap in gaps if gap.scheme == local.scheme.id}
    asked = {name for name, how in state.items() if how in ("answered", "in part", "unanswered")}
    levels, unlinked = [], []
    for level in local.levels:
        ones = local.of_level[level.number]
        found = tuple(Open(one, local.services(local.also_helping(one))) for one in ones if state.get(one.id) == "unanswered")
        expected = sum(one.id in asked for one in ones)
        if expected:
            levels.append(OpenLevel(level, found, expected))
        without = tuple(one for one in ones if not one.needs and not one.not_a_service_matter)
        if without:
            unlinked.append((level, without))
    apart = tuple(one for one in local.descriptors if one.not_a_service_matter)
    return OpenDescriptors(local, tuple(levels), apart, tuple(unlinked), len(asked))
