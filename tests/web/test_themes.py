"""Theme ladders, the list of themes, descriptors, and the ways to them from profiles, answers and searches."""

from __future__ import annotations

import csv
import io
import re

import pytest

from app.levels import Levels, Shown, ladder
from app.model import Directory

from .inspector import Visitor


@pytest.fixture(scope="module")
def shown(directory: Directory) -> Shown:
    levels = Levels(directory)
    assert levels.default is not None
    return levels.shown(levels.default)


def test_a_ladder_stands_level_by_level_with_its_words_services_and_ways_in(real: Visitor, directory: Directory, shown: Shown) -> None:
    for need in directory.vocabulary.needs:
        page = real.get(f"/themes/{need.id}")
        for rung in ladder(shown.local, need).rungs:
            section = page.section(f"says-{rung.level.number}")
            text, links = page.text(section), {address for _, address in page.links(section)}
            for one in rung.descriptors:
                assert one.text in text
                assert f"/descriptors/{one.id}" in links
            strong = [page.text(element).lower() for element in section.iter("strong")]
            for word in rung.deciding:
                assert any(word.lower() in said for said in strong), (need.id, word)
                assert f"‘{word}’" in text, "told a second time in words, for those who do not see the weight"
            assert {f"/services/{service.id}" for service in (*rung.main, *rung.also)} <= links
            assert {f"/pathways/warwickshire/{gateway.id}" for gateway in rung.gateways} <= links


def test_the_words_of_domestic_abuse_stand_at_their_levels(real: Visitor) -> None:
    page = real.get("/themes/domestic-abuse")
    assert "Words that decide: ‘some conflict’, ‘can involve’" in page.text(page.section("says-2"))
    assert "Words that decide: ‘Some’, ‘has witnessed’, ‘discord and domestic violence’" in page.text(page.section("says-3"))
    assert "‘is witnessing’, ‘persistent’, ‘serious’" in page.text(page.section("says-4"))


def test_a_theme_with_an_alert_shows_its_card_and_no_other_does(real: Visitor, directory: Directory) -> None:
    cards = {card.grade: card for card in directory.vocabulary.alerts}
    for need in directory.vocabulary.needs:
        page = real.get(f"/themes/{need.id}")
        assert page.has_id("alert") == (need.alert != "none"), need.id
        if need.alert != "none":
            assert cards[need.alert].heading in page.headings("h2")
            assert not need.alert_text or need.alert_text in page.text()


def test_a_theme_of_which_no_descriptor_speaks_says_so(real: Visitor) -> None:
    assert "No descriptor of this scheme speaks of it." in real.get("/themes/fgm").text()


def test_the_list_counts_descriptors_at_each_level_and_says_where_there_are_none(
    real: Visitor, directory: Directory, shown: Shown
) -> None:
    page = real.get("/themes")
    linked = [row for row in page.all("tr") if list(row.iter("a"))]
    rows = {page.text(next(row.iter("a"))): [page.text(cell) for cell in row.iter("td")] for row in linked}
    for group in shown.themes.groups:
        for row in group.rows:
            assert rows[row.need.label] == ["–not linked" if count is None else str(count) for count in row.counts]
    text = page.text()
    assert "Emotional abuse None at level 2" in text
    assert "Stalking and harassment No descriptor at any level" in text
    assert "17 of 77 themes have a descriptor at every level that is linked to themes; 20 have none at all." in text
    assert set(rows) == {need.label for need in directory.vocabulary.needs}


def test_ladder_and_list_as_data(real: Visitor) -> None:
    data = real.json("/themes/domestic-abuse.json")
    assert data["theme"] == "domestic-abuse"
    assert [level["level"] for level in data["levels"]] == [1, 2, 3, 4]
    assert [len(level["descriptors"]) for level in data["levels"]] == [0, 1, 3, 5]
    names = [service["name"] for service in data["levels"][2]["services"]]
    assert names == ["Domestic Abuse Refuge Service", "Domestic Abuse Support Service"]
    listed = {row["theme"]: row for row in real.json("/themes.json")["themes"]}
    assert listed["domestic-abuse"]["descriptors"] == {"1": None, "2": 1, "3": 3, "4": 5}
    assert listed["emotional-abuse"]["none_at"] == [2]


