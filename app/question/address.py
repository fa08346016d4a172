"""A Question as an address of ids and numbers, and an address as a Question with everything that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from app.model import OLDEST, UNBORN, Directory
from app.problems import nearest
from app.question.facts import FACT_WORDS
from app.question.question import CAMHS_TIER, Question, choice_named
from app.settings import MAX_TERMS

MAX_VALUES = 20
"""The most values of one part that an address may hold."""

PARTS = ("need", "process", "gateway", "service", "programme", "fact", "level", "age", "area", "word", "choice", "unused")
"""The parts of an address, in their order."""


@dataclass(frozen=True)
class AddressProblem:
    """One part of an address that cannot be used: which, what stood there (shortened), and what is allowed."""

    part: str
    value: str
    words: str


def to_address(question: Question, path: str = "/ask") -> str:
    """The address of a question: `/ask?need=domestic-abuse&level=3&age=14&area=warwickshire`."""
    pairs = pairs_of(question)
    return f"{path}?{urlencode(pairs)}" if pairs else path


def pairs_of(question: Question) -> list[tuple[str, str]]:
    """What the address of a question holds: each part with each of its values, in the order of the parts."""
    return [(part, value) for part in PARTS for value in _values(question, part)]


def _values(question: Question, part: str) -> Iterable[str]:
    refused = [value for name, value in question.refused if name == part]
    if part == "level":
        return [*map(str, question.levels), *refused]
    if part == "age":
        return [*_age_values(question.ages), *refused]
    if part == "area":
        return [question.area]
    if part == "unused":
        return [str(question.unused)] if question.unused else []
    field = {
        "need": question.needs, "process": question.processes, "gateway": question.gateways, "service": question.services,
        "programme": question.programmes, "fact": question.facts, "word": question.words, "choice": question.choices,
    }
    return field[part]


def _age_values(ages: tuple[int, ...]) -> list[str]:
    values = []
    for _, run in groupby(enumerate(sorted(set(ages))), lambda pair: pair[1] - pair[0]):
        span = [age for _, age in run]
        if len(span) > 2:
            values.append(f"{'unborn' if span[0] == UNBORN else span[0]}-{span[-1]}")
        else:
            values += ["unborn" if age == UNBORN else str(age) for age in span]
    return values


def from_address(
    values: Mapping[str, list[str]], directory: Directory, content_words: Collection[str]
) -> tuple[Question, list[AddressProblem]]:
    """The question an address asks, and a problem for each part that cannot be used; the rest is kept.

    `values` holds every value of each part, as given. Unknown parts are problems too: nothing is ignored in silence.
    """
    return _AddressReader(directory, content_words).read(values)


class _AddressReader:
    def __init__(self, directory: Directory, content_words: Collection[str]) -> None:
        self.directory = directory
        self.content_words = content_words
        self.problems: list[AddressProblem] = []

    def problem(self, part: str, value: str, words: str) -> None:
        shown = re.sub(r"[^\w .,:+&'/-]", "?", value[:40])
        self.problems.append(AddressProblem(part, shown, words))

    def read(self, values: Mapping[str, list[str]]) -> tuple[Question, list[AddressProblem]]:
        for part in values:
            if part not in PARTS:
                self.problem(part, "", f"is not a part of a question; the parts are {', '.join(PARTS)}")
        given = {part: self._few(part, values.get(part, [])) for part in PARTS}
        area = self._area(given["area"])
        question = Question(
            area=area,
            area_given=bool(given["area"]),
            levels=tuple(sorted(set(self._levels(given["level"])))),
            ages=tuple(sorted(set(self._ages(given["age"])))),
            needs=self._known("need", given["need"], self.directory.need_by_id),
            processes=self._known("process", given["process"], self.directory.process_by_id),
            gateways=self._known(
                "gateway", given["gateway"], {gateway.id for gateway in self.directory.gateways if gateway.area == area}
            ),
            services=self._services(given["service"], area),
            programmes=self._known("programme", given["programme"], self.directory.programme_by_id),
            facts=self._facts(given["fact"]),
            words=self._words(given["word"]),
            choices=self._choices(given["choice"]),
            unused=self._unused(given["unused"]),
        )
        return question, self.problems

    def _few(self, part: str, values: list[str]) -> list[str]:
        values = [value.strip() for value in values if value.strip()]
        if len(values) > MAX_VALUES:
            self.problem(part, "", f"has {len(values)} values; at most {MAX_VALUES} are read")
        return list(dict.fromkeys(values[:MAX_VALUES]))

    def _area(self, values: list[str]) -> str:
        if len(values) > 1:
            self.problem("area", values[1], "is a second area; areas are never mixed in one answer")
        if values and values[0] not in self.directory.area_by_id:
            self.problem("area", values[0], f"is not an area here{nearest(values[0], self.directory.area_by_id)}")
            return self.directory.site.default_area
        return values[0] if values else self.directory.site.default_area

    def _levels(self, values: list[str]) -> list[int]:
        allowed = {level.number for scheme in self.directory.schemes for level in scheme.levels} or {1, 2, 3, 4}
        good = []
        for value in values:
            if value.isascii() and value.isdigit() and len(value) < 3 and int(value) in allowed:
                good.append(int(value))
            else:
                self.problem("level", value, f"is not a level; the levels are {', '.join(map(str, sorted(allowed)))}")
        return good

    def _ages(self, values: list[str]) -> list[int]:
        good: list[int] = []
        for value in values:
            match = re.fullmatch(r"(unborn|-1|\d{1,2})(?:-(\d{1,2}))?", value)
            first = UNBORN if match and match.group(1) in ("unborn", "-1") else int(match.group(1)) if match else OLDEST + 1
            last = int(match.group(2)) if match and match.group(2) else first
            if first > OLDEST or last > OLDEST or last < first:
                self.problem("age", value, f"is not an age here; write whole years from 0 to {OLDEST}, 'unborn', or a range such as 5-16")
            else:
                good += range(first, last + 1)
        return good

    def _known(self, part: str, values: list[str], known: Collection[str]) -> tuple[str, ...]:
        good = []
        for value in values:
            if value in known:
                good.append(value)
            else:
                self.problem(part, value, f"is not a {part} known here{_short(nearest(value, known))}")
        return tuple(good)

    def _facts(self, values: list[str]) -> tuple[str, ...]:
        good = self._known("fact", values, FACT_WORDS)
        return tuple(fact for fact in FACT_WORDS if fact in good)

    def _services(self, values: list[str], area: str) -> tuple[str, ...]:
        good = []
        for value in self._known("service", values, self.directory.service_by_id):
            if value.partition("/")[0] == area:
                good.append(value)
            else:
                self.problem("service", value, f"belongs to another area than {area}; areas are never mixed in one answer")
        return tuple(good)

    def _words(self, values: list[str]) -> tuple[str, ...]:
        good = []
        for value in values[:MAX_TERMS]:
            if value.lower() in self.content_words:
                good.append(value.lower())
            else:
                self.problem("word", "", "holds a word that does not occur in the content, so it was not used and is not shown")
        return tuple(good)

    def _choices(self, values: list[str]) -> tuple[str, ...]:
        good = []
        for value in values:
            tier = value.removeprefix(CAMHS_TIER)
            if choice_named(value, self.directory) and (tier == value or re.fullmatch("[1-5]", tier)):
                good.append(value)
            else:
                self.problem("choice", value, "is not an open question known here")
        return tuple(good)

    def _unused(self, values: list[str]) -> int:
        if not values:
            return 0
        if re.fullmatch(r"\d{1,3}", values[0]):
            return int(values[0])
        self.problem("unused", values[0], "must be the number of words that were not used")
        return 0


def _short(hint: str) -> str:
    """A hint without a list of allowed values that would fill the page."""
    return hint if "did you mean" in hint else ""
