"""Gateways and stages, and the steps between them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.model.values import (
    AreaId,
    Citation,
    GatewayId,
    LevelNumber,
    PartialDate,
    PlaceId,
    ProcessId,
    Record,
    ServiceId,
    Slug,
    Text,
)

GatewayKind = Literal[
    "door", "assessment", "programme", "panel", "meeting", "plan", "order", "court", "setting", "self", "review", "power"
]
StepKind = Literal["refer", "step-up", "step-down", "signpost"]
StepStatus = Literal["stated in the source", "recommended", "proposed", "assumed"]


class Gateway(Record):
    """A place on the pathway: a door, an assessment, a panel, a legal stage, or a setting where a worry starts."""

    id: Slug = Field(description="Unique within the area.")
    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    name: Text
    short: Text | None = Field(None, description="A short name for maps and reason lines.")
    also_known_as: tuple[Text, ...] = Field((), description="Abbreviations and names people type.")
    kind: GatewayKind
    process: ProcessId | None = Field(None, description="The process word (needs.yaml) that leads here.")
    levels: tuple[LevelNumber, ...] = Field((), description="Levels it works at or joins.")
    way_in_at: tuple[LevelNumber, ...] = Field((), description="Levels for which it is the usual way in.")
    what: Text = Field(description="What it is, in our words.")
    trigger: Text | None = Field(None, description="Why somebody would be here.")
    who_may_refer: Text | None = None
    who_decides: Text | None = None
    consent: Text | None = None
    if_refused: Text | None = Field(None, description="What follows when the family says no.")
    time_limit: Text | None = None
    family_is_told: Text | None = Field(None, description="Only where the source says.")
    exists_from: PartialDate | None = None
    exists_to: PartialDate | None = None
    status: StepStatus = "stated in the source"
    later_name: Text | None = None
    law: tuple[Text, ...] = ()
    service: ServiceId | None = Field(None, description="The id of the profile that describes it as a service, if there is one.")
    editor_note: Text | None = None
    sources: tuple[Citation, ...] = Field(min_length=1)


class Step(Record):
    """A way from one place on the pathway to another."""

    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    start: GatewayId = Field(alias="from", description="A gateway's id.")
    end: PlaceId = Field(alias="to", description="A gateway's id, or a service's id `area/slug`.")
    kind: StepKind
    condition: Text | None = None
    consent: Text | None = None
    time_limit: Text | None = None
    who_acts: Text | None = None
    status: StepStatus = "stated in the source"
    sources: tuple[Citation, ...] = Field(min_length=1)


class ClosedWay(Record):
    """A way that the source says does not exist."""

    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    start: GatewayId = Field(alias="from", description="A gateway's id.")
    end: PlaceId = Field(alias="to", description="A gateway's id, or a service's id.")
    words: Text = Field(description="What the source says, in our words.")
    sources: tuple[Citation, ...] = Field(min_length=1)
