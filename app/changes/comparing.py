"""Two versions of the content side by side: what was added, ended, altered and moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.changes.told import Told, differences, differs_only_by_checks
from app.changes.ways import way_changes
from app.model import ChangedKind, Directory, Record

Skipped = frozenset[tuple[str, str]]
"""Things that could not be read on one of the sides, as (kind, id); the id "*" means any of that kind."""

ALSO: dict[str, tuple[str, str, Callable[[Directory], Iterable[Any]], Callable[[Any], Any]]] = {
    "needs": ("need", "needs", lambda d: d.vocabulary.needs, lambda r: r.id),
    "processes": ("process word", "process words", lambda d: d.vocabulary.processes, lambda r: r.id),
    "ambiguities": ("ambiguous word", "ambiguous words", lambda d: d.vocabulary.ambiguities, lambda r: r.question),
    "alerts": ("alert card", "alert cards", lambda d: d.vocabulary.alerts, lambda r: r.grade),
    "factors": ("assessment factor", "assessment factors", lambda d: d.factors, lambda r: r.code),
    "sources": ("source", "sources", lambda d: d.sources, lambda r: r.id),
    "glossary": ("glossary term", "glossary terms", lambda d: d.glossary, lambda r: (r.term, r.areas)),
    "examples": ("example", "examples", lambda d: d.examples, lambda r: r.id),
    "site": ("setting of the site", "settings of the site", lambda d: _settings(d), lambda r: r[0]),
}
"""What is not told one by one, only counted: words for one and for several, the entries, and what tells them apart."""


@dataclass(frozen=True)
class Comparison:
    """What is different between two versions. `also` counts what is not told one by one, `skipped` names what could not be compared."""

    told: tuple[Told, ...]
    also: Mapping[str, int]
    skipped: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """How much is different, in a sentence."""
        counts = {word: sum(each.change == word for each in self.told) for word in ("added", "ended", "altered", "moved")}
        parts = [f"{number} {word}" for word, number in counts.items() if number]
        return f"{', '.join(parts)}." if parts else "No service, stage, step, level or descriptor is different."

    @property
    def also_in_words(self) -> str:
        """What else is different, as counts; "" when nothing is."""
        parts = [f"{number} {ALSO[part][number != 1]}" for part, number in self.also.items() if number]
        return f"Also different: {', '.join(parts)}." if parts else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known to be different."""
        return not self.told and not any(self.also.values())


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is compared: by which id, under which title, at which address."""

    kind: ChangedKind
    of: Callable[[Directory], Iterable[Any]]
    id: Callable[[Any], str]
    title: Callable[[Any, Directory], str]
    address: Callable[[Any], str]
    same: Callable[[Any], Any]
    """By what a thing is known again when its id has changed; None when it cannot be."""
    leave_out: tuple[str, ...] = ()


def _area(name: str, directory: Directory) -> str:
    place = directory.area_by_id.get(name)
    return place.name if place else name


def _scheme(name: str, directory: Directory) -> str:
    scheme = directory.scheme_by_id.get(name)
    return scheme.name if scheme else name


KINDS: tuple[Kind, ...] = (
    Kind("area", lambda d: d.site.areas, lambda r: r.id, lambda r, d: f"The area {r.name}", lambda r: f"/services?area={r.id}",
         lambda r: None),
    Kind("service", lambda d: d.services, lambda r: r.id, lambda r, d: f"{r.name} ({_area(r.area, d)})", lambda r: f"/services/{r.id}",
         lambda r: (r.area, r.name.lower())),
    Kind("stage", lambda d: d.gateways, lambda r: f"{r.area}/{r.id}", lambda r, d: f"The stage {r.name} ({_area(r.area, d)})",
         lambda r: f"/pathways/{r.area}/{r.id}", lambda r: (r.area, r.name.lower())),
    Kind("scheme", lambda d: d.schemes, lambda r: r.id, lambda r, d: f"The threshold scheme {r.name}", lambda r: f"/levels?scheme={r.id}",
         lambda r: (r.name.lower(), r.date), ("levels",)),
    Kind("level", lambda d: (level for scheme in d.schemes for level in scheme.levels), lambda r: f"{r.scheme}/{r.number}",
         lambda r, d: f"Level {r.number} of {_scheme(r.scheme, d)}", lambda r: f"/levels/{r.number}?scheme={r.scheme}", lambda r: None),
    Kind("descriptor", lambda d: d.descriptors, lambda r: f"{r.scheme}/{r.id}",
         lambda r, d: f"The descriptor ‘{r.text}’ (level {r.level}, {_scheme(r.scheme, d)})",
         lambda r: f"/descriptors/{r.id}?scheme={r.scheme}", lambda r: (r.scheme, r.text)),
    Kind("programme", lambda d: d.programmes, lambda r: r.id, lambda r, d: f"The programme {r.name}", lambda r: f"/programmes/{r.id}",
         lambda r: r.name.lower()),
)  # fmt: skip


def compare(old: Directory, new: Directory, skipped: Skipped = frozenset()) -> Comparison:
    """What is different between two versions. What could not be read on one side is left out and named, never told as added or ended."""
    told = [each for kind in KINDS for each in _of_kind(kind, old, new, skipped)]
    told += way_changes(old, new, {name for what, name in skipped if what == "way"})
    also = {part: _count(old, new, part) for part in ALSO}
    return Comparison(tuple(told), also, tuple(sorted(skipped)))


def _of_kind(kind: Kind, old: Directory, new: Directory, skipped: Skipped) -> Iterator[Told]:
    if (kind.kind, "*") in skipped:
        return
    before, after = ({kind.id(record): record for record in kind.of(side)} for side in (old, new))
    gone = {name: record for name, record in before.items() if name not in after and (kind.kind, name) not in skipped}
    come = {name: record for name, record in after.items() if name not in before and (kind.kind, name) not in skipped}
    moved = _moved(kind, gone, come)
    for name, record in after.items():
        if name in before:
            yield from _altered(kind, before[name], record, old, new)
        elif name in moved:
            yield _move(kind, gone[moved[name]], record, old, new)
        elif name in come:
            yield Told(kind.kind, name, kind.title(record, new), "added", f"{kind.title(record, new)} was added.", (), kind.address(record))
    for name, record in gone.items():
        if name not in moved.values():
            yield Told(kind.kind, name, kind.title(record, old), "ended", f"{kind.title(record, old)} is no longer in the directory.")


def _moved(kind: Kind, gone: Mapping[str, Any], come: Mapping[str, Any]) -> dict[str, str]:
    """New id → old id, only where it is certain: the same content, or the same name in the same place, once on each side."""
    found: dict[str, str] = {}
    for sign in (_content, kind.same):
        for name, record in come.items():
            mark = sign(record)
            old = [other for other, one in gone.items() if other not in found.values() and sign(one) == mark]
            new = [other for other, one in come.items() if other not in found and sign(one) == mark]
            if mark is not None and name not in found and len(old) == len(new) == 1:
                found[name] = old[0]
    return found


def _content(record: Record) -> str:
    return f"{type(record).__name__} {record.model_dump_json(exclude={'id', 'area'})}"


def _altered(kind: Kind, before: Any, record: Any, old: Directory, new: Directory) -> Iterator[Told]:
    details = differences(before, record, names_in(new, old, getattr(record, "area", "")), kind.leave_out)
    if not details:
        return
    title, name, address = kind.title(record, new), kind.id(record), kind.address(record)
    if getattr(record, "status", "") == "ended" != getattr(before, "status", ""):
        yield Told(kind.kind, name, title, "ended", f"{title} has ended.", (), address)
        details = tuple(each for each in details if not each.startswith("status was "))
    if details:
        yield Told(kind.kind, name, title, "altered", title, details, address, differs_only_by_checks(before, record))


def _move(kind: Kind, before: Any, record: Any, old: Directory, new: Directory) -> Told:
    title = kind.title(record, new)
    what = f"was ‘{kind.id(before)}’, now ‘{kind.id(record)}’"
    if kind.kind == "descriptor" and before.level != record.level:
        what = f"it moved from level {before.level} to level {record.level}"
    details = differences(before, record, names_in(new, old, getattr(record, "area", "")), kind.leave_out)
    name = what if what.startswith("it") else f"its address changed: it {what}"
    return Told(kind.kind, kind.id(record), title, "moved", title, (name, *details), kind.address(record))


def names_in(new: Directory, old: Directory, area: str) -> Callable[[str], str]:
    """Words for the ids that fields hold: needs, stages of the area, programmes, services."""

    def name(text: str) -> str:
        for side in (new, old):
            if text in side.need_by_id:
                return f"‘{side.need_by_id[text].label}’"
            if (area, text) in side.gateway_by_key:
                return side.gateway_by_key[area, text].name
            if text in side.programme_by_id:
                return side.programme_by_id[text].name
            if text in side.service_by_id:
                return side.service_by_id[text].name
        return text

    return name


def _settings(directory: Directory) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, value in directory.site if name != "areas")


def _count(old: Directory, new: Directory, part: str) -> int:
    _, _, of, key = ALSO[part]
    before, after = ({key(record): record for record in of(side)} for side in (old, new))
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())
