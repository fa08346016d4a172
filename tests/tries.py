"""How often the tests that try what nobody would think of try it: one setting for all of them, WINDSCREEN_TRIES."""

from __future__ import annotations

import os

PROFILES = ("few", "ci", "nightly")
"""`few` on a developer's machine, `ci` where CI=true says so, `nightly` where there is an hour."""


def profile() -> str:
    """The profile that is asked for."""
    chosen = os.environ.get("WINDSCREEN_TRIES") or ("ci" if os.environ.get("CI") == "true" else "few")
    if chosen not in PROFILES:
        raise ValueError(f"WINDSCREEN_TRIES is '{chosen}'; it must be one of {', '.join(PROFILES)}")
    return chosen


def tries(few: int, ci: int, nightly: int) -> int:
    """How many examples to try."""
    return {"few": few, "ci": ci, "nightly": nightly}[profile()]
