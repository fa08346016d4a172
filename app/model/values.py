"""The small values that records are made of: dates as far as they are known, ages, money, facts, citations."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from app.model.audience import EVERYBODY, STAFF, Audience

UNBORN = -1
"""The age of a child before birth, in data; in words it is always "unborn"."""

OLDEST = 25
"""The oldest age a question may name, in completed years: some services reach 25 for a young person with SEND."""


class Record(BaseModel):
    """Any piece of content: it cannot be changed once read, and it has no field that is not described."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


def _known_date(text: str) -> str:
    """Accept 2016, 2016-10 or 2016-10-18 if such a day exists."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text, re.ASCII)
    if match is None:
        raise ValueError(f"'{text}' is not a date; write a year, a year and month, or a day: 2016, 2016-10 or 2016-10-18")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(f"'{text}' is not a day that exists") from None
    return text


PartialDate = Annotated[str, AfterValidator(_known_date)]
"""A date as exactly as the source gives it: `2016`, `2016-10` or `2016-10-18`."""


def last_day(partial: str) -> date:
    """The last day that a partial date can mean: 2017-10 is 31 October 2017."""
    parts = [int(part) for part in partial.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


MONTHS = (
    "January February March April May June July August September October November December"
).split()


def date_in_words(partial: str) -> str:
    """2016-10-18 as "18 October 2016", 2016-10 as "October 2016", 2016 as "2016"."""
    parts = [int(part) for part in partial.split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, MONTHS[parts[1] - 1])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return " ".join(words)


def _age(value: object) -> object:
    """Accept "unborn" and digits from content, and whole numbers from data."""
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    if text == "unborn":
        return UNBORN
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 120:
        raise ValueError(f"'{value}' is not an age; write completed years from 0 to 120, or unborn")
    return int(text)


Age = Annotated[int, BeforeValidator(_age), Field(ge=UNBORN, le=120)]
"""Completed years; `unborn` in content, -1 in data."""

LevelNumber = Annotated[int, Field(ge=1, le=5)]

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
"""A short name for addresses: small letters, digits and single hyphens."""

Text = Annotated[str, Field(min_length=1)]


def _web_address(text: str) -> str:
    if re.fullmatch(r"https?://[^\s<>\"']+", text) is None:
        raise ValueError("is not a web address; write it whole, from https:// on, with no spaces")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""A link to another site. Nothing else may become a link: `javascript:` is no address."""


def _colour(text: str) -> str:
    if re.fullmatch(r"#[0-9a-f]{6}", text) is None:
        raise ValueError(f"'{text}' is not a colour; write # and six digits or letters a to f, in quotation marks: \"#17465a\"")
    return text


Colour = Annotated[str, AfterValidator(_colour)]
"""A colour as web pages write it."""


def _nothing(value: object) -> object:
    if value not in ((), []):
        raise ValueError("is filled by the program; leave it out")
    return value


Withheld = Annotated[tuple[str, ...], BeforeValidator(_nothing)]
"""What an audience is not shown of a record: names of its fields, or `field.inner`. Only `seen_by` fills it; whole content has none."""


@dataclass(frozen=True)
class RefersTo:
    """Marks a field whose value names another piece of content; the reader checks that it exists.

    `kind` is need, process, factor, source, area, programme, service, scheme, gateway (of the same area),
    place (a gateway of the same area or a service id) or stage (`area/gateway`).
    """

    kind: str


NeedId = Annotated[str, RefersTo("need")]
ProcessId = Annotated[str, RefersTo("process")]
FactorCode = Annotated[str, RefersTo("factor")]
SourceId = Annotated[str, RefersTo("source")]
AreaId = Annotated[str, RefersTo("area")]
ProgrammeId = Annotated[str, RefersTo("programme")]
ServiceId = Annotated[str, RefersTo("service")]
SchemeId = Annotated[str, RefersTo("scheme")]
GatewayId = Annotated[str, RefersTo("gateway")]
PlaceId = Annotated[str, RefersTo("place")]
StageId = Annotated[str, RefersTo("stage")]

Pounds = Annotated[int, BeforeValidator(lambda v: v.replace(",", "").lstrip("£") if isinstance(v, str) else v), Field(ge=0)]
"""Whole pounds. `£1,234` and `1234` are the same."""


def age_in_words(age: int) -> str:
    """14 as "14", -1 as "unborn"."""
    return "unborn" if age == UNBORN else str(age)


class Citation(Record):
    """Where a fact comes from."""

    document: SourceId = Field(description="Id of a document in content/sources.yaml.")
    section: Text = Field(description="Section, paragraph, table or profile in that document, as it numbers them.")


class AgeExtension(Record):
    """Ages outside the core range that are reached only on a condition."""

    lower: Age | None = Field(None, alias="from", description="Youngest age in completed years, or `unborn`.")
    upper: Age | None = Field(None, alias="to", description="Oldest age in completed years, included.")
    condition: Text = Field(description="The condition, in words that can follow 'if': 'the young person has SEND'.")
    needs: tuple[NeedId, ...] = Field((), description="Needs that show the condition is met, so that the result is promoted.")

    def covers(self, age: int) -> bool:
        """Whether the age lies in the extension (an end that is not given does not limit)."""
        return (self.lower is None or age >= self.lower) and (self.upper is None or age <= self.upper)


