"""One question against the facets: which services are here, at this level, of this age class, for this need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.facets import Facets, facets_of
from app.matching.answer import Strength
from app.matching.sentences import StandingWords, standing_words
from app.model import AGE_ORDER, AgeClass, Directory, Gateway, Service
from app.question import Question


@dataclass
class Prepared:
    """What every question needs of one directory; made once, safe to share between threads."""

    directory: Directory
    facets: Facets
    gateways_of: dict[str, list[Gateway]] = field(default_factory=dict)
    speaking_of: dict[str, list[int]] = field(default_factory=dict)
    narrower: dict[str, set[str]] = field(default_factory=dict)
    words: dict[str, StandingWords] = field(default_factory=dict)

    def words_of(self, service: Service) -> StandingWords:
        """The unchanging words of a service's reason; the cache only grows to the number of services."""
        if service.id not in self.words:
            self.words[service.id] = standing_words(service, self.directory)
        return self.words[service.id]


def prepare(directory: Directory) -> Prepared:
    """The bit sets of a directory, its gateways by area, its descriptors by need, and the kinds of each need."""
    ready = Prepared(directory, facets_of(directory), {area.id: [] for area in directory.site.areas})
    for gateway in directory.gateways:
        ready.gateways_of[gateway.area].append(gateway)
    for position, descriptor in enumerate(directory.descriptors):
        for name in descriptor.needs:
            ready.speaking_of.setdefault(name, []).append(position)
    for need in directory.vocabulary.needs:
        if need.broader:
            ready.narrower.setdefault(need.broader, set()).add(need.id)
    return ready


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


class Bits:
    """One question against the facets, as sets of services."""

    def __init__(self, ready: Prepared, question: Question) -> None:
        self.ready, self.question = ready, question
        self.directory, self.facets = ready.directory, ready.facets
        facets = ready.facets
        self.here = facets.area.get(question.area, 0)
        self.running = self.here & facets.running
        self.needs = self._need_bits()
        self.asked_needs = self._with_narrower(question.needs)
        self.asked_or_wider = [*self.asked_needs, *self._wider()]
        self.level = self.at_levels(question.levels) if question.levels else facets.everything
        self.level_unknown = facets.level_not_recorded if question.levels else 0
        self.ages = self._age_bits()
        self.fit = self.ages["direct"] | self.ages["family"] | self.ages["through-parent"] | self.ages["conditional"]
        self.age_unknown = self.ages["not-recorded"] if question.ages else 0
        if not question.ages:
            self.fit |= self.ages["not-recorded"]
        any_class = self.fit | self.ages["not-recorded"] | self.ages["near"]
        self.age_rows = [*self.ages.values(), facets.everything & ~any_class]
        self.strengths = self._by_strength()

    def _with_narrower(self, needs: Iterable[str]) -> list[str]:
        """The needs and every kind of them, nearest first."""
        seen = list(dict.fromkeys(needs))
        for need in seen:
            seen += sorted(self.ready.narrower.get(need, set()) - set(seen))
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

    def at_levels(self, levels: Iterable[int]) -> int:
        """The services that work at one of these levels."""
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

    def _wider(self) -> list[str]:
        known = self.directory.need_by_id
        return [wide for need in self.question.needs if need in known and (wide := known[need].broader)]

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

    def with_a_child(self, age: int) -> int:
        """Services that work with a child of this age, or with the family, be it on a condition."""
        of_class = self.facets.by_age[age].of_class
        return of_class["direct"] | of_class["family"] | of_class["conditional"]
