"""What can only be seen over the whole content: names given twice, ages and levels that cannot be, phrases of two meanings."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator

from app.frontmatter import Loc
from app.loading import audiences
from app.loading.gathered import Content, Entry
from app.loading.names import Names, broken_links, unknown_names
from app.loading.pathways import ERRORS
from app.loading.schema import field_names
from app.model import (
    AlertCard,
    Ambiguity,
    Factor,
    Gateway,
    GlossaryTerm,
    Level,
    Need,
    Process,
    Programme,
    Record,
    Scheme,
    Service,
    Site,
    Source,
)
from app.problems import Problem, nearest, shown


def check(content: Content) -> list[Problem]:
    """Every problem that needs the whole content to be seen."""
    names = Names(content)
    problems = [*unknown_names(content, names), *broken_links(content, names)]
    for rule in RULES:
        problems += rule(content)
    return problems


IDS: dict[type[Record], str] = {
    Need: "id", Process: "id", Factor: "code", Source: "id", Gateway: "id", AlertCard: "grade", GlossaryTerm: "term",
}
"""The field that tells entries of a kind apart (within an area for gateways, and for terms that name areas)."""

LISTS: dict[type[Record], str] = {Site: "areas", Scheme: "domains"}
"""The list within an entry of a kind whose items have ids of their own."""


def _given_twice(content: Content) -> Iterator[Problem]:
    seen: dict[Hashable, int] = {}

    def again(entry: Entry, inner: Loc, kind: Hashable, value: object) -> Iterator[Problem]:
        line = entry.fields.place((*entry.loc, *inner))[0]
        if isinstance(value, str) and value and seen.setdefault((kind, value.lower()), line) != line:
            yield entry.problem(inner, f"{shown(value)} is given twice (first at line {seen[kind, value.lower()]})")

    for entry in content.entries:
        if entry.cls in IDS and isinstance(entry.data, dict):
            key = IDS[entry.cls]
            areas = tuple(map(str, entry.list_of("areas"))) if entry.cls is GlossaryTerm else ()
            yield from again(entry, (key,), (entry.cls, entry.area, areas), entry.data.get(key))
        key = LISTS.get(entry.cls, "")
        for position, item in enumerate(entry.list_of(key)):
            if isinstance(item, dict):
                yield from again(entry, (key, position, "id"), (key, entry.id), item.get("id"))


def _names_are_unlike(content: Content) -> Iterator[Problem]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in content.of(Service):
        if isinstance(entry.record, Service):
            other = first.setdefault((entry.area, entry.record.name.lower()), entry)
            if other is not entry:
                words = f"{shown(entry.record.name)} is also the name of {other.fields.path}; tell them apart, for example by year"
                yield entry.problem(("name",), words)


def _phrases(content: Content) -> Iterator[Problem]:
    """A phrase may lead to one need or process only; an ambiguous word belongs to no need."""
    owner: dict[str, str] = {}
    for entry in (entry for entry in content.entries if entry.cls in (Need, Process, Ambiguity) and isinstance(entry.data, dict)):
        name = entry.id or str(entry.data.get("question", ""))
        phrases: list[tuple[Loc, object]] = [(("label",), entry.data.get("label", ""))]
        phrases += [((key, n), phrase) for key in ("synonyms", "misspellings", "words") for n, phrase in enumerate(entry.list_of(key))]
        for inner, phrase in phrases:
            plain = re.sub(r"[^a-z0-9&]+", " ", str(phrase).lower().replace("'", "").replace("’", "")).strip()
            if plain and owner.setdefault(plain, name) != name:
                words = f"{shown(phrase)} also belongs to {shown(owner[plain])}; a phrase can mean one thing only, or be an ambiguity"
                yield entry.problem(inner, words)


def _ages(content: Content) -> Iterator[Problem]:
    for entry in content.entries:
        if not isinstance(entry.record, (Service, Programme)) or entry.record.ages is None:
            continue
        ages = entry.record.ages
        spans: list[tuple[Loc, int | None, int | None]] = [(("ages",), ages.lower, ages.upper)]
        spans += [(("ages", "also", n), more.lower, more.upper) for n, more in enumerate(ages.also)]
        for inner, lower, upper in spans:
            if lower is not None and upper is not None and lower > upper:
                yield entry.problem((*inner, "to"), f"is {upper}, below 'from', which is {lower}")


def _levels_exist(content: Content) -> Iterator[Problem]:
    levels: dict[str, list[int]] = {}
    for level in content.of(Level):
        levels.setdefault(level.fields.path.split("/")[-2], []).append(int(level.id))
    schemes = {area.id: area.scheme for site in content.records(Site) for area in site.areas}
    for entry in content.entries:
        scheme = schemes.get(entry.area) or ""
        if not isinstance(entry.record, (Service, Gateway)) or scheme not in levels:
            continue
        for key in ("levels", "way_in_at"):
            for position, number in enumerate(getattr(entry.record, key, ())):
                if number not in levels[scheme]:
                    words = f"level {number} is not in the scheme '{scheme}'; allowed: {', '.join(map(str, levels[scheme]))}"
                    yield entry.problem((key, position), words)


def _alert_cards(content: Content) -> Iterator[Problem]:
    written = [entry.data.get("grade") for entry in content.of(AlertCard) if isinstance(entry.data, dict)]
    for entry in content.of(Need):
        if isinstance(entry.record, Need) and entry.record.alert not in ("none", *written) and AlertCard not in content.unread:
            yield entry.problem(("alert",), f"no alert card of grade '{entry.record.alert}' is written under alerts")


def _not_provided(content: Content) -> Iterator[Problem]:
    names = field_names(Service)
    for entry in content.of(Service):
        for position, name in enumerate(entry.list_of("not_provided")):
            if isinstance(name, str) and name not in names:
                yield entry.problem(("not_provided", position), f"{shown(name)} is not a field of a profile{nearest(name, names, most=99)}")


RULES: tuple[Callable[[Content], Iterator[Problem]], ...] = (
    _given_twice, _names_are_unlike, _phrases, _ages, _levels_exist, _alert_cards, _not_provided, *ERRORS, *audiences.ERRORS,
)