class Ages(Record):
    """The ages of those who receive the service (an adult's age when the service is for parents or carers)."""

    text: Text = Field(description="The source's own short words, such as '0–18 (24 if special educational need or disability)'.")
    lower: Age | None = Field(
        None,
        alias="from",
        description="Youngest core age in completed years, or `unborn`. Leave out when the source gives no lower end: unknown is not 0.",
    )
    upper: Age | None = Field(
        None, alias="to", description="Oldest core age in completed years, included: '0–18' is 18, 'under 18' is 17. Leave out for '16+'."
    )
    note: Annotated[Text | None, EVERYBODY] = Field(
        None, description="How the source's words were read, where they could be read in another way."
    )
    also: tuple[AgeExtension, ...] = Field((), description="Ages reached only on a condition.")


class Money(Record):
    """A sum of money and what it pays for."""

    amount: Pounds = Field(description="Whole pounds.")
    covers: Text = Field(description="What the figure covers, and for which time when the source says: 'Whole service, a year'.")
    per: Literal["year", "once", "not said"] = Field(
        "year",
        description="`year` for an annual budget, `once` for a grant or a one-off sum.",
    )
    year: Text | None = Field(None, description="The financial year, as the source writes it, such as '2015/16'.")
    source: Citation | None = Field(None, description="Only when it differs from the profile's own source.")


class Budget(Money):
    """The main figure, and any second figure beside it."""

    also: Annotated[tuple[Money, ...], EVERYBODY] = Field(
        (), description="Second figures: another way of counting the same budget, grants, contributions."
    )
    note: Annotated[Text | None, EVERYBODY] = Field(
        None, description="What must be known to read the figure rightly: who shares the cost, when it ends."
    )


class Fact(Record):
    """One thing counted or claimed by the service itself, never checked by us."""

    what: Text = Field(description="What was counted, in our words: 'Families who received the service'.")
    value: Text = Field(description="The figure as the source gives it: '159', '92%', '8 to 10', '£887,081'; or a few words.")
    unit: Text | None = Field(None, description="Who or what is counted: families, children, adults, contacts, attendances.")
    period: Text | None = Field(None, description="The time it was counted over: '2014/15', 'April to December 2015'.")
    as_at: PartialDate | None = Field(None, description="The date it was true, for things counted on a day.")
    of: Text | None = Field(None, description="The number it is a share of, when the source gives it.")
    note: Annotated[Text | None, EVERYBODY] = Field(None, description="What must be known to read it rightly.")
    source: Citation | None = Field(None, description="Only when it differs from the profile's own source.")

    @property
    def number(self) -> float | None:
        """The value as a number when it is one plain figure (percent and pounds signs aside), else None."""
        match = re.fullmatch(r"£?([\d,]+(?:\.\d+)?)%?", self.value)
        return float(match.group(1).replace(",", "")) if match else None


CapacityState = Literal["open", "no waiting list", "waiting list", "full", "limited"]


class Capacity(Record):
    """Whether there is room now, as far as the source says. Never guessed from other figures."""

    state: CapacityState = Field(description="`open`, `no waiting list`, `waiting list`, `full`, or `limited` (a stated shortfall).")
    waiting: Annotated[Text | None, STAFF] = Field(None, description="How many wait, as the source gives it: '107', '8 to 10'.")
    unit: Annotated[Text | None, STAFF] = Field(None, description="Who waits: families, young people.")
    as_at: PartialDate | None = Field(None, description="The date it was true.")
    note: Annotated[Text | None, STAFF] = Field(None, description="Staff numbers, places, caseloads, in our words.")


class Contract(Record):
    """When the arrangement ends, as far as the source says. Unknown is not open-ended."""

    ends: PartialDate | None = Field(None, description="The end, as exactly as it is known: 2017-10.")
    ends_when: Text | None = Field(
        None, description="An end that is not a date: 'when 100 units of intervention have been used'."
    )
    extension: Annotated[Text | None, EVERYBODY] = Field(None, description="Any option to extend.")
    note: Annotated[Text | None, EVERYBODY] = Field(None, description="Recommissioning, reviews, one-year funding, in our words.")


class Route(Record):
    """One way a family reaches the service."""

    gateway: GatewayId = Field(description="Id of a gateway of the same area in pathways.yaml.")
    condition: Text | None = Field(None, description="When this way is open, in words.")
    consent: Text | None = Field(None, description="Whose agreement is needed, only where the source says.")
    time_limit: Text | None = Field(None, description="Only where the source says.")
    status: Literal["stated in the source", "recommended", "proposed", "assumed"] = Field(
        "stated in the source", description="How sure we are that this way exists."
    )
    source: Citation | None = Field(None, description="Only when it differs from the profile's own source.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )


class Checks(Record):
    """When its owner last confirmed one group of its fields, where that is later than the whole was confirmed."""

    contact_and_status: PartialDate | None = Field(None, description="Contact, status, room and waiting. Never set by an import.")
    eligibility_and_route: PartialDate | None = Field(
        None, description="Levels, ages, needs, who receives it, the ways in, consent. Never set by an import."
    )
    description: PartialDate | None = Field(None, description="Everything else. Never set by an import.")


class Contact(Record):
    """How to reach a service or a team: roles and shared boxes only, never a person's name."""

    role: Text | None = Field(None, description="The role or team: 'Front door', 'Duty social worker'.")
    telephone: Text | None = Field(None, description="As printed by the source, spaces and leading zeros kept.")
    email: Text | None = Field(None, description="A shared mailbox.")
    web: WebAddress | None = Field(None, description="An address that starts with https:// or http://.")
    hours: Text | None = Field(None, description="When it is answered.")
    checked_on: PartialDate | None = Field(None, description="When somebody last tried it. Never set by an import.")
