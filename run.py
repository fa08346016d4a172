#!/usr/bin/env python3
"""Set Windscreen up and run it; this needs nothing but Python 3.11, 3.12 or 3.13.

python3 run.py                    set up (once), then serve the site
python3 run.py test [words]       set up, with what the tests need, then run them; the words go to pytest
python3 run.py bench              set up, then measure speed and memory
python3 run.py pictures [DIR]     set up, with what the tests need, then make pictures of every kind of page, into build.pictures
python3 run.py <any other words>  set up, then run that windscreen command: check, build, ask "level 3, age 14"

Set-up makes `.venv` beside this file from the locked and hashed packages. A stamp inside says what it was made from.
The stamp is written last, so a missing or different one means that a lock has changed or a set-up was cut short.

This file must stay readable to Python 3.6, or an old Python could not say that it is too old.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path


def unfit(version: "tuple[int, ...]") -> str:
    """The sentence for a Python that cannot run Windscreen; nothing for one that can."""
    if (3, 11) <= tuple(version[:2]) <= (3, 13):
        return ""
    found = ".".join(str(part) for part in version[:3])
    return f"Windscreen needs Python 3.11, 3.12 or 3.13, and this is Python {found}: install one of them and run this file with it."


if unfit(sys.version_info[:3]):  # before the first line that an old Python cannot run
    sys.exit(unfit(sys.version_info[:3]))

from collections.abc import Iterator  # noqa: E402
from typing import NoReturn  # noqa: E402

CORE = ("requirements.lock",)
WITH_TESTS = ("requirements.lock", "requirements-test.lock")


class SetUpFailed(Exception):
    """Set-up cannot go on; the message is one sentence that says what to do."""


def main(words: list[str]) -> NoReturn:
    """Set up what the words need, then become the command that they ask for."""
    testing, module = words[:1] == ["test"], words[0] if words[:1] in (["bench"], ["pictures"]) else "app"
    root = Path(__file__).resolve().parent
    try:
        python = set_up(root, WITH_TESTS if testing or module == "pictures" else CORE)
    except (SetUpFailed, OSError) as problem:
        sys.exit(f"Windscreen could not be set up: {problem}")
    except KeyboardInterrupt:
        sys.exit("Stopped. The next run starts the set-up again.")
    if testing:
        os.chdir(root)
        on_all_processors = () if any(not word.startswith("-") for word in words[1:]) else ("-n", workers(), "--dist", "worksteal")
        become([str(python), "-P", "-m", "pytest", *on_all_processors, *words[1:]], root)
    become([str(python), "-P", "-m", module, *(words[1:] if module != "app" else words or ["serve"])], root)


def workers() -> str:
    """How many processes share the tests: one more than processors, because some tests wait for a browser or a server."""
    return str((os.cpu_count() or 1) + 1)


def become(command: list[str], root: Path) -> NoReturn:
    """Replace this process by the command, so that signals, streams and the exit code are its own.

    `app` is found through PYTHONPATH, and `-P` keeps an `app` folder in the current directory from being taken for ours.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    environment["PYTHONPATH"] = str(root)
    if os.name == "posix":
        os.execve(command[0], command, environment)
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:  # the console sends Ctrl-C to both of us, and it is the command's to answer
            continue


def set_up(root: Path, locks: tuple[str, ...]) -> Path:
    """The Python of a `.venv` that holds all the packages of the lock files, which is made or mended first if need be."""
    venv = root / ".venv"
    if is_ready(venv, locks):
        return python_in(venv)
    print("Setting up (once) ...", file=sys.stderr, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped. The next run starts the set-up again."))
    with alone(root / ".venv.busy"):
        if not is_ready(venv, locks):
            make(venv, locks)
    return python_in(venv)


def is_ready(venv: Path, locks: tuple[str, ...]) -> bool:
    """Whether the folder was made, to the end, from these lock files by this Python."""
    return python_in(venv).exists() and marks(venv, locks) <= stamped(venv)


def make(venv: Path, locks: tuple[str, ...]) -> None:
    """Install the lock files' packages: on top of what is there if that is sound, into a new folder if not."""
    wanted, found = marks(venv, locks), stamped(venv)
    stamp = venv / "stamp"
    if found and found <= wanted and python_in(venv).exists():
        stamp.unlink()
        try:
            install(venv, locks)
        except SetUpFailed:  # nothing was changed: what worked without these packages still does
            write_stamp(stamp, found)
            raise
    else:
        if venv.exists():
            shutil.rmtree(venv)
        make_empty(venv)
        install(venv, locks)
    write_stamp(stamp, wanted)


def marks(venv: Path, locks: tuple[str, ...]) -> set[str]:
    """What the stamp must say: this Python, this place (scripts hold its path), and a digest of each lock file."""
    digests = {f"{lock} {hashlib.sha256((venv.parent / lock).read_bytes()).hexdigest()}" for lock in locks}
    return {f"Python {sys.version} of {sys.base_prefix} in {venv}".replace("\n", " "), *digests}


def stamped(venv: Path) -> set[str]:
    """What the stamp says; nothing if there is none."""
    try:
        return set((venv / "stamp").read_text(encoding="utf-8").splitlines())
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return set()


def write_stamp(stamp: Path, lines: set[str]) -> None:
    """Say what the folder was made from."""
    stamp.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def make_empty(folder: Path) -> None:
    """Make a virtual environment with pip and nothing else."""
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise SetUpFailed("Python's venv module is missing; on Debian or Ubuntu, 'sudo apt install python3-venv' brings it.") from None
    try:
        venv.create(folder, with_pip=True, symlinks=os.name == "posix")
    except subprocess.CalledProcessError as problem:
        print(problem.output.decode(errors="replace") if problem.output else problem, file=sys.stderr)
        raise SetUpFailed("Python's venv module did not work; its message is above.") from None


def install(venv: Path, locks: tuple[str, ...]) -> None:
    """Install the packages of the lock files, each checked against its hashes; quiet unless it fails."""
    python, files = str(python_in(venv)), [word for lock in locks for word in ("-r", str(venv.parent / lock))]
    pip = [python, "-I", "-m", "pip"]  # -I: packages on PYTHONPATH must not pass for installed ones
    uv = [shutil.which("uv") or "", "pip"]
    for tool, options in ((uv, ["--python", python]), (pip, ["--no-input", "--disable-pip-version-check"])):
        if tool[0]:
            done = subprocess.run(
                [*tool, "install", *options, "--only-binary", ":all:", "--require-hashes", *files],
                env={**os.environ, "PIP_USER": "0"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            if done.returncode == 0:
                return
    print(done.stdout.decode(errors="replace"), file=sys.stderr)
    raise SetUpFailed("pip could not install the packages; its message is above. Is the network there?")


def python_in(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / "bin" / "python" if os.name == "posix" else venv / "Scripts" / "python.exe"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other set-up of this folder is at work. The system itself frees the lock of a process that died."""
    with path.open("w") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:  # it gives up after ten seconds
                    continue
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main(sys.argv[1:])
