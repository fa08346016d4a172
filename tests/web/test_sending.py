"""How pages travel: compressed, asked for again without being sent again, and never both where that could tell a secret."""

from __future__ import annotations

import gzip

import brotli
import pytest

from .inspector import Visitor

ANSWER = "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"
UNASKED = ["/", "/services", "/services/warwickshire/family-matters", "/levels/3", "/glossary", "/levels.json"]


@pytest.mark.parametrize("address", UNASKED)
@pytest.mark.parametrize("accepted", ["", "gzip", "br, gzip"])
def test_a_page_without_a_question_is_not_sent_again_while_it_is_the_same(real: Visitor, address: str, accepted: str) -> None:
    first = real.client.get(address, headers={"Accept-Encoding": accepted})
    mark = first.headers["ETag"]
    again = real.client.get(address, headers={"Accept-Encoding": accepted, "If-None-Match": mark})
    assert again.status_code == 304
    assert again.get_data() == b""
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    other = real.client.get(address, headers={"Accept-Encoding": accepted, "If-None-Match": '"something-else"'})
    assert other.status_code == 200


@pytest.mark.parametrize("address", [ANSWER, ANSWER.replace("/ask?", "/ask.json?"), "/services?area=all", "/nope"])
def test_a_page_that_tells_what_was_asked_has_no_mark(real: Visitor, address: str) -> None:
    response = real.client.get(address)
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [*UNASKED, ANSWER])
def test_pages_are_compressed_and_hold_the_same_as_uncompressed_ones(real: Visitor, address: str) -> None:
    plain = real.client.get(address)
    assert "Content-Encoding" not in plain.headers
    for name, undo in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        small = real.client.get(address, headers={"Accept-Encoding": name})
        assert small.headers["Content-Encoding"] == name
        assert small.headers["Vary"] == "Accept-Encoding"
        assert undo(small.get_data()) == plain.get_data()
        assert len(small.get_data()) < len(plain.get_data()) / 2


def test_two_kinds_of_the_same_page_have_two_marks(real: Visitor) -> None:
    marks = {real.client.get("/", headers={"Accept-Encoding": name}).headers["ETag"] for name in ("", "gzip", "br")}
    assert len(marks) == 3


def test_what_answers_a_form_is_not_compressed(real: Visitor) -> None:
    again = real.client.post("/ask", data={"q": " "}, headers={"Accept-Encoding": "br, gzip"})
    assert again.status_code == 400
    assert "Content-Encoding" not in again.headers


def test_a_whole_first_visit_is_light(real: Visitor) -> None:
    """Page, stylesheet and script as they travel, without pictures: under 60 KB."""
    for address in [*UNASKED, ANSWER, "/pathways/warwickshire", "/pathways/warwickshire/caf", "/themes", "/levels", "/about"]:
        parts = [address, "/static/windscreen.css", "/static/windscreen.js"]
        sent = [len(real.client.get(part, headers={"Accept-Encoding": "gzip"}).get_data()) for part in parts]
        assert sum(sent) < 60_000, f"{address}: {sent}"
