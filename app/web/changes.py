"""What has changed in the content: a page, its data, and a feed to follow."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, render_template

from app.changes import address_of, atom_feed
from app.model import Change
from app.web.state import current
from app.web.twins import as_json

bp = Blueprint("changes", __name__)

MOST = 500
"""Changes on the page; the data holds all of them."""


@bp.get("/changes")
def changes() -> str:
    """What was recorded as changed, day by day, the newest first."""
    directory = current().directory
    shown = [(change, address_of(change, directory)) for change in directory.changes[:MOST]]
    days = [(day, list(of_day)) for day, of_day in groupby(shown, key=lambda pair: pair[0].on)]
    return render_template("changes.html", days=days, more=len(directory.changes) - len(shown))


@bp.get("/changes.json")
def changes_json() -> Response:
    """The same for other programs, whole."""
    return as_json({"changes": [_change_json(change) for change in current().directory.changes]})


@bp.get("/changes.atom")
def changes_atom() -> Response:
    """The newest changes as an Atom feed."""
    return Response(atom_feed(current().directory), mimetype="application/atom+xml")


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "on": change.on, "kind": change.kind, "id": change.id, "change": change.change, "words": change.words,
        "address": address_of(change, current().directory) or None,
    }  # fmt: skip
