"""A comparison as a person reads it in a terminal, and as data."""

from __future__ import annotations

from typing import Any

from app.changes.comparing import Comparison
from app.changes.versions import Version

CHAPTERS = (
    ("Areas", ("area",)),
    ("Services", ("service",)),
    ("Routes", ("stage", "step", "closed way")),
    ("Thresholds", ("scheme", "level", "descriptor")),
    ("Programmes", ("programme",)),
)

SKIPPED_WORDS = {"way": "the steps of", "stage": "the stage"}


def problems_of(old: Version, new: Version) -> list[str]:
    """The errors of both versions as lines, each with the version it stands in."""
    return [f"{side.label}: {problem}" for side in (old, new) for problem in side.errors]


def comparison_as_text(old: Version, new: Version, found: Comparison) -> str:
    """The whole comparison, chapter by chapter."""
    lines = [f"From {old.label} to {new.label}: {found.sentence}"]
    for heading, kinds in CHAPTERS:
        of_it = [each for each in found.told if each.kind in kinds]
        if of_it:
            lines += ["", heading, *(f"  {each.words}" for each in of_it)]
    if found.also_in_words:
        lines += ["", found.also_in_words]
    if found.skipped:
        lines += ["", f"Not compared, because it cannot be read on one side: {'; '.join(map(_skipped, found.skipped))}."]
    return "\n".join(lines) + "\n"


def comparison_json(old: Version, new: Version, found: Comparison) -> dict[str, Any]:
    """The whole comparison for other programs."""
    return {
        "old": old.label,
        "new": new.label,
        "sentence": found.sentence,
        "changes": [each.to_json() for each in found.told],
        "also": dict(found.also),
        "not_compared": [{"kind": kind, "id": name} for kind, name in found.skipped],
        "problems": {"old": [str(each) for each in old.errors], "new": [str(each) for each in new.errors]},
    }


def _skipped(item: tuple[str, str]) -> str:
    kind, name = item
    return f"{SKIPPED_WORDS.get(kind, f'the {kind}')} {name}" if name != "*" else f"every {'step' if kind == 'way' else kind}"
