"""The shortlist: services set beside each other. It lives in the address alone, so that it needs no account and no cookie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from app.gaps.tables import Table, to_csv
from app.model import Area, Directory, Service
from app.problems import nearest
from app.question import AddressProblem
from app.web.clock import today
from app.web.family import FamilySheet
from app.web.side_by_side import SideBySide
from app.web.state import as_public, current
from app.web.twins import address_problems_json, as_json, service_line_json
from app.web.words import shown

bp = Blueprint("shortlist", __name__)

MOST = 6
"""The most services on one list: more columns than that cannot be read beside each other."""

MOST_TOLD = 5
"""How many values that name no service are told one by one: looking for what each was meant to be takes time."""

MOST_OFFERED = 200
"""The most services offered for adding; where there are more, the menu with its filters is the way."""


@dataclass(frozen=True)
class Chosen:
    """One service of the list, and the address of the list without it."""

    service: Service
    without: str


class Shortlist:
    """The services that an address names, each once, and what in it cannot be used."""

    def __init__(self, directory: Directory, named: Sequence[str], others: Iterable[str] = ()) -> None:
        self.directory = directory
        self.problems = [AddressProblem(shown(name), "", "is not a part of a shortlist; its only part is service") for name in others]
        self.services = tuple(self._known(list(dict.fromkeys(name.strip() for name in named if name.strip()))))

    def _known(self, named: list[str]) -> list[Service]:
        known = self.directory.service_by_id
        unknown = [name for name in named if name not in known]
        for name in unknown[:MOST_TOLD]:
            guess = nearest(name, known, most=0) or "; write area/name, as in the address of its page"
            self.problems.append(AddressProblem("service", shown(name), f"is not a service here{guess}"))
        if len(unknown) > MOST_TOLD:
            more = len(unknown) - MOST_TOLD
            self.problems.append(AddressProblem("service", "", f"names: {more} more {'is' if more == 1 else 'are'} not known here"))
        found = [known[name] for name in named if name in known]
        if len(found) > MOST:
            words = f"names {len(found)} services; at most {MOST} can be set side by side, so the first {MOST} are shown"
            self.problems.append(AddressProblem("shortlist", "", words))
        return found[:MOST]

    @property
    def ids(self) -> list[str]:
        """The ids of the services, in the order in which they were chosen."""
        return [service.id for service in self.services]

    def address(self, path: str = "/shortlist", *, without: str = "") -> str:
        """The address of this list, or of the list without one service."""
        return address_of([name for name in self.ids if name != without], path)

    @property
    def chosen(self) -> list[Chosen]:
        """Each service with the address that leaves it out."""
        return [Chosen(service, self.address(without=service.id)) for service in self.services]

    @property
    def areas(self) -> list[Area]:
        """The areas of the services, in the order of the site; the default one for an empty list."""
        wanted = {service.area for service in self.services} or {self.directory.site.default_area}
        return [area for area in self.directory.site.areas if area.id in wanted]

    @property
    def needs(self) -> list[str]:
        """Every need that a service of the list is for."""
        known = [service.needs for service in self.services if service.needs]
        return list(dict.fromkeys(name for needs in known for name in (*needs.main, *needs.also)))

    @property
    def is_full(self) -> bool:
        """Whether nothing can be added."""
        return len(self.services) >= MOST

    @property
    def offered(self) -> list[tuple[Area, list[Service]]]:
        """The services that can be added from a list, by area; none where they are too many to choose from like that."""
        found = [(area, self._others(area)) for area in self.areas]
        return [] if self.is_full or sum(len(services) for _, services in found) > MOST_OFFERED else found

    def _others(self, area: Area) -> list[Service]:
        here = [service for service in self.directory.services if service.area == area.id and service not in self.services]
        return sorted(here, key=lambda service: (not service.is_running, service.name.lower()))

    def menu(self, area: str) -> str:
        """The menu of an area, which keeps this list while one chooses."""
        return f"/services?{urlencode([('area', area), *(('shortlist', name) for name in self.ids)], safe='/')}"

    @property
    def often_with(self) -> list[tuple[Service, str]]:
        """Services that are often used with one of these, each with the address that adds it."""
        names = dict.fromkeys(other for service in self.services for other in service.related if other not in self.ids)
        known = self.directory.service_by_id
        return [] if self.is_full else [(known[name], address_of([*self.ids, name])) for name in names if name in known]


def address_of(ids: Sequence[str], path: str = "/shortlist") -> str:
    """The address of a list of services, with slashes as they are, so that it can be read."""
    return f"{path}?{urlencode([('service', name) for name in ids], safe='/')}" if ids else path


def asked() -> Shortlist:
    """The list that the address of this page names."""
    others = [name for name in request.args if name != "service"]
    return Shortlist(current().directory, request.args.getlist("service"), others)


def _not_tidy(found: Shortlist) -> bool:
    """Whether the address holds blanks or a service twice: it is then tidied, so that it can be passed on."""
    return not found.problems and request.args.getlist("service") != found.ids


@bp.get("/shortlist")
def shortlist() -> Response:
    """The services of the list side by side."""
    found = asked()
    if _not_tidy(found):
        return make_response(redirect(found.address(), code=303))
    beside = SideBySide(found.directory, found.services, today())
    html = render_template("shortlist.html", list=found, rows=beside.rows if found.services else [], MOST=MOST)
    return make_response(html, 400 if found.problems else 200)


@bp.get("/shortlist.json")
def shortlist_json() -> Response:
    """The same for other programs."""
    found = asked()
    rows = SideBySide(found.directory, found.services, today()).rows
    data = {
        "services": [service_line_json(service) for service in found.services],
        "rows": [{"id": row.id, "heading": row.heading, "cells": [cell.to_json() for cell in row.cells]} for row in rows],
        "problems": address_problems_json(found.problems),
    }
    return as_json(data, 400 if found.problems else 200)


@bp.get("/shortlist.csv")
def shortlist_csv() -> Response:
    """The same as a table: a row for each thing, a column for each service."""
    found = asked()
    rows = SideBySide(found.directory, found.services, today()).rows
    header = ("", *(service.name for service in found.services))
    table = Table("shortlist", "Shortlist", header, tuple((row.heading, *(cell.text for cell in row.cells)) for row in rows))
    notes = [f"{problem.part} {problem.value} {problem.words}" for problem in found.problems]
    response = Response("\ufeff" + to_csv(table, notes), status=400 if found.problems else 200, mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=shortlist.csv"
    return response


@bp.get("/shortlist/supervision")
def supervision() -> Response:
    """One sheet for each service, with room to write, to take to supervision."""
    found = asked()
    if _not_tidy(found):
        return make_response(redirect(found.address("/shortlist/supervision"), code=303))
    columns = [(service, SideBySide(found.directory, [service], today()).rows) for service in found.services]
    return make_response(render_template("shortlist_supervision.html", list=found, columns=columns), 400 if found.problems else 200)


@bp.get("/shortlist/family")
def family() -> Response:
    """One sheet for each service, in plain words, made from what the public is told and nothing else."""
    found = asked()
    if _not_tidy(found):
        return make_response(redirect(found.address("/shortlist/family"), code=303))
    public = as_public().directory
    sheets = [FamilySheet(public, public.service_by_id[name]) for name in found.ids if name in public.service_by_id]
    kept_back = [service for service in found.services if service.id not in public.service_by_id]
    html = render_template("shortlist_family.html", list=found, sheets=sheets, kept_back=kept_back)
    return make_response(html, 400 if found.problems else 200)
