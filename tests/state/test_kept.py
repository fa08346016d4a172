"""What is kept is the same in both databases, is made by nodes that start at once, and tells in a sentence when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from app.settings import Settings
from app.state import (
    Asked,
    Kept,
    Report,
    StateProblem,
    UnknownReport,
    add_counts,
    add_report,
    answer_report,
    close_report,
    forget_counts,
    forget_reports,
    form_key,
    published,
    report_named,
    reports,
)
from app.state.tables import METADATA, UNMET

from .conftest import Cluster

DAY = date(2026, 3, 2)
ONE = Report("22222-22222", "service", "northshire/family-help", "contact", "‘No hours’ – é, 家\n\tat all", DAY)
TWO = Report("33333-33333", "stage", "northshire/early-help", "other", "Unclear", DAY - timedelta(days=1))
KIND = Asked(date(2026, 3, 2), "northshire", "parenting", "", "2", "11-15", "none")

Node = Callable[[], Kept]


def test_a_report_lives_from_open_to_forgotten(node: Node) -> None:
    kept, other = node(), node()
    assert add_report(kept, ONE)
    assert add_report(other, TWO)
    assert not add_report(other, replace(ONE, text="another")), "a reference is given once"
    assert reports(other) == [TWO, ONE]
    assert report_named(other, "44444-44444") is None
    answered = answer_report(kept, ONE.reference, "Done", DAY)
    assert report_named(other, ONE.reference) == answered == replace(ONE, standing="answered", answer="Done", settled=DAY)
    closed = close_report(other, ONE.reference, DAY + timedelta(days=1))
    assert closed.answer == "Done"
    assert reports(kept) == [TWO]
    assert reports(kept, also_closed=True) == [TWO, closed]
    with pytest.raises(UnknownReport, match="there is no report '44444-44444' here"):
        close_report(kept, "44444-44444", DAY)
    assert forget_reports(kept, DAY + timedelta(days=1)) == 0
    assert forget_reports(kept, DAY + timedelta(days=2)) == 1
    assert reports(other, also_closed=True) == [TWO]


def test_counts_add_up_and_are_forgotten(node: Node) -> None:
    kept, other = node(), node()
    later = replace(KIND, week=date(2026, 3, 9))
    add_counts(kept, {KIND: 2, later: 1})
    add_counts(other, {KIND: 3})
    with kept.reading() as connection:
        assert {row.week: row.asked for row in connection.execute(UNMET.select())} == {KIND.week: 5, later.week: 1}
    seen: list[dict[Asked, int]] = []

    def make(counts: object) -> str:
        seen.append(dict(counts))  # type: ignore[call-overload]
        return "figures"

    for one in (kept, other):
        assert published(one, "2026-1", "northshire", date(2027, 1, 1), make, (KIND.week,)) == "figures"
    assert seen == [{KIND: 5}], "worked out once, of its own weeks"
    assert forget_counts(kept, later.week, date(2027, 1, 1)) == 1
    assert forget_counts(kept, later.week, date(2027, 1, 2)) == 0
    assert published(kept, "2026-1", "northshire", date(2027, 1, 1), lambda _: "again", ()) == "again"


def test_nodes_that_start_at_once_make_one_state(place: Settings) -> None:
    nodes = [Kept(place) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        keys = set(pool.map(form_key, nodes))
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    for each in nodes:
        each.close()


def test_the_steps_lead_to_the_tables_that_the_program_uses(node: Node) -> None:
    kept = node()
    with kept.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        assert set(inspect(connection).get_table_names()) == {*METADATA.tables, "alembic_version"}


def test_nodes_that_write_at_once_lose_nothing(place: Settings) -> None:
    nodes = [Kept(place) for _ in range(3)]

    def write(number: int) -> None:
        kept = nodes[number % 3]
        assert add_report(kept, replace(ONE, reference=f"{number:05}-{number:05}"))
        add_counts(kept, {KIND: 1, replace(KIND, outcome="related"): 1})

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(write, range(60)))
    assert len(reports(nodes[0])) == 60
    with nodes[1].reading() as connection:
        assert [row.asked for row in connection.execute(UNMET.select())] == [60, 60]
    for each in nodes:
        each.close()


def test_a_newer_state_is_left_alone_and_told(node: Node) -> None:
    kept = node()
    add_report(kept, ONE)
    with kept.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StateProblem, match=r"was written by a newer Windscreen \(step 9999; this one knows 0001\): run the newer program"):
        node().check()
    with kept.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM report")).scalar() == 1


def test_a_block_that_fails_keeps_nothing(node: Node) -> None:
    kept = node()
    with suppress(ZeroDivisionError), kept.writing() as connection:
        connection.execute(UNMET.insert().values(**vars(KIND), asked=1))
        raise ZeroDivisionError
    with pytest.raises(StateProblem) as told, kept.writing() as connection:
        connection.execute(UNMET.insert().values(**{**vars(KIND), "area": None}, asked=1))
    assert "parenting" not in str(told.value)
    with kept.reading() as connection:
        assert connection.execute(UNMET.select()).all() == []


# SQLite


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda file: file.write_bytes(b"no database at all" * 500), "file is not a database"),
        (lambda file: file.write_bytes(file.read_bytes()[:4096] + os.urandom(12000)), "is damaged|is malformed|cannot be opened"),
        (lambda file: (file.unlink(), file.mkdir()), "unable to open database file"),
    ],
)
def test_a_damaged_file_is_told(sqlite: Settings, break_it: Callable[[Path], object], told: str) -> None:
    kept = Kept(sqlite)
    add_report(kept, ONE)
    kept.close()
    for more in ("state.db-wal", "state.db-shm"):
        (sqlite.state / more).unlink(missing_ok=True)
    break_it(sqlite.state / "state.db")
    with pytest.raises(StateProblem, match=told):
        Kept(sqlite).check()


def test_a_folder_that_cannot_be_made_is_told(sqlite: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StateProblem, match=r"state\.db cannot be opened \(.*Not a directory"):
        Kept(replace(sqlite, state_folder=tmp_path / "file" / "state")).check()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(sqlite: Settings) -> None:
    Kept(sqlite).check()
    sqlite.state.chmod(0o500)
    (sqlite.state / "state.db").chmod(0o400)
    with pytest.raises(StateProblem, match=r"readonly|unable to open"):
        Kept(sqlite).check()
    sqlite.state.chmod(0o700)


def test_the_file_is_in_wal_mode_and_a_writer_that_holds_it_is_waited_for(sqlite: Settings) -> None:
    kept = Kept(sqlite)
    kept.check()
    other = sqlite3.connect(sqlite.state / "state.db", isolation_level=None, check_same_thread=False)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(add_report, kept, ONE)
        assert reports(kept) == [], "readers go on"
        assert not waiting.done()
        other.execute("COMMIT")
        assert waiting.result(timeout=10)
    other.close()
    kept.close()


# PostgreSQL


def test_a_server_that_goes_away_and_comes_back_is_found_again(postgresql: Settings, cluster: Cluster) -> None:
    kept = Kept(postgresql)
    add_report(kept, ONE)
    cluster.stop()
    with pytest.raises(StateProblem, match="PostgreSQL, database 'state"):
        add_report(kept, TWO)
    with pytest.raises(StateProblem):
        reports(kept)
    cluster.start()
    kept._away_until = 0.0  # not to wait three seconds
    assert reports(kept) == [ONE]
    assert add_report(kept, TWO)
    kept.close()


def test_its_address_is_told_without_the_password() -> None:
    from app.settings import settings

    for scheme in ("postgresql", "postgres"):
        kept = Kept(replace(settings(), database_url=f"{scheme}://me:hush@127.0.0.1:1/files"))
        assert kept.where == "PostgreSQL, database 'files' on 127.0.0.1"
        with pytest.raises(StateProblem) as told:
            kept.check()
        assert "hush" not in str(told.value)
        assert "hush" not in repr(replace(settings(), database_url="postgresql://me:hush@h/d", secret="hush"))
