"""A Directory as an SQLite file, and back. The only part of the program that knows a database."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pydantic import ValidationError

from app.model import Directory
from app.store.tables import CODES, TABLES, Row, value_at
from app.store.views import VIEWS

__all__ = ["VIEWS", "StoreProblem", "read_store", "write_store"]

PARTS = {
    "need": "vocabulary.needs", "process": "vocabulary.processes", "ambiguity": "vocabulary.ambiguities", "alert": "vocabulary.alerts",
    "factor": "factors", "source": "sources", "term": "glossary", "scheme": "schemes", "descriptor": "descriptors",
    "gateway": "gateways", "step": "steps", "closed_way": "closed_ways", "programme": "programmes", "example": "examples",
    "service": "services", "change": "changes",
}  # fmt: skip
"""The kinds of records, and where each stands in a Directory. Most are tables as well."""


class StoreProblem(Exception):
    """The database cannot be used; the message is a sentence that says why."""


def write_store(directory: Directory, file: Path) -> None:
    """Write a directory into a new SQLite file. The same directory gives the same bytes.

    Raises StoreProblem when an id stands twice, a row would point at something that is not there, or the disk is full.
    """
    from sqlite_utils import Database  # only a build writes, and every start would wait for this import

    try:
        file.unlink(missing_ok=True)
        with closing(Database(file)) as database:
            with database.atomic():
                for table in TABLES:
                    made = database.table(table.name).create(
                        {column.name: column.type for column in table.columns},
                        pk=table.key,
                        not_null=[column.name for column in table.columns if column.required],
                        foreign_keys=table.references,
                    )
                    made.insert_all(table.rows(directory), ignore=table.only_links)
                database.table("record").insert_all(_records(directory), pk=("kind", "position"))
                database.table("about").insert_all(_about(), pk="name")
                database.index_foreign_keys()
                for view in VIEWS:
                    database.execute(view.sql)
                # SQLite records foreign keys and does not enforce them unless it is told to, on every connection.
                loose = database.execute("PRAGMA foreign_key_check").fetchall()
                if loose:
                    raise StoreProblem(f"The table {loose[0][0]} would point at a {loose[0][2]} that is not there ({len(loose)} such rows)")
            database.vacuum()
    except sqlite3.Error as error:
        raise StoreProblem(f"The database {file} cannot be written ({error})") from error


def _records(directory: Directory) -> Iterator[Row]:
    """Every record whole, as JSON: the tables are for people and their questions, this one is for reading back exactly."""
    yield {"kind": "site", "position": 0, "id": "", "json": directory.site.model_dump_json()}
    for kind, part in PARTS.items():
        for position, record in enumerate(value_at(directory, part)):
            name = next((value for key in ("id", "code", "term") if (value := getattr(record, key, None))), "")
            yield {"kind": kind, "position": position, "id": name, "json": record.model_dump_json()}


def _about() -> Iterator[Row]:
    yield from ({"name": table.name, "about": table.about} for table in TABLES)
    yield from ({"name": view.name, "about": view.about} for view in VIEWS)
    yield {"name": "record", "about": "Every piece of content whole, as JSON. Windscreen itself reads only this table."}
    yield from ({"name": name, "about": about} for name, about in CODES.items())


def read_store(file: Path) -> Directory:
    """The directory that was written into a file.

    Raises StoreProblem when the file is not there, is damaged, or its tables hold more or fewer things than its records.
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT CAST(kind AS TEXT), CAST(json AS TEXT) FROM record ORDER BY kind, position").fetchall()
            _check_counts(connection, Counter(kind for kind, _ in rows))
    except sqlite3.Error as error:
        raise StoreProblem(f"The database {file} cannot be read ({error}): build again") from error
    try:
        directory = Directory.model_validate_json(_joined(rows))
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"]))
        raise StoreProblem(f"The database {file} does not fit this program (at {place}): build again") from error
    return directory


def _check_counts(connection: sqlite3.Connection, records: Counter[str]) -> None:
    for name in [table.name for table in TABLES if table.name in PARTS]:
        (count,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608 (our own names)
        if count != records[name]:
            raise StoreProblem(f"The database has {count} rows in the table {name} and {records[name]} records of it: build again")


def _joined(rows: list[tuple[str, str]]) -> str:
    """The JSON of a whole Directory from that of its records: pydantic reads one text much faster than many."""
    of: dict[str, list[str]] = {}
    for kind, json in rows:
        of.setdefault(kind, []).append(json)
    lists = {part: f"[{','.join(of.get(kind, []))}]" for kind, part in PARTS.items()}
    inner = ",".join(f'"{part.partition(".")[2]}":{json}' for part, json in lists.items() if "." in part)
    outer = ",".join(f'"{part}":{json}' for part, json in lists.items() if "." not in part)
    return f'{{"site":{of.get("site", ["null"])[0]},"vocabulary":{{{inner}}},{outer}}}'
