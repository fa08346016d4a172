"""The rules of matching. Need decides; age gives a class in words; level must be in the set; unknown is never no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from app.matching.alerts import the_alert
from app.matching.answer import Answer, FoundItem, Group
from app.matching.beside import Asked
from app.matching.bits import prepare
from app.matching.grouping import MAX_SHOWN
from app.matching.sentences import the_sentence
from app.model import Directory
from app.question import Question, choices_of, to_address


class Search(Protocol):
    """The door to the full text: words in, services and other places out."""

    def __call__(self, words: Sequence[str], area: str) -> tuple[list[str], list[FoundItem], tuple[str, ...]]:
        """Service ids in order, every place found (services among them, with their snippets), and what was perhaps meant."""
        ...


class Matcher:
    """Answers questions about one directory. Made once; safe to share between threads."""

    def __init__(self, directory: Directory, search: Search) -> None:
        self.directory = directory
        self.ready = prepare(directory)
        self.facets = self.ready.facets
        self.search = search

    def answer(self, question: Question, only: int | None = None) -> Answer:
        """The answer to a question, complete; every group that would be empty is left out.

        `only`, the bits of services, narrows what the groups list. The sentence and the gap still tell of the whole answer.
        """
        choices = choices_of(question, self.directory)
        groups: list[Group] = []
        did_you_mean: tuple[str, ...] = ()
        asked = Asked(self.ready, question)
        if question.is_structured:
            groups += asked.groups()
        shown = {result.service.id for group in groups for result in group.results}
        found, did_you_mean = self._found(asked, question, shown)
        groups += found
        sentence = the_sentence(question, groups, self.directory)
        placed = asked.placed | self._bits_of(found)
        if only is not None:
            groups = self._narrowed(question, found, only)
        return Answer(
            question=question,
            address=to_address(question),
            sentence=sentence,
            gap=asked.gap(),
            alert=the_alert(question, choices, self.directory),
            groups=tuple(groups),
            descriptors=asked.descriptors(),
            gateways=asked.gateways(),
            alongside=asked.alongside(shown),
            step_up=asked.direction(+1),
            step_down=asked.direction(-1),
            choices=choices,
            did_you_mean=did_you_mean,
            notes=tuple(asked.notes()),
            often_with=asked.often_with(),
            others=asked.others(),
            placed=placed,
        )

    def _bits_of(self, groups: Sequence[Group]) -> int:
        bits = 0
        for result in (result for group in groups for result in group.results):
            bits |= 1 << self.facets.ordinal[result.service.id]
        return bits

    def _narrowed(self, question: Question, found: Sequence[Group], only: int) -> list[Group]:
        """The same groups with the services of a bit set alone; what was found for words and is no service stays."""
        groups = Asked(self.ready, question, only).groups() if question.is_structured else []
        for group in found:
            results = tuple(result for result in group.results if only >> self.facets.ordinal[result.service.id] & 1)
            if results or group.items:
                groups.append(replace(group, results=results, more=0))
        return groups

    def _found(self, asked: Asked, question: Question, shown: set[str]) -> tuple[list[Group], tuple[str, ...]]:
        named = [name for name in question.services if name not in shown]
        reached = [] if question.is_structured else asked.reached_from_named_gateways()
        items: list[FoundItem] = [
            FoundItem("programme", name, self.directory.programme_by_id[name].name, f"/programmes/{name}", "")
            for name in question.programmes
        ]
        did_you_mean: tuple[str, ...] = ()
        ids: list[str] = []
        snippets: dict[str, str] = {}
        if question.words:
            ids, more, did_you_mean = self.search(question.words, question.area)
            items += [item for item in more if item.kind != "service"]
            snippets = {item.id: item.snippet for item in more if item.kind == "service"}
        all_ids = [name for name in dict.fromkeys([*named, *ids, *reached]) if name not in shown]
        found = (asked.result(self.directory.service_by_id[name], "not-asked") for name in all_ids[:MAX_SHOWN])
        results = tuple(replace(result, snippet=snippets.get(result.service.id, "")) for result in found)
        if not results and not items:
            return [], did_you_mean
        heading = "Found for your words" if question.words else "Named in your question" if named or items else "Reached from here"
        return [Group("found", heading, results, tuple(items), more=max(0, len(all_ids) - MAX_SHOWN))], did_you_mean
