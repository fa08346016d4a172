"""What this site is and is not: about, privacy, and the health of its content."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, render_template

from app.model import MUST_BE_STATED, OLDEST
from app.reporting import TOPICS
from app.settings import MAX_QUESTION
from app.store import VIEWS
from app.web.keeping import keeping
from app.web.reports import open_reports
from app.web.state import Loaded, current
from app.web.words import unstated

bp = Blueprint("about", __name__)


@dataclass(frozen=True)
class Tested:
    """What the pages were tested with, and the day on which all of it last passed."""

    on: str
    axe: str
    browser: str


TESTED = Tested(on="2026-11-22", axe="4.12.1", browser="Chromium 156")
"""Set by hand; a test holds the version of axe to the one in use."""


@bp.get("/about")
def about() -> str:
    """What this is, and every rule by which it matches."""
    vocabulary = current().directory.vocabulary
    return render_template("about.html", oldest=OLDEST, alerts=vocabulary.alerts, needs=vocabulary.needs, views=VIEWS)


@bp.get("/privacy")
def privacy() -> str:
    """What becomes of what is typed."""
    return render_template("privacy.html", longest=MAX_QUESTION, counts_unmet=keeping().counter is not None)


@bp.get("/accessibility")
def accessibility() -> str:
    """The accessibility statement: what was tested, and what only the body that runs the site can say."""
    return render_template("accessibility.html", tested=TESTED)


@bp.get("/safety")
def safety() -> str:
    """What the way out of a page does for somebody who is watched, and what it does not."""
    return render_template("safety.html")


@bp.get("/content-health")
def content_health() -> str:
    """Problems and findings in the content, and how much of it is not recorded."""
    loaded = current()
    return render_template(
        "content_health.html", loaded=loaded, gaps=_not_recorded(loaded),
        errors=[problem for problem in loaded.problems if problem.severity == "error"],
        findings=[problem for problem in loaded.problems if problem.severity == "finding"],
        totals=_totals(loaded), told=open_reports(), TOPICS=TOPICS,
    )  # fmt: skip


def _not_recorded(loaded: Loaded) -> list[tuple[str, list[int], int]]:
    """For each field that must be stated and is shown: in how many services of each area nothing is recorded, and in all."""
    hidden = {name for service in loaded.directory.services for name in service.withheld if name != "reached_by"}
    counts = {area.id: Counter(name for service in loaded.directory.services if service.area == area.id for name in unstated(service))
              for area in loaded.directory.site.areas}  # fmt: skip
    names = [name for name in MUST_BE_STATED if name not in hidden]
    return [(name, each := [counts[area.id][name] for area in loaded.directory.site.areas], sum(each)) for name in names]


def _totals(loaded: Loaded) -> list[tuple[str, int]]:
    directory = loaded.directory
    return [
        ("Services", len(directory.services)),
        ("Descriptors", len(directory.descriptors)),
        ("Gateways", len(directory.gateways)),
        ("Steps between gateways", len(directory.steps)),
        ("Needs", len(directory.vocabulary.needs)),
        ("Programmes, approaches and tools", len(directory.programmes)),
        ("Examples", len(directory.examples)),
        ("Glossary terms", len(directory.glossary)),
        ("Sources", len(directory.sources)),
    ]
