"""The pieces of a question: what was understood, each with the address that leaves it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from app.model import UNBORN, Directory, age_in_words
from app.question import FACT_WORDS, Choice, Option, Question, choices_of, pairs_of, to_address

FIRST_PAGE = "/"


@dataclass(frozen=True)
class Piece:
    """One thing that was understood: its kind, its words, and the address of the question without it.

    What can be changed in place has a `part` and a `value` of an address; `others` is the rest of the question, which a form carries on.
    """

    kind: str
    words: str
    without: str
    part: str = ""
    value: str = ""
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Addition:
    """A part of a question that can be added: its part, its words, and what the form carries on."""

    part: str
    words: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Decision:
    """One way of settling an open choice."""

    label: str
    address: str


def pieces_of(question: Question, directory: Directory) -> list[Piece]:
    """Every piece of a question, in the order in which people say them."""
    return list(_pieces(question, directory))


def _pieces(question: Question, directory: Directory) -> Iterator[Piece]:
    for level in question.levels:
        rest = rest_of(question, "levels", [level])
        yield Piece("Level", f"Level {level}", _without(question, "levels", [level]), "level", str(level), rest)
    for span in _spans(question.ages):
        value = "" if len(span) > 1 else "unborn" if span[0] == UNBORN else str(span[0])
        yield Piece("Age", _age_words(span), _without(question, "ages", span), "age", value, rest_of(question, "ages", span))
    for name in question.needs:
        words, rest = directory.need_by_id[name].label, rest_of(question, "needs", [name])
        yield Piece("Need", words, _without(question, "needs", [name]), "need", name, rest)
    for name in question.processes:
        yield Piece("Stage", directory.process_by_id[name].label, _without(question, "processes", [name]))
    for name in question.gateways:
        yield Piece("Gateway", directory.gateway_by_key[question.area, name].name, _without(question, "gateways", [name]))
    for name in question.services:
        yield Piece("Service", directory.service_by_id[name].name, _without(question, "services", [name]))
    for name in question.programmes:
        yield Piece("Programme", directory.programme_by_id[name].name, _without(question, "programmes", [name]))
    for name in question.facts:
        yield Piece("Fact", FACT_WORDS[name], _without(question, "facts", [name]))
    for word in question.words:
        yield Piece("Word", f"‘{word}’", _without(question, "words", [word]))
    for choice in choices_of(question, directory):
        yield Piece("Open", f"‘{choice.word}’, not yet settled", _without(question, "choices", [choice.key]))


def _spans(ages: Sequence[int]) -> list[list[int]]:
    """Three or more ages in a row are one piece, fewer are one each."""
    spans: list[list[int]] = []
    for _, run in groupby(enumerate(sorted(set(ages))), lambda pair: pair[1] - pair[0]):
        span = [age for _, age in run]
        spans += [span] if len(span) > 2 else [[age] for age in span]
    return spans


def _age_words(span: list[int]) -> str:
    if len(span) > 1:
        return f"Ages {'unborn' if span[0] == UNBORN else span[0]} to {span[-1]}"
    return "Unborn" if span[0] == UNBORN else f"Age {age_in_words(span[0])}"


def additions_to(question: Question) -> list[Addition]:
    """The parts that a question lacks, and one need more; what a form carries on is the whole question."""
    everything = rest_of(question, "", ())
    words = [("level", "a level")] if not question.levels else []
    words += [("age", "an age")] if not question.ages else []
    words += [("need", "another need" if question.needs else "a need")]
    return [Addition(part, each, everything) for part, each in words]


def elsewhere(question: Question) -> tuple[tuple[str, str], ...]:
    """What a form that changes the area carries on: all but the area and what belongs to it only."""
    return tuple(pair for pair in rest_of(replace(question, services=(), gateways=()), "", ()) if pair[0] != "area")


def rest_of(question: Question, field: str, values: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """The question as (part, value) without some of its values, for the hidden fields of a form."""
    return tuple(pairs_of(_less(question, field, values)))


def _less(question: Question, field: str, values: Sequence[Any]) -> Question:
    kept = {field: tuple(value for value in getattr(question, field) if value not in values)} if field else {}
    changed: dict[str, Any] = {**kept, "unused": 0, "not_used": ()}
    return replace(question, **changed)


def _without(question: Question, field: str, values: Sequence[Any]) -> str:
    return address_of(_less(question, field, values))


def address_of(question: Question) -> str:
    """The address of a question; the first page when nothing is left to ask. What was not used is not carried on."""
    question = replace(question, unused=0, not_used=())
    return FIRST_PAGE if question.is_empty else to_address(question)


def in_area(question: Question, area: str) -> str:
    """The same question asked of another area; what belongs to this area only is left out."""
    return address_of(replace(question, area=area, area_given=True, services=(), gateways=()))


def with_need(question: Question, need: str) -> str:
    """The same question with one need more."""
    return address_of(replace(question, needs=(*question.needs, need)))


def decisions(question: Question, choice: Choice) -> list[Decision]:
    """The ways of settling an open choice."""
    return [Decision(option.label, _settled(question, choice, option)) for option in choice.options]


def _settled(question: Question, choice: Choice, option: Option) -> str:
    settled = replace(question, choices=tuple(key for key in question.choices if key != choice.key))
    if option.part == "need":
        settled = replace(settled, needs=_with(settled.needs, option.value))
    elif option.part == "process":
        settled = replace(settled, processes=_with(settled.processes, option.value))
    elif option.part == "service":
        settled = replace(settled, services=_with(settled.services, option.value))
    elif option.part == "level":
        settled = replace(settled, levels=tuple(sorted({*settled.levels, int(option.value)})))
    return address_of(settled)


def _with(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*values, value]))
