"""The small site with a second, made-up scheme: five levels, in another area than the first."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from app.settings import Settings, settings

HERE = Path(__file__).parent
SMALL = HERE.parent / "site"
SCHEME = HERE / "southtown-2025"


def with_five_levels(folder: Path) -> Settings:
    """A copy of the small site in which Southtown has a scheme of its own, with services and ways in at several of its levels."""
    root = folder / "site"
    shutil.copytree(SMALL, root)
    shutil.copytree(SCHEME, root / "content" / "thresholds" / SCHEME.name)
    change(root / "content" / "site.yaml", "    name: Southtown\n", f"    name: Southtown\n    scheme: {SCHEME.name}\n")
    services = root / "content" / "services" / "southtown"
    change(services / "family-workers.md", "levels: [3]", "levels: [2, 3, 4, 5]")
    change(services / "youth-team.md", "levels: [3, 4]", "levels: [4, 5]")
    pathways, way_in = root / "pathways.yaml", "        way_in_at: "
    arrive = "        what: Where referrals arrive."
    change(pathways, f"        levels: [4]\n{arrive}", f"        levels: [4, 5]\n{way_in}[4, 5]\n{arrive}")
    meet = "        what: Several agencies meet."
    later = "        later_name: Young people's meeting"
    change(pathways, f"        levels: [3]\n{meet}", f"        levels: [2, 3]\n{way_in}[2, 3]\n{later}\n{meet}")
    return replace(settings(root), build=folder / "build")


def change(file: Path, old: str, new: str) -> None:
    """Change the one place in a file that says this."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} says this {text.count(old)} times: {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")
