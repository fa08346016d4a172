"""What is kept, in SQLite and in a real PostgreSQL of this machine."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.settings import Settings, settings
from app.state import Kept

IN_CI = os.environ.get("CI") == "true"
NONE_HERE = "no PostgreSQL here; on Debian or Ubuntu: sudo apt install postgresql"


class Cluster:
    """A private PostgreSQL in a temporary folder, on a Unix socket only; it refuses to be root, and is then the user postgres."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="windscreen-pg-"))
        self.as_user: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.as_user = ["runuser", "-u", "postgres", "--"]
        self.made = 0
        settled = "--username postgres --auth trust --no-sync --encoding UTF8 --locale C"
        self.run("initdb", "--pgdata", f"{self.folder}/data", *settled.split())
        self.start()

    def run(self, program: str, *words: str) -> None:
        command = [*self.as_user, str(self.programs / program), *words]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 0, f"{program}: {done.stderr}"

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=60"
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--wait", "--log", f"{self.folder}/log", "--options", options, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "--pgdata", f"{self.folder}/data", "--wait", "--mode", "immediate", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        self.made += 1
        self.run("createdb", "--host", str(self.folder), "--username", "postgres", f"state{self.made}")
        return f"postgresql://postgres@/state{self.made}?host={self.folder}"

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest if there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL, started once; without one its tests are skipped, but in CI they fail."""
    where = programs()
    if where is None:
        if IN_CI:
            pytest.fail(NONE_HERE)
        pytest.skip(NONE_HERE)
    made = Cluster(where)
    yield made
    made.remove()


@pytest.fixture
def sqlite(tmp_path: Path) -> Settings:
    """A deployment that keeps its state in a file."""
    return replace(settings(), state_folder=tmp_path / "state", database_url="")


@pytest.fixture
def postgresql(cluster: Cluster) -> Settings:
    """A deployment that keeps its state in an empty database of PostgreSQL."""
    return replace(settings(), database_url=cluster.new_database())


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Settings:
    """A deployment of each kind."""
    found: Settings = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def node(place: Settings) -> Iterator[Callable[[], Kept]]:
    """Makes nodes of one deployment: each has connections of its own, as on a machine of its own."""
    made: list[Kept] = []

    def another() -> Kept:
        made.append(Kept(place))
        return made[-1]

    yield another
    for each in made:
        each.close()
