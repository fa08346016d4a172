"""In which way services reach a child of some ages, and which of them a query asks about: bit sets that belong together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ways:
    """Services by the way in which they reach a child of some ages, as bit sets.

    A service for adults that a young person may use in their own right is in `direct`, in `own_right` and in `through_parent`;
    otherwise a service is in one of the four. `assumed` are those that are direct only if an unknown youngest age is 0.
    """

    direct: int = 0
    through_parent: int = 0
    conditional: int = 0
    not_recorded: int = 0
    own_right: int = 0
    assumed: int = 0

    @property
    def reaching(self) -> int:
        """Services that reach the child in one way or another, as far as the source says."""
        return self.direct | self.through_parent | self.conditional

    @property
    def everything(self) -> int:
        """Those, and the services of which the source does not say enough."""
        return self.reaching | self.not_recorded

    def __or__(self, other: Ways) -> Ways:
        return Ways(
            self.direct | other.direct, self.through_parent | other.through_parent, self.conditional | other.conditional,
            self.not_recorded | other.not_recorded, self.own_right | other.own_right, self.assumed | other.assumed,
        )  # fmt: skip

    def here(self, sure: int, unsure: int, level: int, level_unknown: int) -> Ways:
        """The ways of the services that are sure to be asked about and work at a level; what may be meant is not recorded."""
        fits = sure & level
        known = fits & self.reaching
        perhaps = (sure | unsure) & (level | level_unknown) & self.everything & ~known
        return Ways(
            fits & self.direct, fits & self.through_parent, fits & self.conditional, perhaps, fits & self.own_right, fits & self.assumed
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """The services that a query asks about: sure, and those of which the source does not say enough to tell.

    With a need, `sure` have it as a main purpose; `also` help with it beside their main purpose; `wider` have the need of which it is a
    kind as their main purpose; `any_need` take any need. A service is in one of them.
    """

    sure: int
    unsure: int = 0
    also: int = 0
    wider: int = 0
    any_need: int = 0
