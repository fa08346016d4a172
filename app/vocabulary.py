"""Words into meanings: the longest phrase wins, then listed misspellings, then a cautious edit distance.

Only whole words count: "hit" never fires on Whitnash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz.distance import OSA

from app.model import Directory

MeaningKind = Literal["need", "process", "service", "gateway", "programme", "area", "factor", "level", "ambiguity"]

TOKEN = re.compile(r"[a-z0-9&]+")


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for. `area` is set for services and gateways, which belong to one."""

    kind: MeaningKind
    id: str
    area: str = ""


@dataclass(frozen=True)
class Found:
    """A phrase found in a question: tokens `start` to `end` (not included), and what it may mean."""

    start: int
    end: int
    phrase: str
    meanings: tuple[Meaning, ...]
    corrected: bool = False


def tokens_of(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, accents and apostrophes gone, hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['’‘`]", "", plain)
    return TOKEN.findall(plain)


EVERYDAY = frozenset({"setting"})
"""Kinds of gateway whose names are everyday words ("school", "police"): they are never read as asking for the gateway."""

COMMON = frozenset(
    "about after again also always another around because before being between cannot child children could daughter "
    "during every family father fathers getting girls going group guidance having health helping house living looking "
    "might mother mothers never other others parent parents people person please really school schools service services "
    "should sister sisters social something still support their there these thing things think those through today together "
    "under until walking wants where which while without worker workers working would years young brother brothers "
    "partner friend friends home needs advice community local available options referral refer pathway route".split()
)
"""Ordinary words that are never taken for a misspelling of something else."""


class Vocabulary:
    """Every phrase the directory knows, and what it means. Made once from a Directory; safe to share between threads."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._phrases: dict[tuple[str, ...], list[Meaning]] = {}
        self._fill()
        self.longest = max((len(words) for words in self._phrases), default=1)

    def _add(self, phrase: str, meaning: Meaning) -> None:
        words = tuple(tokens_of(phrase))
        if words and meaning not in self._phrases.setdefault(words, []):
            self._phrases[words].append(meaning)

    def _fill(self) -> None:
        directory = self.directory
        for need in directory.vocabulary.needs:
            for phrase in (need.label, need.id.replace("-", " "), *need.synonyms, *need.misspellings):
                self._add(phrase, Meaning("need", need.id))
        for process in directory.vocabulary.processes:
            for phrase in (process.label, *process.synonyms):
                self._add(phrase, Meaning("process", process.id))
        for factor in directory.factors:
            if not factor.code.isdigit():
                self._add(factor.code, Meaning("factor", factor.code))
        for area in directory.site.areas:
            for phrase in (area.name, *area.places):
                self._add(phrase, Meaning("area", area.id))
        for service in directory.services:
            for phrase in (service.name, *service.also_known_as):
                self._add(phrase, Meaning("service", service.id, service.area))
        for gateway in [gateway for gateway in directory.gateways if gateway.kind not in EVERYDAY]:
            for phrase in (gateway.name, gateway.short or gateway.name, *gateway.also_known_as):
                self._add(phrase, Meaning("gateway", gateway.id, gateway.area))
        for programme in directory.programmes:
            for phrase in (programme.name, *programme.also_known_as):
                self._add(phrase, Meaning("programme", programme.id))
        for scheme in directory.schemes:
            for level in scheme.levels:
                for phrase in (level.name, level.help_name, *level.words):
                    self._add(phrase, Meaning("level", str(level.number)))
        self._add_ambiguities()

    def _add_ambiguities(self) -> None:
        """An ambiguous word means only its question, whatever else bears the same word."""
        for ambiguity in self.directory.vocabulary.ambiguities:
            for word in ambiguity.words:
                words = tuple(tokens_of(word))
                if words:
                    self._phrases[words] = [Meaning("ambiguity", choice_key(ambiguity.words))]

    def exact(self, tokens: Sequence[str], free: Sequence[bool]) -> list[Found]:
        """The phrases in the free tokens, longest first, none overlapping another."""
        found: list[Found] = []
        open_tokens = list(free)
        for length in range(min(self.longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                words = tuple(tokens[start : start + length])
                if all(open_tokens[start : start + length]) and words in self._phrases:
                    found.append(Found(start, start + length, " ".join(words), tuple(self._phrases[words])))
                    open_tokens[start : start + length] = [False] * length
        return sorted(found, key=lambda item: item.start)

    def corrected(self, tokens: Sequence[str], free: Sequence[bool]) -> list[Found]:
        """Phrases in the free tokens after a cautious correction of single words; only those that needed one."""
        mended = [self.correct(token) if open_ else token for token, open_ in zip(tokens, free, strict=True)]
        return [
            Found(found.start, found.end, found.phrase, found.meanings, corrected=True)
            for found in self.exact(mended, free)
            if list(tokens[found.start : found.end]) != mended[found.start : found.end]
        ]

    def correct(self, token: str) -> str:
        """The one known word within reach of a misspelt one, or the token itself.

        Reach is one letter for words of 5 to 7 letters and two for longer ones; shorter words, codes, ordinary
        words and words with two equally near neighbours are left alone, and the first letter must be right.
        """
        if len(token) < 5 or token in self.known_words or token in COMMON or not token.isalpha():
            return token
        reach = 1 if len(token) < 8 else 2
        best: list[str] = []
        nearest = reach
        for word in self._correctable.get(token[0], ()):
            if abs(len(word) - len(token)) > reach:
                continue
            distance = OSA.distance(token, word, score_cutoff=nearest)
            if distance < nearest:
                best, nearest = [word], distance
            elif distance == nearest:
                best.append(word)
        return best[0] if len(best) == 1 else token

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every single word that stands in any phrase."""
        return frozenset(word for words in self._phrases for word in words)

    @cached_property
    def _correctable(self) -> dict[str, list[str]]:
        """Words long enough to be corrected to, by first letter; those of needs, processes and areas only."""
        kinds = {"need", "process", "area", "level", "ambiguity"}
        by_letter: dict[str, set[str]] = {}
        for words, meanings in self._phrases.items():
            if any(meaning.kind in kinds for meaning in meanings):
                for word in words:
                    if len(word) >= 5 and word.isalpha():
                        by_letter.setdefault(word[0], set()).add(word)
        return {letter: sorted(words) for letter, words in by_letter.items()}

    def knows(self, words: Iterable[str]) -> bool:
        """Whether these tokens, in this order, are a phrase."""
        return tuple(words) in self._phrases


def choice_key(words: Sequence[str]) -> str:
    """The name of an ambiguity in addresses: its first word, such as `hit`."""
    return "-".join(tokens_of(words[0]))
