"""The commissioners' pages in a real browser: accessibility, narrow screens, large targets, and four sheets of paper."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from app.gaps import QUESTIONS

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PAGES = {
    **{question.id: f"{question.path}?area=warwickshire" for question in QUESTIONS.values()},
    "coverage of a need": "/gaps?need=domestic-abuse&area=warwickshire",
    "coverage by years": "/gaps?area=warwickshire&ages=years",
    "coverage without levels": "/gaps?area=walsall",
    "contracts in a window": "/gaps/contracts?area=warwickshire&by=2017-12-31",
    "what if something": "/gaps/what-if?area=warwickshire&without=warwickshire/family-nurse-partnership",
    "something wrong": "/gaps/what-if?area=nowhere&without=nobody&ends_by=never",
}

DARK = ("coverage of a need", "contracts in a window", "spend", "what if something")


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, real.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("name", "dark"), [*((name, False) for name in PAGES), *((name, True) for name in DARK)])
def test_axe_finds_nothing_to_mend(browser: Browser, address: str, name: str, dark: bool) -> None:
    page = browser.new_page(color_scheme="dark" if dark else "light")
    page.goto(address + PAGES[name])
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_only_tables_and_charts_scroll_sideways_and_never_the_page(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    for name, path in PAGES.items():
        page.goto(address + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{name} is {over} px too wide at {width}"
    page.close()


TOO_SMALL = """() => [...document.querySelectorAll(
  "button, select, input:not([type=hidden]), summary, .gap-nav a, .twins a, .cell-link, .chips a")]
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
  .filter(([_, box]) => box.width > 0 && Math.min(box.height, box.width) < 20)
  .map(([html, _]) => html)"""


def test_links_boxes_and_buttons_are_large_enough_to_hit(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in ("coverage", "what-if", "spend", "contracts"):
        page.goto(address + PAGES[name])
        assert page.evaluate(TOO_SMALL) == [], name
    page.close()


@pytest.mark.parametrize("asked", ["area=warwickshire&by=2017-12-31", "area=warwickshire", "area=walsall", "area=leeds"])
def test_the_briefing_fits_four_sheets_of_a4(browser: Browser, address: str, tmp_path: Path, asked: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/gaps/briefing?{asked}")
    pdf = page.pdf(path=tmp_path / "briefing.pdf", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 4
    sizes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)}
    assert all(abs(right - 595) < 2 and abs(top - 842) < 2 for _, _, right, top in sizes), "not A4"
    page.close()


def test_paper_holds_the_table_the_rules_and_the_sources_and_no_form(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + PAGES["coverage of a need"])
    page.emulate_media(media="print")
    assert page.locator("table.matrix").is_visible()
    assert page.locator("#rules").is_visible()
    assert page.locator("#sources").is_visible()
    assert not page.locator("form").first.is_visible()
    assert not page.locator(".gap-nav").is_visible()
    assert page.locator(".swatch-few").first.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    page.close()


def test_a_what_if_is_asked_with_the_keyboard_and_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/gaps/what-if?area=warwickshire")
    page.get_by_label("Family Matters").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show what would change").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**without=warwickshire/family-matters")
    assert page.get_by_text("Without Family Matters").first.is_visible()
    context.close()
