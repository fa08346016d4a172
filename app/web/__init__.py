"""The web pages: a view takes the request apart, asks one question below, and renders one template."""

from __future__ import annotations

from flask import Flask

from app.building import Opened
from app.settings import Settings
from app.web import (
    about,
    access_log,
    admission,
    ask,
    changes,
    compare,
    downloads,
    errors,
    forwarded,
    gaps,
    headers,
    health,
    journey,
    keeping,
    levels,
    library,
    look,
    marks,
    not_here,
    openapi,
    paper,
    pathways,
    rendering,
    reports,
    sending,
    services,
    shortlist,
    sign_in,
    themes,
    unmet,
    upkeep,
)
from app.web.state import State

MAX_REQUEST = 64 * 1024
"""The most bytes a request may bring: a question of 10,000 characters is told what is allowed, a flood is refused."""


def create_app(settings: Settings, opened: Opened | None = None) -> Flask:
    """The site over one deployment's content; `opened` is the content already opened, else it is opened here.

    Raises ContentError when there is no content good enough to serve.
    """
    app = Flask(__name__, static_folder=str(settings.static), static_url_path="/static")
    sending.init_app(app)
    app.register_blueprint(look.bp)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MAX_REQUEST
    app.url_map.strict_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["TRUSTED_HOSTS"] = list(settings.hosts)
    health.init_app(app, settings)
    keeping.Keeping(settings).init_app(app)
    app.register_blueprint(reports.bp)
    admission.Admission(settings).init_app(app)
    State(settings, opened).init_app(app)
    unmet.init_app(app)
    sign_in.init_app(app, settings)
    app.after_request(admission.mark_private)  # what is registered first comes last: after the headers, before it is sent
    for part in (rendering, marks, headers, errors, not_here):
        part.init_app(app)
    access_log.init_app(app, settings)
    app.after_request(admission.fill_addresses)
    for pages in (
        ask, services, shortlist, paper, levels, themes, compare, pathways,
        journey, gaps, downloads, library, about, upkeep, changes,
    ):  # fmt: skip
        app.register_blueprint(pages.bp)
    forwarded.init_app(app, settings)
    openapi.init_app(app)
    rendering.compile_templates(app)
    return app
