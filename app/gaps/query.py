"""What a commissioner asks about: an area, and filters on the services that are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.model import RECIPIENT_WORDS, STATUS_WORDS

IN_USE = "in-use"
ALL = "all"

STATUSES: dict[str, str] = {
    IN_USE: "in use when the source was written (running, due to start, or a pilot)",
    ALL: "of any status, historic, proposed and ended ones among them",
    **{status: words[0].lower() + words[1:] for status, words in STATUS_WORDS.items()},
}
"""What `status` may be, and how it stands after "services"."""


@dataclass(frozen=True)
class Query:
    """The services to count, by what is recorded of them.

    `needs` counts those whose main purpose is one of them; `as_from_0` counts an unknown youngest age as 0, marked;
    `years` asks for single years in place of bands; `among` narrows the count to these service ids.
    """

    area: str
    needs: tuple[str, ...] = ()
    received_by: tuple[str, ...] = ()
    status: str = IN_USE
    funder: str = ""
    as_from_0: bool = False
    years: bool = False
    among: frozenset[str] | None = None

    def to_json(self) -> dict[str, Any]:
        """The question as it was understood."""
        return {
            "area": self.area,
            "needs": list(self.needs),
            "received_by": list(self.received_by),
            "status": self.status,
            "funder": self.funder or None,
            "unknown_youngest_age_counted_as_0": self.as_from_0,
            "ages": "years" if self.years else "bands",
        }

    @property
    def only_for_adults(self) -> bool:
        """Whether only services for adults around the child are asked about; none of them is meant to work with the child directly."""
        return bool(self.received_by) and set(self.received_by) <= {"parent_carer", "professional"}

    @property
    def recipients_in_words(self) -> str:
        """Who receives the services asked about, for the middle of a sentence; "" when anybody."""
        return " or ".join(RECIPIENT_WORDS[name] for name in self.received_by)
