"""The answer page: what was understood, the order of its parts, reasons, and its twin."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest

from app.model import Directory
from app.web.words import with_sources

from .inspector import Page, Visitor

ASKED = "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"

QUESTIONS = [
    ASKED, "/ask?level=3&age=14", "/ask?need=neglect&age=unborn", "/ask?need=fgm&level=4&age=9", "/ask?level=1", "/ask?age=16&age=17",
    "/ask?need=domestic-abuse&area=walsall", "/ask?need=parenting&area=leeds", "/ask?word=brokerage", "/ask?age=13-17&need=child-drugs",
]  # fmt: skip


def shown(page: Page, twin: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """The groups of an answer as the page shows them: heading, and ids of services in their order."""
    found = []
    for group in twin["groups"]:
        section = page.section(f"group-{group['id']}")
        services = [address.removeprefix("/services/") for _, address in page.links(section) if address.startswith("/services/")]
        found.append((page.text(page.by_id(f"group-{group['id']}")), services))
    return found


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_page_and_its_twin_tell_the_same(real: Visitor, address: str) -> None:
    page, twin = real.get(address), real.json(address.replace("/ask?", "/ask.json?"))
    assert twin["problems"] == []
    groups = [
        (
            f"{group['heading']} ({len(group['services']) + group['more'] + len(group['other'])})",
            [service["id"] for service in group["services"]],
        )
        for group in twin["groups"]
    ]
    assert shown(page, twin) == groups
    text = page.text()
    for group in twin["groups"]:
        for service in group["services"]:
            assert service["reason"] in text
    assert all(part in text for parts in with_sources(twin["sentence"]) for part in parts)
    assert (twin["gap"] or "") in text
    for descriptor in twin["descriptors"]:
        assert descriptor["text"] in text
    for line in [*twin["gateways"], *twin["alongside"]]:
        assert line["name"] in text
    for direction in (twin["step_up"], twin["step_down"]):
        if direction:
            assert direction["heading"] in page.headings("h2")
            for line in [*direction["gateways"], *direction["services"]]:
                assert line["name"] in text
    if twin["alert"]:
        assert twin["alert"]["heading"] in page.headings("h2")
        for duty in twin["alert"]["duties"]:
            assert duty in text
    else:
        assert not page.has_id("alert")


def test_the_twin_keeps_the_keys_that_others_rely_on(real: Visitor) -> None:
    twin = real.json(ASKED.replace("/ask?", "/ask.json?"))
    assert {
        "question", "address", "alert", "sentence", "groups", "descriptors", "gateways", "alongside", "step_up", "step_down",
    } <= twin.keys()  # fmt: skip
    assert {"levels", "ages", "needs", "area", "words", "choices", "not_used"} <= twin["question"].keys()
    assert {"id", "area", "name", "reason", "age_class", "levels", "need_strength", "reached_by"} <= twin["groups"][0]["services"][0].keys()


def test_the_parts_of_an_answer_stand_in_the_order_in_which_they_are_needed(real: Visitor) -> None:
    page = real.get(ASKED)
    text = page.text()
    places = [
        text.index(words)
        for words in (
            "You asked for", page.text(page.by_id("alert")), "recorded in Warwickshire", "works directly with under-16s",
            "How to get help at level 3", "Specific to domestic abuse (2)", "Only if another need is present", "Carry on alongside",
            "What the thresholds say", "If it is worse", "If it is better", "Often together with this",
        )
    ]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_first_group_lies_open_and_later_ones_are_folded_under_their_counts_and_first_names(real: Visitor, address: str) -> None:
    page, twin = real.get(address), real.json(address.replace("/ask?", "/ask.json?"))
    assert twin["groups"]
    for number, group in enumerate(twin["groups"]):
        details = next(iter(page.section(f"group-{group['id']}").iter("details")))
        assert (details.get("open") is not None) == (number == 0), group["id"]
        told = page.text(next(iter(details.iter("summary"))))
        assert told.startswith(f"{group['heading']} ({len(group['services']) + group['more'] + len(group['other'])})")
        assert all(service["name"] in told for service in group["services"][:4])


def test_a_piece_is_changed_in_its_place_without_a_script(real: Visitor) -> None:
    page = real.get("/ask?need=neglect&need=parenting&level=3&age=14&area=leeds")
    assert page.selected("pick-level") == "3"
    assert page.selected("pick-age") == "14"
    assert page.selected("pick-area") == "leeds"
    for control, part, value, left in (
        ("pick-level", "level", "2", [("need", "neglect"), ("need", "parenting"), ("age", "14"), ("area", "leeds")]),
        ("pick-age", "age", "unborn", [("need", "neglect"), ("need", "parenting"), ("level", "3"), ("area", "leeds")]),
        ("change-3", "need", "fgm", [("need", "parenting"), ("level", "3"), ("age", "14"), ("area", "leeds")]),
        ("pick-need", "need", "fgm", [("need", "neglect"), ("need", "parenting"), ("level", "3"), ("age", "14"), ("area", "leeds")]),
        ("pick-area", "area", "walsall", [("need", "neglect"), ("need", "parenting"), ("level", "3"), ("age", "14")]),
    ):
        form = form_around(page, control)
        assert (form.get("action"), form.get("method")) == ("/ask", "get")
        hidden = [(field.get("name", ""), field.get("value", "")) for field in form.iter("input")]
        assert hidden == left
        assert value in page.options(control)
        changed = real.get(f"/ask?{urlencode([*hidden, (part, value)])}")
        assert value in [each.get("value") for each in changed.all("option") if each.get("selected") is not None] or (
            control == "pick-need"
        )


def form_around(page: Page, control: str) -> Element:
    """The form in which a control stands."""
    return next(form for form in page.all("form") if any(each.get("id") == control for each in form.iter()))


def test_what_a_question_lacks_can_be_added(real: Visitor) -> None:
    page = real.get("/ask?level=3")
    assert {"Add an age", "Add a need"} <= {page.text(summary) for summary in page.all("summary")}
    assert page.options("pick-need")[""] == "Choose"


def test_each_piece_can_be_removed_and_the_link_says_what_it_removes(real: Visitor) -> None:
    page = real.get("/ask?need=neglect&need=parenting&level=3&age=14&area=leeds")
    pieces = {words: address for words, address in page.links() if words.startswith("Remove ")}
    assert set(pieces) == {"Remove Level 3", "Remove Age 14", "Remove Neglect", "Remove Parenting support"}
    assert parse_qs(urlsplit(pieces["Remove Neglect"]).query) == {"need": ["parenting"], "level": ["3"], "age": ["14"], "area": ["leeds"]}
    left = real.get(pieces["Remove Age 14"])
    assert "Remove Age 14" not in [words for words, _ in left.links()]


def test_removing_the_last_piece_leads_to_the_first_page(real: Visitor) -> None:
    assert real.get("/ask?level=3").link("Remove Level 3") == "/"


def test_ages_in_a_row_are_one_piece_and_others_one_each(real: Visitor) -> None:
    words = [words for words, _ in real.get("/ask?age=13-17&age=unborn&level=2").links() if words.startswith("Remove ")]
    assert words == ["Remove Level 2", "Remove Unborn", "Remove Ages 13 to 17"]


def test_every_kind_of_piece_is_shown_and_can_be_removed(real: Visitor) -> None:
    service = "service=warwickshire/domestic-abuse-support"
    page = real.get(f"/ask?{service}&gateway=mash&process=caf&programme=triple-p&word=brokerage&choice=hit&need=neglect")
    removals = {words: address for words, address in page.links() if words.startswith("Remove ")}
    assert len(removals) == 7
    for part in ("service", "gateway", "process", "programme", "word", "choice", "need"):
        assert sum(part not in parse_qs(urlsplit(address).query) for address in removals.values()) == 1, part


def test_the_card_stands_above_the_answer_and_never_in_its_way(real: Visitor) -> None:
    with_card, without = real.get("/ask?need=domestic-abuse&level=3"), real.get("/ask?need=parenting&level=3")
    assert with_card.has_id("alert")
    assert not without.has_id("alert")
    assert with_card.has_id("group-specific")
    assert "Not recorded here" in with_card.text(with_card.section("alert")), "no number is made up"


def test_the_card_prints_the_numbers_that_an_area_has_recorded(small: Visitor) -> None:
    card = small.get("/ask?need=domestic-abuse&area=northshire")
    text = card.text(card.section("alert"))
    assert "01632 960001, Monday to Friday, 09:00 to 17:00 (checked 1 March 2020, overdue for review)" in text
    assert text.count("Not recorded") == 2
    assert "If a child is in immediate danger, call 999 now." in text


def test_an_open_choice_is_asked_and_each_way_of_settling_it_is_a_link(real: Visitor) -> None:
    page = real.get("/ask?choice=hit&level=3")
    options = [address for words, address in page.links(page.section("choice-1"))]
    assert len(options) >= 2
    for address in options:
        assert "choice" not in parse_qs(urlsplit(address).query)
        settled = real.client.get(address)
        assert settled.status_code == 200


def test_every_ambiguity_can_be_settled_in_every_way(real: Visitor, directory: Directory) -> None:
    for ambiguity in directory.vocabulary.ambiguities:
        address = real.ask(ambiguity.words[0])
        assert "choice=" in address, ambiguity.words[0]
        page = real.get(f"{address}&level=2")
        options = page.links(page.section("choice-1"))
        assert [words for words, _ in options] == [choice.label for choice in ambiguity.choices]
        for (_, leads_to), choice in zip(options, ambiguity.choices, strict=True):
            parts = parse_qs(urlsplit(leads_to).query)
            for part in ("need", "process", "service"):
                wanted = getattr(choice, part)
                assert (wanted in parts.get(part, [])) if wanted else part not in parts


def test_a_tier_beside_camhs_is_asked_about_and_not_taken_for_a_level(real: Visitor) -> None:
    address = real.ask("tier 3 camhs")
    assert "level" not in parse_qs(urlsplit(address).query)
    page = real.get(address)
    assert page.link("Level 3 of need").startswith("/ask?")
    assert "level=3" in page.link("Level 3 of need")


def test_a_process_word_leads_to_the_stage_and_to_what_comes_after(real: Visitor, directory: Directory) -> None:
    page = real.get(real.ask("what comes after a CAF"))
    assert "What comes after: Common Assessment Framework (CAF)" in page.headings("h2")
    steps = [step for step in directory.steps if (step.area, step.start) == ("warwickshire", "caf")]
    after = page.section("after-1")
    assert len({address for _, address in page.links(after)}) >= len({step.end for step in steps})
    assert "If the family says no:" in page.text(after)


def test_the_deciding_words_of_a_descriptor_are_strong(real: Visitor) -> None:
    page = real.get(ASKED)
    strong = {page.text(element) for element in page.section("says").iter("strong")}
    assert {"has witnessed", "is witnessing", "persistent"} <= strong
    assert "asked" in page.text(page.by_id("says-3"))


def test_needs_that_often_come_together_are_offered_not_assumed(real: Visitor, directory: Directory) -> None:
    page = real.get(ASKED)
    offered = page.links(page.section("often"))
    assert len(offered) == len(directory.need_by_id["domestic-abuse"].often_with)
    for words, address in offered:
        assert words.startswith("Add ")
        assert len(parse_qs(urlsplit(address).query)["need"]) == 2


WITH_OTHERS = ["need=fgm&level=3&age=14", "need=housing&age=unborn", "need=send&level=2", "need=offending&level=4&age=9"]


@pytest.mark.parametrize("question", WITH_OTHERS)
def test_the_menu_that_the_answer_points_to_shows_all_the_services_it_counted(real: Visitor, question: str) -> None:
    page, twin = real.get(f"/ask?{question}"), real.json(f"/ask.json?{question}")
    words, address = next((words, address) for words, address in page.links() if "for other needs" in words)
    assert words.startswith(f"{twin['others']} more")
    menu = real.json(address.replace("/services?", "/services.json?"))
    listed = {service["id"] for area in menu["areas"] for service in area["services"]}
    shown_too = {service["id"] for group in twin["groups"] for service in group["services"]}
    assert len(listed - shown_too) == twin["others"]


def test_an_area_is_never_mixed_with_another(real: Visitor, directory: Directory) -> None:
    for area in directory.area_by_id:
        for question in ("need=domestic-abuse", "level=3&age=14", "word=court", "age=unborn", "need=edge-of-care"):
            page = real.get(f"/ask?{question}&area={area}")
            services = {address for _, address in page.links(page.main) if address.startswith("/services/")}
            assert {address.split("/")[2] for address in services} <= {area}


def test_the_same_question_can_be_asked_of_another_area(real: Visitor) -> None:
    page = real.get(ASKED)
    other = page.link("Walsall, as at December 2017")
    assert parse_qs(urlsplit(other).query)["area"] == ["walsall"]
    assert "In Walsall" in real.get(other).text()


def test_filters_narrow_the_lists_and_keep_what_the_source_is_silent_about(real: Visitor, directory: Directory) -> None:
    whole = real.json(ASKED.replace("/ask?", "/ask.json?"))
    page = real.get(ASKED)
    offered = page.options("narrow-received")
    words = next(words for value, words in offered.items() if value == "family")
    number = int(words.rpartition("(")[2].rstrip(")"))
    narrowed = real.json(f"{ASKED.replace('/ask?', '/ask.json?')}&received=family")
    assert (narrowed["sentence"], narrowed["gap"]) == (whole["sentence"], whole["gap"]), "the answer stays the answer"
    before = {service["id"] for group in whole["groups"] for service in group["services"]}
    after = {service["id"] for group in narrowed["groups"] for service in group["services"]}
    assert after == {name for name in before if not (to := directory.service_by_id[name].received_by) or "family" in to}
    assert sum("family" in directory.service_by_id[name].received_by for name in after) == number
    told = real.get(f"{ASKED}&received=family")
    assert f"Narrowed: {number} of {len(before)} services" in told.text()
    assert told.link("Remove Received by: The family") == ASKED
    assert "received=family" in told.link("Remove Level 3"), "a filter stays when the question changes"


@pytest.mark.parametrize("name", ["received", "way", "status", "room"])
def test_every_choice_of_a_filter_gives_as_many_as_it_says(real: Visitor, directory: Directory, name: str) -> None:
    for value, words in real.get(ASKED).options(f"narrow-{name}").items():
        if value:
            told = real.get(f"{ASKED}&{name}={value}").text()
            assert f"Narrowed: {words.rpartition('(')[2].rstrip(')')} of " in told, f"{name}={value}"


def test_a_filter_that_is_none_is_named_and_the_rest_is_answered(real: Visitor) -> None:
    page = real.get(f"{ASKED}&status=fine", 400)
    assert "Status ‘fine’ is not one of the choices here" in page.text(page.by_id("problem-title")) + page.text()
    assert page.has_id("group-specific")


def test_choices_left_open_are_left_out_of_the_address(real: Visitor) -> None:
    response = real.raw("/ask?level=3&age=&need=&area=warwickshire", 303)
    assert response.headers["Location"] == "/ask?level=3&area=warwickshire"


def test_words_that_were_not_used_are_counted(real: Visitor) -> None:
    assert "2 words were not used and are not kept." in real.get("/ask?level=3&unused=2").text()
    assert "1 word was not used and is not kept." in real.get("/ask?level=3&unused=1").text()


def test_full_text_shows_fragments_with_the_word_marked(real: Visitor) -> None:
    page = real.get("/ask?word=brokerage")
    assert "brokerage" in [page.text(mark).lower() for mark in page.all("mark")]
    assert "Family Information Service" in page.text(page.section("group-found"))


@pytest.mark.parametrize("word", ["court", "panel", "conference", "munro", "officer", "grant", "absconding", "pilot"])
def test_everything_that_was_found_has_a_page_and_a_place_on_it(real: Visitor, word: str) -> None:
    page = real.get(f"/ask?word={word}")
    found = [address for _, address in page.links(page.section("group-found"))]
    assert found
    for address in found:
        path, _, place = address.partition("#")
        there = real.get(path)
        assert not place or there.has_id(place), address


def test_a_misspelt_word_of_the_content_is_offered_as_it_was_perhaps_meant(real: Visitor) -> None:
    address = real.ask("brokrage")
    assert "brokrage" not in address
    page = real.get(address, 400)
    assert page.link("brokerage") == "/ask?area=warwickshire&word=brokerage"
    assert "brokrage" not in page.html


def test_nothing_found_is_not_said_to_be_nothing_there(small: Visitor) -> None:
    page = small.get("/ask?need=send&area=southtown")
    assert "That is not proof that nothing exists" in page.text()
