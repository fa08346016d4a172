"""Every (field, value) as one Python integer whose n-th bit says "service n".

A group of services is then a boolean expression of integers, its size is `int.bit_count()`, and a facet count is one
`&` and one `bit_count()`. Services get their ordinals in the order in which results are shown inside a group (focused
before broad, then name), so the first results are the lowest bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.model import AGE_ORDER, OLDEST, UNBORN, AgeClass, AgeFit, Directory, Service, age_fit, any_age_fit
from app.model.fit import makes_room_for


@dataclass(frozen=True)
class AgeBits:
    """The services of each age class at one age; a service is in one class at most."""

    of_class: dict[AgeClass, int]

    @property
    def fitting(self) -> int:
        """Services that fit, in any class that is a fit (near and not recorded are not)."""
        return self.of_class["direct"] | self.of_class["family"] | self.of_class["through-parent"] | self.of_class["conditional"]


@dataclass
class Facets:
    """The bit sets of one directory. Made once, never changed, safe to share between threads."""

    services: tuple[Service, ...] = ()
    everything: int = 0
    level: dict[int, int] = field(default_factory=dict)
    area: dict[str, int] = field(default_factory=dict)
    main: dict[str, int] = field(default_factory=dict)
    also: dict[str, int] = field(default_factory=dict)
    only_if: dict[str, int] = field(default_factory=dict)
    recipient: dict[str, int] = field(default_factory=dict)
    gateway: dict[tuple[str, str], int] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    room: dict[str, int] = field(default_factory=dict)
    any_need: int = 0
    conditional_need: int = 0
    level_not_recorded: int = 0
    need_not_recorded: int = 0
    route_not_recorded: int = 0
    running: int = 0
    is_gateway: int = 0
    """Services that are themselves the usual way in at some level: an assessment, a programme, a front door."""

    ordinal: dict[str, int] = field(default_factory=dict)
    by_age: dict[int, AgeBits] = field(default_factory=dict)
    no_age_asked: AgeBits = field(default_factory=lambda: AgeBits({}))
    age_fits: list[dict[int | None, AgeFit | None]] = field(default_factory=list)
    """How each service, by ordinal, fits each age; `None` as an age stands for no age asked."""

    def level_up_to(self, level: int) -> int:
        """Services that work at a level at or below this one."""
        bits = 0
        for number, members in self.level.items():
            bits |= members if number <= level else 0
        return bits

    def picked(self, bits: int) -> Iterator[Service]:
        """The services of a bit set, in the order in which they are shown."""
        while bits:
            lowest = bits & -bits
            yield self.services[lowest.bit_length() - 1]
            bits ^= lowest


def facets_of(directory: Directory) -> Facets:
    """The bit sets of a directory's services."""
    services = tuple(sorted(directory.services, key=lambda s: (not s.focused, s.name.lower(), s.id)))
    facets = Facets(services=services, everything=(1 << len(services)) - 1)
    doors = {gateway.service for gateway in directory.gateways if gateway.service and gateway.way_in_at}
    for number, service in enumerate(services):
        facets.ordinal[service.id] = number
        _add(facets, service, 1 << number, service.id in doors)
    facets.age_fits = _age_fits(services)
    classes = _age_classes(facets.age_fits)
    facets.by_age = {age: AgeBits(bits) for age, bits in classes.items() if age is not None}
    facets.no_age_asked = AgeBits(classes[None])
    return facets


def _add(facets: Facets, service: Service, bit: int, is_gateway: bool) -> None:
    def put(members: dict, value: object) -> None:  # type: ignore[type-arg]
        members[value] = members.get(value, 0) | bit

    for level in service.levels:
        put(facets.level, level)
    put(facets.area, service.area)
    put(facets.status, service.status)
    if service.capacity:
        put(facets.room, service.capacity.state)
    for recipient in service.received_by:
        put(facets.recipient, recipient)
    for route in service.reached_by:
        put(facets.gateway, (service.area, route.gateway))
    if service.needs:
        for need in service.needs.main:
            put(facets.main, need)
        for need in dict.fromkeys([*service.needs.also, *makes_room_for(service)]):
            put(facets.also, need)
        for need in service.needs.only_if:
            put(facets.only_if, need)
        facets.any_need |= bit if service.needs.any_need else 0
        facets.conditional_need |= bit if service.needs.only_if else 0
    else:
        facets.need_not_recorded |= bit
    facets.level_not_recorded |= 0 if service.levels else bit
    facets.route_not_recorded |= 0 if service.reached_by or "reached_by" in service.withheld else bit
    facets.running |= bit if service.is_running else 0
    facets.is_gateway |= bit if is_gateway else 0


AGES_ASKED: list[int | None] = [None, *range(UNBORN, OLDEST + 1)]


def _age_fits(services: tuple[Service, ...]) -> list[dict[int | None, AgeFit | None]]:
    """Each service's fit at each age; equal ages and recipients are worked out once and shared."""
    known: dict[object, dict[int | None, AgeFit | None]] = {}
    fits = []
    for service in services:
        key = (service.ages, service.received_by)
        if key not in known:
            known[key] = {age: any_age_fit(service) if age is None else age_fit(service, age) for age in AGES_ASKED}
        fits.append(known[key])
    return fits


def _age_classes(fits: list[dict[int | None, AgeFit | None]]) -> dict[int | None, dict[AgeClass, int]]:
    """Bits by age and class; `None` stands for no age asked."""
    bits: dict[int | None, dict[AgeClass, int]] = {age: dict.fromkeys(AGE_ORDER, 0) for age in AGES_ASKED}
    for number, by_age in enumerate(fits):
        for age, fit in by_age.items():
            if fit:
                bits[age][fit.age_class] |= 1 << number
    return bits
