"""The twin of a page: the same facts as JSON, for other programs, or as CSV, for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flask import Response

from app.freshness import services_in
from app.gaps.tables import Table, to_csv
from app.journeys.words import citations_json
from app.matching.answer import descriptor_json
from app.model import ClosedWay, Descriptor, Scheme, Service
from app.question import AddressProblem
from app.web.marks import freshness_by_id, mark, profile_freshness
from app.web.state import current
from app.web.words import unstated


def as_json(data: Any, status: int = 200) -> Response:
    """A JSON response that people can read as well."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return Response(text, status=status, mimetype="application/json")


def as_csv(table: Table, name: str, notes: Iterable[str] = ()) -> Response:
    """A table as a file to keep, with a byte order mark so that spreadsheets read its letters; notes stand below it."""
    response = Response("\ufeff" + to_csv(table, notes), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.csv"
    return response


def address_problems_json(problems: Iterable[AddressProblem]) -> list[dict[str, str]]:
    """What is wrong in an address: which part, what stood there, and what is allowed."""
    return [{"part": problem.part, "value": problem.value, "words": problem.words} for problem in problems]


def service_json(service: Service) -> dict[str, Any]:
    """One profile whole; null stands for what is not recorded, and `not_stated` names it."""
    data = service.model_dump(mode="json", by_alias=True)
    return {
        "address": f"/services/{service.id}",
        **data,
        "not_stated": list(unstated(service)),
        "freshness": profile_freshness(service),
        "freshness_of_others": freshness_by_id(each for each in services_in(data, current().directory) if each.id != service.id),
    }


def service_line_json(service: Service) -> dict[str, Any]:
    """One service as it stands in a list."""
    needs = service.needs
    return {
        "id": service.id,
        "area": service.area,
        "name": service.name,
        "address": f"/services/{service.id}",
        "summary": service.summary,
        "status": service.status,
        "as_at": service.as_at,
        "levels": list(service.levels),
        "received_by": list(service.received_by),
        "ages": service.ages.model_dump(mode="json", by_alias=True) if service.ages else None,
        "needs": needs.model_dump(mode="json") if needs else None,
        "reached_by": [route.gateway for route in service.reached_by],
        "checked_on": service.checked_on,
        "freshness": mark(service).to_json(),
    }


def descriptor_line_json(descriptor: Descriptor) -> dict[str, Any]:
    """One descriptor with the needs it speaks of."""
    return {
        **descriptor_json(descriptor),
        "needs": list(descriptor.needs),
        "note": descriptor.note,
        "not_a_service_matter": descriptor.not_a_service_matter,
    }


def scheme_json(scheme: Scheme) -> dict[str, Any]:
    """A threshold scheme: whose it is, how old, and what replaced it."""
    return {
        "id": scheme.id,
        "name": scheme.name,
        "owner": scheme.owner,
        "date": scheme.date,
        "status": scheme.status,
        "later_name": scheme.later_name,
        "reminder": scheme.reminder,
        "address": f"/levels?scheme={scheme.id}",
    }


def closed_way_json(way: ClosedWay) -> dict[str, Any]:
    """A way that a source says does not exist."""
    return {"from": way.start, "to": way.end, "words": way.words, "sources": citations_json(way.sources)}
