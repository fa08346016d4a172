"""A theme ladder: one concern through all levels, with the words that carry the boundary, and what helps at each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.levels.local import LocalScheme
from app.levels.markers import marked
from app.matching.alerts import the_alert
from app.matching.answer import Alert, descriptor_json
from app.model import Descriptor, Gateway, Level, Need, Scheme, Service
from app.question import Question


@dataclass(frozen=True)
class Rung:
    """One level of a ladder. `is_linked` is false where no descriptor of the whole level is linked to any need."""

    level: Level
    descriptors: tuple[Descriptor, ...]
    main: tuple[Service, ...]
    also: tuple[Service, ...]
    gateways: tuple[Gateway, ...]
    is_linked: bool

    @property
    def deciding(self) -> tuple[str, ...]:
        """The words that carry the boundary, each once, in their order."""
        return tuple(dict.fromkeys(word for one in self.descriptors for word in one.deciding))

    def to_json(self) -> dict[str, Any]:
        """The rung for other programs."""
        return {
            "level": self.level.number,
            "name": self.level.name,
            "descriptors": [descriptor_json(one) for one in self.descriptors],
            "services": services_json(self.main, self.also),
            "gateways": [{"id": gateway.id, "name": gateway.name} for gateway in self.gateways],
        }


@dataclass(frozen=True)
class Ladder:
    """One theme (a need and every kind of it) through the levels of a scheme."""

    need: Need
    kinds: tuple[Need, ...]
    scheme: Scheme
    place: str
    rungs: tuple[Rung, ...]
    alert: Alert | None
    unplaced: tuple[Service, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no descriptor of the scheme speaks of the theme."""
        return not any(rung.descriptors for rung in self.rungs)

    def to_json(self) -> dict[str, Any]:
        """The ladder for other programs; `theme` and `levels` are a promise."""
        return {
            "theme": self.need.id,
            "label": self.need.label,
            "scheme": self.scheme.id,
            "alert": self.alert.to_json() if self.alert else None,
            "levels": [rung.to_json() for rung in self.rungs],
            "level_not_recorded": [{"id": service.id, "name": service.name} for service in self.unplaced],
        }


def ladder(local: LocalScheme, need: Need) -> Ladder:
    """The ladder of a need and its kinds."""
    ground, known = local.ground, local.directory.need_by_id
    main = ground.main((need.id,))
    also = local.helping((need.id,))
    rungs = []
    for level in local.levels:
        working = local.working_at(level.number)
        rungs.append(
            Rung(
                level,
                tuple(one for one in local.of_need[need.id] if one.level == level.number),
                local.services(working & main),
                local.services(working & also),
                local.doors(level.number),
                level.number not in local.unlinked,
            )
        )
    unplaced = local.services(local.here & ground.facets.level_not_recorded & (main | also))
    kinds = tuple(known[name] for name in ground.narrower[need.id] if name != need.id)
    return Ladder(need, kinds, local.scheme, local.place, tuple(rungs), alert_for((need.id,), local), unplaced)


def alert_for(needs: Iterable[str], local: LocalScheme) -> Alert | None:
    """The card that stands above these themes, the same as above the results of a question."""
    area = local.area.id if local.area else local.directory.site.default_area
    return the_alert(Question(area=area, needs=tuple(needs)), (), local.directory)


def services_json(main: Iterable[Service], also: Iterable[Service]) -> list[dict[str, Any]]:
    """Services by how strongly they answer."""
    rows = [*((service, "main") for service in main), *((service, "also") for service in also)]
    return [{"id": service.id, "name": service.name, "address": f"/services/{service.id}", "strength": how} for service, how in rows]


def ladder_as_text(ladder: Ladder) -> str:
    """The ladder as indented lines, the deciding words between stars: for a terminal, and for people who check it."""
    return "\n".join(_lines(ladder)) + "\n"


def _lines(ladder: Ladder) -> Iterator[str]:
    yield f"{ladder.need.label} ({ladder.scheme.name}{f', {ladder.place}' if ladder.place else ''})"
    if ladder.kinds:
        yield f"  with {', '.join(kind.label for kind in ladder.kinds)}"
    for rung in ladder.rungs:
        yield f"Level {rung.level.number}, {rung.level.name}"
        if not rung.descriptors:
            yield f"  - {NO_DESCRIPTOR if rung.is_linked else NOT_LINKED}"
        for one in rung.descriptors:
            yield f"  - {marked(one)} ({one.heading})"
        for words, names in (
            ("ways in", [gateway.short or gateway.name for gateway in rung.gateways]),
            ("main purpose", [service.name for service in rung.main]),
            ("also helps", [service.name for service in rung.also]),
        ):
            yield f"  {words}: {'; '.join(names) or 'none recorded'}"


NO_DESCRIPTOR = "No descriptor of this level speaks of it."

NOT_LINKED = "The descriptors of this level are not linked to themes."


# the list of themes


@dataclass(frozen=True)
class ThemeRow:
    """How many descriptors speak of a theme (a need and its kinds) at each level; None where the level is not linked to themes."""

    need: Need
    counts: tuple[int | None, ...]
    missing: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many descriptors speak of it at all."""
        return sum(count or 0 for count in self.counts)

    def to_json(self, levels: Iterable[int]) -> dict[str, Any]:
        """The row for other programs."""
        return {
            "theme": self.need.id,
            "label": self.need.label,
            "address": f"/themes/{self.need.id}",
            "descriptors": {str(level): count for level, count in zip(levels, self.counts, strict=True)},
            "none_at": list(self.missing),
        }


@dataclass(frozen=True)
class ThemeGroup:
    """The themes of one part of the vocabulary, and how many different descriptors speak of any of them at each level."""

    name: str
    rows: tuple[ThemeRow, ...]
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Themes:
    """Every theme with its counts."""

    levels: tuple[Level, ...]
    groups: tuple[ThemeGroup, ...]
    unlinked: tuple[int, ...]
    everywhere: int
    """How many themes have a descriptor at every level that is linked to themes."""

    silent: tuple[ThemeRow, ...]
    """The themes of which no descriptor of the scheme speaks."""

    def to_json(self) -> dict[str, Any]:
        """The list for other programs."""
        numbers = [level.number for level in self.levels]
        return {
            "levels_not_linked": list(self.unlinked),
            "themes": [row.to_json(numbers) for group in self.groups for row in group.rows],
        }


def themes(local: LocalScheme) -> Themes:
    """Every need of the vocabulary, by its part, with the number of descriptors at each level."""
    groups: dict[str, list[ThemeRow]] = {}
    spoken: dict[str, set[str]] = {}
    for need in local.directory.vocabulary.needs:
        found = local.of_need[need.id]
        counts = _counts(local, found)
        missing = tuple(level.number for level, count in zip(local.levels, counts, strict=True) if count == 0)
        groups.setdefault(need.theme, []).append(ThemeRow(need, counts, missing))
        spoken.setdefault(need.theme, set()).update(one.id for one in found)
    rows = [row for ones in groups.values() for row in ones]
    return Themes(
        local.levels,
        tuple(ThemeGroup(name, tuple(ones), _counts(local, [local.by_id[one] for one in spoken[name]])) for name, ones in groups.items()),
        local.unlinked,
        sum(not row.missing and row.total > 0 for row in rows),
        tuple(row for row in rows if not row.total),
    )


def _counts(local: LocalScheme, found: Iterable[Descriptor]) -> tuple[int | None, ...]:
    levels = [one.level for one in found]
    return tuple(None if level.number in local.unlinked else levels.count(level.number) for level in local.levels)
