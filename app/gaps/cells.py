"""The cells of a table of ages by levels: distinct services, by the way in which they reach a child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.gaps.bands import Band
from app.gaps.ground import Ground
from app.gaps.ways import Chosen, Ways
from app.gaps.words import thickness

EVERY = "all"
"""The band or level of a total."""

NOTHING = Ways()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or a total over a row, a column or everything (then `band` is "all" or `level` is 0).

    `ways` holds the services asked about: with a need, those whose main purpose it is. `also` holds those that help with it beside
    their main purpose, `wider` those whose main purpose is the need of which it is a kind, `any_need` those that take any need. Every
    number is of distinct services.
    """

    band: str
    level: int
    ways: Ways
    also: Ways
    wider: int
    any_need: int
    focused: int

    @property
    def direct(self) -> int:
        """Services that work with the child, the young person or the family themselves."""
        return self.ways.direct.bit_count()

    @property
    def through_parent(self) -> int:
        """Services for an adult around the child."""
        return self.ways.through_parent.bit_count()

    @property
    def conditional(self) -> int:
        """Services that reach these ages only on a condition."""
        return self.ways.conditional.bit_count()

    @property
    def not_recorded(self) -> int:
        """Services of which the source does not say enough to tell whether they belong here."""
        return self.ways.not_recorded.bit_count()

    @property
    def distinct(self) -> int:
        """Services that reach the child in one way or another, each once."""
        return self.ways.reaching.bit_count()

    @property
    def word(self) -> str:
        """None, one, few or several services directly."""
        return thickness(self.direct)

    @property
    def word_all_ways(self) -> str:
        """None, one, few or several services in any way."""
        return thickness(self.distinct)

    @property
    def nothing_known(self) -> bool:
        """Whether no service is known to reach the child and some might: then a 0 says that nobody knows, not that there is none."""
        return not self.ways.reaching and bool(self.ways.not_recorded)

    def in_words(self) -> str:
        """The cell as it is read aloud: "2 direct, 4 via a parent, 1 on a condition, 3 not recorded"."""
        if self.nothing_known:
            return f"not known: {self.not_recorded} not recorded"
        parts = [f"{self.direct or 'none'} direct", f"{self.through_parent or 'none'} via a parent"]
        parts += [f"{self.conditional} on a condition"] if self.conditional else []
        parts += [f"{self.not_recorded} not recorded"] if self.not_recorded else []
        return ", ".join(parts)

    def to_json(self, ground: Ground, *, with_services: bool = True) -> dict[str, Any]:
        """The cell's numbers, and the services behind them."""
        ways = self.ways
        return {
            "band": self.band,
            "level": self.level or EVERY,
            "direct": self.direct,
            "through_parent": self.through_parent,
            "conditional": self.conditional,
            "not_recorded": self.not_recorded,
            "distinct": self.distinct,
            "own_right": ways.own_right.bit_count(),
            "focused": self.focused.bit_count(),
            "counted_as_from_0": ways.assumed.bit_count(),
            "word": self.word,
            "word_all_ways": self.word_all_ways,
            "nothing_known": self.nothing_known,
            "also_helps": {
                "direct": self.also.direct.bit_count(),
                "through_parent": self.also.through_parent.bit_count(),
                "conditional": self.also.conditional.bit_count(),
                "not_recorded": self.also.not_recorded.bit_count(),
            },
            "wider_need": self.wider.bit_count(),
            "any_need": self.any_need.bit_count(),
            **(self._services(ground) if with_services else {}),
        }

    def _services(self, ground: Ground) -> dict[str, Any]:
        ways = self.ways
        by_way = {
            "direct": ground.ids_of(ways.direct),
            "through_parent": ground.ids_of(ways.through_parent),
            "conditional": ground.ids_of(ways.conditional),
            "not_recorded": ground.ids_of(ways.not_recorded),
        }
        return {"services": list(dict.fromkeys(name for names in by_way.values() for name in names)), "by_way": by_way}


def cells_of(ground: Ground, chosen: Chosen, bands: Sequence[Band], levels: Sequence[int], as_from_0: bool) -> tuple[Cell, ...]:
    """The cells, band by band and level by level."""
    facets, found = ground.facets, []
    unknown = facets.level_not_recorded
    for band, ways in ground.bands_ways(bands, as_from_0):
        for level in levels:
            members = facets.level.get(level, 0)
            here = ways.here(chosen.sure, chosen.unsure, members, unknown)
            also = ways.here(chosen.also, 0, members, unknown) if chosen.also else NOTHING
            reached = members & ways.reaching
            focused = here.reaching & ground.focused
            found.append(Cell(band.id, level, here, also, chosen.wider & reached, chosen.any_need & reached, focused))
    return tuple(found)


def total(band: str, level: int, cells: Iterable[Cell]) -> Cell:
    """Several cells as one, each service once."""
    ways, also, wider, any_need, focused = NOTHING, NOTHING, 0, 0, 0
    for cell in cells:
        ways, also, wider = ways | cell.ways, also | cell.also, wider | cell.wider
        any_need, focused = any_need | cell.any_need, focused | cell.focused
    return Cell(band, level, ways, also, wider, any_need, focused)
