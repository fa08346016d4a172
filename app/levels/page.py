"""One level told whole: how to get help first, then what its descriptors say, how it differs, who helps, and where it all stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.levels.boundary import Boundary, boundary
from app.levels.later import LaterName, later_names
from app.levels.local import ByHeading, LocalScheme
from app.matching.answer import descriptor_json
from app.model import Descriptor, Domain, Gateway, Level, Need, Service


@dataclass(frozen=True)
class OfTheme:
    """The descriptors of a level that speak of the needs of one part of the vocabulary, each once."""

    name: str
    needs: tuple[Need, ...]
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True)
class OfNeed:
    """The services of a level whose main purpose is one need."""

    need: Need
    services: tuple[Service, ...]


class LevelPage:
    """Everything that is told of one level; worked out once and kept."""

    def __init__(self, local: LocalScheme, level: Level) -> None:
        self.local = local
        self.level = level

    @cached_property
    def domains(self) -> tuple[tuple[Domain, ByHeading], ...]:
        """The descriptors by domain and heading, as the source has them."""
        return self.local.by_domain(self.level)

    @cached_property
    def descriptors(self) -> tuple[Descriptor, ...]:
        """The descriptors of the level."""
        return self.local.of_level[self.level.number]

    @cached_property
    def themes(self) -> tuple[OfTheme, ...]:
        """The same descriptors by the parts of the vocabulary; those that speak of no need are not among them."""
        known = self.local.directory.need_by_id
        needs: dict[str, dict[str, Need]] = {}
        found: dict[str, list[Descriptor]] = {}
        for need in self.local.directory.vocabulary.needs:
            needs.setdefault(need.theme, {})
        for one in self.descriptors:
            for theme in dict.fromkeys(known[name].theme for name in one.needs):
                found.setdefault(theme, []).append(one)
                needs[theme] |= {name: known[name] for name in one.needs if known[name].theme == theme}
        return tuple(OfTheme(name, tuple(needs[name].values()), tuple(found[name])) for name in needs if name in found)

    @cached_property
    def without_theme(self) -> tuple[Descriptor, ...]:
        """The descriptors that speak of no need of the vocabulary."""
        return tuple(one for one in self.descriptors if not one.needs)

    @cached_property
    def gateways(self) -> tuple[Gateway, ...]:
        """The usual ways in."""
        return self.local.doors(self.level.number)

    @cached_property
    def boundaries(self) -> tuple[Boundary, ...]:
        """What differs from the level below, and from the level above."""
        below, above = self.local.beside(self.level)
        pairs = ([(below, self.level)] if below else []) + ([(self.level, above)] if above else [])
        return tuple(boundary(self.local, lower, upper) for lower, upper in pairs)

    @cached_property
    def service_count(self) -> int:
        """How many services work at the level."""
        return self.local.working_at(self.level.number).bit_count()

    @cached_property
    def services(self) -> tuple[OfNeed, ...]:
        """The services at the level by their main needs, in the order of the vocabulary; one may stand under several."""
        at = self.local.working_at(self.level.number)
        facets = self.local.ground.facets
        rows = [(need, at & facets.main.get(need.id, 0)) for need in self.local.directory.vocabulary.needs]
        return tuple(OfNeed(need, self.local.services(bits)) for need, bits in rows if bits)

    @cached_property
    def for_any_need(self) -> tuple[Service, ...]:
        """The services at the level that take any need and have none as their main purpose."""
        at, facets = self.local.working_at(self.level.number), self.local.ground.facets
        grouped = 0
        for bits in facets.main.values():
            grouped |= bits
        return self.local.services(at & ~grouped)

    @cached_property
    def later(self) -> tuple[LaterName, ...]:
        """Terms of this page that have another name now."""
        level = self.level
        texts = [level.meaning, level.how_to_get_help, level.consent, level.lead, level.plan, *level.law, *level.words]
        texts += [one.text for one in self.descriptors] + [gateway.name for gateway in self.gateways]
        texts += [self.local.scheme.owner]
        area = self.local.area.id if self.local.area else ""
        return later_names(self.local.directory, area, texts)

    @cached_property
    def answered(self) -> dict[str, int]:
        """How many services answer each descriptor that asks for one."""
        return {
            one.id: self.local.answering(one).bit_count() for one in self.descriptors if one.needs and not one.not_a_service_matter
        }

    def to_json(self) -> dict[str, Any]:
        """The level for other programs."""
        level = self.level
        return {
            "scheme": self.local.scheme.id,
            "status": self.local.scheme.status,
            "later_name": self.local.scheme.later_name,
            "area": self.local.area.id if self.local.area else None,
            "level": level.number,
            **level.model_dump(mode="json", exclude={"number", "scheme", "colour", "words", "one_sign"}),
            "reminder": self.local.scheme.reminder,
            "gateways": [{"id": one.id, "name": one.name, "later_name": one.later_name} for one in self.gateways],
            "domains": [
                {
                    "id": domain.id,
                    "name": domain.name,
                    "headings": [
                        {"heading": heading, "descriptors": [{**descriptor_json(one), "needs": list(one.needs)} for one in ones]}
                        for heading, ones in headings
                    ],
                }
                for domain, headings in self.domains
            ],
            "differs": [each.to_json() for each in self.boundaries],
            "services": [
                {"need": each.need.id, "services": [{"id": one.id, "name": one.name} for one in each.services]} for each in self.services
            ],
            "services_for_any_need": [{"id": one.id, "name": one.name} for one in self.for_any_need],
            "later_called": [{"term": one.term, "later": one.later} for one in self.later],
        }
