"""The build: made when it is needed, whole or not at all, and the last good one served when the content is broken."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from app import __version__
from app.building import (
    SCHEMA,
    BuildProblem,
    Built,
    Opened,
    broken,
    build,
    content_digest,
    folders,
    open_directory,
    reason_to_build,
)
from app.building.manifest import files_of
from app.problems import ContentError, Problem
from app.settings import Settings

HERE = Path(__file__).parent
FAMILY_HELP = "content/services/northshire/family-help.md"


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    """A copy of the small site, not built yet."""
    shutil.copytree(HERE / "site", tmp_path / "site", ignore=shutil.ignore_patterns("build*"))
    return settings_of(tmp_path / "site")


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built once; every test works on a copy."""
    root = tmp_path_factory.mktemp("ready") / "site"
    shutil.copytree(HERE / "site", root, ignore=shutil.ignore_patterns("build*"))
    build(settings_of(root))
    return root


@pytest.fixture
def built(ready: Path, tmp_path: Path) -> Settings:
    """A copy of the small site with its build."""
    shutil.copytree(ready, tmp_path / "site")
    return settings_of(tmp_path / "site")


def settings_of(root: Path) -> Settings:
    return Settings(content=root / "content", pathways=root / "pathways.yaml", build=root / "build", static=root / "static")


def edit(site: Settings, old: str, new: str, path: str = FAMILY_HELP) -> None:
    file = site.content.parent / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def break_content(site: Settings) -> None:
    edit(site, "levels: [2, 3]", "levels: [2, 9]")


def beside(site: Settings) -> list[str]:
    """What lies in the folder in which the build lies."""
    return sorted(path.name for path in site.build.parent.iterdir() if path.name.startswith("build"))


def segment(site: Settings) -> str:
    """The name of the index file, which each build draws anew."""
    (file,) = site.index.glob("*.seg")
    return file.name


def name_of(opened: Opened | Built, service: str = "northshire/family-help") -> str:
    return opened.directory.service_by_id[service].name


def restamp(site: Settings, **changes: object) -> None:
    """Write the manifest anew, so that files changed by a test pass for what was built."""
    data = json.loads(site.manifest.read_text())
    data["files"] = {name: stamp.model_dump() for name, stamp in files_of(site).items()}
    site.manifest.write_text(json.dumps(data | changes))


def test_the_first_opening_builds(site: Settings) -> None:
    assert reason_to_build(site) == "there is no whole build yet"
    opened = open_directory(site)
    assert reason_to_build(site) is None
    assert sorted(path.name for path in site.build.iterdir()) == ["directory.db", "index", "manifest.json", "maps.json", "public"]
    assert beside(site) == ["build", "build.lock"]
    assert name_of(opened) == "Family Help"
    assert [hit.id for hit in opened.index.search(["harbour"], "northshire").hits] == ["northshire/safe-at-home"]
    assert (opened.digest, opened.problems, opened.is_current) == (content_digest(site), (), True)


def test_the_next_opening_only_reads(site: Settings) -> None:
    first, made = open_directory(site), segment(site)
    second = open_directory(site)
    assert second.directory == first.directory
    assert second.digest == first.digest
    assert segment(site) == made


def test_build_always_makes_a_new_one(site: Settings) -> None:
    first = build(site)
    made = segment(site)
    assert first == build(site)
    assert first == Built(open_directory(site).directory, (), content_digest(site))
    assert segment(site) != made
    assert beside(site) == ["build", "build.lock"]


def test_a_build_in_a_folder_that_is_not_there_yet(site: Settings, tmp_path: Path) -> None:
    deep = Settings(content=site.content, pathways=site.pathways, build=tmp_path / "var" / "lib" / "build", static=site.static)
    assert name_of(open_directory(deep)) == "Family Help"


def test_content_with_an_error_writes_nothing_and_tells_everything(site: Settings) -> None:
    break_content(site)
    edit(site, "Calm Parenting", "", "content/programmes/calm-parenting.md")
    for attempt in (build, open_directory):
        with pytest.raises(ContentError) as caught:
            attempt(site)
        assert {problem.path for problem in caught.value.problems} == {FAMILY_HELP, "content/programmes/calm-parenting.md"}
        assert beside(site) == ["build.lock"]


