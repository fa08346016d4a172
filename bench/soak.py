"""`python3 run.py bench soak`: a real server read by many while its content is swapped, every answer checked against the known one."""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.building import Opened, open_directory
from app.settings import Settings, settings
from app.web import create_app

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = 3
"""Versions of the content, which take turns."""

PICKED_UP_WITHIN = 120.0
"""Seconds after which the last swap must be served; a build and a look every two seconds take far less."""

MOST_GROWTH = 1.10
"""What memory may grow to after the warm-up, where 1 is what it was."""

MOST_TOLD = 10
"""How many failures are told one by one."""

PROGRAM = """
import sys
from dataclasses import replace
from pathlib import Path
from app.settings import settings
from app.web.serving import serve
root = Path(sys.argv[1])
serve(replace(settings(root), build=root / "build", state_folder=root / "state", port=0))
"""


@dataclass
class Soaked:
    """What a soak found."""

    answers: Counter[str] = field(default_factory=Counter)
    """How many answers were right, by path."""

    failures: list[str] = field(default_factory=list)
    swaps: int = 0
    served: int = 0
    """How many of the swaps were served before the next one came."""

    memory: list[tuple[float, int]] = field(default_factory=list)
    """(seconds since the start, kilobytes of the server's memory); empty where the system does not say."""

    seconds: float = 0.0

    @property
    def growth(self) -> float | None:
        """The highest memory of the last quarter to that of the second; the first is the warm-up. None when nothing was measured."""
        second = [size for moment, size in self.memory if self.seconds / 4 <= moment < self.seconds / 2]
        last = [size for moment, size in self.memory if moment >= self.seconds * 3 / 4]
        return max(last) / max(second) if second and last else None

    @property
    def is_flat(self) -> bool:
        """Whether memory kept within its bounds, as far as it was measured."""
        return self.growth is None or self.growth <= MOST_GROWTH

    def in_words(self) -> str:
        """The findings as lines."""
        total = sum(self.answers.values())
        lines = [f"{total:,} right answers from {len(self.answers)} addresses in {self.seconds:.0f} s, {self.swaps} swaps of the content, "
                 f"{self.served} served before the next"]  # fmt: skip
        lines += [f"  wrong: {failure}" for failure in self.failures[:MOST_TOLD]]
        lines += [f"  {len(self.failures)} failures in all"] if self.failures else ["  no error, no wrong page"]
        if self.memory:
            step = max(1, len(self.memory) // 20)
            series = " ".join(f"{moment:.0f}s:{size / 1024:.0f}" for moment, size in self.memory[::step])
            lines.append(f"  memory of the server in MB: {series}")
        if self.growth is not None:
            lines.append(f"  highest of the last quarter to highest of the second: {self.growth:.3f} (asked: at most {MOST_GROWTH:.2f})")
        return "\n".join(lines)


@dataclass(frozen=True)
class Edition:
    """One version of the content: the text of the file that differs, its digest, and what each address then answers."""

    text: str
    digest: str
    answers: dict[str, tuple[int, bytes]]


class Soak:
    """One soak of one site, in a folder of its own that may be edited."""

    def __init__(self, root: Path, paths: Sequence[str] = ()) -> None:
        self.place = replace(settings(root), build=root / "build", state_folder=root / "state")
        opened = open_directory(self.place)
        service = min(each.id for each in opened.directory.services if each.area == opened.directory.site.default_area)
        self.file = self.place.content / "services" / f"{service}.md"
        self.paths = list(paths) or mix(opened, service)
        self.editions = [self._edition(number, self.file.read_text(encoding="utf-8")) for number in range(EDITIONS)]
        self._put(0)
        self.found = Soaked()
        self.settled: int | None = 0
        self._stop = threading.Event()

    def _edition(self, number: int, shipped: str) -> Edition:
        text = shipped if number == 0 else re.sub(r"(?m)^(name: .*?)( edition\d+)?$", rf"\1 edition{number}", shipped, count=1)
        self.file.write_text(text, encoding="utf-8")
        with tempfile.TemporaryDirectory() as made:
            aside = replace(self.place, build=Path(made) / "build", state_folder=Path(made) / "state")
            opened = open_directory(aside)
            client = create_app(aside, opened).test_client()
            responses = {path: client.get(path) for path in self.paths}
            answers = {path: (response.status_code, response.get_data()) for path, response in responses.items()}
        refused = [path for path, (status, _) in answers.items() if status != 200]
        if refused:
            sys.exit(f"{refused[0]} does not answer with 200; nothing can be measured")
        return Edition(text, opened.digest, answers)

    def _put(self, number: int) -> None:
        """Put an edition into place in one step: no reader of the folder sees half a file."""
        aside = self.file.with_name(f".{self.file.name}.new")
        aside.write_text(self.editions[number].text, encoding="utf-8")
        os.replace(aside, self.file)

    def run(self, seconds: float, clients: int, every: float) -> Soaked:
        """Read with so many clients for so long, swapping the content every so many seconds."""
        with served(self.place) as (port, pid):
            start = time.monotonic()
            readers = [threading.Thread(target=self._read, args=(port, number)) for number in range(clients)]
            readers.append(threading.Thread(target=self._weigh, args=(pid, start)))
            for reader in readers:
                reader.start()
            try:
                self._swap_on(port, start + seconds, every)
            finally:
                self._stop.set()
                for reader in readers:
                    reader.join()
            self.found.seconds = time.monotonic() - start
        return self.found

    def _swap_on(self, port: int, end: float, every: float) -> None:
        """The next edition into place every so many seconds, whether the last one is served already or not; the last one must be."""
        missed = 0
        while time.monotonic() < end and not self._stop.is_set():
            self.settled = None
            self.found.swaps += 1
            self._put(self.found.swaps % EDITIONS)
            due = time.monotonic() + every
            was_served = self._settle(port, due)
            self.found.served += was_served
            missed = 0 if was_served else missed + 1
            if missed == EDITIONS - 1:  # the next would be the one that is served: nobody could tell it from one that is being built
                missed = 0 if self._settle(port, time.monotonic() + PICKED_UP_WITHIN) else missed
            self._stop.wait(max(0.0, due - time.monotonic()))
        if self.settled is None and not self._settle(port, time.monotonic() + PICKED_UP_WITHIN):
            self._fail(f"the last swap was not served within {PICKED_UP_WITHIN:.0f} seconds")

    def _settle(self, port: int, until: float) -> bool:
        """Whether the server says, before a moment, that it serves the edition that was put last."""
        number = self.found.swaps % EDITIONS
        wanted = self.editions[number].digest.encode()
        while time.monotonic() < until and not self._stop.is_set():
            if wanted in fetch(port, "/ready")[1]:
                self.settled = number
                return True
            self._stop.wait(0.1)
        return False

    def _read(self, port: int, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = number * 3
        while not self._stop.is_set():
            path = self.paths[turn % len(self.paths)]
            turn += 1
            before = self.settled
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                answer = response.status, response.read()
            except (OSError, http.client.HTTPException) as error:
                self._fail(f"{path}: {type(error).__name__}")
                return
            settled = before if before is not None and before == self.settled else None
            self._judge(path, answer, settled)
        connection.close()

    def _judge(self, path: str, answer: tuple[int, bytes], settled: int | None) -> None:
        """Right is the answer of the edition that was being served; while one takes another's place, that of any edition, whole."""
        right = [self.editions[settled]] if settled is not None else self.editions
        if any(edition.answers[path] == answer for edition in right):
            self.found.answers[path] += 1
        else:
            which = "the edition that is served" if settled is not None else "any edition"
            self._fail(f"{path}: status {answer[0]}, {len(answer[1]):,} bytes, which is not the answer of {which}")

    def _fail(self, words: str) -> None:
        self.found.failures.append(words)
        if len(self.found.failures) > MOST_TOLD * 10:
            self._stop.set()

    def _weigh(self, pid: int, start: float) -> None:
        while not self._stop.wait(0.5):
            size = memory(pid)
            if size:
                self.found.memory.append((time.monotonic() - start, size))


def mix(opened: Opened, service: str) -> list[str]:
    """Addresses of every kind, many of which name the service that changes."""
    directory = opened.directory
    area, need = directory.site.default_area, directory.vocabulary.needs[0].id
    gateway = next(each.id for each in directory.gateways if each.area == area)
    word = re.sub("[^a-z].*", "", directory.service_by_id[service].name.lower())
    return [
        "/", "/services", f"/services?area={area}&level=2", f"/services/{service}", f"/services/{service}.json", "/services.json",
        f"/ask?need={need}&level=3&age=14", f"/ask.json?level=2&age=8&area={area}", f"/ask?word={word}", f"/pathways/{area}", "/levels",
        f"/pathways/{area}.json", f"/pathways/{area}/{gateway}", f"/pathways/{area}/map.svg", f"/journey?to={service}", "/levels/2",
        "/themes", f"/themes/{need}", "/themes.csv", "/gaps", "/gaps.json", "/gaps/spend.csv", "/glossary", "/sources", "/programmes",
        "/content-health", "/suggestions.json", "/static/windscreen.css", f"/compare?need={need}", "/as/public/services", "/openapi.json",
    ]  # fmt: skip


@contextmanager
def served(place: Settings) -> Iterator[tuple[int, int]]:
    """A server of the folder in a process of its own: its port and its process id."""
    command = [sys.executable, "-c", PROGRAM, str(place.content.parent)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        found = re.search(r":(\d+)/", process.stdout.readline() if process.stdout else "")
        if not found:
            sys.exit("The server did not start; nothing can be measured")
        yield int(found[1]), process.pid
    finally:
        process.terminate()
        process.communicate()


def fetch(port: int, path: str) -> tuple[int, bytes]:
    """One answer over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def memory(pid: int) -> int:
    """The kilobytes of memory that a process holds; 0 where the system does not say so in a file."""
    try:
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(found[1]) if found else 0


def requests_a_second(root: Path, seconds: int) -> str:
    """How many requests a second wrk gets answered, if it is installed."""
    program = shutil.which("wrk")
    if program is None:
        return "  wrk is not installed (on Debian: apt install wrk), so requests a second were not measured"
    place = replace(settings(root), build=root / "build", state_folder=root / "state")
    with served(place) as (port, _):
        command = [program, "-t2", "-c8", f"-d{seconds}s", f"http://127.0.0.1:{port}/services"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "\n".join(f"  wrk, /services: {line.strip()}" for line in said.splitlines() if re.search("Requests/sec|Latency|Non-2xx", line))


def main(words: Sequence[str]) -> None:
    """Soak a copy of the shipped content; ends with 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="run.py bench soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long (60)")
    parser.add_argument("--clients", type=int, default=8, help="how many read at once (8)")
    parser.add_argument("--every", type=float, default=5, help="seconds between two swaps of the content (5)")
    parser.add_argument("--wrk", action="store_true", help="measure requests a second with wrk as well")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as made:
        root, shipped = Path(made), settings()
        shutil.copytree(shipped.content, root / "content")
        shutil.copy(shipped.pathways, root)
        found = Soak(root).run(asked.seconds, asked.clients, asked.every)
        print(found.in_words())
        if asked.wrk:
            print(requests_a_second(root, 10))
    if found.failures or not found.is_flat:
        sys.exit(1)
