"""The address of the page that is shown, fit to be written into that page: it holds no word that only its reader brought."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from flask import request

from app.web.state import Loaded, current

JOINTS = frozenset("all and any as at by end for from if in no not of off on or other than the to unborn when with without".split())
"""Little words of which our own addresses are made beside ids; the index does not hold them."""


def own_address() -> str:
    """The path of this request, and of its query all that is made of ids, numbers and words of the content."""
    loaded = current()
    kept = [(name, value) for name, value in request.args.items(multi=True) if is_ours(name, loaded) and is_ours(value, loaded)]
    return quote(request.path) + (f"?{urlencode(kept)}" if kept else "")


def is_ours(text: str, loaded: Loaded) -> bool:
    """Whether a part of an address could have come from a page of ours: a first name that somebody typed could not."""
    words = re.findall(r"[^\W_]+", text.lower())
    return all(word.isdigit() or word in JOINTS or word in loaded.answering.content_words or word in loaded.id_words for word in words)
