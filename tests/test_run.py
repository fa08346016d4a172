"""`run.py`: one file that sets everything up and runs it, told in whole processes.

Each house here is a small folder with its own `run.py`, an `app` that says what it was asked, and lock files that
name two tiny wheels made on the spot: so nothing is fetched.
"""

from __future__ import annotations

import ast
import base64
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parent.parent
FIRST_TIME = "Setting up (once) ...\n"
APP = """
import sys, time
print("app", *sys.argv[1:])
if sys.argv[1:] == ["wait"]:
    sys.stdout.flush()
    time.sleep(60)
sys.exit(7 if sys.argv[1:] == ["fail"] else 0)
"""


def make_wheel(folder: Path, name: str) -> str:
    """A wheel with one module that says hello; its line for a lock file."""
    folder.mkdir(exist_ok=True)
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    files = {
        f"{name}.py": "print('hello')\n",
        f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{name}-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip('=')},{len(text)}\n"
        for path, text in files.items()
    )
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{name}-1.0.dist-info/RECORD": f"{record}{name}-1.0.dist-info/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def write_house(house: Path) -> None:
    """A folder as a fresh clone is: no `.venv` yet."""
    (house / "app").mkdir(parents=True)
    (house / "app" / "__main__.py").write_text(APP)
    (house / "pytest.py").write_text("import os, sys\nprint('pytest in', os.getcwd(), *sys.argv[1:])\n")
    shutil.copy(ROOT / "run.py", house)
    nowhere_else = f"--no-index\n--find-links {house.as_posix()}/wheels\n"
    needed, for_tests = make_wheel(house / "wheels", "needed"), make_wheel(house / "wheels", "for_tests")
    (house / "requirements.lock").write_text(nowhere_else + needed)
    (house / "requirements-test.lock").write_text(nowhere_else + needed + for_tests)


def run_py(house: Path, *words: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the house's `run.py` in its own process, after the statement `before` if there is one."""
    start = [sys.executable, str(house / "run.py")]
    if before:
        script = f"import runpy, sys; {before}; sys.argv[0] = {start[1]!r}; runpy.run_path({start[1]!r}, run_name='__main__')"
        start = [sys.executable, "-c", script]
    path = os.pathsep.join(folder for folder in os.environ["PATH"].split(os.pathsep) if not (Path(folder) / "uv").exists())
    return subprocess.run(
        [*start, *words], capture_output=True, text=True, check=False, timeout=300, env={**os.environ, "PATH": path, **environment}
    )


def has(house: Path, module: str) -> bool:
    return subprocess.run([run.python_in(house / ".venv"), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A house without a `.venv`."""
    write_house(tmp_path / "house")
    return tmp_path / "house"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that was set up once; its tests leave it sound."""
    folder = tmp_path_factory.mktemp("set-up") / "house"
    write_house(folder)
    done = run_py(folder, "check")
    assert (done.stdout, done.stderr, done.returncode) == ("app check\n", FIRST_TIME, 0)
    return folder


# The right Python


def test_an_old_python_can_read_the_file() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_runs_nothing_before_the_check_that_it_does_not_have() -> None:
    before_the_check = (ROOT / "run.py").read_text(encoding="utf-8").partition("\nif unfit(")[0]
    tree = ast.parse(before_the_check, feature_version=(3, 6))
    imported = {node.module if isinstance(node, ast.ImportFrom) else node.names[0].name for node in tree.body[1:-1]}  # type: ignore[attr-defined]
    assert imported == {"contextlib", "hashlib", "os", "pathlib", "shutil", "signal", "subprocess", "sys"}
    assert "[int" not in before_the_check.replace('"tuple[int, ...]"', "")


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 0)])
def test_these_pythons_will_do(version: tuple[int, ...]) -> None:
    assert run.unfit(version) == ""


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_another_python_is_told_what_to_install(version: tuple[int, ...]) -> None:
    found = ".".join(map(str, version))
    assert run.unfit(version) == (
        f"Windscreen needs Python 3.11, 3.12 or 3.13, and this is Python {found}: install one of them and run this file with it."
    )


def test_with_another_python_that_sentence_is_all_that_happens(fresh: Path) -> None:
    done = run_py(fresh, before="sys.version_info = (3, 10, 1)")
    assert (done.stdout, done.stderr, done.returncode) == ("", run.unfit((3, 10, 1)) + "\n", 1)
    assert not (fresh / ".venv").exists()


def test_a_missing_venv_module_is_told_in_one_sentence(fresh: Path) -> None:
    done = run_py(fresh, before="sys.modules['ensurepip'] = None")
    assert done.stderr == (
        FIRST_TIME + "Windscreen could not be set up: Python's venv module is missing; "
        "on Debian or Ubuntu, 'sudo apt install python3-venv' brings it.\n"
    )
    assert done.returncode == 1


# The words


def test_a_second_run_says_nothing_of_its_own(house: Path) -> None:
    done = run_py(house, "check")
    assert (done.stdout, done.stderr, done.returncode) == ("app check\n", "", 0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "app serve\n"),
        (("ask", "level 3, age 14", "--json"), "app ask level 3, age 14 --json\n"),
        (("--help",), "app --help\n"),
        (("ask", "test"), "app ask test\n"),
    ],
)
def test_words_are_a_command_and_no_words_serve(house: Path, words: tuple[str, ...], said: str) -> None:
    assert run_py(house, *words).stdout == said


def test_the_exit_code_is_the_commands(house: Path) -> None:
    assert run_py(house, "fail").returncode == 7


