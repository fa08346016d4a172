"""The content may change while it is served: the good is picked up, the bad is told and not served."""

from __future__ import annotations

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.building import BuildProblem, Opened, open_directory
from app.problems import ContentError
from app.settings import Settings
from app.web import create_app
from app.web.state import State

from .inspector import Visitor

HELP = "/services/northshire/family-help"


def change(settings: Settings, old: str, new: str, file: str = "services/northshire/family-help.md") -> None:
    path: Path = settings.content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def visitor(own_folder: Settings) -> Visitor:
    return Visitor(create_app(own_folder))


def state_of(visitor: Visitor) -> State:
    state: State = visitor.app.extensions["windscreen"]
    return state


def test_a_change_of_the_content_is_picked_up_while_serving(visitor: Visitor, own_folder: Settings) -> None:
    assert visitor.get(HELP).h1 == "Family Help"
    change(own_folder, "name: Family Help", "name: Family Help and Hope")
    end = time.monotonic() + 20
    while visitor.get(HELP).h1 == "Family Help" and time.monotonic() < end:
        time.sleep(0.1)
    assert visitor.get(HELP).h1 == "Family Help and Hope"


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_a_file_that_goes_away_while_it_is_looked_at_does_no_harm(visitor: Visitor, own_folder: Settings) -> None:
    (own_folder.content / "gone.txt").symlink_to(own_folder.content / "nowhere")
    assert not state_of(visitor).refresh()


def test_what_has_not_changed_is_not_opened_again(visitor: Visitor) -> None:
    state = state_of(visitor)
    before = state.loaded
    assert not state.refresh()
    assert state.loaded is before


def test_a_mistake_keeps_the_last_good_version_and_is_told_with_its_place(visitor: Visitor, own_folder: Settings) -> None:
    change(own_folder, "levels: [2, 3]", "levels: [2, 9]")
    assert state_of(visitor).refresh()
    assert visitor.get(HELP).facts()["Levels of need"] == "Levels 2 and 3, self-declared"
    health = visitor.get("/content-health").text()
    assert "The last good version is being served." in health
    assert re.search(r"content/services/northshire/family-help\.md:\d+:\d+ levels", health)
    change(own_folder, "levels: [2, 9]", "levels: [2]")
    assert state_of(visitor).refresh()
    assert visitor.get(HELP).facts()["Levels of need"] == "Level 2, self-declared"
    assert "The last good version is being served." not in visitor.get("/content-health").text()


def test_a_request_sees_one_version_from_its_beginning_to_its_end(visitor: Visitor, own_folder: Settings) -> None:
    state = state_of(visitor)
    with visitor.app.test_request_context(HELP):
        visitor.app.preprocess_request()
        from app.web.state import current

        before = current()
        change(own_folder, "name: Family Help", "name: Changed")
        state.refresh()
        assert current() is before
        assert state.loaded is not before


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BuildProblem("The disk is full"), "The disk is full"),
        (ContentError([]), "None."),
        (MemoryError("Zanzibarella"), "could not be opened: MemoryError"),
    ],
)
def test_whatever_goes_wrong_readers_keep_what_they_have(own_folder: Settings, error: Exception, told: str) -> None:
    opened = open_directory(own_folder)
    calls: list[Settings] = []

    def open_once(settings: Settings) -> Opened:
        calls.append(settings)
        if len(calls) > 1:
            raise error
        return opened

    state = State(own_folder, open_=open_once)
    before = state.loaded
    change(own_folder, "name: Family Help", "name: Changed")
    assert state.refresh()
    assert state.loaded is before
    app = create_app(own_folder, opened)
    app.extensions["windscreen"].loaded.problems = state.loaded.problems
    page = Visitor(app).get("/content-health")
    assert told in page.text()
    assert "Zanzibarella" not in page.html


def test_without_any_good_content_there_is_nothing_to_serve(own_folder: Settings) -> None:
    change(own_folder, "levels: [2, 3]", "levels: [2, 9]")
    with pytest.raises(ContentError):
        create_app(own_folder)


def test_the_health_page_counts_what_is_not_recorded(real: Visitor) -> None:
    directory = real.app.extensions["windscreen"].loaded.directory
    page = real.get("/content-health")
    rows = {page.text(row[0]): [page.text(cell) for cell in row[1:]] for row in page.all("tr")[1:]}
    assert rows["Budget"] == [
        *(str(sum(1 for service in directory.services if service.area == area.id and not service.budget)) for area in directory.site.areas),
        str(sum(1 for service in directory.services if not service.budget)),
    ]
    assert f"{len(directory.services)}" in page.facts()["Services"]


def test_findings_are_listed(own_folder: Settings) -> None:
    opened = open_directory(own_folder)
    from app.problems import Problem

    finding = Problem("content/services/northshire/family-help.md", 3, 1, "summary", "is rather long", "finding")
    visitor = Visitor(create_app(own_folder, replace(opened, problems=(finding,))))
    text = visitor.get("/content-health").text()
    assert "content/services/northshire/family-help.md:3:1 summary: is rather long" in text
    assert "Findings (1)" in text
