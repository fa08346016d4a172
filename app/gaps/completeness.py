"""What is recorded of each service, what is not, what the source itself says was not provided, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from app.freshness import service_reviews
from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.tables import Table, Value
from app.gaps.words import are, counted, joined, named, percent
from app.model import MUST_BE_STATED, ReviewIntervals, Service, date_in_words, last_day

FieldState = Literal["recorded", "in part", "not provided", "not recorded"]

FIELDS: tuple[str, ...] = (*MUST_BE_STATED, "who_can_refer", "consent", "in_plain_words", "owner")
"""The fields that a family, a practitioner or a commissioner would miss. Others are written only where they apply."""

LAST_COLUMNS = ("Recorded", "Of", "True at", "Last confirmed", "Out of date", "Ask")

CORE = {"contract.ends": "contract", "contract.ends_when": "contract", "contact.telephone": "contact", "contact.email": "contact"}
"""Parts without which a field would be told as recorded in part."""

PARTLY_SEEN = {"reached_by"}
"""Of these only single entries are withheld; what is left is told as it stands."""

FIELD_WORDS = {
    "levels": "Levels", "received_by": "Who receives it", "ages": "Ages", "needs": "What it is for", "reached_by": "Ways in",
    "contact": "Contact", "commissioner": "Commissioner", "provider": "Provider", "budget": "Budget", "contract": "End of contract",
    "capacity": "Room and waiting", "activity": "Activity", "outcomes": "Outcomes", "who_can_refer": "Who can refer", "consent": "Consent",
    "in_plain_words": "Plain words for a family", "owner": "Owner of the profile",
}  # fmt: skip

RULES = (
    "Recorded: the profile gives it. In part: it gives some of it (a contact that nobody can ring or write to, a contract without an end, "
    "ages without a youngest one), or the source says that part of it was not provided.",
    "Not provided: the source itself prints that the information was not provided. Not recorded: the source is silent.",
    "Complete does not mean good. Do not rank small providers by it.",
    "Out of date: due or overdue for review, because the interval of its field has passed since somebody last checked it or, if that is "
    "later, since the date of its source.",
)


@dataclass(frozen=True)
class Profile:
    """How complete one profile is."""

    service: str
    name: str
    states: tuple[FieldState, ...]
    not_provided: tuple[str, ...]
    as_at: str
    checked_on: str
    out_of_date: tuple[str, ...]
    whom: str
    fields: tuple[str, ...] = FIELDS

    @property
    def recorded(self) -> int:
        """How many of the fields are recorded whole."""
        return self.states.count("recorded")

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields to ask for."""
        return tuple(field for field, state in zip(self.fields, self.states, strict=True) if state != "recorded")

    def to_json(self) -> dict[str, Any]:
        """Each field with its state."""
        return {
            "service": self.service,
            "name": self.name,
            "states": dict(zip(self.fields, self.states, strict=True)),
            "not_provided": list(self.not_provided),
            "recorded": self.recorded,
            "of": len(self.fields),
            "as_at": self.as_at,
            "checked_on": self.checked_on or None,
            "out_of_date": list(self.out_of_date),
            "ask": self.whom,
        }


@dataclass(frozen=True)
class FieldTotal:
    """One field over all services."""

    field: str
    recorded: int
    in_part: int
    not_provided: int
    not_recorded: int

    def to_json(self) -> dict[str, Any]:
        """The number of services in each state."""
        return {
            "field": self.field, "label": FIELD_WORDS[self.field], "recorded": self.recorded, "in_part": self.in_part,
            "not_provided": self.not_provided, "not_recorded": self.not_recorded,
        }  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """What to ask one role or body for, service by service."""

    whom: str
    items: tuple[tuple[str, str, tuple[str, ...]], ...]

    def to_json(self) -> dict[str, Any]:
        """Whom, and the fields of each service."""
        return {
            "whom": self.whom,
            "services": [{"service": name, "name": label, "fields": list(fields)} for name, label, fields in self.items],
        }


