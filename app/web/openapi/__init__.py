"""The site described for programs: `/openapi.json`, written from the routes, so that it names every one of them and no other."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from flask import Blueprint, Flask, Response, current_app

from app.web.openapi.document import document
from app.web.state import Loaded, current
from app.web.twins import as_json

bp = Blueprint("openapi", __name__)


def init_app(app: Flask) -> None:
    """Register the page, with room for the text of each audience: it is written once for each version of the content."""
    app.extensions["windscreen-openapi"] = WeakKeyDictionary()
    app.register_blueprint(bp)


@bp.get("/openapi.json")
def openapi() -> Response:
    """Every address of this site, in the form of OpenAPI 3.1, as this audience may use it."""
    written: WeakKeyDictionary[Loaded, bytes] = current_app.extensions["windscreen-openapi"]
    loaded = current()
    if loaded not in written:
        written[loaded] = as_json(document(current_app.url_map, current_app.view_functions, loaded)).get_data()
    return Response(written[loaded], mimetype="application/json")