def test_it_works_from_another_folder_even_one_with_an_app_of_its_own(house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app.py").write_text("print('not ours')")
    monkeypatch.chdir(tmp_path)
    assert run_py(house, "check").stdout == "app check\n"


def test_a_strangers_python_path_is_not_used(house: Path, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("print('not ours')")
    assert run_py(house, "check", PYTHONPATH=str(tmp_path)).stdout == "app check\n"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_reaches_the_command(house: Path, sent: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, house / "run.py", "wait"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"app wait\n"
        process.send_signal(sent)
        assert process.wait(timeout=30) == -sent


# What was made, and whether it still holds


def test_a_changed_lock_makes_it_anew(house: Path) -> None:
    (house / ".venv" / "left-over").touch()
    with (house / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert run_py(house, "check").stderr == FIRST_TIME
    assert not (house / ".venv" / "left-over").exists()
    assert run_py(house, "check").stderr == ""


def no_stamp(venv: Path) -> None:
    (venv / "stamp").unlink()


def no_python(venv: Path) -> None:
    run.python_in(venv).unlink()


def half_a_stamp(venv: Path) -> None:
    (venv / "stamp").write_text((venv / "stamp").read_text()[:40])


def only_a_file(venv: Path) -> None:
    shutil.rmtree(venv / "bin")
    (venv / "bin").write_bytes(b"\xff")


@pytest.mark.parametrize("damage", [no_stamp, no_python, half_a_stamp, only_a_file])
def test_a_half_made_folder_is_made_anew(house: Path, damage: Callable[[Path], None]) -> None:
    (house / ".venv" / "left-over").touch()
    damage(house / ".venv")
    done = run_py(house, "check")
    assert (done.stdout, done.stderr) == ("app check\n", FIRST_TIME)
    assert not (house / ".venv" / "left-over").exists()


def test_a_folder_that_was_moved_is_made_anew(fresh: Path) -> None:
    assert run_py(fresh, "check").returncode == 0
    moved = fresh.rename(fresh.parent / "moved")
    for lock in run.WITH_TESTS:
        (moved / lock).write_text((moved / lock).read_text().replace(fresh.as_posix(), moved.as_posix()))
    assert run_py(moved, "check").stderr == FIRST_TIME


def test_an_interrupted_set_up_is_mended(fresh: Path) -> None:
    process = subprocess.Popen([sys.executable, fresh / "run.py", "check"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == FIRST_TIME
    while not (fresh / ".venv").exists() and process.poll() is None:
        pass
    process.terminate()
    said = process.stderr.read()
    process.stderr.close()
    assert (said, process.wait(timeout=30)) == ("Stopped. The next run starts the set-up again.\n", 1)
    assert not (fresh / ".venv" / "stamp").exists()
    assert run_py(fresh, "check").stdout == "app check\n"


def test_two_at_once_set_up_once(fresh: Path) -> None:
    both = [subprocess.Popen([sys.executable, fresh / "run.py", "check"], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate(timeout=300)[0] for process in both] == ["app check\n"] * 2


def test_it_waits_for_a_set_up_at_work_and_then_has_nothing_to_do(house: Path) -> None:
    stamp = (house / ".venv" / "stamp").read_text()
    (house / ".venv" / "stamp").unlink()
    with (house / ".venv.busy").open("w") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        process = subprocess.Popen([sys.executable, house / "run.py", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert process.stderr.readline() == FIRST_TIME
        (house / ".venv" / "left-over").touch()
        (house / ".venv" / "stamp").write_text(stamp)
    assert process.communicate(timeout=60) == ("app check\n", "")
    assert (house / ".venv" / "left-over").exists()


# The packages


def test_a_wrong_hash_is_refused_with_pips_own_words(fresh: Path) -> None:
    lock = (fresh / "requirements.lock").read_text()
    (fresh / "requirements.lock").write_text(lock[:-5] + "0000\n")
    done = run_py(fresh, "check")
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr
    assert done.stderr.endswith(
        "Windscreen could not be set up: pip could not install the packages; its message is above. Is the network there?\n"
    )
    assert (done.stdout, done.returncode) == ("", 1)
    assert not (fresh / ".venv" / "stamp").exists()


def test_a_missing_lock_file_is_one_sentence(fresh: Path) -> None:
    (fresh / "requirements.lock").unlink()
    done = run_py(fresh, "check")
    assert done.stderr.startswith("Windscreen could not be set up: ")
    assert "requirements.lock" in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_tests_add_their_packages_and_a_failure_there_leaves_the_rest_usable(fresh: Path) -> None:
    assert run_py(fresh, "check").returncode == 0
    assert (has(fresh, "needed"), has(fresh, "for_tests")) == (True, False)
    (fresh / ".venv" / "kept").touch()

    (fresh / "wheels").rename(fresh / "away")
    assert run_py(fresh, "test").returncode == 1
    assert run_py(fresh, "check").stderr == ""

    (fresh / "away").rename(fresh / "wheels")
    done = run_py(fresh, "test", "-k", "one word")
    assert (done.stdout, done.stderr) == (f"pytest in {fresh} -k one word\n", FIRST_TIME)
    assert has(fresh, "for_tests")
    assert (fresh / ".venv" / "kept").exists()
    assert [run_py(fresh, words).stderr for words in ("test", "check")] == ["", ""]

    with (fresh / "requirements-test.lock").open("a") as lock:
        lock.write("# changed\n")
    assert run_py(fresh, "check").stderr == ""
    assert run_py(fresh, "test").stderr == FIRST_TIME
    assert not (fresh / ".venv" / "kept").exists()


# The real thing


@pytest.mark.slow
def test_a_clean_clone_sets_itself_up_and_answers(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, clone], check=True)
    done = run_py(clone, "check")
    assert done.stderr == FIRST_TIME
    assert (done.returncode, done.stdout.splitlines()[-1][:20]) == (0, "The content is good:")
    assert subprocess.run(["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True).stdout == ""
