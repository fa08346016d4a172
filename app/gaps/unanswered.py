"""Needs and threshold descriptors that no service has as its main purpose, at each level and age."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.gaps.bands import BANDS
from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.tables import Table, Value
from app.gaps.words import are, counted, inside, joined, levels_in_words, named
from app.model import Descriptor, Need

NeedState = Literal["answered", "in part", "level or age not recorded", "only also helped", "only the wider need", "nothing"]
DescriptorState = Literal["answered", "in part", "unanswered", "no need tag", "not a service matter"]

RULES = (
    "A need is answered at a level and age when a service in use has it, or a kind of it, as its main purpose, works at that level, and "
    "reaches that age directly, through a parent, or on a condition.",
    "A descriptor is answered when a service at the descriptor's level has one of the descriptor's needs as its main purpose.",
    "A descriptor without a need tag, or of which an editor says that no service is expected to answer it, stands apart and is no gap.",
    "A service that also helps with a need, or is for the wider need of which it is a kind, is told beside the gap and does not fill it.",
    "Services whose level or age is not recorded might fill a gap: the source does not say.",
)


@dataclass(frozen=True)
class NeedGap:
    """One need: where no service has it as its main purpose, and what there is besides."""

    need: str
    label: str
    state: NeedState
    missing: tuple[tuple[str, int], ...]
    main: tuple[str, ...]
    perhaps: tuple[str, ...]
    also: tuple[str, ...]
    wider: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The need with the cells (age band, level) in which nothing answers it."""
        return {
            "need": self.need,
            "label": self.label,
            "state": self.state,
            "missing": [{"band": band, "level": level} for band, level in self.missing],
            "main": list(self.main),
            "level_or_age_not_recorded": list(self.perhaps),
            "also_help": list(self.also),
            "for_the_wider_need": list(self.wider),
        }


