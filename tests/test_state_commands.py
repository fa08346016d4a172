"""The commands for reports and for what is kept, as those who run a site use them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import windscreen
from app.settings import settings
from app.state import Kept, Report, add_report, report_named

FIRST = Report("22222-22222", "service", "northshire/family-help", "contact", "No hours\nare given", date(2026, 3, 2))
SECOND = Report("33333-33333", "stage", "northshire/early-help", "other", "Unclear", date(2026, 3, 9))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WINDSCREEN_STATE", str(tmp_path / "state"))
    return Kept(replace(settings(), state_folder=tmp_path / "state"))


def run(*words: str) -> Result:
    return CliRunner().invoke(windscreen, words)


def test_reports_are_listed_answered_and_closed(kept: Kept) -> None:
    assert run("reports").output == "There is no open report.\n"
    for report in (SECOND, FIRST):
        add_report(kept, report)
    assert run("reports").output == (
        "22222-22222  open  2026-03-02  /services/northshire/family-help\n"
        "    The contact is wrong or missing\n"
        "    > No hours\n"
        "    > are given\n"
        "\n"
        "33333-33333  open  2026-03-09  /pathways/northshire/early-help\n"
        "    Something else\n"
        "    > Unclear\n"
    )
    assert run("reports", "answer", "22222-22222", "They", "are there now.").output == "Answered 22222-22222.\n"
    assert run("reports", "close", "33333-33333").output == "Closed 33333-33333.\n"
    assert "    Answer: They are there now." in run("reports").output
    assert "33333-33333" not in run("reports").output
    assert "33333-33333  closed" in run("reports", "--all").output


def test_reports_are_one_json_object_for_other_programs(kept: Kept) -> None:
    add_report(kept, FIRST)
    run("reports", "answer", FIRST.reference, "Done")
    assert json.loads(run("reports", "--json").output) == {
        "reports": [
            {
                "reference": "22222-22222", "about_kind": "service", "about": "northshire/family-help",
                "address": "/services/northshire/family-help", "topic": "contact", "text": "No hours\nare given", "day": "2026-03-02",
                "standing": "answered", "answer": "Done", "settled": date.today().isoformat(),
            }
        ]
    }  # fmt: skip


def test_what_cannot_be_done_is_told_in_a_sentence(kept: Kept) -> None:
    missing = run("reports", "close", "44444-44444")
    assert missing.exit_code == 1
    assert missing.output == "Error: there is no report '44444-44444' here; 'windscreen reports --all' lists them\n"
    add_report(kept, FIRST)
    personal = run("reports", "answer", FIRST.reference, "Ring 01632 960001")
    assert personal.exit_code == 2
    assert "your words hold what looks like a telephone number" in personal.output
    found = report_named(kept, FIRST.reference)
    assert found
    assert found.answer == ""


def test_a_backup_is_whole_and_brings_everything_back(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_report(kept, FIRST)
    assert run("state", "backup", str(tmp_path / "copy.db")).output == f"Written: {tmp_path / 'copy.db'}\n"
    again = run("state", "backup", str(tmp_path / "copy.db"))
    assert again.exit_code == 1
    assert "is there already" in again.output
    add_report(kept, SECOND)
    kept.close()
    (tmp_path / "restored").mkdir()
    os.replace(tmp_path / "copy.db", tmp_path / "restored" / "state.db")
    monkeypatch.setenv("WINDSCREEN_STATE", str(tmp_path / "restored"))
    assert run("state", "check").output == f"Reports and counts are kept in {tmp_path / 'restored' / 'state.db'}, and can be used.\n"
    assert "22222-22222" in run("reports").output
    assert "33333-33333" not in run("reports").output


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "mysql://me:hush@host/db", "DATABASE_URL begins with 'mysql'; only postgresql:// is known"),
        ("DATABASE_URL", "::", "DATABASE_URL cannot be read; write postgresql://user:password@host/database"),
        ("DATABASE_URL", "postgresql://me:hush@127.0.0.1:1/db", "PostgreSQL, database 'db' on 127.0.0.1 cannot be opened"),
        ("WINDSCREEN_SECRET", "short", "WINDSCREEN_SECRET has 5 characters; it must be random and have at least 32"),
        ("WINDSCREEN_REPORTS_AN_HOUR", "0", "WINDSCREEN_REPORTS_AN_HOUR is '0'; it must be a number from 1 to 1,000,000"),
        ("WINDSCREEN_UNMET", "yes", "WINDSCREEN_UNMET is 'yes'; it must be 'on' or 'off'"),
    ],
)
def test_a_wrong_setting_stops_with_a_sentence_and_without_the_password(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    result = run("state", "check")
    assert result.exit_code == 1
    assert told in result.output
    assert "hush" not in result.output
