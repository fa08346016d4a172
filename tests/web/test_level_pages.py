"""The windscreen, each level, the poster and what nothing answers, as pages and as data."""

from __future__ import annotations

import csv
import io
import re
from xml.etree.ElementTree import Element

import pytest

from app.levels import Levels, Shown
from app.model import Directory

from .inspector import Page, Visitor


@pytest.fixture(scope="module")
def shown(directory: Directory) -> Shown:
    levels = Levels(directory)
    assert levels.default is not None
    return levels.shown(levels.default)


WITNESSED = "3-child-has-witnessed-domestic-abuse"

SVG = "{http://www.w3.org/2000/svg}"


def drawing(page: Page, css: str = "for-wide") -> Element:
    (holder,) = [element for element in page.all("div") if element.get("class") == css]
    return next(holder.iter(f"{SVG}svg"))


def in_order(page: Page, *headings: str) -> bool:
    """Whether these headings stand on the page in this order."""
    places = [page.headings().index(heading) for heading in headings]
    return places == sorted(places)


# ---- the windscreen ----


def test_the_text_version_says_what_the_drawing_says(real: Visitor, shown: Shown) -> None:
    page = real.get("/levels")
    (words,) = [element for element in page.all("ol") if element.get("class") == "windscreen-words"]
    text, links = page.text(words), page.links(words)
    segments = [link for link in drawing(page).iter(f"{SVG}a") if link.get("class") == "segment"]
    for link, segment in zip(segments, shown.windscreen.segments, strict=True):
        assert link.get("aria-label") == segment.sentence
        assert (segment.name, link.get("href")) in links
        assert f"{segment.level.help_name}. {segment.services} services work here." in text
        assert f"{segment.descriptors} descriptors." in text
    drawn = [link.get("href") for link in drawing(page).iter(f"{SVG}a") if link.get("class") == "gateway"]
    told = [address for _, address in links if address.startswith("/pathways/")]
    assert told == drawn
    for edge in shown.windscreen.edges:
        assert f"Between level {edge.below} and level {edge.above}: {edge.gateways[0].name}" in text


def test_the_number_of_services_opens_their_list(real: Visitor, shown: Shown) -> None:
    page = real.get("/levels")
    for segment in shown.windscreen.segments:
        address = page.link(f"{segment.services} services")
        data = real.json(address.replace("/services", "/services.json"))
        assert sum(len(area["services"]) for area in data["areas"]) == segment.services


def test_there_is_a_drawing_for_telephones_too(real: Visitor, shown: Shown) -> None:
    page = real.get("/levels")
    segments = list(drawing(page, "for-narrow").iter(f"{SVG}a"))
    assert [link.get("aria-label") for link in segments] == [segment.sentence for segment in shown.windscreen.segments]


def test_the_scheme_its_owner_its_date_and_that_it_is_historic_stand_at_the_top(real: Visitor) -> None:
    for path in ("/levels", "/levels/1", "/levels/4", "/levels/poster", "/levels/unanswered", "/themes", "/themes/neglect", "/compare"):
        text = real.get(path).text()
        assert "Historic Thresholds for Services (2014), Warwickshire Safeguarding Children Board, 2014." in text, path
        assert "Later replaced by: Spectrum of Support, 1 July 2021." in text, path


def test_the_first_page_and_every_head_carry_the_mark(real: Visitor) -> None:
    for path in ("/", "/levels", "/glossary"):
        (brand,) = [link for link in real.get(path).all("a") if link.get("class") == "brand"]
        (mark,) = brand.iter(f"{SVG}svg")
        assert mark.get("aria-hidden") == "true"
        assert len(list(mark.iter(f"{SVG}path"))) == 4
    links = [link.get("href") for link in drawing(real.get("/"), "home-screen").iter(f"{SVG}a")]
    assert links == ["/levels/1", "/levels/2", "/levels/3", "/levels/4"]


def test_the_levels_as_data(real: Visitor, shown: Shown) -> None:
    (scheme,) = real.json("/levels.json")["schemes"]
    assert (scheme["id"], scheme["status"], scheme["later_name"]) == ("wscb-2014", "historic", "Spectrum of Support, 1 July 2021")
    assert [level["services"] for level in scheme["levels"]] == [segment.services for segment in shown.windscreen.segments]


