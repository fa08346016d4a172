"""The pages in a real browser: accessibility checked by axe, reflow, nothing fetched from elsewhere, paper."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = {
    "first page": "/",
    "answer": "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire",
    "answer with problems": "/ask?need=domestic-abuse&level=9&age=abc&choice=hit",
    "full text": "/ask?word=brokerage",
    "ask again": "/ask?unused=3",
    "menu": "/services?area=all&age=14",
    "profile": "/services/warwickshire/family-group-conferencing",
    "level": "/levels/4",
    "theme": "/themes/neglect",
    "stage": "/pathways/warwickshire/caf",
    "programme": "/programmes/triple-p",
    "example": "/examples/worked-case-sam",
    "glossary": "/glossary",
    "health": "/content-health",
    "about": "/about",
    "not found": "/nope",
    "a profile for the public": "/as/public/services/warwickshire/domestic-abuse-refuge",
    "an answer for the public": "/as/public/ask?need=domestic-abuse&level=3&age=14&area=warwickshire",
    "leaving quickly": "/safety",
}


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, real.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


TOO_SMALL = """() => [...document.querySelectorAll(
  "button, select, input:not([type=hidden]), summary, nav a, .chips a, .doors a, .cards a"
)].map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width > 0 && Math.min(box.height, box.width) < 24)
  .map(([html, _]) => html)"""

IN_THE_DARK = {"answer", "answer with problems", "menu", "profile"}


@pytest.mark.parametrize(("name", "dark"), [*((name, False) for name in PAGES), *((name, True) for name in sorted(IN_THE_DARK))])
def test_axe_finds_nothing_to_mend(browser: Browser, address: str, name: str, dark: bool) -> None:
    page = browser.new_page(color_scheme="dark" if dark else "light")
    page.goto(address + PAGES[name])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_or_fetches_from_elsewhere(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name, path in PAGES.items():
        page.goto(address + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} is {over} px too wide at {width}"
    assert asked
    assert all(url.startswith(address) for url in asked)
    page.close()


def test_links_and_buttons_are_large_enough_to_hit(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in ("first page", "answer", "menu"):
        page.goto(address + PAGES[name])
        small = page.evaluate(TOO_SMALL)
        assert small == [], name
    page.close()


def test_the_whole_question_can_be_asked_with_the_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.focus("#question")
    page.keyboard.type("level 3, age 14, domestic abuse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?**")
    assert page.url == address + PAGES["answer"]
    assert "level 3" not in page.content().lower().split("<title>")[1].split("</title>")[0]
    page.close()


def test_paper_shows_what_is_folded_and_nothing_to_click(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + PAGES["answer"])
    page.emulate_media(media="print")
    assert page.locator("section[aria-labelledby=group-if-another-need] .item").first.is_visible()
    assert page.locator("#group-if-another-need").is_visible(), "its heading is printed as well"
    assert not page.locator(".chips summary").first.is_visible()
    assert not page.locator("form").first.is_visible()
    assert not page.get_by_text("Remove", exact=False).first.is_visible()
    assert page.get_by_text("call 999 now").first.is_visible()
    page.close()
