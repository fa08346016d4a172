"""The figures of one area in one closed period: what was asked for, what was found, and what is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.gaps import BANDS, Table
from app.model import Area, Directory, date_in_words
from app.state import OUTCOMES, Asked, Kept, Outcome, forget_counts, published
from app.unmet.asking import LEFT_OUT, OUTCOME_WORDS
from app.unmet.disclosure import FEWEST, Shown, division_of, shown, total_of
from app.unmet.periods import Period, closed_periods, kept_since

HIDDEN = f"fewer than {FEWEST}"
WITHHELD = "not published"

RULES = (
    "A search is not a need: those who know the way do not search, and a question that is asked again is counted again.",
    "Counted by week are questions with a level, an age or at most two needs. Programs, robots and our own tests are not counted.",
    "A question with two needs stands in the line of each, so the lines must not be added up.",
    "Needs with a statutory duty or an immediate risk are neither counted nor published.",
    f"A number below {FEWEST}, nought included, is hidden. A total, and a division by level or by age, is not published where it would "
    "tell more of a hidden number than that.",
    "A need that is not listed was asked for with no outcome as often as that.",
    "Figures are published once for a period of thirteen weeks that is over, and never altered. They are kept for 13 months.",
    "Areas must not be ranked by these figures.",
)


@dataclass(frozen=True)
class NeedFigures:
    """One need ("" for none): how often each outcome came, and a published outcome divided by level and by age where that may be told."""

    need: str
    total: Shown
    outcomes: Mapping[Outcome, Shown]
    levels: Mapping[Outcome, Mapping[str, Shown]]
    bands: Mapping[Outcome, Mapping[str, Shown]]

    def to_json(self) -> dict[str, Any]:
        """Null stands for a number that is hidden; a division that is withheld is not there."""
        levels, bands = ({outcome: dict(parts) for outcome, parts in found.items()} for found in (self.levels, self.bands))
        return {"need": self.need, "total": self.total, "outcomes": dict(self.outcomes), "levels": levels, "bands": bands}


@dataclass(frozen=True)
class Figures:
    """What is published for an area and a period."""

    area: str
    period: Period
    needs: tuple[NeedFigures, ...]

    def to_json(self, directory: Directory) -> dict[str, Any]:
        """The figures with their rules."""
        return {
            "area": self.area,
            "period": self.period.id,
            "first_day": self.period.first.isoformat(),
            "last_day": self.period.last.isoformat(),
            "fewest_shown": FEWEST,
            "needs": [{**line.to_json(), "label": need_label(line.need, directory)} for line in self.needs],
            "rules": list(RULES),
        }

    def table(self, directory: Directory) -> Table:
        """One line for each need, and for each division of it that is published."""
        header = ("Need", "Level", "Ages", *(OUTCOME_WORDS[outcome] for outcome in OUTCOMES), "Asked")
        rows: list[tuple[str | int, ...]] = []
        for line in self.needs:
            label = need_label(line.need, directory)
            rows.append((label, "All", "All", *(told(line.outcomes[outcome]) for outcome in OUTCOMES), told(line.total, WITHHELD)))
            rows += [(label, level_label(cell), "All", *cells, WITHHELD) for cell, cells in turned(line.levels)]
            rows += [(label, "All", band_label(cell), *cells, WITHHELD) for cell, cells in turned(line.bands)]
        note = f"{directory.area_by_id[self.area].name}, {days_in_words(self.period)}"
        return Table(f"unmet-{self.area}-{self.period.id}", "Questions and what they found", header, tuple(rows), note)


def figures_of(kept: Kept, directory: Directory, area: Area, period: Period) -> Figures:
    """The figures as they were first published, or now for the first time. Raises StateProblem when they cannot be read or kept.

    A need that has been given a grave grade since, or is no longer known, is left out.
    """

    def make(counts: Mapping[Asked, int]) -> str:
        return json.dumps([line.to_json() for line in worked_out(counts, directory, area)])

    lines = json.loads(published(kept, period.id, area.id, period.until, make, period.weeks))
    needs = (NeedFigures(line["need"], line["total"], line["outcomes"], line["levels"], line["bands"]) for line in lines)
    wanted = set(countable(directory))
    return Figures(area.id, period, tuple(line for line in needs if line.need in wanted))


def publish_and_forget(kept: Kept, directory: Directory, today: date) -> None:
    """Publish every period that is over, then remove what is older than may be kept. Raises StateProblem."""
    for period in closed_periods(today):
        for area in directory.site.areas:
            figures_of(kept, directory, area, period)
    forget_counts(kept, kept_since(today), today)


def worked_out(counts: Mapping[Asked, int], directory: Directory, area: Area) -> list[NeedFigures]:
    """What may be published of the counts of one area, need by need; needs without a number to show are left out."""
    found = []
    levels, bands = ("", *level_cells(directory, area)), ("", *(band.id for band in BANDS))
    for need in countable(directory):
        of_need = {asked: number for asked, number in counts.items() if need in needs_of(asked)}
        by_outcome = _counted(of_need, OUTCOMES, lambda asked: asked.outcome)
        visible = shown(by_outcome)
        if not any(number is not None for number in visible):
            continue
        outcomes = dict(zip(OUTCOMES, visible, strict=True))
        found.append(
            NeedFigures(
                need, total_of(by_outcome), outcomes,
                _divisions(of_need, outcomes, levels, lambda asked: asked.level if asked.level in levels else ""),
                _divisions(of_need, outcomes, bands, lambda asked: asked.band if asked.band in bands else ""),
            )
        )  # fmt: skip
    return found


def needs_of(asked: Asked) -> tuple[str, ...]:
    """The needs that a question names; ("",) for none."""
    return (asked.need_1, asked.need_2) if asked.need_2 else (asked.need_1,)


def countable(directory: Directory) -> list[str]:
    """The needs that may be published, in the order of the vocabulary, and "" for none: they never follow from what was asked."""
    return ["", *(need.id for need in directory.vocabulary.needs if need.alert not in LEFT_OUT)]


def level_cells(directory: Directory, area: Area) -> list[str]:
    """The levels of an area's scheme."""
    scheme = directory.scheme_of(area.id)
    return [str(level.number) for level in scheme.levels] if scheme else []


