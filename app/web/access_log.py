"""One line a request for those who run it. It names the page, never the address: what was asked cannot be read from it."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from app.settings import Settings
from app.web.health import known_method

log = logging.getLogger("windscreen.access")


def init_app(app: Flask, settings: Settings) -> None:
    """Write the lines, if the deployment sets WINDSCREEN_ACCESS_LOG to on."""
    if settings.access_log:
        log.setLevel(logging.INFO)
        app.after_request(write)


def write(response: Response) -> Response:
    """A line such as "GET ask.ask 200 18344 bytes 6.2 ms". No query, no body, no address of a person, no cookie, no browser."""
    size = response.calculate_content_length()
    log.info(
        "%s %s %d %s bytes %.1f ms", known_method(), request.endpoint or "-", response.status_code,
        "?" if size is None else size, (time.perf_counter() - g.began) * 1000,
    )  # fmt: skip
    return response
