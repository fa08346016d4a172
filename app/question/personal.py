"""What must never travel on: numbers and addresses that point to one person are taken out before anything is read."""

from __future__ import annotations

import re

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\S+@\S+")),
    ("a date", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\s+(?:19|20)?\d{{2}}\b", re.I)),
    ("a date", re.compile(r"\b\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)?\d{2}\b")),
    ("a date", re.compile(r"\b(?:19|20)\d{2}-\d{1,2}-\d{1,2}\b")),
    ("an NHS number", re.compile(r"\b\d{3}[ \-]?\d{3}[ \-]?\d{4}\b")),
    ("a telephone number", re.compile(r"(?<!\w)(?:\+44|0)[\d\s().\-]{8,14}\d\b")),
    ("a postcode", re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.I)),
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
