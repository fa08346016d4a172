"""Gateways and stages, and the steps between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.model.audience import EVERYBODY, STAFF, Audience
from app.model.values import (
    AreaId,
    Checks,
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
    Withheld,
)

GatewayKind = Literal[
    "door", "assessment", "programme", "panel", "meeting", "plan", "order", "court", "setting", "self", "review", "power"
]
StepKind = Literal["refer", "step-up", "step-down", "signpost"]
StepStatus = Literal["stated in the source", "recommended", "proposed", "assumed"]

START_KINDS = frozenset({"setting", "self", "door", "power", "court"})
"""Kinds of gateway at which a journey may begin although no step leads there. A court is one only while no step leads to it:
a criminal court begins something, care proceedings do not."""


class Gateway(Record):
    """A place on the pathway: a door, an assessment, a panel, a legal stage, or a setting where a worry starts."""

    id: Slug = Field(description="Unique within the area.")
    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    name: Text = Field(description="Its name as shown.")
    short: Text | None = Field(None, description="A short name for maps and reason lines.")
    also_known_as: tuple[Text, ...] = Field((), description="Abbreviations and names people type.")
    kind: GatewayKind = Field(
        description="What sort of place it is; `self` is the family itself, `power` a power of the police or a court."
    )
    process: ProcessId | None = Field(None, description="The process word (needs.yaml) that leads here.")
    levels: tuple[LevelNumber, ...] = Field((), description="Levels it works at or joins.")
    way_in_at: tuple[LevelNumber, ...] = Field((), description="Levels for which it is the usual way in.")
    what: Text = Field(description="What it is, in our words.")
    trigger: Text | None = Field(None, description="Why somebody would be here.")
    who_may_refer: Text | None = Field(None, description="Who may send a family here.")
    who_decides: Text | None = Field(None, description="Who decides what happens here.")
    consent: Text | None = Field(None, description="Whose agreement is needed, only where the source says.")
    if_refused: Text | None = Field(None, description="What follows when the family says no.")
    time_limit: Text | None = Field(None, description="Only where the source says.")
    family_is_told: Text | None = Field(None, description="Only where the source says.")
    exists_from: PartialDate | None = Field(None, description="When it began.")
    exists_to: PartialDate | None = Field(None, description="When it ended.")
    status: StepStatus = Field("stated in the source", description="How sure we are that it exists.")
    later_name: Text | None = Field(None, description="What it was called later, where that is known.")
    law: tuple[Text, ...] = Field((), description="Legal basis, as the source names it.")
    service: ServiceId | None = Field(None, description="The id of the profile that describes it as a service, if there is one.")
    editor_note: Annotated[Text | None, STAFF] = Field(None, description="What an editor had to decide, and dated terms.")
    owner: Annotated[Text | None, EVERYBODY] = Field(None, description="The role that keeps this entry true, where it is not the area's.")
    checked_on: PartialDate | None = Field(
        None, description="When its owner last confirmed it, with the steps that begin here; only a person sets it, never an import."
    )
    checked: Checks | None = Field(None, description="When its owner confirmed a part of it later than the whole.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is described.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Step(Record):
    """A way from one place on the pathway to another."""

    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    start: GatewayId = Field(alias="from", description="A gateway's id.")
    end: PlaceId = Field(alias="to", description="A gateway's id, or a service's id `area/slug`.")
    kind: StepKind = Field(description="`step-up` and `step-down` change the level of help; `refer` and `signpost` need not.")
    condition: Text | None = Field(None, description="When this way is taken, in words.")
    consent: Text | None = Field(None, description="Whose agreement is needed, only where the source says.")
    time_limit: Text | None = Field(None, description="Only where the source says.")
    who_acts: Text | None = Field(None, description="Who takes the step.")
    status: StepStatus = Field("stated in the source", description="How sure we are that this way exists.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is said; for an assumed way, what it is assumed from.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class ClosedWay(Record):
    """A way that the source says does not exist."""

    area: AreaId = Field(description="From the section of the file; not written in the entry.")
    start: GatewayId = Field(alias="from", description="A gateway's id.")
    end: PlaceId = Field(alias="to", description="A gateway's id, or a service's id.")
    words: Text = Field(description="What the source says, in our words.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is said.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
