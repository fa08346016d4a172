"""The commissioners' pages in a real browser: four sheets of paper, and a question with the keyboard. See also test_proof.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


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
    page.goto(address + "/gaps?need=domestic-abuse&area=warwickshire")
    page.emulate_media(media="print")
    expect(page.locator("table.matrix")).to_be_visible()
    expect(page.locator("#rules")).to_be_visible()
    expect(page.locator("#sources")).to_be_visible()
    expect(page.locator("form").first).to_be_attached()
    expect(page.locator("form").first).to_be_hidden()
    expect(page.locator(".gap-nav").first).to_be_attached()
    expect(page.locator(".gap-nav")).to_be_hidden()
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
    expect(page.get_by_text("Without Family Matters").first).to_be_visible()
    context.close()
