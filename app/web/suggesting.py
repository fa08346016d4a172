"""What the box may suggest: the vocabulary, services and gateways in one small file, so that the browser can look in it alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from app.model import Directory

KINDS = ("Need", "Level", "Service", "Way in or stage")
"""What an entry is, in words; the file holds their places in this row."""

MOST_WORDS = 3
"""Longer phrases are understood when they are asked; nobody needs them suggested."""

MOST_OTHERS = 16
"""The most other words of one entry, the shortest first: the file stays small enough to fetch on a telephone."""

Entry = tuple[str, int, str, str]
"""The words put into the box, the kind, the area it belongs to ("" for all), and other words that lead to it."""


def suggestions(directory: Directory) -> str:
    """The file: kinds, the area of a question that names none, and the entries with all words that lead to them."""
    data = {"kinds": KINDS, "area": directory.site.default_area, "entries": list(_entries(directory))}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _entries(directory: Directory) -> Iterator[Entry]:
    for need in directory.vocabulary.needs:
        yield need.label, 0, "", _others(need.label, need.synonyms)
    scheme = directory.scheme_of(directory.site.default_area) or next(iter(directory.schemes), None)
    for level in scheme.levels if scheme else ():
        yield f"level {level.number}", 1, "", level.name
    for service in directory.services:
        if service.is_running:
            yield service.name, 2, service.area, _others(service.name, service.also_known_as)
    for gateway in directory.gateways:
        others = [*gateway.also_known_as, gateway.later_name or ""]
        yield gateway.name, 3, gateway.area, _others(gateway.name, others)


def _others(name: str, words: Iterable[str]) -> str:
    """Words that lead to an entry: not what is in its name already, and not what begins with a shorter one."""
    kept: list[str] = []
    for word in sorted((word.lower() for word in words if len(word.split()) <= MOST_WORDS), key=len):
        if word and word not in name.lower() and not word.startswith(tuple(kept)):
            kept.append(word)
    return "|".join(kept[:MOST_OTHERS])
