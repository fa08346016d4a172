"""The whole directory on a day: what is due, by the person who keeps it true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.freshness.dates import day_from
from app.freshness.entries import KIND_WORDS, Entry, entries_of
from app.freshness.fields import GROUP_WORDS
from app.freshness.reviews import STATE_WORDS, Review, ReviewState
from app.freshness.words import checked_in_words, counted, interval_in_words, joined
from app.model import Directory, date_in_words

COUNT_WORDS: dict[ReviewState, str] = {"overdue": "overdue", "due": "due", "current": "not yet due"}

NEVER = "never"
"""What stands in a table where nobody has checked."""


class UnknownOwner(Exception):
    """Nobody of this name keeps anything; the message says who does."""


class DayProblem(Exception):
    """A day that was asked for is none; the message says what is allowed."""


def day_asked(text: str) -> date:
    """The day that somebody asked for, `2026-03-31`. Raises DayProblem."""
    day = day_from(text)
    if day is None:
        raise DayProblem(f"'{text[:40]}' is not a day; write year, month and day, such as 2026-03-31")
    return day


@dataclass(frozen=True)
class Keeper:
    """One owner with what is theirs. `named` is false where the content names nobody, and `owner` then says so, by area."""

    owner: str
    named: bool
    entries: tuple[Entry, ...]

    def count(self, state: ReviewState) -> int:
        """How many entries have this as their worst state."""
        return sum(each.state == state for each in self.entries)

    @property
    def never(self) -> int:
        """How many entries nobody has ever checked."""
        return sum(not each.was_checked for each in self.entries)

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """The entries that are due or overdue, the overdue ones first, else in the order of the content."""
        return tuple(sorted((each for each in self.entries if each.state != "current"), key=lambda each: each.state != "overdue"))


@dataclass(frozen=True)
class Upkeep:
    """How a directory stands on a day. Never changed; safe to share between threads."""

    directory: Directory
    today: date
    entries: tuple[Entry, ...]

    def count(self, state: ReviewState, kind: str = "") -> int:
        """How many entries, of one kind or of all, have this as their worst state."""
        return sum(each.state == state for each in self.entries if kind in ("", each.kind))

    @cached_property
    def by_address(self) -> dict[str, Entry]:
        """Each entry by the address of its page."""
        return {each.address: each for each in self.entries}

    @cached_property
    def keepers(self) -> tuple[Keeper, ...]:
        """The owners by name; last, area by area, what nobody is named for."""
        found: dict[tuple[bool, str], list[Entry]] = {}
        for entry in self.entries:
            found.setdefault((not entry.owner, owner_in_words(entry, self.directory)), []).append(entry)
        return tuple(Keeper(owner, not nobody, tuple(entries)) for (nobody, owner), entries in sorted(found.items(), key=_place))

    @property
    def sentence(self) -> str:
        """The state of it all in one sentence, for the first page: "82 services and 3 stages are overdue for review"."""
        late = [counted(number, *KIND_WORDS[kind]) for kind in KIND_WORDS if (number := self.count("overdue", kind))]
        due = self.count("due")
        if not late and not due:
            return "Nothing is due for review."
        number = self.count("overdue")
        first = f"{joined(late)} {'is' if number == 1 else 'are'} overdue for review" if late else "Nothing is overdue for review"
        return f"{first}, and {counted(due, 'more is', 'more are') if late else counted(due, 'is', 'are')} due." if due else f"{first}."

    def of_owner(self, name: str) -> Upkeep:
        """Only what one owner keeps, whatever the case of the letters. Raises UnknownOwner."""
        wanted = " ".join(name.split()).casefold()
        for keeper in self.keepers:
            if keeper.owner.casefold() == wanted:
                return Upkeep(self.directory, self.today, keeper.entries)
        known = "; ".join(keeper.owner for keeper in self.keepers)
        raise UnknownOwner(f"nobody called '{name[:60]}' keeps anything here; those who do: {known}")

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Everything due or overdue as rows under HEADER: one for each entry and set of fields with the same dates."""
        for keeper in self.keepers:
            for entry in keeper.waiting:
                yield from (_row(keeper, entry, each) for each in entry.reviews if each.state != "current")

    def to_json(self) -> dict[str, Any]:
        """For other programs: counts, then the owners with what waits for them."""
        return {
            "on": self.today.isoformat(),
            "sentence": self.sentence,
            "intervals_in_months": self.directory.site.review.model_dump(),
            "counts": {state: self.count(state) for state in STATE_WORDS},
            "never_checked": sum(not each.was_checked for each in self.entries),
            "owners": [_keeper_json(keeper) for keeper in self.keepers],
        }


