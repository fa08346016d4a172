"""A pathway of 5,000 steps with 50 mistakes in it, and the two places that tell findings: the check and the commissioner's page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from golden.shipped import ROOT
from golden.shipped import directory as shipped

from app.graph import graph_of
from app.journeys import findings
from app.loading import read_content
from app.settings import settings

SITE = Path(__file__).parent / "site"
SOURCE = 'sources: [{document: northshire-review, section: "5"}]'
STEPS = 5_000
EVERY = 100
"""One step in a hundred is wrong, so there are fifty mistakes, of five kinds in turn."""

WRONG = (
    ("from", "skool", "unknown gateway 'skool'; did you mean 'school'?"),
    ("to", "southtown/youth-team", "unknown gateway or service 'southtown/youth-team'"),
    ("kind", "step-upp", "'step-upp' is not allowed; did you mean 'step-up'?"),
    ("status", "perhaps", "'perhaps' is not allowed; allowed: stated in the source, recommended, proposed, assumed"),
    ("when", "now", "is not a known field"),
)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The test site with 5,000 steps more, each on a line of its own, after the line `steps:` of Northshire."""
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site" / "pathways.yaml"
    lines = []
    for number in range(STEPS):
        step = {"from": "school", "to": "early-help", "kind": "refer", "condition": f"Reason {number}"}
        if number % EVERY == 0:
            field, value, _ = WRONG[number // EVERY % len(WRONG)]
            step[field] = value
        lines.append(f"      - {{{', '.join(f'{name}: {value}' for name, value in step.items())}, {SOURCE}}}")
    text = file.read_text(encoding="utf-8")
    head, mark, tail = text.partition("    steps:\n")
    file.write_text(head + mark + "\n".join(lines) + "\n" + tail, encoding="utf-8")
    return tmp_path / "site"


def test_fifty_mistakes_in_five_thousand_steps_are_all_told_at_once_in_their_lines(large: Path) -> None:
    first = (large / "pathways.yaml").read_text(encoding="utf-8").split("\n").index("    steps:") + 2
    directory, problems = read_content(settings(large))
    assert directory is None
    assert [problem.line for problem in problems] == [first + number for number in range(0, STEPS, EVERY)]
    for position, problem in enumerate(problems):
        assert WRONG[position % len(WRONG)][2] in problem.words


def test_the_check_and_the_commissioner_s_page_find_the_same_stages() -> None:
    _, problems = read_content(settings(ROOT))
    told = {"stage-without-way-in": set[str](), "step-up-without-step-down": set[str](), "unreachable-service": set[str]()}
    for problem in problems:
        if problem.severity == "finding" and problem.path == "pathways.yaml":
            area = problem.field.split(".")[1]
            kind = "step-up-without-step-down" if problem.field.endswith("kind") else "stage-without-way-in"
            told[kind].add(f"{area}/{problem.words.split(chr(39))[1]}")
    found = {kind: set[str]() for kind in told}
    for area in shipped().area_by_id:
        for finding in findings(shipped(), area):
            if finding.kind in found:
                found[finding.kind].add(f"{area}/{finding.places[0].id}")
    assert found == told
    assert "warwickshire/marac" in told["stage-without-way-in"]


def test_no_shipped_step_joins_two_areas_and_every_route_is_on_its_map() -> None:
    for service in shipped().services:
        graph = graph_of(shipped(), service.area)
        assert {edge.start for edge in graph.into(service.id)} == {route.gateway for route in service.reached_by}
