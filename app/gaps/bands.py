"""Ages as a table has them: six bands, or single years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.gaps.words import joined, levels_in_words
from app.model import OLDEST, UNBORN


@dataclass(frozen=True, slots=True)
class Band:
    """One row of ages: completed years, -1 for a child before birth."""

    id: str
    label: str
    ages: tuple[int, ...]


def _band(first: int, last: int) -> Band:
    return Band(f"{first}-{last}", f"Ages {first} to {last}", tuple(range(first, last + 1)))


UNBORN_BAND = Band("unborn", "Unborn", (UNBORN,))

BANDS = (UNBORN_BAND, _band(0, 4), _band(5, 10), _band(11, 15), _band(16, 17), _band(18, OLDEST))
"""From before birth to 25."""

YEARS = (UNBORN_BAND, *(Band(str(age), f"Age {age}", (age,)) for age in range(OLDEST + 1)))
"""The same ages year by year."""

ALL_AGES = tuple(range(UNBORN, OLDEST + 1))

BAND_BY_ID = {band.id: band for band in (*YEARS, *BANDS)}


def runs(ages: tuple[int, ...]) -> list[tuple[int, int]]:
    """Ages as unbroken stretches, first and last included: (0, 1, 2, 7) as [(0, 2), (7, 7)]."""
    found: list[tuple[int, int]] = []
    for age in sorted(ages):
        if found and age == found[-1][1] + 1:
            found[-1] = (found[-1][0], age)
        else:
            found.append((age, age))
    return found


def nobody(ages: tuple[int, ...]) -> str:
    """Whom a gap leaves out: all ages as "nobody", up to 15 as "nobody under 16", from 19 on as "nobody over 18"."""
    parts = []
    for first, last in runs(ages):
        if first == UNBORN and last == OLDEST:
            return "nobody"
        if first == UNBORN:
            parts.append("no child before birth" if last == UNBORN else f"nobody under {last + 1}")
        elif last == OLDEST:
            parts.append(f"nobody over {first - 1}")
        else:
            parts.append(f"nobody of {first}" if first == last else f"nobody of {first} to {last}")
    return " and ".join(parts)


def places(cells: Iterable[tuple[str, int]]) -> list[str]:
    """Cells of the table in words, bands and levels drawn together: "all ages at levels 2 to 4", "ages 0 to 10 at level 1"."""
    of_level: dict[int, list[str]] = {}
    for band, level in cells:
        of_level.setdefault(level, []).append(band)
    of_bands: dict[tuple[str, ...], list[int]] = {}
    for level in sorted(of_level):
        of_bands.setdefault(tuple(band.id for band in BANDS if band.id in of_level[level]), []).append(level)
    return [f"{_ages(bands)} at {levels_in_words(levels)}" for bands, levels in of_bands.items()]


def _ages(bands: tuple[str, ...]) -> str:
    """Bands in words, neighbours as one stretch."""
    if len(bands) == len(BANDS):
        return "all ages"
    parts = []
    for first, last in runs(tuple(age for band in bands for age in BAND_BY_ID[band].ages)):
        if first == UNBORN:
            parts.append("unborn" if last == UNBORN else f"before birth to age {last}")
        else:
            parts.append(f"ages {first} to {last}")
    return joined(parts)
