"""The build in a process of its own: the same end as in this one, nothing secret goes along, and a process that dies is no harm."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from test_building import FAMILY_HELP, break_content, edit, name_of, settings_of, site

from app.building import apart, build, open_directory
from app.building.__main__ import outcome
from app.problems import ContentError
from app.settings import Settings

__all__ = ["site"]


def test_changed_content_is_built_apart_and_opened_here(site: Settings) -> None:
    build(site)
    edit(site, "name: Family Help", "name: Family Harbour")
    opened = open_directory(site, apart=True)
    assert (name_of(opened), opened.is_current) == ("Family Harbour", True)
    assert opened.directory == open_directory(site).directory


def test_mistakes_come_back_with_their_place_and_the_last_good_build_stays(site: Settings) -> None:
    build(site)
    break_content(site)
    apart_, here = open_directory(site, apart=True), open_directory(site)
    assert apart_.problems == here.problems
    assert str(apart_.problems[0]).startswith(f"{FAMILY_HELP}:7:13: levels")


def test_without_any_good_build_the_refusal_is_the_same(site: Settings) -> None:
    break_content(site)
    with pytest.raises(ContentError) as here:
        open_directory(site)
    with pytest.raises(ContentError) as there:
        open_directory(site, apart=True)
    assert there.value.problems == here.value.problems


def test_a_process_that_cannot_be_started_or_dies_is_done_without(site: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number, program in enumerate([str(tmp_path / "nowhere"), "/bin/false", "/bin/true"]):
        edit(site, f"name: Family Help{number or ''}\n", f"name: Family Help{number + 1}\n")
        monkeypatch.setattr(sys, "executable", program)
        assert name_of(open_directory(site, apart=True)) == f"Family Help{number + 1}"


SPY = """#!/bin/sh
env > {file}
exec {python} "$@"
"""


@pytest.mark.skipif(os.name != "posix", reason="looks on with a script of the shell")
def test_no_secret_goes_along(site: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spy, seen = tmp_path / "spy", tmp_path / "seen"
    spy.write_text(SPY.format(file=seen, python=sys.executable))
    spy.chmod(0o755)
    monkeypatch.setenv("WINDSCREEN_SECRET", "Zanzibarella")
    monkeypatch.setenv("DATABASE_URL", "postgresql://Zanzibarella")
    monkeypatch.setattr(sys, "executable", str(spy))
    assert name_of(open_directory(site, apart=True)) == "Family Help"
    assert "PYTHONPATH=" in seen.read_text()
    assert "Zanzibarella" not in seen.read_text()


def test_what_the_process_says(site: Settings) -> None:
    places = [str(getattr(site, place)) for place in apart.PLACES]
    assert outcome(places) == {"end": "made", "problems": [], "words": ""}
    break_content(site)
    assert outcome(places)["end"] == "made", "the last good build can be served"
    site.manifest.unlink()
    told = outcome(places)
    assert (told["end"], told["words"]) == ("no content", "1 problem in the content")
    assert json.loads(json.dumps(told)) == told
    edit(site, "levels: [2, 9]", "levels: [2, 3]")
    (site.build / "letters.txt").write_text("dear all")
    assert outcome(places)["end"] == "no build"
    assert settings_of(site.build.parent) == site
