"""What audience a visitor is: decided once for each request, before anything is looked up. The pages are made from what it may see."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, abort, current_app, g, redirect, request, session
from markupsafe import escape

from app.access import Audience
from app.model import AUDIENCES, lower, sees
from app.settings import Settings
from app.web.forwarded import peer
from app.web.own_address import own_address

PREVIEW = re.compile(rf"/as/({'|'.join(AUDIENCES)})(/.*|$)")
"""The address of a page as a lower audience sees it: `/as/public/services`. It is carried in the address, so no cookie is needed."""

PREVIEWED = "windscreen.preview"
"""Where the audience of a preview stands in the environment of a request."""

THIS_PAGE, THIS_PAGE_AS_VALUE = "//this-page", "//to-this-page"
"""What a template writes for the page's own address: as an address, and as a value in another one. Only a page that is good gets it."""

LINK = re.compile(r"""(\s(?:href|action|formaction|xlink:href|data-suggestions)=["'])(/as/own)?/(?!/|static/)""")
"""A link or form in a page of ours that leads to a page of ours; one that begins with /as/own leads out of a preview."""

log = logging.getLogger("windscreen.admission")


class Admission:
    """Who is told what, at one site."""

    def __init__(self, settings: Settings) -> None:
        self.usual: Audience = settings.audience
        self.access = settings.access

    def init_app(self, app: Flask) -> None:
        """Decide before each request. Register this before whatever looks at the content, and `preview` after whatever sends."""
        app.extensions["windscreen-admission"] = self
        app.wsgi_app = _without_prefix(app.wsgi_app)  # type: ignore[assignment, method-assign]
        app.before_request(self.admit)

    def admit(self) -> Response | None:
        """Set the audience of this request; send on whoever asks for a preview that would show no less than their own view."""
        g.own_audience = g.audience = own = self.claimed()
        preview: Audience | None = request.environ.get(PREVIEWED)
        if preview is None:
            return None
        if sees(preview, own):
            if request.method not in ("GET", "HEAD"):
                abort(404)
            return _to(request.full_path.rstrip("?"))
        g.audience = lower(own, preview)
        return None

    def claimed(self) -> Audience:
        """The audience that a trusted proxy or the session says, else what everybody is here."""
        return self._by_proxy() or self._by_session() or self.usual

    @property
    def is_preview(self) -> bool:
        """Whether this page is shown as somebody sees it who sees less than its reader."""
        return bool(g.get("audience") != g.get("own_audience"))

    @property
    def is_signed_in(self) -> bool:
        """Whether this visitor has signed in."""
        return self._by_session() is not None

    def lower_views(self) -> list[Audience]:
        """The audiences that see less than this visitor; none inside a preview."""
        own: Audience = g.get("own_audience", "public")
        return [] if self.is_preview else [each for each in AUDIENCES if not sees(each, own)]

    def _by_proxy(self) -> Audience | None:
        proxy = self.access.proxy
        said = request.headers.get(proxy.header, "").strip() if proxy and proxy.is_from(peer()) else ""
        if not said:
            return None
        words = [word.strip() for word in said.split(",")] if self.access.roles else [said]
        found = self.access.audience_of(words, names_count=True)
        if found is None:
            log.warning("The trusted proxy says something that is neither an audience nor one of WINDSCREEN_ROLES; it is not taken")
        return found

    def _by_session(self) -> Audience | None:
        if self.access.provider is None:
            return None
        said = session.get("audience")
        return next((audience for audience in AUDIENCES if audience == said), None)


def admission() -> Admission:
    """Who is told what at this site."""
    found: Admission = current_app.extensions["windscreen-admission"]
    return found


def _without_prefix(inner: WSGIApplication) -> WSGIApplication:
    """The site under `/as/<audience>/`: the same pages, asked for with the mark of a preview."""

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop(PREVIEWED, None)
        asked = PREVIEW.fullmatch(environ.get("PATH_INFO", ""))
        if asked:
            environ[PREVIEWED], environ["PATH_INFO"] = asked[1], asked[2] or "/"
        return inner(environ, start_response)

    return outer


def fill_addresses(response: Response) -> Response:
    """Write the page's own address into its links, and keep every link, form and redirect of a preview inside it."""
    if response.mimetype not in ("text/html", "image/svg+xml") or response.direct_passthrough or request.endpoint == "static":
        html = None
    else:
        # A page of an error, and one that says what is wrong in its address, must not repeat what was typed into it.
        own = own_address() if request.method == "GET" and response.status_code == 200 else "/"
        html = response.get_data(as_text=True).replace(THIS_PAGE, str(escape(own))).replace(THIS_PAGE_AS_VALUE, quote(own, safe="/"))
    preview = request.environ.get(PREVIEWED)
    if preview is not None and admission().is_preview:
        prefix = f"/as/{preview}"
        if response.location and response.location.startswith("/") and not response.location.startswith("//"):
            response.location = prefix + response.location
        html = html and LINK.sub(lambda link: f"{link[1]}{'' if link[2] else prefix}/", html)
    if html is not None:
        response.set_data(html)
    return response


def mark_private(response: Response) -> Response:
    """Where two visitors may be shown different things at one address, no shared cache may keep it."""
    access = admission().access
    if access.varies and not request.path.startswith(("/static/", "/theme/")):
        if access.proxy:
            response.vary.add(access.proxy.header)
        if access.provider:
            response.vary.add("Cookie")
        kept = response.headers.get("Cache-Control", "no-cache")
        if "no-store" not in kept:
            response.headers["Cache-Control"] = kept.replace("public", "private") if "public" in kept else f"private, {kept}"
    return response


def _to(address: str) -> Response:
    sent = redirect(address, code=303)
    assert isinstance(sent, Response)  # noqa: S101 (flask.redirect gives what the app makes)
    return sent
