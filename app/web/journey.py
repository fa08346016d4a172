"""From here to there: the recorded ways between two places of one area, as numbered steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from app.graph import Edge, Graph, PlaceProblem, graph_of
from app.journeys import Journey, ToldWay, journey
from app.model import Area
from app.problems import nearest
from app.question import AddressProblem
from app.web.marks import with_freshness
from app.web.state import Loaded, current
from app.web.twins import address_problems_json, as_json
from app.web.words import shown

bp = Blueprint("journey", __name__)

PARTS = ("from", "to", "area")
"""The parts of a journey's address."""

FIRST = "school"
"""Where a journey begins unless told, in an area that has a stage of this name: most worries are first seen in a school."""

Options = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Choices:
    """What the selects of the form offer, in groups: (heading, [(value, words), ...]); `first` is where a journey begins unless told."""

    starts: Options
    ends: Options
    first: str


@dataclass(frozen=True)
class Asked:
    """A journey as its address asks for it, and what is wrong in it."""

    area: Area
    start: str
    end: str
    journey: Journey | None
    problems: tuple[AddressProblem, ...]

    @property
    def status(self) -> int:
        """400 when something in the address cannot be used."""
        return 400 if self.problems else 200


@bp.get("/journey")
def journey_page() -> Response:
    """The ways from one place to another; without a place to go to, only the form."""
    loaded = current()
    asked = read(loaded, request.args.to_dict(flat=False))
    ways = asked.journey.ways if asked.journey else ()
    html = render_template(
        "journey.html", asked=asked, choices=choices_of(loaded, asked.area.id), told=_told_before(ways),
        elsewhere=[area for area in loaded.directory.site.areas if area.id != asked.area.id and loaded.gateways_of(area.id)],
        twin=address(asked.start, asked.end, asked.area.id, "/journey.json"),
    )  # fmt: skip
    return make_response(html, asked.status)


@bp.get("/journey.json")
def journey_json() -> Response:
    """The same ways for other programs."""
    asked = read(current(), request.args.to_dict(flat=False))
    data = asked.journey.to_json() if asked.journey else {"area": asked.area.id, "ways": [], "finding": None}
    problems = list(asked.problems)
    if not asked.end and not problems:
        problems = [AddressProblem("to", "", "is missing: a journey needs a service or a stage to go to")]
    return as_json({**with_freshness(data), "problems": address_problems_json(problems)}, 400 if problems else 200)


def address(start: str, end: str, area: str, path: str = "/journey") -> str:
    """The address of a journey."""
    return f"{path}?{urlencode({'from': start, 'to': end, 'area': area}, safe='/')}"


def read(loaded: Loaded, values: Mapping[str, list[str]]) -> Asked:
    """What an address asks for. Without an area it is that of the place to go to, where that place names one."""
    parts = f"is not a part of a journey; the parts are {', '.join(PARTS)}"
    problems = [AddressProblem(shown(part), "", parts) for part in values if part not in PARTS]
    given: dict[str, str] = {}
    for part in PARTS:
        found = list(dict.fromkeys(value.strip() for value in values.get(part, []) if value.strip()))
        given[part] = found[0] if found else ""
        if len(found) > 1:
            problems.append(AddressProblem(part, shown(found[1]), "is a second one: a journey has one start, one end and one area"))
    area = _area(loaded, given, problems)
    graph = graph_of(loaded.directory, area.id)
    start = given["from"] or _first(graph)
    for part, name in (("from", start), ("to", given["to"])):
        try:
            if name:
                graph.place(shown(name, len(name)))
        except PlaceProblem as error:
            problems.append(AddressProblem(part, "", str(error)))
    found_journey = None
    if start and given["to"] and not problems:
        found_journey = journey(loaded.directory, area.id, start, given["to"])
        if found_journey.start == found_journey.end and found_journey.finding:
            problems.append(AddressProblem("to", "", f"is wrong: {found_journey.finding}"))
            found_journey = None
    return Asked(area, _known(graph, start), _known(graph, given["to"]), found_journey, tuple(problems))


def _area(loaded: Loaded, given: Mapping[str, str], problems: list[AddressProblem]) -> Area:
    known = loaded.directory.area_by_id
    if given["area"] and given["area"] not in known:
        problems.append(AddressProblem("area", shown(given["area"]), f"is not an area here{nearest(given['area'], known)}"))
    named = [given["area"], *(given[part].partition("/")[0] for part in ("to", "from"))]
    return known[next((name for name in named if name in known), loaded.directory.site.default_area)]


def _first(graph: Graph) -> str:
    if FIRST in graph.gateways:
        return FIRST
    return graph.starts[0].id if graph.starts else ""


def _known(graph: Graph, name: str) -> str:
    """The id of a place, or "" for one that is not here: nothing unknown is carried on."""
    try:
        return graph.place(name).id
    except PlaceProblem:
        return ""


def choices_of(loaded: Loaded, area: str) -> Choices:
    """The places of an area that a journey can be asked from and to."""
    graph = graph_of(loaded.directory, area)
    starts = [(place.id, place.name) for place in graph.starts]
    stages = [(place.id, place.name) for place in graph.places.values() if not place.is_service]
    others = [stage for stage in stages if stage not in starts]
    running = sorted((service.name, name) for name, service in graph.services.items() if service.is_running)
    past = sorted((service.name, name) for name, service in graph.services.items() if not service.is_running)
    return Choices(
        starts=[group for group in (("Where a worry starts", starts), ("Stages", others)) if group[1]],
        ends=[
            (heading, places)
            for heading, places in (
                ("Services", [(name, words) for words, name in running]),
                ("Stages", stages),
                ("Services of the past, or only proposed", [(name, words) for words, name in past]),
            )
            if places
        ],
        first=_first(graph),
    )


def _told_before(ways: tuple[ToldWay, ...]) -> list[dict[Edge, str]]:
    """For each way the steps that an earlier one has told, with the name of the place on the page where they stand."""
    told: dict[Edge, str] = {}
    before = []
    for number, way in enumerate(ways, 1):
        before.append(dict(told))
        for step in way.steps:
            told.setdefault(step.edge, f"way-{number}-step-{step.number}")
    return before
