"""What was asked, as ids and numbers: the only thing that leaves the words behind."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.model import UNBORN, Directory, age_in_words
from app.vocabulary import choice_key

CAMHS_TIER = "camhs-tier-"
"""The start of the name of the one ambiguity that is not content: an NHS tier that sounds like a level of need."""


@dataclass(frozen=True)
class Question:
    """A question that has been understood as far as it could be.

    `ages` are completed years (-1 for unborn); `words` are left-over words that occur in the content; `choices`
    name ambiguous words the reader must decide; `not_used` are words that nothing here knows, kept only for the
    response to the person who typed them; `unused` is their number, which may stay in an address.
    `refused` holds numbers that are no level or age, as (part, value). `facts` are what is asked of a stage, such as `time`.
    """

    area: str
    area_given: bool = False
    levels: tuple[int, ...] = ()
    ages: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    not_used: tuple[str, ...] = ()
    unused: int = 0
    dropped: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was asked that an answer can be given to."""
        return not (
            self.levels or self.ages or self.needs or self.processes or self.gateways or self.services
            or self.programmes or self.words or self.choices or self.refused
        )

    @property
    def is_structured(self) -> bool:
        """Whether a level, an age or a need was asked, so that services are matched and grouped."""
        return bool(self.levels or self.ages or self.needs)


@dataclass(frozen=True)
class Option:
    """One meaning of an ambiguous word: its label, and the part of an address that says it."""

    label: str
    part: str
    value: str


@dataclass(frozen=True)
class Choice:
    """An ambiguous word with its possible meanings: the reader decides, nobody guesses."""

    key: str
    word: str
    question: str
    options: tuple[Option, ...]


def choices_of(question: Question, directory: Directory) -> tuple[Choice, ...]:
    """The decisions a question leaves open, with what each option would mean; services of other areas are no option."""
    found = [choice for key in question.choices if (choice := choice_named(key, directory))]
    return tuple(
        Choice(choice.key, choice.word, choice.question, tuple(option for option in choice.options if _is_here(option, question.area)))
        for choice in found
    )


def _is_here(option: Option, area: str) -> bool:
    return option.part != "service" or option.value.partition("/")[0] == area


def choice_named(key: str, directory: Directory) -> Choice | None:
    """The ambiguity with this name, or None."""
    if key.startswith(CAMHS_TIER):
        tier = key.removeprefix(CAMHS_TIER)
        asked = f"'Tier {tier}' beside CAMHS is a tier of the NHS service, not a level of need. Did you mean a level as well?"
        return Choice(key, f"tier {tier} CAMHS", asked, (Option(f"Level {tier} of need", "level", tier), Option("Only CAMHS", "", "")))
    for ambiguity in directory.vocabulary.ambiguities:
        if choice_key(ambiguity.words) == key:
            options = []
            for choice in ambiguity.choices:
                part, value = next(
                    ((part, value) for part, value in
                     (("need", choice.need), ("process", choice.process), ("service", choice.service)) if value),
                    ("", ""),
                )
                options.append(Option(choice.label, part, value))
            return Choice(key, ambiguity.words[0], ambiguity.question, tuple(options))
    return None


def ages_in_words(ages: tuple[int, ...]) -> str:
    """(14,) as "14", (9, 14) as "9 and 14", (5, 6, ... 16) as "5 to 16", (-1,) as "unborn"."""
    parts = []
    for _, run in groupby(enumerate(sorted(set(ages))), lambda pair: pair[1] - pair[0]):
        span = [age for _, age in run]
        if len(span) > 2:
            start = "before birth" if span[0] == UNBORN else str(span[0])
            parts.append(f"{start} to {span[-1]}")
        else:
            parts += [age_in_words(age) for age in span]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""
