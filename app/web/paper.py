"""The suite on paper: the menu of services, the thresholds, the stages of the pathway, each as one page to print, and their list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from app.levels import later_names
from app.model import Area, Directory, Need, Service
from app.web.not_here import NotHere, nearest_places
from app.web.pathways import area_or_404, lanes_of, left_out_of
from app.web.schemes import here
from app.web.state import Loaded, current

bp = Blueprint("paper", __name__)

Numbered = tuple[int, Service]
"""A service and its number in the menu: numbers hold on every printer, page numbers do not."""


@dataclass(frozen=True)
class Part:
    """One part of the suite of an area: the short name of its file, its title, what it is, and the page it is printed from."""

    id: str
    title: str
    about: str
    address: str


class PrintedMenu:
    """The services of one area, numbered through: those in use by name, then the older, proposed and ended ones."""

    def __init__(self, directory: Directory, area: Area) -> None:
        self.directory = directory
        self.area = area
        here_ = sorted((service for service in directory.services if service.area == area.id), key=lambda service: service.name.lower())
        running = [service for service in here_ if service.is_running]
        others = [service for service in here_ if not service.is_running]
        numbers = {service.id: number for number, service in enumerate([*running, *others], 1)}
        self.sections = [
            (name, title, [(numbers[service.id], service) for service in services])
            for name, title, services in (
                ("in-use", "In use at the date of the source", running),
                ("others", "Older, proposed or ended", others),
            )
            if services
        ]

    @property
    def services(self) -> list[Numbered]:
        """Every service with its number."""
        return [each for _, _, services in self.sections for each in services]

    @property
    def by_need(self) -> list[tuple[Need, list[Numbered]]]:
        """The needs that are the main purpose of a service here, each with those services, in the order of their labels."""
        found: dict[str, list[Numbered]] = {}
        for number, service in self.services:
            for name in service.needs.main if service.needs else ():
                found.setdefault(name, []).append((number, service))
        known = self.directory.need_by_id
        return [(known[name], found[name]) for name in sorted(found, key=lambda name: known[name].label.lower())]

    @property
    def for_any_need(self) -> list[Numbered]:
        """The services that take any need."""
        return [(number, service) for number, service in self.services if service.needs and service.needs.any_need]


def parts_of(loaded: Loaded, area: Area) -> list[Part]:
    """The parts of the suite that an area has: without a threshold scheme or a pathway there is none to print."""
    query = f"?{urlencode({'area': area.id})}"
    parts = []
    if any(service.area == area.id for service in loaded.directory.services):
        about = "Every profile that is recorded, numbered, with a list of them by name and by need."
        parts.append(Part("services", f"Menu of services in {area.name}", about, f"/services/print{query}"))
    scheme = loaded.directory.scheme_of(area.id)
    if scheme and scheme in loaded.levels.schemes:
        of_scheme = f"?{urlencode({'scheme': scheme.id, 'area': area.id})}"
        about = "Each level with how to get help, all its descriptors, and the services that work at it."
        parts.append(Part("thresholds", scheme.name, about, f"/levels/print{of_scheme}"))
        about = "All levels on one sheet of A3, for a wall."
        parts.append(Part("poster", f"{scheme.name}, on one poster", about, f"/levels/poster{of_scheme}"))
    if lanes_of(loaded, area.id):
        about = "Every stage in order: why one is there, who decides, and each step that leads on."
        parts.append(Part("stages", f"Stages of the pathway in {area.name}", about, f"/pathways/{area.id}/stages"))
        about = "The doors, assessments, panels and orders, and the ways between them, on one sheet of A4."
        parts.append(Part("map", f"Map of referral pathways in {area.name}", about, f"/pathways/{area.id}/print"))
    return parts


@bp.get("/print")
def suite() -> str:
    """What can be printed of one area, as one list."""
    loaded = current()
    area = asked_area(loaded, "/print")
    lacks = [] if any(part.id == "thresholds" for part in parts_of(loaded, area)) else [f"No threshold scheme is recorded for {area.name}."]
    if not lanes_of(loaded, area.id):
        lacks.append(f"No pathway is recorded for {area.name}.")
    return render_template("print.html", area=area, parts=parts_of(loaded, area), lacks=lacks, areas=loaded.directory.site.areas)


@bp.get("/services/print")
def menu() -> str:
    """All profiles of one area, with a list of contents."""
    loaded = current()
    return render_template("services_print.html", menu=PrintedMenu(loaded.directory, asked_area(loaded, "/services/print")))


@bp.get("/levels/print")
def thresholds() -> str:
    """A threshold scheme whole: every level with its descriptors."""
    place = here()
    told = [page for level in place.local.levels if (page := place.shown.page(level.number))]
    texts = [text for each in told for text in (each.level.meaning, each.level.how_to_get_help, each.level.lead, each.level.plan)]
    later = later_names(place.local.directory, place.area.id if place.area else "", texts)
    return render_template("levels_print.html", place=place, told=told, later=later)


@bp.get("/pathways/<area>/stages")
def stages(area: str) -> str:
    """Every stage of an area, with the steps that lead on from it."""
    loaded = current()
    place = area_or_404(loaded, area)
    lanes = lanes_of(loaded, area)
    told = {gateway.id: loaded.answering.stage(area, gateway.id) for lane in lanes for gateway in lane.gateways}
    return render_template("stages_print.html", area=place, lanes=lanes, told=told, left_out=left_out_of(loaded, area))


def asked_area(loaded: Loaded, path: str) -> Area:
    """The area in the address, else the default one. Raises NotHere for one that does not exist."""
    name = request.args.get("area", "").strip() or loaded.directory.site.default_area
    known = loaded.directory.area_by_id
    if name not in known:
        exist = [(f"{path}?{urlencode({'area': area.id})}", area.name) for area in known.values()]
        near = nearest_places(name, zip(known, exist, strict=True))
        raise NotHere("There is no such area here", "The address asks for an area that is not among these.", exist, near, 400)
    return known[name]
