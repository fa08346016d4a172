"""Services that share area, recipient, level, age and main need: a list to look at, not a list of faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.tables import Table
from app.gaps.words import are, capital, counted, joined, labels, levels_in_words
from app.model import OLDEST, RECIPIENT_WORDS, UNBORN, Directory, Service

MOST_PAIRS = 200
"""The most pairs that are listed; beyond it the list says that there are more."""

RULES = (
    "Two services overlap when they are of the same area and share a recipient, a level, an age and a need that is a main purpose of both.",
    "Sharing all of these does not make two services doubles. Choice and specialism are legitimate, and one may be full. It is a question "
    "to ask: do they know of each other, and who decides between them?",
    "Services whose recipient, level, age or need is not recorded cannot be compared and are not in the list.",
)


@dataclass(frozen=True)
class Pair:
    """Two services and what they share."""

    one: str
    two: str
    one_name: str
    two_name: str
    needs: tuple[str, ...]
    levels: tuple[int, ...]
    recipients: tuple[str, ...]
    ages: str
    same_provider: bool
    words: str

    def to_json(self) -> dict[str, Any]:
        """Both services and the shared attributes."""
        return {
            "services": [self.one, self.two],
            "needs": list(self.needs),
            "levels": list(self.levels),
            "received_by": list(self.recipients),
            "ages": self.ages,
            "same_provider": self.same_provider,
            "words": self.words,
        }


@dataclass(frozen=True)
class Overlaps:
    """The pairs of one area, those that share most needs first."""

    area: str
    pairs: tuple[Pair, ...]
    all_listed: bool
    not_comparable: tuple[str, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """The list."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "pairs": [pair.to_json() for pair in self.pairs],
            "all_listed": self.all_listed,
            "not_comparable": list(self.not_comparable),
        }

    def table(self) -> Table:
        """One row for each pair."""
        rows = tuple(
            (pair.one_name, pair.two_name, "; ".join(pair.needs), "; ".join(map(str, pair.levels)), "; ".join(pair.recipients), pair.ages,
             "yes" if pair.same_provider else "no")
            for pair in self.pairs
        )  # fmt: skip
        header = ("One service", "Another", "Main needs shared", "Levels shared", "Received by", "Ages shared", "Same provider")
        return Table("overlap", "Services that overlap", header, rows)


def overlaps(ground: Ground, query: Query) -> Overlaps:
    """The pairs of services asked about that share recipient, level, age and main need."""
    bits = ground.chosen(query).sure
    unknown = 0
    for service in ground.services_of(bits):
        if not (service.received_by and service.levels and service.ages and service.needs and service.needs.main):
            unknown |= 1 << ground.facets.ordinal[service.id]
    pairs: list[Pair] = []
    complete = True
    for pair in _pairs(ground, bits & ~unknown):
        if len(pairs) == MOST_PAIRS:
            complete = False
            break
        pairs.append(pair)
    pairs.sort(key=lambda pair: (-len(pair.needs), -len(pair.levels), pair.one_name, pair.two_name))
    skipped = tuple(ground.ids_of(unknown))
    return Overlaps(query.area, tuple(pairs), complete, skipped, tuple(_findings(pairs, complete, len(skipped), bits.bit_count())))


def _pairs(ground: Ground, bits: int) -> Iterator[Pair]:
    """Each pair once. Bit sets leave only services that share a need, a level and a recipient; the ages are then compared."""
    facets = ground.facets
    for service in ground.services_of(bits):
        later = bits >> (facets.ordinal[service.id] + 1) << (facets.ordinal[service.id] + 1)
        needs = levels = recipients = 0
        for need in service.needs.main if service.needs else ():
            needs |= facets.main[need]
        for level in service.levels:
            levels |= facets.level[level]
        for recipient in service.received_by:
            recipients |= facets.recipient[recipient]
        for other in ground.services_of(later & needs & levels & recipients):
            ages = shared_ages(service, other)
            if ages:
                yield _pair(service, other, ages, ground.directory)


def shared_ages(one: Service, two: Service) -> str:
    """The core ages that two services share, in words; "" when they share none. An unknown youngest age is told, not taken for 0."""
    if one.ages is None or two.ages is None:
        return ""
    lowers = [ages.lower for ages in (one.ages, two.ages) if ages.lower is not None]
    uppers = [ages.upper for ages in (one.ages, two.ages) if ages.upper is not None]
    lower, upper = max(lowers, default=None), min(uppers, default=None)
    if lower is not None and upper is not None and lower > upper:
        return ""
    start = "an unknown youngest age" if lower is None else "before birth" if lower == UNBORN else str(lower)
    if upper is None or upper > OLDEST:
        return f"{start} and over"
    return f"{start} to {upper}"


def _pair(one: Service, two: Service, ages: str, directory: Directory) -> Pair:
    first, second = sorted((one, two), key=lambda service: service.name)
    main = second.needs.main if second.needs else ()
    needs = tuple(need for need in (first.needs.main if first.needs else ()) if need in main)
    levels = tuple(level for level in first.levels if level in second.levels)
    recipients = tuple(who for who in first.received_by if who in second.received_by)
    same = bool(first.provider) and first.provider == second.provider
    words = (
        f"{first.name} and {second.name} both work at {levels_in_words(levels)} for {labels(needs, directory)}, ages {ages}, and are "
        f"received by {joined([RECIPIENT_WORDS[who] for who in recipients], 'or')}{', from the same provider' if same else ''}."
    )
    return Pair(first.id, second.id, first.name, second.name, needs, levels, recipients, ages, same, words)


def _findings(pairs: list[Pair], complete: bool, skipped: int, number: int) -> Iterator[str]:
    if not number:
        yield "No service is recorded for what is selected."
        return
    many = capital(f"{'' if complete else 'at least '}{counted(len(pairs), 'pair')}")
    yield (
        f"{many} of services {are(len(pairs), 'shares', 'share')} recipient, level, age and main need. "
        "Choice is legitimate: the list is for asking, not for cutting."
    )
    if skipped:
        yield f"{capital(counted(skipped))} of {number} cannot be compared, because the recipient, level, age or main need is not recorded."
