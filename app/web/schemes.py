"""The threshold scheme and the area that an address means, and addresses that mean the same."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request

from app.answering import anchor
from app.levels import LevelPage, Levels, LocalScheme, Shown
from app.matching.sentences import inside
from app.model import Area, Descriptor, Need, Scheme, Service
from app.web.not_here import NotHere, Place, nearest_places
from app.web.state import current


class Here:
    """A scheme as an area uses it, as the address of this page asks for it."""

    def __init__(self, levels: Levels, shown: Shown) -> None:
        self.levels = levels
        self.shown = shown
        self.local: LocalScheme = shown.local
        self.scheme: Scheme = shown.local.scheme
        self.area: Area | None = shown.local.area

    def to(self, path: str, *more: tuple[str, str]) -> str:
        """The address of another page of the same scheme and area."""
        base = f"{path}{self.shown.query}"
        return f"{base}{'&' if '?' in base else '?'}{urlencode(more)}" if more else base

    def services(self, level: int) -> str:
        """The menu of services in use at a level."""
        pairs = [("area", self.area.id)] if self.area else []
        return f"/services?{urlencode([*pairs, ('level', str(level)), ('status', 'in-use')])}"

    @property
    def others(self) -> list[Shown]:
        """The other schemes that the content holds."""
        return [self.levels.shown(scheme) for scheme in self.levels.schemes if scheme != self.scheme]


def here(*, without_levels: bool = False) -> Here:
    """What `scheme` and `area` in the address ask for; without them, the default scheme in the first area that follows it.

    With `without_levels` a page is shown also where no scheme is recorded at all.
    """
    levels = current().levels
    if without_levels and not levels.schemes:
        return Here(levels, levels.nothing)
    return Here(levels, _shown(levels, request.args.get("scheme", "").strip()))


def compare_address(area: str, needs: Iterable[str]) -> str:
    """Where these needs can be compared in the scheme that an area follows."""
    levels = current().levels
    scheme = levels.directory.scheme_of(area)
    if scheme not in levels.schemes or scheme is None:
        return "/compare"
    return Here(levels, levels.shown(scheme, area)).to("/compare", *(("need", name) for name in needs))


def side_by_side() -> list[Here]:
    """Every scheme that the address names, each once."""
    levels = current().levels
    names = list(dict.fromkeys(name.strip() for name in request.args.getlist("scheme") if name.strip())) or [""]
    return [Here(levels, _shown(levels, name)) for name in names]


def _shown(levels: Levels, name: str) -> Shown:
    by_id = {scheme.id: scheme for scheme in levels.schemes}
    scheme = by_id.get(name) if name else levels.default
    if scheme is None:
        places = [(f"/levels?scheme={known.id}", known.name) for known in levels.schemes]
        if not places:
            words = "No threshold scheme is recorded here: a folder under content/thresholds would be one."
            raise NotHere("No levels are recorded", words, [("/", "First page"), ("/services", "Services")])
        words = "The address asks for a threshold scheme that is not among those recorded here."
        near = nearest_places(name, zip(by_id, places, strict=True))
        raise NotHere("There is no such scheme here", words, places, near, 400)
    area = request.args.get("area", "").strip()
    areas = levels.areas_of(scheme)
    if area and area not in {one.id for one in areas}:
        places = [(f"/levels?scheme={scheme.id}&area={one.id}", f"{scheme.name} in {one.name}") for one in areas]
        places = places or [(f"/levels?scheme={scheme.id}", scheme.name)]
        raise NotHere("That area does not follow this scheme", f"These areas follow {scheme.name}.", places, status=400)
    return levels.shown(scheme, area)


def level_at(place: Here, number: str) -> LevelPage:
    """The level with this number, told whole."""
    found = place.shown.page(int(number)) if number.isascii() and number.isdecimal() and len(number) < 3 else None
    if found is None:
        exist = [(place.to(f"/levels/{level.number}"), f"Level {level.number}: {level.name}") for level in place.local.levels]
        words = f"{place.scheme.name} has {len(exist)} levels."
        raise NotHere("There is no such level", words, [*exist, (place.to("/levels"), "All levels side by side")])
    return found


def theme_at(place: Here, name: str) -> Need:
    """The need with this id."""
    directory = place.local.directory
    found = directory.need_by_id.get(name)
    if found is None:
        exist: list[tuple[str, Place]] = [(need.id, (place.to(f"/themes/{need.id}"), need.label)) for need in directory.vocabulary.needs]
        near = nearest_places(name, exist)
        raise NotHere("There is no such theme", "These are the themes recorded here.", [place_ for _, place_ in exist], near)
    return found


def descriptor_at(place: Here, name: str) -> Descriptor:
    """The descriptor with this id."""
    found = place.local.by_id.get(name)
    if found is None:
        known = [(one.id, (place.to(f"/descriptors/{one.id}"), f"Level {one.level}: {one.text}")) for one in place.local.descriptors]
        of_level = [(level.number, level.name) for level in place.local.levels]
        exist = [(place.to(f"/levels/{number}"), f"Descriptors of level {number}: {name_}") for number, name_ in of_level]
        words = f"{place.scheme.name} has {len(known)} descriptors; each level lists its own."
        raise NotHere("There is no such descriptor", words, exist, nearest_places(name, known))
    return found


def descriptors_answered(service: Service) -> dict[int, list[Descriptor]]:
    """The descriptors that a service answers, at each of its levels."""
    levels = current().levels
    scheme = levels.directory.scheme_of(service.area)
    if scheme is None or scheme not in levels.schemes:
        return {}
    found: dict[int, list[Descriptor]] = {}
    for one in levels.shown(scheme, service.area).local.answered_by.get(service.id, ()):
        found.setdefault(one.level, []).append(one)
    return found


def _of(scheme: str) -> Here:
    levels = current().levels
    return Here(levels, levels.shown(levels.directory.scheme_by_id[scheme]))


def descriptor_named(name: str) -> Descriptor:
    """The descriptor with this `scheme/id`, as the full text names it."""
    scheme, _, one = name.partition("/")
    return current().directory.descriptor_by_key[scheme, one]


def descriptor_place(one: Descriptor) -> str:
    """Where a descriptor stands, in words: its level, its domain and its heading."""
    local = _of(one.scheme).local
    level = local.level(one.level)
    name = f", {inside(level.name)}" if level else ""
    return f"Descriptor of level {one.level}{name}: {local.domain_name(one)}, {one.heading}"


def descriptor_under(one: Descriptor) -> str:
    """The domain and the heading that a descriptor stands under."""
    return f"{_of(one.scheme).local.domain_name(one)}: {one.heading}"


def descriptor_address(one: Descriptor) -> str:
    """The page of a descriptor."""
    return _of(one.scheme).to(f"/descriptors/{one.id}")


def theme_address(one: Descriptor, need: str) -> str:
    """The ladder of a need in the scheme of a descriptor."""
    return _of(one.scheme).to(f"/themes/{need}")


def level_address(area: str, number: int) -> str:
    """The page of a level of the scheme that an area follows."""
    scheme = current().directory.scheme_of(area)
    return _of(scheme.id).to(f"/levels/{number}") if scheme and scheme.levels else f"/levels/{number}"


def heading_ids(local: LocalScheme) -> dict[str, str]:
    """The headings of a scheme by the short names that addresses use."""
    return {anchor(heading): heading for _, headings in local.headings for heading in headings}
