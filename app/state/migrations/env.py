"""Where Alembic is told which connection to use: always the one that `app.state.opening` hands over, within its transaction."""

from __future__ import annotations

from alembic import context

from app.state.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