@dataclass(frozen=True)
class Completeness:
    """Fields by services, totals, and what to ask whom for."""

    area: str
    profiles: tuple[Profile, ...]
    totals: tuple[FieldTotal, ...]
    ask: tuple[Ask, ...]
    findings: tuple[str, ...]
    fields: tuple[str, ...] = FIELDS
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """The table, the totals, the list of what to ask for."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "fields": list(self.fields),
            "services": [profile.to_json() for profile in self.profiles],
            "totals": [total.to_json() for total in self.totals],
            "ask": [each.to_json() for each in self.ask],
        }

    def tables(self) -> tuple[Table, ...]:
        """Fields by services, totals by field, and what to ask whom for."""
        header = ("Service", *(FIELD_WORDS[field] for field in self.fields), *LAST_COLUMNS)
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (
                each.name,
                *each.states,
                each.recorded,
                len(self.fields),
                each.as_at,
                each.checked_on or "never",
                _fields(each.out_of_date),
                each.whom,
            )
            for each in self.profiles
        )
        totals = tuple((FIELD_WORDS[each.field], each.recorded, each.in_part, each.not_provided, each.not_recorded) for each in self.totals)
        asks = tuple((each.whom, label, _fields(fields)) for each in self.ask for _, label, fields in each.items)
        return (
            Table("completeness", "What is recorded", header, rows),
            Table("completeness-totals", "Totals by field", ("Field", "Recorded", "In part", "Not provided", "Not recorded"), totals),
            Table("to-ask", "What to ask whom for", ("Whom", "Service", "What"), asks),
        )


def _fields(fields: Sequence[str]) -> str:
    return "; ".join(FIELD_WORDS.get(field, field) for field in fields)


def completeness_of(ground: Ground, query: Query, today: date | None = None) -> Completeness:
    """What is recorded of the services asked about; with `today`, also what is out of date by the review intervals of the deployment."""
    services = sorted(ground.services_of(ground.chosen(query).sure), key=lambda service: service.name)
    review = ground.directory.site.review
    # Of a withheld field nobody here can say whether it is recorded, so it is not counted at all.
    hidden = {CORE.get(name, name) for name in ground.withheld} - PARTLY_SEEN
    fields = tuple(field for field in FIELDS if field not in hidden)
    profiles = tuple(_profile(service, fields, review, today) for service in services)
    totals = tuple(
        FieldTotal(field, *(sum(each.states[place] == state for each in profiles) for state in STATES))
        for place, field in enumerate(fields)
    )
    asks: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for each in profiles:
        if each.missing:
            asks.setdefault(each.whom, []).append((each.service, each.name, each.missing))
    ask = tuple(Ask(whom, tuple(items)) for whom, items in sorted(asks.items(), key=lambda item: (item[0] == NOBODY, item[0])))
    return Completeness(query.area, profiles, totals, ask, (*_findings(profiles, totals, today), *_unseen(fields)), fields)


STATES: tuple[FieldState, ...] = ("recorded", "in part", "not provided", "not recorded")

NOBODY = "Nobody is named: ask whoever keeps this area's profiles"


def state_of(service: Service, field: str) -> FieldState:
    """Whether a field of a profile is recorded."""
    value = getattr(service, field)
    said_missing = field in service.not_provided
    if not value:
        return "not provided" if said_missing else "not recorded"
    return "in part" if said_missing or _only_in_part(service, field) else "recorded"


def _only_in_part(service: Service, field: str) -> bool:
    """A contact that nobody can ring or write to, a contract without an end, ages without a youngest or an oldest one that is unknown."""
    if field == "contact" and service.contact:
        return not (service.contact.telephone or service.contact.email or service.contact.web)
    if field == "contract" and service.contract:
        return not (service.contract.ends or service.contract.ends_when)
    return field == "ages" and service.ages is not None and service.ages.lower is None


def _profile(service: Service, fields: tuple[str, ...], review: ReviewIntervals, today: date | None) -> Profile:
    return Profile(
        service.id, service.name, tuple(state_of(service, field) for field in fields), service.not_provided, service.as_at,
        service.checked_on or "", out_of_date(service, review, today) if today else (), _whom(service), fields,
    )  # fmt: skip


def _unseen(fields: Sequence[str]) -> list[str]:
    hidden = [FIELD_WORDS[field].lower() for field in FIELDS if field not in fields]
    return [f"Not shown to this audience, and therefore not counted here: {joined(hidden)}."] if hidden else []


def _whom(service: Service) -> str:
    """The owner of the profile if one is named, else the role in the contact, else who provides or commissions it."""
    role = service.contact.role if service.contact else None
    return service.owner or role or service.provider or service.commissioner or NOBODY


def out_of_date(service: Service, review: ReviewIntervals, today: date) -> tuple[str, ...]:
    """The recorded fields that are due or overdue to be checked again, by the rule of `app.freshness`."""
    late = {field for each in service_reviews(service, review, today) if each.state != "current" for field in each.fields}
    return tuple(field for field in FIELDS if field in late)


def _findings(profiles: Sequence[Profile], totals: Sequence[FieldTotal], today: date | None) -> Iterator[str]:
    if not profiles:
        yield "No service is recorded for what is selected."
        return
    number = len(profiles)
    recorded = sum(each.recorded for each in profiles)
    whole = sum(len(each.states) for each in profiles)
    yield f"{recorded} of {whole} fields are recorded whole ({percent(recorded, whole)}%), over {counted(number)}."
    missing = sum(bool(each.not_provided) for each in profiles)
    verb = are(missing, "has", "have")
    yield f"{missing} of {counted(number)} {verb} at least one item of which the source says that it was not provided."
    nowhere = [FIELD_WORDS[each.field].lower() for each in totals if not each.recorded and not each.in_part]
    if nowhere:
        yield f"Recorded for no service: {named(nowhere, 6)}."
    seldom = sorted((each for each in totals if 0 < each.recorded < number), key=lambda each: each.recorded)[:3]
    if seldom:
        fields = [f"{FIELD_WORDS[each.field].lower()} ({each.recorded} of {number})" for each in seldom]
        yield f"Recorded whole least often: {named(fields)}."
    never = sum(not each.checked_on for each in profiles)
    if never:
        oldest = date_in_words(min((each.as_at for each in profiles if not each.checked_on), key=last_day))
        yield f"{never} of {counted(number)} {are(never, 'was', 'were')} never confirmed by an owner; the oldest facts are of {oldest}."
    late = sum(bool(each.out_of_date) for each in profiles)
    if today:
        yield f"{late} of {counted(number)} {are(late, 'has', 'have')} fields out of date on {date_in_words(today.isoformat())}."
