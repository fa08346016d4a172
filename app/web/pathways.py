"""The pathways of an area: its stages in order beside the map, each stage whole, and findings for commissioners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template

from app.graph import Graph, Place, graph_of
from app.journeys import HEADINGS, Finding, FindingKind, ToldStep
from app.model import Area, ClosedWay, Gateway
from app.web.journey import choices_of
from app.web.marks import mark, with_freshness
from app.web.markup import drawing
from app.web.not_here import NotHere, nearest_places
from app.web.state import Loaded, current
from app.web.twins import as_json, closed_way_json

bp = Blueprint("pathways", __name__)

FINDING_WORDS: dict[FindingKind, str] = {
    "unreachable-service": "Ways in are recorded, and none of them begins at a place to which a recorded step leads.",
    "stage-without-way-in": "No recorded step leads there from any place where a journey can start.",
    "route-not-recorded": "No source says how a family comes to them.",
    "bypass": (
        "Found by closing the usual ways in at a level and seeing what can still be reached. Help that nobody coordinates may be "
        "right for a family, and it is not seen by those who plan."
    ),
    "single-point-of-failure": (
        "Found by closing each gateway in turn: when it is closed or full, no other recorded way leads to the service."
    ),
    "no-way-down": "A child is stepped up to them, and however one goes on, no step down follows.",
    "step-up-without-step-down": "A step up leaves them and no step down does. The way down may lead through another stage.",
    "no-way-on": "What follows is not recorded, and no step down ends there.",
    "loop": "A family can be passed round without ever stepping down.",
    "rests-on-doubt": "At least one step is not stated in a source but recommended, proposed or assumed by the editors.",
}
"""What each kind of finding means, and how it is found."""


@dataclass(frozen=True)
class Lane:
    """Stages that stand together in the list; `first` is the number of the first of them."""

    id: str
    title: str
    first: int
    gateways: tuple[Gateway, ...]


@bp.get("/pathways")
def pathways() -> str:
    """The areas that have a pathway."""
    loaded = current()
    return render_template("pathways.html", areas=[(area, len(loaded.gateways_of(area.id))) for area in loaded.directory.site.areas])


@bp.get("/pathways.json")
def pathways_json() -> Response:
    """The areas that have a pathway, for other programs."""
    loaded = current()
    areas = [
        {
            "id": area.id,
            "name": area.name,
            "as_at": area.as_at,
            "address": f"/pathways/{area.id}",
            "stages": len(loaded.gateways_of(area.id)),
        }
        for area in loaded.directory.site.areas
    ]
    return as_json({"areas": areas})


@bp.get("/pathways/<area>")
def pathway(area: str) -> str:
    """The stages of one area in order, the map drawn from them, and every step."""
    loaded = current()
    place = area_or_404(loaded, area)
    graph, map_ = graph_of(loaded.directory, area), loaded.maps.areas.get(area)
    steps = loaded.steps_of(area)
    return render_template(
        "pathway.html", area=place, lanes=lanes_of(loaded, area), svg=drawing(map_.page if map_ else ""),
        left_out=left_out_of(loaded, area), overview=bool(map_ and map_.overview),
        closed=_with_places(graph.closed_ways, graph), numbers=_numbered(steps),
        between=[step for step in steps if not step.end.is_service], to_services=[step for step in steps if step.end.is_service],
    )  # fmt: skip


@bp.get("/pathways/<area>.json")
def pathway_json(area: str) -> Response:
    """The stages and steps of one area for other programs."""
    loaded = current()
    place = area_or_404(loaded, area)
    return as_json(
        with_freshness(
            {
                "area": place.id,
                "name": place.name,
                "as_at": place.as_at,
                "stages": [_stage_line_json(gateway, lane) for lane in lanes_of(loaded, area) for gateway in lane.gateways],
                "steps": [step.to_json() for step in loaded.steps_of(area)],
                "closed": [closed_way_json(way) for way in graph_of(loaded.directory, area).closed_ways],
                "not_on_the_map": [gateway.id for gateway in left_out_of(loaded, area)],
            }
        )
    )


@bp.get("/pathways/<area>/<name>")
def gateway(area: str, name: str) -> str:
    """One stage whole: who decides, on whose agreement, what comes before and after, and who disagrees with whom."""
    loaded = current()
    place, found = _gateway(loaded, area, name)
    told = loaded.answering.stage(area, name)
    return render_template(
        "gateway.html", area=place, gateway=found, stage=told, svg=drawing(loaded.maps.stages.get(f"{area}/{name}", "")),
        closed=_with_places(told.closed, graph_of(loaded.directory, area)),
        process=loaded.directory.process_by_id.get(found.process or ""), choices=choices_of(loaded, area),
    )  # fmt: skip


@bp.get("/pathways/<area>/<name>.json")
def gateway_json(area: str, name: str) -> Response:
    """One stage for other programs."""
    loaded = current()
    _, found = _gateway(loaded, area, name)
    data = {"address": f"/pathways/{area}/{name}", **loaded.answering.stage(area, name).to_json()}
    return as_json({**with_freshness(data), "freshness_of_stage": mark(found).to_json()})


@bp.get("/pathways/<area>/findings")
def findings_page(area: str) -> str:
    """What a commissioner should know of an area's pathway."""
    loaded = current()
    place = area_or_404(loaded, area)
    kinds: dict[FindingKind, list[Finding]] = {}
    for finding in loaded.findings_of(area):
        kinds.setdefault(finding.kind, []).append(finding)
    return render_template(
        "findings.html", area=place, kinds=list(kinds.items()), nothing=[kind for kind in HEADINGS if kind not in kinds],
        HEADINGS=HEADINGS, FINDING_WORDS=FINDING_WORDS, places=graph_of(loaded.directory, area).places,
    )  # fmt: skip


