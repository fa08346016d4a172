"""What every commissioner's question stands on: a directory, its facets, and the bit sets that facets do not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import compress, islice

from app.facets import Facets, facets_of
from app.gaps.bands import Band
from app.gaps.moving import moved_facets
from app.gaps.payers import payers_of, slug
from app.gaps.query import ALL, IN_USE, Query
from app.gaps.ways import Chosen, Ways
from app.gaps.words import MOST_NAMED, joined
from app.model import UNBORN, Directory, Scheme, Service
from app.model.fit import TEENAGER_FROM

ZERO_ONE = bytes.maketrans(b"01", b"\x00\x01")


class Ground:
    """One directory, ready for commissioners' questions. Made once; never changed; safe to share between threads.

    What is withheld in the directory (`withheld`) is told as not shown, never as not recorded. Without `with_money` budgets are withheld
    here: no sum of money leaves this object.
    """

    def __init__(self, directory: Directory, facets: Facets | None = None, *, with_money: bool = True, left: int | None = None) -> None:
        self.directory = directory
        self.facets = facets or facets_of(directory)
        self._with_money = with_money
        self.left = self.facets.everything if left is None else left
        self._ways: dict[tuple[tuple[int, ...], bool], Ways] = {}

    # what is not shown

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The fields of profiles that this audience is not shown: "budget", "capacity.waiting"."""
        names = {name for service in self.facets.services for name in service.withheld}
        return frozenset(names if self._with_money else {*names, "budget"})

    @property
    def hides_money(self) -> bool:
        """Whether budgets are not shown."""
        return "budget" in self.withheld

    @property
    def hides_ends(self) -> bool:
        """Whether ends of contracts are not shown."""
        return not self.withheld.isdisjoint(("contract", "contract.ends", "contract.ends_when"))

    # single services

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each service, by ordinal."""
        return tuple(service.id for service in self.facets.services)

    def service(self, name: str) -> Service:
        """The service with this id, as it stands here (a what-if may have moved it)."""
        return self.facets.services[self.facets.ordinal[name]]

    def ids_of(self, bits: int) -> list[str]:
        """The ids of a bit set; quick for large sets as well."""
        if bits.bit_count() < 64:
            return [service.id for service in self.facets.picked(bits)]
        return list(compress(self.ids, format(bits, "b")[::-1].encode().translate(ZERO_ONE)))

    def services_of(self, bits: int) -> Iterator[Service]:
        """The services of a bit set, in the order in which they are shown."""
        return self.facets.picked(bits)

    def names_of(self, bits: int) -> list[str]:
        """The names of a bit set."""
        return [service.name for service in self.facets.picked(bits)]

    def named(self, bits: int, most: int = MOST_NAMED) -> str:
        """The first names of a bit set in words, the rest as a number: "a, b, c and 4 more"."""
        first = [service.name for service in islice(self.facets.picked(bits), most)]
        return joined(first) if bits.bit_count() <= most else f"{', '.join(first)} and {bits.bit_count() - most} more"

    def budget_of(self, service: Service) -> int | None:
        """The known budget for a year; None when there is none, it is for no year, or it is not shown."""
        budget = service.budget
        return budget.amount if budget and budget.per == "year" and not self.hides_money else None

    def told(self, text: str) -> str:
        """A text of the source as it may be shown: where money is hidden, without the sums of money in it."""
        return re.sub(r"£\s?[\d,.]*\d(?:\s?(?:million|[mkMK])\b)?", "a sum not shown here", text) if self.hides_money else text

    # bit sets that facets do not hold

    @cached_property
    def focused(self) -> int:
        """Services that work at one or two levels only."""
        return self._where(lambda service: service.focused)

    @cached_property
    def recipient_unknown(self) -> int:
        """Services of which the source does not say who receives them."""
        return self._where(lambda service: not service.received_by)

    @cached_property
    def around(self) -> int:
        """Services that only adults around the child receive: parents, carers, professionals."""
        with_child = 0
        for recipient in ("child", "young_parent", "family"):
            with_child |= self.facets.recipient.get(recipient, 0)
        return self.facets.everything & ~with_child & ~self.recipient_unknown

    @cached_property
    def youngest_unknown(self) -> int:
        """Services with an oldest age and no youngest one: "under 18"."""
        return self._where(lambda service: bool(service.ages and service.ages.lower is None and service.ages.upper is not None))

    @cached_property
    def under(self) -> dict[int, int]:
        """Services for the child or the family whose youngest age is unknown and whose oldest age is this one or above it, by age."""
        unknown = self.youngest_unknown & ~self.recipient_unknown & ~self.around
        oldest = {service.id: service.ages.upper or 0 for service in self.services_of(unknown) if service.ages}
        by_age = self._by(lambda service: map(str, range(min(oldest.get(service.id, UNBORN) + 1, TEENAGER_FROM))))
        return {int(age): bits for age, bits in by_age.items()}

    @cached_property
    def also(self) -> dict[str, int]:
        """Services by the needs they also help with, where the source says so (ages that make room for a need are no help with it)."""
        return self._by(lambda service: service.needs.also if service.needs else ())

    @cached_property
    def payers(self) -> dict[str, str]:
        """The names of those who pay, by the short name that an address uses."""
        return {slug(name): name for service in self.facets.services for name in payers_of(service)}

    def payers_in(self, area: str) -> dict[str, str]:
        """Those who pay for a service of the area, of any status."""
        here = self.facets.area.get(area, 0)
        return {key: name for key, name in self.payers.items() if self.paid_by[key] & here}

    @cached_property
    def paid_by(self) -> dict[str, int]:
        """Services by the short name of who pays."""
        return self._by(lambda service: tuple(slug(name) for name in payers_of(service)))

    @cached_property
    def paid_only_by(self) -> dict[str, int]:
        """Services by the name of the one who alone pays for them."""
        return self._by(lambda service: payers_of(service) if len(payers_of(service)) == 1 else ())

    @cached_property
    def provided_by(self) -> dict[str, int]:
        """Services by the name of their provider."""
        return self._by(lambda service: (service.provider,) if service.provider else ())

    @cached_property
    def answered_for(self) -> dict[str, int]:
        """Services by the name of who answers for them: who commissions, and where that is not recorded, who pays."""
        return self._by(lambda service: (service.commissioner,) if service.commissioner else payers_of(service))

    @cached_property
    def cited(self) -> dict[str, int]:
        """Services by the documents that their facts come from."""
        return self._by(lambda service: dict.fromkeys(citation.document for citation in service.sources))

    def bits_of(self, names: Iterable[str]) -> int:
        """The services with these ids as a bit set."""
        bits = 0
        for name in names:
            bits |= 1 << self.facets.ordinal[name]
        return bits

    @cached_property
    def payer_unknown(self) -> int:
        """Services of which the source does not say who pays."""
        return self._where(lambda service: not payers_of(service))

    def _where(self, test: Callable[[Service], bool]) -> int:
        return int("".join("1" if test(service) else "0" for service in reversed(self.facets.services)) or "0", 2)

    def _by(self, keys_of: Callable[[Service], Iterable[str]]) -> dict[str, int]:
        members: dict[str, bytearray] = {}
        for number, service in enumerate(self.facets.services):
            for key in keys_of(service):
                bits = members.setdefault(key, bytearray(len(self.facets.services) // 8 + 1))
                bits[number >> 3] |= 1 << (number & 7)
        return {key: int.from_bytes(bits, "little") for key, bits in members.items()}

    @cached_property
    def narrower(self) -> dict[str, tuple[str, ...]]:
        """Each need with every kind of it, itself first."""
        kinds: dict[str, list[str]] = {}
        for need in self.directory.vocabulary.needs:
            if need.broader:
                kinds.setdefault(need.broader, []).append(need.id)
        found = {}
        for need in self.directory.vocabulary.needs:
            seen = [need.id]
            for name in seen:
                seen += [kind for kind in kinds.get(name, ()) if kind not in seen]
            found[need.id] = tuple(seen)
        return found

    # questions

    def main(self, needs: Iterable[str]) -> int:
        """Services whose main purpose is one of the needs, or a kind of one."""
        bits = 0
        for need in needs:
            for kind in self.narrower.get(need, (need,)):
                bits |= self.facets.main.get(kind, 0)
        return bits

    def also_help(self, needs: Iterable[str]) -> int:
        """Services that also help with one of the needs, or a kind of one, where the source says so."""
        bits = 0
        for need in needs:
            for kind in self.narrower.get(need, (need,)):
                bits |= self.also.get(kind, 0)
        return bits

    def wider(self, needs: Iterable[str]) -> int:
        """Services whose main purpose is a need of which one of these is a kind: domestic abuse, when perpetrator work is asked about."""
        bits = 0
        for need in needs:
            broader = self.directory.need_by_id[need].broader if need in self.directory.need_by_id else None
            bits |= self.facets.main.get(broader, 0) if broader else 0
        return bits

    def in_area(self, query: Query) -> int:
        """The services of the query's area and status, before any other filter."""
        facets = self.facets
        bits = facets.area.get(query.area, 0) & self.left
        if query.among is not None:
            bits &= sum(1 << facets.ordinal[name] for name in query.among if name in facets.ordinal)
        if query.status == IN_USE:
            return bits & facets.running
        return bits if query.status == ALL else bits & facets.status.get(query.status, 0)

    def chosen(self, query: Query) -> Chosen:
        """The services that a query asks about."""
        facets = self.facets
        sure = possible = self.in_area(query)
        if query.received_by:
            received = 0
            for recipient in query.received_by:
                received |= facets.recipient.get(recipient, 0)
            sure, possible = sure & received, possible & (received | self.recipient_unknown)
        if query.funder:
            paid = self.paid_by.get(query.funder, 0)
            sure, possible = sure & paid, possible & (paid | self.payer_unknown)
        if not query.needs:
            return Chosen(sure, possible & ~sure)
        main = self.main(query.needs)
        also = sure & self.also_help(query.needs) & ~main
        wider = sure & self.wider(query.needs) & ~main & ~also
        any_need = sure & facets.any_need & ~main & ~also & ~wider
        possible &= main | facets.need_not_recorded
        return Chosen(sure & main, possible & ~(sure & main), also, wider, any_need)

    def ways(self, ages: tuple[int, ...], as_from_0: bool = False) -> Ways:
        """How every service reaches a child of one of these ages; any overlap counts."""
        key = (ages, as_from_0)
        if key not in self._ways:
            self._ways[key] = self._worked_out(ages, as_from_0)
        return self._ways[key]

    def _worked_out(self, ages: tuple[int, ...], as_from_0: bool) -> Ways:
        direct = own_right = through = conditional = unknown = assumed = 0
        for age in ages:
            of_class = self.facets.by_age[age].of_class
            not_said = of_class["not-recorded"]
            if as_from_0:
                # With a youngest age of 0 these are core ages, and a core age is direct also where an extension reaches it.
                assumed |= self.under.get(age, 0)
                not_said &= ~self.youngest_unknown | self.recipient_unknown
            direct |= of_class["direct"] | of_class["family"]
            own_right |= of_class["direct"] & self.around
            through |= of_class["through-parent"]
            conditional |= of_class["conditional"]
            unknown |= not_said
        assumed &= ~direct
        direct |= assumed
        through |= own_right
        conditional &= ~direct & ~through
        return Ways(direct, through, conditional, unknown & ~(direct | through | conditional), own_right, assumed)

    def bands_ways(self, bands: Iterable[Band], as_from_0: bool) -> list[tuple[Band, Ways]]:
        """The ways of each band."""
        return [(band, self.ways(band.ages, as_from_0)) for band in bands]

    def scheme_of(self, area: str) -> Scheme | None:
        """The threshold scheme of an area, if it has levels."""
        scheme = self.directory.scheme_of(area)
        return scheme if scheme and scheme.levels else None

    def levels_of(self, area: str) -> tuple[int, ...]:
        """The numbers of the levels that an area's scheme has, from the lowest; none where the area has no scheme."""
        scheme = self.scheme_of(area)
        return tuple(sorted(level.number for level in scheme.levels)) if scheme else ()

    # another ground

    def changed(self, without: Iterable[str] = (), moved: Mapping[str, Service] | None = None) -> Ground:
        """The ground as it would be without some services, and with others at other ages or levels. Nothing else is worked out anew."""
        gone = self.bits_of(without)
        facets = self.facets
        for name, service in (moved or {}).items():
            facets = moved_facets(facets, facets.ordinal[name], service)
        ground = Ground(self.directory, facets, with_money=self._with_money, left=self.left & ~gone)
        for kept in (
            "withheld",
            "ids",
            "recipient_unknown",
            "around",
            "also",
            "payers",
            "paid_by",
            "paid_only_by",
            "provided_by",
            "answered_for",
            "cited",
            "payer_unknown",
            "narrower",
        ):
            if kept in self.__dict__:
                ground.__dict__[kept] = self.__dict__[kept]
        if not moved:
            ground._ways = self._ways
            for kept in ("focused", "youngest_unknown", "under"):
                if kept in self.__dict__:
                    ground.__dict__[kept] = self.__dict__[kept]
        return ground
