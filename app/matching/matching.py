"""The rules of matching. Need decides; age gives a class in words; level must be in the set; unknown is never no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.facets import Facets, facets_of
from app.matching.alerts import the_alert
from app.matching.answer import Answer, Direction, FoundItem, GatewayLine, Group, Result, Strength
from app.matching.sentences import (
    StandingWords,
    inside,
    joined,
    labels,
    level_miss,
    levels_in_words,
    reason,
    standing_words,
    status_miss,
    the_gap,
    the_sentence,
    who,
)
from app.model import (
    AGE_ORDER,
    AgeClass,
    AgeFit,
    Descriptor,
    Directory,
    Gateway,
    Service,
    age_in_words,
    any_age_fit,
)
from app.question import Question, choices_of, to_address

MAX_SHOWN = 50
"""The most services that one group lists; the rest are counted, and the menu of services shows them."""

MAX_NEAR = 5
MAX_DIRECTION = 8
YOUNGEST_OWN_RIGHT = 18


class Search(Protocol):
    """The door to the full text: words in, services and other places out."""

    def __call__(self, words: Sequence[str], area: str) -> tuple[list[str], list[FoundItem], tuple[str, ...]]:
        """Service ids in order, other places, and what was perhaps meant."""
        ...


@dataclass(frozen=True)
class NeedBits:
    """Services by how strongly they are for the asked needs."""

    main: int
    also: int
    near: int
    any: int
    conditional_elsewhere: int

    @property
    def related(self) -> int:
        """Also helps, a close purpose, or takes any need."""
        return (self.also | self.near | self.any) & ~self.main


class Matcher:
    """Answers questions about one directory. Made once; safe to share between threads."""

    def __init__(self, directory: Directory, search: Search) -> None:
        self.directory = directory
        self.facets: Facets = facets_of(directory)
        self.search = search
        self._words: dict[str, StandingWords] = {}
        self.gateways_of: dict[str, list[Gateway]] = {area.id: [] for area in directory.site.areas}
        for gateway in directory.gateways:
            self.gateways_of[gateway.area].append(gateway)
        self.speaking_of: dict[str, list[int]] = {}
        for position, descriptor in enumerate(directory.descriptors):
            for name in descriptor.needs:
                self.speaking_of.setdefault(name, []).append(position)
        self.narrower: dict[str, set[str]] = {}
        for need in directory.vocabulary.needs:
            if need.broader:
                self.narrower.setdefault(need.broader, set()).add(need.id)

    def words_of(self, service: Service) -> StandingWords:
        """The unchanging words of a service's reason; the cache only grows to the number of services."""
        if service.id not in self._words:
            self._words[service.id] = standing_words(service, self.directory)
        return self._words[service.id]

    def answer(self, question: Question) -> Answer:
        """The answer to a question, complete; every group that would be empty is left out."""
        choices = choices_of(question, self.directory)
        groups: list[Group] = []
        did_you_mean: tuple[str, ...] = ()
        asked = _Asked(self, question)
        if question.is_structured:
            groups += asked.groups()
        shown = {result.service.id for group in groups for result in group.results}
        found, did_you_mean = self._found(asked, question, shown)
        groups += found
        return Answer(
            question=question,
            address=to_address(question),
            sentence=the_sentence(question, groups, self.directory),
            gap=asked.gap(),
            alert=the_alert(question, choices, self.directory),
            groups=tuple(groups),
            descriptors=asked.descriptors(),
            gateways=asked.gateways(),
            alongside=asked.alongside(shown),
            step_up=asked.direction(+1),
            step_down=asked.direction(-1),
            choices=choices,
            did_you_mean=did_you_mean,
            notes=tuple(asked.notes()),
            often_with=asked.often_with(),
            others=asked.others(),
        )

    def _found(self, asked: _Asked, question: Question, shown: set[str]) -> tuple[list[Group], tuple[str, ...]]:
        named = [name for name in question.services if name not in shown]
        reached = [] if question.is_structured else asked.reached_from_named_gateways()
        items: list[FoundItem] = [
            FoundItem("programme", name, self.directory.programme_by_id[name].name, f"/programmes/{name}", "")
            for name in question.programmes
        ]
        did_you_mean: tuple[str, ...] = ()
        ids: list[str] = []
        if question.words:
            ids, more, did_you_mean = self.search(question.words, question.area)
            items += more
        all_ids = [name for name in dict.fromkeys([*named, *ids, *reached]) if name not in shown]
        results = tuple(asked.result(self.directory.service_by_id[name], "not-asked") for name in all_ids[:MAX_SHOWN])
        if not results and not items:
            return [], did_you_mean
        heading = "Found for your words" if question.words else "Named in your question" if named or items else "Reached from here"
        return [Group("found", heading, results, tuple(items), more=max(0, len(all_ids) - MAX_SHOWN))], did_you_mean


