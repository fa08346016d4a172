"""One opened directory, ready for questions: words, addresses and searches come in here, answers go out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from app.building import Opened
from app.journeys import Stage, how_to_disagree, sentences_on, stage, stages_asked
from app.matching import Answer, FoundItem, Matcher, NextStep, StageAnswer
from app.model import Directory
from app.question import AddressProblem, Question, from_address, read_question
from app.settings import MAX_SEARCH
from app.vocabulary import Vocabulary

ADDRESSES = {"programme": "/programmes/{}", "example": "/examples/{}", "gateway": "/pathways/{}", "service": "/services/{}"}


def anchor(text: str) -> str:
    """A name for a place on a page: "A&E" as "a-e"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))


def term_id(term: str) -> str:
    """The place of a term in the glossary; a term that two areas use in two ways has its first there."""
    return f"term-{anchor(term)}"


class Answering:
    """Everything a page or a command needs to answer; made once for each build, safe to share between threads."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.directory: Directory = opened.directory
        self.vocabulary = Vocabulary(self.directory)
        self.matcher = Matcher(self.directory, self._search)
        self._stages: dict[tuple[str, str], Stage] = {}

    @cached_property
    def content_words(self) -> frozenset[str]:
        """The words that occur in the content: the only left-over words that may be kept."""
        return self.opened.index.content_words

    def ask(self, text: str, area: str | None = None) -> Answer:
        """The answer to a question in words."""
        return self.answer(self.read(text, area))

    def answer(self, question: Question, only: int | None = None) -> Answer:
        """The answer to a question, with the stages of the pathway that it asks about told from their source.

        `only`, the bits of services, narrows what the groups list.
        """
        answer = self.matcher.answer(question, only)
        asked = stages_asked(question, self.directory)
        stages = tuple(self._stage_answer(self.stage(question.area, name), question.facts) for name in asked)
        if question.is_structured:
            return replace(answer, stages=stages)
        sentences = [answer.sentence, *(stages[0].sentences if stages else ()), how_to_disagree(question, self.directory)]
        name = stages[0].gateway.name if stages else ""
        if name and sentences[1].startswith(name):  # "On the pathway: CAF. CAF: a look at the child" would say it twice
            sentences[0] = re.sub(f": {re.escape(name)}\\.$", ":", sentences[0])
        elif name and f": {name}. " in sentences[1]:  # "If you disagree: Escalation." names it, with where it belongs
            sentences[0] = re.sub(f"^[^:.]*: {re.escape(name)}\\.$", "", sentences[0])
        return replace(answer, stages=stages, sentence=" ".join(filter(None, sentences)))

    def stage(self, area: str, name: str) -> Stage:
        """A stage of an area's pathway with all that lies around it; told once, as it never changes. Raises UnknownPlace."""
        if (area, name) not in self._stages:
            self._stages[area, name] = stage(self.directory, area, name)
        return self._stages[area, name]

    def _stage_answer(self, told: Stage, facts: Sequence[str]) -> StageAnswer:
        after = (*told.next_up, *told.next_down, *told.refer, *told.signpost)
        return StageAnswer(
            told.gateway,
            sentences_on(told, facts, self.directory),
            tuple(NextStep(step.edge.kind, step.edge.end, step.end.name, step.edge.condition, step.edge.status) for step in after),
        )

    def read(self, text: str, area: str | None = None) -> Question:
        """What a question in words asks."""
        return read_question(text, self.vocabulary, self.content_words, area)

    def question_at(self, values: Mapping[str, list[str]]) -> tuple[Question, list[AddressProblem]]:
        """What an address asks, and what is wrong in it."""
        words = self.content_words if values.get("word") else frozenset()
        return from_address(values, self.directory, words)

    def _search(self, words: Sequence[str], area: str) -> tuple[list[str], list[FoundItem], tuple[str, ...]]:
        hits = self.opened.index.search([word[:MAX_SEARCH] for word in words], area)
        found = [
            FoundItem(hit.kind, hit.id, self._title(hit.kind, hit.id, hit.title), self._address(hit.kind, hit.id), hit.snippet_html)
            for hit in hits.hits
        ]
        return [item.id for item in found if item.kind == "service"], found, hits.did_you_mean or ()

    @cached_property
    def _default_scheme(self) -> str:
        """The scheme that the pages about levels show when their address names none."""
        default = self.directory.scheme_of(self.directory.site.default_area) or next(iter(self.directory.schemes), None)
        return default.id if default else ""

    def _title(self, kind: str, name: str, title: str) -> str:
        """What a find is called: a descriptor by its own phrase, because many stand under one heading."""
        if kind != "descriptor":
            return title
        scheme, _, descriptor = name.partition("/")
        return self.directory.descriptor_by_key[scheme, descriptor].text

    def _address(self, kind: str, name: str) -> str:
        if kind == "glossary":
            return f"/glossary#{term_id(name)}"
        if kind == "descriptor":
            scheme, _, descriptor = name.partition("/")
            level = self.directory.descriptor_by_key[scheme, descriptor].level
            return f"/levels/{level}{'' if scheme == self._default_scheme else f'?scheme={scheme}'}#{descriptor}"
        return ADDRESSES.get(kind, "/{}").format(name)
