"""The small content with a word of its own in everything that can be withheld, so that a leak has a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.building import Opened
from app.building.maps import Drawn, draw_maps
from app.building.views import read_views, write_views
from app.index import Index, write_index
from app.model import (
    AUDIENCES,
    GUARDED,
    Audience,
    Budget,
    Capacity,
    Contact,
    Contract,
    Directory,
    Fact,
    Money,
    Record,
    Route,
    fields_for_audiences,
)
from app.settings import Settings

RULES: dict[str, Audience] = {
    "service.outcomes": "commissioner", "service.excludes": "commissioner", "capacity.note": "commissioner", "budget.note": "commissioner",
    "service.length": "practitioner", "programme.facts": "practitioner", "example.facts": "commissioner", "term.now": "practitioner",
    "area.owner": "practitioner",
}  # fmt: skip
"""What the deployment has changed: some fields are for fewer than usual."""

HIDDEN: dict[tuple[str, int], Audience] = {
    ("services", 0): "practitioner", ("services", 3): "commissioner", ("programmes", 0): "practitioner",
    ("programmes", 1): "commissioner", ("examples", 0): "practitioner", ("glossary", 0): "practitioner", ("glossary", 1): "commissioner",
    ("steps", 1): "practitioner", ("closed_ways", 0): "commissioner",
}  # fmt: skip
"""Entries that are hidden whole, by part and position."""

NAMES = {"services": "name", "programmes": "name", "examples": "name", "glossary": "term", "steps": "condition", "closed_ways": "words"}
"""The field of a hidden entry in which its marker stands."""


@dataclass
class Marks:
    """Every marker with the least audience that may read it."""

    least: dict[str, Audience] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def word(self, least: Audience) -> str:
        """A new word that stands nowhere else."""
        self._count[least] += 1
        marker = f"zq{least[:4]}{self._count[least]:03d}x"
        self.least[marker] = least
        return marker

    def sum_of_money(self, least: Audience) -> int:
        """A new sum that stands nowhere else; its marker is the sum as it is printed, with and without commas."""
        self._count["money"] += 1
        amount = 76_543_200 + self._count["money"]
        self.least[f"{amount:,}"] = self.least[str(amount)] = least
        return amount

    def hidden_from(self, audience: Audience) -> list[str]:
        """The markers that an audience must not meet."""
        return [marker for marker, least in self.least.items() if AUDIENCES.index(least) > AUDIENCES.index(audience)]


def marked(directory: Directory) -> tuple[Directory, Marks]:
    """The directory with markers, RULES and HIDDEN; and the markers."""
    marks = Marks()
    parts = {
        name: tuple(_marked(record, marks, HIDDEN.get((name, number), "public"), name) for number, record in enumerate(value))
        for name in Directory.model_fields
        if isinstance(value := getattr(directory, name), tuple)
    }
    number = [service.id for service in directory.services].index("northshire/family-help")
    *before, open_to_all = parts["services"][: number + 1]
    open_to_all = open_to_all.model_copy(update={"reached_by": (*open_to_all.reached_by, _route(open_to_all, marks))})
    parts["services"] = (*before, open_to_all, *parts["services"][number + 1 :])
    needs = tuple(_marked(need, marks, "public", "needs") for need in directory.vocabulary.needs)
    areas = tuple(_marked(area, marks, "public", "areas") for area in directory.site.areas)
    site = directory.site.model_copy(update={"audiences": RULES, "areas": areas})
    vocabulary = directory.vocabulary.model_copy(update={"needs": needs})
    levels = [
        scheme.model_copy(update={"levels": tuple(_marked(level, marks, "public", "levels") for level in scheme.levels)})
        for scheme in directory.schemes
    ]
    whole = {name: getattr(directory, name) for name in Directory.model_fields} | parts
    return Directory(**{**whole, "site": site, "vocabulary": vocabulary, "schemes": tuple(levels)}), marks


def _route(service: Any, marks: Marks) -> Route:
    """A second way in that is for commissioners only."""
    route: Route = service.reached_by[0]
    return route.model_copy(update={"audience": "commissioner", "condition": marks.word("commissioner")})


def _marked(record: Any, marks: Marks, least: Audience, part: str) -> Any:
    """A record with a marker in each field that can be withheld, and in its name when it is hidden whole."""
    kind = next((kind for kind, cls in GUARDED.items() if cls is type(record)), "")
    changed: dict[str, Any] = {}
    if least != "public":
        changed |= {"audience": least, NAMES[part]: marks.word(least)}
    for name, usual in (fields_for_audiences(kind) if kind else {}).items():
        seen_from = max(least, RULES.get(f"{kind}.{name}", usual), key=AUDIENCES.index)
        if name not in changed:
            changed[name] = _value(type(record), name, marks, seen_from)
    return record.model_copy(update=changed) if changed else record


def _value(cls: type[Record], name: str, marks: Marks, least: Audience) -> Any:
    """A value with markers for a field."""

    def inner(rule: str) -> Audience:
        usual = fields_for_audiences(rule.partition(".")[0])[rule.partition(".")[2]]
        return max(least, RULES.get(rule, usual), key=AUDIENCES.index)

    def word() -> str:
        return marks.word(least)

    made: dict[str, Any] = {
        "budget": lambda: Budget(
            amount=marks.sum_of_money(least), covers=word(), note=marks.word(inner("budget.note")),
            also=(Money(amount=marks.sum_of_money(least), covers=word()),),
        ),
        "contract": lambda: Contract(ends="2087-03", ends_when=word(), extension=word(), note=word()),
        "capacity": lambda: Capacity(
            state="full", as_at="2020-01", waiting=marks.word(inner("capacity.waiting")), unit=marks.word(inner("capacity.unit")),
            note=marks.word(inner("capacity.note")),
        ),
        "contact": lambda: Contact(role=word(), telephone="01632 960009"),
        "consultation_line": lambda: Contact(role=word(), telephone=word()),
        "funders": lambda: (word(),),
        "activity": lambda: (Fact(what=word(), value=word(), note=word()),),
        "outcomes": lambda: (Fact(what=word(), value=word(), note=word()),),
        "facts": lambda: (Fact(what=word(), value=word(), note=word()),),
    }  # fmt: skip
    if name == "contract":
        marks.least.setdefault("March 2087", least)
        marks.least.setdefault("2087-03", least)
    return made[name]() if name in made else word()


def opened(directory: Directory, settings: Settings, whole: Path) -> Opened:
    """The marked content as a build would give it: with an index and maps of its own for each audience."""
    drawn: Drawn = {}
    settings.build.mkdir(parents=True)
    write_index(directory, whole)
    maps = draw_maps(directory, drawn)
    write_views(directory, settings, drawn)
    return Opened(directory, Index(whole), "marked", (), maps, read_views(directory, settings))


