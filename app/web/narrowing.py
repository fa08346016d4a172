"""The filters beside an answer: they narrow what its groups list, and never what its sentences say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from app.facets import Facets
from app.model import RECIPIENT_WORDS, STATUS_WORDS, Directory
from app.problems import nearest
from app.question import AddressProblem
from app.web.menu import Bits, Filter, Option
from app.web.words import ROOM_WORDS, first_upper, shown

NAMES = {"received": "Received by", "way": "Way in", "status": "Status", "room": "Room"}
"""The filters, in their order."""


class Narrowing:
    """What was chosen in the filters of one answer, as bits of services, and how to carry it on in an address."""

    def __init__(self, facets: Facets, directory: Directory, area: str, values: Mapping[str, list[str]]) -> None:
        self.facets, self.directory, self.area = facets, directory, area
        self.problems: list[AddressProblem] = []
        self.members = {name: self._members(name) for name in NAMES}
        self.chosen = {name: value for name in NAMES if (value := self._one(name, values.get(name, [])))}

    def _one(self, name: str, values: list[str]) -> str:
        given = [value.strip() for value in values if value.strip()]
        if len(given) > 1:
            self.problems.append(AddressProblem(name, shown(given[1]), "is a second value; one at a time can be chosen"))
        if given and given[0] not in self.members[name]:
            words = f"is not one of the choices here{nearest(given[0][:100], self.members[name])}"
            self.problems.append(AddressProblem(name, shown(given[0]), words))
            return ""
        return given[0] if given else ""

    def _members(self, name: str) -> dict[str, tuple[str, int]]:
        """Each value of a filter, with its words and its services."""
        facets = self.facets
        if name == "received":
            return {each: (first_upper(words), facets.recipient.get(each, 0)) for each, words in RECIPIENT_WORDS.items()}
        if name == "way":
            here = [gateway for gateway in self.directory.gateways if gateway.area == self.area]
            return {gateway.id: (gateway.name, facets.gateway.get((self.area, gateway.id), 0)) for gateway in here}
        if name == "status":
            return {each: (words, facets.status.get(each, 0)) for each, words in STATUS_WORDS.items()}
        return {each: (words, facets.room.get(each, 0)) for each, words in ROOM_WORDS.items()}

    def _bits(self, name: str, value: str) -> Bits:
        """The services of a value, and those of which the source does not say."""
        known = _union(bits for _, bits in self.members[name].values())
        unknown = self.facets.route_not_recorded if name == "way" else self.facets.everything & ~known
        return Bits(self.members[name][value][1], unknown)

    @property
    def only(self) -> int | None:
        """What stays in the groups: what fits, and what may fit because the source does not say. None when nothing is chosen."""
        if not self.chosen:
            return None
        found = self.facets.everything
        for name, value in self.chosen.items():
            bits = self._bits(name, value)
            found &= bits.sure | bits.unknown
        return found

    def kept(self, placed: int) -> tuple[int, int, int]:
        """Of the services placed in an answer: how many surely stay, how many may fit, and how many there are."""
        sure = placed
        for name, value in self.chosen.items():
            sure &= self._bits(name, value).sure
        staying = placed & (self.facets.everything if self.only is None else self.only)
        return sure.bit_count(), (staying & ~sure).bit_count(), placed.bit_count()

    def filters(self, placed: int) -> list[Filter]:
        """Each filter with its choices; the count of a choice is what it surely gives beside the other filters."""
        return [made for name in NAMES if len((made := self._filter(name, placed)).options) > 1 or made.name in self.chosen]

    def _filter(self, name: str, placed: int) -> Filter:
        others = placed
        for each, value in self.chosen.items():
            if each != name:
                bits = self._bits(each, value)
                others &= bits.sure | bits.unknown
        options = (
            Option(value, words, (bits & others).bit_count(), self.chosen.get(name) == value)
            for value, (words, bits) in self.members[name].items()
        )
        return Filter(name, NAMES[name], tuple(option for option in options if option.count or option.chosen))

    def said(self) -> list[tuple[str, str, str]]:
        """What is chosen: (name, its words, what an address carries without it)."""
        return [
            (NAMES[name], self.members[name][value][0], self.carried(leave_out=name))
            for name, value in self.chosen.items()
        ]

    def carried(self, leave_out: str = "") -> str:
        """What an address carries on of the filters: "&received=family", or ""."""
        pairs = [(name, value) for name, value in self.chosen.items() if name != leave_out]
        return f"&{urlencode(pairs)}" if pairs else ""


def _union(members: Iterable[int]) -> int:
    bits = 0
    for member in members:
        bits |= member
    return bits
