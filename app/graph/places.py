"""The records of a graph: places, edges, ways; what may be wrong with a place that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.model import Citation

ANY, STATED, FIRM = 2, 1, 0
"""How doubtful a step may be: any step; one that is stated, though it be only a signpost; one that is stated and takes the family there."""


class PlaceProblem(Exception):
    """A place that was asked for cannot be used; the message is a sentence for the person who asked."""


class UnknownPlace(PlaceProblem):
    """Nothing in the area has this name."""


class OtherArea(PlaceProblem):
    """The name belongs to another area: areas are never joined."""


class UnknownArea(PlaceProblem):
    """No area has this name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A gateway of the area (then `id` is its own) or a service (then `id` is `area/slug` and `kind` is "service").

    `twin` is the other half where one thing has both: the profile of a gateway, the gateway of a profile.
    """

    id: str
    name: str
    short: str
    kind: str
    levels: tuple[int, ...]
    is_service: bool
    status: str = "stated in the source"
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """One recorded step from a gateway to a gateway or a service, with its own condition."""

    start: str
    end: str
    kind: Literal["refer", "step-up", "step-down", "signpost"]
    condition: str | None = None
    consent: str | None = None
    time_limit: str | None = None
    who_acts: str | None = None
    status: str = "stated in the source"
    sources: tuple[Citation, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether a source says that this step exists: it is not recommended, proposed or assumed."""
        return self.status == "stated in the source"

    @property
    def doubt(self) -> int:
        """FIRM, STATED (a signpost: nobody takes the family there) or ANY (no source says that the step exists)."""
        return ANY if not self.is_stated else STATED if self.kind == "signpost" else FIRM


@dataclass(frozen=True, slots=True)
class Hop:
    """From one place to the next: the step to take, and the others that join the same two places on other conditions."""

    edge: Edge
    others: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that follow one another from a start to an end; no place comes twice."""

    hops: tuple[Hop, ...]

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The chosen step of each hop."""
        return tuple(hop.edge for hop in self.hops)

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of the places, the start and the end among them."""
        return (self.hops[0].edge.start, *(hop.edge.end for hop in self.hops))

    @property
    def doubtful(self) -> tuple[Edge, ...]:
        """The steps that no source states."""
        return tuple(edge for edge in self.edges if not edge.is_stated)


@dataclass(frozen=True, slots=True)
class Ways:
    """What a search found; `all` says that there is no further way within the longest length, not `all` that there may be one."""

    ways: tuple[Way, ...]
    all: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a graph, for a small map."""

    places: tuple[Place, ...]
    edges: tuple[Edge, ...]
