"""Where help for a need, an age and a level rests on one service, provider, worker or payer; and services behind one gateway."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.gaps.bands import places
from app.gaps.ground import Ground
from app.gaps.payers import payers_of
from app.gaps.query import Query
from app.gaps.shown import not_shown
from app.gaps.tables import Table
from app.gaps.unanswered import need_cells, reaching_by_band
from app.gaps.words import inside, joined, levels_in_words, named, so_many
from app.graph import graph_of
from app.model import ALERT_ORDER, Service

Kind = Literal["worker", "service", "provider", "payer"]

KINDS: dict[Kind, str] = {"worker": "one worker", "service": "one service", "provider": "one provider", "payer": "one payer"}
"""From the frailest to the broadest."""

RULES = (
    "A point is a need, an age band and a level that services answer as their main purpose, where all of them rest on one thing.",
    "One worker: only where the source itself says that a service is one worker, and no other service answers the point.",
    "One service: no other service answers the point, whatever its way of reaching the child.",
    "One provider or one payer: several services answer it, and the source names the same provider, or the same sole payer, for every one. "
    "Where a name is not recorded, nobody can say.",
    "Ranked by the gravity of the need's alert card, then by how many points rest on the thing, then by the highest level among them.",
    "Informal help and services that nobody recorded are not seen.",
)

ONE_WORKER = re.compile(r"\bone (?:full-time |part-time )?(?:\w+ )?(?:worker|practitioner|nurse|post)\b[^.;]*", re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """One need that rests on one thing: where (band, level), and on which services."""

    need: str
    label: str
    kind: Kind
    on: str
    services: tuple[str, ...]
    cells: tuple[tuple[str, int], ...]
    words: str
    grade: int

    def to_json(self) -> dict[str, Any]:
        """The point with every cell."""
        return {
            "need": self.need,
            "label": self.label,
            "kind": self.kind,
            "on": self.on,
            "services": list(self.services),
            "cells": [{"band": band, "level": level} for band, level in self.cells],
            "words": self.words,
        }


@dataclass(frozen=True)
class GatewayPoint:
    """A gateway that every recorded way to some services passes."""

    gateway: str
    name: str
    services: tuple[str, ...]
    needs: tuple[str, ...]
    words: str

    def to_json(self) -> dict[str, Any]:
        """The gateway with the services behind it, and the needs that no service outside it has as a main purpose."""
        return {
            "gateway": self.gateway, "name": self.name, "services": list(self.services), "needs_only_behind_it": list(self.needs),
            "words": self.words,
        }  # fmt: skip


@dataclass(frozen=True)
class Worker:
    """A service of which the source says that it is one worker, in the source's words."""

    service: str
    name: str
    words: str

    def to_json(self) -> dict[str, Any]:
        """The service and the words."""
        return {"service": self.service, "name": self.name, "words": self.words}