def test_the_list_as_a_table_says_what_the_page_says(real: Visitor, shown: Shown) -> None:
    page = real.get("/themes")
    assert ("as a table (CSV)", "/themes.csv") in page.links()
    response = real.raw("/themes.csv")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == "attachment; filename=wscb-2014-themes.csv"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    listed = {row["theme"]: row for row in real.json("/themes.json")["themes"]}
    assert [row["Theme: id"] for row in rows] == list(listed)
    for row in rows:
        for level, count in listed[row["Theme: id"]]["descriptors"].items():
            assert row[f"Level {level}"] == ("Not linked" if count is None else str(count))
    of = {row["Theme: id"]: row for row in rows}
    assert of["domestic-abuse"]["None at"] == "no level"
    assert of["emotional-abuse"]["None at"] == "level 2"
    assert {row["Part"] for row in rows} == {group.name for group in shown.themes.groups}


def test_every_descriptor_has_its_page(real: Visitor, directory: Directory) -> None:
    for one in directory.descriptors:
        page = real.get(f"/descriptors/{one.id}")
        assert page.h1 == one.text
        links = {address for _, address in page.links()}
        assert {f"/themes/{name}" for name in one.needs} <= links
        assert f"/levels/{one.level}#{one.id}" in links


def test_a_descriptor_shows_the_same_concern_elsewhere_and_what_answers_it(real: Visitor) -> None:
    page = real.get("/descriptors/3-child-has-witnessed-domestic-abuse")
    assert "A descriptor of level 3, complex needs: Parents and carers, Ensure Warmth." in page.text()
    assert ("Child is witnessing domestic abuse", "/descriptors/4-child-is-witnessing-domestic-abuse") in page.links()
    services = page.links(page.section("services"))
    assert ("Domestic Abuse Support Service", "/services/warwickshire/domestic-abuse-support") in services
    assert ("Multiagency Safeguarding Hub (MASH)", "/pathways/warwickshire/mash") not in services
    apart = real.get("/descriptors/2-not-thought-to-be-reaching-educational-potential")
    assert "Not a matter for a service: For the school to answer first." in apart.text()


def test_a_profile_shows_the_descriptors_it_answers(real: Visitor, directory: Directory, shown: Shown) -> None:
    for service in directory.services:
        if service.area != "warwickshire":
            continue
        page = real.get(f"/services/{service.id}")
        answers = {f"/descriptors/{one.id}" for one in shown.local.answered_by.get(service.id, ())}
        assert answers == {address for _, address in page.links(page.main) if address.startswith("/descriptors/")}, service.id


def test_a_descriptor_found_by_a_word_tells_its_place_and_leads_on(real: Visitor) -> None:
    page = real.get("/ask?area=warwickshire&word=apathetic")
    text, links = page.text(), page.links(page.main)
    assert "Descriptor of level 3, complex needs: Parents and carers, Ensure Warmth" in text
    assert "Descriptor of level 4, acute or severe needs: Parents and carers, Ensure Warmth" in text
    assert ("Emotional abuse", "/themes/emotional-abuse") in links
    assert any(address.endswith("apathetic#services") or "#services" in address for _, address in links)
    assert page.link("Parents are at times inconsistent or apathetic towards the child").startswith("/levels/3#3-parents-are-at-times")


VERDICT = re.compile(
    r"this child (?:is|has|needs)|the child is at|child's level is|your child|is a level \d child|\d points|\bscores?\b", re.IGNORECASE
)
"""What a page would say that named a level for a child."""


def test_no_theme_and_no_descriptor_names_a_level_for_a_child(real: Visitor, directory: Directory) -> None:
    addresses = [f"/themes/{need.id}" for need in directory.vocabulary.needs]
    addresses += [f"/descriptors/{one.id}" for one in directory.descriptors]
    for address in [*addresses, "/themes", "/levels", "/levels/poster", "/levels/unanswered"]:
        text = real.get(address).text()
        assert not VERDICT.search(text), (address, VERDICT.search(text))


@pytest.mark.parametrize("typed", ["domestic abuse", "dv", "witnessing violence", "domestic violence"])
def test_descriptors_are_found_by_theme_and_synonym_and_can_be_compared(real: Visitor, typed: str) -> None:
    page = real.get(real.ask(typed))
    assert "Child is witnessing domestic abuse (The child's developmental needs: Emotional" in page.text(page.section("says"))
    assert page.link("Child is witnessing domestic abuse") == "/descriptors/4-child-is-witnessing-domestic-abuse"
    assert page.link("Compare them and note what you have seen").startswith("/compare?need=")