@dataclass(frozen=True)
class DescriptorGap:
    """One descriptor: the services that answer it at its level, and the ages that none of them reaches."""

    scheme: str
    descriptor: str
    level: int
    text: str
    heading: str
    needs: tuple[str, ...]
    state: DescriptorState
    why: str
    services: tuple[str, ...]
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The descriptor with the bands that nothing answers."""
        return {
            "scheme": self.scheme,
            "descriptor": self.descriptor,
            "level": self.level,
            "text": self.text,
            "heading": self.heading,
            "needs": list(self.needs),
            "state": self.state,
            "why": self.why or None,
            "services": list(self.services),
            "missing_bands": list(self.missing),
        }


@dataclass(frozen=True)
class Unanswered:
    """What no service of an area has as its main purpose."""

    area: str
    levels: tuple[int, ...]
    needs: tuple[NeedGap, ...]
    descriptors: tuple[DescriptorGap, ...]
    no_table: str
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """Needs and descriptors, whole."""
        return {
            "area": self.area,
            "no_table": self.no_table or None,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "needs": [gap.to_json() for gap in self.needs],
            "descriptors": [gap.to_json() for gap in self.descriptors],
        }

    def tables(self) -> tuple[Table, ...]:
        """Needs with a word for every level and age, and descriptors."""
        header = (
            "Need",
            "State",
            *(f"{band.label}, level {level}" for level in self.levels for band in BANDS),
            "Main purpose",
            "Also help",
        )
        rows: list[tuple[Value, ...]] = []
        for gap in self.needs:
            missing = set(gap.missing)
            cells = ("none" if (band.id, level) in missing else "some" for level in self.levels for band in BANDS)
            rows.append((gap.label, gap.state, *cells, len(gap.main), len(gap.also)))
        lines = tuple(
            (gap.level, gap.heading, gap.text, "; ".join(gap.needs), gap.state, gap.why, len(gap.services), "; ".join(gap.missing))
            for gap in self.descriptors
        )
        names = ("Level", "Heading", "Descriptor", "Needs", "State", "Why", "Services that answer it", "Ages that none of them reaches")
        return (
            Table("unanswered-needs", "Needs without a service", header, tuple(rows), self.no_table),
            Table("unanswered-descriptors", "Descriptors without a service", names, lines, self.no_table),
        )


def unanswered(ground: Ground, query: Query) -> Unanswered:
    """The needs and descriptors of an area's scheme that no service has as its main purpose; the query's own needs do not matter."""
    query = replace(query, needs=())
    scheme, area = ground.scheme_of(query.area), ground.directory.area_by_id[query.area]
    if not scheme or not ground.in_area(query):
        why = "No threshold scheme is recorded" if not scheme else "No service is recorded"
        words = f"{why} for {area.name}, so nobody can say which needs are unanswered at a level."
        return Unanswered(query.area, (), (), (), words, (words,))
    asked, reaching = ground.chosen(query).sure, reaching_by_band(ground, query.as_from_0)
    levels = ground.levels_of(query.area)
    needs = tuple(_need_gap(ground, asked, need, levels, reaching) for need in ground.directory.vocabulary.needs)
    spoken = [descriptor for descriptor in ground.directory.descriptors if descriptor.scheme == scheme.id]
    descriptors = tuple(_descriptor_gap(ground, asked, descriptor, reaching) for descriptor in spoken)
    return Unanswered(query.area, levels, needs, descriptors, "", tuple(_findings(needs, descriptors, area.name)))


def reaching_by_band(ground: Ground, as_from_0: bool = False) -> dict[str, int]:
    """The services that reach each age band in one way or another."""
    return {band.id: ways.reaching for band, ways in ground.bands_ways(BANDS, as_from_0)}


def need_cells(ground: Ground, asked: int, need: str, levels: Iterable[int], reaching: Mapping[str, int]) -> dict[tuple[str, int], int]:
    """The services among those asked about that answer a need, in each band at each level."""
    main = asked & ground.main((need,))
    at_level = {level: main & ground.facets.level.get(level, 0) for level in levels}
    return {(band, level): bits & reached for band, reached in reaching.items() for level, bits in at_level.items()}


def _need_gap(ground: Ground, asked: int, need: Need, levels: Sequence[int], reaching: Mapping[str, int]) -> NeedGap:
    cells = need_cells(ground, asked, need.id, levels, reaching)
    missing = tuple(key for key, bits in cells.items() if not bits)
    reached = 0
    for bits in cells.values():
        reached |= bits
    main = asked & ground.main((need.id,))
    also = asked & ground.also_help((need.id,)) & ~main
    wider = asked & ground.wider((need.id,)) & ~main & ~also
    state: NeedState = "answered"
    if missing:
        rest: tuple[tuple[int, NeedState], ...] = (
            (reached, "in part"), (main, "level or age not recorded"), (also, "only also helped"), (wider, "only the wider need"),
        )  # fmt: skip
        state = next((word for bits, word in rest if bits), "nothing")
    known, perhaps, helping, for_wider = (tuple(ground.ids_of(bits)) for bits in (reached, main & ~reached, also, wider))
    return NeedGap(need.id, need.label, state, missing, known, perhaps, helping, for_wider)


def _descriptor_gap(ground: Ground, asked: int, descriptor: Descriptor, reaching: Mapping[str, int]) -> DescriptorGap:
    state: DescriptorState
    missing: tuple[str, ...] = ()
    bits = descriptor_bits(ground, asked, descriptor)
    if descriptor.not_a_service_matter:
        state = "not a service matter"
    elif not descriptor.needs:
        state = "no need tag"
    else:
        missing = tuple(band for band, reached in reaching.items() if not bits & reached)
        state = "unanswered" if not bits else "in part" if missing else "answered"
    return DescriptorGap(
        descriptor.scheme, descriptor.id, descriptor.level, descriptor.text, descriptor.heading, descriptor.needs, state,
        descriptor.not_a_service_matter or "", tuple(ground.ids_of(bits)), missing,
    )  # fmt: skip


def descriptor_bits(ground: Ground, asked: int, descriptor: Descriptor) -> int:
    """The services at a descriptor's level that have one of its needs as their main purpose; 0 when it asks for no service."""
    if not descriptor.needs or descriptor.not_a_service_matter:
        return 0
    return asked & ground.facets.level.get(descriptor.level, 0) & ground.main(descriptor.needs)


def _findings(needs: Sequence[NeedGap], descriptors: Sequence[DescriptorGap], area: str) -> list[str]:
    nothing = [gap for gap in needs if gap.state not in ("answered", "in part")]
    said = [gap for gap in descriptors if gap.state in ("answered", "in part", "unanswered")]
    open_ones = [gap for gap in said if gap.state == "unanswered"]
    beside = [
        (sum(gap.state == "only also helped" for gap in nothing), "a service says that it also helps"),
        (sum(gap.state == "only the wider need" for gap in nothing), "there is a service for the wider need"),
        (sum(gap.state == "level or age not recorded" for gap in nothing), "there is a service whose level or age is not recorded"),
    ]
    among = joined([f"for {number} of them {words}" for number, words in beside if number])
    found = [
        f"{len(nothing)} of {counted(len(needs), 'need')} {are(len(nothing))} the main purpose of no service with a recorded level and age "
        f"in {area}{'; ' + among if among else ''}.",
        f"Of {counted(len(descriptors), 'descriptor')}, {len(said)} speak of a need that a service could answer; {len(open_ones)} of these "
        f"have no service for it at their level.",
    ]
    by_level: dict[int, list[DescriptorGap]] = {}
    for gap in open_ones:
        by_level.setdefault(gap.level, []).append(gap)
    for level, gaps in sorted(by_level.items(), reverse=True):
        asked = sum(gap.level == level for gap in said)
        examples = named([f'"{inside(gap.text)}"' for gap in gaps], 2)
        found.append(f"At {levels_in_words([level])}, {len(gaps)} of {asked} descriptors have none: {examples}.")
    return found
