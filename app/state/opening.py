"""The one door to what is kept: a SQLite file, or PostgreSQL when DATABASE_URL names one; made, checked and brought up to date here."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from app.settings import Settings, SettingsError

BUSY = 5.0
"""Seconds that a write waits for another; also the longest a statement may take in PostgreSQL."""

MIGRATING = 60.0
"""Seconds that a node waits while another brings the tables up to date."""

PAUSE = 3.0
"""Seconds after a failed connection in which nobody tries again: no reader of a page is to wait for a database that is away."""

LOCK = 7_704_121_837
"""The number of the lock that PostgreSQL gives to one migrating node at a time; it has no meaning but to be ours."""

_one_migration_at_a_time = threading.Lock()


class StateProblem(Exception):
    """What is kept cannot be read or written just now; the message is a sentence for whoever runs the site, without any value."""


class Kept:
    """What is kept beside the content. Nothing is opened until it is needed, and pages that need nothing kept never open it."""

    def __init__(self, settings: Settings) -> None:
        self._url = url_of(settings)
        self._engine = _engine(self._url)
        self._ready = False
        self._opening = threading.Lock()
        self._away_until = 0.0
        self._why = ""

    @property
    def in_postgresql(self) -> bool:
        """Whether several machines can share it."""
        return self._url.get_backend_name() == "postgresql"

    @property
    def file(self) -> Path:
        """The SQLite file; only when it is not in PostgreSQL."""
        return Path(str(self._url.database))

    @property
    def where(self) -> str:
        """The place in words, without user and password."""
        if not self.in_postgresql:
            return str(self.file)
        return f"PostgreSQL, database '{self._url.database or ''}' on {self._url.host or self._url.query.get('host') or 'this machine'}"

    def check(self) -> None:
        """Open it, make it if it is new, bring its tables up to date. Raises StateProblem with the reason when it cannot be used."""
        with self.writing():
            pass

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads. Raises StateProblem when it cannot be had or used."""
        with self._connected(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: when the block ends well everything is kept, else nothing. Raises StateProblem when it is not kept."""
        with self._connected(writes=True) as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        connection = self._connect()
        try:
            with connection.execution_options(writes=writes).begin():
                yield connection
        except SQLAlchemyError as error:
            raise StateProblem(f"{self.where} cannot be used now ({reason(error)})") from None  # the cause may hold what was typed
        finally:
            connection.close()

    def _connect(self) -> Connection:
        if time.monotonic() < self._away_until:
            raise StateProblem(self._why)
        try:
            if not self._ready:
                with self._opening:
                    if not self._ready:
                        self._prepare()
                        self._ready = True
            return self._engine.connect()
        except (SQLAlchemyError, OSError) as error:
            problem = StateProblem(f"{self.where} cannot be opened ({reason(error)})")
        except StateProblem as error:
            problem = error
        self._why, self._away_until = str(problem), time.monotonic() + PAUSE
        raise problem from None

    def _prepare(self) -> None:
        if not self.in_postgresql:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        with _one_migration_at_a_time, self._engine.connect() as connection:
            if not self.in_postgresql:
                self._examine(connection)
            heads = MigrationContext.configure(connection).get_current_heads()
            connection.rollback()
            steps = _steps(connection)
            known = ScriptDirectory.from_config(steps)
            if not {*heads} <= {step.revision for step in known.walk_revisions()}:
                raise StateProblem(
                    f"{self.where} was written by a newer Windscreen (step {', '.join(heads)}; this one knows {known.get_current_head()}): "
                    f"run the newer program, or restore the backup that was made before its upgrade"
                )
            if list(heads) != known.get_heads():
                self._migrate(connection, steps)

    def _migrate(self, connection: Connection, steps: Config) -> None:
        """Bring the tables up to date in one transaction. A second node waits, and then finds that nothing is left to do."""
        with connection.execution_options(writes=True).begin():
            if self.in_postgresql:
                connection.execute(text(f"SET LOCAL statement_timeout = {int(MIGRATING * 1000)}"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
            command.upgrade(steps, "head")

    def _examine(self, connection: Connection) -> None:
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        connection.rollback()
        if found != "ok":
            raise StateProblem(f"{self.where} is damaged ({found}): put it aside and restore the last backup")
        with connection.execution_options(writes=True).begin():
            connection.execute(text("PRAGMA user_version = 1"))  # fails here, not at the first report, when the file may not be written


def url_of(settings: Settings) -> URL:
    """The address of the database. Raises SettingsError for a DATABASE_URL that names no PostgreSQL; its password is never repeated."""
    if not settings.database_url:
        return URL.create("sqlite", database=str(settings.state / "state.db"))
    try:
        url = make_url(settings.database_url)
    except (SQLAlchemyError, ValueError):
        raise SettingsError("DATABASE_URL cannot be read; write postgresql://user:password@host/database") from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        kind = url.drivername[:20]
        raise SettingsError(f"DATABASE_URL begins with '{kind}'; only postgresql:// is known (without it, a SQLite file is used)")
    return url.set(drivername="postgresql+psycopg")


def reason(error: Exception) -> str:
    """Why a database failed, in its own words where they can hold nothing that was typed."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
    state = getattr(origin, "sqlstate", None)
    if state:
        return f"{type(origin).__name__}, code {state}"
    if isinstance(error, OperationalError | OSError):
        return " ".join(str(origin).split())[:200]
    words = str(origin) if type(origin).__module__ == "sqlite3" else ""
    return words or type(origin).__name__


def _steps(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "app.state:migrations")
    config.attributes["connection"] = connection
    return config


def _engine(url: URL) -> Engine:
    # What was typed must not stand in an exception: its text ends in a log sooner or later.
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY}, pool_timeout=BUSY)
        event.listen(engine, "connect", _sqlite_manners)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    milliseconds = int(BUSY * 1000)
    wanted = {"connect_timeout": 3, "options": f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"}
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_timeout=BUSY, connect_args=wanted)


def _sqlite_manners(connection: Any, _: ConnectionPoolEntry) -> None:
    """Readers never wait for the writer, a kept report survives a power cut, and transactions begin when we say so."""
    connection.isolation_level = None
    end = time.monotonic() + BUSY
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except connection.OperationalError:  # two nodes that start at once: nobody waits for this lock, so we do
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous = FULL")


def _sqlite_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another has written in between; one that says so waits.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
