"""The golden questions: tests/golden/questions.yaml says what the shipped content must answer, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from golden.shipped import PROFILES, answering, directory

from app.matching import Answer, Direction, Result
from app.matching.answer import GroupId
from app.model import UNBORN, AgeClass
from app.question import choices_of, from_address

Row = dict[str, Any]

ROWS: list[Row] = yaml.safe_load((Path(__file__).parent / "golden" / "questions.yaml").read_text(encoding="utf-8"))

GROUPS = ("specific", "related", "fits", "ways_in", "if_another_need", "near_miss", "not_recorded", "found")
PARTS = ("levels", "ages", "needs", "processes", "gateways", "services", "programmes", "words", "choices", "not_used", "dropped")
SERVICE_LISTS = (*(name for name in GROUPS if name != "near_miss"), "alongside", "step_up", "step_down")
OTHER_KEYS = {
    "ask", "area", "because", "asks_area", "address", "alert", "alert_needs_has", "gap", "no_gap", "sentence_has", "notes_has", "shown",
    "reasons", "nowhere", "near_miss_has", "gateways", "gateways_has", "step_up_gateways", "step_down_gateways", "descriptors",
}  # fmt: skip
KEYS = {*OTHER_KEYS, *PARTS, *SERVICE_LISTS, *(f"{name}_has" for name in SERVICE_LISTS)}


@cache
def answer_to(ask: str, area: str | None) -> Answer:
    return answering().ask(ask, area)


def answer_of(row: Row) -> Answer:
    return answer_to(row["ask"], row.get("area"))


def name_of(row: Row) -> str:
    return str(row["ask"]) + (f" ({row['area']})" if "area" in row else "")


@pytest.mark.parametrize("row", ROWS, ids=[name_of(row) for row in ROWS])
def test_answer_says_all_that_the_row_says(row: Row) -> None:
    differences = list(_differences(row, answer_of(row)))
    assert not differences, "\n".join(["", f"Asked: {name_of(row)}", f"Because: {row['because']}", *differences])


def _differences(row: Row, answer: Answer) -> Iterable[str]:
    yield from _understood(row, answer)
    yield from _said(row, answer)
    yield from _grouped(row, answer)
    yield from _beside(row, answer)


def _understood(row: Row, answer: Answer) -> Iterable[str]:
    question = answer.question
    for part in PARTS:
        if part in row and part != "gateways":
            expected = [UNBORN if value == "unborn" else value for value in row[part]]
            yield from _same(part, sorted(expected), sorted(getattr(question, part)))
    if "asks_area" in row:
        yield from _same("area", [row["asks_area"]], [question.area])
    if "address" in row:
        yield from _same("address", [row["address"]], [answer.address])


def _said(row: Row, answer: Answer) -> Iterable[str]:
    if "alert" in row:
        yield from _same("alert", [row["alert"]], [answer.alert.grade if answer.alert else "none"])
    yield from _holds("alert needs", row.get("alert_needs_has", ()), answer.alert.needs if answer.alert else ())
    if "gap" in row:
        yield from _same("gap", [row["gap"]], [answer.gap])
    if row.get("no_gap"):
        yield from _same("gap", [""], [answer.gap])
    for part, text in (("sentence", answer.sentence), ("notes", " ".join(answer.notes))):
        if row.get(f"{part}_has", "") not in text:
            yield f"  {part}: expected to hold {row[f'{part}_has']!r}, but it is {text!r}"


def _grouped(row: Row, answer: Answer) -> Iterable[str]:
    groups = {group.id.replace("-", "_"): group.results for group in answer.groups}
    area = answer.question.area
    for name in GROUPS:
        yield from _listed(row, name, groups.get(name, ()), area)
    everywhere = [result for results in groups.values() for result in results]
    yield from _holds("in any group", row.get("shown", ()), _written(everywhere, area))
    by_slug = {_short(result, area): result for result in everywhere}
    for line in row.get("near_miss_has", ()):
        slug, _, words = line.partition(": ")
        misses = {_short(result, area): result.differs for result in groups.get("near_miss", ())}
        if words.lower() not in misses.get(slug, "").lower() or slug not in misses:
            yield f"  near_miss: expected {line!r}, but it is {misses.get(slug) or list(misses)!r}"
    for line in row.get("reasons", ()):
        slug, _, words = line.partition(": ")
        if slug not in by_slug or words not in by_slug[slug].reason:
            yield f"  reason: expected {line!r}, but it is {by_slug[slug].reason if slug in by_slug else 'not in the answer'!r}"
    found = {result.service.id for result in all_results(answer)}
    for slug in row.get("nowhere", ()):
        if _full(slug, area) in found:
            yield f"  nowhere: {slug} is in the answer"


def _listed(row: Row, name: str, results: Iterable[Result], area: str) -> Iterable[str]:
    written = _written(results, area)
    if name in row:
        yield from _same(name, row[name], written)
    if name != "near_miss":
        yield from _holds(name, row.get(f"{name}_has", ()), written)


def _beside(row: Row, answer: Answer) -> Iterable[str]:
    area = answer.question.area
    gateways = [line.gateway.id for line in answer.gateways]
    if "gateways" in row:
        yield from _same("gateways", row["gateways"], gateways)
    yield from _holds("gateways", row.get("gateways_has", ()), gateways)
    yield from _listed(row, "alongside", answer.alongside, area)
    directions: tuple[tuple[str, Direction | None], ...] = (("step_up", answer.step_up), ("step_down", answer.step_down))
    for name, direction in directions:
        yield from _listed(row, name, direction.results if direction else (), area)
        if f"{name}_gateways" in row:
            doors = [line.gateway.id for line in direction.gateways] if direction else []
            yield from _same(f"{name}_gateways", row[f"{name}_gateways"], doors)
    yield from _holds("descriptors", row.get("descriptors", ()), [f"{item.level}: {item.text}" for item in answer.descriptors])


def _same(what: str, expected: Iterable[Any], actual: Iterable[Any]) -> Iterable[str]:
    expected, actual = list(expected), list(actual)
    if expected != actual:
        yield f"  {what}:"
        yield from (f"    expected, not there: {item}" for item in expected if item not in actual)
        yield from (f"    there, not expected: {item}" for item in actual if item not in expected)
        if sorted(map(str, expected)) == sorted(map(str, actual)):
            yield f"    in another order: {', '.join(map(str, actual))}"


def _holds(what: str, expected: Iterable[Any], actual: Iterable[Any]) -> Iterable[str]:
    actual = list(actual)
    missing = [item for item in expected if item not in actual]
    if missing:
        yield f"  {what}: expected, not there: {', '.join(map(str, missing))}"
        yield f"    there is: {', '.join(map(str, actual)) or 'nothing'}"


def _short(result: Result, area: str) -> str:
    service = result.service
    return service.slug if service.area == area else service.id


def _full(slug: str, area: str) -> str:
    return slug if "/" in slug else f"{area}/{slug}"


def _written(results: Iterable[Result], area: str) -> list[str]:
    return [f"{_short(result, area)} ({result.age_class})" for result in results]


def all_results(answer: Answer) -> list[Result]:
    """Every service anywhere in an answer."""
    results = [result for group in answer.groups for result in group.results]
    results += answer.alongside
    for direction in (answer.step_up, answer.step_down):
        results += direction.results if direction else ()
    return results


# What holds for every question


@pytest.mark.parametrize("row", ROWS, ids=[name_of(row) for row in ROWS])
def test_answer_keeps_the_rules(row: Row) -> None:
    answer = answer_of(row)
    area = answer.question.area
    assert {result.service.area for result in all_results(answer)} <= {area}, "areas are never mixed"
    ids = [group.id for group in answer.groups]
    order = [name for name in get_args(GroupId) if name in ids]
    assert ids == order, "groups stand in their published order"
    for group in answer.groups:
        slugs = [result.service.id for result in group.results]
        assert len(slugs) == len(set(slugs)), f"nobody stands twice in {group.id}"
        assert group.results or group.items, f"{group.id} is not empty"
        for result in group.results:
            assert re.fullmatch(r"[A-Z].*\.", result.reason), result.reason
            assert bool(result.differs) == (group.id == "near-miss"), result.differs
            if group.id not in ("near-miss", "found"):
                assert result.service.is_running, f"{result.service.id} is not running and stands in {group.id}"


@pytest.mark.parametrize("row", ROWS, ids=[name_of(row) for row in ROWS])
def test_address_brings_back_the_same_answer(row: Row) -> None:
    answer = answer_of(row)
    values = parse_qs(urlsplit(answer.address).query, keep_blank_values=True)
    question, problems = answering().question_at(values)
    refused = {part for part, _ in answer.question.refused}
    assert {problem.part for problem in problems} == refused
    again = answering().matcher.answer(question)
    assert again.address == answer.address or refused
    assert [(g.id, [r.service.id for r in g.results]) for g in again.groups] == [
        (g.id, [r.service.id for r in g.results]) for g in answer.groups
    ]


# What the table as a whole must hold


def test_table_is_well_written() -> None:
    known = {service.id for service in directory().services}
    for row in ROWS:
        assert row.get("because"), f"{name_of(row)}: no because"
        assert set(row) <= KEYS, f"{name_of(row)}: unknown keys {set(row) - KEYS}"
        assert len(row) > 2, f"{name_of(row)}: expects nothing"
        area = answer_of(row).question.area
        for slug in _slugs(row, lambda key: key not in OTHER_KEYS or key in ("shown", "nowhere", "near_miss_has", "reasons")):
            assert _full(slug, area) in known, f"{name_of(row)}: no service '{slug}'"
    names = [name_of(row) for row in ROWS]
    assert len(names) == len(set(names)) >= 70


def test_table_expects_every_profile_and_expects_each_to_be_left_out() -> None:
    expected, left_out = set(), set()
    for row in ROWS:
        area = answer_of(row).question.area
        expected |= {_full(slug, area) for slug in _slugs(row, lambda key: key != "nowhere")}
        left_out |= {_full(slug, area) for slug in row.get("nowhere", ())}
    assert set(PROFILES) - expected == set()
    assert set(PROFILES) - left_out == set()


def test_table_expects_every_group_and_every_age_class() -> None:
    keys = {key.removesuffix("_has").replace("_", "-") for row in ROWS for key in row}
    assert set(get_args(GroupId)) <= keys
    written = " ".join(str(value) for row in ROWS for key, value in row.items() if key not in ("because", "reasons"))
    classes = set(get_args(AgeClass))
    # "near" shows as a near miss, which says in words how far off it is.
    assert {name for name in classes if f"({name})" in written} | {"near"} == classes
    assert "Starts at" in written
    assert "Ends at" in written


def test_table_covers_every_area_level_and_many_ages() -> None:
    questions = [answer_of(row).question for row in ROWS]
    assert {question.area for question in questions} == {area.id for area in directory().site.areas}
    assert {level for question in questions for level in question.levels} == {1, 2, 3, 4}
    assert {age for question in questions for age in question.ages} >= {UNBORN, 0, 3, 9, 13, 14, 16, 17, 18, 20, 24}
    opened = {choice for question in questions for choice in question.choices}
    assert {"hit", "cutting", "missing", "cp", "ld", "ace"} <= opened
    assert all(choices_of(question, directory()) for question in questions if question.choices)


def test_an_unknown_part_of_an_address_is_told() -> None:
    question, problems = from_address({"level": ["3"], "lvl": ["3"]}, directory(), ())
    assert question.levels == (3,)
    assert [problem.part for problem in problems] == ["lvl"]


def _slugs(row: Row, wanted: Callable[[str], bool]) -> Iterable[str]:
    """The services that a row names under the keys that are wanted."""
    for key, value in row.items():
        if key.removesuffix("_has") in {*SERVICE_LISTS, "near_miss", "shown", "reasons", "nowhere"} and wanted(key):
            for line in cast(list[str], value):
                yield re.split(r": | \(", line)[0]
