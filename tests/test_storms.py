"""What can happen to a machine: power cuts, full disks, folders nobody may write, rotten bits, a clock that jumps.

Each ends with right answers or a clear refusal. What single tricks can show is in test_building.py; here whole processes are hit.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest
from forge import Forge
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from test_building import beside, break_content, built, edit, name_of, ready, restamp, settings_of
from tries import tries

from app.building import broken, build, open_directory, reason_to_build
from app.building.manifest import SCHEMA
from app.problems import ContentError
from app.settings import Settings

__all__ = ["built", "ready"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are made and killed as POSIX does")


@pytest.fixture(scope="module")
def maker() -> Iterator[Forge]:
    made = Forge()
    yield made
    made.close()


# ---- kill -9 ----

MOMENTS: dict[str, Callable[[Settings], bool]] = {
    "as it begins": lambda site: site.build.with_name("build.lock").exists(),
    "at the folder": lambda site: bool(list(site.build.parent.glob("build.new-*"))),
    "at the store": lambda site: bool(list(site.build.parent.glob("build.new-*/directory.db"))),
    "at the index": lambda site: bool(list(site.build.parent.glob("build.new-*/index/*"))),
    "at the maps": lambda site: bool(list(site.build.parent.glob("build.new-*/maps.json"))),
    "at the views": lambda site: bool(list(site.build.parent.glob("build.new-*/public/*"))),
    "at the manifest": lambda site: bool(list(site.build.parent.glob("build.new-*/manifest.json"))),
    "between the renames": lambda site: not site.build.exists() or bool(list(site.build.parent.glob("build.old-*"))),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_killed_at_any_moment_leaves_the_old_one_or_the_new_one(built: Settings, maker: Forge, moment: str) -> None:
    (built.build.with_name("build.lock")).unlink(missing_ok=True)
    edit(built, "name: Family Help", "name: Family Harbour")
    process = maker.start(built.build.parent)
    end = time.monotonic() + 60
    while not MOMENTS[moment](built) and not (process.result.exists() and process.result.stat().st_size) and time.monotonic() < end:
        pass
    process.kill()

    shutil.copytree(built.build.parent, built.build.parent.with_name("later"))
    broken_later = settings_of(built.build.parent.with_name("later"))
    break_content(broken_later)
    assert name_of(open_directory(broken_later)) in ("Family Help", "Family Harbour"), "a good build was lost"

    opened = open_directory(built)
    assert (name_of(opened), opened.is_current) == ("Family Harbour", True)
    assert reason_to_build(built) is None
    build(built)  # the next one clears away what a kill after the swap has left
    assert beside(built) == ["build", "build.lock"]


def test_builds_killed_one_after_another_do_not_pile_up(built: Settings, maker: Forge) -> None:
    for number in range(4):
        edit(built, f"name: Family Help{number or ''}\n", f"name: Family Help{number + 1}\n")
        process = maker.start(built.build.parent)
        end = time.monotonic() + 60
        while not list(built.build.parent.glob("build.new-*/directory.db")) and time.monotonic() < end:
            pass
        process.kill()
        assert len([name for name in beside(built) if ".new-" in name]) <= 1
    assert maker.start(built.build.parent).told() == {"name": "Family Help4", "current": True, "problems": []}
    assert beside(built) == ["build", "build.lock"]


# ---- no room ----


@pytest.mark.parametrize("largest", [0, 4096, 60_000])
def test_without_room_for_a_file_the_old_build_is_served_and_the_reason_told(built: Settings, maker: Forge, largest: int) -> None:
    edit(built, "name: Family Help", "name: Family Harbour")
    told = maker.start(built.build.parent, largest_file=largest).told()
    assert (told["name"], told["current"]) == ("Family Help", False)
    assert "cannot be written" in told["problems"][0]
    assert beside(built) == ["build", "build.lock"]
    assert name_of(open_directory(built)) == "Family Harbour"  # once there is room


def test_without_room_and_without_a_build_it_is_a_refusal(built: Settings, maker: Forge) -> None:
    shutil.rmtree(built.build)
    told = maker.start(built.build.parent, largest_file=4096).told()
    assert "cannot be written" in told["refused"]
    assert beside(built) == ["build.lock"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(place)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here; the limit on files above shows the same")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(file: IO[bytes]) -> None:
    """Write until there is no room."""
    while True:
        file.write(b"\0" * 4096)


def test_a_full_disk_is_told_and_left_tidy(built: Settings, small_disk: Path) -> None:
    site = replace(built, build=small_disk / "build")
    shutil.copytree(built.build, site.build)
    edit(built, "name: Family Help", "name: Family Harbour")
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        fill(file)
    opened = open_directory(site)
    assert (name_of(opened), opened.is_current) == ("Family Help", False)
    assert "No space left on device" in opened.problems[0].words or "disk" in opened.problems[0].words
    assert sorted(path.name for path in small_disk.iterdir()) == ["build", "build.lock", "filler"]
    filler.unlink()
    assert name_of(open_directory(site)) == "Family Harbour"


# ---- no right to write ----


@pytest.fixture
def open_to_all(built: Settings) -> Iterator[Settings]:
    """The site in a folder that everybody may read."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    shutil.copytree(built.build.parent, place / "site")
    yield settings_of(place / "site")
    shutil.rmtree(place)


