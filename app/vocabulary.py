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


def plain(text: str) -> str:
    """A text as it is compared: lower case, accents and apostrophes gone, "&" as "and" (but A&E is one word)."""
    folded = unicodedata.normalize("NFKD", text).lower()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"(?<!\ba)&|&(?!e\b)", " and ", re.sub(r"['’‘`]", "", folded))


def tokens_of(text: str) -> list[str]:
    """The words of a text as they are compared; hyphens and other signs part them."""
    return TOKEN.findall(plain(text))


EVERYDAY = frozenset({"setting"})
"""Kinds of gateway whose names are everyday words ("school", "police"): they are never read as asking for the gateway."""

NAMES = ("service", "gateway", "programme")
"""Kinds of meaning that are names: a name that is also an everyday word ("home", "friends") is not read as the name."""

COMMON = frozenset(
    "about after again also always another around because before being between cannot child children could daughter "
    "during every family father fathers getting girls going group guidance having health helping house living looking "
    "might mother mothers never other others parent parents people person please really school schools service services "
    "should sister sisters social something still support their there these thing things think those through today together "
    "under until walking wants where which while without worker workers working would years young brother brothers "
    "partner friend friends home needs advice community local available options referral refer pathway route contact".split()
)
"""Ordinary words: never taken for a misspelling of something else, and never for the name of something when they stand alone."""

LOOKALIKES = frozenset(
    "adapters adaption addition additions angler argus arguses arron augments baiting bating beaning beasts beauts belated belaying "
    "belled bellying berating betas betted betting bleating bleats boding bounding braising brassing britten bulgy bulky bulled bulling "
    "burly canned canner canoed canted chuting compliant composes condos consoling continuance convection convocation craned cuing debits "
    "debuts departed depravation depraved derivation derived evocation exercised explosion festered festering fiancees fiances flight "
    "flighting flights forearms foundling fright frighting frights gabbling gamboling gambolling ganges grooving grouped harder harding "
    "heron hinting homilies hording hostess hostiles hostlers hurst hurtling hutting identify implosive kingship literary meditations "
    "misting monkey mooney nudges overdoing overrode panaches paunch paunched paunches paunching pinching potage pottage printing prion "
    "prions proverbial purring ramped ranges rapped rasped reaped remained reminded runway runways sacked sacking sacks sapped sapping "
    "scaled scalped scalping scots searing sheeting shooing shutting skiing slipping slopping soling soothing sorts spanned splice "
    "spoiling spots stabled staking stalled stalling starred steeling stilling stouts strews strutter stubbing suctioned tarns tempter "
    "tolled tolling trains trialing trialled trialling trilling tudor tumor unsolved vamping vases violet waning wearing weaving".split()
)
"""Ordinary words and names that are one slip away from a word of the vocabulary: what is typed is what is meant."""

VOWELS = "aeiou"

TEENAGER = "teenager"
"""The word for which an age may stand: "homeless 16 year old" says "homeless teenager"."""


