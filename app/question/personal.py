"""What must never travel on: numbers and addresses that point to one person are taken out before anything is read."""

from __future__ import annotations

import re
import unicodedata

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\S+@\S+")),
    ("a date", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\s+(?:19|20)?\d{{2}}\b", re.I)),
    ("a date", re.compile(rf"\b{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d{{2}}\b", re.I)),
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


NHS_WEIGHTS = range(10, 1, -1)
"""How much each of the first nine digits counts in the check of an NHS number (NHS Data Dictionary, modulus 11)."""


def is_nhs_number(text: str) -> bool:
    """Whether ten digits, in whatever groups, end in the check digit that an NHS number has."""
    digits = [int(sign) for sign in text if sign.isdecimal()]
    if len(digits) != 10:
        return False
    check = -sum(weight * digit for weight, digit in zip(NHS_WEIGHTS, digits, strict=False)) % 11
    return check == digits[9]


def personal_in(text: str) -> tuple[str, ...]:
    """The kinds of what looks personal in a text that will be kept, each named once; the text is refused, so nothing is taken out.

    Ten digits are called an NHS number only when their check digit is right, and otherwise by what they look like.
    """
    text = unicodedata.normalize("NFKC", text)
    kinds: list[str] = []
    for kind, pattern in PATTERNS:
        for found in pattern.findall(text):
            kinds.append(_named(kind, found))
        text = pattern.sub(" ", text)
    return tuple(dict.fromkeys(kinds))


def _named(kind: str, found: str) -> str:
    if kind != "an NHS number" or is_nhs_number(found):
        return kind
    return "a telephone number" if found.startswith("0") else "a long number"