@dataclass(frozen=True)
class SinglePoints:
    """Everything that rests on one thing, ranked; and the services that are one worker, whether or not others stand beside them."""

    area: str
    points: tuple[Point, ...]
    workers: tuple[Worker, ...]
    gateways: tuple[GatewayPoint, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """Points and gateways."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "points": [point.to_json() for point in self.points],
            "one_worker": [worker.to_json() for worker in self.workers],
            "gateways": [point.to_json() for point in self.gateways],
        }

    def tables(self) -> tuple[Table, ...]:
        """One row for each need and thing it rests on, and one for each gateway."""
        rows = tuple(
            (point.label, KINDS[point.kind], point.on, len(point.cells),
             "; ".join(places(point.cells)), "; ".join(point.services))
            for point in self.points
        )  # fmt: skip
        gateways = tuple((each.name, len(each.services), "; ".join(each.services), "; ".join(each.needs)) for each in self.gateways)
        workers = tuple((worker.name, worker.words) for worker in self.workers)
        return (
            Table("single-points", "What rests on one thing", ("Need", "Rests on", "Name", "Points", "Where", "Services"), rows),
            Table("one-worker", "Services that are one worker", ("Service", "What the source says"), workers),
            Table("single-gateways", "Services behind one gateway", ("Gateway", "Services", "Which", "Needs met only behind it"), gateways),
        )


def one_worker(service: Service) -> str:
    """The source's own words when it says that a service is one worker; "" when it does not say so."""
    places = (service.capacity.note if service.capacity else None, service.summary, service.status_note)
    found = (match for text in places if text for match in [ONE_WORKER.search(text)] if match)
    return next((match.group().strip() for match in found), "")


def single_points(ground: Ground, query: Query) -> SinglePoints:
    """Needs, ages and levels that rest on one service, provider, worker or payer, and services behind one gateway."""
    levels = ground.levels_of(query.area)
    asked, reaching = ground.chosen(query).sure, reaching_by_band(ground, query.as_from_0)
    points: list[Point] = []
    for need in ground.directory.vocabulary.needs:
        where: dict[int, list[tuple[str, int]]] = {}
        for cell, bits in need_cells(ground, asked, need.id, levels, reaching).items():
            if bits:
                where.setdefault(bits, []).append(cell)
        points += _points(ground, need.id, where)
    weight: dict[tuple[Kind, str], int] = {}
    for point in points:
        weight[point.kind, point.on] = weight.get((point.kind, point.on), 0) + len(point.cells)
    points.sort(key=lambda each: (-each.grade, -weight[each.kind, each.on], -max(level for _, level in each.cells), each.on, each.label))
    workers = tuple(Worker(service.id, service.name, words) for service in ground.services_of(asked) if (words := one_worker(service)))
    gateways = tuple(_gateways(ground, query.area, asked))
    area = ground.directory.area_by_id[query.area].name
    hidden = not_shown(ground.withheld, "funders", "commissioner", "provider", "capacity.note", "reached_by")
    found = [*_findings(points, workers, gateways, area, bool(levels)), *hidden]
    if not found:
        found = ["Nothing recorded here rests on one thing." if asked else "No service is recorded for what is selected."]
    return SinglePoints(query.area, tuple(points), workers, gateways, tuple(found))


def _points(ground: Ground, need: str, where: Mapping[int, list[tuple[str, int]]]) -> Iterator[Point]:
    """The points of one need: cells that the same thing holds stand together."""
    held: dict[tuple[Kind, str], tuple[int, list[tuple[str, int]]]] = {}
    for bits, cells in where.items():
        for thing in _things(ground, bits):
            before, places = held.get(thing, (0, []))
            held[thing] = (before | bits, [*places, *cells])
    known = ground.directory.need_by_id[need]
    for (kind, name), (bits, cells) in held.items():
        levels = levels_in_words({level for _, level in cells})
        rests = f"{known.label} rests on {KINDS[kind]} at {levels}: {name}."
        yield Point(need, known.label, kind, name, tuple(ground.ids_of(bits)), tuple(cells), rests, ALERT_ORDER.index(known.alert))


def _things(ground: Ground, bits: int) -> Iterator[tuple[Kind, str]]:
    """What one set of services rests on. One service is told as such, its provider and payer are then no news."""
    first = next(ground.services_of(bits))
    if bits.bit_count() == 1:
        yield "service", first.name
        words = one_worker(first)
        if words:
            yield "worker", f"{first.name} ({words[0].lower()}{words[1:]})"
        return
    if first.provider and not bits & ~ground.provided_by[first.provider]:
        yield "provider", first.provider
    payers = payers_of(first)
    if len(payers) == 1 and not bits & ~ground.paid_only_by[payers[0]]:
        yield "payer", payers[0]


def _gateways(ground: Ground, area: str, asked: int) -> Iterator[GatewayPoint]:
    """Gateways that every recorded way to a service passes, those with most services first."""
    graph = graph_of(ground.directory, area)
    behind: dict[str, int] = {}
    for name, passed in graph.only_through.items():
        number = ground.facets.ordinal.get(name)
        if number is not None and asked >> number & 1:
            for gateway in passed:
                if gateway != graph.places[name].twin:
                    behind[gateway] = behind.get(gateway, 0) | 1 << number
    for gateway, bits in sorted(behind.items(), key=lambda item: (-item[1].bit_count(), item[0])):
        needs = tuple(need for need, members in ground.facets.main.items() if members & bits and not members & asked & ~bits)
        place, names = graph.places[gateway], ground.names_of(bits)
        words = f"Every recorded way to {named(names)} passes {place.name}."
        if needs:
            words += (
                f" No other service has {joined([inside(ground.directory.need_by_id[need].label) for need in needs])} as its main purpose."
            )
        yield GatewayPoint(gateway, place.name, tuple(ground.ids_of(bits)), needs, words)


def _findings(
    points: Iterable[Point], workers: Sequence[Worker], gateways: Sequence[GatewayPoint], area: str, with_levels: bool
) -> Iterator[str]:
    if not with_levels:
        yield f"No threshold scheme is recorded for {area}, so nobody can say what rests on one service at a level."
    found = list(points)
    for kind, words in KINDS.items():
        held: dict[str, list[Point]] = {}
        for point in found:
            if point.kind == kind:
                held.setdefault(point.on, []).append(point)
        for on, its in sorted(held.items(), key=lambda item: (-sum(len(point.cells) for point in item[1]), item[0]))[:3]:
            number = sum(len(point.cells) for point in its)
            needs = named([inside(point.label) for point in its])
            yield f"{so_many(number, 'point', 'rests', 'rest')} on {words}, {on}: {needs}."
    if workers:
        yield f"{so_many(len(workers))} one worker by the source's own words: {named([worker.name for worker in workers])}."
    for gateway in gateways[:3]:
        yield gateway.words
