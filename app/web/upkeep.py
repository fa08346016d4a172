"""What is due to be checked again, as data: the twins of the page on content health."""

from __future__ import annotations

from flask import Blueprint, Response

from app.freshness import HEADER
from app.gaps.tables import Table
from app.web.marks import upkeep
from app.web.state import current
from app.web.twins import as_csv, as_json

bp = Blueprint("upkeep", __name__)


@bp.get("/content-health.json")
def content_health_json() -> Response:
    """What is due, by owner, with the problems of the content."""
    loaded = current()
    problems = [
        {"path": each.path, "line": each.line, "column": each.column, "field": each.field, "words": each.words, "severity": each.severity}
        for each in loaded.problems
    ]
    return as_json({**upkeep().to_json(), "problems": problems, "content_digest": loaded.digest})


@bp.get("/content-health.csv")
def content_health_csv() -> Response:
    """What is due as a table: a row for each entry and set of fields with the same dates."""
    return as_csv(Table("due", "What is due for review", HEADER, tuple(upkeep().rows())), "due-for-review")
