"""Who may see what: three audiences, each of which sees all that the one before it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Audience = Literal["public", "practitioner", "commissioner"]

AUDIENCES: tuple[Audience, ...] = ("public", "practitioner", "commissioner")
"""From the one that sees least to the one that sees most."""

AUDIENCE_WORDS: dict[Audience, str] = {
    "public": "the public",
    "practitioner": "practitioners",
    "commissioner": "commissioners",
}


def sees(audience: Audience, least: Audience) -> bool:
    """Whether an audience sees what is meant for `least` and those above it."""
    return AUDIENCES.index(audience) >= AUDIENCES.index(least)


def lower(one: Audience, other: Audience) -> Audience:
    """Of two audiences the one that sees less."""
    return other if sees(one, other) else one


def audience_of(record: object) -> Audience:
    """The least audience that is told of a record at all: its own `audience`, or everybody where it has none."""
    least: Audience = getattr(record, "audience", "public")
    return least


@dataclass(frozen=True)
class SeenFrom:
    """Marks a field that can be withheld, with the least audience that sees it unless `audiences` in site.yaml says otherwise.

    A field without this mark is seen by everybody: a page could not stand, or the matching would say something else, without it.
    """

    audience: Audience


EVERYBODY = SeenFrom("public")
STAFF = SeenFrom("practitioner")
COMMISSIONERS = SeenFrom("commissioner")
