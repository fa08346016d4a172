"""How numbers, sums, levels and lists are said in findings and rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

from app.model import Directory

FEW, SEVERAL = 2, 4
"""From how many services a cell says "few", and from how many "several"."""

MOST_NAMED = 3
"""The most services that a sentence names; the rest are counted."""


def joined(parts: Sequence[str], last: str = "and") -> str:
    """("a", "b", "c") as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def named(parts: Sequence[str], most: int = MOST_NAMED) -> str:
    """A few names in full, the rest as a number: "a, b, c and 4 more"."""
    return joined(parts) if len(parts) <= most else f"{', '.join(parts[:most])} and {len(parts) - most} more"


def inside(label: str) -> str:
    """A label as it stands inside a sentence: "Domestic abuse" as "domestic abuse", "FGM" as it is."""
    second = label[1:2]
    return label if second.isupper() or not second else label[0].lower() + label[1:]


def counted(number: int, one: str = "service", many: str | None = None) -> str:
    """0 as "no services", 1 as "1 service", 3 as "3 services"."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def are(number: int, one: str = "is", many: str = "are") -> str:
    """The verb that agrees with a number: is or are, or two others."""
    return one if number == 1 else many


def so_many(number: int, one: str = "service", verb: str = "is", verbs: str = "are") -> str:
    """The beginning of a sentence: 3 as "3 services are", 0 as "No services are"."""
    return capital(f"{counted(number, one)} {are(number, verb, verbs)}")


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def thickness(number: int) -> str:
    """How much there is, in one of four words: none, one, few (2 or 3), several (4 or more)."""
    return "none" if number == 0 else "one" if number < FEW else "few" if number < SEVERAL else "several"


def rounded(amount: Fraction | int) -> int:
    """A share in whole pounds; half a pound goes up, as on paper and in SQL."""
    return floor(amount + Fraction(1, 2))


def pounds(amount: Fraction | int) -> str:
    """12345 as "£12,345"."""
    return f"£{rounded(amount):,}"


def short_pounds(amount: Fraction | int) -> str:
    """12350000 as "£12.35m", 94000 as "£94,000"."""
    return f"£{rounded(amount) / 1_000_000:.2f}m" if amount >= 1_000_000 else pounds(amount)


def percent(part: Fraction | int, whole: Fraction | int) -> int:
    """The part as whole percent of the whole; 0 of nothing."""
    return rounded(Fraction(part) * 100 / Fraction(whole)) if whole else 0


def share_in_words(part: Fraction | int, whole: Fraction | int) -> str:
    """The part as percent of the whole: "57%", "less than 1%" where there is something and it is not one percent."""
    number = percent(part, whole)
    return "less than 1%" if part and not number else f"{number}%"


def levels_in_words(levels: Iterable[int]) -> str:
    """(2, 3, 4) as "levels 2 to 4", (2, 4) as "levels 2 and 4", (3,) as "level 3"."""
    numbers = sorted(levels)
    if not numbers:
        return "no recorded level"
    if len(numbers) == 1:
        return f"level {numbers[0]}"
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"levels {numbers[0]} to {numbers[-1]}"
    return f"levels {joined([str(number) for number in numbers])}"


def labels(needs: Iterable[str], directory: Directory, last: str = "and") -> str:
    """Need ids as words for the middle of a sentence."""
    return joined([inside(directory.need_by_id[need].label) for need in needs if need in directory.need_by_id], last)
