"""Facts into the words of a page: dates, money, ages, figures, and what is not recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.model import MUST_BE_STATED, UNBORN, AgeExtension, Fact, Money, Need, Service, any_age_fit
from app.question import AddressProblem

EMERGENCY = "If a child is in immediate danger, call 999 now."
"""Said on every page, also when the content has no words of its own for it."""

STATED_AS = {
    "levels": "Levels of need",
    "received_by": "Who receives it",
    "ages": "Ages",
    "needs": "What it is for",
    "reached_by": "How it is reached",
    "contact": "How to contact it",
    "commissioner": "Who commissions it",
    "provider": "Who provides it",
    "budget": "Budget",
    "contract": "When the contract ends",
    "capacity": "Whether there is room, or a wait",
    "activity": "How much was done",
    "outcomes": "What came of it",
}
"""Fields that each profile must state, as people call them."""

GROUP_WORDS = {
    "related": "Not specific to this need, but they work with this child or family.",
    "if-another-need": "Each takes a child or family only when the need it names is there.",
    "near-miss": "Shown so that you can ask: one thing about each does not fit.",
    "not-recorded": "Not recorded is not no: ask.",
}
"""What a reader should know of a group, beside its heading."""

ROOM_WORDS = {
    "open": "Open",
    "no waiting list": "No waiting list",
    "waiting list": "A waiting list",
    "full": "Full",
    "limited": "Places are short",
}
"""What a source says of room, for choosing."""

NOT_SHOWN = "Not shown to this audience"
"""Said where a field stands that this audience may not read: it may or may not be recorded."""

KIND_WORDS = {"gateway": "gateway or stage", "descriptor": "descriptor in the thresholds"}

GATEWAY_KINDS = {
    "door": "Door",
    "assessment": "Assessment",
    "programme": "Programme",
    "panel": "Panel",
    "meeting": "Meeting",
    "plan": "Plan",
    "order": "Order",
    "court": "Court",
    "setting": "Where a worry starts",
    "self": "Asking for oneself",
    "review": "Review",
    "power": "Legal power",
}

STEP_KINDS = {"refer": "A referral", "step-up": "A step up", "step-down": "A step down", "signpost": "A signpost"}

SURE_WORDS = {
    "stated in the source": "Stated in the source",
    "recommended": "Recommended in the source, not said to be in use",
    "proposed": "Proposed in the source, not said to be in use",
    "assumed": "Assumed by the editors, as no source states it, from",
}
"""How sure it is that a step exists."""

PER = {"year": "a year", "once": "once", "not said": "for a time that the source does not say"}


def money(amount: int) -> str:
    """342000 as "£342,000"."""
    return f"£{amount:,}"


def times(budget: Money) -> str:
    """How often a sum is paid, and in which year: "a year, 2015/16"."""
    return ", ".join(part for part in (PER[budget.per], budget.year) if part)


def counted(fact: Fact) -> str:
    """What stands after a figure: " families, of 83" after 40, " of 235 parents" after 77%."""
    unit = (fact.unit or "").removeprefix("of ")
    if fact.value.endswith("%"):
        whole = " ".join(part for part in (fact.of, unit) if part)
        return f" of {whole}" if whole else ""
    return (f" {unit}" if unit else "") + (f", of {fact.of}" if fact.of else "")


def age_of_child(age: int) -> str:
    """14 as "14 years", 0 as "under 1 year", -1 as "unborn"."""
    if age == UNBORN:
        return "unborn"
    return "under 1 year" if age == 0 else f"{age} year{'s' if age != 1 else ''}"


def age_line(service: Service) -> str:
    """Whom it works with, by age class, when no age is asked."""
    return any_age_fit(service).line


def extension_in_words(extension: AgeExtension) -> str:
    """An extension of the ages: "from 19 to 24 if the young person has SEND"."""
    lower, upper = extension.lower, extension.upper
    parts = []
    if lower is not None:
        parts.append(f"from {'before birth' if lower == UNBORN else lower}")
    if upper is not None:
        parts.append(f"{'up ' if lower is None else ''}to {upper}")
    return f"{' '.join(parts) or 'other ages'} if {extension.condition}"


def with_sources(sentence: str) -> list[tuple[str, str]]:
    """An answer in parts, each with what comes after it in brackets about its source, as a sentence of its own ("" where there is none).

    "It lasts 8 days (source: Part 2 (2016), 3.3). It ends." gives "It lasts 8 days." with "Source: Part 2 (2016), 3.3.", and "It ends.".
    """
    parts = re.split(r" \(source: (.+?)\)\.(?: |$)", sentence)
    told = [(f"{said}.", f"Source: {source}.") for said, source in zip(parts[::2], parts[1::2], strict=False)]
    return [*told, (parts[-1], "")] if parts[-1] else told


def first_upper(text: str) -> str:
    """A sentence with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def shown(text: str, longest: int = 40) -> str:
    """Something from an address, fit to be printed: short, and without control and direction signs."""
    return re.sub(r"[^\w .,:+&'/-]", "?", text[:longest])


def problem_words(problem: AddressProblem) -> str:
    """A problem as a sentence: "Level ‘9’ is not a level; the levels are 1, 2, 3, 4"."""
    value = f" ‘{problem.value}’" if problem.value else ""
    part = "The question" if problem.part == "question" else first_upper(problem.part)
    return f"{part}{value} {problem.words}"


def unstated(service: Service) -> tuple[str, ...]:
    """The fields every profile must state for which this one has nothing recorded; a withheld field is another matter."""
    return tuple(name for name in MUST_BE_STATED if not getattr(service, name) and name not in service.withheld)


def nested_not_recorded(service: Service) -> list[str]:
    """Smaller things that are marked as not recorded, in words: "budget: note"."""
    return [field_in_words(name) for name in service.not_recorded if name not in MUST_BE_STATED]


def field_in_words(name: str) -> str:
    """`activity` as "How much was done", `contract.ends` as "When the contract ends: ends"."""
    first, _, rest = name.partition(".")
    words = STATED_AS.get(first) or first_upper(first.replace("_", " "))
    inner = " ".join(part.replace("_", " ") for part in rest.split(".") if not part.isdigit())
    return f"{words}: {inner}" if inner else words


def need_options(needs: Iterable[Need]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Needs as the groups of a select: (theme, [(id, label), ...])."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for item in needs:
        themes.setdefault(item.theme, []).append((item.id, item.label))
    return [(theme, sorted(options, key=lambda option: option[1].lower())) for theme, options in themes.items()]
