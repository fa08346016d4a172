"""Compare and note: what somebody has seen, counted and set beside the levels. It counts; it never concludes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.gaps.words import capital, counted, joined
from app.levels.ladder import alert_for, services_json
from app.levels.local import LocalScheme
from app.matching.answer import Alert, descriptor_json
from app.model import Descriptor, Domain, Gateway, Level, Scheme, Service

SEVERAL = "Several lower signs can add up."

REMINDER = "The examples support a judgement and a conversation. They do not decide a level."


@dataclass(frozen=True)
class Choice:
    """What is to be compared: themes, headings, and the descriptors that were ticked, in the order of the scheme."""

    needs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    ticked: tuple[Descriptor, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been chosen yet."""
        return not (self.needs or self.headings or self.ticked)

    @cached_property
    def ticked_ids(self) -> frozenset[str]:
        """The ids of what was ticked: a page asks for each of its boxes."""
        return frozenset(one.id for one in self.ticked)


@dataclass(frozen=True)
class Column:
    """The descriptors of one level that are to be looked at."""

    level: Level
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True)
class Board:
    """What is shown for a choice: a column a level, and apart from them the strengths to look for."""

    columns: tuple[Column, ...]
    strengths: tuple[tuple[Domain, tuple[Descriptor, ...]], ...]


@dataclass(frozen=True)
class Help:
    """A service that answers what was ticked at that level, and which of it."""

    service: Service
    answers: tuple[Descriptor, ...]
    is_main: bool


@dataclass(frozen=True)
class Picked:
    """What was ticked at one level, the usual ways in there, what helps, and for what nothing is recorded."""

    level: Level
    descriptors: tuple[Descriptor, ...]
    gateways: tuple[Gateway, ...]
    help: tuple[Help, ...]
    unanswered: tuple[Descriptor, ...]

    def to_json(self) -> dict[str, Any]:
        """The level for other programs."""
        return {
            "level": self.level.number,
            "descriptors": [descriptor_json(one) for one in self.descriptors],
            "gateways": [{"id": gateway.id, "name": gateway.name} for gateway in self.gateways],
            "services": services_json(
                [each.service for each in self.help if each.is_main], [each.service for each in self.help if not each.is_main]
            ),
            "no_service_recorded": [one.id for one in self.unanswered],
        }


@dataclass(frozen=True)
class Note:
    """What was ticked, gravest level first, and what follows from the area's own rules. No score, and no level for the child."""

    scheme: Scheme
    sentences: tuple[str, ...]
    picked: tuple[Picked, ...]
    strengths: tuple[Descriptor, ...]
    alert: Alert | None

    @property
    def sentence(self) -> str:
        """The counts, and what the scheme says follows from them."""
        return " ".join(self.sentences)

    def to_json(self) -> dict[str, Any]:
        """The note for other programs."""
        return {
            "scheme": self.scheme.id,
            "sentence": self.sentence,
            "reminder": REMINDER,
            "alert": self.alert.to_json() if self.alert else None,
            "levels": [each.to_json() for each in self.picked],
            "strengths": [descriptor_json(one) for one in self.strengths],
        }


def board(local: LocalScheme, choice: Choice) -> Board:
    """The columns for a choice. What was ticked is always there, also when its theme is no longer chosen."""
    spoken = {one.id for need in choice.needs for one in local.of_need.get(need, ())}
    offered = [one for one in local.descriptors if one.id in spoken or one.heading in choice.headings or one.id in choice.ticked_ids]
    lowest = local.lowest.number
    columns = tuple(Column(level, tuple(one for one in offered if one.level == level.number)) for level in local.levels[1:])
    near = {(one.domain, one.heading) for one in offered}
    well = [one for one in local.of_level[lowest] if (one.domain, one.heading) in near or one.id in choice.ticked_ids]
    strengths = [(domain, tuple(one for one in well if one.domain == domain.id)) for domain in local.scheme.domains]
    return Board(columns, tuple((domain, ones) for domain, ones in strengths if ones))


