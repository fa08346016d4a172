"""Build folders on disk: one builder at a time, whole folders swapped in, nothing left lying about."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from app.building.manifest import broken
from app.model import AUDIENCES
from app.settings import Settings

WAIT = 120.0
"""How many seconds to wait for another build to end."""

OURS = re.compile(rf"directory\.db(?:-\w+)?|index|maps\.json|manifest\.json|{'|'.join(AUDIENCES)}|\.DS_Store")
"""What may lie in a build folder that is replaced; anything else means that the setting names the wrong folder."""


class BuildProblem(Exception):
    """A build cannot be made or used for a reason that is not the content; the message is a sentence that says why."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Wait until no other build of this folder is at work. The system itself frees the lock of a process that died."""
    path = settings.build.with_name(f"{settings.build.name}.lock")
    try:
        settings.build.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise BuildProblem(f"The build in {settings.build} cannot be written: {error}") from error
    with file:
        end = time.monotonic() + WAIT
        while not _locked(file):
            if time.monotonic() > end:
                raise BuildProblem(f"Another build has held {path} for {WAIT:.0f} seconds; stop it and try again")
            time.sleep(0.05)
        yield


def _locked(file: IO[str]) -> bool:
    """Take the lock of a file if it is free; it lasts until the file is closed."""
    try:
        if sys.platform == "win32":  # pragma: no cover
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def check_replaceable(folder: Path) -> None:
    """Refuse to replace a folder that holds anything but a build: the setting may name somebody's own folder."""
    strange = sorted(path.name for path in folder.iterdir() if not OURS.fullmatch(path.name)) if folder.is_dir() else []
    if strange:
        raise BuildProblem(f"{folder} holds '{strange[0]}', which is not part of a build; name a folder of its own in WINDSCREEN_BUILD")


def swap(fresh: Path, settings: Settings) -> None:
    """The old build aside, the new one into its place, the old one away."""
    aside = beside(settings, "old")
    if settings.build.exists():
        settings.build.rename(aside)
    fresh.rename(settings.build)
    _sync_folder(settings.build.parent)
    remove(aside)


def tidy(settings: Settings) -> None:
    """Clear away what killed builds have left; if one was killed between two renames, its whole build is put into place.

    Only under the lock, where nobody else is at work on these folders.
    """
    name = re.escape(settings.build.name)
    left = [path for path in sorted(settings.build.parent.iterdir()) if re.fullmatch(rf"{name}\.(?:new|old)-\d+", path.name)]
    for path in left:  # new ones come before old ones
        if not settings.build.exists() and broken(replace(settings, build=path)) is None:
            path.rename(settings.build)
        else:
            remove(path)


def beside(settings: Settings, age: str) -> Path:
    """The folder beside a build in which this process keeps its new or its old one."""
    return settings.build.with_name(f"{settings.build.name}.{age}-{os.getpid()}")


def remove(path: Path) -> None:
    """Away with a file or a folder, as far as it can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def sync(folder: Path) -> None:
    """Everything in a folder onto the disk, so that a power cut after the swap cannot leave empty files under good names."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
