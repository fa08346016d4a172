"""The small rules of fit: how a service's ages meet a child's age, in words a practitioner can check.

Who receives a service is not the child's age: a service for parents of 16 and over can be the right answer for a
child of 14. So an age gives each service a class, never a yes or no.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.model.service import Service
from app.model.values import UNBORN, AgeExtension, Ages

AgeClass = Literal["direct", "family", "through-parent", "conditional", "near", "not-recorded"]

AGE_ORDER: tuple[AgeClass, ...] = ("direct", "family", "through-parent", "conditional", "not-recorded", "near")
"""From the plainest fit to the weakest, as results are ordered."""

ADULT_FROM = 18
TEENAGER_FROM = 13
"""When the youngest age is not recorded, a teenager below the upper end is taken to be inside, a younger child is not."""

OWN_RIGHT_FROM = 16
"""From 16 a young person can be the client of a service for adults in their own right."""


@dataclass(frozen=True)
class AgeFit:
    """How one service fits one age: the class, the sentence, and the needs that would promote a conditional fit."""

    age_class: AgeClass
    line: str
    promoted_by: tuple[str, ...] = ()


def ages_in_words(ages: Ages) -> str:
    """5 to 18 as "5 to 18 year olds", 16 and over as "people of 16 and over", pre-birth to 5 as "from before birth to 5"."""
    lower, upper = ages.lower, ages.upper
    if lower is not None and upper is not None:
        if lower == UNBORN:
            return f"from before birth to {upper}"
        return f"{upper} year olds" if lower == upper else f"{lower} to {upper} year olds"
    if lower is not None:
        return "from before birth" if lower == UNBORN else f"people of {lower} and over"
    if upper is not None:
        return f"under-{upper + 1}s (youngest age not recorded)"
    return "people of any age recorded as: " + ages.text


def age_fit(service: Service, age: int) -> AgeFit | None:
    """How a service fits a child or young person of this age (completed years, -1 for unborn); None when it does not."""
    if service.ages is None or not service.received_by:
        return _not_known(service)
    if _only_for_adults_around(service):
        return _through_parent(service, age)
    core = _core_fit(service, service.ages, age)
    if core is not None and core.age_class in ("direct", "family"):
        return core
    for extension in service.ages.also:
        if extension.covers(age):
            return AgeFit("conditional", _extension_line(extension), extension.needs)
    return core or _near(service.ages, age)


def makes_room_for(service: Service) -> tuple[str, ...]:
    """The needs that open further ages, as special educational needs open the years after 18."""
    extensions = service.ages.also if service.ages else ()
    main = service.needs.main if service.needs else ()
    return tuple(need for extension in extensions for need in extension.needs if need not in main)


def any_age_fit(service: Service) -> AgeFit:
    """How a service fits when no age is asked: who receives it, and its ages."""
    if service.ages is None or not service.received_by:
        return _not_known(service)
    if _only_for_adults_around(service):
        return AgeFit("through-parent", _through_adults(service))
    if "family" in service.received_by and "child" not in service.received_by:
        return AgeFit("family", _family_line(service.ages))
    return AgeFit("direct", _direct_line(service, service.ages))


def _only_for_adults_around(service: Service) -> bool:
    return not {"child", "young_parent", "family"} & set(service.received_by)


def _not_known(service: Service) -> AgeFit:
    if service.received_by and _only_for_adults_around(service):
        who = "a parent or carer" if "parent_carer" in service.received_by else "professionals"
        return AgeFit("through-parent", f"For {who}, age not recorded: the child's age is not tested")
    return AgeFit("not-recorded", "Age not recorded, ask" if service.received_by else "Who receives it is not recorded, ask")


def _through_adults(service: Service) -> str:
    if "parent_carer" not in service.received_by:
        return "For professionals who work with the family"
    lower = service.ages.lower if service.ages else None
    of_age = f"{'people' if (lower or 0) < ADULT_FROM else 'adults'} of {lower} and over"
    who = of_age if lower and lower > 0 else "parents and carers"
    return f"For {who}: help for the parent or carer, which reaches the child"


def _through_parent(service: Service, age: int) -> AgeFit:
    ages = service.ages
    own_right = ages and "parent_carer" in service.received_by and ages.lower is not None and age >= max(ages.lower, OWN_RIGHT_FROM)
    if ages and own_right and (ages.upper is None or age <= ages.upper):
        own = f"From {ages.lower}, so a person of {age} could use it in their own right"
        return AgeFit("direct", f"{own}; also help for a parent or carer")
    return AgeFit("through-parent", _through_adults(service))


def _core_fit(service: Service, ages: Ages, age: int) -> AgeFit | None:
    if ages.lower is None and ages.upper is None:
        return AgeFit("not-recorded", f"Ages recorded only as '{ages.text}', ask")
    if ages.upper is not None and age > ages.upper:
        return None
    if ages.lower is None:
        if age < TEENAGER_FROM:
            return AgeFit("not-recorded", f"For under-{(ages.upper or 0) + 1}s; the youngest age is not recorded, ask")
    elif age < ages.lower:
        return None
    if "child" in service.received_by or "young_parent" in service.received_by:
        return AgeFit("direct", _direct_line(service, ages))
    return AgeFit("family", _family_line(ages))


def _direct_line(service: Service, ages: Ages) -> str:
    if "young_parent" in service.received_by and "child" not in service.received_by:
        return f"Works with young parents: {ages_in_words(ages)}"
    return f"Works with {'children ' if ages.lower == UNBORN else ''}{ages_in_words(ages)}"


def _family_line(ages: Ages) -> str:
    if ages.lower is not None and ages.upper is not None:
        if ages.lower == UNBORN:
            return f"Works with families of children from before birth to {ages.upper}"
        if ages.lower == 0:
            return f"Works with families of children up to {ages.upper}"
        return f"Works with families of children of {ages.lower} to {ages.upper}"
    return f"Works with families: {ages_in_words(ages)}"


def _extension_line(extension: AgeExtension) -> str:
    lower, upper = extension.lower, extension.upper
    if lower is not None and upper is not None:
        start = "before birth" if lower == UNBORN else str(lower)
        span = f"From {start} to {upper}"
    elif upper is not None:
        span = f"Up to {upper}"
    elif lower is not None:
        span = f"From {'before birth' if lower == UNBORN else lower}"
    else:
        span = "Other ages"
    return f"{span} if {extension.condition}"


def _near(ages: Ages, age: int) -> AgeFit | None:
    """Within a year of the range, or reached within twelve months; unborn is near a service that starts at birth."""
    if ages.lower is not None and age == ages.lower - 1:
        if age == UNBORN:
            return AgeFit("near", "Starts at birth: ask about planning before it")
        return AgeFit("near", f"Starts at {ages.lower}, not yet")
    if ages.upper is not None and age == ages.upper + 1:
        return AgeFit("near", f"Ends at {ages.upper}, one year too early")
    return None
