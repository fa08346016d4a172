"""`windscreen due`, as an owner runs it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import windscreen

SITE = Path(__file__).parent.parent / "site"


@pytest.fixture
def due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site/content/services/northshire/family-help.md"
    file.write_text(file.read_text(encoding="utf-8").replace("as_at: 2020-03", "as_at: 2020-03\nowner: '=Manager'"), encoding="utf-8")
    monkeypatch.setenv("WINDSCREEN_ROOT", str(tmp_path / "site"))
    monkeypatch.setenv("WINDSCREEN_BUILD", str(tmp_path / "build"))
    return lambda *words: CliRunner().invoke(windscreen, ["due", *words])


def test_the_list_is_by_owner(due: Callable[..., Result]) -> None:
    result = due("--on", "2026-11-22")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(
        "On 22 November 2026: 7 services, 6 stages, 2 programmes, 1 threshold scheme and 1 area’s contacts are overdue for review.\n"
        "\n"
        "=Manager: 1 overdue, 0 due, 0 not yet due\n"
        "  Family Help (northshire/family-help)\n"
    )


def test_one_owner_s_table_holds_no_formula(due: Callable[..., Result]) -> None:
    result = due("--owner", "=manager", "--csv", "--on", "2026-11-22")
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {row["Owner"] for row in rows} == {"'=Manager"}
    assert {row["Id"] for row in rows} == {"northshire/family-help"}


def test_one_json_object(due: Callable[..., Result]) -> None:
    data = json.loads(due("--json", "--on", "2020-03-02").stdout)
    assert data["on"] == "2020-03-02"
    assert sum(data["counts"].values()) == 17
    waiting = {entry["id"] for owner in data["owners"] for entry in owner["waiting"]}
    assert "northshire/family-help" not in waiting, "its source is of March 2020"
    assert "northshire" not in waiting, "its number was tried on 1 March 2020"
    assert "southtown/youth-team" in waiting, "its source is of 2019"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--owner", "Nobody"], "nobody called 'Nobody' keeps anything here; those who do: =Manager; No owner recorded"),
        (["--on", "soon"], "'soon' is not a day; write year, month and day, such as 2026-03-31"),
        (["--csv", "--json"], "give --csv or --json, not both"),
    ],
)
def test_what_is_wrong_is_told(due: Callable[..., Result], words: list[str], told: str) -> None:
    result = due(*words)
    assert result.exit_code == 2
    assert told in result.stderr
