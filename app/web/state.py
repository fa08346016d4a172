"""What is being served: one opened content, swapped as a whole when the files change."""

from __future__ import annotations

import logging
import math
import re
import threading
import time
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar

from flask import Flask, g
from markupsafe import Markup

from app.answering import Answering
from app.building import BuildProblem, Opened, open_directory
from app.building.maps import Maps
from app.freshness import Mark, Review, Upkeep, mark_of, service_reviews, upkeep_of
from app.gaps import Ground, Query, single_points
from app.graph import Hop, graph_of
from app.journeys import Finding, ToldStep, findings, tell_step
from app.levels import Levels, mark_svg
from app.model import RECIPIENT_WORDS, STATUS_WORDS, Audience, Descriptor, Directory, Example, Gateway, Programme, Service
from app.model.fit import makes_room_for
from app.problems import ContentError, Problem
from app.settings import Settings
from app.theme import Theme, read_theme
from app.web.markup import drawing, options
from app.web.suggesting import suggestions
from app.web.words import need_options

LOOK_EVERY = 2.0
"""Seconds between two looks at the content's files."""

TRY_AGAIN_EVERY = 30.0
"""Seconds until content is opened again that could not be for a reason outside it, such as a full disk."""

log = logging.getLogger("windscreen.state")

Made = TypeVar("Made")


