"""How numbers, sums, levels, ages and lists are said."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.gaps.bands import ALL_AGES, BAND_BY_ID, BANDS, YEARS, nobody, places, runs
from app.gaps.words import (
    counted,
    inside,
    joined,
    levels_in_words,
    named,
    percent,
    pounds,
    rounded,
    share_in_words,
    short_pounds,
    so_many,
)

SAID = [
    (joined([]), ""),
    (joined(["a"]), "a"),
    (joined(["a", "b"]), "a and b"),
    (joined(["a", "b", "c"], "or"), "a, b or c"),
    (named(["a", "b", "c"]), "a, b and c"),
    (named(["a", "b", "c", "d"]), "a, b, c and 1 more"),
    (inside("Domestic abuse"), "domestic abuse"),
    (inside("FGM"), "FGM"),
    (counted(0), "no services"),
    (counted(1), "1 service"),
    (counted(2, "child", "children"), "2 children"),
    (so_many(0), "No services are"),
    (so_many(1, "need", "has", "have"), "1 need has"),
    (so_many(7, "pair"), "7 pairs are"),
    (levels_in_words([]), "no recorded level"),
    (levels_in_words([3]), "level 3"),
    (levels_in_words([4, 2, 3]), "levels 2 to 4"),
    (levels_in_words([1, 3]), "levels 1 and 3"),
    (levels_in_words([1, 2]), "levels 1 and 2"),
    (pounds(1234567), "£1,234,567"),
    (pounds(Fraction(1, 2)), "£1"),
    (short_pounds(94_000), "£94,000"),
    (short_pounds(12_350_000), "£12.35m"),
    (short_pounds(999_999), "£999,999"),
]


@pytest.mark.parametrize(("found", "expected"), SAID)
def test_said(found: str, expected: str) -> None:
    assert found == expected


@pytest.mark.parametrize(("amount", "whole"), [(Fraction(1, 3), 0), (Fraction(1, 2), 1), (Fraction(3, 2), 2), (7, 7), (Fraction(5, 2), 3)])
def test_half_a_pound_goes_up(amount: Fraction | int, whole: int) -> None:
    assert rounded(amount) == whole


@pytest.mark.parametrize(("part", "whole", "said"), [(1, 3, 33), (2, 3, 67), (0, 5, 0), (5, 0, 0), (5, 5, 100)])
def test_shares_are_whole_percent(part: int, whole: int, said: int) -> None:
    assert percent(part, whole) == said


NOBODY = [
    (ALL_AGES, "nobody"),
    (tuple(range(-1, 16)), "nobody under 16"),
    ((-1,), "no child before birth"),
    (tuple(range(19, 26)), "nobody over 18"),
    ((*range(-1, 5), *range(17, 26)), "nobody under 5 and nobody over 16"),
    ((7,), "nobody of 7"),
    ((7, 8, 9), "nobody of 7 to 9"),
    ((), ""),
]


@pytest.mark.parametrize(("ages", "said"), NOBODY, ids=[said for _, said in NOBODY])
def test_whom_a_gap_leaves_out(ages: tuple[int, ...], said: str) -> None:
    assert nobody(ages) == said


PLACES = [
    ([("unborn", 4), ("0-4", 4)], ["before birth to age 4 at level 4"]),
    ([("unborn", 1)], ["unborn at level 1"]),
    ([(band.id, level) for band in BANDS for level in (2, 3, 4)], ["all ages at levels 2 to 4"]),
    ([("0-4", 1), ("11-15", 1), ("16-17", 1)], ["ages 0 to 4 and ages 11 to 17 at level 1"]),
    ([("0-4", 1), ("5-10", 2)], ["ages 0 to 4 at level 1", "ages 5 to 10 at level 2"]),
    ([], []),
]


@pytest.mark.parametrize(("cells", "said"), PLACES, ids=[str(said) for _, said in PLACES])
def test_cells_are_drawn_together(cells: list[tuple[str, int]], said: list[str]) -> None:
    assert places(cells) == said


def test_bands_and_years_are_the_same_ages_without_a_gap() -> None:
    assert [age for band in BANDS for age in band.ages] == list(ALL_AGES) == [age for year in YEARS for age in year.ages]
    assert runs(ALL_AGES) == [(-1, 25)]
    assert set(BAND_BY_ID) == {band.id for band in (*BANDS, *YEARS)}
    assert BAND_BY_ID["11-15"].label == "Ages 11 to 15"
    assert BAND_BY_ID["14"].label == "Age 14"


@pytest.mark.parametrize(("part", "whole", "words"), [(57, 100, "57%"), (9_000, 21_697_047, "less than 1%"), (0, 10, "0%"), (5, 5, "100%")])
def test_a_small_share_is_not_told_as_nothing(part: int, whole: int, words: str) -> None:
    assert share_in_words(part, whole) == words
