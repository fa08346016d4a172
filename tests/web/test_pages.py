"""Each kind of page, and every link on the site."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit

import pytest

from app.model import Directory

from .inspector import Page, Visitor

ONE_OF_EACH = [
    "/", "/services", "/services?area=all", "/services/warwickshire/domestic-abuse-support", "/services/walsall/fdac",
    "/services/leeds/baby-steps", "/levels", "/levels/1", "/levels/2", "/levels/3", "/levels/4", "/themes", "/themes/domestic-abuse",
    "/pathways", "/pathways/warwickshire", "/pathways/walsall", "/pathways/leeds", "/pathways/warwickshire/caf", "/programmes",
    "/programmes/family-group-conferencing", "/examples", "/examples/worked-case-sam", "/glossary", "/sources", "/about", "/privacy",
    "/content-health", "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire", "/ask?level=3",
    "/ask?age=unborn", "/ask?word=brokerage",
]  # fmt: skip


@pytest.mark.parametrize("path", ONE_OF_EACH)
def test_every_kind_of_page_passes_the_inspection(real: Visitor, path: str) -> None:
    page = real.get(path)
    assert "not recorded" not in page.h1.lower()
    assert "demonstration on historic documents" in page.text(page.root)


def test_no_link_on_the_small_site_is_dead(small: Visitor) -> None:
    _crawl(small, ["/"], limit=400)


def test_no_link_from_the_main_pages_of_the_real_content_is_dead(real: Visitor) -> None:
    pages = {path: real.get(path) for path in ONE_OF_EACH}
    known: dict[str, int] = {}
    for path, page in pages.items():
        for words, address in page.links():
            target = urldefrag(address).url
            if target.startswith("/") and target not in known:
                known[target] = real.client.get(target).status_code
            assert known.get(target, 200) in (200, 303), f"{path}: '{words}' leads to {address}"


def _crawl(visitor: Visitor, start: list[str], limit: int) -> None:
    """Visit every page that can be reached; each place that a link names is on its page."""
    waiting = list(start)
    seen: dict[str, Page | None] = {}
    wanted: set[tuple[str, str]] = set()
    while waiting and len(seen) < limit:
        path = waiting.pop()
        if path in seen:
            continue
        if re.search(r"\.[a-z]+$", path.partition("?")[0]):  # a twin or a file
            visitor.raw(path)
            seen[path] = None
            continue
        page = visitor.get(path)
        seen[path] = page
        for _, address in page.links():
            target, place = urldefrag(address)
            target = target or path
            if urlsplit(target).netloc or not target.startswith("/"):
                continue
            if place:
                wanted.add((target, place))
            if target not in seen and _worth_a_visit(target):
                waiting.append(target)
    for target, place in wanted:
        found = seen.get(target)
        assert not isinstance(found, Page) or found.has_id(place), f"no place '{place}' on {target}"


def _worth_a_visit(address: str) -> bool:
    """Questions lead to questions without end: those with more than two pieces are left out."""
    return len(re.findall(r"[?&](?!area)", address)) <= 2


def test_the_first_page_says_what_this_is_and_offers_both_ways_to_ask(real: Visitor, directory: Directory) -> None:
    page = real.get("/")
    text = page.text()
    assert directory.site.strapline in text
    for area in directory.site.areas:
        assert f"{area.name} as at {area.as_at}" in text
    assert "For example: level 3, age 14, domestic abuse. Do not enter names, dates of birth or addresses." in text
    (form,) = page.all("form")
    assert (form.get("action"), form.get("method")) == ("/ask", "post"), "one form, one button: the first answer is one action away"
    assert set(page.options("pick-level")) == {"", "1", "2", "3", "4"}
    assert len(page.options("pick-age")) == 1 + 27
    assert set(page.options("pick-need")) == {"", *directory.need_by_id}
    themes = {need.theme for need in directory.vocabulary.needs}
    assert {words for words, _ in page.links(page.section("themes"))} == themes


def test_the_first_page_has_three_doors_the_levels_and_what_is_overdue(real: Visitor) -> None:
    page = real.get("/")
    assert [address for _, address in page.links(page.section("look"))] == ["/pathways", "/levels", "/gaps", "/services"]
    assert {f"/levels/{number}" for number in range(1, 5)} <= {address for _, address in page.links(page.section("levels"))}
    assert "overdue for review" in page.text(page.section("overdue"))


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ({"q": "", "level": "3", "age": "14", "need": "domestic-abuse"}, "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"),
        ({"q": "domestic abuse in Walsall", "age": "14"}, "/ask?need=domestic-abuse&age=14&area=walsall"),
        ({"q": "level 2 parenting", "level": "3", "area": "leeds"}, "/ask?need=parenting&level=2-3&area=leeds"),
        ({"q": "", "age": "unborn"}, "/ask?age=unborn&area=warwickshire"),
    ],
)
def test_words_and_choices_are_asked_together(real: Visitor, sent: dict[str, str], address: str) -> None:
    response = real.client.post("/ask", data=sent)
    assert (response.status_code, response.headers["Location"]) == (303, address.replace("level=2-3", "level=2&level=3"))


def test_a_choice_that_is_none_is_told(real: Visitor) -> None:
    assert "Level ‘9’ is not a level; the levels are 1, 2, 3, 4" in real.post("/ask", {"q": "neglect", "level": "9"}, 400).text()


def test_programmes_examples_terms_and_sources_are_all_listed(real: Visitor, directory: Directory) -> None:
    programmes = {address for _, address in real.get("/programmes").links()}
    assert {f"/programmes/{programme.id}" for programme in directory.programmes} <= programmes
    examples = {address for _, address in real.get("/examples").links()}
    assert {f"/examples/{example.id}" for example in directory.examples} <= examples
    glossary = real.get("/glossary").text()
    assert all(term.term in glossary for term in directory.glossary)
    sources = real.get("/sources")
    assert all(sources.has_id(source.id) for source in directory.sources)


def test_a_made_up_case_says_so(real: Visitor, directory: Directory) -> None:
    for example in directory.examples:
        if example.kind == "worked case":
            assert "This case is made up." in real.get(f"/examples/{example.id}").text()


def test_a_programme_shows_its_evidence_figures_and_who_uses_it(real: Visitor, directory: Directory) -> None:
    for programme in directory.programmes:
        page = real.get(f"/programmes/{programme.id}")
        text = page.text()
        for line in programme.evidence:
            assert line in text
        for fact in programme.facts:
            assert fact.what in text
            assert fact.value in text
        users = [service for service in directory.services if programme.id in service.programmes]
        addresses = {address for _, address in page.links()}
        assert {f"/services/{service.id}" for service in users} <= addresses
        if not programme.rating:
            assert "Not assessed in the sources" in text


def test_an_example_shows_its_figures(real: Visitor, directory: Directory) -> None:
    for example in directory.examples:
        text = real.get(f"/examples/{example.id}").text()
        for fact in example.facts:
            assert fact.what in text
            assert fact.value in text


def test_the_about_page_publishes_the_rules(real: Visitor, directory: Directory) -> None:
    page = real.get("/about")
    text = page.text()
    assert "There is no hidden score" in text
    assert "Its wording is a draft" in text
    for words in ("Directly", "With the family", "Through a parent", "On a condition", "Not recorded", "Nearly"):
        assert words in [page.text(cell) for cell in page.all("th")]
    for card in directory.vocabulary.alerts:
        if card.grade != "none":
            assert card.heading in text


def test_the_privacy_page_says_what_becomes_of_words(real: Visitor) -> None:
    text = real.get("/privacy").text()
    assert "Nothing that is typed as a question is stored or logged" in text
    assert "There are no cookies" in text


def test_every_template_can_be_compiled(real: Visitor) -> None:
    """Most are compiled when they are first shown; none may be found broken then."""
    environment = real.app.jinja_env
    assert all(environment.get_template(name) for name in environment.list_templates(extensions=["html"]))


def test_a_file_that_has_not_changed_is_not_sent_again(real: Visitor) -> None:
    first = real.raw("/static/icon.svg")
    again = real.client.get("/static/icon.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"]


def test_the_stylesheet_may_be_kept_for_long_and_changes_its_address(real: Visitor) -> None:
    page = real.get("/")
    style = next(link.get("href", "") for link in page.all("link") if link.get("rel") == "stylesheet")
    response = real.raw(style)
    assert response.mimetype == "text/css"
    assert "immutable" in response.headers["Cache-Control"]
    assert "url(" not in response.get_data(as_text=True), "the stylesheet fetches nothing"
