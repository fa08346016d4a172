"""A process that has everything imported and makes others of itself in a moment, so that a test can kill, starve and lock out real ones."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1] + "/tests")
import forge
forge.forge()
"""


@dataclass(frozen=True)
class Order:
    """What a made process does: open the site at a path, after it has given up rights or room."""

    site: str
    result: str
    largest_file: int = -1
    as_nobody: bool = False


class Forge:
    """The maker, in a process of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-c", PROGRAM, str(ROOT)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def start(self, site: Path, **limits: Any) -> Made:
        """Make a process that opens the site beside which its result is to be written."""
        result = site.parent / "result.json"
        result.unlink(missing_ok=True)
        return Made(self, int(self._say(vars(Order(str(site), str(result), **limits)))), result)

    def wait(self, pid: int) -> int:
        """The status with which a made process ended."""
        return int(self._say({"wait": pid}))

    def _say(self, words: object) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def close(self) -> None:
        self.process.communicate()


@dataclass(frozen=True)
class Made:
    """One made process."""

    maker: Forge
    pid: int
    result: Path

    def kill(self) -> None:
        """End it as a power cut would; it may have ended before."""
        os.kill(self.pid, signal.SIGKILL)
        self.maker.wait(self.pid)

    def told(self) -> dict[str, Any]:
        """What it found, once it has ended by itself."""
        assert os.waitstatus_to_exitcode(self.maker.wait(self.pid)) == 0
        found: dict[str, Any] = json.loads(self.result.read_text(encoding="utf-8"))
        return found


def forge() -> None:
    """Make processes as told on standard input, one line for each, until it ends."""
    from test_building import name_of, settings_of

    from app.building import BuildProblem, open_directory
    from app.problems import ContentError

    def work(order: Order) -> dict[str, Any]:
        try:
            opened = open_directory(settings_of(Path(order.site)))
        except (BuildProblem, ContentError) as error:
            return {"refused": str(error)}
        return {"name": name_of(opened), "current": opened.is_current, "problems": [problem.words for problem in opened.problems]}

    for line in sys.stdin:
        told = json.loads(line)
        if "wait" in told:
            print(os.waitpid(told["wait"], 0)[1], flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            order = Order(**told)
            descriptor = os.open(order.result, os.O_CREAT | os.O_WRONLY, 0o666)
            _limit(order)
            found = json.dumps(work(order)).encode()
            _free()
            os.write(descriptor, found)
            os._exit(0)
        print(pid, flush=True)


def _limit(order: Order) -> None:
    import resource

    if order.largest_file >= 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order.largest_file, resource.RLIM_INFINITY))
    if order.as_nobody and os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def _free() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
