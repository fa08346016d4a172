"""The whole content, read and checked: what every storey above works on."""

from __future__ import annotations

from functools import cached_property

from pydantic import ConfigDict, Field

from app.model.audience import Audience
from app.model.changes import Change
from app.model.library import Area, Example, GlossaryTerm, Programme, Site, Source
from app.model.pathway import ClosedWay, Gateway, Step
from app.model.service import Service
from app.model.thresholds import Descriptor, Scheme
from app.model.values import Record
from app.model.words import Factor, Need, Process, Vocabulary


class Directory(Record):
    """Everything Windscreen knows. Lists are in the order in which they are shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    site: Site = Field(description="The deployment.")
    vocabulary: Vocabulary = Field(description="Needs and their words.")
    factors: tuple[Factor, ...] = Field((), description="Assessment factors.")
    sources: tuple[Source, ...] = Field((), description="Documents.")
    glossary: tuple[GlossaryTerm, ...] = Field((), description="Terms, by the alphabet.")
    schemes: tuple[Scheme, ...] = Field((), description="Threshold schemes with their levels.")
    descriptors: tuple[Descriptor, ...] = Field((), description="All descriptors, scheme by scheme and level by level.")
    gateways: tuple[Gateway, ...] = Field((), description="Gateways and stages, area by area.")
    steps: tuple[Step, ...] = Field((), description="The ways between them.")
    closed_ways: tuple[ClosedWay, ...] = Field((), description="Ways that the sources say do not exist.")
    programmes: tuple[Programme, ...] = Field((), description="Programmes, by name.")
    examples: tuple[Example, ...] = Field((), description="Examples, by name.")
    services: tuple[Service, ...] = Field((), description="Services, by area and name.")
    changes: tuple[Change, ...] = Field((), description="What was recorded as changed, the newest first.")
    audience: Audience = Field("commissioner", description="Whose view this is: `commissioner` for the whole, else made by `seen_by`.")

    @cached_property
    def service_by_id(self) -> dict[str, Service]:
        """Services by `area/slug`."""
        return {service.id: service for service in self.services}

    @cached_property
    def need_by_id(self) -> dict[str, Need]:
        """Needs by id."""
        return {need.id: need for need in self.vocabulary.needs}

    @cached_property
    def process_by_id(self) -> dict[str, Process]:
        """Process words by id."""
        return {process.id: process for process in self.vocabulary.processes}

    @cached_property
    def area_by_id(self) -> dict[str, Area]:
        """Areas by id."""
        return {area.id: area for area in self.site.areas}

    @cached_property
    def programme_by_id(self) -> dict[str, Programme]:
        """Programmes by id."""
        return {programme.id: programme for programme in self.programmes}

    @cached_property
    def example_by_id(self) -> dict[str, Example]:
        """Examples by id."""
        return {example.id: example for example in self.examples}

    @cached_property
    def source_by_id(self) -> dict[str, Source]:
        """Sources by id."""
        return {source.id: source for source in self.sources}

    @cached_property
    def scheme_by_id(self) -> dict[str, Scheme]:
        """Threshold schemes by id."""
        return {scheme.id: scheme for scheme in self.schemes}

    @cached_property
    def gateway_by_key(self) -> dict[tuple[str, str], Gateway]:
        """Gateways by (area, id): the same id may stand for different things in two areas."""
        return {(gateway.area, gateway.id): gateway for gateway in self.gateways}

    @cached_property
    def descriptor_by_key(self) -> dict[tuple[str, str], Descriptor]:
        """Descriptors by (scheme, id)."""
        return {(descriptor.scheme, descriptor.id): descriptor for descriptor in self.descriptors}

    def scheme_of(self, area: str) -> Scheme | None:
        """The threshold scheme that an area's levels follow; None when the area has none or is unknown."""
        place = self.area_by_id.get(area)
        return self.scheme_by_id.get(place.scheme) if place and place.scheme else None