def test_content_with_an_error_leaves_the_old_build_as_it_was(built: Settings) -> None:
    before = {path: path.read_bytes() for path in built.build.rglob("*") if path.is_file()}
    break_content(built)
    with pytest.raises(ContentError):
        build(built)
    assert {path: path.read_bytes() for path in built.build.rglob("*") if path.is_file()} == before


def test_changed_content_is_built_anew(built: Settings) -> None:
    old = open_directory(built)
    edit(built, "name: Family Help", "name: Family Harbour")
    assert reason_to_build(built) == "the content has changed"
    new = open_directory(built)
    assert (name_of(old), name_of(new)) == ("Family Help", "Family Harbour")
    assert new.digest == content_digest(built) != old.digest
    assert "northshire/family-help" in {hit.id for hit in new.index.search(["harbour"]).hits}
    # Who still reads the old one, reads it whole.
    assert "northshire/family-help" not in {hit.id for hit in old.index.search(["harbour"]).hits}


def test_broken_content_serves_the_last_good_build_and_says_so(built: Settings) -> None:
    good = open_directory(built)
    break_content(built)
    opened = open_directory(built)
    assert opened.directory == good.directory
    assert not opened.is_current
    assert [str(problem).partition(": ")[0] for problem in opened.problems] == [f"{FAMILY_HELP}:7:13"]
    assert opened.digest == good.digest != content_digest(built)  # it says what is served
    edit(built, "levels: [2, 9]", "levels: [2, 4]")
    mended = open_directory(built)
    assert mended.is_current
    assert mended.directory.service_by_id["northshire/family-help"].levels == (2, 4)


def test_the_findings_of_a_build_are_kept_with_it(built: Settings) -> None:
    finding = Problem(FAMILY_HELP, 7, 1, "capacity", "is from 2020", "finding")
    restamp(built, findings=[vars(finding)])
    opened = open_directory(built)
    assert opened.problems == (finding,)
    assert opened.is_current


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("content/services/northshire/new.md", True),
        ("content/more.yaml", True),
        ("content/services/northshire/family-help.md~", False),
        ("content/services/northshire/.family-help.md", False),
        ("content/notes.txt", False),
        ("README.md", False),
    ],
)
def test_only_content_counts_in_its_digest(site: Settings, path: str, counts: bool) -> None:
    before = content_digest(site)
    (site.content.parent / path).write_text("hello")
    assert (content_digest(site) != before) == counts
    (site.content.parent / path).unlink()
    assert content_digest(site) == before


def test_the_digest_knows_names_and_where_a_file_ends(site: Settings) -> None:
    digests = {content_digest(site)}
    (site.content / "programmes/calm-parenting.md").rename(site.content / "programmes/calmer-parenting.md")
    digests.add(content_digest(site))
    site.pathways.write_text(site.pathways.read_text() + "\n")
    digests.add(content_digest(site))
    site.pathways.unlink()
    digests.add(content_digest(site))
    shutil.rmtree(site.content)
    digests.add(content_digest(site))
    assert len(digests) == 5


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def folder_for_database(site: Settings) -> None:
    site.database.unlink()
    site.database.mkdir()


READS = f"and this program reads the form {SCHEMA}"