@bp.get("/pathways/<area>/findings.json")
def findings_json(area: str) -> Response:
    """The same findings for other programs."""
    loaded = current()
    area_or_404(loaded, area)
    return as_json(with_freshness({"area": area, "findings": [finding.to_json() for finding in loaded.findings_of(area)]}))


def area_or_404(loaded: Loaded, area: str) -> Area:
    """The area with this id. Raises NotHere when there is none."""
    known = loaded.directory.area_by_id
    if area not in known:
        exist = [(f"/pathways/{each.id}", each.name) for each in known.values()]
        near = nearest_places(area, zip(known, exist, strict=True))
        raise NotHere("There is no such area here", "The address asks for the pathways of an area that is not among these.", exist, near)
    return known[area]


def lanes_of(loaded: Loaded, area: str) -> list[Lane]:
    """Every stage of an area in the lanes and the order of its map, numbered through."""
    lanes: list[Lane] = []
    first = 1
    known = loaded.directory.gateway_by_key
    for lane in loaded.maps.areas[area].lanes if area in loaded.maps.areas else ():
        lanes.append(Lane(lane.id, lane.title, first, tuple(known[area, name] for name in lane.gateways)))
        first += len(lane.gateways)
    return lanes


def left_out_of(loaded: Loaded, area: str) -> list[Gateway]:
    """The stages for which the map of an area has no room."""
    left_out = loaded.maps.areas[area].left_out if area in loaded.maps.areas else ()
    return [loaded.directory.gateway_by_key[area, name] for name in left_out]


def _gateway(loaded: Loaded, area: str, name: str) -> tuple[Area, Gateway]:
    place = area_or_404(loaded, area)
    found = loaded.directory.gateway_by_key.get((area, name))
    if found is None:
        stages = loaded.gateways_of(area)
        exist = [(f"/pathways/{area}/{stage.id}", stage.name) for stage in stages]
        near = nearest_places(name, zip((stage.id for stage in stages), exist, strict=True))
        raise NotHere(f"There is no such stage in {place.name}", f"These are the stages recorded in {place.name}.", exist, near)
    return place, found


def _with_places(ways: Iterable[ClosedWay], graph: Graph) -> list[tuple[ClosedWay, Place, Place]]:
    return [(way, graph.places[way.start], graph.places[way.end]) for way in ways]


def _numbered(steps: Iterable[ToldStep]) -> dict[str, int]:
    """The documents that steps come from, each with a number."""
    documents = dict.fromkeys(citation.document for step in steps for citation in step.edge.sources)
    return {document: number for number, document in enumerate(documents, 1)}


def _stage_line_json(gateway: Gateway, lane: Lane) -> dict[str, Any]:
    return {
        "id": gateway.id, "name": gateway.name, "address": f"/pathways/{gateway.area}/{gateway.id}", "kind": gateway.kind,
        "lane": lane.title, "levels": list(gateway.levels), "trigger": gateway.trigger, "who_decides": gateway.who_decides,
        "consent": gateway.consent, "time_limit": gateway.time_limit, "exists_from": gateway.exists_from,
        "exists_to": gateway.exists_to, "status": gateway.status, "freshness": mark(gateway).to_json(),
    }  # fmt: skip