# ---- a level ----


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_how_to_get_help_comes_first_and_the_rest_in_the_order_of_use(real: Visitor, number: int) -> None:
    page = real.get(f"/levels/{number}")
    by_theme = ["By theme"] if number > 1 else []
    assert in_order(
        page, f"How to get help at level {number}", "What it can look like", *by_theme, "What differs from the levels either side",
        next(heading for heading in page.headings() if heading.startswith(f"Services at level {number} in Warwickshire")),
        "Legal basis", "If you disagree", "Where this comes from",
    )  # fmt: skip
    text = page.text()
    assert text.index("These are examples, not a test.") < text.index("What it can look like")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_panel_names_the_way_in_the_agreement_the_lead_and_the_plan(real: Visitor, directory: Directory, number: int) -> None:
    facts = real.get(f"/levels/{number}").facts()
    level = directory.schemes[0].level(number)
    assert level is not None
    assert facts["What help is called"] == level.help_name
    assert facts["Whose agreement is needed"] == (level.consent or "Not recorded")
    assert facts["Who coordinates"] == (level.lead or "Not recorded")
    assert facts["The plan"] == (level.plan or "Not recorded")
    assert ("No usual way in is recorded" in facts["Usual way in"]) == (number == 1)


def test_a_gateway_is_shown_with_its_later_name(real: Visitor) -> None:
    assert "later called: Children and Families Front Door, with the hub behind it" in real.get("/levels/4").facts()["Usual way in"]
    later = real.get("/levels/2").section("later")
    assert "CAF Early help assessment; in Warwickshire, Pathway to Change" in real.get("/levels/2").text(later)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_descriptor_stands_under_its_domain_and_heading_with_its_deciding_words(
    real: Visitor, directory: Directory, number: int
) -> None:
    page = real.get(f"/levels/{number}")
    for one in directory.descriptors:
        if one.level != number:
            continue
        item = page.by_id(one.id)
        assert page.text(item).startswith(one.text)
        strong = [page.text(element).lower() for element in item.iter("strong")]
        for word in one.deciding:
            assert any(word.lower() in said for said in strong), (one.id, word)
        column = page.parents[page.parents[item]]
        assert page.text(next(column.iter("h4"))) == one.heading
        assert one.text in page.text(page.section(f"domain-{one.domain}"))


def test_a_descriptor_leads_to_the_same_concern_and_to_what_answers_it(real: Visitor) -> None:
    page = real.get("/levels/3")
    (link,) = page.links(page.by_id("3-child-has-witnessed-domestic-abuse"))
    assert link == ("2 services for: Child has witnessed domestic abuse", "/descriptors/3-child-has-witnessed-domestic-abuse")
    assert page.links(page.by_id("3-mental-health-issues"))[0][0] == "none recorded for: Mental health issues"


def test_the_same_descriptors_by_theme_lead_to_ladders(real: Visitor) -> None:
    page = real.get("/levels/3")
    section = page.section("by-theme")
    assert "Domestic abuse (3)" in page.text(section)
    assert ("Domestic abuse", "/themes/domestic-abuse") in page.links(section)


def test_what_differs_stands_side_by_side(real: Visitor) -> None:
    page = real.get("/levels/3")
    rows = [[page.text(cell) for cell in row if cell.tag in ("td", "th")] for row in page.section("differs").iter("tr")]
    assert ["Child has witnessed domestic abuse", "Child is witnessing domestic abuse"] in rows
    words = ["poor; Failure; struggling to provide; affects", "unable to provide; significantly; immediate; Persistent"]
    assert ["Basic Care", *words] in rows


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_services_stand_under_their_needs(real: Visitor, shown: Shown, number: int) -> None:
    page = real.get(f"/levels/{number}")
    section = page.section("services")
    linked = {address for _, address in page.links(section) if address.startswith("/services/")}
    told = shown.page(number)
    assert told is not None
    groups = [one.id for group in told.services for one in group.services] + [one.id for one in told.for_any_need]
    assert linked == {f"/services/{name}" for name in groups}
    assert f"({told.service_count})" in page.headings("h2")[page.headings("h2").index(page.text(page.by_id("services")))]


def test_a_level_as_data(real: Visitor) -> None:
    data = real.json("/levels/3.json")
    assert (data["scheme"], data["level"], data["name"]) == ("wscb-2014", 3, "Complex needs")
    count = sum(len(heading["descriptors"]) for domain in data["domains"] for heading in domain["headings"])
    assert count == 57
    assert [gateway["id"] for gateway in data["gateways"]] == ["caf", "priority-families"]


# ---- poster and unanswered ----


def test_the_poster_holds_every_level_whom_to_ask_and_blanks(real: Visitor, small: Visitor, directory: Directory) -> None:
    page = real.get("/levels/poster")
    for level in directory.schemes[0].levels:
        assert f"Level {level.number}: {level.name}" in page.headings("h2")
        assert level.how_to_get_help in page.text()
    ask = page.text(page.section("ask")).removeprefix("Whom to ask Front door Not recorded Out of hours Not recorded ")
    assert ask == "For advice Not recorded Our own named contact To be filled in here"
    assert "call 999" in page.text()
    filled = small.get("/levels/poster")
    assert "01632 960001, Monday to Friday, 09:00 to 17:00 (checked 1 March 2020, overdue for review)" in filled.text(filled.section("ask"))


