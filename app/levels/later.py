"""Terms that have changed since a text was written: the map from old to new is content, and stands beside the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.model import Directory


@dataclass(frozen=True)
class LaterName:
    """A term as the text has it, and what it is called later."""

    term: str
    later: str


def later_names(directory: Directory, area: str, texts: Iterable[str | None]) -> tuple[LaterName, ...]:
    """The terms of the glossary that these texts use and that have another name now, by the alphabet; no two that say the same."""
    text = "\n".join(filter(None, texts))
    found: dict[str, LaterName] = {}
    for term in directory.glossary:
        if not term.now or (term.areas and area not in term.areas):
            continue
        names = [name for name in (*re.split(r", ", term.term), term.stands_for) if name]
        if any(_stands_in(name, text) for name in names):
            found.setdefault(term.now, LaterName(term.term, term.now))
    return tuple(found.values())


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text as whole words; an abbreviation must have its capitals."""
    flags = 0 if name.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text, flags) is not None
