"""A scheme of thresholds: its levels, its domains, and the descriptors that speak of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.model.audience import STAFF
from app.model.values import (
    AreaId,
    Citation,
    Colour,
    LevelNumber,
    NeedId,
    PartialDate,
    Record,
    Slug,
    Text,
    Withheld,
)


class Domain(Record):
    """One of the sides from which a child's life is looked at."""

    id: Slug = Field(description="Id used in the level files' `# ` headings: child, parents-carers, family-environment.")
    name: Text = Field(description="Its name as shown.")


class Descriptor(Record):
    """One short phrase of the scheme: an example that supports a judgement, never a test."""

    id: str = Field(description="`<level>-<words>`, made from the text unless the file gives one.")
    scheme: Slug = Field(description="From the folder; not written in the file.")
    level: LevelNumber = Field(description="From the file; not written beneath the descriptor.")
    domain: Slug = Field(description="From the `# ` heading above it.")
    heading: Text = Field(description="The heading in the source, such as 'Ensure Safety'.")
    text: Text = Field(description="The source's phrase, exactly.")
    needs: tuple[NeedId, ...] = Field((), description="Needs it speaks of; empty when it speaks of none in the vocabulary.")
    deciding: tuple[Text, ...] = Field((), description="The words in it that carry the boundary between levels.")
    note: Annotated[Text | None, STAFF] = Field(None, description="Editor's note: damaged layout mended, dated term explained.")
    not_a_service_matter: Text | None = Field(None, description="Why no service is expected to answer it, where that is so.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Level(Record):
    """One level of a scheme: the front matter of `level-N.md`."""

    scheme: Slug = Field(description="From the folder; not written in the file.")
    number: LevelNumber = Field(description="The number of the level, the same as in the file name.")
    name: Text = Field(description="Its name: 'Complex needs'.")
    help_name: Text = Field(description="What help is called at this level: 'Targeted support'.")
    words: tuple[Text, ...] = Field((), description="Words people type for it: 'complex', 'targeted'.")
    meaning: Text = Field(description="One paragraph on who is at this level and what help looks like, in our words.")
    how_to_get_help: Text = Field(description="The usual way in, in our words, as the source says it.")
    consent: Text | None = Field(None, description="Whose agreement is needed at this level, as the source says it.")
    lead: Text | None = Field(None, description="Who coordinates the help.")
    plan: Text | None = Field(None, description="What the plan is called.")
    law: tuple[Text, ...] = Field((), description="Legal basis, as the source names it.")
    one_sign: Text | None = Field(
        None,
        description="What one sign of this level is reason enough for, as a sentence for the note of compared descriptors. Without it, the "
        "highest level says: consult the front door today.",
    )
    colour: Colour | None = Field(
        None,
        description="Its colour on the windscreen, in quotation marks: an ornament beside number, name and pattern, never the only sign.",
    )
    editor_note: Annotated[Text | None, STAFF] = Field(None, description="How damaged places in the source were read, and dated terms.")
    source_heading: Text = Field(description="The heading of the level in the source.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where the level is described.")
    withheld: Withheld = Field((), description="Filled by the program: the fields that the reader is not shown.")


class Scheme(Record):
    """One threshold document: `content/thresholds/<scheme>/scheme.yaml`."""

    id: Slug = Field(description="From the folder; not written in the file.")
    name: Text = Field(description="Its title.")
    owner: Text = Field(description="The board or partnership that published it.")
    date: PartialDate = Field(description="When it was published.")
    status: Literal["current", "historic", "draft"] = Field(description="`historic` says on every page that it has been replaced.")
    later_name: Text | None = Field(None, description="What replaced it, if that is known.")
    areas: tuple[AreaId, ...] = Field((), description="Areas whose services use its levels.")
    domains: tuple[Domain, ...] = Field(min_length=1, description="The sides from which a child is looked at, in the order shown.")
    reminder: Text = Field(description="What a reader must know before using descriptors.")
    disagreement: Text | None = Field(None, description="How to disagree with a decision, where the source says.")
    checked_on: PartialDate | None = Field(
        None, description="When somebody last confirmed that this is the scheme in force; only a person sets it, never an import."
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it stands.")
    levels: tuple[Level, ...] = Field((), description="From the level files; not written here.")

    def level(self, number: int) -> Level | None:
        """The level with this number, or None."""
        return next((level for level in self.levels if level.number == number), None)
