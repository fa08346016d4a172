"""The first question in a real browser, and what its answer is on paper. What holds for every page is in test_proof.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ANSWER = "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


def test_the_whole_question_can_be_asked_with_the_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"
    page.focus("#question")
    page.keyboard.type("level 3, age 14, domestic abuse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?**")
    expect(page).to_have_url(address + ANSWER)
    assert "level 3" not in page.content().lower().split("<title>")[1].split("</title>")[0]
    page.close()


def test_paper_shows_what_is_folded_and_nothing_to_click(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + ANSWER)
    page.emulate_media(media="print")
    expect(page.locator("section[aria-labelledby=group-if-another-need] .item").first).to_be_visible()
    expect(page.locator("#group-if-another-need"), "its heading is printed as well").to_be_visible()
    expect(page.locator(".chips summary").first).to_be_attached()
    expect(page.locator(".chips summary").first).to_be_hidden()
    expect(page.locator("form").first).to_be_attached()
    expect(page.locator("form").first).to_be_hidden()
    expect(page.get_by_text("Remove", exact=False).first).to_be_attached()
    expect(page.get_by_text("Remove", exact=False).first).to_be_hidden()
    expect(page.get_by_text("call 999 now").first).to_be_visible()
    page.close()