def test_unanswered_descriptors_are_listed_with_what_also_helps_and_apart_from_others(real: Visitor, shown: Shown) -> None:
    page = real.get("/levels/unanswered")
    assert shown.open.sentence in page.text()
    for each in shown.open.levels:
        section = page.section(f"level-{each.level.number}")
        listed = [address.removeprefix("/descriptors/") for _, address in page.links(section) if address.startswith("/descriptors/")]
        assert listed == [one.descriptor.id for one in each.open]
    apart = page.text(page.section("apart"))
    assert all(one.text in apart and str(one.not_a_service_matter) in apart for one in shown.open.apart)
    data = real.json("/levels/unanswered.json")
    assert len(data["unanswered"]) == shown.open.count


def test_unanswered_descriptors_are_there_as_a_table_with_the_rules_below_it(real: Visitor, shown: Shown) -> None:
    assert ("as a table (CSV)", "/levels/unanswered.csv") in real.get("/levels/unanswered").links()
    response = real.raw("/levels/unanswered.csv")
    assert response.headers["Content-Disposition"] == "attachment; filename=warwickshire-unanswered.csv"
    header, *rows = csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff")))
    table, notes = rows[: rows.index([])], [row[0] for row in rows[rows.index([]) + 1 :]]
    told = [dict(zip(header, row, strict=True)) for row in table]
    data = real.json("/levels/unanswered.json")
    for state, ids in (
        ("No service at this level", [one["id"] for one in data["unanswered"]]),
        ("No matter for a service", [one["id"] for one in data["not_a_service_matter"]]),
        ("Linked to no need", data["not_linked_to_a_need"]),
    ):
        assert [row["Descriptor: id"] for row in told if row["State"] == state] == ids
    also = {one["id"]: "; ".join(service["name"] for service in one["also_help"]) or "No service" for one in data["unanswered"]}
    assert {row["Descriptor: id"]: row["Also help with it"] for row in told if row["Descriptor: id"] in also} == also
    assert all(cell for row in table for cell in row), "an empty cell says nothing"
    assert notes == [shown.open.sentence, *shown.open.rules]


# ---- what does not exist ----


@pytest.mark.parametrize(
    ("path", "status", "heading", "exists"),
    [
        ("/levels/9", 404, "There is no such level", "/levels/4"),
        ("/levels/0", 404, "There is no such level", "/levels/1"),
        ("/levels/three", 404, "There is no such level", "/levels"),
        ("/levels/-1", 404, "There is no such level", "/levels/1"),
        ("/levels/³", 404, "There is no such level", "/levels/3"),
        ("/levels/99999999999999999999999999", 404, "There is no such level", "/levels/4"),
        ("/themes/domestic-abuze", 404, "There is no such theme", "/themes/domestic-abuse"),
        ("/descriptors/3-child-has-witnesed-domestic-abuse", 404, "There is no such descriptor", f"/descriptors/{WITNESSED}"),
        ("/descriptors/nothing", 404, "There is no such descriptor", "/levels/2"),
        ("/levels?scheme=nope", 400, "There is no such scheme here", "/levels?scheme=wscb-2014"),
        ("/levels/3?scheme=nope", 400, "There is no such scheme here", "/levels?scheme=wscb-2014"),
        ("/themes?scheme=nope", 400, "There is no such scheme here", "/levels?scheme=wscb-2014"),
        ("/compare?scheme=nope", 400, "There is no such scheme here", "/levels?scheme=wscb-2014"),
        ("/levels?area=walsall", 400, "That area does not follow this scheme", "/levels?scheme=wscb-2014&area=warwickshire"),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_answered_with_what_does(real: Visitor, path: str, status: int, heading: str, exists: str) -> None:
    page = real.get(path, status)
    assert page.h1 == heading
    assert exists in [address for _, address in page.links(page.main)]
    asked = re.split(r"[/=]", path)[-1]
    assert asked in ("0", "-1") or asked not in page.text(), "an address may hold a name: it is not repeated"


@pytest.mark.parametrize("path", ["/levels/9.json", "/themes/nope.json", "/descriptors/nope.json", "/levels.json?scheme=nope"])
def test_data_that_does_not_exist_is_answered_with_what_does(real: Visitor, path: str) -> None:
    data = real.json(path, 400 if "?" in path else 404)
    assert data["error"]["exist"]
    assert all(place["address"].startswith("/") for place in data["error"]["exist"])


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_level_page_says_what_level_a_child_is_at(real: Visitor, number: int) -> None:
    text = real.get(f"/levels/{number}").text()
    assert not re.search(r"this child is|your child|is a level \d child|score", text, re.IGNORECASE)
