"""The build: content into a database, an index, maps and a manifest, swapped in whole, and never served broken."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from app.building.apart import asked_apart
from app.building.folders import BuildProblem, alone, beside, check_replaceable, remove, swap, sync, tidy
from app.building.manifest import SCHEMA, Manifest, broken, content_digest, files_of, reason_to_build
from app.building.maps import Drawn, Maps, draw_maps
from app.building.views import View, read_views, write_views
from app.index import Index, IndexProblem, write_index
from app.loading import read_content
from app.model import Audience, Directory, seen_by, withholds
from app.problems import ContentError, Problem
from app.settings import Settings
from app.store import StoreProblem, read_store, write_store

__all__ = ["SCHEMA", "BuildProblem", "Built", "Opened", "broken", "build", "content_digest", "open_directory", "reason_to_build", "renew"]


@dataclass(frozen=True)
class Built:
    """A build that was made: its directory, the findings that did not stop it, and the digest of its content."""

    directory: Directory
    problems: tuple[Problem, ...]
    digest: str


@dataclass(frozen=True)
class Opened:
    """A build that is in use.

    `digest` is that of the content it was made from: what is served, which an earlier good build may be.
    `problems` are the findings of the build; when they hold errors, the content could not be built and the last good build is served.
    """

    directory: Directory
    index: Index
    digest: str
    problems: tuple[Problem, ...] = ()
    maps: Maps = field(default_factory=Maps)
    views: Mapping[Audience, View] = field(default_factory=dict)
    """The files of each audience from which something is withheld."""

    def seen_by(self, audience: Audience) -> Opened:
        """The same build as an audience sees it: all that can be asked of the result has been made from what that audience may see.

        Raises BuildProblem when the audience's own index or maps cannot be read.
        """
        directory = seen_by(self.directory, audience)
        if not withholds(self.directory, audience):
            return replace(self, directory=directory)
        if audience not in self.views:
            raise BuildProblem(f"The build holds no index for the audience {audience}: build again")
        view = self.views[audience]
        return replace(self, directory=directory, index=view.index, maps=view.maps, views={})

    @property
    def is_current(self) -> bool:
        """Whether this is what the content says now, not an earlier good build."""
        return all(problem.severity != "error" for problem in self.problems)


def build(settings: Settings) -> Built:
    """Read the content and write a new build, which takes the old one's place when it is whole.

    Raises ContentError with every problem when the content has an error, and BuildProblem when the folder cannot be written; the
    old build then stays as it was. A second build waits for the first.
    """
    with alone(settings):
        tidy(settings)
        return _make(settings)


def open_directory(settings: Settings, *, apart: bool = False) -> Opened:
    """The build that fits the content, made first if there is none, and loaded into memory.

    With `apart` it is made in a process of its own, so that those who are being served meanwhile keep this one to themselves.

    When the content has errors, or the folder cannot be written, the last good build with the problems beside it. Raises ContentError
    or BuildProblem when there is no good build either.
    """
    problems = (renew_apart(settings) if apart else renew(settings)) if reason_to_build(settings) else []
    try:
        return _load(settings, problems)
    except BuildProblem:  # whole, and yet not readable by this program: written by other code of the same version
        build(settings)
        return _load(settings, [])


def renew(settings: Settings) -> list[Problem]:
    """Make a new build if it is still needed; the problems that stopped it, if there is an older one to serve.

    Raises ContentError or BuildProblem when there is none.
    """
    try:
        with alone(settings):
            tidy(settings)
            if reason_to_build(settings):  # else another process has made it while this one waited
                _make(settings)
    except (ContentError, BuildProblem) as error:
        if broken(settings):
            raise
        return error.problems if isinstance(error, ContentError) else [Problem(settings.build.name, 1, 1, "", str(error))]
    return []


def renew_apart(settings: Settings) -> list[Problem]:
    """The same in a process of its own; in this one if that cannot be started, or dies."""
    try:
        told = json.loads(asked_apart(settings))
        problems = [Problem(**problem) for problem in told["problems"]]
    except (OSError, ValueError):
        return renew(settings)
    if told["end"] == "no content":
        raise ContentError(problems)
    if told["end"] == "no build":
        raise BuildProblem(told["words"])
    return problems


def _load(settings: Settings, problems: list[Problem]) -> Opened:
    """Read store, index and maps of one and the same build: a swap in the middle shows as another manifest, and reading starts again.

    Raises BuildProblem when they cannot be read.
    """
    for attempt in range(5):
        try:
            before = settings.manifest.read_bytes()
            manifest = Manifest.model_validate_json(before)
            directory, index = read_store(settings.database), Index(settings.index)
            maps = Maps.model_validate_json(settings.maps.read_bytes())
            views = read_views(directory, settings)
            if settings.manifest.read_bytes() == before:
                return Opened(directory, index, manifest.content, tuple(problems or manifest.findings), maps, views)
            reason = "it changes all the time"
        except (OSError, ValidationError, StoreProblem, IndexProblem) as error:
            reason = str(error)
        time.sleep(0.02 * attempt)
    raise BuildProblem(f"The build in {settings.build} cannot be read: {reason}")


def _read_whole(settings: Settings) -> tuple[str, Directory | None, list[Problem]]:
    """The digest of the content, and what was read: again, when the content has changed meanwhile, so that no build mixes two versions.

    Content that never stops changing is taken as it is; its digest comes first, so that it differs, and the next look builds again.
    """
    for _ in range(5):
        digest = content_digest(settings)
        found = read_content(settings)
        if content_digest(settings) == digest:
            break
    return digest, *found


def _make(settings: Settings) -> Built:
    """Read, write aside, swap in. Only under the lock."""
    digest, directory, problems = _read_whole(settings)
    if directory is None:
        raise ContentError(problems)
    fresh = replace(settings, build=beside(settings, "new"))
    try:
        check_replaceable(settings.build)
        fresh.build.mkdir(mode=0o755)
        write_store(directory, fresh.database)
        write_index(directory, fresh.index)
        drawn: Drawn = {}
        fresh.maps.write_text(draw_maps(directory, drawn).model_dump_json() + "\n", encoding="utf-8")
        write_views(directory, fresh, drawn)
        manifest = Manifest(content=digest, files=files_of(fresh), findings=problems)
        fresh.manifest.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
        sync(fresh.build)
        swap(fresh.build, settings)
    except (OSError, StoreProblem) as error:
        remove(fresh.build)
        raise BuildProblem(f"The build in {settings.build} cannot be written: {error}") from error
    return Built(directory, tuple(problems), digest)
