"""What an audience sees of a directory. The one place where anything is withheld: whatever is made from the result cannot tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar, get_args

from app.model.audience import Audience, SeenFrom, audience_of, sees
from app.model.changes import Change
from app.model.directory import Directory
from app.model.library import Area, Example, GlossaryTerm, Programme, Source
from app.model.pathway import ClosedWay, Gateway, Step
from app.model.service import Service
from app.model.thresholds import Descriptor, Level
from app.model.values import Budget, Capacity, Contract, Fact, Record, Route
from app.model.words import Factor, Need, Vocabulary

R = TypeVar("R", bound=Record)

GUARDED: dict[str, type[Record]] = {
    "service": Service, "budget": Budget, "contract": Contract, "capacity": Capacity, "route": Route, "fact": Fact,
    "programme": Programme, "example": Example, "term": GlossaryTerm, "gateway": Gateway, "step": Step, "level": Level,
    "closed_way": ClosedWay, "descriptor": Descriptor, "need": Need, "factor": Factor, "source": Source, "area": Area,
}  # fmt: skip
"""The records of which a field can be withheld, by the word that site.yaml uses for them."""

PLACE = r"<?(/(?:services|programmes|examples|pathways)/[^)#\s>]+)"
LINK = re.compile(rf"\[([^\]]*)\]\(\s*{PLACE}[^)]*\)")
"""A link in Markdown to a page of this site that stands for one thing."""

TARGET = re.compile(rf"(?m)^( {{0,3}}\[[^\]]+\]:\s*){PLACE}.*$")
"""The same where the address stands on a line of its own."""


def fields_for_audiences(kind: str) -> dict[str, Audience]:
    """The fields of a kind that can be withheld, each with the least audience that sees it when nobody says otherwise."""
    marks = {name: mark for name, info in GUARDED[kind].model_fields.items() for mark in info.metadata if isinstance(mark, SeenFrom)}
    return {name: mark.audience for name, mark in marks.items()}


def seen_by(directory: Directory, audience: Audience) -> Directory:
    """The directory as one audience sees it, with `audience` set.

    Fields meant for others have their empty value, and each record names them in `withheld`, whether a value is recorded or not: a
    withheld value is neither "not recorded" nor absent. Entries meant for others are gone, with every reference to them. A directory
    that was made for a lower audience stays that one's: nothing comes back.
    """
    if sees(audience, directory.audience):
        return directory
    return _Sight(directory, audience).directory()


def withholds(directory: Directory, audience: Audience) -> bool:
    """Whether an audience sees less than the whole: a field is meant for others, or an entry is."""
    return not sees(audience, directory.audience) and _Sight(directory, audience).withholds


class _Sight:
    """One pair of eyes: what is hidden from them, and what is therefore gone."""

    def __init__(self, whole: Directory, audience: Audience) -> None:
        self.whole, self.audience = whole, audience
        self.hidden = {cls: _hidden(kind, whole.site.audiences, audience) for kind, cls in GUARDED.items()}
        self.blank = {cls: {name: cls.model_fields[name].get_default() for name in fields} for cls, fields in self.hidden.items()}
        self.touched = {cls for cls in self.hidden if self._is_touched(cls)}

    def _is_touched(self, cls: type[Record]) -> bool:
        """Whether a record of this class can look different to these eyes than it is."""
        return bool(self.hidden.get(cls)) or "audience" in cls.model_fields or any(map(self._is_touched, _inner(cls).values()))

    @property
    def withholds(self) -> bool:
        """Whether anything at all is hidden."""
        whole = self.whole
        entries = (whole.services, whole.gateways, whole.programmes, whole.examples, whole.glossary, whole.steps, whole.closed_ways)
        guarded = (audience_of(entry) for part in entries for entry in part)
        routes = (route.audience for service in whole.services for route in service.reached_by)
        return any(self.hidden.values()) or not all(sees(self.audience, least) for least in {*guarded, *routes})

    # what is gone

    def _gone(self, records: tuple[Any, ...]) -> frozenset[str]:
        return frozenset(record.id for record in records if not sees(self.audience, record.audience))

    @cached_property
    def services(self) -> frozenset[str]:
        """Services that are gone, by id."""
        return self._gone(self.whole.services)

    @cached_property
    def programmes(self) -> frozenset[str]:
        """Programmes that are gone, by id."""
        return self._gone(self.whole.programmes)

    @cached_property
    def gateways(self) -> frozenset[tuple[str, str]]:
        """Gateways that are gone, by (area, id)."""
        return frozenset((each.area, each.id) for each in self.whole.gateways if not sees(self.audience, each.audience))

    @cached_property
    def pages(self) -> frozenset[str]:
        """The addresses of the pages that are gone."""
        return frozenset(
            [
                *(f"/services/{name}" for name in self.services),
                *(f"/programmes/{name}" for name in self.programmes),
                *(f"/examples/{name}" for name in self._gone(self.whole.examples)),
                *(f"/pathways/{area}/{name}" for area, name in self.gateways),
            ]
        )

    def _is_there(self, area: str, place: str) -> bool:
        return place not in self.services and (area, place) not in self.gateways

    # what is left

    def directory(self) -> Directory:
        """The whole, seen."""
        whole = self.whole
        if not self.withholds:
            same = {name: getattr(whole, name) for name in Directory.model_fields}
            return Directory.model_construct(**{**same, "audience": self.audience})
        vocabulary = whole.vocabulary
        # Made anew, not copied: a copy would bring along the lookups by id that the whole has already made, with all that is hidden.
        fields: dict[str, Any] = {
            "audience": self.audience,
            "site": whole.site.model_copy(update={"areas": self._all(whole.site.areas)}),
            "vocabulary": vocabulary.model_copy(update={"needs": self._all(vocabulary.needs), **self._ambiguities(vocabulary)}),
            "factors": self._all(whole.factors),
            "sources": self._all(whole.sources),
            "glossary": self._all(whole.glossary),
            "schemes": tuple(scheme.model_copy(update={"levels": self._all(scheme.levels)}) for scheme in whole.schemes),
            "descriptors": self._all(whole.descriptors),
            "gateways": tuple(map(self._gateway, self._all(whole.gateways))),
            "steps": tuple(way for way in self._all(whole.steps) if self._leads_on(way)),
            "closed_ways": tuple(way for way in self._all(whole.closed_ways) if self._leads_on(way)),
            "programmes": tuple(map(self._linked, self._all(whole.programmes))),
            "examples": tuple(map(self._example, self._all(whole.examples))),
            "services": tuple(map(self._service, self._all(whole.services))),
            "changes": tuple(filter(self._may_be_told, whole.changes)),
        }
        return Directory.model_construct(**fields)

    def _all(self, records: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(seen for record in records if (seen := self._seen(record)) is not None)

    def _seen(self, record: R) -> R | None:
        """A record without what is hidden in it, itself when that is nothing, None when all of it is."""
        cls = type(record)
        if cls not in self.touched:
            return record
        if not sees(self.audience, audience_of(record)):
            return None
        hidden = self.hidden.get(cls, frozenset())
        changed = dict(self.blank.get(cls, {}))
        withheld = list(hidden)
        for name, inner in _inner(cls).items():
            if name not in hidden and inner in self.touched and (value := getattr(record, name)):
                withheld += [f"{name}.{each}" for each in self.hidden.get(inner, ())]
                changed[name] = self._all(value) if isinstance(value, tuple) else self._seen(value)
                if isinstance(value, tuple) and len(changed[name]) < len(value):
                    withheld.append(name)
        if withheld and "withheld" in cls.model_fields:
            changed["withheld"] = _outermost((*getattr(record, "withheld", ()), *withheld))
        return record.model_copy(update=changed) if changed else record

    def _leads_on(self, way: Step | ClosedWay) -> bool:
        return self._is_there(way.area, way.start) and self._is_there(way.area, way.end)

    def _may_be_told(self, change: Change) -> bool:
        """Whether a recorded change is for these eyes, and not about something that has been hidden from them since."""
        area, _, name = change.id.partition("/")
        gone = {"service": change.id in self.services, "stage": (area, name) in self.gateways, "programme": change.id in self.programmes}
        return sees(self.audience, change.audience) and not gone.get(change.kind, False)

    def _gateway(self, gateway: Gateway) -> Gateway:
        return gateway.model_copy(update={"service": None}) if gateway.service in self.services else gateway

    def _example(self, example: Example) -> Example:
        stages = tuple(stage for stage in example.gateways if tuple(stage.split("/", 1)) not in self.gateways)
        programmes = tuple(name for name in example.programmes if name not in self.programmes)
        return self._linked(example.model_copy(update={"gateways": stages, "programmes": programmes}))

    def _service(self, service: Service) -> Service:
        """A service without what leads to things that are gone, and without words on what is not known of withheld fields."""
        if not (service.withheld or self.pages):
            return service
        routes = tuple(route for route in service.reached_by if (service.area, route.gateway) not in self.gateways)
        withheld = service.withheld
        if len(routes) < len(service.reached_by):
            withheld = _outermost((*withheld, "reached_by"))
        changed = {
            "reached_by": routes,
            "withheld": withheld,
            "related": tuple(other for other in service.related if other not in self.services),
            "programmes": tuple(name for name in service.programmes if name not in self.programmes),
            "not_recorded": _not_under(withheld, service.not_recorded),
            "not_provided": _not_under(withheld, service.not_provided),
        }
        return self._linked(service.model_copy(update=changed))

    def _linked(self, page: R) -> R:
        """A page whose text keeps the words of a link to a page that is gone, and loses the link."""
        body = told = getattr(page, "body", "")
        if self.pages and body:
            told = LINK.sub(lambda link: link[1] if link[2] in self.pages else link[0], body)
            told = TARGET.sub(lambda line: f"{line[1]}/{line[2].split('/')[1]}" if line[2] in self.pages else line[0], told)
        return page if told == body else page.model_copy(update={"body": told})

    def _ambiguities(self, vocabulary: Vocabulary) -> dict[str, Any]:
        """Ambiguous words without the meanings that are gone; a word with one meaning left is not ambiguous any more."""
        left = [
            ambiguity.model_copy(update={"choices": tuple(choice for choice in ambiguity.choices if choice.service not in self.services)})
            for ambiguity in vocabulary.ambiguities
        ]
        return {"ambiguities": tuple(ambiguity for ambiguity in left if len(ambiguity.choices) > 1)}


def _hidden(kind: str, changed: Mapping[str, Audience], audience: Audience) -> frozenset[str]:
    """The fields of a kind that an audience does not see, with what the deployment has changed."""
    least = {name: changed.get(f"{kind}.{name}", usual) for name, usual in fields_for_audiences(kind).items()}
    return frozenset(name for name, needed in least.items() if not sees(audience, needed))


def _outermost(names: Iterable[str]) -> tuple[str, ...]:
    """Names of fields by the alphabet, each once, and none that stands in another of them."""
    known = set(names)
    return tuple(sorted(name for name in known if name.partition(".")[0] not in known or "." not in name))


def _not_under(withheld: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of fields that are not withheld and stand in no field that is."""
    return tuple(name for name in names if name not in withheld and name.partition(".")[0] not in withheld)


_INNER: dict[type[Record], dict[str, type[Record]]] = {}


def _inner(cls: type[Record]) -> dict[str, type[Record]]:
    """The fields of a class that hold records of GUARDED, and the class of those."""
    if cls not in _INNER:
        found = {name: _record_in(info.annotation) for name, info in cls.model_fields.items()}
        _INNER[cls] = {name: inner for name, inner in found.items() if inner is not None}
    return _INNER[cls]


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and annotation in GUARDED.values():
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)
