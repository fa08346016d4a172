"""The rules by which things are counted, as sentences that stand beside the numbers, on paper as well."""

from __future__ import annotations

from collections.abc import Sequence

from app.gaps.cells import Cell
from app.gaps.ground import Ground
from app.gaps.query import STATUSES, Query
from app.gaps.words import counted, joined, labels

WORDS_RULE = (
    "None is 0, one is 1, few is 2 or 3, several is 4 or more services that work directly. The words count services, not places in them."
)

WORDS_RULE_FOR_ADULTS = (
    "None is 0, one is 1, few is 2 or 3, several is 4 or more distinct services in any way, because only services for adults were asked "
    "about. The words count services, not places in them."
)

PRESENCE_RULE = (
    "A number says that services are recorded, not that they have room, that they are near, or that they are good. "
    "The levels are the services' own, and they read the levels in different ways."
)


def coverage_rules(ground: Ground, query: Query, cells: Sequence[Cell]) -> tuple[str, ...]:
    """How a table of ages by levels counts."""
    return (
        f"Counted are services {STATUSES[query.status]}. A service counts once in every cell that it covers, so cells overlap and must "
        "not be added up; a total counts each service once.",
        *_filters(ground, query),
        "Direct: the child, the young person, a young parent or the family receives it, and its core ages reach into the row. "
        "'0–18' includes 18, so a service that ends at 18 or 19 is counted in the row 18 to 25.",
        "Through a parent: only adults around the child receive it (a parent, a carer, professionals). The child's age is not tested.",
        "In their own right: from 16 a young person can use a service for adults of that age. It is counted as direct and through a parent "
        "as well, and once among the distinct services; the number of such services is shown.",
        "Conditional: only an extension reaches these ages, as 'up to 24 with special educational needs'. It is not among the direct ones.",
        "Not recorded: the source does not say the level, the age, who receives it or what it is for, and the rest fits. Such a service "
        "may belong to the cell or not. It is never left out and never a zero.",
        _youngest(ground, query, cells),
        "Focused here: works at one or two levels only. A second count of the same services.",
        WORDS_RULE_FOR_ADULTS if query.only_for_adults else WORDS_RULE,
        PRESENCE_RULE,
    )


def _filters(ground: Ground, query: Query) -> list[str]:
    rules = []
    if query.needs:
        named_needs = labels(query.needs, ground.directory, "or")
        rules.append(
            f"With a need selected, the table counts services whose main purpose is {named_needs}, or a kind of it. Services that also "
            "help with it beside another main purpose, those for the wider need of which it is a kind, and those that take any need are "
            "counted apart."
        )
    if query.received_by:
        rules.append(
            f"Only services received by {query.recipients_in_words}; where nobody recorded who receives it, the service is not recorded."
        )
    if query.funder:
        payer = ground.payers.get(query.funder, query.funder)
        rules.append(
            f"Only services that {payer} pays for, alone or with others; where nobody recorded who pays, the service is not recorded."
        )
    if query.among is not None:
        rules.append(f"Only {counted(len(query.among))} chosen by name.")
    return rules


def _youngest(ground: Ground, query: Query, cells: Sequence[Cell]) -> str:
    """What becomes of 'under 18': unknown, or from 0 and marked."""
    if query.as_from_0:
        assumed, where = 0, 0
        for cell in cells:
            assumed |= cell.ways.assumed
            where += bool(cell.ways.assumed)
        which = f" ({joined(ground.names_of(assumed))})" if assumed else ""
        return (
            "An unknown youngest age ('under 18') is counted as from 0, and marked. "
            f"This adds {counted(assumed.bit_count())}{which} to the direct ones of {counted(where, 'cell')}."
        )
    without = ground.in_area(query) & ground.youngest_unknown
    example = f" Here: {ground.named(without)}." if without else ""
    return "An unknown youngest age ('under 18') is not 0: up to 12 the service counts as not recorded, from 13 as direct." + example
