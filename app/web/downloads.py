"""A pathway to take away: its map as a picture and on paper, its steps as a table, its graph as text for other programs."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from app.building.maps import AreaMap
from app.drawing import chart_of_everything, dot, mermaid
from app.gaps.tables import NOT_RECORDED, Table, to_csv
from app.graph import graph_of
from app.journeys import ToldStep
from app.web.markup import drawing
from app.web.pathways import area_or_404, left_out_of
from app.web.state import Loaded, current

bp = Blueprint("downloads", __name__)

HEADER = ("Number", "From", "From: id", "To", "To: id", "Kind", "Condition", "Consent", "Time limit", "Who acts", "Status", "Source")


@bp.get("/pathways/<area>/map.svg")
def map_svg(area: str) -> Response:
    """The map of an area as a file of its own."""
    loaded = current()
    return _file(_map(loaded, area).file, "image/svg+xml", f"{area}-pathways.svg", inline=True)


@bp.get("/pathways/<area>/print")
def sheet(area: str) -> str:
    """The map of an area on one sheet of A4 in landscape."""
    loaded = current()
    place, map_ = area_or_404(loaded, area), _map(loaded, area)
    documents = dict.fromkeys(citation.document for step in loaded.steps_of(area) for citation in step.edge.sources)
    sources = [loaded.directory.source_by_id[name] for name in documents]
    return render_template(
        "pathway_print.html", area=place, svg=drawing(map_.page), left_out=left_out_of(loaded, area),
        sources=[f"{source.title} ({source.date[:4]})" for source in sources],
    )  # fmt: skip


@bp.get("/pathways/<area>/steps.csv")
def steps_csv(area: str) -> Response:
    """Every step of an area as a table."""
    loaded = current()
    place = area_or_404(loaded, area)
    rows = tuple(_row(number, step) for number, step in enumerate(loaded.steps_of(area), 1))
    table = Table("steps", f"Steps in {place.name}", HEADER, rows)
    return _file("\ufeff" + to_csv(table), "text/csv", f"{area}-steps.csv")


@bp.get("/pathways/<area>/graph.graphml")
def graph_graphml(area: str) -> Response:
    """The graph of an area as GraphML."""
    loaded = current()
    area_or_404(loaded, area)
    return _file(graph_of(loaded.directory, area).graphml(), "application/xml", f"{area}-pathways.graphml")


@bp.get("/pathways/<area>/graph.mmd")
def graph_mermaid(area: str) -> Response:
    """The graph of an area as Mermaid text."""
    loaded = current()
    area_or_404(loaded, area)
    return _file(mermaid(chart_of_everything(loaded.directory, area)), "text/plain", f"{area}-pathways.mmd")


@bp.get("/pathways/<area>/graph.dot")
def graph_dot(area: str) -> Response:
    """The graph of an area in the DOT language."""
    loaded = current()
    area_or_404(loaded, area)
    return _file(dot(chart_of_everything(loaded.directory, area)), "text/vnd.graphviz", f"{area}-pathways.dot")


def _map(loaded: Loaded, area: str) -> AreaMap:
    area_or_404(loaded, area)
    return loaded.maps.areas.get(area) or abort(404)


def _row(number: int, step: ToldStep) -> tuple[str | int, ...]:
    edge = step.edge
    facts = (edge.condition, step.consent, edge.time_limit, edge.who_acts)
    return (
        number, step.start.name, edge.start, step.end.name, edge.end, edge.kind, *(fact or NOT_RECORDED for fact in facts), edge.status,
        step.source,
    )  # fmt: skip


def _file(text: str, mimetype: str, name: str, *, inline: bool = False) -> Response:
    response = Response(text, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; filename={name}"
    return response