def _counted(counts: Mapping[Asked, int], cells: Sequence[str], cell_of: Callable[[Asked], str]) -> tuple[int, ...]:
    sums = dict.fromkeys(cells, 0)
    for asked, number in counts.items():
        sums[cell_of(asked)] += number
    return tuple(sums.values())


def _divisions(
    counts: Mapping[Asked, int], outcomes: Mapping[Outcome, Shown], cells: Sequence[str], cell_of: Callable[[Asked], str]
) -> dict[Outcome, dict[str, Shown]]:
    """Each published outcome divided into the cells, where that may be told; one cell is no division."""
    found: dict[Outcome, dict[str, Shown]] = {}
    for outcome, number in outcomes.items():
        of_outcome = {asked: count for asked, count in counts.items() if asked.outcome == outcome}
        parts = division_of(_counted(of_outcome, cells, cell_of)) if number is not None and len(cells) > 1 else None
        if parts is not None:
            found[outcome] = dict(zip(cells, parts, strict=True))
    return found


def turned(divisions: Mapping[Outcome, Mapping[str, Shown]]) -> list[tuple[str, list[str | int]]]:
    """Divisions by outcome as lines of a table: each cell with what is told of every outcome."""
    cells = next(iter(divisions.values()), {})
    return [
        (cell, [told(divisions[outcome][cell]) if outcome in divisions else WITHHELD for outcome in OUTCOMES]) for cell in cells
    ]


def told(number: Shown, otherwise: str = HIDDEN) -> str | int:
    """A number as a table has it."""
    return otherwise if number is None else number


def need_label(need: str, directory: Directory) -> str:
    """A need as people call it."""
    return directory.need_by_id[need].label if need else "No need named"


def level_label(level: str) -> str:
    """A level as people call it."""
    return f"Level {level}" if level else "None or several"


def band_label(band: str) -> str:
    """A band of ages as people call it."""
    return next((each.label for each in BANDS if each.id == band), "None or several")


def days_in_words(period: Period) -> str:
    """From when to when a period lasts."""
    return f"{date_in_words(period.first.isoformat())} to {date_in_words(period.last.isoformat())}"
