"""One descriptor: where it stands, the same concern at other levels, and what answers it at its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.levels.ladder import services_json
from app.levels.local import LocalScheme
from app.matching.answer import descriptor_json
from app.model import Descriptor, Gateway, Level, Need, Service


@dataclass(frozen=True)
class Concern:
    """A need that a descriptor speaks of, and the other levels' descriptors of it."""

    need: Need
    elsewhere: tuple[tuple[Level, tuple[Descriptor, ...]], ...]


@dataclass(frozen=True)
class ToldDescriptor:
    """A descriptor with all that stands round it."""

    descriptor: Descriptor
    level: Level
    domain: str
    concerns: tuple[Concern, ...]
    main: tuple[Service, ...]
    also: tuple[Service, ...]
    gateways: tuple[Gateway, ...]

    def to_json(self) -> dict[str, Any]:
        """The descriptor for other programs."""
        return {
            **descriptor_json(self.descriptor),
            "needs": list(self.descriptor.needs),
            "note": self.descriptor.note,
            "not_a_service_matter": self.descriptor.not_a_service_matter,
            "same_concern": [
                {
                    "theme": concern.need.id,
                    "levels": [{"level": level.number, "descriptors": [one.id for one in ones]} for level, ones in concern.elsewhere],
                }
                for concern in self.concerns
            ],
            "services": services_json(self.main, self.also),
            "gateways": [{"id": gateway.id, "name": gateway.name} for gateway in self.gateways],
        }


def told_descriptor(local: LocalScheme, descriptor: Descriptor) -> ToldDescriptor:
    """A descriptor of the scheme, told whole."""
    level = next(level for level in local.levels if level.number == descriptor.level)
    return ToldDescriptor(
        descriptor,
        level,
        local.domain_name(descriptor),
        tuple(_concern(local, descriptor, need) for need in descriptor.needs),
        local.services(local.answering(descriptor)),
        local.services(local.also_helping(descriptor)),
        local.doors(level.number),
    )


def _concern(local: LocalScheme, descriptor: Descriptor, need: str) -> Concern:
    elsewhere = []
    for level in local.levels:
        ones = tuple(one for one in local.of_need[need] if one.level == level.number and level.number != descriptor.level)
        if ones:
            elsewhere.append((level, ones))
    return Concern(local.directory.need_by_id[need], tuple(elsewhere))
