"""Where things lie, and the few limits that are the same everywhere."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MAX_QUESTION = 1000
"""The longest question read, in characters; a longer one is refused with a sentence."""

MAX_SEARCH = 200
"""The longest text handed to the full-text engine, in characters: longer ones can hold a processor for seconds."""

MAX_TERMS = 12
"""The most words handed to the full-text engine."""


class SettingsError(Exception):
    """A setting is wrong; the message says which, and what it may be."""


@dataclass(frozen=True)
class Settings:
    """The folders and the address of one deployment."""

    content: Path
    pathways: Path
    build: Path
    static: Path
    host: str = "127.0.0.1"
    port: int = 8000

    @property
    def database(self) -> Path:
        """The SQLite file that a build makes."""
        return self.build / "directory.db"

    @property
    def index(self) -> Path:
        """The folder of the full-text index that a build makes."""
        return self.build / "index"

    @property
    def maps(self) -> Path:
        """The file with the drawn maps that a build makes."""
        return self.build / "maps.json"

    @property
    def manifest(self) -> Path:
        """The file that says what a build is made of."""
        return self.build / "manifest.json"


def settings(root: Path | None = None) -> Settings:
    """The settings for a folder that holds `content/` and `pathways.yaml`.

    `WINDSCREEN_ROOT` names that folder when none is given (without it, the folder of the program); `WINDSCREEN_BUILD`,
    `WINDSCREEN_HOST` and `WINDSCREEN_PORT` change the build folder and the address served. Raises SettingsError for a
    root that is not a folder and for a port that is not a number from 0 to 65535.
    """
    named = root or os.environ.get("WINDSCREEN_ROOT") or Path(__file__).resolve().parent.parent
    top = Path(named).resolve()
    if not top.is_dir():
        raise SettingsError(f"'{named}' is not a folder; WINDSCREEN_ROOT must name the folder that holds content/ and pathways.yaml")
    port = os.environ.get("WINDSCREEN_PORT", "8000")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SettingsError(f"WINDSCREEN_PORT is '{port}'; it must be a number from 0 to 65535")
    return Settings(
        content=top / "content",
        pathways=top / "pathways.yaml",
        build=Path(os.environ.get("WINDSCREEN_BUILD", top / "build")),
        static=Path(__file__).resolve().parent.parent / "static",
        host=os.environ.get("WINDSCREEN_HOST", "127.0.0.1"),
        port=int(port),
    )
