"""What stands around an answer on a commissioners' page: links to the other questions and to lists, sources in a caption, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from app.gaps import (
    BAND_BY_ID,
    QUESTIONS,
    Asked,
    Cell,
    Change,
    GapQuestion,
    address_of,
    concentration_chart,
    contracts_chart,
    spend_chart,
)
from app.gaps.bands import places
from app.gaps.behind import place_in_words
from app.gaps.completeness import FIELD_WORDS, FieldState
from app.gaps.single_points import KINDS
from app.gaps.unanswered import DescriptorGap, NeedGap
from app.gaps.words import inside, joined, labels, named
from app.web.gaps.form import Form
from app.web.markup import drawing
from app.web.state import current

CHARTS: dict[str, Callable[[Any], str]] = {"spend": spend_chart, "concentration": concentration_chart, "contracts": contracts_chart}

FEW_SOURCES = 2
"""How many sources a caption names; all of them stand below the answer."""

SIGNS: dict[FieldState, str] = {"recorded": "✓", "in part": "½", "not provided": "✗", "not recorded": "–"}

NEED_ORDER = ("nothing", "only the wider need", "only also helped", "level or age not recorded", "in part")


def mention(services: Iterable[str], most: int = 3) -> str:
    """The names of the first services of a list of ids, the rest as a number."""
    known = current().directory.service_by_id
    return named([known[name].name for name in services], most)


class Frame(Form):
    """One answered question with all that stands around it on the page."""

    @property
    def area(self) -> str:
        """The name of the area asked about."""
        return self.directory.area_by_id[self.query.area].name

    @property
    def needs_in_words(self) -> str:
        """The needs selected."""
        return labels(self.query.needs, self.directory, "or")

    # links

    def others(self) -> list[tuple[GapQuestion, str]]:
        """Every question with its address for the same area and need."""
        found = []
        for question in QUESTIONS.values():
            needs = self.query.needs if "need" in question.parts else ()
            plain = replace(self.query, needs=needs, received_by=(), status="in-use", funder="", as_from_0=False, years=False)
            found.append((question, address_of(question.path, Asked(plain))))
        return found

    @cached_property
    def _cell(self) -> str:
        return address_of("/gaps/cell", Asked(self.query))

    def cell(self, band: str = "", level: int = 0, *, need: str = "", area: str = "") -> str:
        """The list behind a cell of ages by levels; without a band or a level, behind a total."""
        base = self._cell
        if need or area:
            query = replace(self.query, needs=(need,) if need else self.query.needs, area=area or self.query.area)
            base = address_of("/gaps/cell", Asked(query))
        return base + (f"&age={band}" if band and band != "all" else "") + (f"&level={level}" if level else "")

    def matrix(self, *, need: str = "") -> str:
        """The table of ages by levels, for a need or for any."""
        return address_of("/gaps", Asked(replace(self.query, needs=(need,) if need else (), received_by=(), funder="")))

    def without(self, service: str) -> str:
        """What would change if a service ended."""
        return without_address(service)

    def since_by(self, since: str, by: str) -> str:
        """The ends of a window."""
        return f"{address_of('/gaps/contracts', Asked(self.query))}&since={since}&by={by}"

    def ends_by(self, day: date) -> str:
        """What would change if everything ended that is recorded to end by a day."""
        return address_of("/gaps/what-if", Asked(self.query, change=Change(ends_by=day)))

    @property
    def contracts_address(self) -> str:
        """The ends of the area's contracts."""
        return address_of("/gaps/contracts", Asked(replace(self.query, needs=())))

    @cached_property
    def service_links(self) -> dict[str, str]:
        """The address of each service of the area by its name, for tables that begin with names."""
        here = self.ground.services_of(self.ground.in_area(self.query))
        return {service.name: f"/services/{service.id}" for service in here}

    @cached_property
    def programme_links(self) -> dict[str, str]:
        """The address of each programme by its name."""
        return {programme.name: f"/programmes/{programme.id}" for programme in self.directory.programmes}

    # words

    def word(self, cell: Cell) -> str:
        """None, one, few or several: of services that work directly, or in any way where only services for adults were asked about."""
        return cell.word_all_ways if self.query.only_for_adults else cell.word

    key = (("none", "0"), ("one", "1"), ("few", "2 or 3"), ("several", "4 or more"))

    def places(self, cells: Iterable[tuple[str, int]]) -> str:
        """Cells in words: "all ages at levels 2 to 4, ages 0 to 10 at level 1"."""
        return "; ".join(places(cells))

    def place(self, band: str, level: int) -> str:
        """One cell in words."""
        return place_in_words(BAND_BY_ID[band], level)

    kind_words = KINDS

    state_key = tuple((sign, state) for state, sign in SIGNS.items())

    def sign(self, state: FieldState) -> str:
        """The sign of a state, beside which the state always stands in words."""
        return SIGNS[state]

    def field_words(self, fields: Iterable[str]) -> str:
        """Names of fields as a list in a sentence."""
        return joined([inside(FIELD_WORDS[field]) for field in fields])

    @property
    def field_labels(self) -> list[str]:
        """The fields counted, as people call them."""
        return [FIELD_WORDS[field] for field in self.told.answer.fields]

    @property
    def needs_open(self) -> list[NeedGap]:
        """Needs with a gap, the emptiest first."""
        gaps: list[NeedGap] = [gap for gap in self.told.answer.needs if gap.state != "answered"]
        return sorted(gaps, key=lambda gap: (NEED_ORDER.index(gap.state), -len(gap.missing), gap.label))

    def descriptors_open(self, level: int) -> list[DescriptorGap]:
        """The descriptors of a level that no service answers."""
        return [gap for gap in self.told.answer.descriptors if gap.level == level and gap.state == "unanswered"]

    # around the table

    @cached_property
    def caption(self) -> str:
        """How old the facts are, for the caption of a table."""
        rows = self.told.sources.rows
        where = f"{self.area}, as at {self.directory.area_by_id[self.query.area].as_at}"
        if self.told.question.id == "areas":
            where = joined([f"{area.name} as at {area.as_at}" for area in self.directory.site.areas])
        if not rows:
            return f"{where}. No source is recorded."
        titles = [f"{row[0]} ({row[2]})" for row in rows]
        return f"{where}. From: {named(titles, FEW_SOURCES)}{', below' if len(rows) > FEW_SOURCES else ''}."

    def chart(self, name: str, answer: Any) -> Markup:
        """One of the charts of this answer."""
        return drawing(CHARTS[name](answer))


def without_address(service: str) -> str:
    """What would change if this service ended."""
    return f"/gaps/what-if?area={service.partition('/')[0]}&without={service}"
