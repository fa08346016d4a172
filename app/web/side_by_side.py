"""Services side by side: the same things said of each in the same order, and what is not recorded said too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.freshness import mark_of, service_reviews
from app.matching.sentences import inside, joined, levels_in_words
from app.model import RECIPIENT_WORDS, STATUS_WORDS, Directory, Service, date_in_words
from app.web.words import NOT_SHOWN, STATED_AS, age_line, extension_in_words, first_upper, unstated

NOT_RECORDED = "Not recorded"

Lines = list["Line"]


@dataclass(frozen=True)
class Line:
    """A few words of one service, with the page that says more of them."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Cell:
    """What is said of one thing about one service: lines, or why there are none."""

    lines: tuple[Line, ...]
    silence: str = ""

    @property
    def text(self) -> str:
        """The cell as one text, for a table that has no lines."""
        return "; ".join(line.words for line in self.lines) or self.silence

    def to_json(self) -> dict[str, Any]:
        """The cell for other programs; `silence` says why there are no lines."""
        return {"lines": [line.words for line in self.lines], "silence": self.silence or None}


@dataclass(frozen=True)
class Row:
    """One thing, said of every service of the list."""

    id: str
    heading: str
    cells: tuple[Cell, ...]


class SideBySide:
    """Services of one directory, told as rows."""

    def __init__(self, directory: Directory, services: Sequence[Service], today: date) -> None:
        self.directory = directory
        self.today = today
        self.services = tuple(services)

    @property
    def rows(self) -> list[Row]:
        """Every row, in the order in which a practitioner asks."""
        told: list[tuple[str, str, tuple[str, ...], Callable[[Service], Lines]]] = [
            ("refer", "Can I refer?", ("who_can_refer",), self._refer),
            ("needs", "What it is for", ("needs",), self._needs),
            ("who", "Who receives it", ("received_by",), self._who),
            ("ages", "Ages", ("ages",), self._ages),
            ("levels", "Levels of need", ("levels",), self._levels),
            ("route", "How to get there", ("reached_by",), self._route),
            ("consent", "Whose agreement is needed", ("consent",), self._consent),
            ("contact", "How to contact it", ("contact",), self._contact),
            ("capacity", "Is there room?", ("capacity",), self._capacity),
            ("what", "What it does", (), self._what),
            ("unknown", "What is not known", (), self._unknown),
            ("source", "As at, and from", (), self._source),
        ]
        return [
            Row(name, heading, tuple(_cell(tell(service), service, fields) for service in self.services))
            for name, heading, fields, tell in told
        ]

    def _refer(self, service: Service) -> Lines:
        lines = [Line(STATUS_WORDS[service.status])]
        if service.who_can_refer:
            lines.append(Line(service.who_can_refer))
        elif "who_can_refer" not in service.withheld:
            lines.append(Line("Who can refer is not recorded"))
        if service.excludes:
            lines.append(Line(f"Cannot use it: {inside(service.excludes)}"))
        return lines

    def _needs(self, service: Service) -> Lines:
        needs = service.needs
        if needs is None:
            return []
        told = [Line(self._label(name), f"/themes/{name}") for name in needs.main]
        if needs.any_need:
            told.append(Line("Takes any need"))
        for words, names in (("Also helps with", needs.also), ("Only if there is", needs.only_if)):
            if names:
                told.append(Line(f"{words}: {joined([inside(self._label(name)) for name in names])}"))
        return told

    def _label(self, name: str) -> str:
        return self.directory.need_by_id[name].label

    def _who(self, service: Service) -> Lines:
        return [Line(first_upper(joined([RECIPIENT_WORDS[name] for name in service.received_by])))] if service.received_by else []

    def _ages(self, service: Service) -> Lines:
        if service.ages is None:
            return []
        return [Line(age_line(service)), *(Line(f"Also {extension_in_words(more)}") for more in service.ages.also)]

    def _levels(self, service: Service) -> Lines:
        if not service.levels:
            return []
        basis = f", {service.level_basis}" if service.level_basis else ""
        return [Line(first_upper(levels_in_words(service.levels)) + basis)]

    def _route(self, service: Service) -> Lines:
        told = []
        for route in service.reached_by:
            gateway = self.directory.gateway_by_key.get((service.area, route.gateway))
            name = gateway.name if gateway else route.gateway
            doubt = f" ({route.status})" if route.status != "stated in the source" else ""
            told.append(Line(f"{name}{doubt}", f"/pathways/{service.area}/{route.gateway}"))
        return told

    def _consent(self, service: Service) -> Lines:
        return [Line(service.consent)] if service.consent else []

    def _contact(self, service: Service) -> Lines:
        contact = service.contact
        known = [contact.role, contact.telephone, contact.email, contact.web, contact.hours] if contact else []
        told = [Line(words) for words in known if words]
        return [*told, Line("Its address is withheld, to keep the people there safe")] if service.address_withheld else told

    def _capacity(self, service: Service) -> Lines:
        room = service.capacity
        if room is None:
            return []
        waiting = f": {room.waiting} {room.unit or ''}".rstrip() if room.waiting else ""
        return [Line(f"{first_upper(room.state)}{waiting}, as at {date_in_words(room.as_at or service.as_at)}")]

    def _what(self, service: Service) -> Lines:
        plain = service.in_plain_words if self.directory.audience == "public" else None
        told = [Line(plain or service.summary)]
        if service.length:
            told.append(Line(f"How long: {inside(service.length)}"))
        if service.place and not service.address_withheld:
            told.append(Line(f"Where: {service.place}"))
        return told

    def _unknown(self, service: Service) -> Lines:
        missing = [STATED_AS[name] for name in unstated(service)]
        return [Line(words) for words in missing] or [Line("Everything that a profile must state is recorded")]

    def _source(self, service: Service) -> Lines:
        area = self.directory.area_by_id[service.area]
        first = service.sources[0]
        title = self.directory.source_by_id[first.document].title
        tag = mark_of(service_reviews(service, self.directory.site.review, self.today)).tag
        told = [Line(f"{area.name}, as at {date_in_words(service.as_at)}"), Line(f"{title}, {first.section}")]
        return [*told, Line(first_upper(tag))] if tag else told


def _cell(lines: Lines, service: Service, fields: tuple[str, ...]) -> Cell:
    silence = NOT_SHOWN if any(name in service.withheld for name in fields) else NOT_RECORDED
    return Cell(tuple(lines), "" if lines else silence)
