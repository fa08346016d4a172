"""Pathways: a journey on the shipped graph and on a large one, a stage, findings, and the drawing of maps."""

from __future__ import annotations

import random
from itertools import cycle

from app.drawing import Box, Chart, Lane, Line, draw, map_of_area, map_of_neighbourhood
from app.drawing.parts import LineKind
from app.graph import graph_of
from app.journeys import findings, journey, stage
from app.model import Citation, Directory, Gateway, Route, Service, ServiceNeeds, Step
from bench.measuring import table, timed

PLACES, STEPS = 2_000, 8_000
"""The size of the generated graph: half of its places are gateways and half services."""

BOXES = 60
KINDS = ("setting", "assessment", "panel", "meeting", "plan", "door")
STEP_KINDS: tuple[LineKind, ...] = ("refer", "step-up", "step-down", "signpost")
SOURCE = (Citation(document="made-up", section="1"),)


def pathway_tables(shipped: Directory) -> str:
    """Both tables: asking the pathways, and drawing them."""
    return f"{_asked(shipped)}\n{_drawn(shipped)}"


def _asked(shipped: Directory) -> str:
    area = shipped.site.default_area
    graph = graph_of(shipped, area)
    pairs = cycle([(start.id, place) for start in graph.starts for place in graph.places])
    stages = cycle(graph.gateways)
    large = large_pathway(shipped)
    wide = graph_of(large, area)
    chance = random.Random(3)
    far = cycle([(f"stage-{chance.randrange(PLACES // 2)}", f"{area}/help-{chance.randrange(PLACES // 2)}") for _ in range(400)])
    findings(shipped, area), wide.places  # the first time networkx is imported
    rows = timed(
        [
            (f"a journey, shipped: {len(graph.places)} places, {len(graph.edges)} steps", lambda: journey(shipped, area, *next(pairs))),
            (f"a journey, generated: {len(wide.places):,} places, {len(wide.edges):,} steps", lambda: journey(large, area, *next(far))),
            ("a stage with all that lies around it", lambda: stage(shipped, area, next(stages))),
            ("all findings of an area", lambda: findings(shipped, area)),
        ],
        400,
    )
    return table("Asking the pathways (asked: a journey p95 under 5, on the generated graph under 50)", rows)


def _drawn(shipped: Directory) -> str:
    area = shipped.site.default_area
    chart, small = map_of_area(shipped, area), map_of_neighbourhood(shipped, area, next(iter(graph_of(shipped, area).gateways)))
    made = large_chart()
    rows = timed(
        [
            (f"the overview of an area: {len(chart.boxes)} boxes, {len(chart.lines)} lines", lambda: draw(chart)),
            (f"around one stage: {len(small.boxes)} boxes, {len(small.lines)} lines", lambda: draw(small)),
            (f"generated: {len(made.boxes)} boxes, {len(made.lines)} lines", lambda: draw(made)),
        ],
        5,
    )
    return table(f"Drawing a map, which only a build does (asked: {BOXES} boxes under 1,000)", rows)


def large_pathway(shipped: Directory, seed: int = 7) -> Directory:
    """The shipped directory with a generated pathway in its default area instead of all others; the same each time."""
    chance = random.Random(seed)
    area, number = shipped.site.default_area, PLACES // 2
    names = [f"stage-{place}" for place in range(number)]
    routes = STEPS // 4 // number
    gateways = [
        Gateway.model_validate(
            {"id": name, "area": area, "name": f"Stage {name}", "kind": chance.choice(KINDS), "what": "Made up.", "sources": SOURCE}
        )
        for name in names
    ]
    pairs = [(chance.choice(names), chance.choice(names)) for _ in range(STEPS - routes * number)]
    steps = [
        Step.model_validate(
            {"area": area, "from": start, "to": end, "kind": chance.choice(STEP_KINDS), "condition": f"Reason {place}", "sources": SOURCE}
        )
        for place, (start, end) in enumerate(pairs)
        if start != end
    ]
    services = [
        Service(
            id=f"{area}/help-{place}", area=area, name=f"Help {place}", summary="Made up.", status="running",
            needs=ServiceNeeds(main=(shipped.vocabulary.needs[place % 40].id,)), as_at="2016", sources=SOURCE,
            reached_by=tuple(Route(gateway=name) for name in chance.sample(names, routes)),
        )
        for place in range(number)
    ]  # fmt: skip
    parts = {name: getattr(shipped, name) for name in Directory.model_fields}
    made = {"gateways": tuple(gateways), "steps": tuple(steps), "services": tuple(services), "closed_ways": (), "examples": ()}
    return Directory(**{**parts, **made})


def large_chart(boxes: int = BOXES, lines: int = 90, seed: int = 5) -> Chart:
    """A generated chart of five lanes; the same each time."""
    chance = random.Random(seed)
    lanes = tuple(Lane(f"lane-{number}", f"Lane {number}") for number in range(5))
    made = tuple(Box(f"b{number}", f"A stage called {number}", lanes[number * 5 // boxes].id, f"/{number}") for number in range(boxes))
    pairs = {(chance.randrange(boxes), chance.randrange(boxes)) for _ in range(lines)}
    joined = tuple(
        Line(f"b{start}", f"b{end}", chance.choice(STEP_KINDS), "when there is a reason") for start, end in sorted(pairs) if start != end
    )
    return Chart("Made up", "Made up.", lanes, made, joined)
