"""Full text: every word of the content, searched. The only module that imports whoosh."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal

from whoosh import fields, highlight, query
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.searching import Results, Searcher
from whoosh.support.charset import accent_map

from app.model import Descriptor, Directory, Example, Fact, Gateway, GlossaryTerm, Programme, Service
from app.settings import MAX_SEARCH, MAX_TERMS

HitKind = Literal["service", "descriptor", "programme", "example", "gateway", "glossary"]

EVERYWHERE = "-"
"""Stands in the place of an area for documents that belong to all; no area can have this id."""

SNIPPET = 180
"""About how long a fragment is, in characters."""

WORDS = r"[^\W_]+(?:&[^\W_]+)*"
"""A word; `A&E` is one, and a hyphen parts two, as in questions."""


class IndexProblem(Exception):
    """The full-text index cannot be used; the message is a sentence that says why."""


@dataclass(frozen=True)
class Hit:
    """One thing found.

    `id` is `area/slug` for a service, `scheme/id` for a descriptor, `area/id` for a gateway, the term itself for a
    glossary term, else the slug. `area` is empty for what belongs to no area or to several. `snippet_html` is safe to print.
    """

    kind: HitKind
    id: str
    area: str
    title: str
    snippet_html: str
    score: float


@dataclass(frozen=True)
class Hits:
    """What a search found, best first, and the words as they were perhaps meant (None when there is nothing to mend)."""

    hits: tuple[Hit, ...] = ()
    did_you_mean: tuple[str, ...] | None = None


@dataclass(frozen=True)
class _Document:
    """One thing that can be found. Paragraphs are plain text or Markdown."""

    kind: HitKind
    id: str
    title: str
    paragraphs: Sequence[str | None]
    areas: tuple[str, ...] = ()
    names: Sequence[str | None] = ()
    made_up: bool = False

    @property
    def text(self) -> str:
        """The paragraphs as one text to quote from."""
        plain = [_without_markdown(part) for part in self.paragraphs if part]
        return " ".join(part if part[-1:] in ".!?:" else f"{part}." for part in plain if part)


def write_index(directory: Directory, folder: Path) -> None:
    """Write the index of a directory into a folder, which must be new or empty. The same directory gives the same order of documents."""
    # Group and others may not write here: whoosh's table of contents is a pickle, and whoever can change it can run code.
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    writer = FileStorage(str(folder)).create_index(_schema()).writer(limitmb=32)
    try:
        for document in _documents(directory):
            text = document.text
            names = " ".join([document.title, *filter(None, document.names)])
            writer.add_document(
                kind=document.kind, id=document.id, name=document.title, areas=" ".join(document.areas) or EVERYWHERE,
                title=names, text=text,
                # The first names of worked cases are made up. A word of this field may stay in an address, and a first name must not.
                plain="" if document.made_up else _folded(f"{names} {text}"),
            )  # fmt: skip
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    for lock in folder.glob("*_WRITELOCK"):
        lock.unlink()


def _schema() -> fields.Schema:
    """Stemmed words to find by, plain words to correct by, and what a hit shows. Analysers are stored with the index."""
    stemmed = RegexTokenizer(WORDS) | LowercaseFilter() | CharsetFilter(accent_map) | StopFilter() | StemFilter()
    return fields.Schema(
        kind=fields.STORED, id=fields.STORED, name=fields.STORED, areas=fields.KEYWORD(stored=True),
        title=fields.TEXT(analyzer=stemmed, field_boost=3.0, phrase=False),
        text=fields.TEXT(analyzer=stemmed, chars=True, stored=True),
        plain=fields.TEXT(analyzer=RegexTokenizer(WORDS) | StopFilter(), phrase=False),
    )  # fmt: skip


def _folded(text: str) -> str:
    """Lower case, accents and apostrophes gone: the way in which the words of a question are compared."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"['’‘`]", "", "".join(char for char in plain if not unicodedata.combining(char)))


def _without_markdown(text: str) -> str:
    """A text as one line: links and emphasis as their words, the points of a list parted by dots."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text.strip())
    text = re.sub(r"\n\s*(?:[-*+]|\d+\.)\s+|(?<![.!?:])\n\s*\n", " · ", re.sub(r"(?m)^\s*(?:#+|>)\s+", "", text))
    return re.sub(r"\s+", " ", re.sub(r"\*+|`+|(?<!\w)_+|_+(?!\w)", "", text)).strip()


def _documents(directory: Directory) -> Iterator[_Document]:
    yield from map(_service, directory.services)
    yield from map(_gateway, directory.gateways)
    for descriptor in directory.descriptors:
        yield _descriptor(descriptor, tuple(area.id for area in directory.site.areas if area.scheme == descriptor.scheme))
    yield from map(_programme, directory.programmes)
    yield from map(_example, directory.examples)
    yield from map(_term, directory.glossary)


def _facts(facts: Iterable[Fact]) -> list[str]:
    return [" ".join(filter(None, (f"{fact.what}: {fact.value}", fact.unit, fact.period, fact.note))) for fact in facts]


def _service(service: Service) -> _Document:
    budget, capacity, contract = service.budget, service.capacity, service.contract
    paragraphs = (
        service.summary, service.in_plain_words, service.body, service.status_note, service.who_can_refer, service.consent,
        service.have_ready, service.excludes, service.length, None if service.address_withheld else service.place, service.statutory,
        service.commissioner, *service.funders, service.provider, service.ages.text if service.ages else None,
        *((budget.covers, budget.note) if budget else ()), *((contract.ends_when, contract.note) if contract else ()),
        capacity.note if capacity else None, *_facts(service.activity), *_facts(service.outcomes),
    )  # fmt: skip
    return _Document("service", service.id, service.name, paragraphs, (service.area,), service.also_known_as)


def _gateway(gateway: Gateway) -> _Document:
    paragraphs = (
        gateway.what, gateway.trigger, gateway.who_may_refer, gateway.who_decides, gateway.consent, gateway.if_refused,
        gateway.time_limit, gateway.family_is_told, gateway.later_name, *gateway.law,
    )  # fmt: skip
    names = (gateway.short if gateway.short != gateway.name else None, *gateway.also_known_as)
    return _Document("gateway", f"{gateway.area}/{gateway.id}", gateway.name, paragraphs, (gateway.area,), names)


def _descriptor(descriptor: Descriptor, areas: tuple[str, ...]) -> _Document:
    """A descriptor belongs to the areas whose levels follow its scheme; the phrase itself is what is quoted."""
    return _Document("descriptor", f"{descriptor.scheme}/{descriptor.id}", descriptor.heading, (descriptor.text,), areas)


def _programme(programme: Programme) -> _Document:
    paragraphs = (
        programme.summary, programme.body, programme.for_whom, programme.length, *programme.evidence, programme.rating,
        *_facts(programme.facts), programme.contradiction,
    )  # fmt: skip
    return _Document("programme", programme.id, programme.name, paragraphs, names=programme.also_known_as)


def _example(example: Example) -> _Document:
    """A worked case walks through the stages of its areas and belongs to them; what others did is for everybody."""
    made_up = example.kind == "worked case"
    areas = tuple(dict.fromkeys(stage.partition("/")[0] for stage in example.gateways)) if made_up else ()
    paragraphs = (example.summary, example.body, example.place, *_facts(example.facts))
    return _Document("example", example.id, example.name, paragraphs, areas, made_up=made_up)


def _term(term: GlossaryTerm) -> _Document:
    return _Document("glossary", term.term, term.term, (term.stands_for, term.meaning, term.now), term.areas)


class Index:
    """The index of one build, held in memory: it does not change when the folder is replaced, and threads may share it.

    It is read from a folder, or from the files of one (`index_files`). Raises IndexProblem when they are not a whole index.
    """

    def __init__(self, place: Path | Mapping[str, bytes]) -> None:
        folder = place if isinstance(place, Path) else "memory"
        try:
            self._index = _Held(index_files(place) if isinstance(place, Path) else place).open_index()
            with self._index.searcher() as searcher:
                words = [word.decode() for word in searcher.reader().lexicon("plain")]
        except Exception as error:  # a damaged index raises nearly anything: EOFError, UnpicklingError, OverflowError, TypeError ...
            raise IndexProblem(f"The search index in {folder} cannot be read ({type(error).__name__}): build again") from error
        self.content_words = frozenset(word for word in words if not word.isdigit())
        """Every word of the content, lower case, as it stands there. Numbers and stop words are none."""

    def search(self, words: Sequence[str], area: str | None = None, limit: int = 20) -> Hits:
        """The best hits for any of the words, those with all of them far ahead. The words are words: no sign has a meaning.

        With an area, only its documents and those of no area; without one, all. At most MAX_TERMS words and MAX_SEARCH characters
        are read. Raises IndexProblem when the index turns out to be damaged.
        """
        try:
            # One searcher a search: a searcher shared between threads gives wrong results without a word.
            with self._index.searcher() as searcher:
                return _search(searcher, _capped(words), area, limit)
        except Exception as error:
            raise IndexProblem(f"The search index is damaged ({type(error).__name__}): build again") from error


def index_files(folder: Path) -> dict[str, bytes]:
    """The files of an index, by name. Raises OSError when they cannot be read."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


class _Held(FileStorage):  # type: ignore[misc]
    """The files of a folder as they were when it was opened: a build that is swapped in later cannot mix with them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__("", readonly=True)
        self._files = files

    def list(self) -> list[str]:
        return list(self._files)

    def open_file(self, name: str, **kwargs: Any) -> BufferFile:
        return BufferFile(memoryview(self._files[name]), name=name)


def _capped(words: Sequence[str]) -> list[str]:
    """The words, each once, that fit into MAX_SEARCH characters and MAX_TERMS words."""
    found = [word for text in words for word in re.findall(WORDS, _folded(text[:MAX_SEARCH]))]
    kept: list[str] = []
    for word in dict.fromkeys(found):
        if len(kept) == MAX_TERMS or len(" ".join([*kept, word])) > MAX_SEARCH:
            break
        kept.append(word)
    return kept


def _search(searcher: Searcher, words: list[str], area: str | None, limit: int) -> Hits:
    stems = {word: [token.text for token in searcher.schema["text"].analyzer(word)] for word in words}
    terms = dict.fromkeys(stem for found in stems.values() for stem in found)
    if not terms:
        return Hits()
    each = [query.Or([query.Term("title", term), query.Term("text", term)]) for term in terms]
    asked = query.Or([*each, query.And(each)]) if len(each) > 1 else each[0]
    allowed = None if area is None else query.Or([query.Term("areas", area), query.Term("areas", EVERYWHERE)])
    found = searcher.search(asked, limit=limit, filter=allowed, terms=True)
    found.fragmenter = highlight.PinpointFragmenter(maxchars=SNIPPET, surround=SNIPPET // 3, autotrim=True)
    found.formatter = _Marked()
    return Hits(tuple(_hits(found)), _mended(searcher, stems))


def _hits(found: Results) -> Iterator[Hit]:
    for hit in found:
        areas = hit["areas"].split()
        area = areas[0] if len(areas) == 1 and areas[0] != EVERYWHERE else ""
        snippet = hit.highlights("text", top=1) or _beginning(hit["text"])
        yield Hit(hit["kind"], hit["id"], area, hit["name"], snippet, round(hit.score, 4))


def _beginning(text: str) -> str:
    """The first words of a text, for a hit whose words stand in its name only."""
    if len(text) <= SNIPPET:
        return escape(text)
    return escape(text[:SNIPPET].rpartition(" ")[0]) + " …"


class _Marked(highlight.Formatter):  # type: ignore[misc]
    """Escaped HTML with the words found in `<mark>`, and an ellipsis where the text goes on."""

    def _text(self, text: str) -> str:
        return escape(text)

    def format_token(self, text: str, token: Any, replace: bool = False) -> str:
        return f"<mark>{escape(text[token.startchar : token.endchar])}</mark>"

    def format_fragment(self, fragment: Any, replace: bool = False) -> str:
        before = "… " if fragment.startchar > 0 else ""
        after = " …" if fragment.endchar < len(fragment.text) else ""
        return f"{before}{super().format_fragment(fragment).strip()}{after}"


def _mended(searcher: Searcher, stems: dict[str, list[str]]) -> tuple[str, ...] | None:
    """The words with those that the content does not know corrected; None when none is."""
    reader = searcher.reader()
    mended = []
    for word, found in stems.items():
        known = not found or ("plain", word) in reader or any(("text", stem) in reader or ("title", stem) in reader for stem in found)
        mended.append(word if known else _corrected(searcher, word))
    return tuple(mended) if mended != list(stems) else None


def _corrected(searcher: Searcher, word: str) -> str:
    """The nearest word of the content that begins with the same letter, the more frequent one of two; else the word itself."""
    reach = 0 if len(word) < 4 or word.isdigit() else 1 if len(word) < 6 else 2
    for distance in range(1, reach + 1):
        close = searcher.suggest("plain", word, limit=1, maxdist=distance, prefix=1)
        if close:
            return str(close[0])
    return word
