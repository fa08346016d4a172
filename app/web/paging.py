"""A long list in pages, each with an address of its own: which page is shown, and the way to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.question import AddressProblem
from app.web.menu import AreaList
from app.web.words import shown

PART = "page"
"""The part of an address that says which page of a list is shown; the first page needs none."""

A_PAGE = 100
"""How many services stand on one page of the menu; shorter lists have no pages."""


@dataclass(frozen=True)
class Paging:
    """One page of a list of `total` entries, and the addresses of the other pages."""

    number: int
    total: int
    address: Callable[[int], str]

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page too."""
        return max(1, -(-self.total // A_PAGE))

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last entry of this page, counted from 1."""
        return (self.number - 1) * A_PAGE + 1, min(self.number * A_PAGE, self.total)

    @property
    def numbers(self) -> list[int]:
        """The pages to name: the first, the last, this one and those beside it; 0 where some are left out between."""
        near = [number for number in range(1, self.last + 1) if number in (1, self.last) or abs(number - self.number) < 2]
        told: list[int] = []
        for number in near:
            if told and number > told[-1] + 1:
                told.append(0)
            told.append(number)
        return told


def page_asked(values: Sequence[str], total: int, address: Callable[[int], str]) -> tuple[Paging, list[AddressProblem]]:
    """The page that an address names, or the first with the reason why its own cannot be used."""
    first = Paging(1, total, address)
    asked = [value.strip() for value in values if value.strip()]
    if not asked:
        return first, []
    if len(asked) > 1:
        return first, [AddressProblem(PART, shown(asked[1]), "is a second value; one page at a time can be shown")]
    number = int(asked[0]) if asked[0].isascii() and asked[0].isdigit() and len(asked[0]) < 6 else 0
    if 1 <= number <= first.last:
        return replace(first, number=number), []
    allowed = f"write a number from 1 to {first.last}" if first.last > 1 else "it has only one"
    return first, [AddressProblem(PART, shown(asked[0]), f"is not a page of this list; {allowed}")]


def part_of(lists: Sequence[AreaList], paging: Paging) -> list[AreaList]:
    """What stands on one page: areas and sections as in the whole list, each with the count of all its services."""
    start, end = paging.span[0] - 1, paging.span[1]
    position = 0
    shown_here: list[AreaList] = []
    for each in lists:
        sections = []
        for section in each.sections:
            here = section.services[max(0, start - position) : max(0, end - position)]
            if here:
                sections.append(replace(section, services=here, before=max(0, start - position), of=len(section.services)))
            position += len(section.services)
        if sections:
            shown_here.append(replace(each, sections=tuple(sections)))
    return shown_here
