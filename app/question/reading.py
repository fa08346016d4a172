"""Words typed by somebody in a hurry, into a Question. Never raises; never keeps a word that nothing here knows."""

from __future__ import annotations

from collections.abc import Collection

from app.model import Directory
from app.question.facts import CONSENT, read_facts
from app.question.numbers import Numbers, Token, read_ages, read_levels, says_an_age, tokens_with_gaps
from app.question.personal import without_personal
from app.question.question import CAMHS_TIER, Question
from app.question.subject import said_of_a_teenager
from app.settings import MAX_QUESTION, MAX_TERMS
from app.vocabulary import Found, Meaning, Vocabulary, plain

FILLERS = frozenset(
    "a about after all also am an and any are as asap at be because been before being between both boy boys but by can child children "
    "childs come comes could cyp daughter did do does doing dont else family families female find fit fits for from get gets "
    "getting girl girls give go going good got had has have he help helps her hers hi him his how i if im in into is isnt it its just "
    "kid kids know lad like live lives living look looking looks male maybe me might more most mr mrs ms mum mums mother mothers "
    "dad dads father fathers my need needed needing needs new no not now of off old olds on one or our out over parent parents "
    "people person plan please possible question really s school send service services she should show sibling siblings so some "
    "someone son son t tell than thank thanks that the their them then there they thing things this to too two under until up us "
    "use user very want wanted wants was we well were what whats when where which who whom whose why will with without worker "
    "working works would y yes yo yp you young your support supporting available options option advice level levels tier age aged "
    "ages year years month months refer referral referred referring best right suitable three four five six seven eight nine ten".split()
) - {"send", "plan"}
"""Words that carry no meaning of their own here; leaving them out is not worth telling."""


def read_question(
    text: str, vocabulary: Vocabulary, content_words: Collection[str], area: str | None = None
) -> Question:
    """What was asked, as far as it is understood.

    `content_words` are the words that occur in the content: a left-over word is kept only if it is one of them.
    `area` is the area chosen beside the box; without it, an area named in the words, else the default.
    """
    directory = vocabulary.directory
    kept, dropped = without_personal(plain(text[:MAX_QUESTION]))
    tokens = tokens_with_gaps(kept)
    numbers = Numbers()
    place, found = _vocabulary_first(tokens, vocabulary, area)
    read_levels(tokens, numbers, _levels_allowed(directory))
    _age_words_twice(tokens, found, numbers)
    read_ages(tokens, numbers)
    mended = vocabulary.corrected([token.text for token in tokens], [not token.used for token in tokens], place)
    for item in mended:
        _use(tokens, item)
    reading = _Reading(directory, area, place)
    for item in sorted(found + mended, key=lambda item: item.start):
        reading.take(item, tokens)
    facts = read_facts(tokens, found + mended) if reading.asks_a_stage else ()
    left = [token.text for token in tokens if not token.used and token.text.rstrip("+") not in FILLERS]
    words = tuple(dict.fromkeys(word for word in left if word in content_words))[:MAX_TERMS]
    not_used = tuple(dict.fromkeys(word for word in left if word not in words))
    choices = [*reading.choices, *(f"{CAMHS_TIER}{tier}" for tier in numbers.camhs_tiers)]
    return Question(
        area=reading.area,
        area_given=reading.area_given,
        levels=tuple(sorted(numbers.levels | reading.levels)),
        ages=tuple(sorted(numbers.ages)),
        needs=tuple(dict.fromkeys(reading.needs)),
        processes=tuple(dict.fromkeys(reading.processes)),
        gateways=tuple(dict.fromkeys(reading.gateways)),
        services=tuple(dict.fromkeys(reading.services)),
        programmes=tuple(dict.fromkeys(reading.programmes)),
        words=words,
        choices=tuple(dict.fromkeys(choices)),
        not_used=not_used,
        unused=len(not_used),
        dropped=dropped,
        refused=tuple(dict.fromkeys(numbers.refused)),
        typed=tuple(reading.typed),
        facts=facts,
    )


def _levels_allowed(directory: Directory) -> set[int]:
    return {level.number for scheme in directory.schemes for level in scheme.levels} or {1, 2, 3, 4}


