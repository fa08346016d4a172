"""Words into a question: every style in which people write levels, ages, needs and places, and what must never be kept."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from golden.shipped import answering, directory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model import OLDEST, UNBORN
from app.question import Question, ages_in_words, choices_of, from_address, read_question, to_address
from app.question.personal import without_personal
from app.settings import MAX_QUESTION, MAX_TERMS
from app.vocabulary import tokens_of


def read(text: str, area: str | None = None) -> Question:
    return answering().read(text, area)


def understood(question: Question) -> str:
    """A question in one line: `L2,3 age 5-16 domestic-abuse @walsall ?hit !level=9`, its parts in this order."""
    levels = ["L" + ",".join(map(str, question.levels))] if question.levels else []
    ages = ["age " + ",".join(part for name, part in parse_qsl(urlsplit(to_address(question)).query) if name == "age" and _good(part))]
    parts = [*levels, *(ages if question.ages else []), *question.needs, *(f"/{name}" for name in question.processes)]
    parts += [f"@{question.area}"] if question.area != "warwickshire" else []
    parts += [f"?{choice}" for choice in question.choices] + [f"!{part}={value}" for part, value in question.refused]
    return " ".join(parts)


def _good(age: str) -> bool:
    return all(part == "unborn" or int(part) <= OLDEST for part in age.split("-"))


LEVELS = """
level 3                              | L3
Level 3                              | L3
LEVEL THREE                          | L3
level: 3                             | L3
level-3                              | L3
level3                               | L3
L3                                   | L3
l 3                                  | L3
lvl 3                                | L3
lvl3                                 | L3
lev 3                                | L3
lv 3                                 | L3
tier 3                               | L3
tier three                           | L3
tier2                                | L2
Tier 4 specialist needs              | L4
threshold 3                          | L3
level 3 of need                      | L3
levels 2-3                           | L2,3
levels 2 – 3                         | L2,3
levels 2 to 4                        | L2,3,4
level two to four                    | L2,3,4
levels two and three                 | L2,3
level 2 or 3                         | L2,3
level 2/3                            | L2,3
L2/3                                 | L2,3
L2/L3                                | L2,3
L2-L4                                | L2,3,4
tier 2/3                             | L2,3
levels 2 3                           | L2,3
levels 2, 3 and 4                    | L2,3,4
level 2, 3 and 4                     | L2,3,4
level 2 and level 4                  | L2,4
universal                            | L1
additional needs                     | L2
level 2 additional needs             | L2
complex                              | L3
complex needs                        | L3
acute                                | L4
level 1                              | L1
level 0                              | !level=0
level 5                              | !level=5
level 9                              | !level=9
level                                |
tier iv                              |
"""

AGES = """
14                                   | age 14
14yo                                 | age 14
14 yo                                | age 14
14 y/o                               | age 14
14 y.o.                              | age 14
14yrs                                | age 14
14 years old                         | age 14
14-year-old                          | age 14
14 year old                          | age 14
aged 14                              | age 14
age 14                               | age 14
age: 14                              | age 14
AGE 14                               | age 14
fourteen year old                    | age 14
aged fourteen                        | age 14
fourteen                             | age 14
two year old                         | age 2
two                                  |
two children                         |
14 and 9                             | age 9,14
14 & 9                               | age 9,14
5,7,9                                | age 5,7,9
aged 13/14                           | age 13,14
5yr old and 8yr old                  | age 5,8
three children 4, 6 and 9            | age 4,6,9
3 children aged 4, 6 and 9           | age 4,6,9
two boys aged 5 and 7                | age 5,7
5-16                                 | age 5-16
5–16                                 | age 5-16
5 to 16                              | age 5-16
ages 5 to 16                         | age 5-16
between 5 and 16                     | age 5-16
aged between 5 and 16                | age 5-16
16-17                                | age 16,17
0-18                                 | age 0-18
under 5                              | age 0-4
under 5s                             | age 0-4
under-5s                             | age 0-4
below 5                              | age 0-4
0-5s                                 | age 0-5
under 1                              | age 0
over 16                              | age 17,18
14+                                  | age 14-18
16 plus                              | age 16-18
year 9                               | age 13,14
Y9                                   | age 13,14
yr 11                                | age 15,16
year nine                            | age 13,14
year 9s                              | age 13,14
Year 9, 13                           | age 13
reception                            | age 4,5
Reception class                      | age 4,5
newborn                              | age 0
new born                             | age 0
baby                                 | age 0
infant                               | age 0
6 weeks old                          | age 0
3 days old                           | age 0
6 months                             | age 0
6mo                                  | age 0
18 months                            | age 1
18m                                  | age 1
22 mths                              | age 1
18 month old baby                    | age 1
24 months                            | age 2
toddler                              | age 1,2
toddler of 2                         | age 2
pre-schooler                         | age 3,4
teenager                             | age 13-17
teenage                              | age 13-17
adolescent                           | age 13-17
14 year old teenager                 | age 14
teenager, 12                         | age 12
14 and a baby                        | age 0,14
unborn                               | age unborn pre-birth
unborn baby                          | age unborn pre-birth
unborn child                         | age unborn pre-birth
pre-birth                            | age unborn pre-birth
pregnant                             | age unborn pre-birth
expecting a baby                     | age unborn pre-birth
15 weeks pregnant                    | age unborn pre-birth
0                                    | age 0
25                                   | age 25
26                                   |
200                                  |
aged 30                              | !age=30
age 200                              | !age=200
14.5 years                           | age 14
2 bed flat                           |
100%                                 |
9am                                  |
section 20                           | /s20
s.47                                 | /s47
s47 9yo                              | age 9 /s47
"""

TOGETHER = """
level 3, age 14, domestic abuse      | L3 age 14 domestic-abuse
14, L3, DV                           | L3 age 14 domestic-abuse
domestic violence 14yo tier three    | L3 age 14 domestic-abuse
Domestic-Abuse; LEVEL:3; AGE:14      | L3 age 14 domestic-abuse
L3 5yr                               | L3 age 5
level 3, 14                          | L3 age 14
level 3, 4 years                     | L3 age 4
level 3 and 9                        | L3 age 9
level 3, 4 and 9                     | L3 age 4,9
levels 2, 3 aged 4                   | L2,3 age 4
lvl3 9 fgm                           | L3 age 9 fgm
14 yrs old, L2-3, anxiety            | L2,3 age 14 child-mental-health
year 9 not going to school           | age 13,14 school-attendance
16 with autism in Rugby              | age 16 neurodiversity
toddler behaviour Walsall            | age 1,2 behaviour @walsall
Leeds: unborn, dad on drugs          | age unborn pre-birth parent-drugs @leeds
tier 3 camhs                         | child-mental-health ?camhs-tier-3
level 3 camhs                        | L3 child-mental-health
tier 3 camhs, level 4, 15            | L4 age 15 child-mental-health ?camhs-tier-3
teenager homeless                    | age 13-17 homeless-16-17
homeless 16/17                       | age 16,17 homeless-16-17
pregnant teenager                    | age unborn,13-17 young-parent
what comes after a CAF?              | /caf
step down from CIN, 15               | age 15 /step-down
"""

SUBJECTS = """
pregnant 15 year old                 | age unborn,15 young-parent
15yo pregnant                        | age unborn,15 young-parent
15 year old girl is pregnant         | age unborn,15 young-parent
pregnant at 16                       | age unborn,16 young-parent
year 10 pregnant                     | age unborn,14,15 young-parent
mum pregnant, 14 year old            | age unborn,14 pre-birth
mum pregnant 14 year old             | age unborn,14 pre-birth
pregnant, 30                         | age unborn pre-birth
16/17 homeless                       | age 16,17 homeless-16-17
17 year old homeless                 | age 17 homeless-16-17
homeless 16                          | age 16 homeless-16-17
homeless 10 year old                 | age 10 ?homeless
section 17 homeless                  | /s17 ?homeless
depressed 15 year old                | age 15 child-mental-health
15 year old drinking                 | age 15 child-alcohol
fifteen year old smoking weed        | age 15 child-drugs
9 year old drinking                  | age 9 ?alcohol
aged 14 violence in the home         | age 14 domestic-abuse
mum of 3, dv                         | domestic-abuse
baby of 3 months, neglect            | age 0 neglect
"""

NEEDS = """
domestic abuse                       | domestic-abuse
dv                                   | domestic-abuse
DVA                                  | domestic-abuse
domestic voilence                    | domestic-abuse
domesitc abuse                       | domestic-abuse
violence in the home                 | domestic-abuse
idva                                 | domestic-abuse
child witnessing domestic abuse      | child-affected-by-da
coercive control                     | coercive-control
abusive boyfriend                    | teen-relationship-abuse
son hits mum                         | child-to-parent-abuse
NVR                                  | child-to-parent-abuse
perpetrator                          | perpetrator
forced marriage                      | honour-based-abuse
FGM                                  | fgm
neglect                              | neglect
neglcet                              | neglect
home alone                           | neglect
emotional abuse                      | emotional-abuse
bruises                              | physical-abuse
shaken baby                          | age 0 infant-injury
csa                                  | sexual-abuse
CSE                                  | sexual-exploitation
county lines                         | criminal-exploitation
modern slavery                       | trafficking
knife crime                          | gangs
ran away                             | missing
prevent referral                     | radicalisation
ASB                                  | offending
anti-social behaviour                | offending
bullying                             | bullying
bulied                               | bullying
underage drinking                    | child-alcohol
mum drinks                           | parent-alcohol
young person using drugs             | child-drugs
parental substance misuse            | parent-drugs
weed                                 | substance-misuse
camhs                                | child-mental-health
cahms                                | child-mental-health
anxiety                              | child-mental-health
anxeity                              | child-mental-health
postnatal depression                 | parent-mental-health
self harm                            | self-harm
self-harm                            | self-harm
selfharm                             | self-harm
suicidal                             | suicide
suicidle                             | suicide
kill himself                         | suicide
anorexia                             | eating-disorder
attachment                           | trauma
bereavement                          | bereavement
bereavemnet                          | bereavement
autism                               | neurodiversity
autisim                              | neurodiversity
ADHD                                 | neurodiversity
SEND                                 | send
EHCP                                 | send
speech delay                         | speech-language
young carer                          | young-carer
private fostering                    | private-fostering
UASC                                 | uasc
nrpf                                 | asylum-family
trans                                | lgbt-identity
parenting course                     | parenting
tantrums                             | behaviour
behavour                             | behaviour
family breakdown                     | family-breakdown
edge of care                         | edge-of-care
returning home from care             | reunification
sgo                                  | kinship
teen mum                             | age 13-17 young-parent
truancy                              | school-attendance
attendence                           | school-attendance
excluded                             | exclusion
missing education                    | exclusion
NEET                                 | neet
housing                              | housing
sofa surfing                         | homeless-16-17
food bank                            | poverty
father in prison                     | parent-prison
isolated family                      | isolation
3A                                   | domestic-abuse
1A                                   | child-alcohol
2B                                   | parent-drugs
4B                                   | parent-mental-health
5B                                   | parent-learning-disability
6A                                   | child-physical-disability
7A                                   | young-carer
9A                                   | uasc
12A                                  | trafficking
13A                                  | gangs
16A                                  | neglect
18A                                  | physical-abuse
19A                                  | sexual-abuse
22a                                  | fgm
23A                                  | faith-belief-abuse
"""

CHOICES = """
hit                                  | ?hit
mum hits                             | ?hit
cutting                              | ?cutting
missing                              | ?missing
missing 14                           | age 14 ?missing
CP                                   | ?cp
LD                                   | ?ld
ACE                                  | ?ace
DNA                                  | ?dna
D&A                                  | ?d-and-a
d and a                              | ?d-and-a
mental health                        | ?mental-health
compass                              | ?compass
compass Walsall                      | @walsall
"""

PLACES = """
Nuneaton                             |
nuneaton and bedworth                |
Whitnash, age 14                     | age 14
Walsall                              | @walsall
Willenhall 14                        | age 14 @walsall
Leeds                                | @leeds
Walsal 9                             | age 9 @walsall
Walsall and Leeds                    | @walsall
"""

NOT_NEEDS = """
white                                |
Whitnash                             |
grape                                |
therapist                            |
hitherto                             |
Sussex                               |
scunthorpe                           |
pause                                |
channel                              |
prevent                              |
my friends                           |
home                                 |
health                               |
contact details                      |
the message is attached              |
overcome                             |
rated artistic                       |
printing on the monkey               |
Violet                               |
🙂                                   |
<script>alert(1)</script>            | age 1
' OR 1=1 --                          | age 1
[a TO z]                             |
*                                    |
"""


def rows(table: str) -> list[tuple[str, str]]:
    found = []
    for line in table.strip("\n").splitlines():
        text, _, expected = line.rpartition("|")
        found.append((text.strip(), expected.strip()))
    return found


ALL_ROWS = [row for table in (LEVELS, AGES, TOGETHER, SUBJECTS, NEEDS, CHOICES, PLACES, NOT_NEEDS) for row in rows(table)]


@pytest.mark.parametrize(("text", "expected"), ALL_ROWS, ids=[text for text, _ in ALL_ROWS])
def test_words_are_understood(text: str, expected: str) -> None:
    assert understood(read(text)) == expected


def test_the_tables_are_long_and_name_each_thing_once() -> None:
    texts = [text for text, _ in ALL_ROWS]
    assert len(texts) == len(set(texts)) >= 120


def test_the_area_beside_the_box_wins_over_one_in_the_words() -> None:
    assert read("Walsall 14", area="leeds").area == "leeds"
    assert not read("14").area_given
    assert read("Walsall 14").area_given
    assert read("14", area="warwickshire").area_given


def test_names_lead_to_the_service_of_the_area_that_is_asked() -> None:
    assert read("FGC").services == ("warwickshire/family-group-conferencing",)
    assert read("FGC Walsall").services == ("walsall/family-group-conferences",)
    assert read("Safer Families").services == ()
    assert read("Safer Families", area="walsall").services == ("walsall/safer-families",)


def test_a_name_leads_to_the_past_only_when_it_leads_nowhere_else() -> None:
    assert read("CAF").services == ("warwickshire/common-assessment-framework",)
    assert read("Connexions").services == ()
    assert read("Time 4 You").services == ("warwickshire/caf-family-support-workers-2011",)


def test_words_that_belong_to_another_area_only_are_read_as_words() -> None:
    question = read("addiction support")
    assert (question.services, question.choices) == ((), ("addiction",))


def test_choices_offer_only_services_of_the_area() -> None:
    for area in ("warwickshire", "walsall"):
        for choice in choices_of(read("ACE", area=area), directory()):
            options = [option.value for option in choice.options if option.part == "service"]
            assert all(value.startswith(f"{area}/") for value in options)
            assert len(choice.options) >= 2


def test_choices_say_what_is_asked_and_what_each_answer_means() -> None:
    (choice,) = choices_of(read("tier 3 camhs"), directory())
    assert choice.question == "'Tier 3' beside CAMHS is a tier of the NHS service, not a level of need. Did you mean a level as well?"
    assert [(option.label, option.part, option.value) for option in choice.options] == [
        ("Level 3 of need", "level", "3"),
        ("Only CAMHS", "", ""),
    ]
    (choice,) = choices_of(read("CP"), directory())
    assert {(option.part, option.value) for option in choice.options} == {("process", "s47"), ("need", "child-physical-disability")}


def test_what_was_typed_is_kept_beside_the_need_it_became() -> None:
    assert read("DV at home").typed[0] == ("domestic-abuse", "dv")
    assert read("neglcet").typed == (("neglect", "neglcet"),)


def test_a_long_question_is_read_to_its_limit() -> None:
    question = read("x" * (MAX_QUESTION - 4) + " dv level 3")
    assert (question.needs, question.levels) == (("domestic-abuse",), ())


def test_few_words_are_kept_for_the_full_text() -> None:
    words = sorted(word for word in answering().content_words if word.isalpha() and not answering().vocabulary.knows([word]))[:80]
    assert len(read(" ".join(words)).words) <= MAX_TERMS


# Privacy


PERSONAL = """
jo.bloggs@example.org 14             | an e-mail address
CV32 4AB 14                          | a postcode
cv324ab                              | a postcode
L3 8EU neglect                       | a postcode
943 476 5919                         | an NHS number
9434765919                           | an NHS number
07700 900123                         | a telephone number
+44 7700 900 123                     | a telephone number
(01926) 555 0100                     | a telephone number
12/03/2012                           | a date
12.3.12                              | a date
2012-03-12                           | a date
12th March 2012                      | a date
3 mar 14                             | a date
case 12345678                        | a long number
level 3, 14                          |
L3 14yo                              |
L3 5yr old                           |
L3 4yo                               |
s47 9yo                              |
14 separated 12                      |
14 marac 16                          |
0 3 5 9 14                           |
0-18 or 5-16                         |
"""


@pytest.mark.parametrize(("text", "kind"), rows(PERSONAL))
def test_what_points_to_one_person_is_taken_out(text: str, kind: str) -> None:
    question = read(text)
    assert question.dropped == ((kind,) if kind else ())
    digits = re.findall(r"\d{4,}", to_address(question))
    assert digits == []


def test_personal_numbers_are_taken_out_and_named_once() -> None:
    text, kinds = without_personal("ring 07700 900123 or 07700 900456 about L3")
    assert kinds == ("a telephone number",)
    assert text.split() == ["ring", "or", "about", "L3"]


def test_a_name_in_no_document_leaves_only_its_number_of_words() -> None:
    question = read("Gwendolyn Featherstonehaugh neglect 14")
    assert question.not_used == ("gwendolyn", "featherstonehaugh")
    assert to_address(question) == "/ask?need=neglect&age=14&area=warwickshire&unused=2"


ANYTHING = st.text(max_size=300) | st.text("level tier age 0123456789-/.,&+ yo", max_size=60)
PIECES = (
    "level tier L3 l2/3 14 year 9 under 5 to and - , months aged pregnant baby dv hit camhs Walsall s47 brokerage Zebedee"
).split()
SOME_WORDS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(ANYTHING | SOME_WORDS)
@example("")
@example("\x00\x01\ufeff\u202e")
@example("level " * 200)
@example("level 2, 3 and")
@example("level 2,3")
@example("l2/")
@example("between 5 and")
@example("-1 to -5")
@example("year")
@example("١٤ years ²")
@example("½ 14ⅷ")
def test_no_text_can_break_the_reading_or_be_kept_unless_known(text: str) -> None:
    vocabulary, content_words = answering().vocabulary, answering().content_words
    question = read_question(text, vocabulary, content_words)
    assert set(question.levels) <= {1, 2, 3, 4}
    assert all(UNBORN <= age <= OLDEST for age in question.ages)
    assert list(question.ages) == sorted(set(question.ages))
    assert set(question.words) <= content_words
    assert len(question.words) <= MAX_TERMS
    kept = {name for name, _ in parse_qsl(urlsplit(to_address(question)).query)}
    assert kept <= {"need", "process", "gateway", "service", "programme", "level", "age", "area", "word", "choice", "unused"}
    for word in (*question.not_used, *tokens_of(text)):
        if not _is_known(word):
            assert word not in re.split(r"[^a-z0-9]+", to_address(question)), f"{word!r} is in the address"


def _is_known(word: str) -> bool:
    """Whether a word stands in the content, in the vocabulary or in an id, or is a number or a part of an address."""
    return word in answering().content_words or word in answering().vocabulary.known_words or word.isdigit() or word in _words_of_ids()


def _words_of_ids() -> set[str]:
    if not _IDS:
        for value in (
            *directory().need_by_id, *directory().process_by_id, *directory().service_by_id, *directory().programme_by_id,
            *directory().area_by_id, *(gateway.id for gateway in directory().gateways), "ask need process gateway service programme",
            "level age area word choice unused unborn camhs tier e a",
        ):  # fmt: skip
            _IDS.update(re.split(r"[^a-z0-9]+", value))
    return _IDS


_IDS: set[str] = set()


# Addresses


@settings(max_examples=100, deadline=None)
@given(SOME_WORDS)
def test_an_address_brings_back_its_question(text: str) -> None:
    question = read(text)
    again, problems = answering().question_at(parse_qs(urlsplit(to_address(question)).query))
    assert {problem.part for problem in problems} == {part for part, _ in question.refused}
    for part in ("area", "levels", "ages", "needs", "processes", "gateways", "services", "programmes", "words", "choices", "unused"):
        assert getattr(again, part) == getattr(question, part), part


ADDRESSES = """
level=3&age=14&need=domestic-abuse             | L3 age 14 domestic-abuse |
level=9                                        |                          | level '9': is not a level; the levels are 1, 2, 3, 4
level=three                                    |                          | level 'three': is not a level; the levels are 1, 2, 3, 4
level=3&level=x                                | L3                       | level 'x': is not a level; the levels are 1, 2, 3, 4
age=abc                                        |                          | age 'abc': is not an age here
age=200                                        |                          | age '200': write whole years from 0 to 25
age=16-5                                       |                          | age '16-5': or a range such as 5-16
age=5-16                                       | age 5-16                 |
age=unborn                                     | age unborn               |
age=-1                                         | age unborn               |
age=unborn-1                                   | age unborn-1             |
age=abc&level=3&need=neglect                   | L3 neglect               | age 'abc': is not an age here
need=domestic-abus                             |                          | need 'domestic-abus': did you mean 'domestic-abuse'
need=zzz                                       |                          | need 'zzz': is not a need known here
process=s-47                                   |                          | process 's-47': is not a process known here
gateway=mush                                   |                          | gateway 'mush': did you mean 'mash'
gateway=locality-panel                         |                          | gateway 'locality-panel': is not a gateway known here
service=warwickshire/family-maters             |                          | service 'warwickshire/family-maters': did you mean
service=walsall/safer-families                 |                          | service 'walsall/safer-families': belongs to another area
service=walsall/safer-families&area=walsall    | @walsall                 |
programme=tripel-p                             |                          | programme 'tripel-p': did you mean 'triple-p'
area=walsal                                    |                          | area 'walsal': is not an area here
area=walsall&area=leeds                        | @walsall                 | area 'leeds': areas are never mixed
choice=hit                                     | ?hit                     |
choice=camhs-tier-3                            | ?camhs-tier-3            |
choice=camhs-tier-9                            |                          | choice 'camhs-tier-9': is not an open question
choice=secret                                  |                          | choice 'secret': is not an open question
word=brokerage                                 |                          |
word=Gwendolyn                                 |                          | word '': does not occur in the content
unused=2                                       |                          |
unused=many                                    |                          | unused 'many': must be the number of words
lvl=3&level=3                                  | L3                       | lvl '': is not a part of a question
need=%3Cscript%3E                              |                          | need '?script?': is not a need known here
"""


def address_rows() -> list[tuple[str, str, str]]:
    found = []
    for line in ADDRESSES.strip().splitlines():
        query, expected, problem = (part.strip() for part in line.split("|"))
        found.append((query, expected, problem))
    return found


@pytest.mark.parametrize(("query", "expected", "problem"), address_rows())
def test_an_address_is_read_and_what_is_wrong_in_it_is_told(query: str, expected: str, problem: str) -> None:
    question, problems = answering().question_at(parse_qs(query))
    told = [f"{item.part} '{item.value}': {item.words}" for item in problems]
    assert understood(question) == expected
    if problem:
        part, words = problem.split(": ", 1)
        assert len(told) == 1
        assert told[0].startswith(part)
        assert words in told[0]
    else:
        assert told == []


def test_too_many_values_are_told_and_the_first_are_kept() -> None:
    values = {"need": [need.id for need in directory().vocabulary.needs[:25]]}
    question, problems = from_address(values, directory(), ())
    assert len(question.needs) == 20
    assert [problem.words for problem in problems] == ["has 25 values; at most 20 are read"]


def test_a_value_shown_back_is_short_and_holds_no_signs() -> None:
    _, problems = from_address({"need": ["<b>" + "x" * 200]}, directory(), ())
    assert problems[0].value == "?b?" + "x" * 37


def test_an_unknown_word_of_an_address_is_never_shown_back() -> None:
    question, problems = from_address({"word": ["gwendolyn"]}, directory(), answering().content_words)
    assert question.words == ()
    assert all("gwendolyn" not in f"{problem.value} {problem.words}".lower() for problem in problems)


def test_words_of_an_address_are_kept_in_small_letters() -> None:
    question, _ = from_address({"word": ["Brokerage"]}, directory(), answering().content_words)
    assert question.words == ("brokerage",)


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((14,), "14"),
        ((9, 14), "9 and 14"),
        ((5, 6, 7, 8), "5 to 8"),
        ((UNBORN,), "unborn"),
        ((UNBORN, 0, 1, 2), "before birth to 2"),
        ((2, 9, 14), "2, 9 and 14"),
        ((), ""),
    ],
)
def test_ages_are_said_in_words(ages: tuple[int, ...], words: str) -> None:
    assert ages_in_words(ages) == words


def test_a_question_knows_whether_anything_was_asked() -> None:
    assert read("").is_empty
    assert read("zzyzx please").is_empty
    assert not read("level 9").is_empty
    assert not read("hit").is_empty
    assert read("14").is_structured
    assert not read("brokerage").is_structured
    assert to_address(Question(area="leeds")) == "/ask?area=leeds"
