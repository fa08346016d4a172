"""A stop while answers are being made: what was begun is finished, nothing new is begun, and nobody waits for ever."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import logging, sys, time
import waitress.server
from app.web.stopping import Stopping

def slow(environ, start):
    if environ["PATH_INFO"] == "/slow":
        print("begun", flush=True)
        time.sleep(0.8)
    body = b"whole " * (200_000 if environ["PATH_INFO"] == "/slow" else 1)
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as the site's own server has it
server = waitress.server.create_server(slow, host=sys.argv[1], port=0, threads=1, ident=None)
stopping = Stopping(server)
print(getattr(server, "effective_port", None) or server.effective_listen[0][1], flush=True)
print("finished" if stopping.run(float(sys.argv[2])) else "cut off", flush=True)
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")


class Slow:
    """A server, in a process of its own, with one thread that takes most of a second for /slow."""

    def __init__(self, host: str = "127.0.0.1", within: float = 20) -> None:
        command = [sys.executable, "-c", PROGRAM, host, str(within)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.port = int(self.line())

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def ask(self, path: str) -> socket.socket:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        return connection

    def told(self) -> tuple[str, str]:
        out, err = self.process.communicate(timeout=30)
        return out.strip(), err.strip()


@pytest.fixture
def started() -> Iterator[list[Slow]]:
    servers: list[Slow] = []
    yield servers
    for server in servers:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()


def received(connection: socket.socket) -> bytes:
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
    return data


@pytest.mark.parametrize(("host", "number"), [("127.0.0.1", signal.SIGTERM), ("localhost", signal.SIGINT)])
def test_what_was_begun_is_answered_whole(started: list[Slow], host: str, number: int) -> None:
    started.append(server := Slow(host))
    first = server.ask("/slow")
    assert server.line() == "begun"
    waiting = server.ask("/quick")  # the only thread is busy: this one stands in the queue
    server.process.send_signal(number)
    with first, waiting:
        head, body = received(first).split(b"\r\n\r\n", 1)
        assert head.startswith(b"HTTP/1.1 200")
        assert body == b"whole " * 200_000
        assert received(waiting).endswith(b"\r\n\r\nwhole ")
    out, err = server.told()
    assert out == "finished"
    assert "Cancel" not in err
    assert server.process.returncode == 0


def test_nothing_new_is_begun(started: list[Slow]) -> None:
    started.append(server := Slow())
    with server.ask("/slow") as first:
        assert server.line() == "begun"
        server.process.send_signal(signal.SIGTERM)
        refused = False
        while not refused and server.process.poll() is None:
            try:
                server.ask("/quick").close()
                time.sleep(0.02)
            except ConnectionError:
                refused = True
        assert refused
        assert received(first).endswith(b"whole ")


def test_a_connection_that_asks_nothing_is_not_waited_for(started: list[Slow]) -> None:
    started.append(server := Slow())
    with server.ask("/quick") as kept:
        answer = b""
        while not answer.endswith(b"whole "):
            answer += kept.recv(4096)
        server.process.send_signal(signal.SIGTERM)
        assert received(kept) == b""
    assert server.told() == ("finished", "")


def test_a_request_that_never_ends_is_waited_for_so_long_and_no_longer(started: list[Slow]) -> None:
    started.append(server := Slow(within=0.3))
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as half:
        half.sendall(b"GET /slow HTTP/1.1\r\nHost:")
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        assert server.told() == ("cut off", "")
