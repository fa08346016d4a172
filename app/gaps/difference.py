"""What changes in an area when its services change: cells, needs, descriptors and routes, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.gaps.bands import BANDS
from app.gaps.cells import Cell, cells_of
from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.unanswered import descriptor_bits, need_cells, reaching_by_band
from app.model import Directory, Gateway


@dataclass(frozen=True)
class CellChange:
    """One cell before and after."""

    band: str
    level: int
    today: Cell
    after: Cell

    @property
    def lost(self) -> bool:
        """Whether nothing reaches these ages at this level any more, and something did."""
        return bool(self.today.ways.reaching) and not self.after.ways.reaching

    @property
    def lost_direct(self) -> bool:
        """Whether nothing works with these ages directly any more, and something did."""
        return bool(self.today.direct) and not self.after.direct

    def to_json(self) -> dict[str, Any]:
        """The numbers side by side."""
        return {
            "band": self.band,
            "level": self.level,
            "today": _numbers(self.today),
            "after": _numbers(self.after),
            "left_with_nothing": self.lost,
            "left_with_nothing_direct": self.lost_direct,
        }


def _numbers(cell: Cell) -> dict[str, Any]:
    return {
        "direct": cell.direct,
        "through_parent": cell.through_parent,
        "conditional": cell.conditional,
        "not_recorded": cell.not_recorded,
        "distinct": cell.distinct,
        "word": cell.word,
    }


@dataclass(frozen=True)
class NeedChange:
    """A need: the cells that its services answered and no longer do, and those that are new."""

    need: str
    label: str
    today: int
    after: int
    lost: tuple[tuple[str, int], ...]
    gained: tuple[tuple[str, int], ...]

    @property
    def gone(self) -> bool:
        """Whether no service is left that has it as its main purpose."""
        return bool(self.today) and not self.after

    def to_json(self) -> dict[str, Any]:
        """The need with the number of its services before and after."""
        return {
            "need": self.need,
            "label": self.label,
            "services_today": self.today,
            "services_after": self.after,
            "left_with_nothing": self.gone,
            "lost": [{"band": band, "level": level} for band, level in self.lost],
            "gained": [{"band": band, "level": level} for band, level in self.gained],
        }


@dataclass(frozen=True)
class DescriptorChange:
    """A descriptor that loses its last service at its level, or gets a first one."""

    scheme: str
    descriptor: str
    level: int
    text: str
    answered: bool

    def to_json(self) -> dict[str, Any]:
        """The descriptor, and whether it is answered after the change."""
        return {
            "scheme": self.scheme, "descriptor": self.descriptor, "level": self.level, "text": self.text, "answered_after": self.answered
        }  # fmt: skip


@dataclass(frozen=True)
class RouteChange:
    """A gateway: how many services it led to and leads to; `profile_gone` when the gateway's own profile is among those taken away."""

    gateway: str
    name: str
    today: int
    after: int
    profile_gone: bool

    def to_json(self) -> dict[str, Any]:
        """The gateway with both numbers."""
        return {
            "gateway": self.gateway,
            "name": self.name,
            "services_today": self.today,
            "services_after": self.after,
            "leads_to_no_service": bool(self.today) and not self.after,
            "its_own_profile_is_gone": self.profile_gone,
        }


@dataclass(frozen=True)
class Difference:
    """Everything that is not the same before and after."""

    cells: tuple[CellChange, ...] = ()
    needs: tuple[NeedChange, ...] = ()
    descriptors: tuple[DescriptorChange, ...] = ()
    routes: tuple[RouteChange, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changes."""
        return not (self.cells or self.needs or self.descriptors or self.routes)

    def to_json(self) -> dict[str, Any]:
        """The four lists."""
        return {
            "cells": [change.to_json() for change in self.cells],
            "needs": [change.to_json() for change in self.needs],
            "descriptors": [change.to_json() for change in self.descriptors],
            "routes": [change.to_json() for change in self.routes],
        }


@dataclass(frozen=True)
class Standing:
    """What an area has on one ground: worked out once, then compared with any number of changed grounds."""

    ground: Ground
    query: Query
    levels: tuple[int, ...]
    chosen: int
    cells: tuple[Cell, ...]
    reaching: Mapping[str, int]


def standing(ground: Ground, query: Query) -> Standing:
    """The area as it is on this ground."""
    levels = ground.levels_of(query.area)
    chosen = ground.chosen(query)
    cells = cells_of(ground, chosen, BANDS, levels, query.as_from_0)
    return Standing(ground, query, levels, chosen.sure, cells, reaching_by_band(ground, query.as_from_0))


def difference(today: Standing, after: Standing, changed: Iterable[str]) -> Difference:
    """What is not the same after a change of these services. Needs and descriptors that none of them has are not looked at."""
    ground, directory = today.ground, today.ground.directory
    bits = 0
    for name in changed:
        bits |= 1 << ground.facets.ordinal[name]
    touched = _needs_of(ground, bits)
    return Difference(
        tuple(
            CellChange(one.band, one.level, one, two)
            for one, two in zip(today.cells, after.cells, strict=True) if one.ways != two.ways
        ),
        tuple(_need_changes(today, after, touched)),
        tuple(_descriptor_changes(today, after, touched)),
        tuple(_route_changes(directory, today, after)),
    )  # fmt: skip


def _needs_of(ground: Ground, bits: int) -> list[str]:
    """The needs that the services have as a main purpose, and the wider ones of which they are a kind."""
    return [need for need in ground.directory.need_by_id if bits & ground.main((need,))]


def _need_changes(today: Standing, after: Standing, needs: Sequence[str]) -> Iterable[NeedChange]:
    for need in needs:
        before = need_cells(today.ground, today.chosen, need, today.levels, today.reaching)
        then = need_cells(after.ground, after.chosen, need, after.levels, after.reaching)
        numbers = (today.chosen & today.ground.main((need,))).bit_count(), (after.chosen & after.ground.main((need,))).bit_count()
        lost = tuple(key for key, bits in before.items() if bits and not then[key])
        gained = tuple(key for key, bits in then.items() if bits and not before[key])
        if lost or gained or numbers[0] != numbers[1]:
            yield NeedChange(need, today.ground.directory.need_by_id[need].label, *numbers, lost, gained)


def _descriptor_changes(today: Standing, after: Standing, needs: Sequence[str]) -> Iterable[DescriptorChange]:
    scheme, wanted = today.ground.scheme_of(today.query.area), set(needs)
    for descriptor in today.ground.directory.descriptors if scheme else ():
        if scheme and descriptor.scheme == scheme.id and not wanted.isdisjoint(descriptor.needs):
            before = bool(descriptor_bits(today.ground, today.chosen, descriptor))
            then = bool(descriptor_bits(after.ground, after.chosen, descriptor))
            if before != then:
                yield DescriptorChange(descriptor.scheme, descriptor.id, descriptor.level, descriptor.text, then)


def _route_changes(directory: Directory, today: Standing, after: Standing) -> Iterable[RouteChange]:
    for gateway in directory.gateways:
        if gateway.area == today.query.area:
            members = today.ground.facets.gateway.get((gateway.area, gateway.id), 0)
            before, then = (members & today.chosen).bit_count(), (members & after.chosen).bit_count()
            gone = _profile_gone(gateway, today, after)
            if before != then or gone:
                yield RouteChange(gateway.id, gateway.name, before, then, gone)


def _profile_gone(gateway: Gateway, today: Standing, after: Standing) -> bool:
    number = today.ground.facets.ordinal.get(gateway.service or "")
    return number is not None and bool(today.chosen >> number & 1) and not after.chosen >> number & 1