class Vocabulary:
    """Every phrase the directory knows, and what it means. Made once from a Directory; safe to share between threads."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._phrases: dict[tuple[str, ...], list[Meaning]] = {}
        self._well_spelt: set[str] = set()
        self._fill()
        self.longest = max((len(words) for words in self._phrases), default=1)

    def _add(self, phrase: str, meaning: Meaning, *, well_spelt: bool = True) -> None:
        words = tuple(tokens_of(phrase))
        if not words or (meaning.kind in NAMES and len(words) == 1 and words[0] in COMMON):
            return
        if meaning not in self._phrases.setdefault(words, []):
            self._phrases[words].append(meaning)
        if well_spelt and meaning.kind not in (*NAMES, "factor"):
            self._well_spelt.update(words)

    def _fill(self) -> None:
        directory = self.directory
        for need in directory.vocabulary.needs:
            for phrase in (need.label, need.id.replace("-", " "), *need.synonyms):
                self._add(phrase, Meaning("need", need.id))
            for phrase in need.misspellings:
                self._add(phrase, Meaning("need", need.id), well_spelt=False)
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
            areas = {(choice.service or "").partition("/")[0] for choice in ambiguity.choices}
            meaning = Meaning("ambiguity", choice_key(ambiguity.words), areas.pop() if len(areas) == 1 else "")
            for word in ambiguity.words:
                words = tuple(tokens_of(word))
                if words:
                    self._phrases[words] = [meaning]
                    self._well_spelt.update(words)

    def exact(self, tokens: Sequence[str], free: Sequence[bool], area: str | None = None) -> list[Found]:
        """The phrases in the free tokens, longest first, none overlapping another.

        With an area, what belongs to another area is no phrase at all, so that its words may mean something here.
        """
        found: list[Found] = []
        open_tokens = list(free)
        for length in range(min(self.longest, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                words = tuple(tokens[start : start + length])
                if all(open_tokens[start : start + length]) and words in self._phrases:
                    meanings = tuple(meaning for meaning in self._phrases[words] if area is None or meaning.area in ("", area))
                    if meanings:
                        found.append(Found(start, start + length, " ".join(words), meanings))
                        open_tokens[start : start + length] = [False] * length
        return sorted(found, key=lambda item: item.start)

    def corrected(self, tokens: Sequence[str], free: Sequence[bool], area: str | None = None) -> list[Found]:
        """Phrases in the free tokens after a cautious correction of single words; only those that needed one."""
        mended = [self.correct(token) if open_ else token for token, open_ in zip(tokens, free, strict=True)]
        if mended == list(tokens):
            return []
        return [
            Found(found.start, found.end, found.phrase, found.meanings, corrected=True)
            for found in self.exact(mended, free, area)
            if list(tokens[found.start : found.end]) != mended[found.start : found.end]
        ]

    def correct(self, token: str) -> str:
        """The one known word within reach of a misspelt one, or the token itself.

        Reach is one letter for words of 5 to 7 letters and two for longer ones, and only for slips of a kind that hands
        and ears make; shorter words, codes, ordinary words and words with two equally near neighbours of different meaning are
        left alone, and the first letter must be right.
        """
        if len(token) < 5 or token in self.known_words or token in COMMON or token in LOOKALIKES or not token.isalpha():
            return token
        reach = 1 if len(token) < 8 else 2
        best: list[str] = []
        nearest = reach
        for word in self._correctable.get(token[0], ()):
            if abs(len(word) - len(token)) > reach:
                continue
            distance = OSA.distance(token, word, score_cutoff=nearest)
            if distance <= nearest and _is_a_slip(token, word):
                best = [*best, word] if distance == nearest else [word]
                nearest = distance
        meanings = {tuple(self._phrases.get((word,), ())) for word in best}
        return best[0] if len(best) == 1 or (len(meanings) == 1 and meanings != {()}) else token

    @cached_property
    def known_words(self) -> frozenset[str]:
        """Every single word that stands in any phrase."""
        return frozenset(word for words in self._phrases for word in words)

    @cached_property
    def _correctable(self) -> dict[str, list[str]]:
        """Words long enough to be corrected to, by first letter: those of needs, processes, areas and levels, rightly spelt."""
        by_letter: dict[str, list[str]] = {}
        for word in sorted(self._well_spelt):
            if len(word) >= 5 and word.isalpha():
                by_letter.setdefault(word[0], []).append(word)
        return by_letter

    @cached_property
    def beside_teenager(self) -> frozenset[str]:
        """Every word that stands in a phrase with the word teenager."""
        return frozenset(word for words in self._phrases if TEENAGER in words for word in words)

    def knows(self, words: Iterable[str]) -> bool:
        """Whether these tokens, in this order, are a phrase."""
        return tuple(words) in self._phrases


def _is_a_slip(typed: str, word: str) -> bool:
    """Whether a word can have come out wrong this way: vowels guessed, letters doubled or not, one left out, put in or swapped.

    One consonant for another is no such slip: "attached" is not "attacked", nor "message" "massage".
    """
    bones, right = _consonants(typed), _consonants(word)
    vowels, heard = [char for char in typed if char in VOWELS], [char for char in word if char in VOWELS]
    if bones == right:
        return len(typed) > 7 or len(vowels) != len(heard) or sorted(vowels) == sorted(heard)
    if vowels != heard:
        return False
    if len(bones) == len(right):
        return sorted(bones) == sorted(right) and OSA.distance(bones, right) == 1
    shorter, longer = sorted((bones, right), key=len)
    return any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))


def _consonants(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", "".join(char for char in word if char not in VOWELS))


def choice_key(words: Sequence[str]) -> str:
    """The name of an ambiguity in addresses: its first word, such as `hit`."""
    return "-".join(tokens_of(words[0]))
