"""The menu of services: filters as bit sets, each option with the number it would give beside the other filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from app.facets import Facets
from app.matching import Matcher
from app.model import OLDEST, RECIPIENT_WORDS, STATUS_WORDS, UNBORN, Area, Directory, Service
from app.problems import nearest
from app.question import AddressProblem
from app.web.words import age_of_child, shown

NAMES = {
    "area": "Area",
    "level": "Level",
    "age": "Child’s age",
    "need": "Need",
    "recipient": "Received by",
    "gateway": "Way in",
    "status": "Status",
}
"""The filters, in their order."""

ALL_AREAS = "all"
NOT_RECORDED = "not-recorded"
IN_USE = "in-use"
ANY_NEED = "any-need"


@dataclass(frozen=True)
class Option:
    """One value a filter can take, and how many services it gives beside the other filters."""

    value: str
    label: str
    count: int
    chosen: bool
    theme: str = ""


@dataclass(frozen=True)
class Filter:
    """One filter: its options, and what is chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def themes(self) -> list[tuple[str, list[Option]]]:
        """The options by theme, in the order of the themes."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            found.setdefault(option.theme, []).append(option)
        return list(found.items())


@dataclass(frozen=True)
class Section:
    """Services of one area that stand together; on a page of a long list `of` so many, with `before` of them on earlier pages."""

    heading: str
    services: tuple[Service, ...]
    sure: bool = True
    before: int = 0
    of: int = 0

    @property
    def count(self) -> int:
        """How many there are, on this page or not."""
        return self.of or len(self.services)


@dataclass(frozen=True)
class AreaList:
    """The services of one area: areas stand under their own headings and are never mixed."""

    area: Area
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Bits:
    """The services that fit a filter, and those of which the source does not say."""

    sure: int
    unknown: int = 0


class Menu:
    """The services that fit a choice of filters, with everything the page shows about them."""

    def __init__(self, matcher: Matcher, values: Mapping[str, list[str]], kept: Sequence[str] = ()) -> None:
        self.kept = tuple(kept)
        self.directory: Directory = matcher.directory
        self.facets: Facets = matcher.facets
        self.problems: list[AddressProblem] = []
        self.options = self._all_options(values)
        self.chosen = self._read(values)
        self.bits = {name: self._bits(name, value) for name, value in self.chosen.items()}
        self.sure = self._and(self.bits)
        possible = self.facets.everything
        for bits in self.bits.values():
            possible &= bits.sure | bits.unknown
        self.unknown = possible & ~self.sure

    # reading the address

    def _read(self, values: Mapping[str, list[str]]) -> dict[str, str]:
        self.area = self._one("area", values.get("area", [])) or self.directory.site.default_area
        chosen = {"area": self.area}
        for name in values:
            if name not in NAMES:
                self.problems.append(AddressProblem(shown(name), "", f"is not a filter; the filters are {', '.join(NAMES)}"))
        for name in NAMES:
            if name != "area" and (value := self._one(name, values.get(name, []))):
                chosen[name] = value
        return chosen

    def _one(self, name: str, values: list[str]) -> str:
        values = [value.strip() for value in values if value.strip()]
        if len(values) > 1:
            self.problems.append(AddressProblem(name, shown(values[1]), "is a second value; one at a time can be chosen"))
        known = self.options[name]
        if not values or values[0] in known:
            return values[0] if values else ""
        self.problems.append(AddressProblem(name, shown(values[0]), self._what_is_allowed(name, values[0][:100])))
        return ""

    def _what_is_allowed(self, name: str, value: str) -> str:
        if name == "age":
            return f"is not one of the choices here; write whole years from 0 to {OLDEST}, or 'unborn'"
        if name == "gateway" and self.area == ALL_AREAS:
            return "belongs to one area: choose the area, then the way in"
        if name == "gateway":
            return f"is not a way in recorded for {self.directory.area_by_id[self.area].name}{nearest(value, self.options[name])}"
        return f"is not one of the choices here{nearest(value, self.options[name])}"

    def _all_options(self, values: Mapping[str, list[str]]) -> dict[str, dict[str, str]]:
        """Every value of every filter with its label."""
        directory, facets = self.directory, self.facets
        area = next((value for value in values.get("area", []) if value in directory.area_by_id), directory.site.default_area)
        if ALL_AREAS in values.get("area", []):
            area = ""
        levels = sorted({level.number for scheme in directory.schemes for level in scheme.levels} | set(facets.level))
        return {
            "area": {place.id: place.name for place in directory.site.areas} | {ALL_AREAS: "All areas, each under its own heading"},
            "level": {str(number): self._level_label(area, number) for number in levels} | {NOT_RECORDED: "Level not recorded"},
            "age": {_age_value(age): age_of_child(age) for age in range(UNBORN, OLDEST + 1)} | {NOT_RECORDED: "Age not recorded"},
            "need": {need.id: need.label for need in directory.vocabulary.needs}
            | {ANY_NEED: "Takes any need", NOT_RECORDED: "Need not recorded"},
            "recipient": {name: words[:1].upper() + words[1:] for name, words in RECIPIENT_WORDS.items()} | {NOT_RECORDED: "Not recorded"},
            "gateway": {
                gateway.id: gateway.name for gateway in directory.gateways if gateway.area == area and (area, gateway.id) in facets.gateway
            }
            | {NOT_RECORDED: "Way in not recorded"},
            "status": {IN_USE: "In use at the date of the source"} | dict(STATUS_WORDS),
        }

    def _level_label(self, area: str, number: int) -> str:
        scheme = self.directory.scheme_of(area) or next(iter(self.directory.schemes), None)
        level = scheme.level(number) if scheme else None
        return f"Level {number}: {level.name}" if level else f"Level {number}"

    # services as bits

    def _bits(self, name: str, value: str) -> Bits:
        facets = self.facets
        if name == "area":
            return Bits(facets.everything if value == ALL_AREAS else facets.area.get(value, 0))
        if name == "level":
            unknown = facets.level_not_recorded
            return Bits(unknown) if value == NOT_RECORDED else Bits(facets.level.get(int(value), 0), unknown)
        if name == "age":
            if value == NOT_RECORDED:
                return Bits(facets.no_age_asked.of_class["not-recorded"])
            classes = facets.by_age[UNBORN if value == "unborn" else int(value)]
            return Bits(classes.fitting, classes.of_class["not-recorded"])
        if name == "need":
            return self._need_bits(value)
        if name == "recipient":
            unknown = facets.everything & ~_union(facets.recipient.values())
            return Bits(unknown) if value == NOT_RECORDED else Bits(facets.recipient.get(value, 0), unknown)
        if name == "gateway":
            unknown = facets.route_not_recorded
            return Bits(unknown) if value == NOT_RECORDED else Bits(facets.gateway.get((self.area, value), 0), unknown)
        return Bits(facets.running if value == IN_USE else facets.status.get(value, 0))

    def _need_bits(self, value: str) -> Bits:
        """The services for a need or for any kind of it, as a main purpose or as something they also help with."""
        facets = self.facets
        if value == ANY_NEED:
            return Bits(facets.any_need)
        if value == NOT_RECORDED:
            return Bits(facets.need_not_recorded)
        kinds = [value]
        for need in kinds:
            kinds += [kind.id for kind in self.directory.vocabulary.needs if kind.broader == need and kind.id not in kinds]
        return Bits(_union(facets.main.get(need, 0) | facets.also.get(need, 0) for need in kinds), facets.need_not_recorded)

    def _and(self, bits: Mapping[str, Bits], leave_out: str = "") -> int:
        found = self.facets.everything
        for name, each in bits.items():
            if name != leave_out:
                found &= each.sure
        return found

    # what the page shows

    def filters(self) -> list[Filter]:
        """Every filter with its options; an option that would give nothing is left out, unless it is chosen."""
        return [self._filter(name) for name in NAMES]

    def _filter(self, name: str) -> Filter:
        others = self._and(self.bits, leave_out=name)
        themes = {need.id: need.theme for need in self.directory.vocabulary.needs} if name == "need" else {}
        options = []
        for value, label in self.options[name].items():
            chosen = self.chosen.get(name) == value
            count = (others & self._bits_for_count(name, value)).bit_count()
            if count or chosen or name == "area":
                options.append(Option(value, label, count, chosen, themes.get(value, "Other")))
        return Filter(name, NAMES[name], tuple(options))

    def _bits_for_count(self, name: str, value: str) -> int:
        return self._bits(name, value).sure

    def areas(self) -> list[AreaList]:
        """The services by area: in use, then older, proposed or ended, then those of which too little is recorded."""
        lists = []
        for area in self.directory.site.areas:
            here = self.facets.area.get(area.id, 0)
            sections = [
                self._section("In use at the date of the source", here & self.sure & self.facets.running),
                self._section("Older, proposed or ended", here & self.sure & ~self.facets.running),
                self._section("May fit: the source does not say", here & self.unknown, sure=False),
            ]
            found = tuple(section for section in sections if section.services)
            if found:
                lists.append(AreaList(area, found))
        return lists

    def _section(self, heading: str, bits: int, sure: bool = True) -> Section:
        services = sorted(self.facets.picked(bits), key=lambda service: (service.name.lower(), service.id))
        return Section(heading, tuple(services), sure)

    @property
    def count(self) -> int:
        """How many services certainly fit."""
        return self.sure.bit_count()

    def removable(self) -> list[tuple[str, str, str]]:
        """What is chosen beside the area: (filter, label, the address without it)."""
        return [
            (NAMES[name], self.options[name][value], self.address({key: kept for key, kept in self.chosen.items() if key != name}))
            for name, value in self.chosen.items()
            if name != "area"
        ]

    def address(self, chosen: Mapping[str, str], path: str = "/services") -> str:
        """The address of a choice of filters, with the shortlist that is kept meanwhile."""
        pairs = [*((name, chosen[name]) for name in NAMES if name in chosen), *(("shortlist", name) for name in self.kept)]
        return f"{path}?{urlencode(pairs, safe='/')}"


def _union(members: object) -> int:
    bits = 0
    for member in members:  # type: ignore[attr-defined]
        bits |= member
    return bits


def _age_value(age: int) -> str:
    return "unborn" if age == UNBORN else str(age)
