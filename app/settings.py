"""Where things lie, and the few limits that are the same everywhere."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from app.access import Access, AccessProblem, Audience, access, audience_named

MAX_QUESTION = 1000
"""The longest question read, in characters; a longer one is refused with a sentence."""

MAX_SEARCH = 200
"""The longest text handed to the full-text engine, in characters: longer ones can hold a processor for seconds."""

MAX_TERMS = 12
"""The most words handed to the full-text engine."""

SHORTEST_SECRET = 32
"""Characters that a secret from the environment must have at least."""

MOST_REPORTS = 1_000_000
"""The highest limit of reports an hour that may be set."""


HOST_NAME = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
"""The name of a host; with a dot before it, all names below it too."""

LOOPBACK = ("localhost", "127.0.0.1")
"""The names by which a machine calls itself; always among the hosts that are answered."""


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
    state_folder: Path | None = None
    database_url: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    reports_an_hour: int = 20
    counts_unmet: bool = False
    audience: Audience = "practitioner"
    hosts: tuple[str, ...] = LOOPBACK
    access_log: bool = False
    metrics: bool = False
    access: Access = field(default_factory=Access)

    @property
    def state(self) -> Path:
        """The folder of what is kept beside the content; never inside the build, which is made anew."""
        return self.state_folder or self.content.parent / "state"

    @property
    def theme(self) -> Path:
        """The folder of the colours and the logo of a council, beside the content; it need not be there."""
        return self.content.parent / "theme"

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
    `WINDSCREEN_HOST` and `WINDSCREEN_PORT` change the build folder and the address served.

    `WINDSCREEN_STATE` names the folder of reports and counts, or `DATABASE_URL` a PostgreSQL database in its place;
    `WINDSCREEN_SECRET` the key that signs forms; `WINDSCREEN_REPORTS_AN_HOUR` how many reports one address may send;
    `WINDSCREEN_AUDIENCE` is what a visitor without any claim sees; without it `practitioner` on a machine that is asked by its own names
    alone, and `public` as soon as `WINDSCREEN_HOSTS` gives it a name for others.
    `WINDSCREEN_UNMET` is `on` where unmet questions are to be counted.

    `WINDSCREEN_HOSTS` are the names, separated by commas, under which the site is asked for; requests for other names are refused.
    It must be given where `WINDSCREEN_HOST` is not this machine alone. `WINDSCREEN_ACCESS_LOG` and `WINDSCREEN_METRICS` are `on` or
    `off` (the default). Who sees what is in `app/access.py`. Raises SettingsError for a value that cannot be used.
    """
    named = root or os.environ.get("WINDSCREEN_ROOT") or Path(__file__).resolve().parent.parent
    top = Path(named).resolve()
    if not top.is_dir():
        raise SettingsError(f"'{named}' is not a folder; WINDSCREEN_ROOT must name the folder that holds content/ and pathways.yaml")
    host = os.environ.get("WINDSCREEN_HOST", "127.0.0.1")
    named_state = os.environ.get("WINDSCREEN_STATE")
    port = os.environ.get("WINDSCREEN_PORT", "8000")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SettingsError(f"WINDSCREEN_PORT is '{port}'; it must be a number from 0 to 65535")
    hosts = _hosts(host)
    return Settings(
        content=top / "content",
        pathways=top / "pathways.yaml",
        build=Path(os.environ.get("WINDSCREEN_BUILD", top / "build")),
        static=Path(__file__).resolve().parent.parent / "static",
        host=host,
        port=int(port),
        state_folder=Path(named_state).resolve() if named_state else None,
        database_url=os.environ.get("DATABASE_URL", ""),
        secret=_secret(),
        access=_access(hosts),
        reports_an_hour=_reports_an_hour(),
        counts_unmet=_is_on("WINDSCREEN_UNMET"),
        audience=_audience("practitioner" if hosts == LOOPBACK else "public"),
        hosts=hosts,
        access_log=_is_on("WINDSCREEN_ACCESS_LOG"),
        metrics=_is_on("WINDSCREEN_METRICS"),
    )


def _hosts(host: str) -> tuple[str, ...]:
    """The names that the site answers to."""
    named = [name.strip() for name in os.environ.get("WINDSCREEN_HOSTS", "").split(",") if name.strip()]
    for name in named:
        if not HOST_NAME.fullmatch(name):
            raise SettingsError(f"WINDSCREEN_HOSTS holds '{name[:60]}'; write names such as help.example.org, separated by commas, no port")
    if not named and host not in (*LOOPBACK, "::1"):
        raise SettingsError(
            f"WINDSCREEN_HOST is '{host[:60]}', which others can reach; then WINDSCREEN_HOSTS must name what the site is called, "
            "such as help.example.org"
        )
    return (*LOOPBACK, *named)


def _secret() -> str:
    """A secret from the environment, or "" for a key that is kept with the state."""
    secret = os.environ.get("WINDSCREEN_SECRET", "")
    if secret and len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"WINDSCREEN_SECRET has {len(secret)} characters; it must be random and have at least {SHORTEST_SECRET}")
    return secret


def _access(hosts: tuple[str, ...]) -> Access:
    try:
        found = access(_secret())
    except AccessProblem as problem:
        raise SettingsError(str(problem)) from None
    host = urlsplit(found.provider.address).hostname or "" if found.provider else ""
    if host and not any(f".{host}".endswith(name.lower()) if name.startswith(".") else host == name.lower() for name in hosts):
        raise SettingsError(
            f"WINDSCREEN_ADDRESS is on the host '{host[:60]}', which is not among WINDSCREEN_HOSTS: whoever signs in could not come back"
        )
    return found


def _reports_an_hour() -> int:
    given = os.environ.get("WINDSCREEN_REPORTS_AN_HOUR", "20")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= MOST_REPORTS:
        raise SettingsError(f"WINDSCREEN_REPORTS_AN_HOUR is '{given[:20]}'; it must be a number from 1 to {MOST_REPORTS:,}")
    return int(given)


def _audience(usual: Audience) -> Audience:
    try:
        return audience_named("WINDSCREEN_AUDIENCE", os.environ.get("WINDSCREEN_AUDIENCE", usual))
    except AccessProblem as problem:
        raise SettingsError(str(problem)) from None


def _is_on(name: str) -> bool:
    given = os.environ.get(name, "off")
    if given not in ("on", "off"):
        raise SettingsError(f"{name} is '{given[:20]}'; it must be 'on' or 'off'")
    return given == "on"
