"""Reports of problems, counts of questions, published figures, the key that signs forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "report",
        sa.Column("reference", sa.String(16), primary_key=True),
        sa.Column("about_kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(300), nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("settled", sa.Date()),
    )
    op.create_index("report_standing", "report", ["standing", "day"])
    op.create_table(
        "unmet",
        sa.Column("week", sa.Date(), primary_key=True),
        sa.Column("area", sa.String(100), primary_key=True),
        sa.Column("need_1", sa.String(100), primary_key=True),
        sa.Column("need_2", sa.String(100), primary_key=True),
        sa.Column("level", sa.String(8), primary_key=True),
        sa.Column("band", sa.String(16), primary_key=True),
        sa.Column("outcome", sa.String(16), primary_key=True),
        sa.Column("asked", sa.Integer(), nullable=False),
    )
    op.create_table(
        "published",
        sa.Column("period", sa.String(8), primary_key=True),
        sa.Column("area", sa.String(100), primary_key=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(128), nullable=False),
    )


def downgrade() -> None:
    """Nothing leads back: an older program is used with the backup that was made before."""
    raise NotImplementedError("restore the backup that was made before the upgrade")
