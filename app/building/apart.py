"""A build in a process of its own: seconds of work that would otherwise keep those waiting who are being served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import app
from app.settings import Settings

PLACES = ("content", "pathways", "build", "static")
"""What a build has to know; nothing else of the settings leaves this process, secrets least of all."""

LONGEST = 600.0
"""Seconds after which a build that goes on is given up."""


def asked_apart(settings: Settings) -> str:
    """What the process says when it has made the build, or could not, as JSON. Raises OSError when it does not come to say anything."""
    folder = str(Path(app.__file__).resolve().parent.parent)
    names = [name for name in (folder, os.environ.get("PYTHONPATH")) if name]
    command = [sys.executable, "-P", "-m", "app.building", *(str(getattr(settings, place)) for place in PLACES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and paths from the settings
            command, env=_without_secrets() | {"PYTHONPATH": os.pathsep.join(names)}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, check=True, timeout=LONGEST,
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        raise OSError(f"The build in a process of its own has failed: {type(error).__name__}") from error
    return done.stdout.decode("utf-8")


def _without_secrets() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("WINDSCREEN_") and name != "DATABASE_URL"}
