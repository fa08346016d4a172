"""Two nodes of one deployment under load, one of them killed: no report that was acknowledged is lost, and the other goes on."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPException
from pathlib import Path

import pytest

from app.building import open_directory
from app.settings import Settings, settings
from app.state import Kept, reports

from .nodes import ROOT, Node

SMALL = ROOT / "tests" / "site"
FORM = "/services/northshire/family-help/report"
PAGES = ("/", "/ask?need=parenting&level=2", "/services/northshire/family-help", "/services", FORM)
CLIENTS, BEFORE, AFTER = 4, 60, 60


class Load:
    """Clients that report and read at both nodes, and remember what they were told."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.acknowledged: dict[str, str] = {}
        self.faults: list[str] = []
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self._work, args=(number,)) for number in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def _work(self, client: int) -> None:
        number = 0
        while not self.stop.is_set() and number < 2000:
            number += 1
            one, other = self.nodes[number % 2], self.nodes[(number + client) % 2]
            try:
                self._report(one, other, f"client {client} number {number}")
                status, _, _ = other.fetch(PAGES[number % len(PAGES)])
                if status != 200:
                    self.faults.append(f"{other.base}: {status}")
            except (OSError, HTTPException) as error:  # what a killed node gives
                self.faults.append(f"{one.base} or {other.base}: {type(error).__name__}")
                self.nodes = self.nodes[1:] * 2 if len(set(self.nodes)) == 2 and self.nodes[0].process.poll() is not None else self.nodes

    def _report(self, one: Node, other: Node, text: str) -> None:
        """A form that one node gave is sent to another, as a load balancer would do it."""
        status, _, page = one.fetch(FORM)
        token = re.search(r'name="form" value="([^"]+)"', page)
        if not token:
            self.faults.append(f"{one.base}: no form, {status}")
            return
        status, leads_to, _ = other.fetch(FORM, {"form": token.group(1), "topic": "contact", "text": text})
        if status == 303:
            self.acknowledged[leads_to.rpartition("/")[2]] = text
        else:
            self.faults.append(f"{other.base}: a report got {status}")

    def until(self, number: int) -> None:
        """Wait until so many reports were acknowledged."""
        for _ in range(2000):
            if len(self.acknowledged) >= number or not any(thread.is_alive() for thread in self.threads):
                break
            self.stop.wait(0.01)
        assert len(self.acknowledged) >= number, self.faults[:5]

    def end(self) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=60)


@pytest.fixture(scope="module")
def artifact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content with its build, as it is brought to every node."""
    made = tmp_path_factory.mktemp("artifact")
    shutil.copytree(SMALL, made / "site")
    open_directory(replace(settings(made / "site"), build=made / "build"))
    return made


@pytest.fixture
def nodes(artifact: Path, place: Settings, tmp_path: Path) -> Iterator[list[Node]]:
    """Two nodes with a copy of the content each, and one state."""
    environment = {"WINDSCREEN_REPORTS_AN_HOUR": "1000000", "DATABASE_URL": place.database_url, "WINDSCREEN_STATE": str(tmp_path / "state")}
    started = []
    for name in ("first", "second"):
        shutil.copytree(artifact, tmp_path / name)
        started.append(Node(tmp_path / name / "site", tmp_path / name / "build", environment))
    try:
        yield [node.wait() for node in started]
    finally:
        for node in started:
            node.kill()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_a_node_is_killed_and_no_acknowledged_report_is_lost(nodes: list[Node], place: Settings, tmp_path: Path) -> None:
    ready = [json.loads(node.fetch("/ready")[2]) for node in nodes]
    assert ready[0] == ready[1], "both serve the same content, and say which"
    assert re.fullmatch(r"[0-9a-f]{64}", ready[0]["content"])
    load = Load(list(nodes))
    load.until(BEFORE)
    assert load.faults == []
    nodes[0].kill()
    at_kill = len(load.acknowledged)
    load.until(at_kill + AFTER)
    load.end()
    assert all(nodes[0].base in fault for fault in load.faults), load.faults
    kept = Kept(replace(place, state_folder=tmp_path / "state"))
    found = {report.reference: report.text for report in reports(kept)}
    kept.close()
    assert {reference: found.get(reference) for reference in load.acknowledged} == load.acknowledged
    assert {nodes[1].fetch(path)[0] for path in PAGES} == {200}
