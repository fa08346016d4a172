"""What has been read so far: entries with their places, bodies and problems."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from app.frontmatter import Fields, Loc
from app.loading.schema import validate
from app.model import Record
from app.problems import Problem, printable
from app.settings import Settings

R = TypeVar("R", bound=Record)


@dataclass
class Entry:
    """One piece of content as it stands in its file: what it should be, its raw data, where it is, what it became."""

    cls: type[Record]
    fields: Fields
    data: Any = None
    loc: Loc = ()
    area: str = ""
    id: str = ""
    record: Record | None = None

    def problem(self, inner: Loc, words: str, *, key: bool = False) -> Problem:
        """A problem at a value of this entry."""
        return self.fields.problem((*self.loc, *inner), words, key=key)

    def list_of(self, key: str) -> list[Any]:
        """The raw list in a field, or [] when there is none."""
        value = self.data.get(key) if isinstance(self.data, dict) else None
        return value if isinstance(value, list) else []


@dataclass
class Body:
    """The Markdown below a file's front matter, and the line it starts on."""

    path: str
    text: str
    first_line: int


@dataclass
class Content:
    """Everything read so far."""

    settings: Settings
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    unread: set[type[Record]] = field(default_factory=set)
    """Kinds of which an unknown number could not be read, so that no name of theirs can be called unknown."""
    files: set[Path] = field(default_factory=set)
    """Every file that was looked at."""
    sections: list[tuple[Fields, str]] = field(default_factory=list)
    """The area sections of pathways.yaml."""

    def path(self, file: Path) -> str:
        """A file's path as told to people: from the folder that holds `content/`."""
        return printable(os.fsencode(file.relative_to(self.settings.content.parent).as_posix()).decode("utf-8", "backslashreplace"))

    def of(self, cls: type[Record]) -> list[Entry]:
        """The entries of a kind, good or not."""
        return [entry for entry in self.entries if entry.cls is cls]

    def records(self, cls: type[R]) -> list[R]:
        """The good records of a kind, in the order they were read."""
        return [entry.record for entry in self.entries if isinstance(entry.record, cls)]

    def add(self, cls: type[Record], data: Any, fields: Fields, loc: Loc = (), name: str = "", **given: Any) -> Entry:
        """Read one record; its problems are kept, and its name counts as known even if something in it is wrong.

        `data` is None when its file could not be read, which has been told already.
        """
        record, problems = (None, []) if data is None else validate(cls, data, fields, loc, given)
        self.problems += problems
        own = data if isinstance(data, dict) else {}
        known_as = name or given.get("id") or own.get("id") or own.get("code") or ""
        entry = Entry(cls, fields, data, loc, given.get("area", ""), known_as if isinstance(known_as, str) else "", record)
        self.entries.append(entry)
        return entry
