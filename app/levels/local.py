"""A threshold scheme as one area uses it: its levels and descriptors, with the area's gateways and services beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from app.gaps import Ground, Query
from app.gaps.unanswered import descriptor_bits
from app.model import Area, Descriptor, Directory, Domain, Gateway, Level, Scheme, Service

ByHeading = tuple[tuple[str, tuple[Descriptor, ...]], ...]


class LocalScheme:
    """One scheme, and the area whose services are counted by it (None when no area follows it). Never changed, safe to share."""

    def __init__(self, ground: Ground, scheme: Scheme, area: Area | None) -> None:
        self.ground = ground
        self.directory: Directory = ground.directory
        self.scheme = scheme
        self.area = area
        self.levels: tuple[Level, ...] = tuple(sorted(scheme.levels, key=lambda level: level.number))
        self.descriptors: tuple[Descriptor, ...] = tuple(one for one in self.directory.descriptors if one.scheme == scheme.id)

    # levels

    def level(self, number: int) -> Level | None:
        """The level with this number, or None."""
        return self.scheme.level(number)

    def beside(self, level: Level) -> tuple[Level | None, Level | None]:
        """The levels below and above one."""
        place = self.levels.index(level)
        return (self.levels[place - 1] if place else None), (self.levels[place + 1] if place + 1 < len(self.levels) else None)

    @property
    def lowest(self) -> Level:
        """The level of those who need nothing beyond what all have."""
        return self.levels[0]

    @property
    def highest(self) -> Level:
        """The level of the gravest needs."""
        return self.levels[-1]

    # descriptors

    @cached_property
    def of_level(self) -> dict[int, tuple[Descriptor, ...]]:
        """The descriptors of each level, in their order."""
        return {level.number: tuple(one for one in self.descriptors if one.level == level.number) for level in self.levels}

    @cached_property
    def by_id(self) -> dict[str, Descriptor]:
        """The descriptors of the scheme by id."""
        return {one.id: one for one in self.descriptors}

    @cached_property
    def of_need(self) -> dict[str, tuple[Descriptor, ...]]:
        """The descriptors that speak of each need, or of a kind of it, in their order."""
        return {
            need.id: tuple(one for one in self.descriptors if set(self.ground.narrower[need.id]) & set(one.needs))
            for need in self.directory.vocabulary.needs
        }

    @cached_property
    def headings(self) -> tuple[tuple[Domain, tuple[str, ...]], ...]:
        """Every heading under its domain, in the order in which the levels first name them."""
        found = []
        for domain in self.scheme.domains:
            names = dict.fromkeys(one.heading for one in self.descriptors if one.domain == domain.id)
            if names:
                found.append((domain, tuple(names)))
        return tuple(found)

    def by_domain(self, level: Level) -> tuple[tuple[Domain, ByHeading], ...]:
        """The descriptors of a level as the source has them: domain, heading, phrases."""
        found = []
        for domain in self.scheme.domains:
            headings: dict[str, list[Descriptor]] = {}
            for one in self.of_level[level.number]:
                if one.domain == domain.id:
                    headings.setdefault(one.heading, []).append(one)
            if headings:
                found.append((domain, tuple((heading, tuple(ones)) for heading, ones in headings.items())))
        return tuple(found)

    def domain_name(self, descriptor: Descriptor) -> str:
        """The name of the side of a child's life that a descriptor stands under."""
        return next((domain.name for domain in self.scheme.domains if domain.id == descriptor.domain), descriptor.domain)

    @cached_property
    def unlinked(self) -> tuple[int, ...]:
        """The levels of which no descriptor is linked to a need: their silence on a theme means nothing."""
        return tuple(number for number, ones in self.of_level.items() if not any(one.needs for one in ones))

    # services and gateways

    @cached_property
    def here(self) -> int:
        """The services of the area that can be used, as bits; none when no area follows the scheme."""
        return self.ground.in_area(Query(self.area.id)) if self.area else 0

    @property
    def counts_services(self) -> bool:
        """Whether an area follows the scheme, so that a count of services means something."""
        return self.area is not None

    def working_at(self, level: int) -> int:
        """The services that work at a level, as bits."""
        return self.here & self.ground.facets.level.get(level, 0)

    def services(self, bits: int) -> tuple[Service, ...]:
        """The services of a bit set, in the order in which they are shown."""
        return tuple(self.ground.services_of(bits))

    def doors(self, level: int) -> tuple[Gateway, ...]:
        """The gateways that are the usual way in at a level, in the order of the area's pathway."""
        if self.area is None:
            return ()
        return tuple(one for one in self.directory.gateways if one.area == self.area.id and level in one.way_in_at)

    def answering(self, descriptor: Descriptor) -> int:
        """The services at a descriptor's level that have one of its needs as their main purpose, as bits."""
        return self._answers[descriptor.id]

    @cached_property
    def _answers(self) -> dict[str, int]:
        return {one.id: descriptor_bits(self.ground, self.here, one) for one in self.descriptors}

    def helping(self, needs: Iterable[str]) -> int:
        """The services that also help with one of the needs, or are for the wider need of which one is a kind, as bits."""
        names = tuple(needs)
        return (self.ground.also_help(names) | self.ground.wider(names)) & ~self.ground.main(names)

    def also_helping(self, descriptor: Descriptor) -> int:
        """The services at its level that also help with one of its needs, beside another main purpose."""
        return self._also_helps[descriptor.id]

    @cached_property
    def _also_helps(self) -> dict[str, int]:
        asked = [one for one in self.descriptors if one.needs and not one.not_a_service_matter]
        also = {one.id: self.working_at(one.level) & self.helping(one.needs) for one in asked}
        return {one.id: also.get(one.id, 0) for one in self.descriptors}

    @cached_property
    def answered_by(self) -> dict[str, tuple[Descriptor, ...]]:
        """The descriptors that each service of the area answers at its levels, whatever its status."""
        everyone = self.ground.facets.area.get(self.area.id, 0) if self.area else 0
        found: dict[str, list[Descriptor]] = {}
        for descriptor in self.descriptors:
            for service in self.services(descriptor_bits(self.ground, everyone, descriptor)):
                found.setdefault(service.id, []).append(descriptor)
        return {name: tuple(ones) for name, ones in found.items()}

    @property
    def place(self) -> str:
        """Where the services are counted, for the middle of a sentence: "Warwickshire"; "" when nowhere."""
        return self.area.name if self.area else ""
