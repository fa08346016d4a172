"""`windscreen route`: the ways between two places as text and as JSON, and what is no place at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import windscreen

SITE = Path(__file__).parent / "site"


@pytest.fixture(autouse=True, scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small site, built once."""
    root = tmp_path_factory.mktemp("route") / "site"
    shutil.copytree(SITE, root)
    return root


@pytest.fixture(autouse=True)
def in_use(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDSCREEN_ROOT", str(site))
    monkeypatch.setenv("WINDSCREEN_BUILD", str(site.parent / "build"))


def route(*words: str) -> Result:
    return CliRunner().invoke(windscreen, ["route", *words])


def test_a_way_is_printed_step_by_step() -> None:
    result = route("school", "northshire/family-help")
    assert result.exit_code == 0
    assert result.stdout.startswith("From School to Family Help (Northshire, as at ")
    assert "1. School: refer to Early help assessment" in result.stdout
    assert "When: The family needs one more service" in result.stdout
    assert "Consent: The parents agree." in result.stdout
    assert "2. Early help assessment: refer to Family Help" in result.stdout
    assert "If consent is refused" in result.stdout


def test_the_json_holds_what_other_programs_rely_on() -> None:
    result = route("school", "northshire/family-help", "--json")
    assert result.exit_code == 0
    written = json.loads(result.stdout)
    assert written["finding"] is None
    assert [(step["from"], step["to"]) for step in written["ways"][0]["steps"]] == [
        ("school", "early-help"), ("early-help", "northshire/family-help"),
    ]  # fmt: skip
    assert {"from", "to", "kind", "condition", "consent", "time_limit", "source"} <= written["ways"][0]["steps"][0].keys()
    assert written["ways"][0]["steps"][0]["time_limit"] is None, "what is not recorded is null"


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        (("school", "family-help"), ("school", "northshire/family-help")),
        (("northshire/school", "front-door"), ("school", "front-door")),
        (("southtown/front-door", "youth-panel"), ("front-door", "youth-panel")),
        (("front-door", "youth-panel", "--area", "southtown"), ("front-door", "youth-panel")),
    ],
)
def test_a_place_may_be_named_with_or_without_its_area(words: tuple[str, ...], ends: tuple[str, str]) -> None:
    written = json.loads(route(*words, "--json").stdout)
    assert (written["from"], written["to"]) == ends
    assert written["ways"]


def test_no_way_is_an_answer_and_not_an_error() -> None:
    result = route("front-door", "school", "--json")
    assert result.exit_code == 0
    written = json.loads(result.stdout)
    assert written["ways"] == []
    assert written["finding"].startswith("No way is recorded from Front door to School.")
    assert "No way is recorded from Front door to School." in " ".join(route("front-door", "school").stdout.split())


def test_the_same_place_twice_is_told() -> None:
    result = route("school", "school")
    assert result.exit_code == 0
    assert "School is both the start and the end of this journey" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("skool", "front-door"), "'skool' is not a stage or a service of Northshire; did you mean 'school'?"),
        (("school", "famly-help"), "'famly-help' is not a stage or a service of Northshire; did you mean 'northshire/family-help'"),
        (("school", "family"), "'family' is not a stage or a service of Northshire; did you mean"),
        (("school", "northshir/early-help"), "did you mean 'early-help'"),
        (("school", "southtown/youth-panel"), "'school' is in Northshire, not in Southtown; no journey goes from one area into another"),
        (("school", "southtown/youth-panel", "--area", "northshire"), "'southtown/youth-panel' is in Southtown, not in Northshire"),
        (("school", "front-door", "--area", "nowhere"), "'nowhere' is not an area here; the areas are northshire, southtown"),
        (("", "front-door"), "'' is not a stage or a service of Northshire"),
        (("school\u202e\x1b[31m", "front-door"), "is not a stage or a service of Northshire"),
    ],
)
def test_a_place_that_is_not_known_is_an_error_of_use(words: tuple[str, ...], told: str) -> None:
    result = route(*words)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert "\x1b" not in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", [(), ("school",), ("school", "caf", "mash")])
def test_two_places_are_needed(words: tuple[str, ...]) -> None:
    assert route(*words).exit_code == 2
