"""A database is lost and brought back with the commands that docs/running.md gives, read out of it: nothing that was kept is missing."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from app.settings import Settings
from app.state import Asked, Kept, Report, add_counts, add_report, answer_report, close_report, published, reports
from app.state.tables import METADATA

from .conftest import Cluster
from .nodes import ROOT, Node

FORM = "/services/northshire/family-help/report"
DAY = date(2026, 3, 2)
REPORTS = [
    Report("22222-22222", "service", "northshire/family-help", "contact", "‘No hours’ – é, 家\n\tat all", DAY),
    Report("33333-33333", "stage", "northshire/early-help", "other", "Unclear", DAY),
    Report("44444-44444", "service", "northshire/family-help", "other", "$(touch x) ' \" \\", DAY),
]
COUNTS = {
    Asked(DAY, "northshire", "parenting", "", "2", "11-15", "none"): 7,
    Asked(DAY, "northshire", "", "", "3", "", "related"): 1,
}


def documented(program: str) -> str:
    """The one command of the document that calls this program, without its comment."""
    lines = (ROOT / "docs" / "running.md").read_text(encoding="utf-8").splitlines()
    found = [line.partition("  #")[0].strip() for line in lines if re.match(rf"    {program} ", line)]
    assert len(found) == 1, f"docs/running.md shows {len(found)} commands with {program}"
    return found[0]


class Operator:
    """Types what the document says, and starts nodes."""

    def __init__(self, cluster: Cluster, place: Settings, folder: Path) -> None:
        self.place = place
        self.cluster = cluster
        self.folder = folder
        self.environment = {"DATABASE_URL": place.database_url}
        shutil.copytree(ROOT / "tests" / "site", folder / "site")

    def types(self, command: str) -> str:
        path = f"{self.cluster.programs}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, env={**os.environ, **self.environment, "PATH": path, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), command
        return done.stdout

    def starts_a_node(self) -> Node:
        return Node(self.folder / "site", self.folder / "build", self.environment).wait()

    def loses_the_database(self) -> None:
        name = self.place.database_url.partition("?")[0].rpartition("/")[2]
        for program in ("dropdb", "createdb"):
            self.cluster.run(program, "--host", str(self.cluster.folder), "--username", "postgres", name)


@pytest.fixture
def operator(cluster: Cluster, postgresql: Settings, tmp_path: Path) -> Operator:
    """Whoever runs the site: a shell with the settings of the site, in a folder for what is backed up."""
    return Operator(cluster, postgresql, tmp_path)


def everything(place: Settings) -> dict[str, list[str]]:
    """Every row of every table that is kept."""
    kept = Kept(place)
    with kept.reading() as connection:
        found = {table.name: sorted(repr(row) for row in connection.execute(select(table))) for table in METADATA.sorted_tables}
    kept.close()
    return found


def test_what_was_lost_comes_back_with_the_commands_of_the_document(operator: Operator) -> None:
    node = operator.starts_a_node()
    kept = Kept(operator.place)
    for report in REPORTS:
        add_report(kept, report)
    answer_report(kept, "33333-33333", "Mended, thank you.", DAY)
    close_report(kept, "44444-44444", DAY)
    add_counts(kept, COUNTS)
    published(kept, "20251201", "northshire", date(2027, 3, 1), lambda _: "as first published", ())
    kept.close()
    form = re.search(r'name="form" value="([^"]+)"', node.fetch(FORM)[2])
    assert form
    before = everything(operator.place)
    assert {name: len(rows) for name, rows in before.items()} == {"report": 3, "unmet": 2, "published": 1, "secret": 1}

    operator.types(documented("pg_dump"))
    node.kill(signal.SIGTERM)
    operator.loses_the_database()
    operator.types(documented("pg_restore"))

    node = operator.starts_a_node()
    try:
        assert everything(operator.place) == before
        page = node.fetch("/reports/33333-33333")
        assert page[0] == 200
        assert "Mended, thank you." in page[2]
        status, leads_to, _ = node.fetch(FORM, {"form": form.group(1), "topic": "contact", "text": "Written before, sent after"})
        assert status == 303, "a form that was open when the database was lost is still good"
        listed = operator.types(f"{sys.executable} -m app reports --all")
    finally:
        node.kill()
    for reference in (*(report.reference for report in REPORTS), leads_to.rpartition("/")[2]):
        assert reference in listed


def test_a_restored_copy_takes_the_place_of_what_is_there(operator: Operator) -> None:
    kept = Kept(operator.place)
    add_report(kept, REPORTS[0])
    operator.types(documented("pg_dump"))
    add_report(kept, REPORTS[1])
    kept.close()
    operator.types(documented("pg_restore"))
    kept = Kept(operator.place)
    assert reports(kept) == [REPORTS[0]]
    assert add_report(kept, REPORTS[1])
    kept.close()


def test_a_damaged_copy_is_refused_and_leaves_what_is_there(operator: Operator) -> None:
    kept = Kept(operator.place)
    add_report(kept, REPORTS[0])
    operator.types(documented("pg_dump"))
    copy = operator.folder / "windscreen.dump"
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    with pytest.raises(AssertionError, match="pg_restore"):
        operator.types(documented("pg_restore"))
    assert reports(kept) == [REPORTS[0]]
    kept.close()


def test_only_one_document_gives_the_commands() -> None:
    other = (ROOT / "docs" / "state.md").read_text(encoding="utf-8")
    assert "[running.md](running.md#back-up-and-restore)" in other
    assert "--format" not in other
    assert "--clean" not in other
