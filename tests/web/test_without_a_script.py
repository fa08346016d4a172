"""Without JavaScript: every kind of page can be read and used, and the walks of a working day are whole, by links and forms alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pictures.kinds import KINDS, Kind
from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

DEAD = """() => {
  const seen = part => part.checkVisibility({visibilityProperty: true}) && part.getBoundingClientRect().width > 0;
  const alone = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter(part => seen(part) && ![...(part.form?.elements ?? [])].some(each => each.type === "submit"));
  const idle = [...document.querySelectorAll("button")].filter(part => seen(part) && (part.type !== "submit" || !part.form));
  const nowhere = [...document.querySelectorAll("main a")].filter(part => seen(part) && !part.getAttribute("href"));
  const unseen = [...document.querySelectorAll("main h1, main h2")].filter(part => !seen(part) && !part.closest("details")
    && !part.matches(".hidden, .print-only *, .for-narrow *, .for-wide *"));
  return [...alone, ...idle, ...nowhere, ...unseen].map(part => part.outerHTML.slice(0, 100)) }"""
"""Controls that no form would send, buttons and links that do nothing, and headings of parts that only a script would open."""


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_page_can_be_read_and_used(page: Page, address: str, kind: Kind) -> None:
    answered = page.goto(address + kind.path)
    assert answered is not None
    assert answered.status == kind.status
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(".{100}", re.DOTALL))
    assert page.evaluate(DEAD) == []
    for part in page.locator("main details:not([open]) > summary").element_handles()[:2]:
        if part.is_visible():
            part.click()
            assert part.evaluate("part => part.parentElement.open")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_from_a_question_to_a_sheet_of_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#question", "level 3, age 14, domestic abuse")
    press(page, "Show what fits")
    page.get_by_label("Compare Domestic Abuse Refuge Service").check()
    page.get_by_role("link", name="Domestic Abuse Support Service", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Domestic Abuse Support Service")
    expect(page.get_by_role("heading", name="Can I refer?")).to_be_visible()
    page.go_back()
    page.get_by_label("Compare Domestic Abuse Refuge Service").check()
    page.get_by_label("Compare Domestic Abuse Support Service").check()
    press(page, "Compare the ones I ticked")
    expect(page.locator("h1")).to_have_text("Shortlist: 2 services side by side")
    page.select_option("#add-service", label="Family Matters")
    press(page, "Add it")
    expect(page.locator("h1")).to_have_text("Shortlist: 3 services side by side")
    page.get_by_role("link", name="Remove Domestic Abuse Refuge Service").first.click()
    expect(page.locator("h1")).to_have_text("Shortlist: 2 services side by side")
    page.get_by_role("link", name="One sheet each for a family").click()
    expect(page.locator("article.family-sheet")).to_have_count(2)
    page.go_back()
    page.get_by_role("link", name="One sheet each for supervision").click()
    expect(page.locator("article h2")).to_have_text(["Domestic Abuse Support Service", "Family Matters"])
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2, "a sheet each"


def test_a_problem_is_reported_and_its_receipt_read(page: Page, address: str) -> None:
    page.goto(f"{address}/services/warwickshire/family-matters")
    page.get_by_role("link", name="Report a problem with this page").click()
    page.get_by_label("The contact is wrong or missing").check()
    page.fill("#text", "Ring 01632 960001")
    press(page, "Send the report")
    expect(page.get_by_text("what looks like a telephone number").first).to_be_visible()
    expect(page.locator("#text"), "the words are given back to be mended").to_have_value("Ring 01632 960001")
    page.fill("#text", "No way to reach it is given")
    press(page, "Send the report")
    page.wait_for_url("**/reports/*")
    reference = page.url.rpartition("/")[2]
    expect(page.locator("main")).to_contain_text(reference)
    page.goto(f"{address}/content-health")
    expect(page.get_by_text("No way to reach it is given")).to_be_visible()


def test_a_commissioner_narrows_the_matrix_and_opens_what_is_behind_a_number(page: Page, address: str) -> None:
    page.goto(f"{address}/gaps")
    page.select_option("#gap-need", "domestic-abuse")
    page.get_by_text("More choices").click()
    page.select_option("#gap-area", "warwickshire")
    press(page, "Show")
    expect(page).to_have_url(re.compile("need=domestic-abuse"))
    page.locator("main a[href^='/gaps/cell?'][href*='level=3']").first.click()
    services = page.locator("main a[href^='/services/warwickshire/']")
    expect(services.first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Remove Need: Domestic abuse").click()
    expect(page).not_to_have_url(re.compile("need="))


def test_an_abbreviation_is_looked_up(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("navigation").get_by_role("link", name="Glossary").click()
    expect(page.locator("h1")).to_have_text("Glossary")
    expect(page.get_by_text("Common Assessment Framework").first).to_be_visible()
