"""A service: what a child, a parent or a family receives, as one profile tells it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from app.model.audience import EVERYBODY, STAFF, Audience
from app.model.values import (
    Ages,
    AreaId,
    Budget,
    Capacity,
    Checks,
    Citation,
    Contact,
    Contract,
    Fact,
    LevelNumber,
    NeedId,
    PartialDate,
    ProgrammeId,
    Record,
    Route,
    ServiceId,
    Text,
    Withheld,
)

Recipient = Literal["child", "young_parent", "family", "parent_carer", "professional"]
Status = Literal["running", "starting", "pilot", "proposed", "historic", "ended"]

STATUS_WORDS: dict[str, str] = {
    "running": "Running at the date of the source",
    "starting": "Due to start at the date of the source",
    "pilot": "Pilot at the date of the source",
    "proposed": "Proposed only, not running at the date of the source",
    "historic": "From an older document, may no longer exist",
    "ended": "Ended",
}

RECIPIENT_WORDS: dict[str, str] = {
    "child": "the child or young person",
    "young_parent": "a young parent",
    "family": "the family",
    "parent_carer": "a parent or carer",
    "professional": "professionals who work with the family",
}


class ServiceNeeds(Record):
    """What the service is for."""

    main: tuple[NeedId, ...] = Field((), description="Needs that are its main purpose. Empty only with `any_need`.")
    also: tuple[NeedId, ...] = Field((), description="Needs it also helps with, where the source says so.")
    only_if: tuple[NeedId, ...] = Field(
        (),
        description="It takes a child or family only if one of these needs is present (a drug service, youth justice). "
        "Leave out for general support.",
    )
    any_need: bool = Field(False, description="`true` for a door, an assessment or general advice that takes any need.")

    @model_validator(mode="after")
    def _has_a_purpose(self) -> ServiceNeeds:
        if not self.main and not self.any_need:
            raise ValueError("give at least one main need, or any_need: true for a door, an assessment or general advice")
        return self


class Service(Record):
    """One profile: `content/services/<area>/<slug>.md`."""

    id: str = Field(description="`area/slug`, from the folder and the file name; not written in the file.")
    area: AreaId = Field(description="From the folder; not written in the file.")
    name: Text = Field(description="The name the service goes by.")
    also_known_as: tuple[Text, ...] = Field((), description="Abbreviations, former names and the provider's name that people type.")
    summary: Text = Field(description="One sentence on its purpose, in our words.")
    in_plain_words: Text | None = Field(
        None,
        description="One or two short sentences for a family, reading age about 11, no abbreviations.",
    )
    status: Status = Field(description="`running`, `starting`, `pilot`, `proposed`, `historic` or `ended`, at the date of the source.")
    status_note: Annotated[Text | None, STAFF] = Field(None, description="What lies behind the status, with dates.")
    levels: tuple[LevelNumber, ...] = Field(
        (),
        description="Levels of need it works at, by the area's scheme, as ticked or said in the source.",
    )
    level_basis: Literal["self-declared", "agreed by the partnership", "read from the text"] | None = Field(
        None, description="Who says so."
    )
    received_by: tuple[Recipient, ...] = Field(
        (),
        description="Who receives it: `child`, `young_parent`, `family`, `parent_carer` (then the child's age is never tested), "
        "`professional`.",
    )
    ages: Ages | None = Field(None, description="Ages of those who receive it.")
    needs: ServiceNeeds | None = Field(None, description="What it is for.")
    reached_by: tuple[Route, ...] = Field((), description="The ways in.")
    who_can_refer: Annotated[Text | None, EVERYBODY] = Field(None, description="Who may refer or ask, in words.")
    consent: Text | None = Field(None, description="Whose agreement is needed, only where the source says.")
    have_ready: Annotated[Text | None, STAFF] = Field(None, description="What a referrer needs to have ready, only where the source says.")
    contact: Annotated[Contact | None, EVERYBODY] = Field(None, description="Only what the source prints for this service.")
    address_withheld: bool = Field(False, description="`true` for refuges and safe accommodation, whose place is never shown.")
    excludes: Annotated[Text | None, STAFF] = Field(None, description="Who cannot use it, where the source says.")
    length: Annotated[Text | None, EVERYBODY] = Field(None, description="How long it lasts: 'Ten sessions, subject to review'.")
    place: Annotated[Text | None, EVERYBODY] = Field(None, description="Where it happens.")
    statutory: Annotated[Text | None, EVERYBODY] = Field(None, description="The duty it carries out, with the law as the source names it.")
    commissioner: Annotated[Text | None, EVERYBODY] = Field(None, description="Who commissions it.")
    funders: Annotated[tuple[Text, ...], STAFF] = Field((), description="Who pays, when that is more than the commissioner.")
    provider: Annotated[Text | None, EVERYBODY] = Field(None, description="Who provides it.")
    budget: Annotated[Budget | None, STAFF] = Field(None, description="Money, in pounds, with what it covers.")
    contract: Annotated[Contract | None, STAFF] = Field(None, description="When the arrangement ends.")
    capacity: Annotated[Capacity | None, EVERYBODY] = Field(None, description="Room and waiting, dated.")
    activity: Annotated[tuple[Fact, ...], STAFF] = Field(
        (), description="What was done: referrals, families, sessions, with unit and period."
    )
    outcomes: Annotated[tuple[Fact, ...], STAFF] = Field((), description="What the service says came of it, with unit and period.")
    programmes: tuple[ProgrammeId, ...] = Field((), description="Programmes it uses or trains in (ids of content/programmes).")
    related: tuple[ServiceId, ...] = Field((), description="Ids (`area/slug`) of services often used with it, where the source says.")
    as_at: PartialDate = Field(description="Date of the source these facts come from.")
    owner: Annotated[Text | None, EVERYBODY] = Field(None, description="The role that keeps this profile true.")
    checked_on: PartialDate | None = Field(
        None, description="When the owner last confirmed the whole profile; only a person sets it, never an import."
    )
    checked: Checks | None = Field(None, description="When the owner confirmed a part of it later than the whole.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where the facts come from; the first is the main one.")
    not_recorded: tuple[Text, ...] = Field(
        (), description="Filled by the reader: the fields whose value in the file is `not_recorded`."
    )
    not_provided: tuple[Text, ...] = Field(
        (), description="Fields for which the source itself prints that the information, or part of it, was not provided."
    )
    body: Annotated[str, STAFF] = Field("", description="The Markdown below the front matter: what it does, in our words.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")

    @property
    def slug(self) -> str:
        """The second half of the id."""
        return self.id.partition("/")[2]

    @property
    def is_running(self) -> bool:
        """Whether the source tells of it as something a family can use (a pilot counts; a proposal does not)."""
        return self.status in {"running", "starting", "pilot"}

    @property
    def focused(self) -> bool:
        """Whether it works at one or two levels only."""
        return 1 <= len(self.levels) <= 2


MUST_BE_STATED = (
    "levels",
    "received_by",
    "ages",
    "needs",
    "reached_by",
    "contact",
    "commissioner",
    "provider",
    "budget",
    "contract",
    "capacity",
    "activity",
    "outcomes",
)
"""Fields that each profile gives or says `not_recorded`: a forgotten field is a mistake, an unknown one is a value."""