def note(local: LocalScheme, ticked: Sequence[Descriptor]) -> Note:
    """The note on what was ticked; descriptors of the lowest level are strengths."""
    strengths = tuple(one for one in ticked if one.level == local.lowest.number)
    signs = [one for one in ticked if one.level != local.lowest.number]
    levels = [level for level in local.levels if any(one.level == level.number for one in signs)]
    picked = tuple(_picked(local, level, [one for one in signs if one.level == level.number]) for level in reversed(levels))
    needs = dict.fromkeys(need for one in signs for need in one.needs)
    return Note(local.scheme, _sentences(local, levels, signs, strengths), picked, strengths, alert_for(needs, local) if needs else None)


def _sentences(
    local: LocalScheme, levels: Sequence[Level], signs: Sequence[Descriptor], strengths: Sequence[Descriptor]
) -> tuple[str, ...]:
    """The counts in a sentence, then what one grave sign and several lower ones are reason for."""
    if not signs and not strengths:
        return ()
    parts = [f"{sum(one.level == level.number for one in signs)} at level {level.number}" for level in levels]
    said = [f"You picked {joined(parts)}" if parts else ""]
    if strengths:
        said.append(f"{'and ' if parts else 'You picked '}{counted(len(strengths), 'strength')}")
    found = [", ".join(filter(None, said)) + "."]
    reasons = [(level, one_sign(local, level)) for level in reversed(levels)]
    found += [words for _, words in reasons if words]
    if any(not words for _, words in reasons):
        found.append(SEVERAL)
    return tuple(found)


def one_sign(local: LocalScheme, level: Level) -> str:
    """What one sign of a level is reason enough for: the scheme's own words, else for the highest level ours; "" for the others."""
    if level.one_sign:
        return level.one_sign
    if level == local.highest:
        return f"One level {level.number} sign is a reason to consult the front door today."
    return ""


def _picked(local: LocalScheme, level: Level, descriptors: Sequence[Descriptor]) -> Picked:
    main, also = 0, 0
    unanswered = []
    for one in descriptors:
        answering, helping = local.answering(one), local.also_helping(one)
        main, also = main | answering, also | helping
        if not answering and one.needs and not one.not_a_service_matter:
            unanswered.append(one)
    rows = [(service, True) for service in local.services(main)] + [(service, False) for service in local.services(also & ~main)]
    found = []
    for service, is_main in rows:
        bit = 1 << local.ground.facets.ordinal[service.id]
        answers = tuple(one for one in descriptors if bit & (local.answering(one) if is_main else local.also_helping(one)))
        found.append(Help(service, answers, is_main))
    return Picked(level, tuple(descriptors), local.doors(level.number), tuple(found), tuple(unanswered))


def in_order(local: LocalScheme, ids: Iterable[str]) -> tuple[Descriptor, ...]:
    """The descriptors with these ids, each once, in the order of the scheme; ids that are none are left out."""
    wanted = set(ids)
    return tuple(one for one in local.descriptors if one.id in wanted)


def note_as_text(note: Note) -> str:
    """The note as plain lines."""
    lines = [note.sentence, REMINDER]
    for each in note.picked:
        lines.append(f"Level {each.level.number}:")
        lines += [f"  - {one.text} ({one.heading})" for one in each.descriptors]
        lines.append(f"  ways in: {joined([gateway.name for gateway in each.gateways]) or 'not recorded'}")
        lines += [f"  {'main purpose' if row.is_main else 'also helps'}: {row.service.name}" for row in each.help]
        lines += [f"  no service recorded at this level: {one.text}" for one in each.unanswered]
    if note.strengths:
        lines += ["Strengths:", *(f"  - {one.text} ({one.heading})" for one in note.strengths)]
    return capital("\n".join(lines)) + "\n"
