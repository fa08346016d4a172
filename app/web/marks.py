"""Freshness as the templates say it: a mark for each thing, a sentence for a list of names."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Any

from flask import Flask
from jinja2.runtime import Macro

from app.freshness import (
    AreaContacts,
    Found,
    Mark,
    Upkeep,
    among,
    entry_of,
    found_among,
    mark_of,
    review_json,
    services_in,
    told,
)
from app.model import Area, Contact, Gateway, Programme, Scheme, Service
from app.web.clock import today
from app.web.state import current

COUNTED = {"overdue": "Overdue", "due": "Due"}

PROFILE = re.compile(r'href="/services/([^"/?#]+/[^"/?#]+)"')
"""A link to the profile of a service, in our own HTML."""


def init_app(app: Flask) -> None:
    """Give the templates their words of freshness."""
    app.jinja_env.globals.update(
        among_in_words=among_in_words,
        contact_due=contact_due,
        due_among=due_among,
        linked_services=linked_services,
        mark=mark,
        mark_of_fields=mark_of_fields,
        of_service=of_service,
        services_named=services_named,
        stages_due=stages_due,
        told_review=told,
        upkeep=upkeep,
    )


def upkeep() -> Upkeep:
    """How everything that is served stands today."""
    return current().upkeep(today())


def mark(thing: Service | Gateway | Programme | Scheme | Area) -> Mark:
    """What a page says of one thing's freshness: about all of its fields that are shown."""
    if isinstance(thing, Service):
        return current().reviews(thing, today())[1]
    kept = AreaContacts(thing) if isinstance(thing, Area) else thing
    return mark_of(entry_of(kept, current().directory, today()).reviews)


def of_service(macro: Macro, service: Service, *more: Hashable) -> str:
    """What a macro shows of a service, made once a day: for what depends on nothing else of the request.

    It is known again by the macro's name, so no two templates may have macros of one name here.
    """
    return current().once_a_day(today(), (macro.name, service.id, *more), lambda: macro(service, *more))


def mark_of_fields(service: Service, *fields: str) -> Mark:
    """The same for some fields of a profile, for the section in which they stand."""
    reviews, _ = current().reviews(service, today())
    return mark_of([each for each in reviews if not set(fields).isdisjoint(each.fields)])


def contact_due(area: Area, contact: Contact) -> str:
    """What stands after one of an area's numbers when it has to be tried again: ", overdue for review"; else ""."""
    reviews = entry_of(AreaContacts(area), current().directory, today()).reviews
    found = mark_of([each for each in reviews if getattr(area, each.fields[0]) is contact])
    return f", {found.tag}" if found.tag else ""


def profile_freshness(service: Service) -> dict[str, Any]:
    """How each field of a profile stands, for other programs."""
    reviews, whole = current().reviews(service, today())
    return {**whole.to_json(), "on": today().isoformat(), "reviews": [review_json(each) for each in reviews]}


def freshness_by_id(services: Iterable[Service]) -> dict[str, dict[str, str]]:
    """The marks of services by their ids, for the data of an answer."""
    return {service.id: mark(service).to_json() for service in services}


def with_freshness(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a page and, as `freshness`, the mark of each service that it names, by id."""
    return {**data, "freshness": freshness_by_id(services_in(data, current().directory))}


def services_named(ids: Iterable[str]) -> list[Service]:
    """The services with these ids."""
    return [current().directory.service_by_id[name] for name in ids]


def stages_due(area: Area) -> str:
    """How many stages of an area are due, in a sentence for the sheet of paper: "Overdue for review: 12 of 14 stages."."""
    stages = [each for each in upkeep().entries if each.kind == "stage" and each.area == area.id]
    counts = {state: sum(each.state == state for each in stages) for state in ("overdue", "due")}
    told_ = [f"{words} for review: {counts[state]} of {len(stages)} stages" for state, words in COUNTED.items() if counts[state]]
    return f"{'; '.join(told_)}." if told_ else "No stage is due for review."


def among_in_words(services: Iterable[Service]) -> str:
    """Which services of a list of names are due, in a sentence; "" when none is."""
    return among((service.name, mark(service).state) for service in services)


def linked_services(html: str) -> list[Service]:
    """The services that a part of a page leads to, each once: so that a list which is new on a page cannot be forgotten."""
    known = current().directory.service_by_id
    return [known[name] for name in dict.fromkeys(PROFILE.findall(html)) if name in known]


def due_among(services: Iterable[Service]) -> list[Found]:
    """How many services named on a page are due, with their names."""
    return found_among((service.name, mark(service).state) for service in services)