def read_only(site: Settings) -> None:
    for path in (site.build.parent, *site.build.parent.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def test_a_folder_that_may_only_be_read_is_served_from(open_to_all: Settings, maker: Forge) -> None:
    read_only(open_to_all)
    assert maker.start(open_to_all.build.parent, as_nobody=True).told() == {"name": "Family Help", "current": True, "problems": []}


def test_changed_content_in_a_folder_that_may_only_be_read_is_told(open_to_all: Settings, maker: Forge) -> None:
    edit(open_to_all, "name: Family Help", "name: Family Harbour")
    read_only(open_to_all)
    told = maker.start(open_to_all.build.parent, as_nobody=True).told()
    assert (told["name"], told["current"]) == ("Family Help", False)
    assert "Permission denied" in told["problems"][0]


def test_without_a_build_a_folder_that_may_only_be_read_is_refused(open_to_all: Settings, maker: Forge) -> None:
    shutil.rmtree(open_to_all.build)
    open_to_all.build.with_name("build.lock").unlink()
    read_only(open_to_all)
    told = maker.start(open_to_all.build.parent, as_nobody=True).told()
    assert "cannot be written" in told["refused"]
    assert "Permission denied" in told["refused"]


# ---- rotten bits ----


@pytest.fixture(scope="module")
def rotting(ready: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("rotting") / "site"
    shutil.copytree(ready, root)
    return settings_of(root)


@tried(max_examples=tries(60, 300, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_flipped_bit_of_store_index_and_maps_is_noticed(rotting: Settings, data: st.DataObject) -> None:
    files = sorted(path for path in rotting.build.rglob("*") if path.is_file() and path != rotting.manifest)
    file = data.draw(st.sampled_from(files), label="file")
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1), label="byte")
    bit = data.draw(st.integers(0, 7), label="bit")
    try:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        name = file.relative_to(rotting.build).as_posix()
        assert broken(rotting) == f"{name} is damaged or was changed by hand"
    finally:
        file.write_bytes(whole)
    assert broken(rotting) is None


@tried(max_examples=tries(60, 300, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_manifest_cut_or_flipped_anywhere_never_lets_a_damaged_file_through(rotting: Settings, data: st.DataObject) -> None:
    """Whatever stands in the manifest: a store that was changed by hand is not served."""
    whole, store = rotting.manifest.read_bytes(), rotting.database.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1), label="byte")
    bit = data.draw(st.integers(0, 7), label="bit")
    cut = data.draw(st.booleans(), label="cut")
    try:
        rotting.database.write_bytes(store[:-1] + bytes([store[-1] ^ 1]))
        rotting.manifest.write_bytes(whole[:place] + (b"" if cut else bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]))
        assert broken(rotting)
    finally:
        rotting.manifest.write_bytes(whole)
        rotting.database.write_bytes(store)


def test_a_rotten_build_is_made_anew_and_never_served(built: Settings) -> None:
    for file in (built.database, next(built.index.glob("*.seg")), built.build / "public" / "maps.json"):
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    opened = open_directory(built)
    assert (name_of(opened), opened.is_current) == ("Family Help", True)
    assert broken(built) is None


# ---- other programs, other times ----


def test_an_older_program_makes_its_own_build_over_that_of_a_newer_one(built: Settings) -> None:
    restamp(built, schema_version=SCHEMA + 3, program="9.9.9", something_new={"a": 1})
    assert reason_to_build(built) == f"it has the form {SCHEMA + 3}, and this program reads the form {SCHEMA}"
    assert name_of(open_directory(built)) == "Family Help"
    assert json.loads(built.manifest.read_text())["schema_version"] == SCHEMA


def test_an_older_program_refuses_a_newer_build_when_it_cannot_make_its_own(built: Settings) -> None:
    restamp(built, schema_version=SCHEMA + 3)
    break_content(built)
    with pytest.raises(ContentError):
        open_directory(built)
    assert json.loads(built.manifest.read_text())["schema_version"] == SCHEMA + 3, "the newer program still needs it"


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_jumps_by_an_hour_changes_nothing(built: Settings, hours: int) -> None:
    """Files dated an hour back or ahead: what is built is told by what it holds, never by when."""
    before = time.time() + hours * 3600
    for file in built.build.parent.rglob("*"):
        os.utime(file, (before, before))
    assert reason_to_build(built) is None
    edit(built, "name: Family Help", "name: Family Harbour")
    os.utime(built.content / "services/northshire/family-help.md", (before - 7200, before - 7200))
    assert name_of(open_directory(built)) == "Family Harbour"
