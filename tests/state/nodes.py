"""A site in a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class StaysHere(urllib.request.HTTPRedirectHandler):
    """Where a form leads is told, not followed."""

    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(StaysHere)


class Node:
    """A site in a process of its own, as `windscreen serve` runs it."""

    def __init__(self, root: Path, build: Path, environment: dict[str, str]) -> None:
        given = {"WINDSCREEN_ROOT": str(root), "WINDSCREEN_BUILD": str(build), "PYTHONPATH": str(ROOT), **environment}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("WINDSCREEN_", "DATABASE_"))}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", "0"],
            cwd=root, env={**kept, **given}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def wait(self) -> Node:
        assert self.process.stdout
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.process.stdout.readline())
        assert found
        self.base = f"http://127.0.0.1:{found.group(1)}"
        return self

    def fetch(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the body."""
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            with OPENER.open(urllib.request.Request(self.base + path, data), timeout=20) as response:
                return response.status, "", response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers.get("Location", ""), error.read().decode()

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
        if self.process.stdout and not self.process.stdout.closed:
            self.process.communicate(timeout=30)
