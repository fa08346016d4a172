"""The tables of the database: what each holds, its columns, its keys, and where its rows come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.model import RECIPIENT_WORDS, STATUS_WORDS, Directory, Record, Service, Step

Row = dict[str, Any]
Keys = tuple[str, ...]

SPEC = re.compile(r"(?P<name>\w+)(?::(?P<type>\w+))?(?:>(?P<other>\w+))?(?P<required>!)?(?:=(?P<path>[\w.]+))?")
TYPES: dict[str | None, type] = {None: str, "int": int, "float": float}


@dataclass(frozen=True)
class Column:
    """One column: `path` is where its value stands in the object that makes the row."""

    name: str
    type: type
    required: bool
    path: str


class Table:
    """One table.

    `columns` reads `name`, then as needed `:int` or `:float` (text otherwise), `>other` (points at that table's id),
    `!` (never null), and `=path` where the value has another name in the object. `of` gives the objects: records, or dicts that hold
    records. `points` are keys of several columns that point at a table.
    """

    def __init__(
        self, name: str, about: str, key: str, columns: str, of: Callable[[Directory], Iterable[Record | Row]],
        points: tuple[tuple[Keys, str], ...] = (),
    ) -> None:  # fmt: skip
        self.name, self.about, self.of = name, about, of
        names = tuple(key.split())
        self.key = names[0] if len(names) == 1 else names
        specs = [match for word in columns.split() if (match := SPEC.fullmatch(word))]
        self.columns = [
            Column(spec["name"], TYPES[spec["type"]], bool(spec["required"]) or spec["name"] in names, spec["path"] or spec["name"])
            for spec in specs
        ]
        self.references: list[tuple[str | Keys, str] | tuple[str | Keys, str, str | Keys]] = [*points]
        self.references += [(spec["name"], spec["other"], "id") for spec in specs if spec["other"]]

    @property
    def only_links(self) -> bool:
        """Whether a row says nothing but that two things belong together, so that saying it twice is no contradiction."""
        return all(column.name in self.key for column in self.columns) if isinstance(self.key, tuple) else False

    def rows(self, directory: Directory) -> Iterator[Row]:
        """One dict for each row, every column in it."""
        for thing in self.of(directory):
            yield {column.name: _in_one_cell(value_at(thing, column.path)) for column in self.columns}


def value_at(thing: Any, path: str) -> Any:
    """The value at `budget.amount` in records and dicts, or None when a step of the path leads to nothing."""
    for name in path.split("."):
        if thing is None:
            return None
        thing = thing[name] if isinstance(thing, dict) else getattr(thing, name)
    return thing


def _in_one_cell(value: Any) -> Any:
    """A list as a text such as "2, 3", an empty one as null; anything else as it is."""
    return (", ".join(map(str, value)) or None) if isinstance(value, tuple) else value


def _each(records: Iterable[Any], name: str, path: str, parent: str) -> Iterator[Row]:
    """A row for each entry of a list in each record: the record as `parent`, the entry as `name`, and where it stands in the list."""
    for record in records:
        for position, entry in enumerate(value_at(record, path) or ()):
            yield {parent: record, name: entry, "position": position}


def _needs(service: Service) -> Iterator[Row]:
    for strength in ("main", "also", "only_if"):
        yield from ({"service": service.id, "need": need, "strength": strength} for need in value_at(service, f"needs.{strength}") or ())


def _unknown(service: Service) -> Iterator[Row]:
    for why in ("not_recorded", "not_provided"):
        yield from ({"service": service.id, "field": field, "why": why.replace("_", " ")} for field in getattr(service, why))


def _end(way: Any) -> Row:
    """A step may end at a gateway of its area or at a service: one column for each, so that both can be followed."""
    is_service = "/" in way.end
    return {"way": way, "gateway": None if is_service else way.end, "service": way.end if is_service else None}


def _cited(directory: Directory) -> Iterator[Row]:
    """Who cites what: everything that names its sources."""
    kinds: dict[str, tuple[Iterable[Any], Callable[[Any], str]]] = {
        "service": (directory.services, lambda record: record.id),
        "gateway": (directory.gateways, lambda record: f"{record.area}/{record.id}"),
        "step": (directory.steps, _step_name),
        "programme": (directory.programmes, lambda record: record.id),
        "example": (directory.examples, lambda record: record.id),
        "term": (directory.glossary, lambda record: record.term),
        "scheme": (directory.schemes, lambda record: record.id),
    }
    for kind, (records, name) in kinds.items():
        for record in records:
            for citation in record.sources:
                yield {"kind": kind, "id": name(record), "citation": citation}


def _step_name(step: Step) -> str:
    return f"{step.area}/{step.start} to {step.end}"


FACT = "position:int what=fact.what value=fact.value number:float=fact.number unit=fact.unit period=fact.period as_at=fact.as_at"
SERVICE = (
    "id area>area name! status! budget_gbp:int=budget.amount age_from:int=ages.lower age_to:int=ages.upper commissioner provider "
    "contract_ends=contract.ends summary! ages_in_words=ages.text budget_covers=budget.covers budget_per=budget.per "
    "budget_year=budget.year budget_note=budget.note contract_ends_when=contract.ends_when contract_note=contract.note "
    "capacity=capacity.state waiting=capacity.waiting waiting_unit=capacity.unit capacity_as_at=capacity.as_at "
    "capacity_note=capacity.note level_basis any_need:int=needs.any_need who_can_refer consent have_ready excludes length place "
    "address_withheld:int statutory status_note in_plain_words contact_role=contact.role telephone=contact.telephone "
    "email=contact.email web=contact.web as_at! owner checked_on contact_checked_on=contact.checked_on "
    "contact_and_status_checked=checked.contact_and_status eligibility_and_route_checked=checked.eligibility_and_route "
    "description_checked=checked.description body"
)

TABLES = (
    Table("scheme", "Threshold schemes: documents that say what the levels of need mean.", "id",
          "id name! owner! date! status! later_name checked_on reminder", lambda d: d.schemes),
    Table("area", "Places with their own services, gateways and scheme. They are never mixed in an answer.", "id",
          "id name! scheme>scheme as_at! owner", lambda d: d.site.areas),
    Table("level", "The levels of each scheme.", "scheme number",
          "scheme>scheme number:int name! help_name meaning how_to_get_help consent lead plan",
          lambda d: (level for scheme in d.schemes for level in scheme.levels)),
    Table("source", "The documents that the facts come from.", "id",
          "id title! owner! date! kind! about area>area read_in>source note", lambda d: d.sources),
    Table("need", "What a child, a parent or a family may need help with.", "id",
          "id label! theme! alert! plain broader>need alert_text note", lambda d: d.vocabulary.needs),
    Table("need_word", "Words that people type for a need.", "need word kind",
          "need>need=need.id word kind", lambda d: (
              {**row, "kind": kind} for kind in ("synonym", "misspelling")
              for row in _each(d.vocabulary.needs, "word", f"{kind}s", "need"))),
    Table("factor", "The DfE assessment factors.", "code", "code label! about! need>need note", lambda d: d.factors),
    Table("process", "Words for steps and meetings.", "id", "id label! later_name", lambda d: d.vocabulary.processes),
    Table("descriptor", "Phrases that describe a level: examples, never a test. An id is unique in its scheme.", "scheme id",
          "id scheme>scheme level:int! domain! heading! text! note not_a_service_matter", lambda d: d.descriptors,
          ((("scheme", "level"), "level"),)),
    Table("descriptor_need", "The needs that a descriptor speaks of.", "scheme descriptor need",
          "descriptor=parent.id need>need scheme=parent.scheme", lambda d: _each(d.descriptors, "need", "needs", "parent"),
          ((("scheme", "descriptor"), "descriptor"),)),
    Table("programme", "Approaches with a name and a method.", "id",
          "id name! kind! summary! for_whom age_from:int=ages.lower age_to:int=ages.upper length rating contradiction owner "
          "checked_on body",
          lambda d: d.programmes),
    Table("programme_need", "What a programme is for.", "programme need",
          "programme>programme=programme.id need>need", lambda d: _each(d.programmes, "need", "needs", "programme")),
    Table("service", "One row for each service profile.", "id", SERVICE, lambda d: d.services),
    Table("service_level", "The levels of need that a service works at.", "service level",
          "service>service=service.id level:int", lambda d: _each(d.services, "level", "levels", "service")),
    Table("service_need", "What a service is for.", "service need strength",
          "service>service need>need strength", lambda d: (row for service in d.services for row in _needs(service))),
    Table("service_recipient", "Who receives a service.", "service recipient",
          "service>service=service.id recipient", lambda d: _each(d.services, "recipient", "received_by", "service")),
    Table("service_age_also", "Ages that a service reaches only on a condition.", "service position",
          "service>service=service.id age_from:int=ages.lower age_to:int=ages.upper condition!=ages.condition position:int",
          lambda d: _each(d.services, "ages", "ages.also", "service")),
    Table("service_budget_also", "Second figures beside the main budget, never to be added to it.", "service position",
          "service>service=service.id amount_gbp:int!=money.amount covers!=money.covers per=money.per year=money.year position:int",
          lambda d: _each(d.services, "money", "budget.also", "service")),
    Table("service_programme", "The programmes that a service uses.", "service programme",
          "service>service=service.id programme>programme", lambda d: _each(d.services, "programme", "programmes", "service")),
    Table("service_unknown", "What is not known about a service, and whether the source itself says so.", "service field why",
          "service>service field why", lambda d: (row for service in d.services for row in _unknown(service))),
    Table("activity", "What a service counted of its own work.", "service position",
          f"service>service=service.id {FACT} share_of=fact.of note=fact.note", lambda d: _each(d.services, "fact", "activity", "service")),
    Table("outcome", "What a service says came of its work; nobody has checked it.", "service position",
          f"service>service=service.id {FACT} share_of=fact.of note=fact.note", lambda d: _each(d.services, "fact", "outcomes", "service")),
    Table("gateway", "Doors, assessments, panels, stages and settings, with their levels (2, 3). An id is unique in its area.", "area id",
          "id area>area name! kind! levels short what! trigger who_may_refer who_decides consent if_refused time_limit family_is_told "
          "exists_from exists_to status! later_name process>process service>service editor_note owner checked_on", lambda d: d.gateways),
    Table("gateway_level", "Levels that a gateway works at (`at`) or is the usual way in for (`way in`).", "area gateway level role",
          "gateway=parent.id area=parent.area level:int role", lambda d: (
              {**row, "role": role} for role, path in (("at", "levels"), ("way in", "way_in_at"))
              for row in _each(d.gateways, "level", path, "parent")),
          ((("area", "gateway"), "gateway"),)),
    Table("service_gateway", "The ways into a service: gateways of its own area.", "service position",
          "service>service=service.id gateway!=route.gateway area!=service.area condition=route.condition consent=route.consent "
          "time_limit=route.time_limit status!=route.status position:int", lambda d: _each(d.services, "route", "reached_by", "service"),
          ((("area", "gateway"), "gateway"),)),
    Table("step", "Ways from one place on the pathway to another: a gateway of the area, or a service.", "id",
          "id:int area!=end.way.area from!=end.way.start to!=end.way.end kind!=end.way.kind condition=end.way.condition "
          "consent=end.way.consent time_limit=end.way.time_limit who_acts=end.way.who_acts status!=end.way.status source>source "
          "to_gateway=end.gateway to_service>service=end.service", lambda d: (
              {"id": number, "end": _end(step), "source": step.sources[0].document} for number, step in enumerate(d.steps, 1)),
          ((("area", "from"), "gateway"), (("area", "to_gateway"), "gateway"))),
    Table("closed_way", "Ways that a source says do not exist.", "id",
          "id:int area!=end.way.area from!=end.way.start to!=end.way.end words!=end.way.words to_gateway=end.gateway "
          "to_service>service=end.service", lambda d: (
              {"id": number, "end": _end(way)} for number, way in enumerate(d.closed_ways, 1)),
          ((("area", "from"), "gateway"), (("area", "to_gateway"), "gateway"))),
    Table("example", "What other authorities did, and worked cases, which are made up.", "id",
          "id name! kind! fictional:int place summary! body", lambda d: d.examples),
    Table("example_need", "What an example is about.", "example need",
          "example>example=example.id need>need", lambda d: _each(d.examples, "need", "needs", "example")),
    Table("term", "Abbreviations and terms: what they meant then, and what they are called now.", "id",
          "id:int term!=term.term stands_for=term.stands_for meaning=term.meaning now=term.now", lambda d: (
              {"id": number, "term": term} for number, term in enumerate(d.glossary, 1))),
    Table("change", "What was recorded as added, ended, altered or moved in the content, the newest first.", "number",
          "number:int on!=change.on kind!=change.kind id!=change.id change!=change.change words!=change.words audience!=change.audience",
          lambda d: ({"number": number, "change": change} for number, change in enumerate(d.changes, 1))),
    Table("citation", "Where each thing comes from: kind and id say what cites, section says where in the source.", "number",
          "number:int kind! id! source>source=citation.document section!=citation.section", lambda d: (
              {**row, "number": number} for number, row in enumerate(_cited(d), 1))),
)  # fmt: skip
"""In an order in which every table stands below those it points at."""

CODES = {
    "null": "Not known, or not recorded. It never means no, none or 0.",
    "age -1": "Unborn. Ages are in completed years, the upper one included.",
    "age_from null": "The source gives no lower age: it is unknown, not 0.",
    "strength main": "The need is a main purpose of the service.",
    "strength also": "The service also helps with the need.",
    "strength only_if": "The service takes somebody only if this need (or another marked so) is present.",
    "dates": "As exactly as the source gives them: 2016, 2016-10 or 2016-10-18.",
    "value and number": "value is the figure as the source writes it; number is the same as a number where it is one plain figure.",
    **{f"status {status}": f"{words}." for status, words in STATUS_WORDS.items()},
    **{f"recipient {recipient}": f"Received by {words}." for recipient, words in RECIPIENT_WORDS.items()},
}
"""What the codes in the tables mean."""
