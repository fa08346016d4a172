"""What can go out of date: services, stages, programmes, threshold schemes, and the numbers that an area says to ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.freshness.fields import (
    CONTACT_FIELDS,
    GATEWAY_FIELDS,
    GROUPS,
    PROGRAMME_FIELDS,
    SERVICE_FIELDS,
    STEPS,
    Group,
    months_for,
)
from app.freshness.reviews import Review, ReviewState, review, worst
from app.model import Area, Checks, Citation, Directory, Gateway, Programme, ReviewIntervals, Scheme, Service

EntryKind = Literal["service", "stage", "programme", "scheme", "area"]

KIND_WORDS: dict[EntryKind, tuple[str, str]] = {
    "service": ("service", "services"),
    "stage": ("stage", "stages"),
    "programme": ("programme", "programmes"),
    "scheme": ("threshold scheme", "threshold schemes"),
    "area": ("area’s contacts", "areas’ contacts"),
}
"""One of a kind, and several."""


@dataclass(frozen=True)
class AreaContacts:
    """The numbers of an area as one thing to be kept true."""

    area: Area


Kept = Service | Gateway | Programme | Scheme | AreaContacts
"""Whatever somebody has to keep true."""


@dataclass(frozen=True)
class Entry:
    """One thing to be kept true: what it is, whose it is, and how its fields stand. `owner` is "" when nobody is named."""

    kind: EntryKind
    id: str
    name: str
    address: str
    area: str
    owner: str
    reviews: tuple[Review, ...]

    @property
    def state(self) -> ReviewState:
        """The state of its worst field."""
        return worst(self.reviews)

    @property
    def was_checked(self) -> bool:
        """Whether any of it was ever checked."""
        return any(each.was_checked for each in self.reviews)


def service_reviews(service: Service, intervals: ReviewIntervals, today: date) -> tuple[Review, ...]:
    """How the recorded fields of a profile stand. What is not recorded, or not shown to this reader, cannot go out of date."""
    contact, capacity = service.contact, service.capacity
    own: dict[str, tuple[str | None, str | None]] = {
        "contact": (service.as_at, contact.checked_on if contact else None),
        "capacity": ((capacity.as_at if capacity else None) or service.as_at, None),
    }
    named = [(name, group, label) for name, (group, label) in SERVICE_FIELDS.items() if getattr(service, name)]
    return tuple(_reviews(named, own, service.as_at, service.checked_on, service.checked, intervals, today))


def _reviews(
    named: Iterable[tuple[str, Group, str]], own: dict[str, tuple[str | None, str | None]], as_at: str | None, checked_on: str | None,
    checked: Checks | None, intervals: ReviewIntervals, today: date,
) -> Iterator[Review]:  # fmt: skip
    """One review for all the fields of a group that have the same dates. `own` gives a field its own source date and check."""
    together: dict[tuple[Group, str | None, str | None], list[tuple[str, str]]] = {}
    for name, group, label in named:
        together.setdefault((group, *own.get(name, (as_at, None))), []).append((name, label))
    for group in GROUPS:
        of_group = getattr(checked, group) if checked else None
        for (of, source, check), fields in together.items():
            if of == group:
                yield review(group, fields, months_for(group, intervals), source, (checked_on, of_group, check), today)


def entry_of(thing: Kept, directory: Directory, today: date) -> Entry:
    """One thing with its owner and its reviews, on a day."""
    if isinstance(thing, Service):
        return _service(thing, directory, today)
    if isinstance(thing, Gateway):
        return _gateway(thing, directory, today)
    if isinstance(thing, AreaContacts):
        return _contacts(thing.area, directory, today)
    if isinstance(thing, Scheme):
        return _scheme(thing, directory, today)
    return _programme(thing, directory, today)


def entries_of(directory: Directory, today: date) -> Iterator[Entry]:
    """Everything to be kept true, on a day: the numbers first, for a wrong one does most harm."""
    for area in directory.site.areas:
        found = _contacts(area, directory, today)
        if found.reviews:
            yield found
    things: tuple[Kept, ...] = (*directory.services, *directory.gateways, *directory.schemes, *directory.programmes)
    for thing in things:
        yield entry_of(thing, directory, today)


def owner_in(area: str, own: str | None, directory: Directory) -> str:
    """Who keeps an entry true: its own owner, else its area's, else the site's; "" when none is named."""
    place = directory.area_by_id.get(area)
    return own or (place.owner if place else None) or directory.site.owner or ""


def _service(service: Service, directory: Directory, today: date) -> Entry:
    reviews = service_reviews(service, directory.site.review, today)
    owner = owner_in(service.area, service.owner, directory)
    return Entry("service", service.id, service.name, f"/services/{service.id}", service.area, owner, reviews)


def _gateway(gateway: Gateway, directory: Directory, today: date) -> Entry:
    name = f"{gateway.area}/{gateway.id}"
    named = [(field, group, label) for field, (group, label) in GATEWAY_FIELDS.items() if getattr(gateway, field)]
    if any((step.area, step.start) == (gateway.area, gateway.id) for step in directory.steps):
        named.append(("steps", "eligibility_and_route", STEPS))
    as_at = _date_of(gateway.sources, directory)
    reviews = tuple(_reviews(named, {}, as_at, gateway.checked_on, gateway.checked, directory.site.review, today))
    owner = owner_in(gateway.area, gateway.owner, directory)
    return Entry("stage", name, gateway.name, f"/pathways/{name}", gateway.area, owner, reviews)


def _programme(programme: Programme, directory: Directory, today: date) -> Entry:
    named = [(field, group, label) for field, (group, label) in PROGRAMME_FIELDS.items() if getattr(programme, field)]
    as_at = _date_of(programme.sources, directory)
    reviews = tuple(_reviews(named, {}, as_at, programme.checked_on, None, directory.site.review, today))
    owner = owner_in("", programme.owner, directory)
    return Entry("programme", programme.id, programme.name, f"/programmes/{programme.id}", "", owner, reviews)


def _scheme(scheme: Scheme, directory: Directory, today: date) -> Entry:
    named: list[tuple[str, Group, str]] = [("descriptors", "description", "Levels and descriptors")]
    reviews = tuple(_reviews(named, {}, scheme.date, scheme.checked_on, None, directory.site.review, today))
    area = scheme.areas[0] if len(scheme.areas) == 1 else ""
    return Entry("scheme", scheme.id, scheme.name, f"/levels?scheme={scheme.id}", area, owner_in(area, None, directory), reviews)


def _contacts(area: Area, directory: Directory, today: date) -> Entry:
    months = months_for("contact_and_status", directory.site.review)
    found = {field: getattr(area, field) for field in CONTACT_FIELDS}
    reviews = tuple(
        review("contact_and_status", [(field, CONTACT_FIELDS[field])], months, None, [contact.checked_on], today)
        for field, contact in found.items()
        if contact
    )
    owner = owner_in(area.id, None, directory)
    return Entry("area", area.id, f"Numbers to ring in {area.name}", f"/services?area={area.id}", area.id, owner, reviews)


def _date_of(sources: tuple[Citation, ...], directory: Directory) -> str | None:
    """The date of the main source, which is the first."""
    source = directory.source_by_id.get(sources[0].document) if sources else None
    return source.date if source else None
