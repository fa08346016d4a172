"""The key that signs forms, the same on every node that shares what is kept."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.state.opening import Kept
from app.state.tables import SECRET


def form_key(kept: Kept) -> str:
    """The key, made when it is first asked for. Raises StateProblem."""
    wanted = select(SECRET.c.value).where(SECRET.c.name == "forms")
    with kept.reading() as connection:
        found = connection.execute(wanted).scalar()
    if found is not None:
        return str(found)
    insert = postgresql.insert if kept.in_postgresql else sqlite.insert
    with kept.writing() as connection:
        connection.execute(insert(SECRET).values(name="forms", value=secrets.token_hex(32)).on_conflict_do_nothing())
        return str(connection.execute(wanted).scalar_one())
