"""What would be missing if services ended and nothing took their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.gaps.difference import Difference, Standing, difference, standing
from app.gaps.words import are, capital, counted, inside, named

ALL_REMAINS = "Other services remain in every cell and for every need concerned."
NEEDS_REMAIN = "Other services remain for every need concerned. Levels are not recorded here, so nothing can be said of them."


@dataclass(frozen=True)
class Left:
    """What would be missing if a service ended and nothing took its place."""

    cells: tuple[tuple[str, int], ...]
    needs: tuple[str, ...]
    need_cells: int
    descriptors: int
    routes: tuple[str, ...]
    in_words: str

    def to_json(self) -> dict[str, Any]:
        """Cells and needs left with nothing."""
        return {
            "words": self.in_words,
            "cells_left_with_nothing": [{"band": band, "level": level} for band, level in self.cells],
            "needs_left_with_nothing": list(self.needs),
            "cells_of_needs_left_with_nothing": self.need_cells,
            "descriptors_left_with_nothing": self.descriptors,
            "gateways_that_lead_to_no_service": list(self.routes),
        }


def left_by(today: Standing, services: Sequence[str]) -> Left:
    """What would be missing if these services were no longer there."""
    after = standing(today.ground.changed(without=services), today.query)
    unplaced = [name for name in services if not today.ground.service(name).levels]
    return _left(difference(today, after, services), bool(today.levels), unplaced)


def _left(found: Difference, with_levels: bool, unplaced: Sequence[str]) -> Left:
    cells = tuple((change.band, change.level) for change in found.cells if change.lost)
    needs = [change for change in found.needs if change.gone]
    lost = sum(len(change.lost) for change in found.needs)
    descriptors = sum(not change.answered for change in found.descriptors)
    routes = tuple(change.name for change in found.routes if change.today and not change.after)
    parts = []
    if needs:
        parts.append(f"nothing has {named([inside(change.label) for change in needs])} as its main purpose any more")
    partly = [change for change in found.needs if change.lost and not change.gone]
    if partly:
        parts.append(f"some ages or levels are left with nothing for {named([inside(change.label) for change in partly])}")
    if cells:
        parts.append(f"{counted(len(cells), 'cell')} of the table of ages by levels {are(len(cells))} left with nothing at all")
    if descriptors:
        parts.append(f"{counted(descriptors, 'descriptor')} {are(descriptors)} left without a service")
    if routes:
        parts.append(f"{named(routes)} {are(len(routes), 'leads', 'lead')} to no service")
    words = f"{capital('; '.join(parts))}." if parts else ALL_REMAINS if with_levels else NEEDS_REMAIN
    if with_levels and unplaced:
        words += f" For {counted(len(unplaced))} the level is not recorded, so the cells that would be missed are not known."
    return Left(cells, tuple(change.need for change in needs), lost, descriptors, routes, words)
