"""What is written for families can be read at about eleven: the Flesch-Kincaid grade of every shipped text in plain words.

The grade is 0.39 words a sentence + 11.8 syllables a word - 15.59, in years of American schooling; a grade of 6 is an age of 11 to 12.
"""

from __future__ import annotations

import re

import pytest
from golden.shipped import directory

from app.model import Service, seen_by
from app.web.family import ROOM, STANDING, WE_DO_NOT_KNOW, WHO, FamilySheet

HARDEST_GRADE = 6.0
LONGEST_SENTENCE = 20
MOST_WORDS = 45

SHORTENINGS = re.compile(r"\b(?!(?:NHS)\b)[A-Z]{2,}\b")
"""Words of capitals; everybody knows the NHS."""


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z'’]*", text)


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+", text.strip()) if words_of(sentence)]


def syllables(word: str) -> int:
    """How many syllables an English word has, told by its groups of vowels without a silent ending; right for nearly every plain word."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?<![td])ed$|(?<![cgsxz])(?<!sh)(?<!ch)es$|(?<![aeioul])e$|(?<=[aeiou]l)e$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text."""
    words = words_of(text)
    return 0.39 * len(words) / len(sentences_of(text)) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


PLAIN = [service for service in directory().services if service.in_plain_words]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("a", 1), ("the", 1), ("child", 1), ("helped", 1), ("started", 2), ("make", 1), ("lives", 1), ("places", 2), ("services", 3),
        ("family", 3), ("people", 2), ("little", 2), ("table", 2), ("whole", 1), ("alcohol", 3), ("social", 2), ("special", 2),
        ("station", 2), ("teenagers", 3), ("information", 4), ("parents", 2), ("young", 1), ("use", 1), ("goes", 1), ("school", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_people_say_them(word: str, number: int) -> None:
    assert syllables(word) == number


def test_a_hard_text_is_found_to_be_hard_and_an_easy_one_easy() -> None:
    hard = "Multi-agency practitioners undertake comprehensive assessments to facilitate appropriate interventions for vulnerable families."
    assert grade(hard) > 15
    assert grade("A worker comes to your home. You make a plan.") < 3


@pytest.mark.parametrize("service", PLAIN, ids=lambda service: service.id)
def test_what_a_family_reads_can_be_read_at_eleven(service: Service) -> None:
    text = service.in_plain_words or ""
    assert grade(text) <= HARDEST_GRADE, f"{grade(text):.1f}: {text}"
    assert all(len(words_of(sentence)) <= LONGEST_SENTENCE for sentence in sentences_of(text)), text
    assert len(words_of(text)) <= MOST_WORDS, text
    assert SHORTENINGS.findall(text) == []


def test_the_words_around_it_can_be_read_at_eleven_too() -> None:
    assert all(grade(words) <= HARDEST_GRADE for words in (*STANDING.values(), *(f"{words}." for words in ROOM.values()), WE_DO_NOT_KNOW))
    assert all(len(words_of(words)) <= 6 for words in WHO.values())
    public = seen_by(directory(), "public")
    questions = {question for service in public.services for question, _ in FamilySheet(public, service).questions}
    assert all(grade(question) <= HARDEST_GRADE for question in questions), questions


def test_every_profile_of_something_that_a_family_receives_has_words_for_it() -> None:
    without = [service for service in directory().services if not service.in_plain_words]
    assert [service.id for service in without if service.received_by != ("professional",)] == []
