"""`windscreen gaps` as a commissioner or another program runs it, on a copy of the small site."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import windscreen
from app.gaps import QUESTIONS

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where a copy of the small site is, built once."""
    root = tmp_path_factory.mktemp("commissioner")
    shutil.copytree(SITE, root / "site")
    return {"WINDSCREEN_ROOT": str(root / "site"), "WINDSCREEN_BUILD": str(root / "build")}


@pytest.fixture
def run(place: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> type[CliRunner]:
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    return CliRunner


def gaps(run: type[CliRunner], *words: str) -> Result:
    return run().invoke(windscreen, ["gaps", *words])


def test_without_words_it_says_where_provision_is_thin(run: type[CliRunner]) -> None:
    result = gaps(run)
    assert result.exit_code == 0
    assert result.output.startswith("Where is provision thin? (")
    assert "How it is counted" in result.output
    assert "So what: " in result.output
    assert "Ask: " in result.output


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_can_be_asked_and_printed_three_ways(run: type[CliRunner], question: str) -> None:
    text = gaps(run, question)
    assert text.exit_code == 0, text.output
    assert text.output.startswith(f"{QUESTIONS[question].title} (")
    assert max(map(len, text.output.splitlines())) <= 130
    data = json.loads(gaps(run, question, "--json").output)
    assert data["findings"]
    assert data["problems"] == []
    table = gaps(run, question, "--csv")
    assert table.exit_code == 0
    assert len(next(csv.reader(io.StringIO(table.output)))) > 1


def test_the_command_prints_the_same_json_as_the_page(run: type[CliRunner]) -> None:
    data = json.loads(gaps(run, "--need", "domestic-abuse", "--json").output)
    assert {"rules", "findings", "bands", "levels", "cells"} <= data.keys()
    assert data["question"]["needs"] == ["domestic-abuse"]
    assert {"band", "level", "direct", "through_parent", "conditional", "not_recorded", "services"} <= data["cells"][0].keys()


def test_all_tables_go_into_one_xlsx_file(run: type[CliRunner], tmp_path: Path) -> None:
    file = tmp_path / "spend.xlsx"
    result = gaps(run, "spend", "--xlsx", str(file))
    assert f"Wrote {file}" in result.output
    assert file.read_bytes()[:2] == b"PK"


def test_a_file_that_cannot_be_written_is_told(run: type[CliRunner], tmp_path: Path) -> None:
    result = gaps(run, "spend", "--xlsx", str(tmp_path / "nowhere" / "spend.xlsx"))
    assert result.exit_code == 1
    assert "cannot be written (No such file or directory)" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing",), "'nothing' is not a question here; the questions are coverage, cell, needs"),
        (("--need", "domestic-abus"), "--need domestic-abus is not a need known here; did you mean 'domestic-abuse'?"),
        (("contracts", "--by", "soon"), "--by soon is not a date; write a day, a month or a year"),
        (("what-if", "--ends-by", "soon"), "--ends-by soon is not a date"),
        (("spend", "--age", "5"), "--age is not a part of this question; the parts are need, area"),
        (("spend", "--table", "nope"), "there is no table 'nope' here; the tables are "),
        (("what-if", "--without", "x"), "--without x is not a service known here"),
    ],
)
def test_what_cannot_be_used_is_told_with_what_is_allowed(run: type[CliRunner], words: tuple[str, ...], told: str) -> None:
    result = gaps(run, *words)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
