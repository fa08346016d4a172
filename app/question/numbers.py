"""Levels and ages in words: "level 3", "L3", "tier three", "14yo", "5-16", "year 9", "18 months", "toddler"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.model import OLDEST, UNBORN

LEVEL_WORDS = {"level", "levels", "lvl", "lvls", "lev", "lv", "tier", "tiers", "threshold", "l"}
ONE_TO_FIVE = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
TEENS = (
    "six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
SPELT = ONE_TO_FIVE | {word: number for number, word in enumerate(TEENS, 6)}
JOINS = {"and", "or", "to", "through", "until"}
DASHES = {"-", "–", "—"}

AGE_WORDS: dict[tuple[str, ...], tuple[int, ...]] = {
    ("unborn",): (UNBORN,), ("unborn", "baby"): (UNBORN,), ("unborn", "child"): (UNBORN,),
    ("pre", "birth"): (UNBORN,), ("prebirth",): (UNBORN,), ("before", "birth"): (UNBORN,),
    ("pregnant",): (UNBORN,), ("pregnancy",): (UNBORN,), ("antenatal",): (UNBORN,), ("expecting", "a", "baby"): (UNBORN,),
    ("newborn",): (0,), ("new", "born"): (0,), ("newborns",): (0,), ("baby",): (0,), ("babies",): (0,), ("infant",): (0,),
    ("toddler",): (1, 2), ("toddlers",): (1, 2), ("preschooler",): (3, 4), ("pre", "schooler",): (3, 4),
    ("teenager",): tuple(range(13, 18)), ("teenagers",): tuple(range(13, 18)), ("teen",): tuple(range(13, 18)),
    ("teens",): tuple(range(13, 18)), ("teenage",): tuple(range(13, 18)), ("adolescent",): tuple(range(13, 18)),
    ("reception", "class"): (4, 5), ("in", "reception"): (4, 5), ("reception", "year"): (4, 5), ("reception",): (4, 5),
}
BABY = {"baby", "babies", "infant"}
SCHOOL_YEAR = {"year", "yr", "y"}
AGE_BEFORE = {"age", "aged", "ages", "aging"}
YEARS_AFTER = {"yo", "yos", "yr", "yrs", "year", "years", "y"}
MONTHS_AFTER = {"month", "months", "mth", "mths", "mo", "mos"}
WEEKS_AFTER = {"week", "weeks", "wk", "wks", "day", "days"}
NOT_AN_AGE_BEFORE = set("section s sec sect reg post profile article form part regulation act factor code".split())
COUNTED_AFTER = set(
    "children kids siblings boys girls brothers sisters sons daughters times x parents bed beds bedroom bedrooms bedroomed".split()
)


@dataclass
class Token:
    """One word of a question: its text, and what stood between it and the word before."""

    text: str
    gap: str = ""
    used: bool = False


@dataclass
class Numbers:
    """What was read: levels, ages, whether a tier stood beside CAMHS, and numbers that are no level or age.

    `loose` holds ages said in a word or a school year ("toddler", "year 9"): each with the ages it may stand for.
    """

    levels: set[int] = field(default_factory=set)
    exact: set[int] = field(default_factory=set)
    loose: list[tuple[tuple[int, ...], Sequence[int]]] = field(default_factory=list)
    camhs_tiers: list[int] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def ages(self) -> set[int]:
        """Every age: one given exactly stands for the word beside it, as in "teenager, 14" or "baby of 18 months"."""
        return self.exact.union(*(ages for ages, may_be in self.loose if not self.exact & set(may_be)))


def tokens_with_gaps(text: str) -> list[Token]:
    """The words of a text that is already plain (lower case), each with the characters before it."""
    found: list[Token] = []
    text = re.sub(r"(?<=\d)\.\d+", "", text)
    end = 0
    for match in re.finditer(r"[a-z0-9&]+", text):
        found.append(Token(match.group(), text[end : match.start()]))
        end = match.end()
    if found and text[end:].startswith("+") and found[-1].text.isdigit():
        found[-1].text += "+"
    return found


def read_levels(tokens: list[Token], numbers: Numbers, allowed: set[int]) -> None:
    """Mark and keep every level that is named with its word; "tier 3" beside CAMHS is asked about instead."""
    camhs = any(token.text in ("camhs", "cahms", "camh") for token in tokens)
    for position, token in enumerate(tokens):
        if token.used:
            continue
        if _glued_level(token.text) or token.text in LEVEL_WORDS:
            _levels_at(tokens, position, camhs, numbers, allowed)


def _glued_level(text: str) -> tuple[str, int] | None:
    """"l3" as ("l", 3), "tier2" as ("tier", 2)."""
    match = re.fullmatch(r"(l|lv|lvl|levels?|tiers?)(\d)", text)
    return (match.group(1), int(match.group(2))) if match else None


def _levels_at(tokens: list[Token], position: int, camhs: bool, numbers: Numbers, allowed: set[int]) -> None:
    """The levels that begin here: "level 3", "levels 2-4", "L2/3", "level 2, 3 and 4"."""
    glued = _glued_level(tokens[position].text)
    word = glued[0] if glued else tokens[position].text
    found = [glued[1]] if glued else []
    spans = False
    end = here = position + 1
    while here < len(tokens) and not tokens[here].used:
        if tokens[here].text in JOINS | {"of"} | LEVEL_WORDS:
            here += 1
            continue
        number = _level_number(tokens[here].text)
        if number is None or _is_age_there(tokens, here) or not _goes_on(tokens, here, found, word, allowed):
            break
        spans = spans or tokens[here].gap.strip() in DASHES or tokens[here - 1].text == "to"
        found.append(number)
        here += 1
        end = here
    if not found:
        return
    for token in tokens[position:end]:
        token.used = True
    if spans and len(found) == 2 and found[0] < found[1]:
        found = list(range(found[0], found[1] + 1))
    for number in found:
        _keep_level(number, word, camhs, numbers, allowed)


def _goes_on(tokens: list[Token], here: int, found: list[int], word: str, allowed: set[int]) -> bool:
    """Whether the number here is one more level, and not an age that follows: "level 3, 14" and "level 3 and 9" hold one."""
    number = _level_number(tokens[here].text)
    if not found:
        return True
    if number not in allowed:
        return False
    gap, before = tokens[here].gap.strip(), tokens[here - 1].text
    joined = word.endswith("s") or gap in DASHES | {"/", "+"} or before in JOINS | LEVEL_WORDS
    return joined or (gap == "," and _listed(tokens, here, found[-1], allowed))


def _listed(tokens: list[Token], here: int, last: int, allowed: set[int]) -> bool:
    """Whether a rising list of levels goes on to its "and": the 3 in "level 2, 3 and 4"."""
    while here < len(tokens) and (number := _level_number(tokens[here].text)) in allowed and number > last:
        if _before(tokens, here) in JOINS:
            return not _is_age_there(tokens, here)
        last, here = number, here + 1
        if here < len(tokens) and tokens[here].text in JOINS:
            here += 1
        elif here < len(tokens) and tokens[here].gap.strip() != ",":
            return False
    return False


def _level_number(text: str) -> int | None:
    glued = _glued_level(text)
    return int(text) if re.fullmatch(r"\d", text) else glued[1] if glued else ONE_TO_FIVE.get(text)


def _is_age_there(tokens: list[Token], position: int) -> bool:
    after = tokens[position + 1].text if position + 1 < len(tokens) else ""
    return after in YEARS_AFTER | MONTHS_AFTER | WEEKS_AFTER


def _keep_level(number: int, word: str, camhs: bool, numbers: Numbers, allowed: set[int]) -> None:
    if word.startswith("tier") and camhs:
        numbers.camhs_tiers.append(number)
    elif number in allowed:
        numbers.levels.add(number)
    else:
        numbers.refused.append(("level", str(number)))


def read_ages(tokens: list[Token], numbers: Numbers) -> None:
    """Mark and keep every age in the free tokens, in any of the ways people write one."""
    position = 0
    while position < len(tokens):
        step = _age_words(tokens, position, numbers) or _school_year(tokens, position, numbers) or _age_number(tokens, position, numbers)
        position += step or 1


def _free(tokens: list[Token], position: int) -> str:
    """The word at a position if there is one and it is still free, else ""."""
    return tokens[position].text if 0 <= position < len(tokens) and not tokens[position].used else ""


def _use(tokens: list[Token], start: int, count: int) -> int:
    for token in tokens[start : start + count]:
        token.used = True
    return count


def says_an_age(words: list[str]) -> bool:
    """Whether a phrase holds an age in words, or a number that can only be one: "expecting a baby", "homeless 16/17"."""
    spans = ((start, start + length) for length in (1, 2, 3) for start in range(len(words)))
    in_words = any(tuple(words[start:end]) in AGE_WORDS for start, end in spans)
    return in_words or any(re.fullmatch(r"1\d(?:yo|yrs?)?", word) or SPELT.get(word, 0) > 10 for word in words)


def _age_words(tokens: list[Token], position: int, numbers: Numbers) -> int:
    for length in (3, 2, 1):
        words = tuple(_free(tokens, position + offset) for offset in range(length))
        if words in AGE_WORDS:
            ages = AGE_WORDS[words]
            numbers.loose.append((ages, (0, 1) if words[0] in BABY else range(ages[0] - 3, ages[-1] + 3) if len(ages) > 2 else ages))
            return _use(tokens, position, length)
    return 0


def _school_year(tokens: list[Token], position: int, numbers: Numbers) -> int:
    """Year 9 is 13 to 14: a school year holds two ages."""
    glued = re.fullmatch(r"(?:year|yr|y)(\d{1,2})s?", _free(tokens, position))
    number = glued.group(1) if glued else ""
    count = 1
    if not glued and _free(tokens, position) in SCHOOL_YEAR:
        said = _free(tokens, position + 1)
        match = re.fullmatch(r"(\d{1,2})s?", str(SPELT.get(said, said)))
        if match and not _is_age_there(tokens, position + 1):
            number, count = match.group(1), 2
    if number and 1 <= int(number) <= 13:
        ages = (int(number) + 4, int(number) + 5)
        numbers.loose.append((ages, ages))
        return _use(tokens, position, count)
    return 0


def _age_number(tokens: list[Token], position: int, numbers: Numbers) -> int:
    start = position
    named = _free(tokens, position) in AGE_BEFORE
    if named:
        position += 1
    limit = _limit(tokens, position)
    between = not limit and _free(tokens, position) == "between"
    position += limit[1] if limit else between
    first = _number(_free(tokens, position))
    if first is None or (not named and _before(tokens, start) in NOT_AN_AGE_BEFORE):
        return 0
    value, unit = first
    position += 1
    upper = _range_end(tokens, position, value, between)
    if upper is not None:
        position += 2 if _free(tokens, position) in {"to", "until", "through", "and"} else 1
    last = value if upper is None else upper
    unit = unit or _unit_of(_free(tokens, position))
    if unit and _unit_of(_free(tokens, position)) == unit and not _number(_free(tokens, position)):
        position += 1
    if _free(tokens, position) in {"old", "olds"} or _free(tokens, position) == "o":
        position += 1
    few = _free(tokens, position - 1) in SPELT and value < 11
    counted = few or _free(tokens, position) in COUNTED_AFTER or _is_a_count(tokens, start)
    if not named and not unit and not limit and counted:
        return 0
    if unit in ("weeks", "months") and _is_a_pregnancy(tokens, start, position):
        return _use(tokens, start, position - start)
    return _keep_ages(tokens, start, position, numbers, value, last, unit, limit[0] if limit else "", named)


def _keep_ages(
    tokens: list[Token], start: int, end: int, numbers: Numbers, first: int, last: int, unit: str, limit: str, named: bool
) -> int:
    if unit == "months":
        first, last = first // 12, last // 12
    elif unit == "weeks":
        first = last = 0
    plus = tokens[end - 1].text.endswith("+") or _free(tokens, end) == "plus"
    if _free(tokens, end) == "plus":
        end += 1
    if first > OLDEST or last > OLDEST:
        if not (named or unit or limit):
            return 0
        numbers.refused.append(("age", str(max(first, last))))
        return _use(tokens, start, end - start)
    if limit == "under":
        ages = range(0, max(first, 1))
    elif limit == "over" or plus:
        ages = range(first + (0 if plus else 1), 19) if first < 18 else range(first, min(first + 2, OLDEST + 1))
    else:
        ages = range(first, last + 1)
    numbers.exact.update(ages)
    return _use(tokens, start, end - start)


def _is_a_count(tokens: list[Token], start: int) -> bool:
    """"mum of 3" counts children."""
    return _before(tokens, start) == "of" and _before(tokens, start - 1) in {"mum", "mother", "mom", "dad", "father", "parent", "family"}


def _before(tokens: list[Token], position: int) -> str:
    return tokens[position - 1].text if position > 0 else ""


def _is_a_pregnancy(tokens: list[Token], start: int, end: int) -> bool:
    """"15 weeks pregnant" is no age of a child."""
    after = tokens[end].text if end < len(tokens) else ""
    return after in {"pregnant", "pregnancy", "gestation"} or _before(tokens, start) in {"pregnant", "pregnancy"}


def _limit(tokens: list[Token], position: int) -> tuple[str, int] | None:
    word, after = _free(tokens, position), _free(tokens, position + 1)
    if word in {"under", "below", "u"} or (word in {"younger", "less"} and after == "than"):
        return "under", 2 if after == "than" else 1
    if word in {"over", "above"} or (word in {"older", "more"} and after == "than"):
        return "over", 2 if after == "than" else 1
    return None


def _number(text: str) -> tuple[int, str] | None:
    """A number and its glued unit: "14yo" is (14, years), "18m" is (18, months), "5s" is (5, "")."""
    if text in SPELT:
        return SPELT[text], ""
    match = re.fullmatch(r"(\d{1,3})(yo|yos|yrs?|years?|y|m|mos?|mths?|months?|wks?|weeks?|s|\+)?", text)
    if match:
        return int(match.group(1)), _unit_of(match.group(2) or "")
    return None


def _unit_of(word: str) -> str:
    if word in YEARS_AFTER:
        return "years"
    if word in MONTHS_AFTER | {"m"}:
        return "months"
    return "weeks" if word in WEEKS_AFTER else ""


def _range_end(tokens: list[Token], position: int, first: int, between: bool) -> int | None:
    """The upper end of "5-16", "5 to 16" or "between 5 and 16", if one follows."""
    here = position
    joined = False
    if _free(tokens, here) in ({"and"} if between else {"to", "until", "through"}):
        here, joined = here + 1, True
    elif here < len(tokens) and tokens[here].gap.strip() in DASHES:
        joined = True
    found = _number(_free(tokens, here)) if joined else None
    return found[0] if found and found[0] > first else None
