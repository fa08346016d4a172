"""Whole publications: whatever was asked, another set of questions would have led to the very same figures, for every hidden number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from gaps.made import HERE, directory_of, unhurried
from hypothesis import given
from hypothesis import strategies as st

from app.gaps import BANDS, to_csv
from app.model import Directory
from app.settings import settings
from app.state import OUTCOMES, Asked, Kept, Outcome, add_counts
from app.unmet import RULES, NeedFigures, closed_periods, figures_of, period_of, publish_and_forget, worked_out
from app.unmet.disclosure import FEWEST, division_of, shown, total_of

DIRECTORY = directory_of()
AREA = DIRECTORY.area_by_id[HERE]
WEEK = date(2026, 7, 6)
TODAY = date(2026, 11, 22)
LEVELS = ("", *(str(level.number) for level in DIRECTORY.schemes[0].levels))
AGES = ("", *(band.id for band in BANDS))
NEEDS = ("abuse", "drugs", "")

Counts = dict[Asked, int]


def asked(need: str, outcome: Outcome, level: str = "", band: str = "", second: str = "", week: date = WEEK) -> Asked:
    return Asked(week, HERE, need, second, level, band, outcome)


NUMBERS = st.one_of(st.integers(0, 6), st.sampled_from((0, 0, 4, 5, 9, 30)))
SOME_KIND = st.builds(asked, st.sampled_from(NEEDS), st.sampled_from(OUTCOMES), st.sampled_from(LEVELS), st.sampled_from(AGES))
SOME_COUNTS = st.dictionaries(SOME_KIND, NUMBERS, max_size=24)


def of(counts: Counts, need: str, outcome: Outcome) -> Counts:
    return {key: number for key, number in counts.items() if key.need_1 == need and key.outcome == outcome}


def margin(counts: Counts, part: str, cells: Sequence[str]) -> list[int]:
    return [sum(number for key, number in counts.items() if getattr(key, part) == cell) for cell in cells]


def with_margins(need: str, outcome: Outcome, levels: Sequence[int], bands: Sequence[int]) -> Counts:
    """Questions with these numbers by level and by age."""
    rows, columns, found = list(levels), list(bands), {}
    for row, column in product(range(len(rows)), range(len(columns))):
        number = min(rows[row], columns[column])
        if number:
            found[asked(need, outcome, LEVELS[row], AGES[column])] = number
            rows[row] -= number
            columns[column] -= number
    assert not any(rows + columns)
    return found


def other_lines(counts: Sequence[int], place: int, value: int) -> Iterator[list[int]]:
    """Lines of outcomes that are published as this one is, with another number in one hidden place."""
    hidden = [index for index, number in enumerate(counts) if number < FEWEST]
    for numbers in product(range(FEWEST), repeat=len(hidden)):
        other = list(counts)
        for index, number in zip(hidden, numbers, strict=True):
            other[index] = number
        if other[place] == value and (total_of(other) == total_of(counts) or len(hidden) == len(counts)):
            yield other


def other_divisions(counts: Sequence[int], place: int, value: int) -> Iterator[list[int]]:
    """Divisions of the same whole that are published as this one is, with another number in one hidden place."""
    whole, others = sum(counts), [index for index in range(len(counts)) if index != place]
    visible = dict(enumerate(counts)) if division_of(counts) else {}
    kept = {index: number for index, number in visible.items() if number >= FEWEST}
    for step in (4, 5, whole):
        for first in range(len(others)):
            other = [0] * len(counts)
            other[place], rest = value, whole - value
            for index, number in kept.items():
                other[index], rest = number, rest - number
            for index in (*others[first:], *others[:first]):
                if index not in kept:
                    other[index] = max(0, min(step, rest))
                    rest -= other[index]
            if not kept:
                other[others[first]] += rest
                rest = 0
            if not rest and division_of(other) == division_of(counts):
                yield other


@given(SOME_COUNTS)
@unhurried
def test_no_hidden_number_can_be_worked_out_from_all_that_is_published(counts: Counts) -> None:
    published = worked_out(counts, DIRECTORY, AREA)
    for need in NEEDS:
        by_outcome = [sum(of(counts, need, outcome).values()) for outcome in OUTCOMES]
        for place, outcome in enumerate(OUTCOMES):
            rest = {key: number for key, number in counts.items() if key not in of(counts, need, outcome)}
            if by_outcome[place] < FEWEST:
                for value in range(FEWEST):
                    other = next(other_lines(by_outcome, place, value))
                    hidden = {name: number for name, old, number in zip(OUTCOMES, by_outcome, other, strict=True) if old < FEWEST}
                    same = {key: number for key, number in counts.items() if key.need_1 != need or key.outcome not in hidden}
                    changed = {asked(need, name): number for name, number in hidden.items()}
                    assert worked_out({**same, **changed}, DIRECTORY, AREA) == published
                continue
            levels = margin(of(counts, need, outcome), "level", LEVELS)
            bands = margin(of(counts, need, outcome), "band", AGES)
            for cells, is_level in ((levels, True), (bands, False)):
                told = division_of(cells) or (None,) * len(cells)
                for index in (index for index, number in enumerate(told) if number is None):
                    for value in range(FEWEST):
                        divided = next(other_divisions(cells, index, value))
                        changed = with_margins(need, outcome, divided if is_level else levels, bands if is_level else divided)
                        assert worked_out({**rest, **changed}, DIRECTORY, AREA) == published


@given(SOME_COUNTS)
@unhurried
def test_what_is_published_is_true(counts: Counts) -> None:
    for line in worked_out(counts, DIRECTORY, AREA):
        numbers = {outcome: sum(of(counts, line.need, outcome).values()) for outcome in OUTCOMES}
        assert {outcome: number for outcome, number in numbers.items() if number >= FEWEST} == {
            outcome: number for outcome, number in line.outcomes.items() if number is not None
        }
        assert line.total in (None, sum(numbers.values()))
        for divisions, part, cells in ((line.levels, "level", LEVELS), (line.bands, "band", AGES)):
            for outcome, parts in divisions.items():
                true = margin(of(counts, line.need, outcome), part, cells)
                assert tuple(parts.values()) == shown(true)


def of_need(counts: Counts, need: str, directory: Directory = DIRECTORY) -> NeedFigures | None:
    return next((line for line in worked_out(counts, directory, AREA) if line.need == need), None)


def test_a_question_with_two_needs_stands_in_the_line_of_each() -> None:
    counts = {asked("abuse", "none", second="drugs"): 6, asked("drugs", "none"): 5}
    first, second = of_need(counts, "abuse"), of_need(counts, "drugs")
    assert first
    assert second
    assert (first.outcomes["none"], second.outcomes["none"]) == (6, 11)


def test_a_grave_need_is_never_published_and_a_level_that_is_gone_counts_as_none() -> None:
    vocabulary = DIRECTORY.vocabulary
    grave = tuple(replace_alert(need) for need in vocabulary.needs)
    graver = DIRECTORY.model_copy(update={"vocabulary": vocabulary.model_copy(update={"needs": grave})})
    counts = {asked("abuse", "none", "9"): 9, asked("abuse", "none"): 1}
    line = of_need(counts, "abuse")
    assert line
    assert line.outcomes["none"] == 10
    assert line.levels == {}
    assert of_need(counts, "abuse", graver) is None


def replace_alert(need: object) -> object:
    return need.model_copy(update={"alert": "statutory"}) if need.id == "abuse" else need  # type: ignore[attr-defined]


# kept and published once


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(replace(settings(), state_folder=tmp_path / "state", database_url=""))


PERIOD = period_of(WEEK)


def test_figures_are_published_once_and_stay_whatever_comes_later(kept: Kept) -> None:
    add_counts(kept, {asked("abuse", "none"): 7})
    first = figures_of(kept, DIRECTORY, AREA, PERIOD)
    assert [line.outcomes["none"] for line in first.needs] == [7]
    add_counts(kept, {asked("abuse", "none"): 1, asked("drugs", "none"): 50})
    assert figures_of(kept, DIRECTORY, AREA, PERIOD) == first
    grave = tuple(replace_alert(need) for need in DIRECTORY.vocabulary.needs)
    graver = DIRECTORY.model_copy(update={"vocabulary": DIRECTORY.vocabulary.model_copy(update={"needs": grave})})
    assert figures_of(kept, graver, AREA, PERIOD).needs == ()


def test_each_week_is_in_one_publication_and_each_area_in_its_own(kept: Kept) -> None:
    weeks = [PERIOD.first - timedelta(days=7), *PERIOD.weeks, PERIOD.last + timedelta(days=1)]
    add_counts(kept, {asked("abuse", "none", week=week): 1 for week in weeks})
    add_counts(kept, {replace(asked("abuse", "none"), area="elsewhere"): 40})
    assert [line.outcomes["none"] for line in figures_of(kept, DIRECTORY, AREA, PERIOD).needs] == [13]


def test_what_is_older_than_thirteen_months_is_forgotten_and_what_is_over_is_published_before(kept: Kept) -> None:
    old, young = date(2025, 10, 20), date(2025, 10, 27)
    add_counts(kept, {asked("abuse", "none", week=week): 6 for week in (old, young, WEEK)})
    publish_and_forget(kept, DIRECTORY, TODAY)
    from app.state.tables import PUBLISHED, UNMET

    with kept.reading() as connection:
        assert sorted(connection.execute(UNMET.select()).scalars()) == [young, WEEK]
        assert {row.period for row in connection.execute(PUBLISHED.select())} == {period.id for period in closed_periods(TODAY)}
    publish_and_forget(kept, DIRECTORY, date(2027, 12, 1))
    with kept.reading() as connection:
        assert connection.execute(UNMET.select()).all() == []
        assert {row.period for row in connection.execute(PUBLISHED.select())}.isdisjoint(period.id for period in closed_periods(TODAY))


def test_the_table_says_in_words_what_is_hidden_and_brings_its_rules(kept: Kept) -> None:
    add_counts(kept, {asked("abuse", "specific", "3", "11-15"): 40, asked("abuse", "none", "2", "5-10"): 8, asked("abuse", "parent"): 2})
    figures = figures_of(kept, DIRECTORY, AREA, PERIOD)
    assert to_csv(figures.table(DIRECTORY)).splitlines()[:2] == [
        "Need,Level,Ages,Something specific,Only related help,Only through a parent,Nothing,Asked",
        "Abuse,All,All,40,fewer than 5,fewer than 5,8,not published",
    ]
    data = json.loads(json.dumps(figures.to_json(DIRECTORY)))
    assert data["needs"][0]["outcomes"] == {"specific": 40, "related": None, "parent": None, "none": 8}
    assert data["rules"] == list(RULES)
    assert "Areas must not be ranked" in to_csv(figures.table(DIRECTORY), RULES)
