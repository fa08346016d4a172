"""What pages are dressed with: the stylesheet with a council's colours at its end, its logo, the script, the words to suggest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, request

from app.theme import LOGOS
from app.web.state import State, current

bp = Blueprint("look", __name__)

STYLE, SCRIPT, SUGGESTIONS, LOGO = "/static/windscreen.css", "/static/windscreen.js", "/suggestions.json", "/theme/logo"


@dataclass(frozen=True)
class Piece:
    """A file as it is sent, and the mark of its content, which stands in its address so that it can be kept for long."""

    body: bytes
    mimetype: str
    version: str


@bp.get(STYLE)
def style() -> Response:
    """The one stylesheet of every page."""
    return _sent(_style())


@bp.get(SCRIPT)
def script() -> Response:
    """The help for browsers that run scripts; every page works without it."""
    return _sent(_script())


@bp.get(SUGGESTIONS)
def suggestions() -> Response:
    """The words that the box may suggest: the browser looks in them alone, so nothing that is typed travels before it is asked."""
    return _sent(_suggestions())


@bp.get(LOGO)
def logo() -> Response:
    """A council's logo, where it has one."""
    found = _logo()
    return _sent(found) if found else abort(404)


def _sent(piece: Piece) -> Response:
    return Response(piece.body, mimetype=piece.mimetype)


def addresses() -> dict[str, str]:
    """Where a page finds each piece: `style`, `script`, `suggestions`, and `logo`, which is "" where there is none."""
    found = _logo()
    pieces = {"style": (STYLE, _style()), "script": (SCRIPT, _script()), "suggestions": (SUGGESTIONS, _suggestions())}
    return {
        **{name: f"{path}?v={piece.version}" for name, (path, piece) in pieces.items()},
        "logo": f"{LOGO}?v={quote(found.version)}" if found else "",
    }


def is_kept_for_long() -> bool:
    """Whether the address asked for names the version of what it gets."""
    return request.blueprint == bp.name or request.endpoint == "static"


def _state() -> State:
    state: State = current_app.extensions["windscreen"]
    return state


def _style() -> Piece:
    return _dressed(_state().settings.static / "windscreen.css", _state().theme.css)


def _script() -> Piece:
    return _file(_state().settings.static / "windscreen.js", "text/javascript", "")


def _suggestions() -> Piece:
    return _made(current().suggestions, "application/json")


def _logo() -> Piece | None:
    theme = _state().theme
    return _file(_state().settings.theme / theme.logo, LOGOS[theme.logo], theme.logo_mark) if theme.logo else None


@lru_cache(maxsize=8)
def _dressed(file: Path, colours: str) -> Piece:
    return _piece(file.read_bytes() + colours.encode(), "text/css")


@lru_cache(maxsize=8)
def _file(file: Path, mimetype: str, mark: str) -> Piece:
    """A file as it was when it had this mark."""
    return _piece(file.read_bytes(), mimetype)


@lru_cache(maxsize=8)
def _made(text: str, mimetype: str) -> Piece:
    return _piece(text.encode(), mimetype)


def _piece(body: bytes, mimetype: str) -> Piece:
    return Piece(body, mimetype, hashlib.sha256(body).hexdigest()[:12])
