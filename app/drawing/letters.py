"""How wide words are, and how a text is broken into rows.

The widths are those of DejaVu Sans, the widest of the usual system fonts, measured in a browser: with any other font a text takes
less room than was kept for it.
"""

from __future__ import annotations

from functools import lru_cache

NAME_SIZE = 13
NOTE_SIZE = 11.5
LABEL_SIZE = 12
TITLE_SIZE = 13

BOLD = 1.14
"""How much wider bold letters are."""

_WIDTHS = {
    "'ijl": 280, "IJ ,.·‘’": 320, "/\\|:;f-": 365, "()[]tr!": 412, '"s*_`–“”?': 535,
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
    for word in text.split():
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
    return tuple(rows)


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
    first = text.strip()
    for stop in (". ", "; "):
        first = first.partition(stop)[0]
    kept = first.rstrip(".;")
    if len(kept) > most:
        cuts = [kept.find(sign, 30) for sign in (", ", " (", " so that ", " and the ", " or is ")]
        good = [cut for cut in cuts if 0 < cut <= most]
        kept = kept[: max(good)] if good else kept[: most + 1].rpartition(" ")[0] or kept[:most]
        return kept.rstrip(" ,;:(") + "…"
    return kept if len(kept) >= len(text.strip().rstrip(".")) else kept + "…"
