"""A copy of the SQLite file that is whole although the site goes on writing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.state.opening import Kept, StateProblem, reason


def back_up(kept: Kept, to: Path) -> None:
    """Write a copy into a new file, from which it can be restored by putting it in the place of the first.

    Raises StateProblem for PostgreSQL, which brings a tool of its own, and when the copy cannot be written.
    """
    if kept.in_postgresql:
        raise StateProblem(f"{kept.where} is backed up with pg_dump, and restored with pg_restore; see docs/state.md")
    if to.exists():
        raise StateProblem(f"{to} is there already; a backup never takes the place of another")
    kept.check()
    try:
        engine = create_engine(f"sqlite:///{kept.file}", poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("VACUUM INTO :file"), {"file": str(to)})
    except SQLAlchemyError as error:
        raise StateProblem(f"{to} cannot be written ({reason(error)})") from None
