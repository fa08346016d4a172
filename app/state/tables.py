"""What is kept beside the content: four small tables, and nothing that says who or when to the hour."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

REPORT = Table(
    "report",
    METADATA,
    Column("reference", String(16), primary_key=True),
    Column("about_kind", String(16), nullable=False),
    Column("about", String(300), nullable=False),
    Column("topic", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("settled", Date),
    Index("report_standing", "standing", "day"),
)
"""A problem that somebody told: about which service or stage, which topic, the words, the day. No address, no name, no hour."""

UNMET = Table(
    "unmet",
    METADATA,
    Column("week", Date, primary_key=True),
    Column("area", String(100), primary_key=True),
    Column("need_1", String(100), primary_key=True),
    Column("need_2", String(100), primary_key=True),
    Column("level", String(8), primary_key=True),
    Column("band", String(16), primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("asked", Integer, nullable=False),
)
"""How often a question of one kind was asked in a week (its Monday): the fields of the privacy rule, and a number."""

PUBLISHED = Table(
    "published",
    METADATA,
    Column("period", String(8), primary_key=True),
    Column("area", String(100), primary_key=True),
    Column("until", Date, nullable=False),
    Column("figures", Text, nullable=False),
)
"""The figures of a closed period as they were first published: they are never worked out a second time, in another way."""

SECRET = Table(
    "secret",
    METADATA,
    Column("name", String(32), primary_key=True),
    Column("value", String(128), nullable=False),
)
"""The key that signs forms, when the environment gives none: the same for every node."""
