"""Every mistake an owner of content can make is told in a clear sentence, in its place, and nothing else is told.

`tests/faults/README.md` says how a fault is written down.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.loading import read_content
from app.settings import settings

HERE = Path(__file__).parent


@dataclass
class Fault:
    """One fault file: its sentence, the edits it makes by path, and the problems it must give."""

    sentence: str
    edits: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_fault(file: Path) -> Fault:
    head, *parts = re.split(r"(?m)^== (.+)\n", file.read_text(encoding="utf-8"))
    fault = Fault(head.strip())
    for path, text in zip(parts[::2], parts[1::2], strict=True):
        lines = text.strip("\n").split("\n")
        if path == "problems":
            fault.problems = lines
        else:
            fault.edits[path] = lines
    return fault


def edit(file: Path, lines: list[str]) -> None:
    """Make one fault's edits in a file."""
    if lines == ["(deleted)"]:
        file.unlink()
        return
    text = file.read_bytes() if file.exists() else b""
    edits: list[tuple[list[bytes], list[bytes]]] = [([], [])]
    for line in lines:
        sign, rest = line[:1], line[1:].encode()
        old, new = edits[-1]
        if not line:
            edits.append(([], []))
        if sign in ("-", " "):
            old.append(rest + b"\n")
        if sign in ("+", " "):
            new.append(rest + b"\n")
        if sign == "*":
            new.append(line[1:].encode("ascii").decode("unicode_escape").encode("latin-1") + b"\n")
    if not any(old for old, _ in edits):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"".join(edits[0][1]))
        return
    for old, new in edits:
        assert text.count(b"".join(old)) == 1, f"{b''.join(old).decode()!r} must stand once in {file.name}"
        text = text.replace(b"".join(old), b"".join(new))
    file.write_bytes(text)


FAULTS = sorted((HERE / "faults").glob("*.txt"))


@pytest.mark.parametrize("file", FAULTS, ids=[file.stem for file in FAULTS])
def test_a_mistake_is_told_in_its_place_and_nothing_else_is(file: Path, tmp_path: Path) -> None:
    fault = read_fault(file)
    shutil.copytree(HERE / "site", tmp_path / "site")
    for path, lines in fault.edits.items():
        edit(tmp_path / "site" / path, lines)

    directory, problems = read_content(settings(tmp_path / "site"))

    assert fault.sentence, "a fault file begins with a sentence that says what the mistake is"
    assert "\n".join(map(str, problems)) == "\n".join(fault.problems)
    assert directory is None
