"""The site behind a web server of its own, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import sys
from types import FrameType
from typing import NoReturn

import waitress.server

from app.settings import Settings
from app.web import create_app

MAX_BODY = 256 * 1024
"""Larger bodies are refused before they are read: below this size the server keeps a body in memory, never in a file."""


def serve(settings: Settings) -> None:
    """Open the content and serve it until SIGTERM or Ctrl-C. Prints one line with the address.

    Raises ContentError when there is no content to serve, OSError when the address cannot be used.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    app = create_app(settings)
    server = waitress.server.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=8,
        ident=None,
        max_request_body_size=MAX_BODY,
        clear_untrusted_proxy_headers=True,
    )
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    print(f"Windscreen is at http://{settings.host}:{getattr(server, 'effective_port', settings.port)}/ (stop with Ctrl-C)", flush=True)
    try:
        server.run()
    finally:
        server.close()
        print("Windscreen has stopped.", file=sys.stderr, flush=True)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """Leave the server's loop; it lets the requests that are being answered finish."""
    raise KeyboardInterrupt
