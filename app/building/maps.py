"""The maps of every pathway, drawn once for each build: to draw them all takes seconds, to read them back nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from app.model import Directory

if TYPE_CHECKING:
    from app.drawing import Chart


class Lane(BaseModel):
    """Gateways that stand together on the map and in the list beside it, in reading order."""

    id: str
    title: str
    gateways: tuple[str, ...]


class AreaMap(BaseModel):
    """The map of an area: as it stands in a page, as a file of its own, its lanes, and the gateways that it leaves out.

    It is an overview when boxes of it stand for several gateways, or gateways are left out.
    """

    page: str
    file: str
    lanes: tuple[Lane, ...] = ()
    left_out: tuple[str, ...] = ()
    overview: bool = False


class Maps(BaseModel):
    """Every map as SVG: of each area by its id, and around each gateway by `area/gateway`."""

    areas: dict[str, AreaMap] = {}
    stages: dict[str, str] = {}


Drawn = dict[object, str]
"""Pictures by what they show, so that audiences who see the same share one drawing."""


def draw_maps(directory: Directory, drawn: Drawn | None = None) -> Maps:
    """Every map of the content; an area without gateways has none. The same directory gives the same maps.

    `drawn` holds what was drawn before and takes what is drawn now: drawing is what takes the time.
    """
    from app.drawing import draw, map_of_area, map_of_neighbourhood, svg  # only a build draws, and every start would wait for this import

    drawn = {} if drawn is None else drawn

    def pictures(chart: Chart) -> tuple[str, str]:
        if (chart, "page") not in drawn:
            picture = draw(chart)
            drawn[chart, "page"], drawn[chart, "paper"] = svg(picture), svg(picture, paper=True)
        return drawn[chart, "page"], drawn[chart, "paper"]

    maps = Maps()
    for area in dict.fromkeys(gateway.area for gateway in directory.gateways):
        chart = map_of_area(directory, area)
        page, file = pictures(chart)
        maps.areas[area] = AreaMap(
            page=page,
            file=file,
            lanes=_lanes(directory, area),
            left_out=chart.left_out,
            overview=bool(chart.left_out) or any(box.kind == "many" for box in chart.boxes),
        )
    for gateway in directory.gateways:
        maps.stages[f"{gateway.area}/{gateway.id}"] = pictures(map_of_neighbourhood(directory, gateway.area, gateway.id))[0]
    return maps


def _lanes(directory: Directory, area: str) -> tuple[Lane, ...]:
    """The lanes with every gateway of the area, also those for which the map has no room."""
    from app.drawing import chart_of_everything

    chart = chart_of_everything(directory, area)
    inside = {lane.id: tuple(box.id for box in chart.boxes if box.lane == lane.id and box.kind != "service") for lane in chart.lanes}
    return tuple(Lane(id=lane.id, title=lane.title, gateways=inside[lane.id]) for lane in chart.lanes if inside[lane.id])
