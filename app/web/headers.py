"""Headers of every response: nothing from elsewhere, nothing kept that could tell what was asked."""

from __future__ import annotations

from flask import Flask, Response, request

from app.web.look import is_kept_for_long

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

YEAR = 365 * 24 * 3600
"""A year in seconds: how long a browser that came by TLS comes by nothing else."""

EVERYWHERE = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()",
}


def init_app(app: Flask) -> None:
    """Set the headers on every response, errors included."""
    app.after_request(set_headers)


def set_headers(response: Response) -> Response:
    """The headers that are the same everywhere, and how long the response may be kept."""
    for name, value in EVERYWHERE.items():
        response.headers[name] = value
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
    if response.status_code == 304:
        response.close()  # the file was opened to be sent, and nobody else will close it
    if is_kept_for_long() and response.status_code < 400:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if request.args.get("v") else "no-cache"
    elif request.endpoint in ("ask.ask", "ask.ask_json", "ask.post_question") or request.query_string or response.status_code >= 300:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Cache-Control"] = "no-store" if request.endpoint == "reports.form" else "no-cache"
    return response
