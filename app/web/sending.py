"""How a page travels: compressed, and not at all when the browser has it already."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

SETTINGS = {
    "COMPRESS_ALGORITHM": ["br", "gzip"],
    "COMPRESS_STREAMS": False,
    "COMPRESS_REGISTER": False,
}
"""What the library is told: the two kinds every browser knows, and no streams, which are files sent as they are."""

SIGNED = ("reports",)
"""The blueprints whose forms carry a signature."""

compressor = Compress()


def init_app(app: Flask) -> None:
    """Mark and compress every response. Register this part before the headers: what is registered first comes last."""
    app.config.update(SETTINGS)
    compressor.init_app(app)
    app.after_request(prepare)


def prepare(response: Response) -> Response:
    """Mark a page that asks no question with a digest of itself; leave it out when the browser holds it; compress it."""
    if may_be_kept(response):
        response.add_etag()
        response.make_conditional(request)
    return response if holds_secret(response) else compressor.after_request(response)


def may_be_kept(response: Response) -> bool:
    """Whether a browser may hold on to it and ask if it is still true: a whole page at an address without a question."""
    return (
        request.method in ("GET", "HEAD")
        and response.status_code == 200
        and not response.is_streamed
        and "no-store" not in response.headers.get("Cache-Control", "no-store")
    )


def holds_secret(response: Response) -> bool:
    """Whether its length must tell nothing: what answers a form or carries a signature is sent as it is.

    The length of a compressed page tells whether two parts of it are alike. Where one part is secret and another comes from
    the address, somebody who watches lengths can find the secret out (the attack is known as BREACH).
    """
    return request.method == "POST" or "Set-Cookie" in response.headers or request.blueprint in SIGNED
