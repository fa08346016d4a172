"""Words into meanings: the longest phrase wins, slips are mended cautiously, and ordinary words mean themselves."""

from __future__ import annotations

from itertools import pairwise

import pytest
from golden.shipped import answering, directory
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vocabulary import COMMON, LOOKALIKES, Found, Vocabulary, choice_key, plain, tokens_of


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return answering().vocabulary


def found_in(vocabulary: Vocabulary, text: str, area: str | None = "warwickshire") -> list[Found]:
    tokens = tokens_of(text)
    return vocabulary.exact(tokens, [True] * len(tokens), area)


def mended_in(vocabulary: Vocabulary, text: str) -> list[Found]:
    tokens = tokens_of(text)
    exact = vocabulary.exact(tokens, [True] * len(tokens), "warwickshire")
    free = [not any(item.start <= position < item.end for item in exact) for position in range(len(tokens))]
    return vocabulary.corrected(tokens, free, "warwickshire")


def written(found: list[Found]) -> str:
    return "; ".join(f"{item.phrase} = {' + '.join(f'{meaning.kind} {meaning.id}' for meaning in item.meanings)}" for item in found)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Domestic-Abuse, 14", ["domestic", "abuse", "14"]),
        ("Clare's Law", ["clares", "law"]),
        ("Clare’s law", ["clares", "law"]),
        ("Café ÉCOLE", ["cafe", "ecole"]),
        ("d&a", ["d", "and", "a"]),
        ("D & A", ["d", "and", "a"]),
        ("C&F assessment", ["c", "and", "f", "assessment"]),
        ("B&B", ["b", "and", "b"]),
        ("A&E", ["a&e"]),
        ("16/17", ["16", "17"]),
        ("s.47", ["s", "47"]),
        ("🙂 …", []),
    ],
)
def test_words_are_compared_without_capitals_accents_and_signs(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


def test_plain_text_keeps_its_gaps() -> None:
    assert plain("5–16 Mum’s D&A") == "5–16 mums d and a"


LONGEST = """
child in need                                  | child in need = process s17 + gateway section-17
child in need plan                             | child in need plan = process s17 + gateway section-17
domestic abuse                                 | domestic abuse = need domestic-abuse
child witnessing domestic abuse                | child witnessing domestic abuse = need child-affected-by-da
abuse                                          | abuse = ambiguity abuse
emotional abuse and neglect                    | emotional abuse = need emotional-abuse; neglect = need neglect
missing                                        | missing = ambiguity missing
missing from home                              | missing from home = need missing
missing education                              | missing education = need exclusion
cp                                             | cp = ambiguity cp
cp plan                                        | cp plan = process s47 + gateway child-protection-plan
barnardos                                      | barnardos = service warwickshire/childrens-centres
north warwickshire                             | north warwickshire = area warwickshire
coventry and warwickshire relate               | coventry and warwickshire relate = service warwickshire/family-matters
3B                                             | 3b = factor 3B
home                                           |
friends                                        |
"""


@pytest.mark.parametrize(
    ("text", "expected"), [tuple(part.strip() for part in line.split("|")) for line in LONGEST.strip().splitlines()]
)
def test_the_longest_phrase_wins(vocabulary: Vocabulary, text: str, expected: str) -> None:
    assert written(found_in(vocabulary, text)) == expected


def test_what_belongs_to_another_area_is_no_phrase(vocabulary: Vocabulary) -> None:
    assert written(found_in(vocabulary, "safer families", "walsall")) == "safer families = service walsall/safer-families"
    assert found_in(vocabulary, "safer families", "warwickshire") == []
    assert written(found_in(vocabulary, "addiction support", "leeds")) == "addiction support = service leeds/substance-misuse-services"
    assert written(found_in(vocabulary, "addiction support", "warwickshire")) == "addiction = ambiguity addiction"
    assert found_in(vocabulary, "compass", "walsall") == []


def test_everyday_settings_are_not_read_as_gateways(vocabulary: Vocabulary) -> None:
    assert found_in(vocabulary, "school police nurse") == []


SLIPS = """
neglcet       | neglect
negelct       | negelct
bereavemnet   | bereavement
attendnce     | attendance
attendanse    | attendanse
exclsuion     | exclusion
exlcusion     | exclusion
anixety       | anxiety
behviour      | behaviour
truantting    | truanting
autsim        | autism
parentting    | parenting
explotiation  | exploitation
safegaurding  | safeguarding
homelesness   | homelessness
nunaeton      | nuneaton
wallsall      | walsall
immunisatoin  | immunisation
counseling    | counseling
harrasement   | harassment
"""


@pytest.mark.parametrize(("typed", "meant"), [tuple(part.strip() for part in line.split("|")) for line in SLIPS.strip().splitlines()])
def test_slips_are_mended(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert vocabulary.correct(typed) == meant


NEVER = (
    # the traps of the domain notes
    "Whitnash White hitherto Sussex grape therapist Scunthorpe prevent channel pause add "
    # too short, codes, numbers
    "hot cat hiy abus mms ldd 3bb s177 1234567 "
    # ordinary words that stand one or two letters from a word of the vocabulary
    "abode above accent activated adapted added admitted advocate along amuse angel approached artistic asparagus attach attached "
    "attaching attracting audition automatic avoided bearing beaches beads beans bears begging belly block boating bother brackets "
    "bridges bringing brush budgets camps caption captioned carried cattle chaining chances channels charter chatting checked citing "
    "clearing collected commented compiled complete component concrete confident construct content contest cooking cousin crank "
    "curses damaged declared deeply denial departed detailed dimension directly discussed distance doing eager effective elected "
    "estimate explained exploring failing fiction figuring filled finder flashed flight foster footer formal generate grouping handy "
    "hangar hardening heading holiday horse household ideas ignore improve indicated insert jumper kettle ladder landing lasting "
    "leading locate loose manage massage matter melting message metallic mining monkey motion nearly needles observed offering "
    "operate outline overcome overcoming overseen parsley passing pasting patents picture pledge poetry pointed position posting "
    "present pressing printing produce promising property protest purple radical rating rated reaped recall refute related remained "
    "reported resting ripped rooted rubber sailing saving scale seating sentence settled sharp shipped slated slipped smoked sounded "
    "spelling splice spotted stalled starred station steamed steven stopped streaming struggling stubborn suffer swapped tables "
    "tempted thought tracking trading trainer trapped treated tricks turned unsolved violet wanted warming watched weighted winter "
    "wishing wounded "
    # names of people and places
    "Aisha Angel Arron Ashleigh Atherton Beatrice Bromwich Bruce Caleb Chantelle Destiny Ethan Grace Harding Holmes Hope Hurst Kayleigh "
    "Jess Mercy Mooney Nathan Patience Rose Sarah Steven Torres Tudor Violet Walter Wilson Bristol Oldham Reading Rochdale Slough"
).split()


@pytest.mark.parametrize("word", NEVER)
def test_ordinary_words_names_and_codes_mean_themselves(vocabulary: Vocabulary, word: str) -> None:
    (token,) = tokens_of(word)
    assert written(mended_in(vocabulary, word)) == ""
    assert answering().ask(word).alert is None
    assert token not in {"hit", "abuse"}


def test_ordinary_words_together_raise_no_alert() -> None:
    for start in range(0, len(NEVER), 20):
        answer = answering().ask(" ".join(NEVER[start : start + 20]))
        assert answer.question.needs == ()
        assert answer.alert is None


def test_common_and_lookalike_words_are_never_corrected(vocabulary: Vocabulary) -> None:
    assert [word for word in sorted(COMMON | LOOKALIKES) if vocabulary.correct(word) != word] == []


def test_a_correction_is_never_made_to_a_misspelling(vocabulary: Vocabulary) -> None:
    assert vocabulary.correct("brussing") != "brusing"


def test_two_equally_near_words_of_different_meaning_are_left_alone(vocabulary: Vocabulary) -> None:
    assert vocabulary.correct("exercised") == "exercised", "exercise and exorcised"
    assert vocabulary.correct("smocking") == "smocking", "smoking and smacking"
    assert vocabulary.correct("overdoses") == "overdose", "overdose and overdosed mean the same"


def test_a_slip_within_a_phrase_is_mended(vocabulary: Vocabulary) -> None:
    tokens = tokens_of("profesional disagreement")
    (found,) = vocabulary.corrected(tokens, [True, True])
    assert (found.phrase, found.corrected) == ("professional disagreement", True)


def test_every_phrase_of_every_need_leads_to_it(vocabulary: Vocabulary) -> None:
    astray = []
    ambiguous = {tuple(tokens_of(word)) for ambiguity in directory().vocabulary.ambiguities for word in ambiguity.words}
    for need in directory().vocabulary.needs:
        for phrase in (need.label, *need.synonyms, *need.misspellings):
            if tuple(tokens_of(phrase)) in ambiguous:
                continue
            found = found_in(vocabulary, phrase)
            if len(found) != 1 or need.id not in {meaning.id for meaning in found[0].meanings if meaning.kind == "need"}:
                astray.append(f"{need.id}: {phrase} -> {written(found)}")
    assert astray == []


def test_every_ambiguous_word_asks_its_question_and_nothing_else(vocabulary: Vocabulary) -> None:
    for ambiguity in directory().vocabulary.ambiguities:
        for word in ambiguity.words:
            (found,) = found_in(vocabulary, word)
            assert [(meaning.kind, meaning.id) for meaning in found.meanings] == [("ambiguity", choice_key(ambiguity.words))], word


def test_every_factor_but_those_that_never_match_leads_to_a_need() -> None:
    for factor in directory().factors:
        question = answering().read(factor.code)
        if factor.never_matches or factor.code == "20":
            assert question.needs == ()
        else:
            assert question.needs == (factor.need,), factor.code


def test_every_name_of_a_running_service_leads_to_it() -> None:
    astray = []
    for service in directory().services:
        for name in (service.name, *service.also_known_as):
            question = answering().read(name, service.area)
            if service.is_running and tokens_of(name) and service.id not in question.services and not question.choices:
                astray.append(f"{service.id}: {name} -> {question.services} {question.needs}")
    assert astray == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("domestic abuse child in need plan missing from home hit x section 47".split()), max_size=9))
def test_phrases_never_overlap(tokens: list[str]) -> None:
    free = [True] * len(tokens)
    found = answering().vocabulary.exact(tokens, free)
    assert [(item.start, item.end) for item in found] == sorted((item.start, item.end) for item in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(item.phrase == " ".join(tokens[item.start : item.end]) for item in found)


@settings(max_examples=200, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_a_correction_gives_a_known_word_that_begins_alike(word: str) -> None:
    vocabulary = answering().vocabulary
    meant = vocabulary.correct(word)
    assert meant == word or (meant in vocabulary.known_words and meant[0] == word[0] and len(word) >= 5)
