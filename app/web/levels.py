"""The levels of need: the windscreen, each level, the poster, and what nothing answers."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from app.levels import later_names, open_table
from app.web.marks import with_freshness
from app.web.schemes import here, level_at, side_by_side
from app.web.state import current
from app.web.twins import as_csv, as_json, descriptor_line_json, scheme_json

bp = Blueprint("levels", __name__)


@bp.get("/levels")
def levels() -> str:
    """The windscreen of a scheme, drawn and in words; several schemes stand side by side."""
    places = side_by_side()
    return render_template("levels.html", places=places, place=places[0])


@bp.get("/levels.json")
def levels_json() -> Response:
    """The levels of each scheme for other programs."""
    return as_json({"schemes": [{**scheme_json(place.scheme), **place.shown.windscreen.to_json()} for place in side_by_side()]})


@bp.get("/levels/<number>")
def level(number: str) -> str:
    """One level: how to get help first, then what it looks like, who helps, and where it all stands."""
    place = here()
    return render_template("level.html", place=place, told=level_at(place, number))


@bp.get("/levels/<number>.json")
def level_json(number: str) -> Response:
    """One level for other programs."""
    return as_json(with_freshness(level_at(here(), number).to_json()))


@bp.get("/levels/poster")
def poster() -> str:
    """All levels on one large sheet: what each means, how to get help, and whom to ask."""
    place = here()
    texts = [text for level in place.local.levels for text in (level.meaning, level.how_to_get_help, level.lead, level.plan)]
    later = later_names(place.local.directory, place.area.id if place.area else "", texts)
    return render_template("poster.html", place=place, later=later)


@bp.get("/levels/unanswered")
def unanswered() -> str:
    """The descriptors that no service answers at their level: a finding for commissioners."""
    place = here()
    return render_template("levels_unanswered.html", place=place, open=place.shown.open)


@bp.get("/levels/unanswered.json")
def unanswered_json() -> Response:
    """The same for other programs."""
    return as_json(with_freshness(here().shown.open.to_json()))


@bp.get("/levels/unanswered.csv")
def unanswered_csv() -> Response:
    """The same as a table, with the rules by which it is counted below it."""
    place = here()
    found = place.shown.open
    return as_csv(open_table(found), f"{place.area.id if place.area else place.scheme.id}-unanswered", [found.sentence, *found.rules])


@bp.get("/descriptors.json")
def descriptors_json() -> Response:
    """Every descriptor with the needs it speaks of."""
    return as_json({"descriptors": [descriptor_line_json(descriptor) for descriptor in current().directory.descriptors]})
