"""What an audience is not shown: told in words, because "not shown" is neither "not recorded" nor nothing."""

from __future__ import annotations

from collections.abc import Collection

NOT_SHOWN = "Not shown to this audience"
"""What stands in a table in place of a value that is withheld."""

WITHHELD = {
    "budget": "Budgets are",
    "contract": "Ends of contracts are",
    "funders": "Who pays beside the commissioner is",
    "commissioner": "Who commissions is",
    "provider": "Who provides is",
    "capacity": "Room and waiting are",
    "capacity.waiting": "How many wait is",
    "capacity.note": "What is noted on room and waiting is",
    "activity": "Activity and demand are",
    "outcomes": "Claimed outcomes are",
    "body": "The text of the profiles, with contradictions between their sources, is",
    "reached_by": "Some ways into services are",
}
"""The fields of a profile that these pages use, and how it is said that they are withheld."""


def not_shown(withheld: Collection[str], *fields: str) -> list[str]:
    """A sentence for each of these fields that is withheld."""
    return [f"{WITHHELD[field]} not shown to this audience." for field in fields if field in withheld]