class _Asked:
    """One question against the facets: each group is one boolean expression."""

    def __init__(self, matcher: Matcher, question: Question) -> None:
        self.matcher, self.question = matcher, question
        self.directory, self.facets = matcher.directory, matcher.facets
        facets = matcher.facets
        self.placed = 0
        self.here = facets.area.get(question.area, 0)
        self.running = self.here & facets.running
        self.needs = self._need_bits()
        self.asked_needs = self._with_narrower(question.needs)
        self.level = self._level_bits(question.levels) if question.levels else facets.everything
        self.level_unknown = facets.level_not_recorded if question.levels else 0
        self.ages = self._age_bits()
        self.fit = self.ages["direct"] | self.ages["family"] | self.ages["through-parent"] | self.ages["conditional"]
        self.age_unknown = self.ages["not-recorded"] if question.ages else 0
        if not question.ages:
            self.fit |= self.ages["not-recorded"]
        any_class = self.fit | self.ages["not-recorded"] | self.ages["near"]
        self.age_rows = [*self.ages.items(), (None, facets.everything & ~any_class)]
        self.strengths = self._by_strength()
        self.asked_or_wider = [*self.asked_needs, *self._wider()]
        self.made: dict[tuple[str, Strength], Result] = {}

    def _with_narrower(self, needs: Iterable[str]) -> list[str]:
        """The needs and every kind of them, nearest first."""
        seen = list(dict.fromkeys(needs))
        for need in seen:
            seen += sorted(self.matcher.narrower.get(need, set()) - set(seen))
        return seen

    def _union(self, members: dict[str, int], needs: Iterable[str]) -> int:
        bits = 0
        for need in needs:
            bits |= members.get(need, 0)
        return bits

    def _need_bits(self) -> NeedBits:
        facets, known = self.facets, self.directory.need_by_id
        asked = self._with_narrower(self.question.needs)
        wider = [known[need].broader for need in self.question.needs if need in known]
        near = [close for need in self.question.needs if need in known for close in known[need].near]
        main = self._union(facets.main, asked)
        own_condition = self._union(facets.only_if, asked)
        return NeedBits(
            main=main,
            also=(self._union(facets.also, asked) | self._union(facets.main, [need for need in wider if need])) & ~main,
            near=self._union(facets.main, near),
            any=facets.any_need,
            conditional_elsewhere=facets.conditional_need & ~own_condition & ~main,
        )

    def _level_bits(self, levels: Iterable[int]) -> int:
        bits = 0
        for level in levels:
            bits |= self.facets.level.get(level, 0)
        return bits

    def _age_bits(self) -> dict[AgeClass, int]:
        """Each service in its best class over the ages asked: one child that fits is enough."""
        if not self.question.ages:
            return dict(self.facets.no_age_asked.of_class)
        taken = 0
        bits: dict[AgeClass, int] = {}
        for age_class in AGE_ORDER:
            members = 0
            for age in self.question.ages:
                members |= self.facets.by_age[age].of_class[age_class]
            bits[age_class] = members & ~taken
            taken |= members
        return bits

    # the groups

    def groups(self) -> list[Group]:
        """The groups of the answer, in their order; empty ones are left out."""
        facets, needs = self.facets, self.needs
        fits = self.running & self.level & self.fit
        doors = facets.is_gateway
        rows: list[Group] = []
        if self.question.needs:
            specific = fits & needs.main & ~doors
            related = fits & needs.related & ~doors & ~needs.conditional_elsewhere
            rows.append(self._group("specific", f"Specific to {labels(self.question.needs, self.directory)}", specific))
            rows.append(self._group("related", "Works with this child or family, with a close purpose", related))
            other = fits & needs.conditional_elsewhere & ~specific & ~related & ~doors
        else:
            specific, related, other = fits & ~doors, 0, 0
            rows.append(self._group("fits", self._fits_heading(), specific))
        rows.append(self._group("ways-in", f"Ways in{self._at()}", self.running & self.level & doors & (self.fit | self.age_unknown)))
        unknown = self._unknown() & ~doors
        rows.append(
            self._group(
                "if-another-need", "Only if another need is present", other | (unknown & needs.conditional_elsewhere & self._asks_need())
            )
        )
        shown = specific | related | other
        rows.append(self._near_misses(shown))
        rows.append(
            self._group(
                "not-recorded",
                "May fit: the source does not record the level or the age",
                unknown & ~shown & ~(needs.conditional_elsewhere & self._asks_need()),
            )
        )
        return [group for group in rows if group.results]

    def _asks_need(self) -> int:
        return self.facets.everything if self.question.needs else 0

    def _unknown(self) -> int:
        """Services of which the level, the age or the need is not recorded while the rest fits."""
        facets, needs = self.facets, self.needs
        relevant = needs.main | needs.related | facets.need_not_recorded | needs.conditional_elsewhere
        need = relevant if self.question.needs else facets.everything
        level = self.level | self.level_unknown
        age = self.fit | self.age_unknown
        known = self.level & self.fit & ~(facets.need_not_recorded if self.question.needs else 0)
        return self.running & need & level & age & ~known

    def _near_misses(self, shown: int) -> Group:
        """Exactly one thing does not fit: the level by one step, the age by a year, or the status."""
        facets, needs = self.facets, self.needs
        relevant = (needs.main | needs.also | needs.near) & ~needs.conditional_elsewhere if self.question.needs else facets.everything
        found: list[Result] = []
        number = 0
        for bits, differs in self._one_thing_different(relevant & ~facets.is_gateway & ~shown):
            number += bits.bit_count()
            found += self._results(bits, MAX_NEAR, differs)
        near = tuple(found[:MAX_NEAR])
        return Group("near-miss", "Nearly fits: one thing is different", near, more=number - len(near))

    def _one_thing_different(self, relevant: int) -> Iterable[tuple[int, Callable[[Result], str]]]:
        facets, needs, question = self.facets, self.needs, self.question
        if question.levels and question.needs:
            steps = self._level_bits({level + step for level in question.levels for step in (-1, 1)})
            yield self.running & relevant & ~self.level & steps & self.fit, lambda result: level_miss(result, question)
        if question.ages:
            bits = self.running & relevant & self.level & self.ages["near"]
            yield bits, lambda result: f"Age: {inside(self._age_line(result.service)[1])}"
        if question.needs:
            past = self.here & ~facets.running & (needs.main | needs.also) & relevant
            bits = past & (self.level | self.level_unknown) & (self.fit | self.age_unknown)
            yield bits, lambda result: status_miss(result.service)

    def _group(self, name: str, heading: str, bits: int) -> Group:
        results = tuple(self._results(bits))
        self.placed |= bits
        return Group(name, heading, results, more=bits.bit_count() - len(results))  # type: ignore[arg-type]

    def _results(self, bits: int, most: int = MAX_SHOWN, differs: Callable[[Result], str] | None = None) -> list[Result]:
        """The first services of a bit set by need strength, then age class; focus and name are the order of the bits."""
        results: list[Result] = []
        if not bits:
            return results
        for strength, of_need in self.strengths:
            if not bits & of_need:
                continue
            for _, of_age in self.age_rows:
                for service in self.facets.picked(bits & of_need & of_age):
                    if len(results) == most:
                        return results
                    result = self.result(service, strength)
                    if differs:
                        result = Result(service, result.reason, result.age_class, strength, differs(result))
                    results.append(result)
        return results

    def _by_strength(self) -> list[tuple[Strength, int]]:
        everything, needs = self.facets.everything, self.needs
        if not self.question.needs:
            plain = everything & ~self.facets.conditional_need
            return [("not-asked", plain), ("none", everything & ~plain)]
        rows: list[tuple[Strength, int]] = [("main", needs.main), ("also", needs.also), ("near", needs.near), ("any", needs.any)]
        taken = 0
        exclusive: list[tuple[Strength, int]] = []
        for strength, bits in rows:
            usable = bits & ~taken & ~(needs.conditional_elsewhere if strength != "main" else 0)
            exclusive.append((strength, usable))
            taken |= usable
        return [*exclusive, ("none", everything & ~taken)]

    def result(self, service: Service, strength: Strength) -> Result:
        """One service as a result, with its reason; made once for each question."""
        key = (service.id, strength)
        if key not in self.made:
            age_class, line = self._age_line(service)
            words = self.matcher.words_of(service)
            why = reason(service, words, line, strength, self.asked_or_wider, self.directory)
            self.made[key] = Result(service, why, age_class, strength)
        return self.made[key]

    def _wider(self) -> list[str]:
        known = self.directory.need_by_id
        return [wide for need in self.question.needs if need in known and (wide := known[need].broader)]

    def _age_line(self, service: Service) -> tuple[AgeClass, str]:
        """The best class over the ages asked, and its line; with several children it says which one fits."""
        ages = self.question.ages
        known = self.facets.age_fits[self.facets.ordinal[service.id]]
        if not ages:
            anyone = known[None] or any_age_fit(service)
            return anyone.age_class, anyone.line
        if len(ages) == 1 and (only := known[ages[0]]):
            return only.age_class, only.line
        fits: list[tuple[int, AgeFit]] = [(age, fit) for age in ages if (fit := known[age])]
        if not fits:
            return "near", f"For other ages: {service.ages.text}" if service.ages else "Age not recorded, ask"
        _, best = min(fits, key=lambda pair: AGE_ORDER.index(pair[1].age_class))
        same = [age for age, fit in fits if fit.age_class == best.age_class]
        tested = best.age_class in ("direct", "family", "conditional")
        if tested and len(same) < len(ages):
            few = joined([age_in_words(age) for age in same]) if len(same) < 4 else f"{age_in_words(same[0])} to {same[-1]}"
            return best.age_class, f"{best.line} (fits age {few})"
        return best.age_class, best.line

    # beside the groups

    def alongside(self, shown: set[str]) -> tuple[Result, ...]:
        """Universal and lower-level help that goes on: levels are cumulative."""
        if not self.question.levels or min(self.question.levels) == 1:
            return ()
        lower = self.facets.level_up_to(min(self.question.levels) - 1) & ~self.level
        relevant = self.facets.level.get(1, 0) | ((self.needs.main | self.needs.related) if self.question.needs else self.facets.everything)
        bits = self.running & lower & relevant & self.fit & ~self.facets.conditional_need & ~self.facets.is_gateway
        return tuple(result for result in self._results(bits) if result.service.id not in shown)

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
        results = tuple(self._results(bits, MAX_DIRECTION))
        heading = f"If it is {'worse' if step > 0 else 'better'}: level {level}, {inside(target.name)}"
        return Direction(level, heading, doors, results)

    def _area_gateways(self) -> list[Gateway]:
        return self.matcher.gateways_of[self.question.area]

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
        positions = {position for need in self.asked_needs for position in self.matcher.speaking_of.get(need, ())}
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
        youngest = next((age for age in ages if for_need & self._with_a_child(age)), None)
        unknown = (for_need & self.ages["not-recorded"] & level).bit_count()
        return the_gap(question, youngest, bool(now), unknown, self.directory)

    def _with_a_child(self, age: int) -> int:
        """Services that work with a child of this age, or with the family, be it on a condition."""
        of_class = self.facets.by_age[age].of_class
        return of_class["direct"] | of_class["family"] | of_class["conditional"]

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

    # headings

    def _at(self) -> str:
        return f" at {levels_in_words(self.question.levels)}" if self.question.levels else ""

    def _fits_heading(self) -> str:
        for_whom = f" for {who(self.question.ages)}" if self.question.ages else ""
        return f"Fits{self._at()}{for_whom}"
