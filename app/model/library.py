"""What stands beside the services: programmes, examples, glossary, sources, and the deployment itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.model.values import (
    Ages,
    AreaId,
    Citation,
    Contact,
    Fact,
    LevelNumber,
    NeedId,
    PartialDate,
    ProgrammeId,
    Record,
    SchemeId,
    Slug,
    SourceId,
    StageId,
    Text,
)


class Programme(Record):
    """An approach with a name and a method, used by services: `content/programmes/<slug>.md`."""

    id: Slug = Field(description="From the file name; not written in the file.")
    name: Text
    also_known_as: tuple[Text, ...] = ()
    summary: Text = Field(description="One sentence, in our words.")
    kind: Literal["programme", "tool", "approach"] = Field(description="`tool` for assessment tools, which are not interventions.")
    for_whom: Text | None = None
    ages: Ages | None = None
    length: Text | None = None
    needs: tuple[NeedId, ...] = ()
    evidence: tuple[Text, ...] = Field((), description="What the sources say of its evidence, each as one sentence with who says it.")
    rating: Text | None = Field(None, description="A rating by an evidence body, with body and date. None of the sources gives one.")
    facts: tuple[Fact, ...] = ()
    contradiction: Text | None = Field(None, description="Where two places in the sources disagree, both figures and places.")
    sources: tuple[Citation, ...] = Field(min_length=1)
    body: str = ""


class Example(Record):
    """What another authority did, or a worked case: `content/examples/<slug>.md`."""

    id: Slug = Field(description="From the file name; not written in the file.")
    name: Text
    kind: Literal["practice", "worked case"] = Field(description="A worked case is made up and says so.")
    fictional: bool = Field(False, description="`true` for a worked case.")
    place: Text | None = None
    summary: Text
    needs: tuple[NeedId, ...] = ()
    programmes: tuple[ProgrammeId, ...] = ()
    gateways: tuple[StageId, ...] = Field((), description="Stages it shows, as `area/gateway`.")
    facts: tuple[Fact, ...] = ()
    sources: tuple[Citation, ...] = ()
    body: str = ""


class GlossaryTerm(Record):
    """An abbreviation or a term: what it meant then, what it is called now."""

    term: Text = Field(description="The abbreviation or term.")
    stands_for: Text | None = Field(None, description="The words an abbreviation stands for.")
    meaning: Text | None = Field(None, description="What it is, in our words.")
    now: Text | None = Field(None, description="What it is called now, where that is known.")
    areas: tuple[AreaId, ...] = Field((), description="The areas that use it; empty for a national term.")
    sources: tuple[Citation, ...] = Field((), description="Where it stands.")


class Source(Record):
    """A document that facts come from."""

    id: Slug
    title: Text
    owner: Text = Field(description="Who published it.")
    date: PartialDate
    kind: Text = Field(description="Needs assessment, scrutiny papers, board report, briefing, threshold document, law.")
    about: Text = Field(description="What it covers, in our words.")
    area: AreaId | None = None
    read_in: SourceId | None = Field(None, description="The document in which we read it, if we did not read it itself.")
    note: Text | None = None


class Area(Record):
    """A place with its own services, scheme and gateways. Areas are never mixed in an answer."""

    id: Slug
    name: Text
    places: tuple[Text, ...] = Field((), description="Districts and towns that mean this area when typed.")
    scheme: SchemeId | None = Field(None, description="The threshold scheme its services' levels follow.")
    as_at: Text = Field(description="When its content was true, in words: 'October 2016'.")
    front_door: Contact | None = None
    consultation_line: Contact | None = None
    out_of_hours: Contact | None = None


class ReviewIntervals(Record):
    """After how many months a fact must be checked again."""

    contact_and_status: int = Field(3, ge=1, description="Months.")
    eligibility_and_route: int = Field(6, ge=1, description="Months.")
    description: int = Field(12, ge=1, description="Months.")


class Site(Record):
    """`content/site.yaml`: this deployment."""

    title: Text
    strapline: Text = Field(description="One sentence on what this is and for whom.")
    banner: Text = Field(description="Shown on every page: how old the content is.")
    default_area: AreaId
    areas: tuple[Area, ...] = Field(min_length=1)
    review: ReviewIntervals = ReviewIntervals()
    standing_words: dict[Slug, Text] = Field(default_factory=dict, description="Sentences for adaptation by a partnership: judgement, consent, sharing, disagreement.")
    level_words: dict[Text, LevelNumber] = Field(default_factory=dict, description="Local words for a level number.")
