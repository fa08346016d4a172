"""Every scheme of a directory, and what pages show of each, worked out once."""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from urllib.parse import urlencode

from app.facets import Facets
from app.gaps import Ground
from app.levels.ladder import Themes, themes
from app.levels.local import LocalScheme
from app.levels.page import LevelPage
from app.levels.unanswered import OpenDescriptors, open_descriptors
from app.levels.windscreen import Windscreen, windscreen
from app.levels.windscreen_svg import windscreen_svg
from app.model import Area, Directory, Scheme

NO_SCHEME = Scheme.model_construct(
    id="", name="No threshold scheme", owner="", date="", status="current", later_name=None, areas=(), domains=(), reminder="",
    disagreement=None, sources=(), levels=(),
)  # fmt: skip
"""Stands for a scheme where the content has none: themes can then still be followed, without levels."""


class Shown:
    """What is shown of a scheme as an area uses it. `query` is what addresses need to lead back to this scheme and area."""

    def __init__(self, local: LocalScheme, query: str) -> None:
        self.local = local
        self.query = query
        self._pages = {level.number: LevelPage(local, level) for level in local.levels}

    def page(self, number: int) -> LevelPage | None:
        """One level told whole, or None."""
        return self._pages.get(number)

    @cached_property
    def windscreen(self) -> Windscreen:
        """The windscreen as data."""
        return windscreen(self.local, self.query)

    @cached_property
    def wide(self) -> str:
        """The windscreen drawn."""
        return windscreen_svg(self.windscreen, f"windscreen-{self.local.scheme.id}")

    @cached_property
    def narrow(self) -> str:
        """The windscreen drawn for a telephone, and where two stand side by side."""
        return windscreen_svg(self.windscreen, f"windscreen-small-{self.local.scheme.id}", "narrow")

    @cached_property
    def sign(self) -> str:
        """The windscreen as the sign of the product."""
        return windscreen_svg(self.windscreen, "windscreen-sign", "sign")

    @cached_property
    def themes(self) -> Themes:
        """Every theme with its counts."""
        return themes(self.local)

    @cached_property
    def open(self) -> OpenDescriptors:
        """The descriptors that no service answers."""
        return open_descriptors(self.local)


class Levels:
    """Every scheme of a directory, as each area uses it. Made once; safe to share between threads."""

    def __init__(self, directory: Directory, facets: Facets | None = None) -> None:
        self.directory = directory
        self.ground = Ground(directory, facets)
        self.schemes: tuple[Scheme, ...] = tuple(scheme for scheme in directory.schemes if scheme.levels)
        self._made: dict[tuple[str, str], Shown] = {}
        self._lock = Lock()

    @cached_property
    def default(self) -> Scheme | None:
        """The scheme of the area that a question means when it names none, else the first; None when there is no scheme."""
        of_area = self.directory.scheme_of(self.directory.site.default_area)
        return of_area if of_area in self.schemes else next(iter(self.schemes), None)

    def areas_of(self, scheme: Scheme) -> tuple[Area, ...]:
        """The areas whose services' levels follow a scheme, the default area first."""
        site = self.directory.site
        return tuple(sorted((area for area in site.areas if area.scheme == scheme.id), key=lambda area: area.id != site.default_area))

    def shown(self, scheme: Scheme, area: str = "") -> Shown:
        """A scheme as an area uses it; with no area named, or one that does not follow it, the first that does."""
        areas = self.areas_of(scheme)
        chosen = next((one for one in areas if one.id == area), next(iter(areas), None))
        key = scheme.id, chosen.id if chosen else ""
        with self._lock:
            if key not in self._made:
                self._made[key] = Shown(LocalScheme(self.ground, scheme, chosen), self._query(scheme, chosen, areas))
            return self._made[key]

    @cached_property
    def nothing(self) -> Shown:
        """What is shown where no scheme is recorded: no level, no descriptor, no service counted."""
        return Shown(LocalScheme(self.ground, NO_SCHEME, None), "")

    def _query(self, scheme: Scheme, area: Area | None, areas: tuple[Area, ...]) -> str:
        """What an address must say to mean this scheme and area; "" where it is what an address without it means."""
        parts = [("scheme", scheme.id)] if scheme != self.default else []
        if area and area != areas[0]:
            parts.append(("area", area.id))
        return f"?{urlencode(parts)}" if parts else ""
