"""What stands beside the services: programmes, examples, glossary, sources, and the deployment itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.model.audience import EVERYBODY, STAFF, Audience
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
    WebAddress,
    Withheld,
)


class Programme(Record):
    """An approach with a name and a method, used by services: `content/programmes/<slug>.md`."""

    id: Slug = Field(description="From the file name; not written in the file.")
    name: Text = Field(description="The name it goes by.")
    also_known_as: tuple[Text, ...] = Field((), description="Abbreviations and other names that people type.")
    summary: Text = Field(description="One sentence, in our words.")
    kind: Literal["programme", "tool", "approach"] = Field(description="`tool` for assessment tools, which are not interventions.")
    for_whom: Text | None = Field(None, description="Whom it is meant for.")
    ages: Ages | None = Field(None, description="The ages it is meant for.")
    length: Text | None = Field(None, description="How long it lasts.")
    needs: tuple[NeedId, ...] = Field((), description="Needs it is meant for.")
    evidence: tuple[Text, ...] = Field(
        (), description="What the sources say of its evidence, each as one sentence with who says it."
    )
    rating: Text | None = Field(
        None, description="A rating by an evidence body, with body and date. None of the sources gives one."
    )
    facts: Annotated[tuple[Fact, ...], EVERYBODY] = Field((), description="Figures the sources give.")
    contradiction: Annotated[Text | None, EVERYBODY] = Field(
        None, description="Where two places in the sources disagree, both figures and places."
    )
    owner: Annotated[Text | None, EVERYBODY] = Field(None, description="The role that keeps this entry true, where it is not the site's.")
    checked_on: PartialDate | None = Field(None, description="When its owner last confirmed it; only a person sets it, never an import.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where the facts come from.")
    body: Annotated[str, EVERYBODY] = Field("", description="The Markdown below the front matter.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Example(Record):
    """What another authority did, or a worked case: `content/examples/<slug>.md`."""

    id: Slug = Field(description="From the file name; not written in the file.")
    name: Text = Field(description="Its title.")
    kind: Literal["practice", "worked case"] = Field(description="A worked case is made up and says so.")
    fictional: bool = Field(False, description="`true` for a worked case.")
    place: Annotated[Text | None, EVERYBODY] = Field(None, description="Where it was.")
    summary: Text = Field(description="One sentence, in our words.")
    needs: tuple[NeedId, ...] = Field((), description="Needs it speaks of.")
    programmes: tuple[ProgrammeId, ...] = Field((), description="Programmes it shows.")
    gateways: tuple[StageId, ...] = Field((), description="Stages it shows, as `area/gateway`.")
    facts: Annotated[tuple[Fact, ...], EVERYBODY] = Field((), description="Figures it gives.")
    sources: tuple[Citation, ...] = Field((), description="Where it stands; a worked case names what it is built on.")
    body: Annotated[str, EVERYBODY] = Field("", description="The Markdown below the front matter.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class GlossaryTerm(Record):
    """An abbreviation or a term: what it meant then, what it is called now."""

    term: Text = Field(description="The abbreviation or term.")
    stands_for: Text | None = Field(None, description="The words an abbreviation stands for.")
    meaning: Annotated[Text | None, EVERYBODY] = Field(None, description="What it is, in our words.")
    now: Annotated[Text | None, EVERYBODY] = Field(None, description="What it is called now, where that is known.")
    areas: tuple[AreaId, ...] = Field((), description="The areas that use it; empty for a national term.")
    sources: tuple[Citation, ...] = Field((), description="Where it stands.")
    audience: Audience = Field(
        "public", description="Who is told of it at all: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Source(Record):
    """A document that facts come from."""

    id: Slug = Field(description="A short name, for `document` fields.")
    title: Text = Field(description="Its title.")
    owner: Text = Field(description="Who published it.")
    date: PartialDate = Field(description="When it was published.")
    kind: Text = Field(description="Needs assessment, scrutiny papers, board report, briefing, threshold document, law.")
    about: Text = Field(description="What it covers, in our words.")
    area: AreaId | None = Field(None, description="The area it is about, if it is about one.")
    read_in: SourceId | None = Field(None, description="The document in which we read it, if we did not read it itself.")
    note: Annotated[Text | None, STAFF] = Field(None, description="What must be known to read it rightly.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Area(Record):
    """A place with its own services, scheme and gateways. Areas are never mixed in an answer."""

    id: Slug = Field(description="A short name: the folder of its services and its section in pathways.yaml.")
    name: Text = Field(description="Its name as shown.")
    places: tuple[Text, ...] = Field((), description="Districts and towns that mean this area when typed.")
    scheme: SchemeId | None = Field(None, description="The threshold scheme its services' levels follow.")
    as_at: Text = Field(description="When its content was true, in words: 'October 2016'.")
    owner: Annotated[Text | None, EVERYBODY] = Field(
        None, description="The role that keeps the area's entries true, for each that names no owner of its own."
    )
    front_door: Contact | None = Field(None, description="Whom to ring when a child may be harmed.")
    consultation_line: Annotated[Contact | None, STAFF] = Field(None, description="Whom professionals may ask for advice.")
    out_of_hours: Contact | None = Field(None, description="Whom to ring outside the hours of the front door.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class ReviewIntervals(Record):
    """After how many months a fact must be checked again."""

    contact_and_status: int = Field(3, ge=1, description="Months.")
    eligibility_and_route: int = Field(6, ge=1, description="Months.")
    description: int = Field(12, ge=1, description="Months.")


class Accessibility(Record):
    """What the body that runs a site must say in its accessibility statement, because nobody else can know it."""

    body: Text | None = Field(None, description="The body that runs the site and answers for it.")
    contact: Contact | None = Field(None, description="Whom to tell of a page that cannot be used, or to ask for another format.")
    answers_within: Text | None = Field(None, description="How soon an answer comes, in words: 'five working days'.")
    standing: Literal["fully", "partly", "not"] | None = Field(
        None, description="How far the site meets WCAG 2.2 AA, as the body itself found: `fully`, `partly` or `not`."
    )
    audit: Text | None = Field(None, description="How the body tested: what, by whom, on which day, with people who use which aids.")
    failings: tuple[Text, ...] = Field(
        (), description="What is known not to work, each with its WCAG criterion and when it will be mended."
    )
    prepared_on: PartialDate | None = Field(None, description="When the statement was prepared or last reviewed.")


class Site(Record):
    """`content/site.yaml`: this deployment."""

    title: Text = Field(description="The name of the site, on every page.")
    strapline: Text = Field(description="One sentence on what this is and for whom.")
    banner: Text = Field(description="Shown on every page: how old the content is.")
    default_area: AreaId = Field(description="The area of a question that names none.")
    areas: tuple[Area, ...] = Field(min_length=1, description="The areas it covers.")
    owner: Text | None = Field(None, description="The role that keeps true what has neither an owner nor an area.")
    review: ReviewIntervals = Field(ReviewIntervals(), description="How often facts must be checked again.")
    standing_words: dict[Slug, Text] = Field(
        default_factory=dict,
        description="Sentences for adaptation by a partnership: judgement, consent, sharing, disagreement.",
    )
    level_words: dict[Text, LevelNumber] = Field(default_factory=dict, description="Local words for a level number.")
    audiences: dict[Text, Audience] = Field(
        default_factory=dict,
        description="Who sees a field, where that is not what this manual says: `service.budget: public`, "
        "`service.contact: practitioner`. Those above see it too.",
    )
    sensitive_themes: tuple[Text, ...] = Field(
        (), description="Themes of needs.yaml whose pages offer to leave quickly: somebody else may be looking at the screen."
    )
    accessibility: Accessibility = Field(Accessibility(), description="The deploying body's part of the accessibility statement.")
    leave_to: WebAddress = Field("https://www.bbc.co.uk/weather", description="Where 'Exit this page' leads: a page that tells nothing.")