class Loaded:
    """One opened content with the lookups that pages need; never changed, safe to share between threads."""

    def __init__(self, opened: Opened) -> None:
        self.answering = Answering(opened)
        self.directory: Directory = opened.directory
        self.digest: str = opened.digest
        self.problems: tuple[Problem, ...] = tuple(opened.problems)
        self.maps: Maps = opened.maps
        self._steps: dict[str, tuple[ToldStep, ...]] = {}
        self._findings: dict[str, tuple[Finding, ...]] = {}
        self._upkeep: Upkeep | None = None
        self._daily: tuple[date, dict[tuple[object, ...], Any]] = (date.min, {})
        self.answering.content_words  # noqa: B018 - worked out now, so that no reader waits for it
        self.suggestions  # noqa: B018 - the same

    @cached_property
    def levels(self) -> Levels:
        """The threshold schemes, ready to be shown."""
        return Levels(self.directory, self.answering.matcher.facets)

    def upkeep(self, today: date) -> Upkeep:
        """What is due to be checked again on a day; worked out once a day."""
        found = self._upkeep
        if found is None or found.today != today:
            found = self._upkeep = upkeep_of(self.directory, today)
        return found

    def once_a_day(self, today: date, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` gives, made once on a day for each key: of a service, much is the same whatever was asked."""
        day, known = self._daily
        if day != today:
            known = {}
            self._daily = today, known
        if key not in known:
            known[key] = make()
        made: Made = known[key]
        return made

    def reviews(self, service: Service, today: date) -> tuple[tuple[Review, ...], Mark]:
        """How the fields of a profile stand on a day, and what a page says of all of them."""

        def review() -> tuple[tuple[Review, ...], Mark]:
            found = service_reviews(service, self.directory.site.review, today)
            return found, mark_of(found)

        return self.once_a_day(today, ("reviews", service.id), review)

    @cached_property
    def ground(self) -> Ground:
        """What the commissioners' questions stand on."""
        return Ground(self.directory, self.answering.matcher.facets)

    @cached_property
    def id_words(self) -> frozenset[str]:
        """The words of which the ids of the content, and the names of our own parameters, are made."""
        directory = self.directory
        ids = [*directory.need_by_id, *directory.process_by_id, *directory.area_by_id, *directory.service_by_id, *directory.scheme_by_id]
        ids += [*directory.programme_by_id, *(gateway.id for gateway in directory.gateways), *RECIPIENT_WORDS, *STATUS_WORDS]
        ids += [descriptor.id for descriptor in directory.descriptors]
        ids += "area level age need status recipient received_by gateway scheme word service programme process fact".split()
        return frozenset(word for name in ids for word in re.findall(r"[^\W_]+", name.lower()))

    @cached_property
    def mark(self) -> Markup:
        """The mark of the product: the windscreen, with as many segments as the default scheme has levels."""
        default = self.levels.default
        return drawing(mark_svg(len(default.levels) if default else 4))

    @cached_property
    def need_options(self) -> Markup:
        """The needs as the options of a select."""
        return options(need_options(self.directory.vocabulary.needs))

    @cached_property
    def suggestions(self) -> str:
        """What the box may suggest, as the file that browsers fetch."""
        return suggestions(self.directory)

    @cached_property
    def services_by_need(self) -> dict[str, list[tuple[Service, bool]]]:
        """The services for each need, and whether it is a main purpose."""
        found: dict[str, list[tuple[Service, bool]]] = {}
        for service in sorted(self.directory.services, key=lambda service: service.name.lower()):
            if service.needs:
                for need in service.needs.main:
                    found.setdefault(need, []).append((service, True))
                for need in dict.fromkeys([*service.needs.also, *makes_room_for(service)]):
                    found.setdefault(need, []).append((service, False))
        return found

    @cached_property
    def descriptors_by_need(self) -> dict[str, list[Descriptor]]:
        """The descriptors that speak of each need, in their order."""
        found: dict[str, list[Descriptor]] = {}
        for descriptor in self.directory.descriptors:
            for need in descriptor.needs:
                found.setdefault(need, []).append(descriptor)
        return found

    @cached_property
    def services_by_gateway(self) -> dict[tuple[str, str], list[Service]]:
        """The services that name a gateway as a way in, by (area, gateway)."""
        found: dict[tuple[str, str], list[Service]] = {}
        for service in sorted(self.directory.services, key=lambda service: service.name.lower()):
            for gateway in dict.fromkeys(route.gateway for route in service.reached_by):
                found.setdefault((service.area, gateway), []).append(service)
        return found

    @cached_property
    def services_by_programme(self) -> dict[str, list[Service]]:
        """The services that use each programme."""
        found: dict[str, list[Service]] = {}
        for service in self.directory.services:
            for programme in service.programmes:
                found.setdefault(programme, []).append(service)
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Every page that stands for one thing: its address, and the name it goes by."""
        directory = self.directory
        named: list[tuple[str, Programme | Example | Service]] = [
            *((f"/services/{service.id}", service) for service in directory.services),
            *((f"/programmes/{programme.id}", programme) for programme in directory.programmes),
            *((f"/examples/{example.id}", example) for example in directory.examples),
        ]
        found = {address: record.name for address, record in named}
        found |= {f"/pathways/{gateway.area}/{gateway.id}": gateway.name for gateway in directory.gateways}
        found |= {f"/themes/{need.id}": need.label for need in directory.vocabulary.needs}
        levels = self.levels.default.levels if self.levels.default else ()
        found |= {f"/levels/{level.number}": f"Level {level.number}: {level.name}" for level in levels}
        return found

    def warm(self) -> None:
        """Load the engine of graphs and make the bit sets of the commissioners, for which the first reader would have to wait."""
        single_points(self.ground, Query(self.directory.site.default_area))

    def steps_of(self, area: str) -> tuple[ToldStep, ...]:
        """Every step of an area's pathway, ways into services among them, in the order of the content."""
        if area not in self._steps:
            graph = graph_of(self.directory, area)
            told = (tell_step(number, Hop(edge), graph, self.directory) for number, edge in enumerate(graph.edges, 1))
            self._steps[area] = tuple(told)
        return self._steps[area]

    def findings_of(self, area: str) -> tuple[Finding, ...]:
        """What a commissioner should know of an area's pathway; worked out when it is first asked for."""
        if area not in self._findings:
            self._findings[area] = findings(self.directory, area)
        return self._findings[area]

    def gateways_of(self, area: str) -> list[Gateway]:
        """The gateways of an area, in the order of its file."""
        return [gateway for gateway in self.directory.gateways if gateway.area == area]


class Version:
    """One opened content as each audience sees it, each view made when it is first asked for; safe to share between threads."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self.problems: tuple[Problem, ...] = tuple(opened.problems)
        """Everything that is wrong, whoever may read it."""
        self._views: dict[Audience, Loaded] = {}
        self._making = threading.Lock()

    def seen_by(self, audience: Audience) -> Loaded:
        """What an audience is served from. Raises BuildProblem when its index or maps cannot be read."""
        if audience not in self._views:
            with self._making:
                if audience not in self._views:
                    view = Loaded(self._opened.seen_by(audience))
                    view.problems = told_to(audience, self.problems)
                    self._views[audience] = view
        return self._views[audience]

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong with content that came after this one and could not be served."""
        with self._making:
            self.problems = problems
            for audience, view in self._views.items():
                view.problems = told_to(audience, problems)


def told_to(audience: Audience, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems as an audience may read them: their words may name what is hidden from the public, so it is told their number."""
    if audience != "public":
        return problems
    errors = sum(problem.severity == "error" for problem in problems)
    words = f"{errors} mistake{'s' if errors != 1 else ''}, so that an earlier version is shown; staff see which"
    return (Problem("content", 1, 1, "", words),) if errors else ()


class State:
    """Holds what is loaded, looks at the files now and then, and swaps when they have changed.

    A rebuild runs beside the requests: none waits for it, and each sees one version from its beginning to its end.
    """

    def __init__(self, settings: Settings, opened: Opened | None = None, open_: Callable[[Settings], Opened] | None = None) -> None:
        self.settings = settings
        self._open = open_ or partial(open_directory, apart=True)
        self._seen = fingerprint(settings)
        self.theme = usable_theme(settings)
        self.version = Version(opened or (open_ or open_directory)(settings))
        self.version.seen_by(settings.audience)  # made now, so that no reader waits for it
        self._next_look = time.monotonic() + LOOK_EVERY
        self._busy = threading.Lock()
        self._try_again = self._next_try()

    def init_app(self, app: Flask) -> None:
        """Give every request the version that is loaded when it begins."""
        app.extensions["windscreen"] = self

        @app.before_request
        def one_version_a_request() -> None:
            self.look()
            g.version = self.version
            g.loaded = g.version.seen_by(g.audience)

    @property
    def loaded(self) -> Loaded:
        """What a visitor without any claim is served from."""
        return self.version.seen_by(self.settings.audience)

    def look(self) -> None:
        """Look at the files beside the request, if the last look is long enough ago."""
        if time.monotonic() >= self._next_look and self._busy.acquire(blocking=False):
            self._next_look = time.monotonic() + LOOK_EVERY
            threading.Thread(target=self._refresh_and_release, name="windscreen-content", daemon=True).start()

    def _refresh_and_release(self) -> None:
        try:
            self.refresh()
        finally:
            self._next_look = time.monotonic() + LOOK_EVERY
            self._busy.release()

    def refresh(self) -> bool:
        """Open the content again if its files have changed; what is served stays if the new content cannot be."""
        seen = fingerprint(self.settings)
        if seen == self._seen and time.monotonic() < self._try_again:
            return False
        try:
            theme = usable_theme(self.settings)
            fresh = Version(self._open(self.settings))
            fresh.seen_by(self.settings.audience)
            self.version, self.theme = fresh, theme
        except ContentError as error:
            self.version.tell(tuple(error.problems))
        except BuildProblem as error:
            self.version.tell((Problem("build", 1, 1, "", str(error)),))
        except Exception as error:  # whatever it is, readers must keep what they have
            log.error("The changed content could not be opened (%s); the last good version is served", type(error).__name__)
            self.version.tell((Problem("content", 1, 1, "", f"could not be opened: {type(error).__name__}"),))
        self._seen, self._try_again = seen, self._next_try()
        return True

    def _next_try(self) -> float:
        """When to open unchanged content again: never, unless something outside it stood in the way."""
        outside = any(problem.severity == "error" and problem.path in self._outside for problem in self.version.problems)
        return time.monotonic() + TRY_AGAIN_EVERY if outside else math.inf

    @property
    def _outside(self) -> tuple[str, ...]:
        """Where problems stand that are not of the content's files."""
        return self.settings.build.name, "build", "content"


def usable_theme(settings: Settings) -> Theme:
    """The colours and the logo of the deployment. Raises ContentError when they cannot be used."""
    theme, problems = read_theme(settings)
    if problems:
        raise ContentError(problems)
    return theme


def fingerprint(settings: Settings) -> int:
    """Changes when a file of the content is written, added, renamed or removed."""
    files = [settings.pathways, *settings.content.rglob("*"), *settings.theme.glob("*")]
    seen = []
    for file in files:
        try:
            stat = file.stat()
        except OSError:
            continue
        # A copy may keep the date of writing (mtime); that of the last change of the file's entry (ctime) nobody can set.
        seen.append((str(file), stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size))
    return hash(tuple(sorted(seen)))


def current() -> Loaded:
    """What this request is served from."""
    loaded: Loaded = g.loaded
    return loaded


def as_public() -> Loaded:
    """The same version as the public is told of it: what staff may print and hand to a family. Raises BuildProblem."""
    version: Version = g.version
    return version.seen_by("public")
