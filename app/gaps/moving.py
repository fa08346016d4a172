"""The facets with one service at other ages or levels, without working out the others anew."""

from __future__ import annotations

from dataclasses import replace

from app.facets import AgeBits, Facets
from app.model import AgeClass, Service, age_fit


def moved_facets(facets: Facets, number: int, service: Service) -> Facets:
    """The facets with one service at other ages or levels."""
    bit = 1 << number

    def at(bits: int, belongs: bool) -> int:
        return bits & ~bit | (bit if belongs else 0)

    levels = {*facets.level, *service.levels}
    by_age: dict[int, AgeBits] = {}
    for age, bits in facets.by_age.items():
        fit = age_fit(service, age)
        of_class: dict[AgeClass, int] = {
            name: at(members, fit is not None and fit.age_class == name) for name, members in bits.of_class.items()
        }
        by_age[age] = AgeBits(of_class)
    return replace(
        facets,
        services=(*facets.services[:number], service, *facets.services[number + 1 :]),
        level={level: at(facets.level.get(level, 0), level in service.levels) for level in levels},
        level_not_recorded=at(facets.level_not_recorded, not service.levels),
        by_age=by_age,
    )
