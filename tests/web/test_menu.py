"""The menu of services: each number on it is what choosing it gives, and areas are never mixed."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from app.model import Directory

from .inspector import Page, Visitor

FILTERS = ("area", "level", "age", "need", "recipient", "gateway", "status")

STARTS: list[dict[str, str]] = [
    {},
    {"level": "3"},
    {"area": "all", "age": "14"},
    {"area": "walsall", "recipient": "family"},
    {"need": "domestic-abuse", "status": "in-use"},
    {"area": "leeds", "level": "not-recorded"},
    {"gateway": "caf", "age": "unborn"},
]


def listed(page: Page) -> list[str]:
    """The services on the page that certainly fit, in order."""
    found: list[str] = []
    sure = True
    for element in page.main.iter():
        if element.tag == "h3":
            sure = not page.text(element).startswith("May fit")
        elif element.tag == "h4" and sure:
            found += [address.removeprefix("/services/") for _, address in page.links(element)]
    return found


def with_counts(page: Page, name: str) -> dict[str, int]:
    """The options of a filter and the numbers beside them."""
    counts = {}
    for value, words in page.options(f"filter-{name}").items():
        match = re.search(r"\((\d+)\)$", words)
        if value:
            assert match, f"no number beside '{words}'"
            counts[value] = int(match.group(1))
    return counts


@pytest.mark.parametrize("start", STARTS, ids=str)
@pytest.mark.parametrize("name", FILTERS)
def test_choosing_an_option_gives_as_many_services_as_the_number_beside_it(real: Visitor, start: dict[str, str], name: str) -> None:
    page = real.get(f"/services?{urlencode(start)}" if start else "/services")
    for value, count in with_counts(page, name).items():
        chosen = {**start, name: value}
        if name == "area" and "gateway" in start and value != start.get("area", "warwickshire"):
            continue  # a way in belongs to its area: see the test of that
        data = real.json(f"/services.json?{urlencode(chosen)}")
        assert data["count"] == count, f"{chosen}"
        assert sum(len(area["services"]) for area in data["areas"]) == count


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_page_and_its_twin_list_the_same(real: Visitor, start: dict[str, str]) -> None:
    query = urlencode(start)
    page = real.get(f"/services?{query}" if query else "/services")
    data = real.json(f"/services.json?{query}" if query else "/services.json")
    assert sorted(listed(page)) == sorted(service["id"] for area in data["areas"] for service in area["services"])
    assert page.text().count(f"{data['count']} service") >= 1


def test_without_a_choice_it_shows_the_default_area_and_no_other(real: Visitor, directory: Directory) -> None:
    page = real.get("/services")
    here = {service.id for service in directory.services if service.area == directory.site.default_area}
    assert set(listed(page)) == here
    assert page.selected("filter-area") == directory.site.default_area


def test_all_areas_stand_under_their_own_headings(real: Visitor, directory: Directory) -> None:
    page = real.get("/services?area=all")
    for area in directory.site.areas:
        section = page.section(f"area-{area.id}")
        services = {address.split("/")[2] for _, address in page.links(section) if address.startswith("/services/")}
        assert services == {area.id}
    assert len(listed(page)) == len(directory.services)


def test_what_is_not_recorded_is_listed_last_and_never_dropped(real: Visitor, directory: Directory) -> None:
    data = real.json("/services.json?level=3")
    unknown = {service.id for service in directory.services if service.area == "warwickshire" and not service.levels}
    assert {service["id"] for area in data["areas"] for service in area["may_fit"]} == unknown
    page = real.get("/services?level=3")
    assert page.headings("h3")[-1].startswith("May fit: the source does not say")


def test_services_in_use_stand_before_older_ones(real: Visitor, directory: Directory) -> None:
    ids = listed(real.get("/services"))
    in_use = [directory.service_by_id[name].is_running for name in ids]
    assert in_use == sorted(in_use, reverse=True)


def test_a_chosen_filter_can_be_removed(real: Visitor) -> None:
    page = real.get("/services?level=3&age=14&area=warwickshire")
    removals = {words: address for words, address in page.links() if words.startswith("Remove ")}
    assert set(removals) == {"Remove Level: Level 3: Complex needs", "Remove Child’s age: 14 years"}
    assert removals["Remove Child’s age: 14 years"] == "/services?area=warwickshire&level=3"


def test_filters_left_open_are_left_out_of_the_address(real: Visitor) -> None:
    response = real.raw("/services?area=leeds&level=&age=&need=&recipient=&gateway=&status=", 303)
    assert response.headers["Location"] == "/services?area=leeds"


@pytest.mark.parametrize(
    ("area", "words"), [("walsall", "is not a way in recorded for Walsall"), ("all", "belongs to one area: choose the area")]
)
def test_a_way_in_belongs_to_its_area(real: Visitor, area: str, words: str) -> None:
    page = real.get(f"/services?gateway=caf&area={area}", 400)
    assert f"Gateway ‘caf’ {words}" in page.text()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("level=9", "Level ‘9’ is not one of the choices here"),
        ("age=abc", "Age ‘abc’ is not one of the choices here; write whole years from 0 to 25, or 'unborn'"),
        ("age=200", "Age ‘200’ is not one of the choices here"),
        ("need=domestic-abus", "did you mean 'domestic-abuse'?"),
        ("area=atlantis", "Area ‘atlantis’ is not one of the choices here"),
        ("status=fine", "Status ‘fine’ is not one of the choices here"),
        ("recipient=dog", "Recipient ‘dog’ is not one of the choices here"),
        ("gateway=nowhere", "Gateway ‘nowhere’ is not a way in recorded for Warwickshire"),
        ("colour=red", "Colour is not a filter; the filters are area, level"),
        ("level=2&level=3", "is a second value; one at a time can be chosen"),
        ("level=%3Cscript%3E", "Level ‘?script?’ is not one of the choices here"),
        ("need=%27;DROP%20TABLE%20service", "is not one of the choices here"),
        ("need=" + "x" * 5000, "is not one of the choices here"),
    ],
)
def test_a_wrong_filter_is_named_with_what_is_allowed_and_the_others_are_kept(real: Visitor, query: str, words: str) -> None:
    page = real.get(f"/services?recipient=family&{query}" if "recipient" not in query else f"/services?level=3&{query}", 400)
    assert words in page.text(page.by_id("problem-title")) + page.text(page.all("main")[0])
    assert page.headings()[0] == "There is a problem"
    assert any(text.startswith("Remove ") for text, _ in page.links()), "the other filter is kept"
    data = real.json(f"/services.json?{query}", 400)
    assert data["problems"]


def test_each_line_says_what_a_reader_needs_to_choose(real: Visitor, directory: Directory) -> None:
    text = real.get("/services?area=all").text()
    for service in directory.services:
        assert service.name in text
        assert service.summary in text
