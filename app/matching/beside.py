"""What stands beside the groups: ways in, help that goes on, one level up and down, descriptors, the gap, notes."""

from __future__ import annotations

from collections.abc import Iterable

from app.matching.answer import Direction, GatewayLine, Result
from app.matching.grouping import Grouping
from app.matching.sentences import inside, levels_in_words, the_gap
from app.model import Descriptor, Gateway

MAX_DIRECTION = 8
YOUNGEST_OWN_RIGHT = 18


class Asked(Grouping):
    """One question, with everything that an answer says of it."""

    def alongside(self, shown: set[str]) -> tuple[Result, ...]:
        """Universal and lower-level help that goes on: levels are cumulative."""
        if not self.question.levels or min(self.question.levels) == 1:
            return ()
        lower = self.facets.level_up_to(min(self.question.levels) - 1) & ~self.level
        relevant = self.facets.level.get(1, 0) | ((self.needs.main | self.needs.related) if self.question.needs else self.facets.everything)
        bits = self.running & lower & relevant & self.fit & ~self.facets.conditional_need & ~self.facets.is_gateway
        return tuple(result for result in self.results(bits) if result.service.id not in shown)

    def direction(self, step: int) -> Direction | None:
        """What lies one level up (+1) or down (-1); None when no level was asked or the scheme ends there."""
        question, scheme = self.question, self.directory.scheme_of(self.question.area)
        if not question.levels or scheme is None:
            return None
        level = (max(question.levels) if step > 0 else min(question.levels)) + step
        target = scheme.level(level)
        if target is None:
            return None
        doors = tuple(
            GatewayLine(gateway, f"The usual way in at level {level}") for gateway in self._area_gateways() if level in gateway.way_in_at
        )
        needs = self.needs
        relevant = (needs.main | needs.also | (needs.near if step < 0 else 0)) & ~needs.conditional_elsewhere if question.needs else 0
        bits = self.running & self.facets.level.get(level, 0) & relevant & self.fit & ~self.facets.is_gateway
        results = tuple(self.results(bits, MAX_DIRECTION))
        heading = f"If it is {'worse' if step > 0 else 'better'}: level {level}, {inside(target.name)}"
        return Direction(level, heading, doors, results)

    def _area_gateways(self) -> list[Gateway]:
        return self.ready.gateways_of[self.question.area]

    def gateways(self) -> tuple[GatewayLine, ...]:
        """The gateways that were named, then the usual ways in at the asked levels, gravest first."""
        question = self.question
        lines: dict[str, GatewayLine] = {}
        for gateway in self._area_gateways():
            if gateway.id in question.gateways or (gateway.process and gateway.process in question.processes):
                lines[gateway.id] = GatewayLine(gateway, gateway.what)
        levels = question.levels or ((1, 2, 3, 4, 5) if question.needs or question.ages else ())
        for gateway in sorted(self._area_gateways(), key=lambda gateway: -max(gateway.way_in_at, default=0)):
            hit = [level for level in levels if level in gateway.way_in_at]
            joins = [level for level in question.levels if level in gateway.levels and gateway.kind == "door"]
            if hit:
                lines.setdefault(gateway.id, GatewayLine(gateway, f"The usual way in at {levels_in_words(gateway.way_in_at)}"))
            elif joins:
                lines.setdefault(gateway.id, GatewayLine(gateway, f"Also works at {levels_in_words(tuple(joins))}"))
        return tuple(lines.values())

    def reached_from_named_gateways(self) -> list[str]:
        """The services whose ways in include a gateway that was asked about."""
        bits = 0
        for gateway in self._area_gateways():
            if gateway.id in self.question.gateways or (gateway.process and gateway.process in self.question.processes):
                bits |= self.facets.gateway.get((gateway.area, gateway.id), 0)
        return [service.id for service in self.facets.picked(bits & self.running)]

    def descriptors(self) -> tuple[Descriptor, ...]:
        """The descriptors of the asked needs at the asked levels and the ones either side, which mark the boundary."""
        scheme = self.directory.scheme_of(self.question.area)
        if scheme is None or not self.question.needs:
            return ()
        levels = {level + step for level in self.question.levels for step in (-1, 0, 1)} if self.question.levels else set(range(1, 6))
        positions = {position for need in self.asked_needs for position in self.ready.speaking_of.get(need, ())}
        found = (self.directory.descriptors[position] for position in sorted(positions))
        return tuple(descriptor for descriptor in found if descriptor.scheme == scheme.id and descriptor.level in levels)

    def often_with(self) -> tuple[str, ...]:
        """Needs that often occur together with the asked ones: suggestions, never matches."""
        known = self.directory.need_by_id
        suggested = [other for need in self.question.needs if need in known for other in known[need].often_with]
        return tuple(need for need in dict.fromkeys(suggested) if need not in self.question.needs)

    def others(self) -> int:
        """How many more services work at this level with this child, for other needs."""
        if not self.question.is_structured:
            return 0
        return (self.running & self.level & self.fit & ~self.placed).bit_count()

    def gap(self) -> str:
        """A sentence when nobody works directly with this child about this need; "" when somebody does."""
        question = self.question
        if not question.needs or not question.ages:
            return ""
        for_need = self.running & self.needs.main
        now = for_need & (self.ages["direct"] | self.ages["family"] | self.ages["conditional"])
        level = self.level | self.level_unknown
        if now & level:
            return ""
        ages = range(-1, YOUNGEST_OWN_RIGHT + 1)
        youngest = next((age for age in ages if for_need & self.with_a_child(age)), None)
        unknown = (for_need & self.ages["not-recorded"] & level).bit_count()
        return the_gap(question, youngest, bool(now), unknown, self.directory)

    def notes(self) -> Iterable[str]:
        """Things the reader should know about how the question was read."""
        question = self.question
        if question.ages and min(question.ages) >= YOUNGEST_OWN_RIGHT and "send" not in question.needs:
            yield (
                "At 18 and over most help comes from adult services; some services here go on to 25 for a young person with SEND "
                "or leaving care."
            )
        if question.ages and len(question.ages) >= 5 and set(question.ages) <= set(range(13, 18)):
            yield "A teenager was read as 13 to 17; give the age for a closer answer."
        if self.directory.scheme_of(question.area) is None and question.levels:
            place = self.directory.area_by_id[question.area].name
            yield f"No threshold scheme is recorded for {place}, so no level is recorded for its services."
