"""What a table of ages by levels shows, said in sentences before the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.gaps.bands import ALL_AGES, Band, nobody, places
from app.gaps.cells import Cell
from app.gaps.ground import Ground
from app.gaps.query import IN_USE, Query
from app.gaps.ways import Chosen
from app.gaps.words import are, capital, counted, joined, labels, levels_in_words, so_many
from app.model import OLDEST
from app.model.fit import OWN_RIGHT_FROM


@dataclass(frozen=True)
class Seen:
    """A table that has been counted: all that the sentences about it are made from."""

    ground: Ground
    query: Query
    area: str
    bands: Sequence[Band]
    levels: Sequence[int]
    cells: Sequence[Cell]
    total: Cell
    spread: Sequence[tuple[int, int]]

    @property
    def with_filter(self) -> str:
        """What was selected, at the start of a sentence: "With domestic abuse selected, "; "" when nothing was."""
        parts = [labels(self.query.needs, self.ground.directory, "or")] if self.query.needs else []
        parts += [f"services received by {self.query.recipients_in_words}"] if self.query.received_by else []
        parts += [f"services paid for by {self.ground.payers.get(self.query.funder, self.query.funder)}"] if self.query.funder else []
        return f"With {joined(parts)} selected, " if parts else ""


def coverage_findings(seen: Seen) -> tuple[str, ...]:
    """The sentences, the gravest first."""
    ground, query = seen.ground, seen.query
    chosen = ground.chosen(query)
    found = [*_not_served(seen, chosen), *_otherwise(seen, chosen)]
    if not query.needs:
        found += [*_thinnest(seen), *_spans(seen)]
    else:
        found += _single(seen)
    found += _unknown(seen)
    return tuple(found)


def _not_served(seen: Seen, chosen: Chosen) -> Iterator[str]:
    """Ages that nobody works with directly: at any level, and at single levels where that is more."""
    ground, facets = seen.ground, seen.ground.facets
    anywhere = 0
    for level in seen.levels:
        anywhere |= facets.level.get(level, 0)
    served = {age: chosen.sure & ground.ways((age,), seen.query.as_from_0).direct for age in ALL_AGES}
    missing = tuple(age for age, bits in served.items() if not bits & anywhere)
    perhaps = _perhaps(seen, chosen, missing)
    where = perhaps or " at any level"
    if missing:
        yield f"{capital(seen.with_filter + nobody(missing))} is {'recorded as ' if perhaps else ''}served directly{where}."
    else:
        yield f"{capital(seen.with_filter + 'at least one service')} works directly with every age from before birth to 25."
    levels: dict[tuple[int, ...], list[int]] = {}
    for level in seen.levels:
        members = facets.level.get(level, 0)
        less = tuple(age for age, bits in served.items() if not bits & members)
        if less != missing:
            levels.setdefault(less, []).append(level)
    for ages, numbers in levels.items():
        recorded = "recorded as " if _perhaps(seen, chosen, ages) else ""
        yield f"At {levels_in_words(numbers)}, {nobody(ages)} is {recorded}served directly."


def _perhaps(seen: Seen, chosen: Chosen, ages: tuple[int, ...]) -> str:
    """The end of the sentence when some service might serve these ages and the source does not say."""
    might, without_level = 0, chosen.sure & seen.ground.facets.level_not_recorded
    for age in ages:
        ways = seen.ground.ways((age,), seen.query.as_from_0)
        might |= (chosen.sure | chosen.unsure) & ways.not_recorded | (without_level | chosen.unsure) & ways.direct
    number = might.bit_count()
    if not number:
        return ""
    return f" at any level; {counted(number)} might do so, and the source does not say ({seen.ground.named(might)})"


def _otherwise(seen: Seen, chosen: Chosen) -> Iterator[str]:
    """Who is reached in other ways than directly, and who also helps."""
    total = seen.total
    only_through = total.ways.through_parent & ~total.ways.direct | total.ways.own_right
    if only_through:
        names = seen.ground.named(only_through)
        yield f"{so_many(only_through.bit_count(), 'service', 'reaches', 'reach')} children through a parent or carer: {names}."
    if total.ways.own_right:
        own, seen_before, youngest = total.ways.own_right, 0, []
        for age in range(OWN_RIGHT_FROM, OLDEST + 1):
            now = seen.ground.ways((age,), seen.query.as_from_0).own_right & own
            youngest += [str(age)] if now & ~seen_before else []
            seen_before |= now
        which = counted(own.bit_count(), "service for adults", "services for adults")
        yield f"From {joined(youngest, 'or')} a young person may use {which} in their own right: {seen.ground.named(own)}."
    if seen.query.needs:
        need = labels(seen.query.needs, seen.ground.directory, "or")
        if not chosen.sure:
            yield f"No service {_of(seen)} has {need} as its main purpose."
        if chosen.also:
            number, names = chosen.also.bit_count(), seen.ground.named(chosen.also)
            yield f"{capital(counted(number))} also {are(number, 'helps', 'help')} with {need} beside another main purpose: {names}."
        if chosen.wider:
            verb, names = are(chosen.wider.bit_count(), "is", "are"), seen.ground.named(chosen.wider)
            yield f"{capital(counted(chosen.wider.bit_count()))} {verb} for the wider need of which it is a kind: {names}."


def _of(seen: Seen) -> str:
    """Among which services something was looked for, behind the word "service"."""
    query = seen.query
    status = f"recorded as in use in {seen.area}" if query.status == IN_USE else f"of this status in {seen.area}"
    who = f", and received by {query.recipients_in_words}," if query.received_by else ""
    payer = f", and paid for by {seen.ground.payers.get(query.funder, query.funder)}," if query.funder else ""
    return f"{status}{who}{payer}".replace(",,", ",")


def _thinnest(seen: Seen) -> Iterator[str]:
    """Without a need hardly a cell is empty, which is the trap of this table: say so."""
    empty = [(cell.band, cell.level) for cell in seen.cells if not cell.direct]
    if not empty:
        yield "Without a need selected no cell is empty: at least one service works directly with every age at every level."
    else:
        where = "" if seen.query.years else f": {joined(places(empty))}"
        yield f"{so_many(len(empty), 'cell', 'has', 'have')} no recorded service that works directly{where}."
    most = {band: max(cell.direct for cell in seen.cells if cell.band == band.id) for band in seen.bands}
    thin = min(most.values())
    if 0 < thin < max(most.values()):
        rows = [f"{band.label[0].lower()}{band.label[1:]}" for band in seen.bands if most[band] == thin]
        verb = "row is" if len(rows) == 1 else "rows are"
        yield f"The thinnest {verb} {joined(rows)}, with at most {thin} direct at any level. Select a need to see what the other rows hide."


def _spans(seen: Seen) -> Iterator[str]:
    services = sum(number for _, number in seen.spread)
    memberships = sum(levels * number for levels, number in seen.spread)
    if memberships > services:
        one = dict(seen.spread).get(1, 0)
        yield (
            f"{capital(counted(services))} with a recorded level {are(services)} counted {memberships} times over the levels, "
            f"because {f'only {one}' if one else 'none'} {are(one or 1, 'works', 'work')} at a single level."
        )


def _single(seen: Seen) -> Iterator[str]:
    """Cells that rest on one service in every way taken together."""
    single = [cell for cell in seen.cells if cell.distinct == 1]
    if single:
        which = 0
        for cell in single:
            which |= cell.ways.reaching
        names = seen.ground.named(which)
        number = counted(len(single), "cell")
        yield f"{capital(number)} of this table {are(len(single), 'rests', 'rest')} on one service alone: {names}."


def _unknown(seen: Seen) -> Iterator[str]:
    unknown = seen.total.ways.not_recorded
    if unknown:
        yield (
            f"{capital(counted(unknown.bit_count()))} may belong to cells of this table in which the source does not place "
            f"{are(unknown.bit_count(), 'it', 'them')}: {seen.ground.named(unknown)}."
        )
