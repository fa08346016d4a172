"""What a proxy in front says of the browser behind it, believed from trusted proxies alone."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from app.access import Proxy
from app.settings import Settings

PEER = "windscreen.peer"
"""Where the address stands that a request really came from, in its environment."""

SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_PREFIX",
        "HTTP_X_FORWARDED_BY", "HTTP_FORWARDED")  # fmt: skip
"""The headers in which proxies say it, and browsers may lie."""


def init_app(app: Flask, settings: Settings) -> None:
    """Take the browser's address and TLS from a trusted proxy; take these headers off every other request."""
    app.wsgi_app = forwarded(app.wsgi_app, settings.access.proxy)  # type: ignore[assignment, method-assign]


def forwarded(inner: WSGIApplication, proxy: Proxy | None) -> WSGIApplication:
    """The site as it is told of the browser: by one trusted proxy, or by the connection itself."""
    told = ProxyFix(inner, x_for=1, x_proto=1)

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ[PEER] = environ.get("REMOTE_ADDR", "")
        if proxy and proxy.is_from(environ[PEER]):
            return told(environ, start_response)
        for header in SAID:
            environ.pop(header, None)
        return inner(environ, start_response)

    return outer


def peer() -> str:
    """The address that this request came from: that of the proxy, where there is one."""
    return str(request.environ.get(PEER, ""))
