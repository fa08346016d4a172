"""Whom the words are about: "homeless 16" says "homeless teenager", so the phrase that holds the age is looked up as well."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.question.numbers import NOT_AN_AGE_BEFORE, Numbers, Token, read_ages
from app.vocabulary import TEENAGER, Found, Vocabulary

TEENS = range(13, 20)
LINKS = {"is", "at", "and", "a", "girl", "boy", "who", "has", "been", "s"}
"""Words that may stand between the age and the word it belongs to: "15 year old girl is pregnant"."""

GROWN_UPS = {"mum", "mums", "mom", "mother", "dad", "father", "parent", "parents", "wife", "husband", "partner", "carer", "sister"}
"""Of whom the word is said instead, when one of them stands before it: "mum pregnant, 14 year old"."""

LONGEST = 4

MAY_BEGIN_AN_AGE = re.compile(r"1[3-9]|age|y(?:ea)?r?s?\d*$|(?:thir|four|fif|six|seven|eigh|nine)teen")
"""A cheap look before the thorough one."""


@dataclass(frozen=True)
class _Piece:
    """A word, or an age of a teenager as one word, with the tokens it stands for."""

    text: str
    start: int
    end: int
    joined: bool


def said_of_a_teenager(tokens: list[Token], vocabulary: Vocabulary, place: str, longer: list[Found]) -> list[Found]:
    """Phrases of the vocabulary that hold a teenager's age in place of the word teenager, longest first.

    `longer` are the phrases found without that: none of them is cut.
    """
    if vocabulary.beside_teenager.isdisjoint(token.text for token in tokens):
        return []
    pieces = _pieces(tokens)
    if not any(piece.text == TEENAGER for piece in pieces):
        return []
    found: list[Found] = []
    taken: set[int] = set()
    for length in range(LONGEST, 1, -1):
        for first in range(len(pieces) - length + 1):
            span = pieces[first : first + length]
            words = [piece.text for piece in span]
            if TEENAGER not in words or not all(piece.joined for piece in span[1:]) or taken & set(range(first, first + length)):
                continue
            if first and words[0] != TEENAGER and pieces[first - 1].text in GROWN_UPS:
                continue
            start, end = span[0].start, span[-1].end
            if any(item.start < end and start < item.end and not start <= item.start < item.end <= end for item in longer):
                continue
            whole = vocabulary.exact(words, [True] * length, place)
            if [(item.start, item.end) for item in whole] == [(0, length)]:
                found.append(Found(start, end, whole[0].phrase, whole[0].meanings))
                taken |= set(range(first, first + length))
    return found


def _pieces(tokens: list[Token]) -> list[_Piece]:
    """The words of a question, an age of 13 to 19 as one word, without the words that only link."""
    ages = _teenage_ages(tokens)
    pieces: list[_Piece] = []
    position = 0
    joined = False
    while position < len(tokens):
        end = ages.get(position, position + 1)
        gap = tokens[position].gap.strip()
        joined = joined and gap in ("", "-", "/", "(")
        if position in ages or tokens[position].text not in LINKS:
            pieces.append(_Piece(TEENAGER if position in ages else tokens[position].text, position, end, joined))
            joined = True
        position = end
    return pieces


def _teenage_ages(tokens: list[Token]) -> dict[int, int]:
    """Where the age of one teenager begins and ends: "15", "aged 15", "15 year old", "year 10"."""
    found: dict[int, int] = {}
    for start in range(len(tokens)):
        before = tokens[start - 1].text if start else ""
        if not MAY_BEGIN_AN_AGE.match(tokens[start].text) or before in NOT_AN_AGE_BEFORE or any(start < end for end in found.values()):
            continue
        for length in (4, 3, 2, 1):
            copy = [Token(item.text, item.gap) for item in tokens[start : start + length]]
            numbers = Numbers()
            read_ages(copy, numbers)
            one_age = len(numbers.exact) == 1 or (not numbers.exact and len(numbers.loose) == 1 and len(numbers.ages) == 2)
            if len(copy) == length and all(item.used for item in copy) and one_age and numbers.ages <= set(TEENS):
                found[start] = start + length
                break
    return found
