"""The words of a descriptor that carry the boundary between levels, found in it."""

from __future__ import annotations

import re

from app.model import Descriptor


def parts(descriptor: Descriptor) -> list[tuple[str, bool]]:
    """A descriptor in pieces, each with whether it carries the boundary; joined, they are its text."""
    if not descriptor.deciding:
        return [(descriptor.text, False)]
    pattern = "|".join(re.escape(word) for word in sorted(descriptor.deciding, key=len, reverse=True))
    pieces = re.split(f"({pattern})", descriptor.text, flags=re.IGNORECASE)
    return [(piece, number % 2 == 1) for number, piece in enumerate(pieces) if piece]


def marked(descriptor: Descriptor) -> str:
    """A descriptor as plain text, the words that carry the boundary between stars."""
    return "".join(f"*{piece}*" if decides else piece for piece, decides in parts(descriptor))
