"""The levels of need with their descriptors, and the themes that run through them."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from app.model import Area, Descriptor, Domain, Level, Scheme, Service
from app.web.ask import themes_of
from app.web.state import current
from app.web.twins import as_json, descriptor_line_json
from app.web.words import need_options

bp = Blueprint("levels", __name__)

ByHeading = list[tuple[str, list[Descriptor]]]


@bp.get("/levels")
def levels() -> str:
    """The levels of every scheme, each with its meaning."""
    return render_template("levels.html", schemes=current().directory.schemes)


@bp.get("/levels/<number>")
def level(number: str) -> str:
    """One level: what it means, how to get help, and its descriptors by domain and heading."""
    scheme, found = _level(number)
    return render_template(
        "level.html", scheme=scheme, level=found, domains=_by_domain(scheme, found),
        below=scheme.level(found.number - 1), above=scheme.level(found.number + 1),
    )  # fmt: skip


def _level(number: str) -> tuple[Scheme, Level]:
    """The level with this number in the scheme of the default area, else in the first scheme that has it."""
    directory = current().directory
    first = directory.scheme_of(directory.site.default_area)
    for scheme in [*([first] if first else []), *directory.schemes]:
        for level in scheme.levels:
            if str(level.number) == number:
                return scheme, level
    abort(404)


def _by_domain(scheme: Scheme, level: Level) -> list[tuple[Domain, ByHeading]]:
    here = [item for item in current().directory.descriptors if item.scheme == scheme.id and item.level == level.number]
    domains = []
    for domain in scheme.domains:
        headings: dict[str, list[Descriptor]] = {}
        for item in here:
            if item.domain == domain.id:
                headings.setdefault(item.heading, []).append(item)
        if headings:
            domains.append((domain, list(headings.items())))
    return domains


@bp.get("/themes")
def themes() -> str:
    """Every need, by theme."""
    needs = current().directory.vocabulary.needs
    return render_template("themes.html", themes=need_options(needs), order=[theme for theme, _ in themes_of(current().directory)])


@bp.get("/themes/<name>")
def theme(name: str) -> str:
    """One need: what the thresholds say of it at each level, and the services for it."""
    loaded = current()
    need = loaded.directory.need_by_id.get(name) or abort(404)
    return render_template(
        "theme.html", theme=need, levels=_by_level(loaded.descriptors_by_need.get(name, [])),
        areas=_by_area(loaded.services_by_need.get(name, []), loaded.directory.site.areas),
        factors=[factor for factor in loaded.directory.factors if factor.code in need.factors],
        kinds=[other for other in loaded.directory.vocabulary.needs if other.broader == name],
    )  # fmt: skip


def _by_level(descriptors: list[Descriptor]) -> list[tuple[Scheme, Level, list[Descriptor]]]:
    directory = current().directory
    return [
        (scheme, level, [item for item in descriptors if item.scheme == scheme.id and item.level == level.number])
        for scheme in directory.schemes
        for level in scheme.levels
    ]


def _by_area(services: list[tuple[Service, bool]], areas: tuple[Area, ...]) -> list[tuple[Area, list[Service], list[Service]]]:
    """(area, services whose main purpose it is, services that also help with it), areas without any left out."""
    rows = []
    for area in areas:
        main = [service for service, is_main in services if is_main and service.area == area.id]
        also = [service for service, is_main in services if not is_main and service.area == area.id]
        if main or also:
            rows.append((area, main, also))
    return rows


@bp.get("/descriptors.json")
def descriptors_json() -> Response:
    """Every descriptor with the needs it speaks of."""
    return as_json({"descriptors": [descriptor_line_json(descriptor) for descriptor in current().directory.descriptors]})
