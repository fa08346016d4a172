"""The audit of what the site runs on, against a register of our own: it fails when it must, and never calls clean what it could not ask."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
class Register(BaseHTTPRequestHandler):
    """Knows a vulnerability in the packages named by the server."""

    def do_POST(self) -> None:
        package = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]
        mended = [{"type": "ECOSYSTEM", "events": [{"fixed": "99.1"}]}]
        known = {"id": "GHSA-made-up-0001", "details": "made up", "affected": [{"package": package, "ranges": mended}]}
        bad = package["name"] in self.server.bad  # type: ignore[attr-defined]
        body = json.dumps({"vulns": [known]} if bad else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Silence."""


@pytest.fixture
def register() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Register)
    server.bad = ()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def audit(port: int) -> tuple[int, str]:
    register = f"http://127.0.0.1:{port}/v1/query"
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "audit")], env={**os.environ, "WINDSCREEN_OSV": register},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout


def locked() -> int:
    """How many packages the lock asks for on this machine and others."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return sum(1 for line in lines if "==" in line and not line.startswith((" ", "#")))


def test_no_known_vulnerability_passes_and_says_how_many_were_asked_about(register: ThreadingHTTPServer) -> None:
    code, told = audit(register.server_address[1])
    assert code == 0
    assert told.endswith(" packages asked about, no known vulnerabilities.\n")
    assert 20 < int(told.split()[0]) <= locked()


def test_a_known_vulnerability_fails_and_is_named(register: ThreadingHTTPServer) -> None:
    register.bad = ("flask",)  # type: ignore[attr-defined]
    code, told = audit(register.server_address[1])
    assert code == 1
    assert "flask 3" in told
    assert ": GHSA-made-up-0001, mended in 99.1" in told
    assert told.endswith(" packages asked about, 1 known vulnerability.\n")
    register.bad = ("flask", "click")  # type: ignore[attr-defined]
    assert audit(register.server_address[1])[1].endswith(" packages asked about, 2 known vulnerabilities.\n")


def test_a_register_that_does_not_answer_is_not_called_clean(register: ThreadingHTTPServer) -> None:
    port = register.server_address[1]
    register.shutdown()
    register.server_close()
    code, told = audit(port)
    assert code == 0
    assert told.startswith("NOT AUDITED: the register of vulnerabilities did not answer")
    assert "no known" not in told
