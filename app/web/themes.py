"""The themes that run through the levels: the list, the ladder of each, and each descriptor."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from app.levels import ladder, later_names, themes_table, told_descriptor
from app.model import Area, Need, Service
from app.web.marks import with_freshness
from app.web.schemes import descriptor_at, here, theme_at
from app.web.state import current
from app.web.twins import as_csv, as_json

bp = Blueprint("themes", __name__)


@bp.get("/themes")
def themes() -> str:
    """Every theme, with the number of its descriptors at each level."""
    place = here(without_levels=True)
    return render_template("themes.html", place=place, themes=place.shown.themes)


@bp.get("/themes.json")
def themes_json() -> Response:
    """The list for other programs."""
    place = here(without_levels=True)
    return as_json({"scheme": place.scheme.id, **place.shown.themes.to_json()})


@bp.get("/themes.csv")
def themes_csv() -> Response:
    """The list as a table."""
    place = here(without_levels=True)
    return as_csv(themes_table(place.shown.themes), f"{place.scheme.id or 'no-scheme'}-themes")


@bp.get("/themes/<name>")
def theme(name: str) -> str:
    """One theme through all levels, and the services for it."""
    place = here(without_levels=True)
    need = theme_at(place, name)
    made = ladder(place.local, need)
    loaded = current()
    area = place.area.id if place.area else ""
    return render_template(
        "theme.html", place=place, theme=need, ladder=made,
        areas=_by_area(loaded.services_by_need.get(name, []), loaded.directory.site.areas),
        factors=[factor for factor in loaded.directory.factors if factor.code in need.factors],
        wider=_wider(need),
        later=later_names(loaded.directory, area, [one.text for rung in made.rungs for one in rung.descriptors]),
    )  # fmt: skip


@bp.get("/themes/<name>.json")
def theme_json(name: str) -> Response:
    """One theme through all levels for other programs."""
    place = here(without_levels=True)
    return as_json(with_freshness(ladder(place.local, theme_at(place, name)).to_json()))


def _wider(need: Need) -> Need | None:
    return current().directory.need_by_id.get(need.broader or "")


def _by_area(services: list[tuple[Service, bool]], areas: tuple[Area, ...]) -> list[tuple[Area, list[Service], list[Service]]]:
    """(area, services whose main purpose it is, services that also help with it), areas without any left out."""
    rows = []
    for area in areas:
        main = [service for service, is_main in services if is_main and service.area == area.id]
        also = [service for service, is_main in services if not is_main and service.area == area.id]
        if main or also:
            rows.append((area, main, also))
    return rows


@bp.get("/descriptors/<name>")
def descriptor(name: str) -> str:
    """One descriptor: the same concern at other levels, and what answers it at its own."""
    place = here()
    return render_template("descriptor.html", place=place, told=told_descriptor(place.local, descriptor_at(place, name)))


@bp.get("/descriptors/<name>.json")
def descriptor_json(name: str) -> Response:
    """One descriptor for other programs."""
    place = here()
    return as_json(with_freshness(told_descriptor(place.local, descriptor_at(place, name)).to_json()))
