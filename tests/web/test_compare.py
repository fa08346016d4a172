"""Compare and note: it works without a script, lives in the address alone, and never says what level a child is at."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.levels import Levels
from app.model import Directory

from .inspector import Page, Visitor

WITNESSED, WITNESSING = "3-child-has-witnessed-domestic-abuse", "4-child-is-witnessing-domestic-abuse"
MENTAL_HEALTH, WELL = "3-mental-health-issues", "1-physically-well"


def address(*seen: str, need: str = "") -> str:
    return f"/compare?{urlencode([*([('need', need)] if need else []), *(('seen', one) for one in seen)])}"


def boxes(page: Page) -> dict[str, bool]:
    """Every box that can be ticked, and whether it is."""
    return {box.get("value", ""): box.get("checked") is not None for box in page.all("input") if box.get("type") == "checkbox"}


def test_the_empty_page_asks_what_to_compare(real: Visitor) -> None:
    page = real.get("/compare")
    assert "What do you want to compare?" in page.headings("h2")
    assert "domestic-abuse" in page.options("pick-theme")
    assert page.options("pick-heading")["ensure-warmth"] == "Ensure Warmth"
    assert page.link("Neglect") == "/compare?need=neglect"
    assert not boxes(page)


def test_a_theme_shows_a_column_a_level_and_strengths_to_look_for(real: Visitor) -> None:
    page = real.get("/compare?need=domestic-abuse")
    legends = [page.text(legend) for legend in page.all("legend")]
    assert legends[:3] == ["Level 2, additional needs", "Level 3, complex needs", "Level 4, acute or severe needs"]
    ticks = boxes(page)
    assert not any(ticks.values())
    assert {WITNESSED, WITNESSING} <= ticks.keys()
    assert any(name.startswith("1-") for name in ticks), "strengths are asked for too"


def test_a_heading_shows_its_descriptors(real: Visitor) -> None:
    page = real.get("/compare?heading=ensure-warmth")
    assert {"2-inconsistent-responses-to-child-by-parent-s", WITNESSED, "1-show-warm-regard-praise-and-encouragement"} <= boxes(page).keys()


def test_the_note_says_what_was_picked_in_the_words_of_the_rules(real: Visitor) -> None:
    page = real.get(address(WITNESSED, MENTAL_HEALTH, WITNESSING))
    note = page.text(page.section("note"))
    assert (
        "You picked 2 at level 3 and 1 at level 4. One level 4 sign is a reason to consult the front door today. "
        "Several lower signs can add up."
    ) in note
    assert "It does not decide the level for you." in note
    assert note.index("Child is witnessing domestic abuse") < note.index("Child has witnessed domestic abuse")
    assert "None ticked yet. Strengths in the family can lessen a concern: say what is going well too." in note
    assert boxes(page)[WITNESSED]


def test_the_note_leads_to_ways_in_and_services_and_names_what_nothing_answers(real: Visitor) -> None:
    page = real.get(address(WITNESSED, MENTAL_HEALTH, WITNESSING))
    four = [link for _, link in page.links(page.section("picked-4"))]
    assert {"/pathways/warwickshire/mash", "/services/warwickshire/domestic-abuse-support", "/levels/4"} <= set(four)
    without = "No service with this as its main purpose is recorded at level 3 for: ‘Mental health issues’."
    assert without in page.text(page.section("picked-3"))


def test_the_note_carries_source_date_and_room_for_own_words_and_the_page_takes_none(real: Visitor) -> None:
    page = real.get(address(WITNESSED))
    note = page.text(page.section("note"))
    assert "Thresholds for Services (2014), Warwickshire Safeguarding Children Board, 2014, historic." in note
    assert "Note which descriptors you relied on and who you spoke to." in note
    assert "What the child says, and what the family says and wants" in note
    assert not page.all("textarea")
    assert {box.get("type") for box in page.all("input")} <= {"checkbox", "hidden"}


def test_the_form_is_sent_as_an_address_and_keeps_what_was_chosen(real: Visitor) -> None:
    page = real.get("/compare?need=domestic-abuse&heading=income&seen=" + WITNESSED)
    (form,) = page.all("form")
    assert (form.get("action"), form.get("method")) == ("/compare", "get")
    hidden = {(box.get("name"), box.get("value")) for box in page.all("input") if box.get("type") == "hidden"}
    assert hidden == {("need", "domestic-abuse"), ("heading", "income")}
    assert "/compare?need=domestic-abuse&seen=" + WITNESSED in [link for _, link in page.links(page.main)]


def test_fields_left_open_are_taken_out_of_the_address(real: Visitor) -> None:
    response = real.raw(f"/compare?need=domestic-abuse&need=&heading=&seen={WITNESSED}", 303)
    assert response.headers["Location"] == f"/compare?need=domestic-abuse&seen={WITNESSED}"


def test_the_card_of_the_gravest_need_that_was_ticked_stands_in_the_note(real: Visitor) -> None:
    assert "Could a child come to serious harm?" in real.get(address(WITNESSING)).headings("h2")
    assert not real.get(address(WELL)).has_id("alert")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("seen=3-child-has-witnesed-domestic-abuse", "did you mean '3-child-has-witnessed-domestic-abuse'"),
        ("seen=zzz", "each level lists its descriptors"),
        ("need=domestic-abuze", "did you mean 'domestic-abuse'"),
        ("heading=ensure-warmt", "did you mean 'ensure-warmth'"),
        ("heading=qqq", "20 headings can be chosen from the list"),
    ],
)
def test_what_is_not_known_is_told_and_the_rest_still_works(real: Visitor, query: str, told: str) -> None:
    page = real.get(f"/compare?{query}&seen={WITNESSED}", 400)
    (problem,) = [element for element in page.all("div") if element.get("role") == "alert"]
    assert told in page.text(problem)
    assert "You picked 1 at level 3." in page.text()
    data = real.json(f"/compare.json?{query}&seen={WITNESSED}", 400)
    assert len(data["problems"]) == 1
    assert data["sentence"].startswith("You picked 1 at level 3.")


def test_a_flood_of_unknown_names_is_told_in_a_few_lines_and_the_rest_still_works(real: Visitor) -> None:
    flood = "&".join(f"seen=4-child-is-witnesing-domestic-abus{number}" for number in range(200))
    page = real.get(f"/compare?{flood}&seen={WITNESSED}", 400)
    (problem,) = [element for element in page.all("div") if element.get("role") == "alert"]
    told = [page.text(item) for item in problem.iter("li")]
    assert len(told) == 6
    assert told[0].endswith("did you mean '4-child-is-witnessing-domestic-abuse'?")
    assert told[-1] == "Descriptor names: 195 more are not known; each level lists its descriptors"
    assert "You picked 1 at level 3." in page.text()


def test_the_note_as_data(real: Visitor) -> None:
    data = real.json(address(WITNESSED, WITNESSING, WELL).replace("/compare", "/compare.json"))
    assert [level["level"] for level in data["levels"]] == [4, 3]
    assert data["problems"] == []


VERDICT = re.compile(
    r"this child (?:is|has|needs)|the child is at|child's level is|level \d child|is (?:at|on) level|threshold (?:is )?met|"
    r"meets the threshold|\bscores?\b|out of \d|%",
    re.IGNORECASE,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_ticked_the_page_holds_no_verdict(real: Visitor, directory: Directory, data: st.DataObject) -> None:
    ids = data.draw(st.sets(st.sampled_from([one.id for one in directory.descriptors]), min_size=1, max_size=15))
    page = real.get(address(*sorted(ids)))
    text = page.text()
    for one in sorted(directory.descriptors, key=lambda one: -len(one.text)):
        text = text.replace(one.text, "")
    assert not VERDICT.search(text), VERDICT.search(text)
    assert {name for name, ticked in boxes(page).items() if ticked} == ids


def test_every_descriptor_can_be_ticked_at_once(real: Visitor, directory: Directory) -> None:
    page = real.get(address(*(one.id for one in directory.descriptors)))
    assert "You picked 68 at level 2, 57 at level 3 and 55 at level 4, and 42 strengths." in page.text()


def test_themes_that_run_through_all_levels_are_offered(real: Visitor, directory: Directory) -> None:
    levels = Levels(directory)
    assert levels.default is not None
    offered = [address for _, address in real.get("/compare").links() if address.startswith("/compare?need=")]
    assert len(offered) == levels.shown(levels.default).themes.everywhere
