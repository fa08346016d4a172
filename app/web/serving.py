"""The site behind a web server of its own, until it is told to stop."""

from __future__ import annotations

import logging
import sys
import threading

import waitress.server
from flask import Flask

from app.settings import Settings, settings
from app.web import create_app
from app.web.discovery import discovery_of
from app.web.keeping import Keeping
from app.web.state import State
from app.web.stopping import Stopping

MAX_BODY = 256 * 1024
"""Larger bodies are refused before they are read: below this size the server keeps a body in memory, never in a file."""


def site() -> Flask:
    """The site by the settings of the environment, for another server than ours: gunicorn "app.web.serving:site()".

    Raises SettingsError and ContentError, as the start of a server does.
    """
    app = create_app(settings())
    keeping: Keeping = app.extensions["windscreen-keeping"]
    keeping.check()
    _ask_the_provider(app)
    return app


def _ask_the_provider(app: Flask) -> None:
    """Read the provider's description of itself, where people sign in, so that a wrong one stands in the log from the start."""
    discovery = discovery_of(app)
    if discovery is not None:
        discovery.ask_beside()


def serve(place: Settings) -> None:
    """Open the content and serve it until SIGTERM or Ctrl-C. Prints one line with the address.

    Raises ContentError when there is no content to serve, OSError when the address cannot be used.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(place)
    keeping: Keeping = app.extensions["windscreen-keeping"]
    keeping.check()
    _ask_the_provider(app)
    server = waitress.server.create_server(
        app,
        host=place.host,
        port=place.port,
        threads=8,
        ident=None,
        max_request_body_size=MAX_BODY,
        clear_untrusted_proxy_headers=False,  # app/web/forwarded.py believes a trusted proxy alone
    )
    stopping = Stopping(server)
    state: State = app.extensions["windscreen"]
    threading.Thread(target=state.loaded.warm, name="windscreen-warm", daemon=True).start()
    print(f"Windscreen is at http://{place.host}:{getattr(server, 'effective_port', place.port)}/ (stop with Ctrl-C)", flush=True)
    finished = stopping.run()
    keeping.close()
    told = "has stopped" if finished else "has stopped before every answer was sent"
    print(f"Windscreen {told}.", file=sys.stderr, flush=True)
