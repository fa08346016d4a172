"""The words of a descriptor that carry the boundary between levels, found in it."""

from __future__ import annotations

import re
from functools import lru_cache

from app.model import Descriptor


def parts(descriptor: Descriptor) -> tuple[tuple[str, bool], ...]:
    """A descriptor in pieces, each with whether it carries the boundary; joined, they are its text."""
    return _parts(descriptor.text, descriptor.deciding)


@lru_cache(maxsize=4096)
def _parts(text: str, deciding: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    if not deciding:
        return ((text, False),)
    pattern = "|".join(re.escape(word) for word in sorted(deciding, key=len, reverse=True))
    pieces = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece)


def marked(descriptor: Descriptor) -> str:
    """A descriptor as plain text, the words that carry the boundary between stars."""
    return "".join(f"*{piece}*" if decides else piece for piece, decides in parts(descriptor))
