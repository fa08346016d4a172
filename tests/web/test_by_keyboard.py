"""A whole visit without a mouse: ask, answer, service, journey, table of gaps, the list behind a cell. With a script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

MOST_STOPS = 150


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on what the selector names, as a person does."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    pytest.fail(f"{MOST_STOPS} stops on {page.url}, and none is {wanted}")


def follow(page: Page, wanted: str, leads_to: str) -> str:
    """Go to a link by Tab and follow it by Enter; the heading of the page that comes."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to)
    return page.inner_text("h1")


@pytest.mark.parametrize("with_script", [True, False], ids=["with a script", "without a script"])
def test_from_a_question_to_the_list_behind_a_cell_without_a_mouse(browser: Browser, address: str, with_script: bool) -> None:
    context = browser.new_context(java_script_enabled=with_script, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    tab_to(page, "#question")
    page.keyboard.type("level 3, age 14, domestic abuse")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask?need=domestic-abuse&level=3&age=14&area=warwickshire")
    tab_to(page, "section[aria-labelledby=group-related] summary")
    page.keyboard.press("Enter")
    assert follow(page, "a[href='/services/warwickshire/family-matters']", "**/services/warwickshire/family-matters") == "Family Matters"
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    assert follow(page, "main a[href^='/journey']", "**/journey?**") == "From School to Family Matters"
    expect(page.locator("main ol li").first).to_be_visible()
    assert follow(page, "nav a[href='/gaps']", "**/gaps**") == "Where is provision thin?"
    tab_to(page, "a[href^='/gaps/cell?'][href*='level=3']")
    counted = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gaps/cell?**level=3**")
    listed = page.locator("main a[href^='/services/warwickshire/']").count()
    assert listed == sum(map(int, re.findall(r"\d+", counted.partition(": ")[2]))) > 0, "the cell counts what is in the list behind it"
    tab_to(page, "main a[href^='/services/warwickshire/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/services/warwickshire/**")
    expect(page.get_by_text("Can I refer?").first).to_be_visible()
    context.close()
