"""How wide words are, and how a text is broken into rows.

The widths are those of DejaVu Sans, the widest of the usual system fonts, measured in a browser: with any other font a text takes
less room than was kept for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

NAME_SIZE = 13
NOTE_SIZE = 11.5
LABEL_SIZE = 12
TITLE_SIZE = 13

HARD_SPACE = "\u00a0"

BOLD = 1.14
"""How much wider bold letters are."""

_WIDTHS = {
    "'ijl": 280, "IJ ,.·‘’\u00a0": 320, "/\\|:;f-": 365, "()[]tr!": 412, '"s*_`–“”?': 535,
    "ckz": 580, "xvyLF": 595, "aoeé$£0123456789bdghnpqu{}": 636, "EPTSYKABCRVXZ": 698,
    "UNDHGOQ&": 790, "w#+<=>^~→": 840, "MW@%m": 1000,
}  # fmt: skip
_WIDTH = {letter: width / 1000 for letters, width in _WIDTHS.items() for letter in letters}


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width of a text in pixels; a letter that is not in the table counts as a wide one."""
    return sum(_WIDTH.get(letter, 1.0) for letter in text) * size * (BOLD if bold else 1)


def rows_of(text: str, room: float, size: float, most: int = 0, bold: bool = False) -> tuple[str, ...]:
    """The text in rows no wider than `room`; with `most`, cut after so many rows, which the sign … then shows."""
    rows: list[str] = []
    for word in filter(None, _together(text).split(" ")):
        if rows and width_of(f"{rows[-1]} {word}", size, bold) <= room:
            rows[-1] += f" {word}"
        else:
            rows += _pieces(word, room, size, bold)
    if most and len(rows) > most:
        rows = rows[:most]
        last = rows[-1].rstrip(" ,;:.…")
        while last and width_of(last + "…", size, bold) > room:
            last = last.rpartition(" ")[0].rstrip(" ,;:.") or last[:-1]
        rows[-1] = last + "…"
    return tuple(row.replace(HARD_SPACE, " ") for row in rows)


def _together(text: str) -> str:
    """The text with single spaces, those in short brackets made hard: '(section 47)' stays in one row."""
    text = " ".join(text.split())
    return re.sub(r"\([^()]{1,14}\)", lambda match: match.group().replace(" ", HARD_SPACE), text)


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word, cut with hyphens when it alone is wider than a row."""
    pieces = []
    while width_of(word, size, bold) > room and len(word) > 2:
        cut = len(word) - 1
        while cut > 1 and width_of(word[:cut] + "-", size, bold) > room:
            cut -= 1
        pieces.append(word[:cut] + "-")
        word = word[cut:]
    return [*pieces, word]


def shortened(text: str, most: int = 90) -> str:
    """The gist of a condition: its first sentence, cut at a natural place if it is long. The sign … shows that there is more."""
    whole = " ".join(text.split()).rstrip(".;")
    kept = _first_sentence(whole)
    if len(kept) > most:
        cuts = [match.start() for match in re.finditer(r", | \(| so that | and | or ", kept) if 24 <= match.start() <= most]
        kept = kept[: cuts[-1]] if cuts else kept[: most + 1].rpartition(" ")[0] or kept[:most]
    return kept if kept == whole else kept.rstrip(" ,;:(") + "…"


LEAST_SHARED = 6
"""From how many words a beginning that two conditions share is left out."""

KEPT_SHARED = 3
"""How many of the shared words are kept when more than those are shared."""


def gists(conditions: Iterable[str], most: int) -> dict[str, str]:
    """The gist of each of the conditions that stand side by side, so that no two whose first sentences differ read alike.

    A beginning that it shares with another is left out: 'The assessment finds that the child' tells nobody which way to go.
    """
    different = list(dict.fromkeys(condition for condition in conditions if condition))
    firsts = {condition: _first_sentence(condition) for condition in different}
    gist_of: dict[str, str] = {}
    words = {first: first.split() for first in firsts.values()}
    for first in words:
        shared = [_shared(words[first], words[other]) for other in words if other != first]
        cuts = [count for count in shared if LEAST_SHARED <= count < len(words[first])]
        cut = max(LEAST_SHARED, max(cuts) - KEPT_SHARED) if cuts else 0
        gist = shortened(" ".join(words[first][cut:]), most)
        gist = f"…{gist}" if cut else gist
        gist_of[first] = gist if gist not in gist_of.values() else first
    more = {condition: not condition.rstrip(".;").endswith(first) for condition, first in firsts.items()}
    return {condition: gist_of[first].rstrip("…") + "…" if more[condition] else gist_of[first] for condition, first in firsts.items()}


def _first_sentence(text: str) -> str:
    return re.split(r"[.;] ", " ".join(text.split()).rstrip(".;"), maxsplit=1)[0]


def _shared(one: list[str], two: list[str]) -> int:
    """How many words the two begin with in common."""
    return next((number for number, (first, second) in enumerate(zip(one, two, strict=False)) if first != second), min(len(one), len(two)))
