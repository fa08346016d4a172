"""Changes into `content/changes.yaml`: a dated list that people read, mend and commit, and that the pages and the feed are made from.

The list is content, and not read from git when a site is built: a deployment from an image has no git; the list is the same on every
node; a person can put a sentence right; and what had to be taken out of the content does not live on in the feed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.changes.comparing import Skipped, compare
from app.changes.told import Told
from app.frontmatter import UNPRINTABLE
from app.model import AUDIENCES, Audience, Change, Directory, seen_by, sees

HEAD = (
    "# What was changed in the content. Each entry is told on /changes and in the feed; take out what nobody needs to know.\n"
    "# `windscreen changes OLD NEW --record` writes entries at the end of the list.\n"
    "changes:\n"
)


class RecordProblem(Exception):
    """The list cannot be written; the message says why."""


@dataclass(frozen=True)
class Recorded:
    """What was written: how many entries are new, and how many stood there already."""

    new: int
    known: int


def entries_to_record(old: Directory, new: Directory, on: date, skipped: Skipped = frozenset()) -> tuple[Change, ...]:
    """Entries for what is different, each with the least audience that sees both sides of it.

    Every audience's view is compared with its own view of before, so that an entry says nothing that its readers may not see. What is
    only hidden from some readers has not ended: they are told nothing, the others that it is shown to fewer. A check alone is no change
    of the content, and makes no entry.
    """
    entries: list[Change] = []
    known: dict[tuple[str, str, str], set[str]] = {}
    for audience in AUDIENCES:
        for told in compare(seen_by(_hidden_alike(old, new, audience), audience), seen_by(new, audience), skipped).told:
            if told.checks_only:
                continue
            said = known.setdefault((told.kind, told.id, told.change), set())
            entry = _entry(told, said, on, audience)
            if entry:
                entries.append(entry)
            said |= {told.sentence, *told.details}
    return tuple(entries)


def _hidden_alike(old: Directory, new: Directory, reader: Audience) -> Directory:
    """The old version by the rules of the new one: what that one hides from these readers is hidden here too, and fields as it says."""
    parts: dict[str, Any] = {name: getattr(old, name) for name in Directory.model_fields}
    parts["site"] = old.site.model_copy(update={"audiences": new.site.audiences})
    for name in ("services", "gateways", "steps", "closed_ways", "programmes", "examples"):
        parts[name] = _less_what_is_hidden(parts[name], getattr(new, name), reader)
    now = {service.id: service.reached_by for service in new.services}
    parts["services"] = tuple(
        service.model_copy(update={"reached_by": _less_what_is_hidden(service.reached_by, now.get(service.id, ()), reader)})
        for service in parts["services"]
    )
    return Directory.model_construct(**parts)


def _less_what_is_hidden(old: tuple[Any, ...], new: tuple[Any, ...], reader: Audience) -> tuple[Any, ...]:
    """The old entries, each meant for whom its like is meant for now when the reader is shown none of that kind."""
    now: dict[object, Audience] = {}
    for entry in new:
        if _sign(entry) not in now or sees(reader, entry.audience):
            now[_sign(entry)] = entry.audience
    least = [now.get(_sign(entry), entry.audience) for entry in old]
    return tuple(
        entry if sees(reader, audience) else entry.model_copy(update={"audience": audience})
        for entry, audience in zip(old, least, strict=True)
    )


def _sign(entry: Any) -> object:
    """By what an entry is known again: its area and id; a way in by its stage, a step by its ends and kind."""
    if hasattr(entry, "id"):
        return getattr(entry, "area", ""), entry.id
    return tuple(getattr(entry, part, "") for part in ("area", "start", "end", "kind", "gateway"))


def _entry(told: Told, said: set[str], on: date, audience: Audience) -> Change | None:
    """What this audience is told beyond what those below it are told already; None when that is nothing."""
    fresh = tuple(each for each in told.details if each not in said)
    if (told.details and not fresh) or (not told.details and told.sentence in said):
        return None
    words = Told(told.kind, told.id, told.name, told.change, told.sentence, fresh).words
    return Change(on=on.isoformat(), kind=told.kind, id=told.id, change=told.change, words=words, audience=audience)


def add_to_list(entries: Sequence[Change], file: Path, there: Sequence[Change]) -> Recorded:
    """Write entries at the end of the list, without those that stand `there` already. Raises RecordProblem."""
    fresh = [entry for entry in entries if entry not in there]
    if fresh:
        try:
            text = file.read_text(encoding="utf-8") if file.exists() else HEAD
            aside = file.with_name(f".{file.name}.{os.getpid()}")
            aside.write_text(text.rstrip("\n") + "\n" + "".join(map(_as_yaml, fresh)), encoding="utf-8")
            aside.replace(file)
        except (OSError, UnicodeDecodeError) as error:
            raise RecordProblem(f"The list {file.name} cannot be written: {error}") from None
    return Recorded(len(fresh), len(entries) - len(fresh))


def _as_yaml(entry: Change) -> str:
    """One entry as lines of YAML."""
    lines = [f"  - on: {entry.on}", f"    kind: {entry.kind}", f"    id: {_quoted(entry.id)}", f"    change: {entry.change}"]
    lines.append(f"    words: {_quoted(entry.words)}")
    if entry.audience != "public":
        lines.append(f"    audience: {entry.audience}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in JSON's quotation marks, which is one in YAML too; a sign that the reader of the content refuses is marked as lost."""
    return json.dumps(UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text), ensure_ascii=False)