def _vocabulary_first(tokens: list[Token], vocabulary: Vocabulary, area: str | None) -> tuple[str, list[Found]]:
    """Phrases of the vocabulary, longest first, before any number is read: "section 47" is no age.

    The area comes first: a name that belongs to another area is no name here, and its words are read as words.
    """
    texts, free = [token.text for token in tokens], [True] * len(tokens)
    everywhere = vocabulary.exact(texts, free)
    place = area or _area_named(everywhere) or _area_named(vocabulary.corrected(texts, free)) or vocabulary.directory.site.default_area
    of_teenagers = said_of_a_teenager(tokens, vocabulary, place, everywhere)
    for item in of_teenagers:
        free[item.start : item.end] = [False] * (item.end - item.start)
    foreign = any(meaning.area not in ("", place) for item in everywhere for meaning in item.meanings)
    others = vocabulary.exact(texts, free, place) if foreign or of_teenagers else everywhere
    found = [*of_teenagers, *(item for item in others if not item.phrase.isdigit())]
    for item in found:
        _use(tokens, item)
    return place, found


def _area_named(found: list[Found]) -> str:
    return next((meaning.id for item in found for meaning in item.meanings if meaning.kind == "area"), "")


def _age_words_twice(tokens: list[Token], found: list[Found], numbers: Numbers) -> None:
    """A phrase such as "pregnant teenager" or "homeless at 16" is a need and says an age too: read the age from it as well."""
    for item in found:
        if any(meaning.kind in ("need", "ambiguity") for meaning in item.meanings):
            copy = [Token(token.text, token.gap) for token in tokens[item.start : item.end]]
            if says_an_age([token.text for token in copy]):
                inner = Numbers()
                read_ages(copy, inner)
                numbers.loose += inner.loose
                numbers.exact |= inner.exact


def _use(tokens: list[Token], item: Found) -> None:
    for token in tokens[item.start : item.end]:
        token.used = True


class _Reading:
    """Gathers meanings; services and gateways are those of the area that is asked."""

    def __init__(self, directory: Directory, area: str | None, place: str) -> None:
        self.directory = directory
        self.area_given = area is not None
        self.area = place
        self.levels: set[int] = set()
        self.needs: list[str] = []
        self.processes: list[str] = []
        self.gateways: list[str] = []
        self.services: list[str] = []
        self.programmes: list[str] = []
        self.choices: list[str] = []
        self.typed: list[tuple[str, str]] = []

    @property
    def asks_a_stage(self) -> bool:
        """Whether a step, a meeting or a gateway is named: consent alone is none of them."""
        return bool(self.gateways or set(self.processes) - {CONSENT})

    def take(self, item: Found, tokens: list[Token]) -> None:
        for meaning in self._without_history(item.meanings):
            self._take_one(meaning)
        typed = " ".join(token.text for token in tokens[item.start : item.end])
        for need in [meaning.id for meaning in item.meanings if meaning.kind == "need"]:
            self.typed.append((need, typed))

    def _without_history(self, meanings: tuple[Meaning, ...]) -> list[Meaning]:
        """A name leads to a service of the past only when it leads to nothing else."""
        present = [
            meaning for meaning in meanings if meaning.kind != "service" or self.directory.service_by_id[meaning.id].is_running
        ]
        return present or list(meanings)

    def _take_one(self, meaning: Meaning) -> None:
        if meaning.kind == "need":
            self.needs.append(meaning.id)
        elif meaning.kind == "process":
            self.processes.append(meaning.id)
        elif meaning.kind == "programme":
            self.programmes.append(meaning.id)
        elif meaning.kind == "ambiguity":
            self.choices.append(meaning.id)
        elif meaning.kind == "level":
            self.levels.add(int(meaning.id))
        elif meaning.kind == "factor":
            self._take_factor(meaning.id)
        elif meaning.kind == "area":
            self.area_given = True
        else:
            (self.services if meaning.kind == "service" else self.gateways).append(meaning.id)

    def _take_factor(self, code: str) -> None:
        factor = next(factor for factor in self.directory.factors if factor.code == code)
        if factor.need:
            self.needs.append(factor.need)
