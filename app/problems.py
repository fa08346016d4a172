"""A problem is a value: where it is, what is wrong, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

LONGEST_SHOWN = 60
"""Characters of a wrong value that a message repeats; more would hide what the message says."""

LONGEST_NAME = 120
"""The longest name of the content that is told whole, so that it can be copied."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in the content, or a finding that its owner should know of.

    `line` and `column` count from 1; they are 1 when the problem is about a whole file. An error stops a
    build, a finding does not.
    """

    path: str
    line: int
    column: int
    field: str
    words: str
    severity: Literal["error", "finding"] = "error"

    def __str__(self) -> str:
        field = f"{self.field}: " if self.field else ""
        mark = "" if self.severity == "error" else "(finding) "
        return printable(f"{self.path}:{self.line}:{self.column}: {mark}{field}{self.words}")


def printable(text: str) -> str:
    """A text with codes in place of the signs that cannot be seen: they could command a terminal, or turn the words around them about."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def shown(value: object) -> str:
    """A wrong value as a message repeats it: in quotes, on one line, short, and in characters that can be printed."""
    text = printable(" ".join(str(value)[: LONGEST_SHOWN * 20].split()))
    return f"'{short(text)}'"


def short(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A text as a message repeats it: no longer than so many characters."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def nearest_name(word: str, allowed: Iterable[str]) -> str:
    """The allowed word that a wrong one is a misspelling of, or ""."""
    known = sorted({name for name in allowed if name})
    return next(iter(get_close_matches(word[:LONGEST_SHOWN].lower(), known, n=1, cutoff=0.7)), "")


def nearest(word: str, allowed: Iterable[str], most: int = 40) -> str:
    """A half-sentence that names the nearest allowed word, or lists what is allowed when that is not more than `most`.

    Returns text such as "; did you mean 'domestic-abuse'?" or "; allowed: child, family", or "".
    """
    known = sorted({name for name in allowed if name})
    close = nearest_name(word, known)
    if close:
        return f"; did you mean '{short(close, LONGEST_NAME)}'?"
    if 0 < len(known) <= most:
        return f"; allowed: {', '.join(short(name, LONGEST_NAME) for name in known)}"
    return ""


class ContentError(Exception):
    """The content cannot be used; carries every problem found, so that all can be mended at once."""

    def __init__(self, problems: list[Problem]) -> None:
        errors = [problem for problem in problems if problem.severity == "error"]
        super().__init__(f"{len(errors)} problem{'s' if len(errors) != 1 else ''} in the content")
        self.problems = problems
