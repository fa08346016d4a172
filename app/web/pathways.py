"""The gateways of an area and the steps between them, as far as they are recorded; maps come later."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from app.model import Area, Step
from app.web.state import Loaded, current

bp = Blueprint("pathways", __name__)

Line = tuple[Step, tuple[str, str]]
"""A step, and the name and the address of the place at its other end."""


@bp.get("/pathways")
def pathways() -> str:
    """The areas that have a pathway."""
    loaded = current()
    return render_template("pathways.html", areas=[(area, len(loaded.gateways_of(area.id))) for area in loaded.directory.site.areas])


@bp.get("/pathways/<area>")
def pathway(area: str) -> str:
    """The gateways of one area, and the ways that its sources say are closed."""
    loaded = current()
    place = _area(loaded, area)
    ways = [way for way in loaded.directory.closed_ways if way.area == area]
    closed = [(way, _place(loaded, area, way.start), _place(loaded, area, way.end)) for way in ways]
    return render_template("pathway.html", area=place, gateways=loaded.gateways_of(area), closed=closed)


@bp.get("/pathways/<area>/<name>")
def gateway(area: str, name: str) -> str:
    """One gateway: what it is, who may use it, and what leads to it and from it."""
    loaded = current()
    place = _area(loaded, area)
    found = loaded.directory.gateway_by_key.get((area, name)) or abort(404)
    return render_template(
        "gateway.html", area=place, gateway=found,
        onward=onward(loaded, area, name), inward=_inward(loaded, area, name),
        closed=[(way, _place(loaded, area, way.end)) for way in loaded.directory.closed_ways if way.area == area and way.start == name],
        services=loaded.services_by_gateway.get((area, name), []),
        process=loaded.directory.process_by_id.get(found.process or ""),
    )  # fmt: skip


def _area(loaded: Loaded, area: str) -> Area:
    return loaded.directory.area_by_id.get(area) or abort(404)


def onward(loaded: Loaded, area: str, name: str) -> list[Line]:
    """The steps that lead on from a gateway, each with the place it leads to."""
    return [(step, _place(loaded, area, step.end)) for step in loaded.directory.steps if (step.area, step.start) == (area, name)]


def _inward(loaded: Loaded, area: str, name: str) -> list[Line]:
    return [(step, _place(loaded, area, step.start)) for step in loaded.directory.steps if (step.area, step.end) == (area, name)]


def _place(loaded: Loaded, area: str, name: str) -> tuple[str, str]:
    """The name and the address of a place on the pathway: a gateway of the area, or a service."""
    service = loaded.directory.service_by_id.get(name)
    if service:
        return service.name, f"/services/{service.id}"
    return loaded.directory.gateway_by_key[area, name].name, f"/pathways/{area}/{name}"
