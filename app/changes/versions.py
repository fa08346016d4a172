"""A version of the content: a folder, or a revision that git knows, read as far as it can be."""

from __future__ import annotations

import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO

from app.loading import read_draft
from app.model import Directory, date_in_words
from app.problems import Problem, shown
from app.settings import Settings

PATIENCE = 120
"""Seconds that git may take for one answer."""

PARTS = ("content", "pathways.yaml")
"""What a version is made of, as it lies beside each other in a folder."""


class VersionProblem(Exception):
    """There is no such version, or no content in it; the message says what is wrong and what is allowed."""


@dataclass(frozen=True)
class Version:
    """One version of the content: what it is called in a sentence, what could be read of it, and what is wrong with it."""

    label: str
    directory: Directory
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Its problems that are no mere findings."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def version_at(name: str, settings: Settings) -> Version:
    """The version of this name: a folder if there is one, else a git revision of the folder that holds the content.

    A folder holds `content/` and `pathways.yaml`, as the one served does. Raises VersionProblem.
    """
    if name and "\0" not in name and len(name) < 4000 and Path(name).is_dir():
        folder = Path(name).resolve()
        if not (folder / "content").is_dir():
            raise VersionProblem(f"{shown(name)} is a folder without content; a folder to compare holds content/ and pathways.yaml")
        return _read(f"the folder {folder.name or folder}", _settings_in(folder, settings))
    top = settings.content.parent
    commit = _commit(name, top)
    with tempfile.TemporaryDirectory(prefix="windscreen-") as made:
        _unpack(commit, name, top, Path(made))
        return _read(_named(commit, top), _settings_in(Path(made), settings))


def served(settings: Settings) -> Version:
    """The content as it lies in the folder that is served. Raises VersionProblem."""
    return _read("the content as it is now", settings)


def _settings_in(folder: Path, settings: Settings) -> Settings:
    return replace(settings, content=folder / PARTS[0], pathways=folder / PARTS[1])


def _read(label: str, settings: Settings) -> Version:
    draft = read_draft(settings)
    if draft.directory is None:
        told = "".join(f"\n{problem}" for problem in draft.problems)
        raise VersionProblem(f"{label[:1].upper()}{label[1:]} cannot be compared, because its site.yaml cannot be read:{told}")
    return Version(label, draft.directory, draft.problems, draft.unread)


def _commit(name: str, top: Path) -> str:
    """The full id of a revision. Raises VersionProblem when git knows none of this name."""
    if not name or not name.isprintable() or name.startswith("-"):
        raise VersionProblem(f"{shown(name)} is neither a folder nor a git revision")
    inside = _git(top, "rev-parse", "--is-inside-work-tree")
    if inside.returncode != 0:
        why = _last_line(inside.stderr)
        raise VersionProblem(f"{shown(name)} is not a folder, and git cannot look for a revision of this name: {why}")
    found = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    commit = found.stdout.decode(errors="replace").strip()
    if found.returncode != 0 or not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise VersionProblem(f"{shown(name)} is neither a folder nor a git revision here; 'git log --oneline' lists revisions")
    return commit


def _named(commit: str, top: Path) -> str:
    text = _git(top, "show", "--no-patch", "--format=%h %cs", commit).stdout.decode(errors="replace").split()
    return f"revision {text[0]} of {date_in_words(text[1])}" if len(text) == 2 else f"revision {commit[:10]}"


def _unpack(commit: str, name: str, top: Path, folder: Path) -> None:
    """The content of a revision as files in a folder. Raises VersionProblem when it has none."""
    listed = _git(top, "ls-tree", "--name-only", commit, "--", *PARTS).stdout.decode(errors="replace").split()
    if PARTS[0] not in listed:
        raise VersionProblem(f"The revision {shown(name)} holds no content here: it has no folder {PARTS[0]}/")
    with tempfile.TemporaryFile() as file:
        made = _git(top, "archive", "--format=tar", commit, "--", *listed, to=file)
        if made.returncode != 0:
            raise VersionProblem(f"git cannot give the content of {shown(name)}: {_last_line(made.stderr)}")
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:") as archive:
            for member in archive:
                _write(archive, member, folder)


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """One plain file of the archive. Links are not followed: they could lead out of the folder."""
    path = PurePosixPath(member.name)
    source = archive.extractfile(member) if member.isreg() else None
    if source is None or path.is_absolute() or ".." in path.parts:
        return
    target = folder.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read())


def _git(top: Path, *words: str, to: IO[bytes] | None = None) -> subprocess.CompletedProcess[bytes]:
    """One answer of git about the folder. Raises VersionProblem when there is no git, or it does not come to an end."""
    try:
        return subprocess.run(  # noqa: S603 - a list of words, no shell; a name that begins with "-" has been refused
            ["git", "-C", str(top), *words],  # noqa: S607 - the git of the machine, wherever it is
            stdin=subprocess.DEVNULL,
            stdout=to or subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
            timeout=PATIENCE,
        )
    except FileNotFoundError:
        raise VersionProblem("git is not on this machine; compare two folders instead") from None
    except subprocess.TimeoutExpired:
        raise VersionProblem(f"git did not answer within {PATIENCE} seconds") from None


def _last_line(text: bytes) -> str:
    lines = text.decode(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("fatal: ") if lines else "it does not say why"