HEADER = (
    "Owner", "Owner named", "Kind", "Id", "Name", "What", "Fields", "Last checked", "Source of", "Check every (months)", "Due on",
    "Overdue on", "State",
)  # fmt: skip


def upkeep_of(directory: Directory, today: date) -> Upkeep:
    """How everything in a directory stands on a day. The time grows with the number of services: `python3 run.py bench` measures it."""
    return Upkeep(directory, today, tuple(entries_of(directory, today)))


def owner_in_words(entry: Entry, directory: Directory) -> str:
    """The owner, or that none is recorded, and for which area."""
    if entry.owner:
        return entry.owner
    place = directory.area_by_id.get(entry.area)
    return f"No owner recorded in {place.name}" if place else "No owner recorded"


def _place(item: tuple[tuple[bool, str], list[Entry]]) -> tuple[bool, str, str]:
    (nobody, owner), _ = item
    return nobody, owner.casefold(), owner


def _row(keeper: Keeper, entry: Entry, each: Review) -> tuple[str, ...]:
    days = [day.isoformat() if day else "at once" for day in (each.due_on, each.overdue_on)]
    return (
        keeper.owner, "yes" if keeper.named else "no", KIND_WORDS[entry.kind][0], entry.id, entry.name, GROUP_WORDS[each.group],
        "; ".join(each.labels), each.checked_on or NEVER, each.as_at or "Not recorded", str(each.months), *days, STATE_WORDS[each.state],
    )  # fmt: skip


def _keeper_json(keeper: Keeper) -> dict[str, Any]:
    return {
        "owner": keeper.owner,
        "named": keeper.named,
        "counts": {state: keeper.count(state) for state in STATE_WORDS},
        "never_checked": keeper.never,
        "waiting": [
            {
                "kind": entry.kind, "id": entry.id, "name": entry.name, "address": entry.address, "state": entry.state,
                "reviews": [review_json(each) for each in entry.reviews if each.state != "current"],
            }
            for entry in keeper.waiting
        ],
    }  # fmt: skip


def review_json(each: Review) -> dict[str, Any]:
    """Fields with the same dates, for other programs; null where no date is recorded."""
    return {
        "what": each.group,
        "fields": list(each.fields),
        "checked_on": each.checked_on or None,
        "as_at": each.as_at or None,
        "not_counted": each.ahead or None,
        "months": each.months,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "overdue_on": each.overdue_on.isoformat() if each.overdue_on else None,
        "state": each.state,
    }


def upkeep_as_text(upkeep: Upkeep) -> str:
    """What is due, owner by owner, as a person reads it in a terminal or a mail."""
    lines = [f"On {date_in_words(upkeep.today.isoformat())}: {upkeep.sentence}"]
    for keeper in upkeep.keepers:
        counts = ", ".join(f"{keeper.count(state):,} {words}" for state, words in COUNT_WORDS.items())
        lines += ["", f"{keeper.owner}: {counts}"]
        for entry in keeper.waiting:
            lines.append(f"  {entry.name} ({entry.id})")
            lines += [f"    {told(each)}" for each in entry.reviews if each.state != "current"]
    return "\n".join(lines) + "\n"


def told(each: Review) -> str:
    """One review as a line: what, how it stands, its dates, how often."""
    what = GROUP_WORDS[each.group]
    fields = joined([label[:1].lower() + label[1:] for label in each.labels])
    often = interval_in_words(each.months)
    return f"{what[:1].upper()}{what[1:]} ({fields}): {STATE_WORDS[each.state]}. {checked_in_words(each)} Check {often}."

