"""The words of freshness: one calm line and, when something is due, one quiet tag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.freshness.dates import first_day
from app.freshness.fields import GROUP_WORDS, GROUPS
from app.freshness.reviews import STATE_WORDS, Review, ReviewState, worst
from app.model import date_in_words


@dataclass(frozen=True)
class Mark:
    """What a page says of a thing's freshness: `line` always, `tag` only when something is due."""

    line: str
    tag: str
    state: ReviewState

    @property
    def words(self) -> str:
        """Line and tag as one text: "Last checked: not recorded. The source is of October 2016. Overdue for review."."""
        return f"{self.line} {self.tag[:1].upper()}{self.tag[1:]}." if self.tag else self.line

    def to_json(self) -> dict[str, str]:
        """For other programs."""
        return {"state": self.state, "words": self.words}


def mark_of(reviews: Sequence[Review]) -> Mark:
    """The mark of a thing from its reviews: about its worst fields, and about all of it when they are all alike."""
    state = worst(reviews)
    of_it = [each for each in reviews if each.state == state]
    whole = {each.group for each in of_it} == {each.group for each in reviews}
    groups = [group for group in GROUPS if any(each.group == group for each in of_it)]
    named = "" if whole else ", ".join(GROUP_WORDS[group] for group in groups)
    tag = "" if state == "current" else STATE_WORDS[state] + (f": {named}" if named else "")
    oldest = min(of_it, key=_age, default=None)
    return Mark(" ".join(_sentences(oldest, "" if state == "current" else named)) if oldest else "", tag, state)


def _age(each: Review) -> tuple[int, int]:
    """Never checked comes first, then the check that is longest ago; of those the one that most fields share."""
    return (first_day(each.checked_on).toordinal() if each.checked_on else 0, -len(each.fields))


def _sentences(each: Review, named: str) -> Iterable[str]:
    start = f"{named[:1].upper()}{named[1:]} last checked" if named else "Last checked"
    yield f"{start} {date_in_words(each.checked_on)}." if each.checked_on else f"{start}: not recorded."
    if each.as_at:
        yield f"The source is of {date_in_words(each.as_at)}."
    elif not each.as_at and not each.checked_on:
        yield "The date of the source is not recorded either."
    if each.ahead:
        yield f"{date_in_words(each.ahead)} lies ahead and does not count: that date or this computer’s clock is wrong."


def checked_in_words(each: Review) -> str:
    """The sentences of one review alone."""
    return " ".join(_sentences(each, ""))


def among(named: Iterable[tuple[str, ReviewState]]) -> str:
    """Which of some named things are due, in one calm sentence: all of them, or by name; "" when none is."""
    things = list(named)
    parts = []
    states: tuple[ReviewState, ...] = ("overdue", "due")
    for state in states:
        found = [name for name, each in things if each == state]
        if found and len(found) == len(things):
            whom = "It is" if len(things) == 1 else "Both are" if len(things) == 2 else f"All {len(things)} are"
            return f"{whom} {STATE_WORDS[state]}."
        if found:
            parts.append(f"{STATE_WORDS[state]}: {joined(found)}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


@dataclass(frozen=True)
class Found:
    """How many things of a page stand in one state: a clause without a stop, and their names unless it is all of them."""

    clause: str
    names: tuple[str, ...] = ()


def found_among(named: Iterable[tuple[str, ReviewState]], where: str = "on this page") -> list[Found]:
    """Which of the services named somewhere are overdue and which due: "2 of the 9 services named on this page are due for review"."""
    things = list(named)
    states: tuple[ReviewState, ...] = ("overdue", "due")
    found = []
    for state in states:
        names = tuple(name for name, each in things if each == state)
        if not names:
            continue
        if len(names) == len(things):
            whom = f"The service named {where} is" if len(things) == 1 else f"All {len(things):,} services named {where} are"
            return [Found(f"{whom} {STATE_WORDS[state]}")]
        verb = "is" if len(names) == 1 else "are"
        found.append(Found(f"{len(names):,} of the {len(things):,} services named {where} {verb} {STATE_WORDS[state]}", names))
    return found


def interval_in_words(months: int) -> str:
    """3 as "every 3 months", 1 as "every month"."""
    return "every month" if months == 1 else f"every {months} months"


def counted(number: int, one: str, several: str) -> str:
    """1 as "1 service", 2 as "2 services"."""
    return f"{number:,} {one if number == 1 else several}"


def joined(parts: Sequence[str]) -> str:
    """["a", "b", "c"] as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""

