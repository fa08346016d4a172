"""The vocabulary as content: needs, process words, ambiguous words, assessment factors, alert cards."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.model.audience import STAFF
from app.model.values import (
    Citation,
    FactorCode,
    NeedId,
    ProcessId,
    Record,
    ServiceId,
    Slug,
    Text,
    Withheld,
)

AlertGrade = Literal["none", "think", "urgent", "statutory", "immediate"]

ALERT_ORDER: tuple[AlertGrade, ...] = ("none", "think", "urgent", "statutory", "immediate")
"""From nothing to the gravest."""


class Need(Record):
    """Something a child, parent or family may need help with."""

    id: Slug = Field(description="A short name, for addresses and for `needs` fields.")
    label: Text = Field(description="The preferred words.")
    plain: Text | None = Field(None, description="The label in plain words for the public, when the label is not plain.")
    theme: Text = Field(description="The theme it is listed under on the home page.")
    subject: tuple[Literal["child", "parent", "household"], ...] = Field((), description="Who has the need.")
    factors: tuple[FactorCode, ...] = Field((), description="DfE assessment factor codes it answers to, such as 3B.")
    synonyms: tuple[Text, ...] = Field((), description="What people type, abbreviations included.")
    misspellings: tuple[Text, ...] = Field((), description="Misspellings seen.")
    broader: NeedId | None = Field(None, description="The need of which this one is a kind.")
    near: tuple[NeedId, ...] = Field((), description="Needs whose services have a related purpose.")
    often_with: tuple[NeedId, ...] = Field((), description="Needs that often occur together with it: a suggestion, never a match.")
    alert: AlertGrade = Field("none", description="The grade of the card shown above the results.")
    alert_text: Text | None = Field(None, description="What this need adds to the card.")
    alert_source: Citation | None = Field(None, description="Where a duty named in the card is stated.")
    caution: Text | None = Field(None, description="What must be known before a service with only a close purpose is offered.")
    note: Annotated[Text | None, STAFF] = Field(None, description="For editors and the curious.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Process(Record):
    """A word for a step or a meeting: it leads to a gateway, not to a service."""

    id: Slug = Field(description="A short name, for `process` fields.")
    label: Text = Field(description="The preferred words.")
    synonyms: tuple[Text, ...] = Field((), description="What people type, abbreviations included.")
    later_name: Text | None = Field(None, description="What it is called now, where that is known.")


class Ambiguity(Record):
    """A word that may mean several things: the reader is asked, never guessed for."""

    words: tuple[Text, ...] = Field(min_length=1, description="The words that are ambiguous: hit, cutting, CP.")
    question: Text = Field(description="What to ask.")
    choices: tuple[AmbiguityChoice, ...] = Field(min_length=2, description="The meanings to choose from.")


class AmbiguityChoice(Record):
    """One meaning of an ambiguous word."""

    label: Text = Field(description="The words of the choice.")
    need: NeedId | None = Field(None, description="The need it means.")
    process: ProcessId | None = Field(None, description="The process word it means.")
    service: ServiceId | None = Field(None, description="A service id.")


class Factor(Record):
    """One of the factors that the Department for Education counts social work assessments by."""

    code: Text = Field(description="1A to 23A, 20 or 21.")
    label: Text = Field(description="What it is about, in our words.")
    about: Literal["child", "parent", "household", "none"] = Field(description="Whom it is about.")
    need: NeedId | None = Field(None, description="The need that the code leads to when somebody types it.")
    never_matches: bool = Field(False, description="`true` for 21, no factors identified.")
    note: Annotated[Text | None, STAFF] = Field(None, description="For editors.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class AlertCard(Record):
    """What stands above the results when a need of this grade is asked."""

    grade: AlertGrade = Field(description="The grade of the needs that show this card.")
    heading: Text = Field(description="Its heading.")
    text: Text = Field(description="Plain sentences. Numbers other than 999 come from the area's contacts.")


class Vocabulary(Record):
    """`content/needs.yaml`, whole."""

    needs: tuple[Need, ...] = Field(description="Needs, in the order of the home page.")
    processes: tuple[Process, ...] = Field(description="Words for steps and meetings.")
    ambiguities: tuple[Ambiguity, ...] = Field(description="Words that may mean several things.")
    alerts: tuple[AlertCard, ...] = Field(description="The cards above the results.")


Ambiguity.model_rebuild()
