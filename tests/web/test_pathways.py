"""The pathways: the list of stages, the map drawn from it, each stage whole, findings, and everything to take away."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import networkx as nx
import pytest
from flask import Flask
from playwright.sync_api import expect

from app.building import Opened
from app.graph import graph_of
from app.journeys import HEADINGS, stage
from app.model import Directory
from app.settings import Settings
from app.web import create_app
from pictures.served import served

from .inspector import Page, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AREAS = ["warwickshire", "walsall", "leeds"]
SVG = "{http://www.w3.org/2000/svg}"


# the page of an area


@pytest.mark.parametrize("area", AREAS)
def test_the_list_has_every_stage_once_and_in_the_order_of_the_map(real: Visitor, directory: Directory, area: str) -> None:
    page = real.get(f"/pathways/{area}")
    items = [item for each in page.all("ol") if each.get("class") == "stages" for item in each]
    listed = [page.links(item)[0][1].rpartition("/")[2] for item in items]
    assert Counter(listed) == Counter(gateway.id for gateway in directory.gateways if gateway.area == area)
    drawn = [address.rpartition("/")[2] for address in _drawn(page) if "#" not in address]
    assert len(drawn) > 3
    assert drawn == [name for name in listed if name in drawn], "the links of the map stand in the order of the list"


@pytest.mark.parametrize("area", AREAS)
def test_each_stage_of_the_list_has_its_trigger_who_decides_and_the_time_limit(real: Visitor, directory: Directory, area: str) -> None:
    page = real.get(f"/pathways/{area}")
    items = [item for each in page.all("ol") if each.get("class") == "stages" for item in each]
    for item in items:
        gateway = directory.gateway_by_key[area, page.links(item)[0][1].rpartition("/")[2]]
        text = page.text(item)
        for label, value in (("Why here", gateway.trigger), ("Who decides", gateway.who_decides), ("Time limit", gateway.time_limit)):
            if value:
                assert f"{label}: {value}" in text
            else:
                assert re.search(rf"Not recorded: [^.]*{label}", text, re.IGNORECASE)
        assert gateway.status == "stated in the source" or gateway.status in text
        assert f"/pathways/{area}/{gateway.id}#map" in [address for _, address in page.links(item)]


def test_the_numbers_of_the_list_run_through_its_lanes(real: Visitor) -> None:
    page = real.get("/pathways/warwickshire")
    lists = [each for each in page.all("ol") if each.get("class") == "stages"]
    number = 1
    for each in lists:
        assert each.get("start") == str(number)
        number += len(each)
    assert number == 31


@pytest.mark.parametrize("area", AREAS)
def test_every_step_stands_in_the_tables_with_all_that_is_recorded_of_it(real: Visitor, directory: Directory, area: str) -> None:
    page = real.get(f"/pathways/{area}")
    rows = [[page.text(cell) for cell in row if cell.tag == "td"] for table in page.all("table") for row in table.iter("tr")]
    graph = graph_of(directory, area)
    shown = Counter((row[0], row[1], row[3], row[6]) for row in rows if row)
    for edge in graph.edges:
        key = (graph.places[edge.start].name, graph.places[edge.end].name, edge.condition or "Not recorded", edge.status.capitalize())
        assert shown[key], key
    assert sum(shown.values()) == len(graph.edges)
    headings = [page.text(cell) for cell in page.all("th")]
    assert headings[:8] == ["From", "To", "Kind", "Condition", "Consent", "Time limit", "How sure", "Source"]


def test_the_sources_of_the_steps_are_numbered_below_the_tables(real: Visitor, directory: Directory) -> None:
    page = real.get("/pathways/warwickshire")
    listed = next(each for each in page.all("ol") if each.get("class") == "sources")
    numbers = {item.get("value"): page.links(item)[0][1].removeprefix("/sources#") for item in listed}
    edge = next(edge for edge in graph_of(directory, "warwickshire").edges if (edge.start, edge.end) == ("caf", "family-support-plan"))
    row = next(row for row in page.all("tr") if page.text(row).startswith("Common Assessment Framework (CAF)Family support plan"))
    number, _, section = page.text(list(row)[-1]).partition(": ")
    assert numbers[number] == edge.sources[0].document
    assert section == edge.sources[0].section


@pytest.mark.parametrize("area", AREAS)
def test_what_an_overview_leaves_out_is_named_beside_it_with_a_way_to_its_own_map(real: Visitor, directory: Directory, area: str) -> None:
    page, twin = real.get(f"/pathways/{area}"), real.json(f"/pathways/{area}.json")
    left_out = set(twin["not_on_the_map"])
    section = page.section("map")
    named = {address for _, address in page.links(section) if address.endswith("#map")}
    assert named == {f"/pathways/{area}/{name}#map" for name in left_out}
    for name in left_out:
        assert real.get(f"/pathways/{area}/{name}").has_id("map")
    everything = {stage["id"] for stage in twin["stages"]}
    assert everything == {gateway.id for gateway in directory.gateways if gateway.area == area}


def test_the_map_is_in_a_region_that_can_be_scrolled_with_the_keyboard(real: Visitor) -> None:
    for path in ("/pathways/warwickshire", "/pathways/warwickshire/caf"):
        page = real.get(path)
        region = next(element for element in page.all("div") if "map" in (element.get("class") or "").split())
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-label")
        drawing = _map(page)
        assert drawing.get("role") == "group"
        title = page.by_id(drawing.get("aria-labelledby", ""))
        assert title.tag == f"{SVG}title"
        assert page.text(title)


def test_the_lines_of_the_map_are_explained_in_words(real: Visitor) -> None:
    text = real.get("/pathways/warwickshire").text()
    for words in ("A full line", "A dashed line: a step down", "A dotted line", "proposed or assumed", "Round corners: a service"):
        assert words in text


def test_no_link_of_a_map_is_dead(real: Visitor, directory: Directory) -> None:
    for gateway in directory.gateways:
        page = real.get(f"/pathways/{gateway.area}/{gateway.id}")
        for address in _drawn(page):
            path, _, place = address.partition("#")
            assert real.get(path).status == 200
            assert not place or real.get(path).has_id(place)


def test_an_area_without_stages_says_so(small_settings: Settings, small_opened: Opened) -> None:
    empty = small_opened.directory.model_copy(update={"gateways": (), "steps": (), "closed_ways": (), "services": (), "examples": ()})
    site = Visitor(create_app(small_settings, replace(small_opened, directory=empty, maps=type(small_opened.maps)())))
    assert "No gateway is recorded for Northshire." in site.get("/pathways/northshire").text()
    assert "No gateway is recorded for Northshire." in site.get("/journey?area=northshire").text()
    assert "No pathway recorded" in site.get("/pathways").text()
    for path in ("map.svg", "print"):
        site.get(f"/pathways/northshire/{path}", 404)
    assert site.json("/pathways/northshire.json")["stages"] == []
    assert "No finding" not in site.get("/pathways/northshire/findings").h1


def test_an_area_whose_map_is_not_drawn_yet_still_has_its_stages(small_settings: Settings, small_opened: Opened) -> None:
    site = Visitor(create_app(small_settings, replace(small_opened, maps=type(small_opened.maps)())))
    page = site.get("/pathways/northshire/early-help")
    assert not page.has_id("map")
    assert page.has_id("onward")


# a stage


def test_a_stage_is_told_in_full(real: Visitor) -> None:
    page = real.get("/pathways/warwickshire/caf")
    assert page.headings("h2") == [
        "What is recorded", "Before and after it, as a map", "What comes before", "What comes after", "If the family says no",
        "If you disagree", "Services at this stage (9)", "Descriptors that usually bring a child here", "Examples", "How do I get here?",
        "Editor’s note", "Where this comes from",
    ]  # fmt: skip
    assert page.headings("h3")[6:9] == ["Next up", "Next down", "Referred on to"]
    assert "No step down from here is recorded" in page.text(page.section("onward"))
    assert page.facts()["Called later"].startswith("Early help assessment")
    assert page.link("Worked case: Robin (made up), 2, and a parent who drinks") == "/examples/worked-case-robin"
    assert "level 2" in page.text(page.section("descriptors"))


def test_each_step_of_a_stage_says_who_consent_time_and_how_sure(real: Visitor, directory: Directory) -> None:
    for name in ("caf", "section-47", "mash"):
        page = real.get(f"/pathways/warwickshire/{name}")
        told = stage(directory, "warwickshire", name)
        onward = (*told.next_up, *told.next_down, *told.refer, *told.signpost)
        for part, steps in (("inward", told.before), ("onward", onward), ("services", told.services)):
            text = page.text(page.section(part))
            for step in steps:
                for value in (step.edge.condition, step.edge.who_acts, step.consent, step.edge.time_limit):
                    assert value is None or value in text
                if not step.edge.is_stated:
                    assert step.edge.status in text
                assert all(citation.section in text for citation in step.edge.sources)


def test_a_no_leads_to_the_steps_that_the_source_means(real: Visitor) -> None:
    page = real.get("/pathways/warwickshire/caf")
    refused = page.section("refused")
    assert "/pathways/warwickshire/childrens-social-care" in [address for _, address in page.links(refused)]
    assert "Whose agreement is needed here is not recorded" in real.get("/pathways/warwickshire/police-protection").text()


def test_a_disagreement_leads_to_the_stage_for_it_or_says_that_none_is_recorded(real: Visitor) -> None:
    page = real.get("/pathways/warwickshire/mash")
    assert page.link("Escalation of a professional disagreement") == "/pathways/warwickshire/escalation"
    here = real.get("/pathways/warwickshire/escalation")
    assert "This is the stage for it." in here.text(here.section("disagree"))
    nowhere = real.get("/pathways/walsall/plo-panel")
    assert "No process for disagreements is recorded in Walsall." in nowhere.text(nowhere.section("disagree"))


def test_a_closed_way_stands_on_both_of_its_ends(real: Visitor, directory: Directory) -> None:
    for way in directory.closed_ways:
        for name in (way.start, way.end):
            if "/" not in name:
                assert way.words in real.get(f"/pathways/{way.area}/{name}").text()
        assert way.words in real.get(f"/pathways/{way.area}").text()


def test_a_descriptor_that_brings_a_child_here_leads_to_its_own_page(real: Visitor, directory: Directory) -> None:
    page = real.get("/pathways/warwickshire/section-47")
    told = stage(directory, "warwickshire", "section-47")
    assert told.descriptors
    for descriptor in told.descriptors:
        assert descriptor.text in page.text(page.section("descriptors"))
    for _, address in page.links(page.section("descriptors")):
        assert real.client.get(address).status_code == 200


def test_the_twin_of_a_stage_says_the_same(real: Visitor, directory: Directory) -> None:
    for gateway in directory.gateways:
        twin = real.json(f"/pathways/{gateway.area}/{gateway.id}.json")
        assert twin["address"] == f"/pathways/{gateway.area}/{gateway.id}"
        assert (twin["trigger"], twin["time_limit"], twin["consent"]) == (gateway.trigger, gateway.time_limit, gateway.consent)
        page = real.get(twin["address"])
        onward = {address for _, address in page.links(page.section("onward"))}
        for kind in ("next_up", "next_down", "refer", "signpost"):
            assert {f"/pathways/{gateway.area}/{step['to']}" for step in twin[kind]} <= onward


@pytest.mark.parametrize(
    ("path", "exists"),
    [
        ("/pathways/warwickshir", "/pathways/warwickshire"),
        ("/pathways/warwickshire/caff", "/pathways/warwickshire/caf"),
        ("/pathways/nowhere/findings", "/pathways/leeds"),
        ("/pathways/nowhere/print", "/pathways/walsall"),
    ],
)
def test_an_unknown_area_or_stage_says_what_there_is(real: Visitor, path: str, exists: str) -> None:
    page = real.get(path, 404)
    assert exists in [address for _, address in page.links(page.main)]


@pytest.mark.parametrize("path", ["/pathways/nowhere.json", "/pathways/warwickshire/nope.json", "/pathways/nowhere/findings.json"])
def test_an_unknown_area_or_stage_is_told_to_programs_too(real: Visitor, path: str) -> None:
    assert real.json(path, 404)["error"]["exist"]


@pytest.mark.parametrize("name", ["map.svg", "steps.csv", "graph.graphml", "graph.mmd", "graph.dot"])
def test_there_is_nothing_to_take_away_from_an_unknown_area(real: Visitor, name: str) -> None:
    assert real.raw(f"/pathways/nowhere/{name}", 404)


# findings


@pytest.mark.parametrize("area", AREAS)
def test_findings_stand_under_their_headings_and_name_their_places_and_steps(real: Visitor, directory: Directory, area: str) -> None:
    page, twin = real.get(f"/pathways/{area}/findings"), real.json(f"/pathways/{area}/findings.json")
    graph = graph_of(directory, area)
    for finding in twin["findings"]:
        section = page.section(finding["kind"])
        text = page.text(section)
        assert finding["sentence"] in text
        addresses = [address for _, address in page.links(section)]
        for place in finding["places"]:
            assert (f"/services/{place}" if "/" in place else f"/pathways/{area}/{place}") in addresses
        for step in finding["steps"]:
            assert f"from {graph.places[step['from']].name} to {graph.places[step['to']].name}, {step['status']}" in text
    kinds = Counter(finding["kind"] for finding in twin["findings"])
    for kind, count in kinds.items():
        assert f"{HEADINGS[kind]} ({count})" in page.headings("h2")
    nothing = [kind for kind in HEADINGS if kind not in kinds]
    assert all(HEADINGS[kind] in page.text(page.section("nothing")) for kind in nothing)


def test_the_bypass_of_the_coordinating_gateways_is_explained(real: Visitor) -> None:
    text = real.get("/pathways/warwickshire/findings").text()
    assert "Found by closing the usual ways in at a level" in text
    assert "can be reached without CAF, Priority Families or MASH" in text
    assert "A finding says what is recorded, not what happens to families." in text


def test_findings_are_worked_out_once_for_a_version_of_the_content(own_app: Callable[[], Flask]) -> None:
    loaded = own_app().extensions["windscreen"].loaded
    assert loaded.findings_of("northshire") is loaded.findings_of("northshire")
    assert loaded.steps_of("northshire") is loaded.steps_of("northshire")


# to take away


def test_the_list_of_areas_is_data_too(real: Visitor, directory: Directory) -> None:
    assert [area["id"] for area in real.json("/pathways.json")["areas"]] == list(directory.area_by_id)


@pytest.mark.parametrize("area", AREAS)
def test_the_twin_of_an_area_has_its_stages_and_steps(real: Visitor, directory: Directory, area: str) -> None:
    twin = real.json(f"/pathways/{area}.json")
    graph = graph_of(directory, area)
    steps = [(step["from"], step["to"], step["kind"]) for step in twin["steps"]]
    assert steps == [(edge.start, edge.end, edge.kind) for edge in graph.edges]
    assert {"from", "to", "kind", "condition", "consent", "time_limit", "source"} <= twin["steps"][0].keys()
    assert [way["words"] for way in twin["closed"]] == [way.words for way in graph.closed_ways]
    page = real.get(f"/pathways/{area}")
    listed = [page.links(item)[0][1] for each in page.all("ol") if each.get("class") == "stages" for item in each]
    assert [line["address"] for line in twin["stages"]] == listed


def test_the_map_is_a_file_of_its_own(real: Visitor) -> None:
    response = real.raw("/pathways/warwickshire/map.svg")
    assert response.mimetype == "image/svg+xml"
    root = ElementTree.fromstring(response.get_data())
    assert root.tag == f"{SVG}svg"
    links = {element.get("href") for element in root.iter(f"{SVG}a")}
    assert "/pathways/warwickshire/caf" in links


def rows_of(response: Any) -> list[list[str]]:
    text = response.get_data().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("area", AREAS)
def test_the_steps_are_a_table_that_a_spreadsheet_reads(real: Visitor, directory: Directory, area: str) -> None:
    response = real.raw(f"/pathways/{area}/steps.csv")
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == f"attachment; filename={area}-steps.csv"
    header, *rows = rows_of(response)
    graph = graph_of(directory, area)
    assert len(rows) == len(graph.edges)
    assert all(len(row) == len(header) for row in rows)
    for row, edge in zip(rows, graph.edges, strict=True):
        told = dict(zip(header, row, strict=True))
        assert (told["From: id"], told["To: id"], told["Kind"], told["Status"]) == (edge.start, edge.end, edge.kind, edge.status)
        assert told["Condition"] == (edge.condition or "Not recorded")
        assert all(citation.section in told["Source"] for citation in edge.sources)
    assert "" not in [cell for row in rows for cell in row]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://evil")'])
def test_no_cell_of_the_table_is_a_formula(small_settings: Settings, small_opened: Opened, evil: str) -> None:
    directory = small_opened.directory
    steps = tuple(step.model_copy(update={"condition": evil, "who_acts": evil}) for step in directory.steps)
    gateways = tuple(gateway.model_copy(update={"name": evil}) if gateway.id == "school" else gateway for gateway in directory.gateways)
    hostile = replace(small_opened, directory=directory.model_copy(update={"steps": steps, "gateways": gateways}))
    site = Visitor(create_app(small_settings, hostile))
    cells = [cell for row in rows_of(site.raw("/pathways/northshire/steps.csv")) for cell in row]
    assert f"'{evil}" in cells
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))]


def test_the_graph_is_taken_away_in_three_forms(real: Visitor, directory: Directory) -> None:
    graph = graph_of(directory, "warwickshire")
    read = nx.read_graphml(io.BytesIO(real.raw("/pathways/warwickshire/graph.graphml").get_data()), force_multigraph=True)
    assert set(read) == set(graph.places)
    assert read.number_of_edges() == len(graph.edges)
    mermaid = real.raw("/pathways/warwickshire/graph.mmd")
    assert mermaid.mimetype == "text/plain"
    assert "flowchart TB" in mermaid.get_data(as_text=True)
    dot = real.raw("/pathways/warwickshire/graph.dot")
    assert dot.get_data(as_text=True).startswith('digraph "Pathways in Warwickshire, with services" {')
    for form in ("mmd", "dot", "graphml"):
        assert "attachment" in real.raw(f"/pathways/leeds/graph.{form}").headers["Content-Disposition"]


def test_hostile_words_stay_words_on_every_page_and_in_every_file(small_settings: Settings, small_opened: Opened) -> None:
    evil = '</title><script>alert(1)</script>" onclick="x'
    directory = small_opened.directory
    gateways = tuple(
        gateway.model_copy(update={"name": evil, "trigger": evil, "if_refused": evil, "consent": evil}) for gateway in directory.gateways
    )
    steps = tuple(step.model_copy(update={"condition": evil}) for step in directory.steps)
    hostile = directory.model_copy(update={"gateways": gateways, "steps": steps})
    from app.building.maps import draw_maps

    site = Visitor(create_app(small_settings, replace(small_opened, directory=hostile, maps=draw_maps(hostile))))
    for path in (
        "/pathways/northshire", "/pathways/northshire/early-help", "/pathways/northshire/findings", "/pathways/northshire/print",
        "/journey?from=school&to=northshire/family-help", "/ask?gateway=early-help&area=northshire",
    ):  # fmt: skip
        assert "<script>alert" not in site.get(path).html
    for path in ("map.svg", "graph.graphml"):
        ElementTree.fromstring(site.raw(f"/pathways/northshire/{path}").get_data())


# answers lead to journeys


def test_every_result_of_an_answer_leads_to_its_journey(real: Visitor) -> None:
    page = real.get("/ask?need=domestic-abuse&level=3&age=14&area=warwickshire")
    twin = real.json("/ask.json?need=domestic-abuse&level=3&age=14&area=warwickshire")
    addresses = [address for _, address in page.links(page.main)]
    for group in twin["groups"]:
        for service in group["services"]:
            assert service["journey"] in addresses
            assert real.get(service["journey"]).status == 200


def test_every_profile_says_how_to_get_there(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        page = real.get(f"/services/{service.id}")
        section = page.section("journey")
        address = page.links(section)[0][1]
        assert address.endswith(f"&to={service.id}")
        assert real.get(address).status == 200
        form = next(section.iter("form"))
        fields = {field.get("name"): field.get("value") for field in form.iter("input")}
        assert fields == {"area": service.area, "to": service.id}


def test_the_stage_answers_a_question_about_the_process(real: Visitor) -> None:
    page = real.get(real.ask("what comes after a CAF if the parent refuses consent"))
    assert "if consent is refused: The lead professional judges whether the child's needs will grow" in page.text()
    assert "Common Assessment Framework (CAF)" in page.headings("h2")
    assert "What comes after: Common Assessment Framework (CAF)" in page.headings("h2")
    assert "Remove If the family says no" in [words for words, _ in page.links()]
    assert "Police protection lasts at most 72 hours" in real.get(real.ask("police protection how long")).text()
    assert real.get(real.ask("who do I disagree with")).has_id("stage-1")


# in a real browser


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


@pytest.mark.browser
def test_the_map_fits_a_wide_screen_and_its_links_are_reached_in_the_order_of_the_list(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + "/pathways/warwickshire")
    assert page.evaluate("(() => { const map = document.querySelector('.map'); return map.scrollWidth - map.clientWidth })()") <= 0
    page.focus(".map")
    order = []
    for _ in range(13):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.getAttribute('href')"))
        seen = page.evaluate(
            """() => { const shape = document.activeElement.querySelector('rect');
            return [getComputedStyle(shape).strokeWidth, getComputedStyle(shape).fill] }"""
        )
        assert seen == ["4px", "rgb(255, 215, 94)"], "the focus can be seen"
    listed = page.evaluate("[...document.querySelectorAll('.stages > li > a')].map(link => link.getAttribute('href'))")
    assert order[0] == "/pathways/warwickshire#starts"
    assert order[1:] == [link for link in listed if link in order]
    page.close()


@pytest.mark.browser
def test_at_a_very_wide_screen_the_map_stands_beside_the_list(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1680, "height": 1000})
    page.goto(address + "/pathways/warwickshire")
    lists, beside = (page.locator(part).first.bounding_box() for part in (".lanes", ".beside"))
    assert lists
    assert beside
    assert beside["x"] >= lists["x"] + lists["width"]
    assert beside["y"] < lists["y"] + 200
    page.close()


@pytest.mark.browser
def test_a_box_of_the_map_leads_to_its_stage(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    page.goto(address + "/pathways/warwickshire")
    page.locator(".chart a[href='/pathways/warwickshire/mash']").click()
    expect(page).to_have_url(address + "/pathways/warwickshire/mash")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("area", AREAS)
def test_the_map_is_printed_on_one_sheet_of_a4_in_landscape(browser: Browser, address: str, area: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/pathways/{area}/print")
    pdf = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/Type\s*/Page\b", pdf)
    (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf))
    width, height = (float(number) for number in box.split()[2:])
    assert len(sheets) == 1
    assert (round(width), round(height)) == (842, 595)
    page.close()


def test_the_printed_example_in_the_manual_is_there_and_small() -> None:
    from app.settings import settings

    file = settings().static.parent / "docs" / "pathway-warwickshire.pdf"
    data = file.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(data) < 300_000
    assert b"127.0.0.1" not in data, "no link leads to the machine on which it was made"
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1


def _map(page: Page) -> Element:
    return next(element for element in page.all(f"{SVG}svg") if element.get("class") == "chart")


def _drawn(page: Page) -> list[str]:
    """The addresses of the boxes of the map, in the order in which they are reached."""
    return [link.get("href", "") for link in _map(page).iter(f"{SVG}a")]
