"""How facts are said, and how text becomes HTML."""

from __future__ import annotations

import pytest

from app.answering import anchor
from app.model import AgeExtension, Budget, Descriptor, Fact
from app.question import AddressProblem
from app.web.markup import markdown, snippet, with_deciding_words
from app.web.words import age_of_child, counted, extension_in_words, field_in_words, money, problem_words, shown, times, with_sources

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](data:text/html;base64,AAAA)",
    '<a href="https://x.example" onclick="y()">x</a>', "<iframe src=//evil></iframe>", "<svg onload=alert(1)>", "<style>*{}</style>",
    '<p style="position:fixed">x</p>', "<form action=/ask><input name=q></form>", "![x](https://evil.example/pixel.png)",
    "<h1>Not yours</h1>", "<b id=main>x</b>", "<math><mi//xlink:href='data:x,<script>'>", "<!-- <script> -->",
    "[x](&#106;avascript:alert(1))", "<object data=x></object>", '[x](/ok "\\" onmouseover=y")',
]  # fmt: skip


NEVER = ["<script", "<img", "<iframe", "<svg", "<style", "<form", "<input", "<h1", "<object", "<math", "<b"]
NEVER += ['="javascript:', '="data:', "<a onclick", '" onclick', '" onmouseover', " style=", " id="]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_neutralised(text: str) -> None:
    html = str(markdown(text)).lower()
    for bad in NEVER:
        assert bad not in html, html


def test_markdown_keeps_what_writers_use() -> None:
    html = str(markdown("## Head\n\nA **bold** and *slanted* [link](/services).\n\n- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"))
    for part in ("<h2>Head</h2>", "<strong>bold</strong>", "<em>slanted</em>", 'href="/services"', "<li>one</li>", "<td>2</td>"):
        assert part in html


@pytest.mark.parametrize(("lower", "tags"), [(0, ["<h2>", "<h3>"]), (1, ["<h3>", "<h4>"]), (9, ["<h6>", "<h6>"])])
def test_headings_are_lowered_to_fit_the_page(lower: int, tags: list[str]) -> None:
    html = str(markdown("# One\n\n### Two\n", lower))
    assert all(tag in html for tag in tags)


def test_a_fragment_keeps_its_marks_and_nothing_else() -> None:
    assert snippet("a <mark>b</mark> <script>c</script><b>d</b>") == "a <mark>b</mark> d"


def test_the_deciding_words_are_strong_and_the_rest_is_escaped() -> None:
    text = "Child is witnessing <abuse>"
    descriptor = Descriptor(id="4-x", scheme="s", level=4, domain="child", heading="H", text=text, deciding=("is witnessing",))
    assert with_deciding_words(descriptor) == "Child <strong>is witnessing</strong> &lt;abuse&gt;"
    assert with_deciding_words(descriptor.model_copy(update={"deciding": ()})) == "Child is witnessing &lt;abuse&gt;"


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"value": "159", "unit": "families"}, " families"),
        ({"value": "77%", "unit": "parents", "of": "235"}, " of 235 parents"),
        ({"value": "92%", "unit": "adults"}, " of adults"),
        ({"value": "92%", "of": "50"}, " of 50"),
        ({"value": "25%"}, ""),
        ({"value": "21.2%", "unit": "of children in care"}, " of children in care"),
        ({"value": "40", "unit": "cases", "of": "83"}, " cases, of 83"),
        ({"value": "£9"}, ""),
    ],
)
def test_a_figure_is_said_with_what_it_counts(fact: dict[str, str], said: str) -> None:
    assert counted(Fact(what="Something", **fact)) == said


@pytest.mark.parametrize(("age", "said"), [(-1, "unborn"), (0, "under 1 year"), (1, "1 year"), (14, "14 years")])
def test_an_age_is_said(age: int, said: str) -> None:
    assert age_of_child(age) == said


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (19, 24, "from 19 to 24 if the young person has SEND"),
        (None, 25, "up to 25 if the young person has SEND"),
        (-1, None, "from before birth if the young person has SEND"),
        (None, None, "other ages if the young person has SEND"),
    ],
)
def test_an_extension_is_said_with_its_condition(lower: int | None, upper: int | None, said: str) -> None:
    assert extension_in_words(AgeExtension(lower=lower, upper=upper, condition="the young person has SEND")) == said


def test_money_is_said_with_its_time() -> None:
    assert money(1234567) == "£1,234,567"
    assert times(Budget(amount=1, covers="x", per="year", year="2015/16")) == "a year, 2015/16"
    assert times(Budget(amount=1, covers="x", per="once")) == "once"
    assert times(Budget(amount=1, covers="x", per="not said")) == "for a time that the source does not say"


@pytest.mark.parametrize(("text", "said"), [("A&E", "a-e"), ("Children's panel", "childrens-panel"), ("  ", "")])
def test_a_place_on_a_page_has_a_plain_name(text: str, said: str) -> None:
    assert anchor(text) == said


def test_what_stood_in_an_address_is_shown_short_and_plain() -> None:
    assert shown("<b>\u202e" + "x" * 99) == "?b??" + "x" * 36


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("activity", "How much was done"),
        ("contract.ends", "When the contract ends: ends"),
        ("activity.0.period", "How much was done: period"),
        ("have_ready", "Have ready"),
    ],
)
def test_a_field_is_called_as_people_call_it(name: str, said: str) -> None:
    assert field_in_words(name) == said


def test_a_problem_is_a_sentence() -> None:
    assert problem_words(AddressProblem("level", "9", "is not a level")) == "Level ‘9’ is not a level"
    assert problem_words(AddressProblem("question", "", "is empty")) == "The question is empty"


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("", []),
        ("2 services fit. None is near.", [("2 services fit. None is near.", "")]),
        ("An order lasts 8 days (source: Part 2 (2016), 3.3).", [("An order lasts 8 days.", "Source: Part 2 (2016), 3.3.")]),
        ("One (source: A (2014)). Two (source: B; C (CAF), 4).", [("One.", "Source: A (2014)."), ("Two.", "Source: B; C (CAF), 4.")]),
        ("One (source: A, 5.4). If you disagree, say so.", [("One.", "Source: A, 5.4."), ("If you disagree, say so.", "")]),
        ("A child (source of worry) comes.", [("A child (source of worry) comes.", "")]),
    ],
)
def test_a_source_stands_beside_its_sentence(sentence: str, parts: list[tuple[str, str]]) -> None:
    assert with_sources(sentence) == parts
