"""What an address names and the content does not have: the answer says what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, request
from rapidfuzz import process

from app.web.twins import as_json

Place = tuple[str, str]
"""An address, and the name of what is there."""

LIKE = 60
"""From which likeness (0 to 100) a name is offered as the one that was perhaps meant."""

MOST_NEAR = 5


@dataclass
class NotHere(Exception):
    """Something that an address asks for and that does not exist. Its words never repeat what stood in the address."""

    heading: str
    words: str
    exist: Sequence[Place]
    near: Sequence[Place] = ()
    status: int = 404


def nearest_places(asked: str, places: Iterable[tuple[str, Place]]) -> list[Place]:
    """The places whose short names are most like the one asked for."""
    known = dict(places)
    return [known[name] for name, *_ in process.extract(asked[:200].lower(), known.keys(), limit=MOST_NEAR, score_cutoff=LIKE)]


def init_app(app: Flask) -> None:
    """Answer with what there is, as a page or as data."""
    app.register_error_handler(NotHere, answer)


def answer(missing: NotHere) -> Response:
    """The page, or the JSON, that says what exists."""
    if request.path.endswith(".json"):
        places = [{"address": address, "name": name} for address, name in missing.exist]
        problem = {"status": missing.status, "heading": missing.heading, "words": missing.words, "exist": places}
        return as_json({"error": problem}, missing.status)
    html = render_template("not_here.html", heading=missing.heading, explanation=missing.words, near=missing.near, exist=missing.exist)
    return make_response(html, missing.status)
