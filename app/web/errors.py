"""One error page for everything that goes wrong; it never shows, and no log line ever holds, what was typed."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from flask import Flask, Response, make_response, render_template, request
from rapidfuzz import process
from werkzeug.exceptions import HTTPException

from app.index import IndexProblem
from app.settings import MAX_QUESTION
from app.web.state import current
from app.web.twins import as_json
from app.web.words import EMERGENCY

WORDS = {
    400: ("This request could not be read", "Something in it is not what this page expects. Nothing of it was kept."),
    404: ("There is no page at this address", "It may have been copied wrongly, or what it showed has been taken out of the content."),
    405: ("This page does not take that kind of request", "Open it as a link, or start again from the first page."),
    413: ("Too much was sent", f"A question may have {MAX_QUESTION:,} characters. Nothing of what was sent was kept."),
    500: (
        "Something has gone wrong here",
        "The fault is ours, and nothing you typed was kept. Try again in a minute. If it happens again, tell whoever runs this site "
        "the address and the time. Do not wait for it: ask the front door of your area, or a colleague.",
    ),
    503: (
        "The search of words cannot be used at the moment",
        "So this page would not be complete, and is not shown. Choose a level, an age and a need on the first page: such questions still "
        "work. If it stays like this, tell whoever runs this site.",
    ),
}

FALLBACK = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{heading} – Windscreen</title></head>
<body><main><h1>{heading}</h1><p>{words}</p><p><strong>{emergency}</strong></p><p><a href="/">First page</a></p></main></body></html>
"""
"""Shown when even the error page cannot be made."""

HERE = Path(__file__).resolve().parent.parent

log = logging.getLogger("windscreen.web")


def init_app(app: Flask) -> None:
    """Answer every failure with the error page."""
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(IndexProblem, search_broken)
    app.register_error_handler(Exception, fault)


def refused(error: HTTPException) -> Response:
    """A request that cannot be answered."""
    response = error_page(error.code or 500)
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def search_broken(error: IndexProblem) -> Response:
    """Finding nothing because the search is broken would be a false answer, so it is said instead."""
    log.error("The search index cannot be used (%s)", where(error))
    return error_page(503)


def fault(error: Exception) -> Response:
    """A fault of ours. The log is told its kind and place, never its message, which may hold what was typed."""
    log.error("A fault while answering %s: %s", request.endpoint or "an unknown address", where(error))
    return error_page(500)


def where(error: BaseException) -> str:
    """The kind of an exception and the places it came through, without any value."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames if Path(frame.filename).is_relative_to(HERE)]
    return f"{type(error).__name__} at {' < '.join(reversed(ours)) or 'a place outside the program'}"


def error_page(code: int) -> Response:
    """The page, or the JSON, that tells of an error."""
    heading, words = WORDS.get(code, WORDS[400 if code < 500 else 500])
    if request.path.endswith(".json"):
        return as_json({"error": {"status": code, "heading": heading, "words": words, "emergency": EMERGENCY}}, code)
    try:
        suggestions = nearest_pages(request.path) if code == 404 else []
        html = render_template("error.html", heading=heading, explanation=words, suggestions=suggestions)
    except Exception as error:
        log.error("The error page cannot be made: %s", where(error))
        html = FALLBACK.format(heading=heading, words=words, emergency=EMERGENCY)
    return make_response(html, code)


def nearest_pages(path: str) -> list[tuple[str, str]]:
    """Up to three pages whose addresses are like this one: (address, name)."""
    places = current().places
    near = process.extract(path[:200].lower(), places.keys(), limit=3, score_cutoff=72)
    return [(address, places[address]) for address, *_ in near]
