"""What follows from an answer, and who to ask: the last line of every commissioners' page."""

from __future__ import annotations

from app.gaps.ground import Ground
from app.gaps.words import counted

SO_WHAT = {
    "coverage": (
        "Where no service works with a child directly, help waits until an adult is reached. Ask whether help exists that nobody wrote "
        "down, and what a child of that age is offered today, before anything is bought or ended."
    ),
    "cell": "A name in this list is a service to ring, not a place that is free. Ask each whether it would take such a child now.",
    "needs": (
        "A need without a service at a level is either met elsewhere (schools, health, a neighbouring area), met by nobody, or not written "
        "down. Find out which of the three it is."
    ),
    "areas": "A difference between areas is a question about two documents first. Ask both areas the same question before comparing them.",
    "unanswered": (
        "A descriptor that no service answers asks practitioners to see something for which nothing is recorded. Ask them what they do "
        "when they see it."
    ),
    "spend": (
        "Decide by what a service does for whom, and look at the bounds together: the truth lies between them, and no source says where. "
        "Ask for the missing figures before any share is quoted."
    ),
    "contracts": (
        "Ends that fall together are one decision. Begin with those that leave a need with nothing, and allow time for asking families."
    ),
    "what-if": "This shows what would be missing on paper. Ask the people who use and refer to the service what would be missing in fact.",
    "single-points": (
        "Where everything rests on one thing, ask what happens in its holidays, in illness and at the end of its contract, and who would "
        "know first."
    ),
    "capacity": "A figure that is months old says little about today. Ask for waiting, starts and places in the same unit and period.",
    "evidence": (
        "Claims and ratings answer different questions. Ask each service how many it counted, over which time, and what would have "
        "happened anyway."
    ),
    "completeness": "What nobody recorded cannot be planned with. The list below says what to ask of whom; begin with contact and room.",
    "overlap": "Ask the two whether they know of each other, who decides between them, and what would be lost with either.",
    "briefing": (
        "Take the gaps that leave a child with nothing first, then what ends soonest, then what rests on one thing. Ask for what is not "
        "recorded before deciding on any of them."
    ),
}
"""One line for each question, by its id."""

MOST = 6
NOBODY = "Nobody is named as commissioner or provider in what is shown: ask whoever keeps this area's profiles."


def whom_to_ask(ground: Ground, bits: int, *, providers: bool = False) -> str:
    """Who can answer for these services: those who commission or pay, or with `providers` those who provide, most services first."""
    named = 0
    numbers = []
    for name, members in (ground.provided_by if providers else ground.answered_for).items():
        named |= members & bits
        numbers.append(((members & bits).bit_count(), name))
    ordered = sorted([(-number, name) for number, name in numbers if number])
    if not ordered:
        return NOBODY
    parts = [f"{name} ({counted(-number)})" for number, name in ordered[:MOST]]
    rest = f" and {counted(len(ordered) - MOST, 'other')}" if len(ordered) > MOST else ""
    unnamed = (bits & ~named).bit_count()
    silent = f" For {counted(unnamed)} of {bits.bit_count()} nobody is named." if unnamed else ""
    return f"{'; '.join(parts)}{rest}.{silent}"
