"""The pages about levels in a real browser: accessibility, narrow screens, and what comes out of the printer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pictures.served import served

from .inspector import Visitor
from .test_by_keyboard import tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from app.model import Directory

pytestmark = pytest.mark.browser

NOTE = (
    "/compare?need=domestic-abuse&seen=3-child-has-witnessed-domestic-abuse&seen=4-child-is-witnessing-domestic-abuse"
    "&seen=3-mental-health-issues&seen=1-physically-well"
)

LONG_NOTE = f"{NOTE}&seen=" + "&seen=".join(
    "2-poor-level-of-personal-hygiene 2-limited-support-from-family-and-friends 3-self-harming 4-parents-unable-to-keep-the-child-safe "
    "1-good-quality-early-attachments 1-able-to-adapt-to-change".split()
)
"""Ten ticks at all four levels, with a card: as much as anybody takes to supervision."""

PAGES = {
    "windscreen": "/levels",
    "level": "/levels/3",
    "poster": "/levels/poster",
    "unanswered": "/levels/unanswered",
    "themes": "/themes",
    "ladder": "/themes/domestic-abuse",
    "descriptor": "/descriptors/3-child-has-witnessed-domestic-abuse",
    "compare": "/compare?need=domestic-abuse",
    "note": NOTE,
    "long note": LONG_NOTE,
    "not here": "/themes/nope",
}


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


def test_one_drawing_is_shown_at_a_time(browser: Browser, address: str) -> None:
    for width, wide in ((360, False), (1280, True)):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(address + "/levels")
        expect(page.locator(".for-wide svg")).to_be_visible(visible=wide)
        expect(page.locator(".for-narrow svg")).to_be_visible(visible=not wide)
        page.close()


def test_every_word_of_the_drawing_is_inside_it(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "/levels")
    outside = page.evaluate(
        """() => { const whole = document.querySelector('.for-wide svg').getBoundingClientRect();
        return [...document.querySelectorAll('.for-wide svg text')].filter(text => { const box = text.getBoundingClientRect();
          return box.left < whole.left || box.right > whole.right || box.top < whole.top || box.bottom > whole.bottom })
          .map(text => text.textContent) }"""
    )
    assert outside == []
    page.close()


def test_a_segment_can_be_reached_and_followed_with_the_keyboard(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + "/levels")
    tab_to(page, ".for-wide a.segment[href$='/levels/3']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "/levels/3")
    expect(page.locator("h1")).to_have_text("Level 3: Complex needs")
    page.close()


def test_the_note_is_made_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/compare?need=domestic-abuse")
    page.get_by_label("Child has witnessed domestic abuse").check()
    page.get_by_label("Child is witnessing domestic abuse").check()
    page.get_by_role("button", name="Make the note").click()
    expect(page.get_by_text("You picked 1 at level 3 and 1 at level 4.")).to_be_visible()
    assert page.url.endswith(
        "/compare?need=domestic-abuse&seen=3-child-has-witnessed-domestic-abuse&seen=4-child-is-witnessing-domestic-abuse"
    )
    context.close()


A4, A4_ACROSS, A3_ACROSS = (595, 842), (842, 595), (1191, 842)


@pytest.mark.parametrize(
    ("name", "size", "most"),
    [("level", A4, 5), ("poster", A3_ACROSS, 1), ("ladder", A4_ACROSS, 1), ("note", A4, 1), ("long note", A4, 1), ("windscreen", A4, 2)],
)
def test_the_paper_is_of_the_right_size_and_not_too_many_sheets(
    browser: Browser, address: str, tmp_path: Path, name: str, size: tuple[int, int], most: int
) -> None:
    page = browser.new_page()
    page.goto(address + PAGES[name])
    made = page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    boxes = [tuple(round(float(part)) for part in box.split()[2:]) for box in re.findall(r"/MediaBox \[([^\]]+)\]", made.decode("latin-1"))]
    assert boxes, "no page was printed"
    assert all(abs(wide - size[0]) <= 2 and abs(high - size[1]) <= 2 for wide, high in boxes), boxes
    assert len(boxes) <= most
    page.close()


def test_the_longest_ladder_takes_two_sheets_and_names_its_levels_again_on_the_second(
    browser: Browser, address: str, tmp_path: Path, directory: Directory
) -> None:
    def descriptors(need: str) -> int:
        counted = [0] * 6
        for one in directory.descriptors:
            counted[one.level] += need in one.needs
        return max(counted)

    longest = max((need.id for need in directory.vocabulary.needs), key=descriptors)
    page = browser.new_page()
    page.goto(f"{address}/themes/{longest}")
    made = page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    assert len(re.findall(r"/MediaBox \[", made.decode("latin-1"))) <= 2
    page.emulate_media(media="print")
    tops = page.eval_on_selector_all(".helps", "parts => parts.map(part => Math.round(part.getBoundingClientRect().top))")
    assert len(tops) == 4
    assert len(set(tops)) == 1, "ways in and services begin at the same height at every level"
    heads = page.eval_on_selector_all(".helps h4:first-child", "heads => heads.map(head => head.innerText)")
    assert heads == [f"Way in at level {level}" for level in (1, 2, 3, 4)]
    page.close()


@pytest.mark.parametrize("name", ["level", "poster", "ladder", "note", "windscreen"])
def test_every_sheet_says_that_the_content_is_historic_and_decides_nothing(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(address + PAGES[name])
    expect(page.get_by_text("Never use it to decide about a real child.")).to_be_visible()
    historic = page.get_by_text(", historic.") if name == "note" else page.get_by_text("Historic", exact=True)
    expect(historic.first).to_be_visible()
    page.close()


def test_the_rim_grows_denser_to_the_right_in_light_and_dark(browser: Browser, address: str) -> None:
    for scheme, faint in (("light", False), ("dark", True)):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address + "/levels")
        shade = page.eval_on_selector(".for-wide .segment-colour", "path => Number(getComputedStyle(path).fillOpacity)")
        assert (shade < 0.5) == faint, "on dark paper a pale colour must not outshine the lines that tell the levels apart"
        steps = page.eval_on_selector_all(".for-wide pattern", "all => all.map(one => one.width.baseVal.value)")
        assert steps == sorted(steps, reverse=True)
        page.close()


def test_paper_keeps_the_grave_words_the_source_and_room_to_write_and_drops_what_is_to_click(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(address + NOTE)
    expect(page.get_by_text("What the child says, and what the family says and wants")).to_be_visible()
    expect(page.get_by_text("Thresholds for Services (2014)").last).to_be_visible()
    expect(page.get_by_text("Could a child come to serious harm?")).to_be_visible()
    expect(page.locator("form").first).to_be_attached()
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator(".brand svg"), "the mark stands on paper too").to_be_visible()
    page.goto(address + NOTE.partition("&seen")[0])
    expect(page.get_by_text("Child has witnessed domestic abuse").first, "what is compared can be ticked on paper").to_be_visible()
    expect(page.locator("button").first).to_be_attached()
    expect(page.locator("button").first).to_be_hidden()
    page.goto(address + "/levels/poster")
    expect(page.locator("main").get_by_text("call 999 now")).to_be_visible()
    expect(page.get_by_text("Whom to ask")).to_be_visible()
    page.goto(address + "/levels/3")
    expect(page.get_by_text("How to get help at level 3")).to_be_visible()
    expect(page.locator(".on-page").first).to_be_attached()
    expect(page.locator(".on-page")).to_be_hidden()
    page.close()
