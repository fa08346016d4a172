"""The services behind a cell, a row or a column of the table of ages by levels, way by way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.gaps.asked import Asked
from app.gaps.bands import BANDS, YEARS, Band
from app.gaps.cells import EVERY, Cell, cells_of, total
from app.gaps.ground import Ground
from app.gaps.rules import coverage_rules
from app.gaps.tables import NOT_RECORDED, Table
from app.gaps.words import capital, labels, levels_in_words
from app.model import RECIPIENT_WORDS, Service

HEADINGS = {
    "direct": "They work with the child or the family directly",
    "through_parent": "They reach the child through a parent or carer",
    "conditional": "They reach these ages only on a condition",
    "not_recorded": "Not recorded: they may belong here, the source does not say enough",
    "also": "They also help with it, beside another main purpose",
    "wider": "They are for the wider need of which it is a kind",
    "any_need": "They take any need",
}
"""The ways of belonging to a cell, in their order; the last three are counted apart and only with a need."""

MOST_LISTED = 200
"""The most services that are listed under one heading; beyond it the list says how many more there are."""


@dataclass(frozen=True)
class Part:
    """The services that belong to a cell in one way. A service for adults that a young person may use stands in two parts."""

    key: str
    heading: str
    services: tuple[Service, ...]
    number: int

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.number - len(self.services)


@dataclass(frozen=True)
class Behind:
    """One cell and the lists behind its numbers."""

    area: str
    area_name: str
    place: str
    cell: Cell | None
    parts: tuple[Part, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...]

    def to_json(self, ground: Ground) -> dict[str, Any]:
        """The numbers of the cell, and the services way by way."""
        return {
            "area": self.area,
            "place": self.place,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "cell": self.cell.to_json(ground) if self.cell else None,
            "parts": [
                {"way": part.key, "heading": part.heading, "number": part.number, "services": [service.id for service in part.services]}
                for part in self.parts
            ],
        }

    def table(self) -> Table:
        """One row for each service and way."""
        header = ("Way", "Service", "Ages", "Levels", "Received by", "Commissioner", "Address")
        rows = tuple(
            (part.heading, service.name, service.ages.text if service.ages else NOT_RECORDED,
             "; ".join(map(str, service.levels)) or NOT_RECORDED,
             "; ".join(RECIPIENT_WORDS[who] for who in service.received_by) or NOT_RECORDED, service.commissioner or NOT_RECORDED,
             f"/services/{service.id}")
            for part in self.parts for service in part.services
        )  # fmt: skip
        return Table("cell", f"Services behind: {self.place}", header, rows, "" if self.cell else " ".join(self.findings))


def behind(ground: Ground, asked: Asked) -> Behind:
    """The services behind one cell of the table; without an age all ages, without a level all levels."""
    query = asked.query
    area = ground.directory.area_by_id[query.area]
    chosen, levels = ground.chosen(query), ground.levels_of(query.area)
    place = f"{place_in_words(asked.age, asked.level)}, {area.name}"
    if query.needs:
        place = f"{capital(labels(query.needs, ground.directory, 'or'))}: {place[0].lower()}{place[1:]}"
    if not levels:
        unplaced = {"not_recorded": chosen.sure | chosen.unsure, "also": chosen.also}
        parts = tuple(_part(ground, key, bits) for key, bits in unplaced.items() if bits)
        words = f"No threshold scheme is recorded for {area.name}, so its services stand at no level, and no number is shown for a cell."
        return Behind(area.id, area.name, place, None, parts, (words,), ())
    bands = (asked.age,) if asked.age else YEARS if query.years else BANDS
    cells = cells_of(ground, chosen, bands, (asked.level,) if asked.level else levels, query.as_from_0)
    cell = cells[0] if len(cells) == 1 else total(asked.age.id if asked.age else EVERY, asked.level or 0, cells)
    bits_of = {
        "direct": cell.ways.direct, "through_parent": cell.ways.through_parent, "conditional": cell.ways.conditional,
        "not_recorded": cell.ways.not_recorded, "also": cell.also.reaching, "wider": cell.wider, "any_need": cell.any_need,
    }  # fmt: skip
    parts = tuple(_part(ground, key, bits) for key, bits in bits_of.items() if bits)
    return Behind(area.id, area.name, place, cell, parts, (f"{place}: {cell.in_words()}.",), coverage_rules(ground, query, cells))


def place_in_words(band: Band | None, level: int | None) -> str:
    """A cell, a row or a column in words: "Ages 11 to 15, level 4", "All ages, all levels"."""
    return f"{band.label if band else 'All ages'}, {levels_in_words([level]) if level else 'all levels'}"


def _part(ground: Ground, key: str, bits: int) -> Part:
    listed: list[Service] = []
    for service in ground.services_of(bits):
        if len(listed) == MOST_LISTED:
            break
        listed.append(service)
    return Part(key, HEADINGS[key], tuple(listed), bits.bit_count())