DAMAGES: dict[str, tuple[Callable[[Settings], object], str]] = {
    "no manifest": (lambda site: site.manifest.unlink(), "there is no whole build yet"),
    "half a manifest": (lambda site: os.truncate(site.manifest, 100), "manifest.json is damaged"),
    "an empty manifest": (lambda site: os.truncate(site.manifest, 0), "manifest.json is damaged"),
    "a manifest in bytes": (lambda site: site.manifest.write_bytes(b"\xff\xfe\x00"), "manifest.json is damaged"),
    "a manifest of another kind": (lambda site: site.manifest.write_text("[]"), f"it has the form None, {READS}"),
    "a manifest without files": (lambda site: restamp(site, files=None), "manifest.json is damaged"),
    "an older form": (lambda site: restamp(site, schema_version=SCHEMA - 1), f"it has the form {SCHEMA - 1}, {READS}"),
    "a newer form": (lambda site: restamp(site, schema_version=SCHEMA + 1), f"it has the form {SCHEMA + 1}, {READS}"),
    "no database": (lambda site: site.database.unlink(), "directory.db is missing"),
    "half a database": (lambda site: os.truncate(site.database, 5000), "directory.db is damaged or was changed by hand"),
    "a flipped bit in the database": (lambda site: flip(site.database), "directory.db is damaged or was changed by hand"),
    "no maps": (lambda site: site.maps.unlink(), "maps.json is missing"),
    "a flipped bit in the maps": (lambda site: flip(site.maps), "maps.json is damaged or was changed by hand"),
    "no index": (lambda site: shutil.rmtree(site.index), r"index/MAIN_\w+\.seg is missing"),
    "a flipped bit in the index": (lambda site: flip(site.index / "_MAIN_1.toc"), "index/_MAIN_1.toc is damaged or was changed by hand"),
    "a planted table of contents": (
        lambda site: shutil.copy(site.index / "_MAIN_1.toc", site.index / "_MAIN_2.toc"), "index/_MAIN_2.toc is not a part of it",
    ),
    "a folder for the database": (folder_for_database, "directory.db is missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_build_is_noticed_and_made_anew(built: Settings, name: str) -> None:
    damage, reason = DAMAGES[name]
    damage(built)
    assert re.fullmatch(reason, broken(built) or "")
    assert name_of(open_directory(built)) == "Family Help"
    assert broken(built) is None
    assert beside(built) == ["build", "build.lock"]


@pytest.mark.parametrize("name", ["half a manifest", "a newer form", "a flipped bit in the index"])
def test_a_damaged_build_is_not_served_even_when_the_content_is_broken(built: Settings, name: str) -> None:
    DAMAGES[name][0](built)
    break_content(built)
    with pytest.raises(ContentError):
        open_directory(built)


def test_what_a_browser_or_a_file_manager_leaves_in_a_build_is_no_damage(built: Settings) -> None:
    for name in (".DS_Store", "directory.db-journal", "index/.DS_Store"):
        (built.build / name).write_text("x")
    assert reason_to_build(built) is None
    build(built)
    assert sorted(path.name for path in built.build.iterdir()) == ["directory.db", "index", "manifest.json", "maps.json", "public"]


def test_another_version_of_the_program_builds_anew_but_can_serve(built: Settings) -> None:
    restamp(built, program="0.0.9")
    assert broken(built) is None
    assert reason_to_build(built) == f"it was made by Windscreen 0.0.9, and this is {__version__}"
    made = segment(built)
    break_content(built)
    assert name_of(open_directory(built)) == "Family Help"
    assert segment(built) == made
    edit(built, "levels: [2, 9]", "levels: [2, 3]")
    open_directory(built)
    assert segment(built) != made


def test_a_whole_build_that_this_program_cannot_read_is_made_anew(built: Settings) -> None:
    with closing(sqlite3.connect(built.database)) as connection, connection:
        connection.execute("UPDATE record SET json = replace(json, '\"summary\"', '\"purpose\"') WHERE kind = 'service'")
    restamp(built)
    assert reason_to_build(built) is None
    assert name_of(open_directory(built)) == "Family Help"


def leave(site: Settings, name: str, *, whole: bool) -> Path:
    """What a killed build left beside the build: a whole one or half of one."""
    left = site.build.with_name(name)
    shutil.copytree(site.build, left)
    if not whole:
        (left / "manifest.json").unlink()
    return left


def test_what_killed_builds_have_left_is_cleared_away(built: Settings) -> None:
    for name, whole in (("build.new-1", False), ("build.new-22", True), ("build.old-22", True)):
        leave(built, name, whole=whole)
    (built.build.parent / "build.new-4").write_text("a file")
    others = [leave(built, name, whole=True) for name in ("build.newer", "build.new-x", "build2.new-1", "my-build.old-1")]
    made = segment(built)
    edit(built, "name: Family Help", "name: Family Harbour")
    assert name_of(open_directory(built)) == "Family Harbour"
    assert segment(built) != made
    assert all(other.is_dir() for other in others)
    assert [name for name in beside(built) if "new-" in name or "old-" in name] == ["build.new-x", "build2.new-1"]


@pytest.mark.parametrize("left", ["build.new-7", "build.old-7"])
def test_a_build_killed_between_the_two_renames_is_not_lost(built: Settings, left: str) -> None:
    made = segment(built)
    leave(built, "build.new-3", whole=False)
    built.build.rename(built.build.with_name(left))
    break_content(built)  # the whole build aside is all there is
    opened = open_directory(built)
    assert name_of(opened) == "Family Help"
    assert not opened.is_current
    assert segment(built) == made
    assert beside(built) == ["build", "build.lock"]


OPEN = """
import sys, pathlib
from tests.test_building import name_of, segment, settings_of
from app.building import open_directory
site = settings_of(pathlib.Path(sys.argv[1]))
opened = open_directory(site)
print(name_of(opened), opened.digest, segment(site), opened.is_current)
"""


def start(site: Settings) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(site.build.parent)], cwd=HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_build_that_is_really_killed_leaves_nothing_that_hurts(site: Settings) -> None:
    process = start(site)
    deadline = time.monotonic() + 30
    while not any(".new-" in name for name in beside(site)) and time.monotonic() < deadline:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert any(".new-" in name for name in beside(site))
    assert name_of(open_directory(site)) == "Family Help"
    assert beside(site) == ["build", "build.lock"]


def test_processes_that_start_together_share_one_build(site: Settings) -> None:
    outputs = [process.communicate() for process in [start(site) for _ in range(3)]]
    assert {errors for _, errors in outputs} == {""}
    assert {out for out, _ in outputs} == {f"Family Help {content_digest(site)} {segment(site)} True\n"}
    assert beside(site) == ["build", "build.lock"]


def test_reading_goes_on_while_builds_are_swapped_in(built: Settings) -> None:
    open_directory(built)
    stop, seen, failures = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                opened = open_directory(built)
                seen.add(name_of(opened))
                assert len(opened.index.search(["harbour"], "northshire").hits) == 1
            except Exception as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        new = "Family Help" + " again" * (number + 1)
        edit(built, f"name: Family Help{' again' * number}\n", f"name: {new}\n")
        build(built)
        deadline = time.monotonic() + 30
        while new not in seen and time.monotonic() < deadline:
            time.sleep(0.01)
    stop.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert {"Family Help" + " again" * number for number in range(1, 7)} <= seen
    assert beside(built) == ["build", "build.lock"]


def test_a_build_that_hangs_elsewhere_is_told_and_the_good_one_served(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "WAIT", 0.1)
    told = r"^Another build has held .*/build\.lock for 0 seconds; stop it and try again$"
    with folders.alone(site), pytest.raises(BuildProblem, match=told):
        open_directory(site)
    open_directory(site)
    edit(site, "name: Family Help", "name: Family Harbour")
    with folders.alone(site):
        opened = open_directory(site)
    assert name_of(opened) == "Family Help"
    assert [(problem.path, problem.severity) for problem in opened.problems] == [("build", "error")]
    assert name_of(open_directory(site)) == "Family Harbour"


def test_a_folder_that_cannot_be_written_is_a_sentence(site: Settings) -> None:
    site.build.with_name("build.lock").mkdir()
    with pytest.raises(BuildProblem, match=r"^The build in .*/build cannot be written: .*Is a directory"):
        open_directory(site)
    site.build.with_name("build.lock").rmdir()
    in_the_way = Settings(content=site.content, pathways=site.pathways, build=site.pathways / "build", static=site.static)
    with pytest.raises(BuildProblem, match="cannot be written"):
        build(in_the_way)


def test_a_full_disk_leaves_the_old_build_and_no_half_one(built: Settings, monkeypatch: pytest.MonkeyPatch) -> None:

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    edit(built, "name: Family Help", "name: Family Harbour")
    monkeypatch.setattr(os, "fsync", full)
    opened = open_directory(built)
    assert name_of(opened) == "Family Help"
    assert "No space left on device" in opened.problems[0].words
    assert beside(built) == ["build", "build.lock"]


def test_somebody_elses_folder_is_never_replaced(site: Settings) -> None:
    site.build.mkdir()
    (site.build / "letters.txt").write_text("dear all")
    with pytest.raises(BuildProblem, match=r"build holds 'letters\.txt', which is not part of a build; name a folder of its own"):
        open_directory(site)
    assert (site.build / "letters.txt").read_text() == "dear all"
    (site.build / "letters.txt").unlink()
    assert name_of(open_directory(site)) == "Family Help"  # an empty folder may be replaced


def test_nobody_else_may_write_where_the_index_lies(site: Settings) -> None:
    old = os.umask(0)
    try:
        build(site)
    finally:
        os.umask(old)
    assert [oct(path.stat().st_mode & 0o022) for path in (site.build, site.index)] == ["0o0", "0o0"]


def test_the_version_in_the_manifest_is_that_of_the_package() -> None:
    assert tomllib.loads((HERE.parent / "pyproject.toml").read_text())["project"]["version"] == __version__
