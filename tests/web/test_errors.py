"""Every failure has a page: it says what can be done, carries the emergency line, and shows nothing of what was sent."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import pytest
from flask import Flask, abort, request
from jinja2 import DictLoader

from app.building import Opened
from app.index import Hits, Index, IndexProblem
from app.settings import Settings
from app.web import MAX_REQUEST, create_app

from .inspector import Page, Visitor

MARKER = "Zanzibarella"
"""A word as somebody might type it: it must turn up nowhere."""


def assert_is_calm(page: Page) -> None:
    assert "If a child is in immediate danger, call 999 now." in page.text(page.root)
    assert page.links(page.main), "there is no way on"
    assert "Traceback" not in page.html


def test_an_unknown_address_says_so(real: Visitor) -> None:
    page = real.get("/nothing/here/at/all", 404)
    assert_is_calm(page)
    assert page.h1 == "There is no page at this address"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/services/warwickshire/domestic-abuse-suport", "/services/warwickshire/domestic-abuse-support"),
        ("/programmes/family-group-conference", "/programmes/family-group-conferencing"),
        ("/levels/9", "/levels/1"),
        ("/pathways/warwickshire/cafe", "/pathways/warwickshire/caf"),
        ("/themes/domestic-abus", "/themes/domestic-abuse"),
        ("/examples/worked-case-samm", "/examples/worked-case-sam"),
    ],
)
def test_an_address_that_is_nearly_right_is_helped(real: Visitor, path: str, meant: str) -> None:
    page = real.get(path, 404)
    assert meant in [address for _, address in page.links(page.main)]


@pytest.mark.parametrize(
    "path",
    [
        "/services/warwickshire/../../../etc/passwd", "/services/warwickshire/%2e%2e%2fsite", "/programmes/..%2f..%2frun.py", "/levels/x",
        "/levels/-1", "/levels/3.0", "/pathways/nowhere", "/pathways/nowhere/caf", "/pathways/warwickshire/nope", "/themes/nope",
        "/examples/nope", "/services/nowhere/x", "/services/warwickshire", "/static/../run.py", "/static/%2e%2e/run.py",
    ],
)  # fmt: skip
def test_addresses_are_looked_up_in_the_content_and_never_on_the_disk(real: Visitor, path: str) -> None:
    assert_is_calm(real.get(path, 404))


def test_a_doubled_slash_leads_to_the_page_that_was_meant(real: Visitor) -> None:
    assert real.raw("/levels//3", 308).headers["Location"].endswith("/levels/3")


def test_a_request_of_the_wrong_kind_is_told_which_are_right(real: Visitor) -> None:
    for method, path in [("post", "/"), ("delete", "/ask"), ("put", "/services"), ("post", "/services/warwickshire/camhs")]:
        response = getattr(real.client, method)(path)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]
        assert_is_calm(Page(response))


def test_too_much_is_refused_without_being_read(real: Visitor) -> None:
    page = real.post("/ask", {"q": f"{MARKER} " * MAX_REQUEST}, 413)
    assert_is_calm(page)
    assert MARKER not in page.html


def test_an_error_of_a_twin_is_data(real: Visitor) -> None:
    error = real.json("/services/warwickshire/nope.json", 404)["error"]
    assert error["status"] == 404
    assert "999" in error["emergency"]


def broken(own_app: Callable[[], Flask]) -> Visitor:
    app = own_app()

    def fail() -> NoReturn:
        raise ValueError(f"could not read {request.form.get('q', '')} or {request.args.get('q', '')}")

    app.add_url_rule("/broken", view_func=fail, methods=["GET", "POST"])
    app.add_url_rule("/broken.json", "broken_json", view_func=fail)
    app.add_url_rule("/teapot", view_func=lambda: abort(418))
    return Visitor(app)


def test_a_fault_of_ours_is_a_calm_page_and_tells_nothing(own_app: Callable[[], Flask], caplog: pytest.LogCaptureFixture) -> None:
    visitor = broken(own_app)
    with caplog.at_level(logging.DEBUG):
        pages = [visitor.get(f"/broken?q={MARKER}", 500), visitor.post("/broken", {"q": MARKER}, 500)]
        assert visitor.json(f"/broken.json?q={MARKER}", 500)["error"]["status"] == 500
    for page in pages:
        assert_is_calm(page)
        assert MARKER not in page.html
        assert page.response.headers["Cache-Control"] == "no-store"
    assert MARKER not in caplog.text
    assert "ValueError" in caplog.text, "the log says what kind of fault it was"
    assert "A fault while answering fail" in caplog.text


def test_an_error_without_words_of_its_own_still_has_a_page(own_app: Callable[[], Flask]) -> None:
    assert_is_calm(broken(own_app).get("/teapot", 418))


def test_even_a_broken_error_page_leaves_a_page(own_app: Callable[[], Flask], caplog: pytest.LogCaptureFixture) -> None:
    app = own_app()
    app.jinja_env.loader = DictLoader({"error.html": "{{ nothing_of_this_name }}"})
    response = app.test_client().get(f"/nope/{MARKER}")
    assert response.status_code == 404
    html = response.get_data(as_text=True)
    assert "There is no page at this address" in html
    assert "999" in html
    assert "The error page cannot be made: UndefinedError" in caplog.text
    assert MARKER not in caplog.text


class BrokenIndex(Index):
    """Opens, but fails on the first search, as a damaged file does."""

    def __init__(self) -> None:
        self.content_words = frozenset({"brokerage"})

    def search(self, words: object, area: str | None = None, limit: int = 20) -> Hits:
        raise IndexProblem(f"damaged at {words}")


def test_a_broken_search_is_said_and_never_shown_as_nothing_found(
    small_settings: Settings, small_opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor(create_app(small_settings, replace(small_opened, index=BrokenIndex())))
    page = visitor.get("/ask?word=brokerage", 503)
    assert_is_calm(page)
    assert "Choose a level, an age and a need on the first page: such questions still work." in page.text()
    visitor.get("/ask?need=parenting&level=2")
    assert "brokerage" not in caplog.text
