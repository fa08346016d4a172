"""The suite on paper: one page each for the menu of services, the thresholds and the stages, and what comes out of the printer."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from app.model import Directory
from app.web.paper import PrintedMenu

from .inspector import Page, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MENU, LEVELS, STAGES = "/services/print?area=warwickshire", "/levels/print", "/pathways/warwickshire/stages"
PAGES = {"list": "/print", "menu": MENU, "thresholds": LEVELS, "stages": STAGES}
WARNING = "Never use it to decide about a real child."


def contents(page: Page) -> list[tuple[str, str]]:
    """The links of the list of contents."""
    return [(words, address) for words, address in page.links() if address.startswith("#") and address != "#main"]


def test_the_list_names_every_part_of_an_area(real: Visitor) -> None:
    links = dict(real.get("/print?area=warwickshire").links())
    assert [links[name] for name in (
        "Menu of services in Warwickshire", "Thresholds for Services (2014)", "Thresholds for Services (2014), on one poster",
        "Stages of the pathway in Warwickshire", "Map of referral pathways in Warwickshire",
    )] == [
        "/services/print?area=warwickshire", "/levels/print?scheme=wscb-2014&area=warwickshire",
        "/levels/poster?scheme=wscb-2014&area=warwickshire", "/pathways/warwickshire/stages", "/pathways/warwickshire/print",
    ]  # fmt: skip
    for address in links.values():
        if address.startswith(("/services/print", "/levels/p", "/pathways/")):
            real.get(address)


def test_an_area_without_thresholds_says_so_and_has_the_rest(real: Visitor) -> None:
    page = real.get("/print?area=walsall")
    assert "No threshold scheme is recorded for Walsall." in page.text()
    assert "Menu of services in Walsall" in dict(page.links())


@pytest.mark.parametrize("path", ["/print", "/services/print"])
def test_an_area_that_does_not_exist_is_told_with_those_that_do(real: Visitor, path: str) -> None:
    page = real.get(f"{path}?area=warwikshire", 400)
    assert "There is no such area here" in page.text()
    assert ("Warwickshire", f"{path}?area=warwickshire") in page.links()
    real.get(f"{path}?area=%3Cscript%3E", 400)


def test_the_menu_holds_every_profile_of_the_area_and_of_no_other(real: Visitor, directory: Directory) -> None:
    page = real.get(MENU)
    told = [element.get("id") or "" for element in page.all("article")]
    area = directory.area_by_id["warwickshire"]
    assert sorted(told) == sorted(f"service-{service.slug}" for service in directory.services if service.area == area.id)
    assert [f"service-{service.slug}" for _, service in PrintedMenu(directory, area).services] == told
    assert {address for _, address in contents(page)} == {f"#{name}" for name in told}


def test_the_contents_number_the_profiles_and_find_them_by_need(real: Visitor, directory: Directory) -> None:
    menu = PrintedMenu(directory, directory.area_by_id["warwickshire"])
    numbers = {service.id: number for number, service in menu.services}
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    abuse = {need.id: [number for number, _ in services] for need, services in menu.by_need}["domestic-abuse"]
    assert abuse == [numbers["warwickshire/domestic-abuse-refuge"], numbers["warwickshire/domestic-abuse-support"]]
    text = real.get(MENU).text()
    assert f"Domestic abuse: {abuse[0]}, {abuse[1]}" in text
    assert f"{abuse[1]}. Domestic Abuse Support Service" in text


def test_a_printed_profile_says_all_that_its_page_says_first(real: Visitor) -> None:
    page = real.get(MENU)
    text = page.text(page.by_id("service-family-group-conferencing"))
    for words in (
        "Works with families of children up to 18", "Levels 2 to 4, self-declared", "Who can refer Referrals come through the CAF process",
        "Child protection plan (when: the child has a child protection plan)", "Not recorded: how to contact it",
        "£187,160 a year (whole service, a year)", "As at 18 October 2016, never checked since it was taken from the source",
        f"Warwickshire, as at October 2016. This is a demonstration on historic documents from 2011 to 2018. "
        f"Services, names and rules have changed since. {WARNING} If a child is in immediate danger, call 999 now.",
    ):  # fmt: skip
        assert words in text


def test_a_refuge_has_no_place_on_paper(real: Visitor) -> None:
    page = real.get(MENU)
    text = page.text(page.by_id("service-domestic-abuse-refuge"))
    assert "Where it is Withheld, to keep the people there safe" in text
    assert "Where it happens" not in text


def test_the_menu_for_the_public_holds_nothing_meant_for_staff(real: Visitor, directory: Directory) -> None:
    staff, public = real.get(MENU), real.get(f"/as/public{MENU}")
    assert "£187,160" in staff.html
    assert "£" not in public.html
    assert "Contract" not in public.text()
    assert "As the public sees it." in public.text()
    hidden = next(service for service in directory.services if service.audience != "public")
    assert hidden.name not in real.get(f"/as/public/services/print?area={hidden.area}").html


def test_the_thresholds_hold_every_level_and_every_descriptor(real: Visitor, directory: Directory) -> None:
    page = real.get(LEVELS)
    assert [element.get("id") for element in page.all("article")] == ["level-1", "level-2", "level-3", "level-4"]
    text = page.text()
    assert [one.text for one in directory.descriptors if re.sub(r"\s+", " ", one.text) not in text] == []
    assert text.count(WARNING) == 5, "at the top, and at the end of each level"
    assert "These are examples, not a test." in text
    assert "Historic" in text


def test_the_stages_hold_every_gateway_with_the_steps_that_lead_on(real: Visitor, directory: Directory) -> None:
    page = real.get(STAGES)
    there = {element.get("id") for element in page.all("article")}
    assert there == {f"stage-{each.id}" for each in directory.gateways if each.area == "warwickshire"}
    caf = page.text(page.by_id("stage-caf"))
    assert "Who decides The lead professional coordinates the assessment" in caf
    assert "Next up Children's social care, when:" in caf
    assert "Called later" in caf


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, real.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


BESIDE = "/shortlist?" + "&".join(
    f"service=warwickshire/{name}" for name in "family-group-conferencing domestic-abuse-support priority-families".split()
)
LOOKED_AT = {
    **PAGES, "beside": BESIDE, "for a family": BESIDE.replace("?", "/family?"), "for supervision": BESIDE.replace("?", "/supervision?")
}  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "fewest", "most"),
    [("menu", 30, 40), ("thresholds", 9, 12), ("stages", 9, 13), ("beside", 1, 2), ("for a family", 3, 3), ("for supervision", 3, 3)],
)
def test_the_number_of_sheets_is_sensible_and_every_sheet_is_a4(browser: Browser, address: str, name: str, fewest: int, most: int) -> None:
    page = browser.new_page()
    page.goto(address + LOOKED_AT[name])
    made = page.pdf(prefer_css_page_size=True).decode("latin-1")
    boxes = [sorted(round(float(part)) for part in box.split()[2:]) for box in re.findall(r"/MediaBox \[([^\]]+)\]", made)]
    assert fewest <= len(boxes) <= most
    assert all(abs(short - 595) <= 2 and abs(long - 842) <= 2 for short, long in boxes)
    page.close()


@pytest.mark.browser
def test_the_sheets_keep_the_warning_and_drop_what_is_to_click(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.emulate_media(media="print")
    for name in ("menu", "thresholds", "stages", "for a family", "for supervision"):
        page.goto(address + LOOKED_AT[name])
        expect(page.get_by_text(WARNING).last, name).to_be_visible()
        expect(page.locator(".screen-only, .not-on-paper, nav").locator("visible=true"), name).to_have_count(0)
    page.goto(address + BESIDE)
    expect(page.locator("table")).to_be_visible()
    expect(page.get_by_text("Remove").locator("visible=true")).to_have_count(0)
    page.close()


@pytest.mark.browser
def test_the_shortlist_is_a_table_on_a_screen_and_cards_on_a_phone(browser: Browser, address: str) -> None:
    for width, table in ((1280, True), (360, False)):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(address + BESIDE)
        expect(page.locator("table")).to_be_visible(visible=table)
        expect(page.locator(".beside-card").first).to_be_visible(visible=not table)
        page.close()


@pytest.mark.browser
def test_a_shortlist_is_made_from_an_answer_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/ask?need=domestic-abuse&level=3&age=14&area=warwickshire")
    page.get_by_label("Compare Domestic Abuse Support Service").check()
    page.get_by_role("button", name="Compare the ones I ticked").click()
    expect(page).to_have_url(f"{address}/shortlist?service=warwickshire%2Fdomestic-abuse-support")
    page.get_by_label("Service", exact=True).select_option("warwickshire/family-matters")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shortlist: 2 services side by side")
    page.get_by_role("link", name="Remove Family Matters").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Shortlist: 1 service")
    context.close()
