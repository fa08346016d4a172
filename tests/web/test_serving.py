"""The server as a process: it says where it is, answers, keeps nothing, and stops when it is told."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.settings import Settings
from app.web.serving import MAX_BODY

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Zanzibarella"

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from app.settings import settings
from app.web.serving import serve
serve(replace(settings(Path(sys.argv[1])), build=Path(sys.argv[2]), port=int(sys.argv[3])))
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


class Server:
    """A server in a process of its own."""

    def __init__(self, settings: Settings, port: int = 0) -> None:
        command = [sys.executable, "-c", PROGRAM, str(settings.content.parent), str(settings.build), str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout
        self.first_line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.first_line)
        self.port = int(found.group(1)) if found else 0

    def fetch(self, path: str, data: bytes | None = None) -> tuple[int, str, dict[str, str]]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode(), dict(response.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, self.first_line + out + err


@pytest.fixture
def server(own_folder: Settings) -> Iterator[Server]:
    started = Server(own_folder)
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_answers_and_stops_when_told(server: Server, number: int) -> None:
    assert server.first_line == f"Windscreen is at http://127.0.0.1:{server.port}/ (stop with Ctrl-C)\n"
    status, html, headers = server.fetch("/ask?need=parenting&level=2")
    assert status == 200
    assert "Family Help" in html
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers
    code, told = server.stop(number)
    assert code == 0
    assert "Traceback" not in told


def test_nothing_typed_is_told_to_anybody_and_a_flood_is_refused_before_it_is_kept(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(f"POST /ask HTTP/1.1\r\nHost: x\r\nContent-Length: {MAX_BODY * 10}\r\n\r\n".encode())
        assert b" 413 " in raw.recv(4096)
    form = urllib.parse.urlencode({"q": f"{MARKER} level 2 parenting"}).encode()
    assert server.fetch("/ask", form)[0] == 200
    server.fetch(f"/ask?word={MARKER}&level=2")
    server.fetch(f"/nope/{MARKER}?q={MARKER}")
    assert server.fetch("/ask", b"q=" + MARKER.encode() * 9000)[0] == 413
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as raw:
        raw.sendall(f"GET /ask?{MARKER} HTTP/9.9\r\n{MARKER}\r\n\r\n".encode())
        raw.recv(4096)
    _, told = server.stop()
    assert MARKER not in told


def test_a_port_that_is_taken_is_an_error(own_folder: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(own_folder, taken.getsockname()[1])
        _, err = server.process.communicate(timeout=30)
        assert server.process.returncode == 1
        assert "Address already in use" in err
