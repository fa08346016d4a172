"""The groups of an answer: each is one boolean expression; only services that are shown become sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.matching.answer import Group, GroupId, Result, Strength
from app.matching.bits import Bits, Prepared
from app.matching.sentences import caution, inside, joined, labels, level_miss, levels_in_words, reason, status_miss, who
from app.model import AGE_ORDER, AgeClass, AgeFit, Service, age_in_words, any_age_fit
from app.question import Question

MAX_SHOWN = 50
"""The most services that one group lists; the rest are counted, and the menu of services shows them."""

MAX_NEAR = 5


class Grouping(Bits):
    """One question's services, in groups, each with the reason why it is there."""

    def __init__(self, ready: Prepared, question: Question, only: int | None = None) -> None:
        """`only` narrows what the groups list to the services of a bit set; without it they list all that belong there."""
        super().__init__(ready, question)
        self.only = ready.facets.everything if only is None else only
        self.placed = 0
        self.made: dict[tuple[str, Strength], Result] = {}

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
            rows.append(self._group("related", "Works with this child or family, with a close purpose", related, self._caution()))
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
        for near, differs in self._one_thing_different(relevant & ~facets.is_gateway & ~shown):
            self.placed |= near
            bits = near & self.only
            number += bits.bit_count()
            found += self.results(bits, MAX_NEAR, differs)
        listed = tuple(found[:MAX_NEAR])
        return Group("near-miss", "Nearly fits: one thing is different", listed, more=number - len(listed))

    def _one_thing_different(self, relevant: int) -> Iterable[tuple[int, Callable[[Result], str]]]:
        facets, needs, question = self.facets, self.needs, self.question
        if question.levels and question.needs:
            steps = self.at_levels({level + step for level in question.levels for step in (-1, 1)})
            yield self.running & relevant & ~self.level & steps & self.fit, lambda result: level_miss(result, question)
        if question.ages:
            bits = self.running & relevant & self.level & self.ages["near"]
            yield bits, lambda result: f"Age: {inside(self._age_line(result.service)[1])}"
        if question.needs:
            past = self.here & ~facets.running & (needs.main | needs.also) & relevant
            bits = past & (self.level | self.level_unknown) & (self.fit | self.age_unknown)
            yield bits, lambda result: status_miss(result.service)

    def _group(self, name: GroupId, heading: str, bits: int, note: str = "") -> Group:
        self.placed |= bits
        bits &= self.only
        results = tuple(self.results(bits))
        return Group(name, heading, results, note=note, more=bits.bit_count() - len(results))

    def results(self, bits: int, most: int = MAX_SHOWN, differs: Callable[[Result], str] | None = None) -> list[Result]:
        """The first services of a bit set by need strength, then age class; focus and name are the order of the bits."""
        results: list[Result] = []
        if not bits:
            return results
        for strength, of_need in self.strengths:
            if not bits & of_need:
                continue
            for of_age in self.age_rows:
                for service in self.facets.picked(bits & of_need & of_age):
                    if len(results) == most:
                        return results
                    result = self.result(service, strength)
                    if differs:
                        result = Result(service, result.reason, result.age_class, strength, differs(result))
                    results.append(result)
        return results

    def result(self, service: Service, strength: Strength) -> Result:
        """One service as a result, with its reason; made once for each question."""
        key = (service.id, strength)
        if key not in self.made:
            age_class, line = self._age_line(service)
            words = self.ready.words_of(service)
            why = reason(service, words, line, strength, self.asked_or_wider, self.directory)
            self.made[key] = Result(service, why, age_class, strength)
        return self.made[key]

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

    def _caution(self) -> str:
        return caution(self.question.needs, self.directory)

    def _at(self) -> str:
        return f" at {levels_in_words(self.question.levels)}" if self.question.levels else ""

    def _fits_heading(self) -> str:
        for_whom = f" for {who(self.question.ages)}" if self.question.ages else ""
        return f"Fits{self._at()}{for_whom}"
