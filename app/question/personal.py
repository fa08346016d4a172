"""What must never travel on: numbers and addresses that point to one person are taken out before anything is read."""

from __future__ import annotations

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\S+@\S+")),
    ("a date", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\s+(?:19|20)?\d{{2}}\b", re.I)),
    ("a date", re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}\b")),
    ("a date", re.compile(r"\b(?:19|20)\d{2}-\d{1,2}-\d{1,2}\b")),
    ("an NHS number", re.compile(r"\b\d{3}[ \-]?\d{3}[ \-]?\d{4}\b")),
    ("a telephone number", re.compile(r"(?<!\w)(?:\+44|0)(?:[\s().\-]{0,3}\d){8,11}\b")),
    # The last two letters of a postcode are never C, I, K, M, O or V ("s47 9yo" is none), and "L3 5yr" says a level and an age.
    ("a postcode", re.compile(r"\b(?!l[1-5]\s+\d+yr)[a-z]{1,2}\d[a-z\d]?\s*\d[abd-hjlnp-uw-z]{2}\b", re.I)),
    ("a long number", re.compile(r"\b\d{6,}\b")),
)


def without_personal(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what looks personal, and the kinds that were taken out, each named once."""
    kinds: list[str] = []
    for kind, pattern in PATTERNS:
        text, count = pattern.subn(" ", text)
        if count and kind not in kinds:
            kinds.append(kind)
    return text, tuple(kinds)
