"""What differs between two levels that meet: the phrases that are almost the same, and the deciding words under each heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from app.levels.local import LocalScheme
from app.model import Descriptor, Level

CLOSE = 55
"""From which likeness of their words (0 to 100, whatever their order) two phrases are set side by side."""


@dataclass(frozen=True)
class Pair:
    """A phrase of the lower level and the phrase of the upper one that comes nearest to it in words and speaks of the same need."""

    lower: Descriptor
    upper: Descriptor

    @property
    def is_same(self) -> bool:
        """Whether the two say exactly the same, so that they mark no boundary."""
        return self.lower.text.lower() == self.upper.text.lower()


@dataclass(frozen=True)
class HeadingStep:
    """The descriptors of two levels under one heading."""

    heading: str
    lower: tuple[Descriptor, ...]
    upper: tuple[Descriptor, ...]

    @property
    def lower_words(self) -> tuple[str, ...]:
        """The deciding words of the lower level."""
        return deciding_words(self.lower)

    @property
    def upper_words(self) -> tuple[str, ...]:
        """The deciding words of the upper level."""
        return deciding_words(self.upper)


@dataclass(frozen=True)
class Boundary:
    """Two levels that meet, and how the source's words change from one to the other."""

    lower: Level
    upper: Level
    pairs: tuple[Pair, ...]
    steps: tuple[HeadingStep, ...]
    only_lower: tuple[str, ...]
    only_upper: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The boundary for other programs."""
        return {
            "lower": self.lower.number,
            "upper": self.upper.number,
            "pairs": [{"lower": pair.lower.id, "upper": pair.upper.id, "same_words": pair.is_same} for pair in self.pairs],
            "headings": [
                {"heading": step.heading, "lower": list(step.lower_words), "upper": list(step.upper_words)} for step in self.steps
            ],
            "headings_only_at_lower": list(self.only_lower),
            "headings_only_at_upper": list(self.only_upper),
        }


def boundary(local: LocalScheme, lower: Level, upper: Level) -> Boundary:
    """The boundary between two levels of a scheme."""
    steps: list[HeadingStep] = []
    only_lower: list[str] = []
    only_upper: list[str] = []
    for domain, headings in local.headings:
        for heading in headings:
            below, above = (_under(local, level, domain.id, heading) for level in (lower, upper))
            if below and above:
                steps.append(HeadingStep(heading, below, above))
            elif below or above:
                (only_lower if below else only_upper).append(heading)
    pairs = close_pairs(local.of_level[lower.number], local.of_level[upper.number])
    return Boundary(lower, upper, pairs, tuple(steps), tuple(only_lower), tuple(only_upper))


def _under(local: LocalScheme, level: Level, domain: str, heading: str) -> tuple[Descriptor, ...]:
    return tuple(one for one in local.of_level[level.number] if (one.domain, one.heading) == (domain, heading))


def deciding_words(descriptors: Sequence[Descriptor]) -> tuple[str, ...]:
    """The words that carry the boundary, each once, in their order."""
    found: dict[str, str] = {}
    for one in descriptors:
        for word in one.deciding:
            found.setdefault(word.lower(), word)
    return tuple(found.values())


def close_pairs(lower: Sequence[Descriptor], upper: Sequence[Descriptor]) -> tuple[Pair, ...]:
    """The phrases of two levels that are each other's nearest, in the order of the lower level.

    They must share a need; where one is linked to none (a level at which all is well), they must stand under the same heading.
    """
    likeness = {
        (low, high): score
        for low, one in enumerate(lower)
        for high, other in enumerate(upper)
        if (set(one.needs) & set(other.needs) if one.needs and other.needs else one.heading == other.heading)
        and (score := fuzz.token_sort_ratio(one.text.lower(), other.text.lower())) >= CLOSE
    }
    taken: dict[int, int] = {}
    for low, high in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if low not in taken and high not in taken.values():
            taken[low] = high
    return tuple(Pair(lower[low], upper[high]) for low, high in sorted(taken.items()))
