"""`run.py`: one file that sets everything up and runs it, told in whole processes.

Each house here is a small folder with its own `run.py`, an `app` that says what it was asked, and lock files that
name two tiny wheels made on the spot: so nothing is fetched. `.ci/run` sets up a clean clone with the real ones.
"""

from __future__ import annotations

import ast
import base64
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


def surroundings() -> dict[str, str]:
    """Our environment without uv: an own pip is what a bare machine has."""
    path = os.pathsep.join(folder for folder in os.environ["PATH"].split(os.pathsep) if not shutil.which("uv", path=folder))
    return {**os.environ, "PATH": path}


def run_py(house: Path, *words: str, before: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the house's `run.py` to its end, after the statement `before` if there is one."""
    command = [sys.executable, str(house / "run.py")]
    if before:
        script = f"import runpy, sys; {before}; sys.argv[0] = {command[1]!r}; runpy.run_path({command[1]!r}, run_name='__main__')"
        command = [sys.executable, "-c", script]
    return subprocess.run(
        [*command, *words], capture_output=True, text=True, check=False, timeout=300, env={**surroundings(), **environment}
    )


def start(house: Path, *words: str) -> subprocess.Popen[str]:
    """Start the house's `run.py` and go on."""
    command = [sys.executable, str(house / "run.py"), *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings())


def has(house: Path, module: str) -> bool:
    return subprocess.run([run.python_in(house / ".venv"), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A house without a `.venv`."""
    write_house(tmp_path / "house")
    return tmp_path / "house"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house whose first set-up was cut short, and which two runs at once then finished. Its tests leave it sound."""
    folder = tmp_path_factory.mktemp("set-up") / "house"
    write_house(folder)
    with start(folder, "check") as process:
        assert process.stderr is not None
        assert process.stderr.readline() == FIRST_TIME
        while not (folder / ".venv").exists() and process.poll() is None:
            pass
        process.terminate()
        assert process.communicate(timeout=60) == ("", "Stopped. The next run starts the set-up again.\n")
    assert process.returncode == 1
    assert not (folder / ".venv" / "stamp").exists()

    with start(folder, "check") as one, start(folder, "check") as other:
        assert [one.communicate(timeout=300), other.communicate(timeout=300)] == [("app check\n", FIRST_TIME)] * 2
    return folder


# The right Python


def test_an_old_python_can_read_the_file() -> None:
    assert ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6)).body
    with pytest.raises(SyntaxError):  # so that the line above can fail: what Python 3.8 brought is refused
        ast.parse("if (ready := True): pass", feature_version=(3, 6))


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
    with start(house, "wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "app wait\n"
        process.send_signal(sent)
        assert process.wait(timeout=30) == -sent


# What was made, and whether it still holds


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A `.venv` in name only: a Python, a stamp, and lock files beside it."""
    venv = tmp_path / ".venv"
    run.python_in(venv).parent.mkdir(parents=True)
    run.python_in(venv).touch()
    for lock in run.WITH_TESTS:
        (tmp_path / lock).write_text(lock)
    run.write_stamp(venv / "stamp", run.marks(venv, run.WITH_TESTS))
    assert run.is_ready(venv, run.CORE)
    assert run.is_ready(venv, run.WITH_TESTS)
    return venv


def no_stamp(venv: Path) -> None:
    (venv / "stamp").unlink()


def half_a_stamp(venv: Path) -> None:
    (venv / "stamp").write_text((venv / "stamp").read_text()[:40])


def a_stamp_of_noise(venv: Path) -> None:
    (venv / "stamp").write_bytes(b"\xff\x00")


def no_python(venv: Path) -> None:
    run.python_in(venv).unlink()


def a_python_that_was_uninstalled(venv: Path) -> None:
    run.python_in(venv).unlink()
    run.python_in(venv).symlink_to("/nowhere/python")


def another_core_lock(venv: Path) -> None:
    (venv.parent / "requirements.lock").write_text("changed")


def a_stamp_of_another_python(venv: Path) -> None:
    stamp = venv / "stamp"
    stamp.write_text(stamp.read_text().replace("Python 3", "Python 2"))


def a_file_in_its_place(venv: Path) -> None:
    shutil.rmtree(venv)
    venv.touch()


DAMAGES = [
    no_stamp,
    half_a_stamp,
    a_stamp_of_noise,
    no_python,
    a_python_that_was_uninstalled,
    another_core_lock,
    a_stamp_of_another_python,
    a_file_in_its_place,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_not_whole_is_not_ready(made: Path, damage: Callable[[Path], None]) -> None:
    damage(made)
    assert not run.is_ready(made, run.CORE)


def test_another_test_lock_matters_only_to_the_tests(made: Path) -> None:
    (made.parent / "requirements-test.lock").write_text("changed")
    assert run.is_ready(made, run.CORE)
    assert not run.is_ready(made, run.WITH_TESTS)


def test_a_folder_that_was_moved_is_not_ready(made: Path) -> None:
    moved = made.parent.rename(made.parent.with_name("moved")) / ".venv"
    assert not run.is_ready(moved, run.CORE)


def test_a_changed_lock_or_a_half_made_folder_makes_it_anew_once(house: Path) -> None:
    """Which of the two it is `test_what_is_not_whole_is_not_ready` tells apart."""
    (house / ".venv" / "left-over").touch()
    with (house / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    scripts = run.python_in(house / ".venv").parent
    shutil.rmtree(scripts)
    scripts.write_text("a file where a folder should be")
    done = run_py(house, "check")
    assert (done.stdout, done.stderr) == ("app check\n", FIRST_TIME)
    assert not (house / ".venv" / "left-over").exists()
    assert run_py(house, "check").stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="locks a file in the POSIX way")
def test_it_waits_for_a_set_up_at_work_and_then_has_nothing_to_do(house: Path) -> None:
    import fcntl

    stamp = (house / ".venv" / "stamp").read_text()
    (house / ".venv" / "stamp").unlink()
    with (house / ".venv.busy").open("w") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        process = start(house, "check")
        assert process.stderr is not None
        assert process.stderr.readline() == FIRST_TIME
        (house / ".venv" / "kept").touch()
        (house / ".venv" / "stamp").write_text(stamp)
    assert process.communicate(timeout=60) == ("app check\n", "")
    assert (house / ".venv" / "kept").exists()


# The packages


def test_the_tests_add_their_packages_and_a_failure_there_leaves_the_rest_usable(house: Path) -> None:
    assert (has(house, "needed"), has(house, "for_tests")) == (True, False)
    (house / ".venv" / "kept").touch()

    test_lock = house / "requirements-test.lock"
    right = test_lock.read_text()
    test_lock.write_text(right[:-6] + "00000\n")
    failed = run_py(house, "test")
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in failed.stderr
    assert failed.stderr.endswith(
        "\nWindscreen could not be set up: pip could not install the packages; its message is above. Is the network there?\n"
    )
    assert (failed.stdout, failed.returncode) == ("", 1)
    assert run_py(house, "check").stderr == ""

    test_lock.write_text(right)
    done = run_py(house, "test", "-k", "one word")
    assert (done.stdout, done.stderr) == (f"pytest in {house} -k one word\n", FIRST_TIME)
    assert has(house, "for_tests")
    assert (house / ".venv" / "kept").exists()
    assert [run_py(house, words).stderr for words in ("test", "check")] == ["", ""]

    test_lock.write_text(right + "# changed\n")
    assert run_py(house, "check").stderr == ""
    assert not run.is_ready(house / ".venv", run.WITH_TESTS)


def test_a_missing_lock_file_is_one_sentence(fresh: Path) -> None:
    (fresh / "requirements.lock").unlink()
    done = run_py(fresh, "check")
    assert done.stderr.splitlines()[1:] == [
        f"Windscreen could not be set up: [Errno 2] No such file or directory: '{fresh / 'requirements.lock'}'"
    ]

