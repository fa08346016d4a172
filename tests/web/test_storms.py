"""What happens to the content while it is served: swapped under eight readers, unreadable for want of room, dated by a clock that jumps."""

from __future__ import annotations

import os
import re
import threading
from pathlib import Path

import pytest

from app.building import BuildProblem, Opened, open_directory
from app.settings import Settings
from app.web import create_app, state
from app.web.state import State

from .inspector import Visitor

HELP = "/services/northshire/family-help"
READERS = 8
SWAPS = 4


def write_version(site: Settings, number: int) -> None:
    """A version of the content that says its number in two files: a page that mixes two versions holds two numbers."""
    for file in ("services/northshire/family-help.md", "programmes/calm-parenting.md"):
        path: Path = site.content / file
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(name: [A-Z][a-z]+ [A-Z][a-z]+).*$", rf"\1 edition{number}edition", text)
        text = re.sub(r"(?m)^(summary: )(?:edition\d+edition )?", rf"\g<1>edition{number}edition ", text)
        path.write_text(text, encoding="utf-8")


def numbers_on(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"edition(\d+)edition", text)}


def test_eight_readers_see_whole_versions_while_the_content_is_swapped(own_folder: Settings) -> None:
    write_version(own_folder, 0)
    app = create_app(own_folder)
    serving: State = app.extensions["windscreen"]
    stop, failures = threading.Event(), list[str]()
    seen: list[set[int]] = [set() for _ in range(READERS)]
    pages = [HELP, f"{HELP}.json", "/services", "/ask?level=2&need=parenting", "/programmes/calm-parenting", "/services.json"]

    def read(reader: int) -> None:
        client = app.test_client()
        turn = 0
        while not stop.is_set():
            path = pages[(reader + turn) % len(pages)]
            turn += 1
            answer = client.get(path)
            found = numbers_on(answer.get_data(as_text=True))
            if answer.status_code != 200 or len(found) != 1:
                failures.append(f"{path}: {answer.status_code}, versions {sorted(found)}")
            seen[reader] |= found

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(1, SWAPS):
        write_version(own_folder, number)
        assert serving.refresh()
        while not failures and not all(number in each for each in seen):
            stop.wait(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert all(each >= set(range(1, SWAPS)) for each in seen)


def test_what_could_not_be_opened_for_want_of_room_is_opened_once_there_is_room(
    own_folder: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = True

    def open_if_there_is_room(settings: Settings) -> Opened:
        if not room:
            raise BuildProblem("The build cannot be written: No space left on device")
        return open_directory(settings)

    serving = State(own_folder, open_=open_if_there_is_room)
    write_version(own_folder, 1)
    room = False
    assert serving.refresh()
    assert [problem.words for problem in serving.loaded.problems] == ["The build cannot be written: No space left on device"]
    assert not serving.refresh(), "it is not tried again at once"

    monkeypatch.setattr(state, "TRY_AGAIN_EVERY", 0.0)
    write_version(own_folder, 2)
    assert serving.refresh()
    room = True
    assert serving.refresh(), "nothing in the content has changed, and yet it is tried again"
    assert serving.loaded.problems == ()
    assert "edition2edition" in serving.loaded.directory.service_by_id["northshire/family-help"].name
    assert not serving.refresh()


def test_a_file_dated_by_a_clock_that_went_back_is_read_again(own_folder: Settings) -> None:
    write_version(own_folder, 1)
    visitor = Visitor(create_app(own_folder))
    serving: State = visitor.app.extensions["windscreen"]
    file = own_folder.content / "services/northshire/family-help.md"
    for number, hours in ((2, 1), (3, 0)):  # an hour back; and the very same date, as a copy may keep it
        before = file.stat()
        write_version(own_folder, number)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns - hours * 3600 * 10**9))
        assert serving.refresh()
        assert numbers_on(visitor.get(HELP).h1) == {number}
