"""Money divided over rows, as three bounds that are never merged: dedicated, shared equally, counted in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.gaps.bands import BANDS
from app.gaps.ground import Ground
from app.gaps.words import counted, rounded, short_pounds
from app.model import Service

UNKNOWN = "not-recorded"
ANY_NEED = "any-need"
ADULTS = "adults"


@dataclass(frozen=True)
class Bounds:
    """One row: three bounds in exact pounds, the services whose money touches it, and those without a figure.

    A bound is None where services are recorded and none of them has a figure: that is unknown, not £0.
    """

    key: str
    label: str
    dedicated: Fraction | None
    shared: Fraction | None
    full: Fraction | None
    services: tuple[str, ...]
    without: tuple[str, ...]

    def in_words(self) -> str:
        """The bounds as they are printed: "£0 dedicated, £1.86m shared equally, £6.74m counted in full"."""
        if self.full is None or self.shared is None:
            return f"no figure for {counted(len(self.without))}"
        dedicated = "no figure" if self.dedicated is None else short_pounds(self.dedicated)
        return f"{dedicated} dedicated, {short_pounds(self.shared)} shared equally, {short_pounds(self.full)} counted in full"

    @property
    def pounds(self) -> tuple[int | None, int | None, int | None]:
        """The three bounds in whole pounds."""
        dedicated, shared, full = (None if bound is None else rounded(bound) for bound in (self.dedicated, self.shared, self.full))
        return dedicated, shared, full

    def to_json(self) -> dict[str, Any]:
        """The row, in whole pounds."""
        return {
            "key": self.key,
            "label": self.label,
            "dedicated": self.pounds[0],
            "shared_equally": self.pounds[1],
            "counted_in_full": self.pounds[2],
            "services": list(self.services),
            "without_a_figure": list(self.without),
        }


def bounds(
    ground: Ground, services: Iterable[Service], keys_of: Callable[[Service], Sequence[str]], labels: dict[str, str], *, fixed: bool = False
) -> tuple[Bounds, ...]:
    """The three bounds of each key. Rows with labels come in that order; with `fixed` also those that no service touches."""
    sums: dict[str, _Sums] = {key: _Sums() for key in labels if fixed and key not in (UNKNOWN, ADULTS)}
    for service in services:
        keys = tuple(keys_of(service)) or (UNKNOWN,)
        for key in keys:
            sums.setdefault(key, _Sums()).add(service, ground.budget_of(service), len(keys))
    place = {key: number for number, key in enumerate(labels)}
    order = sorted(sums, key=lambda key: (place.get(key, 0) if fixed else key == UNKNOWN, -sums[key].full, labels.get(key, key)))
    return tuple(sums[key].bounds(key, labels.get(key, key)) for key in order)


class _Sums:
    """One row while it is being added up."""

    def __init__(self) -> None:
        self.dedicated = self.full = 0
        self.parts: dict[int, int] = {}
        self.services: list[str] = []
        self.without: list[str] = []
        self.dedicated_unknown = self.dedicated_known = False

    def add(self, service: Service, amount: int | None, rows: int) -> None:
        """One service that touches this row and `rows` in all."""
        if amount is None:
            self.without.append(service.id)
            self.dedicated_unknown |= rows == 1
            return
        self.services.append(service.id)
        self.full += amount
        self.parts[rows] = self.parts.get(rows, 0) + amount
        if rows == 1:
            self.dedicated += amount
            self.dedicated_known = True

    def bounds(self, key: str, label: str) -> Bounds:
        """The row, added up; what nobody recorded is None."""
        unknown = bool(self.without) and not self.services
        shared = sum((Fraction(amount, rows) for rows, amount in self.parts.items()), Fraction(0))
        dedicated = None if unknown or (self.dedicated_unknown and not self.dedicated_known) else Fraction(self.dedicated)
        return Bounds(
            key,
            label,
            dedicated,
            None if unknown else shared,
            None if unknown else Fraction(self.full),
            tuple(self.services),
            tuple(self.without),
        )


def bounds_by_level(ground: Ground, services: Iterable[Service], area: str) -> tuple[Bounds, ...]:
    """The bounds of each level of the area's scheme, and the services whose level is not recorded."""
    labels = {**{str(number): f"Level {number}" for number in ground.levels_of(area)}, UNKNOWN: "Level not recorded"}
    return bounds(ground, services, lambda service: tuple(str(level) for level in service.levels), labels, fixed=True)


def bounds_by_band(ground: Ground, services: Iterable[Service], as_from_0: bool) -> tuple[Bounds, ...]:
    """The bounds of each age band; services that only adults receive, and those whose age is not recorded, have rows of their own."""
    bands = ground.bands_ways(BANDS, as_from_0)

    def keys(service: Service) -> tuple[str, ...]:
        bit = 1 << ground.facets.ordinal[service.id]
        if bit & ground.around:
            return (ADULTS,)
        return tuple(band.id for band, ways in bands if bit & ways.direct)

    labels = {band.id: band.label for band, _ in bands}
    return bounds(
        ground,
        services,
        keys,
        {**labels, ADULTS: "Adults around the child (the child's age is not tested)", UNKNOWN: "Age not recorded"},
        fixed=True,
    )
