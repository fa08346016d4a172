"""The script is help only: without it everything works, with it the box suggests, and nothing typed leaves before it is asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.model import Directory
from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ANSWER = "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


@pytest.fixture
def with_script(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_the_whole_site_works_without_a_script(without_script: Page, address: str) -> None:
    """Ask in words, change, narrow, unfold, read a profile, find the way there, look at levels, menu, gaps: by links and forms alone."""
    page = without_script
    page.goto(address)
    page.fill("#question", "level 3, age 14, domestic abuse")
    page.get_by_role("button", name="Show what fits").click()
    expect(page).to_have_url(address + ANSWER)
    expect(page.get_by_role("button", name="Print", include_hidden=True).first).to_be_attached()
    expect(page.get_by_role("button", name="Print", include_hidden=True), "what needs a script is not offered without one").to_be_hidden()
    folded = page.locator("#group-related")
    expect(page.locator("section[aria-labelledby=group-related] .item").first).to_be_attached()
    expect(page.locator("section[aria-labelledby=group-related] .item").first).to_be_hidden()
    folded.click()
    expect(page.locator("section[aria-labelledby=group-related] .item").first).to_be_visible()
    page.get_by_text("Change Age 14").click()
    page.select_option("#pick-age", "5")
    page.locator("form:has(#pick-age) button").click()
    expect(page).to_have_url(re.compile("age=5"))
    assert sorted(page.url.partition("?")[2].split("&")) == sorted(ANSWER.replace("14", "5").partition("?")[2].split("&"))
    page.select_option("#narrow-received", "family")
    page.get_by_role("button", name="Narrow").click()
    expect(page).to_have_url(re.compile("&received=family$"))
    page.get_by_role("link", name="Remove Received by: The family").click()
    page.get_by_role("link", name="Remove Level 3").click()
    expect(page).not_to_have_url(re.compile("level="))
    page.goto(address + "/services/warwickshire/family-matters")
    page.get_by_role("button", name="Show the ways").click()
    expect(page).to_have_url(re.compile(r"/journey\?"))
    page.goto(address + "/services")
    page.select_option("#filter-level", "3")
    page.get_by_role("button", name="Show services").click()
    expect(page).to_have_url(re.compile("level=3"))
    for path, words in (("/levels/3", "Level 3"), ("/themes/neglect", "Neglect"), ("/pathways/warwickshire", "Warwickshire")):
        page.goto(address + path)
        expect(page.locator("h1")).to_contain_text(words)
    page.goto(address)
    page.select_option("#pick-need", "fgm")
    page.get_by_role("button", name="Show what fits").click()
    expect(page, "choosing needs no words").to_have_url(address + "/ask?need=fgm&area=warwickshire")


@pytest.mark.browser
def test_the_box_suggests_and_is_steered_by_keyboard(with_script: Page, address: str) -> None:
    page, asked = with_script, list[str]()
    page.goto(address, wait_until="networkidle")
    page.on("request", lambda request: asked.append(request.url))
    box = page.get_by_role("combobox", name="Describe the need")
    box.press_sequentially("level 3, domes")
    options = page.locator("#suggestions [role=option]")
    options.first.wait_for()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options.first).to_contain_text("Domestic abuse")
    expect(page.locator("[role=status].hidden")).to_contain_text("suggestion")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("level 3, Domestic abuse, ")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page, "Enter on a suggestion takes it and does not ask yet").to_have_url(address + "/")
    assert len(asked) == 1, "the words to suggest are fetched once, and nothing else is"
    assert "/suggestions.json?v=" in asked[0]
    box.press_sequentially("schoo")
    options.first.wait_for()
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box, "Escape closes the list and keeps the words").to_have_value(re.compile("schoo$"))
    box.fill("level 3, age 14, dv")
    box.press("Enter")
    page.wait_for_url("**/ask?**")
    expect(page).to_have_url(address + ANSWER)


@pytest.mark.browser
def test_a_suggestion_is_taken_by_pointer_and_only_services_of_the_chosen_area_are_offered(with_script: Page, address: str) -> None:
    page = with_script
    page.goto(address)
    page.select_option("#pick-area", "walsall")
    box = page.locator("#question")
    box.press_sequentially("family group")
    kinds = page.locator("#suggestions [role=option]")
    kinds.first.wait_for()
    kinds.first.click()
    expect(box).to_have_value(re.compile(", $"))
    page.get_by_role("button", name="Show what fits").click()
    expect(page).to_have_url(re.compile("area=walsall"))


@pytest.mark.browser
def test_copy_and_print_are_offered_by_script(with_script: Page, address: str) -> None:
    page = with_script
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(address + ANSWER)
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address + ANSWER
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", ANSWER, "/services", "/services/warwickshire/family-matters", "/levels/3"])
def test_nothing_moves_while_a_page_loads(with_script: Page, address: str, path: str) -> None:
    page = with_script
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(each => { window.moved += each.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(address + path, wait_until="networkidle")
    assert page.evaluate("window.moved") == 0


def test_every_need_that_is_suggested_is_understood_when_it_is_asked(real: Visitor, directory: Directory) -> None:
    told = json.loads(real.raw("/suggestions.json").get_data(as_text=True))
    needs = {entry[0]: entry for entry in told["entries"] if entry[1] == 0}
    assert set(needs) == {need.label for need in directory.vocabulary.needs}
    for need in directory.vocabulary.needs:
        assert f"need={need.id}" in real.ask(need.label), need.label


def test_the_words_to_suggest_are_a_small_file_that_is_kept(real: Visitor) -> None:
    page = real.get("/")
    address = next(field.get("data-suggestions", "") for field in page.all("input") if field.get("data-suggestions"))
    response = real.raw(address)
    assert "immutable" in response.headers["Cache-Control"]
    assert len(response.get_data()) < 40_000
