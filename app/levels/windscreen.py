"""The windscreen: need growing from left to right, as data. The drawing and the text beside it are both made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.gaps.words import capital, counted, joined
from app.levels.local import LocalScheme
from app.model import Area, Gateway, Level, Scheme


@dataclass(frozen=True)
class Segment:
    """One level on the windscreen. `services` is None where no area follows the scheme, so that nobody can count."""

    level: Level
    services: int | None
    descriptors: int
    address: str

    @property
    def name(self) -> str:
        """The number and the name of the level."""
        return f"Level {self.level.number}: {self.level.name}"

    @property
    def services_in_words(self) -> str:
        """How many services work at the level; "" when nobody can count."""
        return "" if self.services is None else counted(self.services)

    @property
    def sentence(self) -> str:
        """The segment in words: what a listener hears of it."""
        works = "" if self.services is None else f" {capital(counted(self.services))} work{'s' if self.services == 1 else ''} here."
        return f"{self.name}. {self.level.help_name}.{works}"


@dataclass(frozen=True)
class Edge:
    """Where one level meets the next, and the gateways that lead over it. `below` is None at the very beginning."""

    below: int | None
    above: int
    gateways: tuple[Gateway, ...]

    @property
    def sentence(self) -> str:
        """The edge in words."""
        where = f"Between level {self.below} and level {self.above}" if self.below is not None else f"On the way to level {self.above}"
        names = joined([gateway.name for gateway in self.gateways])
        if not names:
            return f"{where}: no usual way in is recorded."
        return f"{where}: {names} {'is' if len(self.gateways) == 1 else 'are'} the usual way in."


@dataclass(frozen=True)
class Windscreen:
    """The levels of one scheme in their order, and what stands between them; no edges where no area follows the scheme."""

    scheme: Scheme
    area: Area | None
    segments: tuple[Segment, ...]
    edges: tuple[Edge, ...]

    def edge_below(self, level: int) -> Edge | None:
        """The edge that leads to a level, or None at a beginning that no gateway guards."""
        return next((edge for edge in self.edges if edge.above == level), None)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The whole windscreen in words, in the order in which need grows."""
        found = []
        for segment in self.segments:
            edge = self.edge_below(segment.level.number)
            found += [edge.sentence] if edge else []
            found.append(segment.sentence)
        return tuple(found)

    @property
    def title(self) -> str:
        """What the drawing shows, in a line."""
        where = f" in {self.area.name}" if self.area else ""
        return f"The windscreen of need: {counted(len(self.segments), 'level')} of {self.scheme.name}{where}"

    def to_json(self) -> dict[str, Any]:
        """The windscreen for other programs."""
        return {
            "area": self.area.id if self.area else None,
            "levels": [
                {
                    "level": segment.level.number,
                    "name": segment.level.name,
                    "help_name": segment.level.help_name,
                    "meaning": segment.level.meaning,
                    "address": segment.address,
                    "descriptors": segment.descriptors,
                    "services": segment.services,
                    "colour": segment.level.colour,
                }
                for segment in self.segments
            ],
            "boundaries": [
                {
                    "below": edge.below,
                    "above": edge.above,
                    "gateways": [{"id": gateway.id, "name": gateway.name, "later_name": gateway.later_name} for gateway in edge.gateways],
                }
                for edge in self.edges
            ],
        }


def windscreen(local: LocalScheme, query: str = "") -> Windscreen:
    """The windscreen of a scheme; `query` is what the address of each level ends in."""
    segments = tuple(
        Segment(
            level,
            local.working_at(level.number).bit_count() if local.counts_services else None,
            len(local.of_level[level.number]),
            f"/levels/{level.number}{query}",
        )
        for level in local.levels
    )
    edges = []
    for place, level in enumerate(local.levels if local.area else ()):
        gateways = local.doors(level.number)
        if place or gateways:
            edges.append(Edge(local.levels[place - 1].number if place else None, level.number, gateways))
    return Windscreen(local.scheme, local.area, segments, tuple(edges))
