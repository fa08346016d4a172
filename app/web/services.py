"""The menu of services, and the profile of each."""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request

from app.model import Gateway, Service
from app.web.journey import choices_of
from app.web.menu import Menu
from app.web.paging import PART, page_asked, part_of
from app.web.schemes import descriptors_answered
from app.web.state import current
from app.web.twins import address_problems_json, as_json, service_json, service_line_json

bp = Blueprint("services", __name__)


KEPT = "shortlist"
"""The part of a menu's address that keeps a shortlist while one chooses more for it."""


def _menu(values: dict[str, list[str]]) -> Menu:
    """The menu that the parts of an address ask for. What it keeps for a shortlist is judged when the list is shown."""
    kept = [name for name in dict.fromkeys(values.pop(KEPT, [])) if name in current().directory.service_by_id]
    return Menu(current().answering.matcher, values, kept)


@bp.get("/services")
def services() -> Response:
    """The services that fit the filters in the address, area by area; a long list in pages."""
    values = request.args.to_dict(flat=False)
    blank = any(not value.strip() for several in values.values() for value in several)
    asked = values.pop(PART, [])
    menu = _menu(values)
    if blank and not menu.problems:
        return make_response(redirect(menu.address(menu.chosen), code=303))
    lists = menu.areas()
    total = sum(section.count for each in lists for section in each.sections)
    paging, problems = page_asked(asked, total, lambda number: menu.address(menu.chosen) + (f"&{PART}={number}" if number > 1 else ""))
    menu.problems += problems
    html = render_template(
        "services.html", menu=menu, areas=part_of(lists, paging), paging=paging, twin=menu.address(menu.chosen, "/services.json")
    )
    return make_response(html, 400 if menu.problems else 200)


@bp.get("/services.json")
def services_json() -> Response:
    """The same list for other programs, whole."""
    menu = _menu(request.args.to_dict(flat=False))
    data = {
        "filters": menu.chosen,
        "count": menu.count,
        "areas": [
            {
                "id": each.area.id,
                "name": each.area.name,
                "as_at": each.area.as_at,
                "services": [service_line_json(service) for section in each.sections if section.sure for service in section.services],
                "may_fit": [service_line_json(service) for section in each.sections if not section.sure for service in section.services],
            }
            for each in menu.areas()
        ],
        "problems": address_problems_json(menu.problems),
    }
    return as_json(data, 400 if menu.problems else 200)


@bp.get("/services/<area>/<slug>")
def profile(area: str, slug: str) -> str:
    """One service: can I refer, how to reach it, what it does, and what is not known."""
    service = _service(area, slug)
    loaded = current()
    scheme = loaded.directory.scheme_of(area)
    page = "profile_public.html" if loaded.directory.audience == "public" else "profile.html"
    return render_template(
        page, service=service, area=loaded.directory.area_by_id[service.area],
        levels=[level for number in service.levels if scheme and (level := scheme.level(number))],
        usual=_usual_ways(service), factors=_factors(service), answers=descriptors_answered(service), choices=choices_of(loaded, area),
    )  # fmt: skip


@bp.get("/services/<area>/<slug>.json")
def profile_json(area: str, slug: str) -> Response:
    """One service for other programs, whole."""
    return as_json(service_json(_service(area, slug)))


def _service(area: str, slug: str) -> Service:
    service = current().directory.service_by_id.get(f"{area}/{slug}")
    return service if service else abort(404)


def _usual_ways(service: Service) -> list[Gateway]:
    """The gateways of the area that are the usual way in at a level of the service."""
    return [gateway for gateway in current().gateways_of(service.area) if set(gateway.way_in_at) & set(service.levels)]


def _factors(service: Service) -> list[tuple[str, str]]:
    """The assessment factors that the main needs answer to: (code, label)."""
    directory = current().directory
    wanted = {code for need in (service.needs.main if service.needs else ()) for code in directory.need_by_id[need].factors}
    return [(factor.code, factor.label) for factor in directory.factors if factor.code in wanted]
