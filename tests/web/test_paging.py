"""A menu too long for one page: pages that keep the question, nothing twice and nothing left out, and none for what is short."""

from __future__ import annotations

import re

import pytest

from app.building import Opened
from app.index import Index, write_index
from app.model import Directory
from app.settings import Settings
from app.web import create_app
from app.web.menu import Section
from app.web.paging import A_PAGE, Paging, page_asked
from bench.generator import directory_of_size

from .inspector import Page, Visitor

MANY = 1000


@pytest.fixture(scope="module")
def large(directory: Directory, small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """A thousand made-up services in one area."""
    made = directory_of_size(directory, MANY)
    folder = tmp_path_factory.mktemp("large") / "index"
    write_index(made, folder)
    return Visitor(create_app(small_settings, Opened(made, Index(folder), "made up")), remember=True)


def names(page: Page) -> list[str]:
    return [page.text(element) for element in page.main.iter() if element.tag == "h4"]


def pages_from(site: Visitor, address: str) -> list[Page]:
    """Every page of a list, by following 'Next page' from the first."""
    found = [site.get(address)]
    while more := [to for words, to in found[-1].links(found[-1].main) if words == "Next page"]:
        found.append(site.get(more[0]))
    return found


def test_next_leads_through_every_service_once_in_the_order_of_the_whole_list(large: Visitor) -> None:
    pages = pages_from(large, "/services")
    assert len(pages) == MANY // A_PAGE
    listed = [name for page in pages for name in names(page)]
    data = large.json("/services.json")["areas"][0]
    whole = [service["name"] for service in data["services"] + data["may_fit"]]
    assert len(listed) == len(set(listed)) == MANY
    assert sorted(listed) == sorted(whole), "the twin has no pages"
    assert "1 to 100 of 1,000 services" in pages[0].text()
    assert "901 to 1,000 of 1,000 services" in pages[-1].text()


def test_a_heading_keeps_the_count_of_all_its_services_and_says_that_it_goes_on(large: Visitor) -> None:
    first, second = (large.get(address).headings("h3")[0] for address in ("/services", "/services?area=warwickshire&page=2"))
    count = re.search(r"\(([0-9]+)\)", first)
    assert count
    assert int(count[1]) > A_PAGE
    assert second == first + ", continued"


def test_the_question_and_the_shortlist_stay_in_the_address_and_a_filter_begins_anew(large: Visitor) -> None:
    kept = large.json("/services.json")["areas"][0]["services"][0]["id"]
    page = large.get(f"/services?area=warwickshire&level=3&shortlist={kept}&page=2")
    assert page.link("Previous page") == f"/services?area=warwickshire&level=3&shortlist={kept}"
    assert page.link("Next page") == f"/services?area=warwickshire&level=3&shortlist={kept}&page=3"
    assert "page=" not in next(address for words, address in page.links(page.main) if words.startswith("Remove Level"))
    assert not any(field.get("name") == "page" for field in page.all("input"))
    (here,) = [link for link in page.all("a") if link.get("aria-current") == "page" and "page=2" in link.get("href", "")]
    assert page.text(here) == "Page 2"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("99", "Page ‘99’ is not a page of this list; write a number from 1 to 10"),
        ("0", "Page ‘0’ is not a page of this list"),
        ("-1", "Page ‘-1’ is not a page of this list"),
        ("two", "Page ‘two’ is not a page of this list"),
        ("²", "is not a page of this list"),
        ("2&page=3", "Page ‘3’ is a second value; one page at a time can be shown"),
    ],
)
def test_a_page_that_is_not_there_is_named_and_the_first_is_shown(large: Visitor, asked: str, words: str) -> None:
    page = large.get(f"/services?page={asked}", 400)
    assert words in page.text()
    assert names(page) == names(large.get("/services"))


def test_a_list_that_fits_on_one_page_has_no_pages(real: Visitor, directory: Directory) -> None:
    page = real.get("/services?area=all")
    assert len(names(page)) == len(directory.services) <= A_PAGE
    assert not any(element.get("aria-label") == "Pages of this list" for element in page.all("nav"))
    assert "it has only one" in real.get("/services?area=all&page=2", 400).text()


@pytest.mark.parametrize(
    ("number", "last", "told"),
    [
        (1, 1, [1]), (1, 2, [1, 2]), (1, 10, [1, 2, 0, 10]), (3, 10, [1, 2, 3, 4, 0, 10]), (5, 10, [1, 0, 4, 5, 6, 0, 10]),
        (10, 10, [1, 0, 9, 10]),
    ],
)  # fmt: skip
def test_pages_are_named_near_this_one_and_at_both_ends(number: int, last: int, told: list[int]) -> None:
    assert Paging(number, last * A_PAGE, str).numbers == told


def test_an_empty_list_has_one_page_and_a_section_that_is_whole_counts_itself() -> None:
    assert page_asked(["1"], 0, str) == (Paging(1, 0, str), [])
    assert Section("In use", ()).count == 0
