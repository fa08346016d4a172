"""The shipped content, read and indexed once for all the tests that ask it questions."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from app.answering import Answering
from app.building import Opened
from app.index import Index, write_index
from app.loading import read_content
from app.model import Directory
from app.settings import settings

ROOT = Path(__file__).resolve().parents[2]

PROFILES = tuple(
    f"warwickshire/{slug}"
    for slug in (
        "attendance-compliance-enforcement",
        "common-assessment-framework",
        "caf-family-support-workers",
        "childrens-centres",
        "domestic-abuse-refuge",
        "domestic-abuse-support",
        "drug-alcohol-addaction",
        "drug-alcohol-compass",
        "drug-alcohol-esh-works",
        "family-group-conferencing",
        "family-information-service",
        "family-matters",
        "family-nurse-partnership",
        "health-visiting",
        "mental-health-interventions-school-children",
        "multiagency-safeguarding-hub",
        "priority-families-family-support-workers",
        "school-nursing",
        "systemic-family-work",
        "targeted-support-young-people",
        "triple-p-diversion-from-care",
        "triple-p-parenting-development",
        "youth-justice-service",
    )
)
"""The 23 profiles of the Warwickshire needs assessment of 2016, section 3.3.1, in its order."""


@cache
def directory() -> Directory:
    """The shipped content."""
    found, problems = read_content(settings(ROOT))
    assert found is not None, "\n".join(map(str, problems))
    return found


@cache
def answering() -> Answering:
    """The shipped content, ready for questions; the index is held in memory."""
    with TemporaryDirectory() as folder:
        write_index(directory(), Path(folder) / "index")
        return Answering(Opened(directory(), Index(Path(folder) / "index"), ""))
