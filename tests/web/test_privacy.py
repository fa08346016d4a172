"""No typed word reaches an address, a page, a log or a file, unless it is a word of the content itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.building import open_directory
from app.settings import Settings
from app.web import create_app

from .inspector import Visitor

MARKER = "Zanzibarella"


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[list[str]]:
    """What was logged or printed, complete once the test has left the fixture's block."""
    told: list[str] = []
    with caplog.at_level(logging.DEBUG, logger=""):
        yield told
    out, err = capfd.readouterr()
    told += [caplog.text, out, err]
    assert not any(MARKER.lower() in text.lower() for text in told)


QUESTIONS = [
    f"{MARKER} is 14, level 3, domestic abuse",
    f"{MARKER}",
    f"my pupil {MARKER} {MARKER}sson, born 12/03/2011, lives at CV1 2AB, neglect",
    f"neglect {MARKER}@example.org 07700 900123 NHS 943 476 5919",
    f"brokerage {MARKER}",
    f"hit {MARKER}",
    f"level 9 {MARKER}",
]


@pytest.mark.parametrize("words", QUESTIONS)
def test_a_typed_word_is_in_no_address_no_page_and_no_log(real: Visitor, words: str, everything_logged: list[str]) -> None:
    response = real.client.post("/ask", data={"q": words})
    address = response.headers["Location"]
    assert MARKER.lower() not in (address + str(response.headers) + response.get_data(as_text=True)).lower()
    page = real.client.get(address)
    assert MARKER.lower() not in page.get_data(as_text=True).lower()
    for part in ("2011", "cv1", "07700", "943", "example"):
        assert part not in address.lower()


@pytest.mark.parametrize("words", [f"{MARKER} " * 300, "12/03/2011", f"{MARKER}" * 900])
def test_a_question_that_is_refused_shows_nothing_of_itself(real: Visitor, words: str, everything_logged: list[str]) -> None:
    page = real.post("/ask", {"q": words}, 400)
    assert MARKER not in page.html
    assert "2011" not in page.text()
    assert page.by_id("question").get("value") is None


def test_what_looks_personal_is_told_by_its_kind_only(real: Visitor) -> None:
    page = real.post("/ask", {"q": "12/03/2011, CV1 2AB"}, 400)
    assert "what looks like a date and a postcode" in page.text()


def test_an_address_holds_ids_and_numbers_only(real: Visitor) -> None:
    address = real.ask("My lad is 14, lvl 3, mum's boyfriend hits her, in Nuneaton, social worker wants brokerage")
    parts = parse_qs(urlsplit(address).query)
    assert set(parts) <= {"need", "level", "age", "area", "word", "choice", "unused", "process", "gateway"}
    assert parts["area"] == ["warwickshire"]
    assert parts["level"] == ["3"]
    assert parts["age"] == ["14"]


def test_a_word_in_an_address_that_the_content_does_not_hold_is_not_shown(real: Visitor) -> None:
    for path in (f"/ask?word={MARKER}&level=3", f"/ask?meant={MARKER}&level=3", f"/ask?meant={MARKER}"):
        assert MARKER not in real.client.get(path).get_data(as_text=True)


def test_no_file_is_written_by_asking(own_folder: Settings, tmp_path: Path) -> None:
    visitor = Visitor(create_app(own_folder, open_directory(own_folder)))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    visitor.client.post("/ask", data={"q": f"{MARKER} level 3"})
    visitor.client.post("/ask", data={"q": f"{MARKER} " * 5000})
    visitor.client.get(f"/ask?word={MARKER}")
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert after == before


def test_answers_are_not_kept_and_say_nothing_to_others(real: Visitor) -> None:
    for path, status in (("/ask?level=3", 200), ("/ask?level=9", 400), ("/ask.json?level=3", 200), ("/services?need=neglect", 200)):
        headers = real.raw(path, status).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_policy_lets_nothing_in_from_elsewhere(real: Visitor) -> None:
    policy = dict(part.strip().split(" ", 1) for part in real.raw("/").headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in str(policy)
