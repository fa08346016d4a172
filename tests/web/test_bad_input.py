"""Whatever is sent: a page that says which part is wrong and what is allowed, with the rest kept; never a traceback, never silence."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.settings import MAX_QUESTION

from .inspector import Visitor

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE service; --",
    "star": "*",
    "range": "[a TO z]",
    "emoji": "🙈🔥👶",
    "right to left": "\u202eאבא\u202c مرحبا",
    "control": "\x00\x07\x1b[31m\x7f",
    "template": "{{ 7 * 7 }}{% include 'x' %}",
    "percent": "%s%n%00",
    "path": "../../etc/passwd",
    "surrogates": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
}

ALLOWED = [
    ("level=9", "Level ‘9’ is not a level; the levels are 1, 2, 3, 4"),
    ("level=0", "Level ‘0’ is not a level"),
    ("level=three", "Level ‘three’ is not a level"),
    ("age=abc", "Age ‘abc’ is not an age here; write whole years from 0 to 25, 'unborn', or a range such as 5-16"),
    ("age=200", "Age ‘200’ is not an age here"),
    ("age=-5", "Age ‘-5’ is not an age here"),
    ("age=9-5", "Age ‘9-5’ is not an age here"),
    ("need=domestic-abus", "Need ‘domestic-abus’ is not a need known here; did you mean 'domestic-abuse'?"),
    ("need=nothing-of-the-kind", "Need ‘nothing-of-the-kind’ is not a need known here"),
    ("area=atlantis", "Area ‘atlantis’ is not an area here; allowed: leeds, walsall, warwickshire"),
    ("area=leeds&area=walsall", "Area ‘walsall’ is a second area; areas are never mixed in one answer"),
    ("process=nope", "Process ‘nope’ is not a process known here"),
    ("gateway=nope", "Gateway ‘nope’ is not a gateway known here"),
    ("service=walsall/fdac", "Service ‘walsall/fdac’ belongs to another area"),
    ("programme=nope", "Programme ‘nope’ is not a programme known here"),
    ("choice=nope", "Choice ‘nope’ is not an open question known here"),
    ("unused=many", "Unused ‘many’ must be the number of words that were not used"),
    ("word=xyzzyplugh", "Word holds a word that does not occur in the content, so it was not used and is not shown"),
    ("colour=red", "Colour is not a part of a question; the parts are need, process"),
    ("&".join(f"level={number}" for number in range(40)), "Level has 40 values; at most 20 are read"),
]


@pytest.mark.parametrize(("query", "words"), ALLOWED)
def test_a_wrong_part_is_named_with_what_is_allowed_and_the_rest_is_answered(real: Visitor, query: str, words: str) -> None:
    page = real.get(f"/ask?need=neglect&{query}", 400)
    assert words in page.text()
    assert page.headings()[0] == "There is a problem"
    assert "Remove Neglect" in [text for text, _ in page.links()]
    assert page.has_id("group-specific") or page.has_id("group-related") or "area=" in query
    twin = real.json(f"/ask.json?need=neglect&{query}", 400)
    assert twin["problems"]
    assert twin["question"]["needs"] == ["neglect"]


def test_a_problem_leads_to_the_field_that_mends_it(real: Visitor) -> None:
    page = real.get("/ask?need=neglect&level=9&age=abc&area=atlantis", 400)
    places = [address for _, address in page.links(page.by_id("main")) if address.startswith("#")]
    assert places == ["#pick-area", "#pick-level", "#pick-age"]


PARTS = ["need", "level", "age", "area", "word", "service", "gateway", "process", "programme", "choice", "unused", "other"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_an_address_is_refused_and_harmless(small: Visitor, part: str, text: str) -> None:
    page = small.get(f"/ask?level=3&{part}={quote(text)}", 400)
    assert page.has_id("problem-title")
    assert page.html.count("<script") == 1, "the one file of ours, and nothing from the address"
    assert not any(sign in page.html for sign in "\x00\x07\x1b\u202e🙈")
    small.json(f"/ask.json?level=3&{part}={quote(text)}", 400)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_of_a_part_is_refused_and_harmless(small: Visitor, text: str) -> None:
    page = small.get(f"/ask?level=3&{quote(text * 30)}=1", 400)
    assert page.html.count("<script") == 1, "the one file of ours, and nothing from the address"
    assert len(page.text(page.by_id("main"))) < 20_000


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_in_the_box_leads_to_a_page_and_goes_no_further(real: Visitor, text: str) -> None:
    response = real.client.post("/ask", data={"q": text})
    assert response.status_code in (303, 400)
    if response.status_code == 303:
        real.client.get(response.headers["Location"])
    assert text not in response.headers.get("Location", "")
    assert text not in response.get_data(as_text=True) or text in "*"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000"])
def test_an_empty_box_is_told_and_the_form_stays(real: Visitor, text: str) -> None:
    page = real.post("/ask", {"q": text, "area": "leeds"}, 400)
    assert "The question is empty; write a need, an age or a level" in page.text()
    assert page.selected("pick-area") == "leeds"
    assert page.by_id("question").get("value") is None


def test_a_question_that_is_too_long_is_told_with_the_limit_and_not_shown_again(real: Visitor) -> None:
    page = real.post("/ask", {"q": "florp " * 1667, "area": "walsall"}, 400)
    assert f"The question has 10,002 characters; at most {MAX_QUESTION:,} are read" in page.text()
    assert "florp" not in page.html
    assert page.selected("pick-area") == "walsall"


def test_a_question_of_just_the_limit_is_read(real: Visitor) -> None:
    assert "need=neglect" in real.ask(("neglect " + "x" * MAX_QUESTION)[:MAX_QUESTION])


def test_an_unknown_area_beside_the_box_is_told(real: Visitor) -> None:
    page = real.post("/ask", {"q": "level 3", "area": "atlantis"}, 400)
    assert "Area ‘atlantis’ is not an area here" in page.text()


def test_words_that_mean_nothing_here_lead_to_a_page_that_offers_what_does(real: Visitor) -> None:
    address = real.ask("qwrtz plmokn bvcxyl gzzt")
    page = real.get(address, 400)
    assert "The question was not understood: none of its words is known here" in page.text()
    assert "4 words were not used and are not kept." in page.text()
    assert page.has_id("themes")


def test_numbers_that_are_no_level_or_age_are_told(real: Visitor) -> None:
    page = real.get(real.ask("level 9, age 40, neglect"), 400)
    text = page.text()
    assert "Level ‘9’ is not a level" in text
    assert "Age ‘40’ is not an age here" in text
    assert page.has_id("group-related") or page.has_id("group-specific")


def test_an_address_without_a_question_asks_for_one(real: Visitor) -> None:
    assert "The question is empty" in real.get("/ask", 400).text()
    assert real.json("/ask.json", 400)["problems"]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"q=%ff%fe&area=%00", b"&&&===", b"q[]=level+3", b'{"q": "level 3"}'])
def test_a_broken_form_is_told(real: Visitor, body: bytes) -> None:
    real.post("/ask", body, 400, content_type="application/x-www-form-urlencoded")


def test_a_form_of_another_kind_is_read_or_told(real: Visitor) -> None:
    assert real.client.post("/ask", data={"q": "level 3"}, content_type="multipart/form-data").status_code == 303
    real.post("/ask", b"level 3", 400, content_type="text/plain")
    real.post("/ask", b"--x", 400, content_type="multipart/form-data; boundary=x")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_in_the_box_breaks_anything(small: Visitor, text: str) -> None:
    response = small.client.post("/ask", data={"q": text.encode("utf-8", "replace")})
    assert response.status_code in (303, 400)
    if response.status_code == 303:
        assert small.client.get(response.headers["Location"]).status_code in (200, 400)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.text(max_size=30)), max_size=6))
def test_no_address_breaks_anything(small: Visitor, parts: list[tuple[str, str]]) -> None:
    query = "&".join(f"{part}={quote(value.encode('utf-8', 'replace'))}" for part, value in parts)
    for path in (f"/ask?{query}", f"/ask.json?{query}", f"/services?{query}", f"/services.json?{query}"):
        assert small.client.get(path).status_code in (200, 303, 400)
