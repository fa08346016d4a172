"""The commissioners' pages: the golden tables of the domain on the page, equal numbers in every form, and what a wrong address is told."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
from gaps.test_tables import sheets

from app.building import Opened
from app.gaps import QUESTIONS
from app.settings import Settings
from app.web import create_app

from .inspector import Page, Visitor

PATHS = [question.path for question in QUESTIONS.values()]

ABUSE = "/gaps?need=domestic-abuse&area=warwickshire"


def rows_of(page: Page, caption: str) -> list[list[Element]]:
    """The body of the table whose caption has this id, as cells."""
    table = page.parents[page.by_id(caption)]
    assert table.tag == "table"
    return [list(row) for body in table.iter("tbody") for row in body.iter("tr")]


def printed(page: Page) -> list[str]:
    """The table of ages by levels as DOMAIN.md prints it: direct, and through a parent in brackets, the totals left out."""
    lines = []
    for cells in rows_of(page, "matrix-caption")[:-1]:
        numbers = [re.search(r"(\d+) direct.*?(\d+) via a parent", page.text(cell)) for cell in cells[1:-1]]
        lines.append(f"{page.text(cells[0]):<14}" + "".join(f"{f'{found[1]} ({found[2]})':>9}" for found in numbers if found))
    return lines


# where is provision thin

DOMAIN_TABLE = """
Unborn            2 (2)    2 (4)    1 (4)    1 (3)
Ages 0 to 4       5 (2)   10 (4)    8 (4)    5 (3)
Ages 5 to 10      6 (2)   14 (4)   12 (4)    7 (3)
Ages 11 to 15     6 (2)   14 (4)   14 (4)    9 (3)
Ages 16 to 17     6 (2)   16 (4)   16 (4)   11 (3)
Ages 18 to 25     7 (2)   15 (4)   15 (4)   11 (3)
"""
"""DOMAIN.md section 6, with services that a young person may use in their own right among the direct ones from 16 on."""


def test_the_table_of_the_domain_stands_on_the_page(real: Visitor) -> None:
    page = real.get("/gaps?area=warwickshire&youngest=as-0")
    assert printed(page) == DOMAIN_TABLE.strip("\n").split("\n")
    caption = page.text(page.by_id("matrix-caption"))
    assert caption.startswith("How many services reach each age at each level. Warwickshire, as at October 2016. From: ")


NOBODY_UNDER_16 = """
Unborn            0 (0)    0 (2)    0 (2)    0 (2)
Ages 0 to 4       0 (0)    0 (2)    0 (2)    0 (2)
Ages 5 to 10      0 (0)    0 (2)    0 (2)    0 (2)
Ages 11 to 15     0 (0)    0 (2)    0 (2)    0 (2)
Ages 16 to 17     0 (0)    2 (2)    2 (2)    2 (2)
Ages 18 to 25     0 (0)    2 (2)    2 (2)    2 (2)
"""


def test_with_domestic_abuse_nobody_under_16_is_served_directly(real: Visitor) -> None:
    page = real.get(ABUSE)
    assert printed(page) == NOBODY_UNDER_16.strip("\n").split("\n")
    first = next(page.section("findings").iter("li"))
    assert page.text(first) == "With domestic abuse selected, nobody under 16 is served directly at any level."
    assert page.headings("h2")[:2] == ["What it shows", "Ages by levels"]


def test_every_cell_is_a_link_with_its_full_name_to_the_list_behind_it(real: Visitor) -> None:
    page = real.get("/gaps?area=warwickshire")
    table = page.parents[page.by_id("matrix-caption")]
    links = page.links(table)
    assert len(links) == 7 * 5
    by_words = dict(links)
    name = "Ages 11 to 15, level 4: 9 direct, 3 via a parent, 2 not recorded"
    assert by_words[name] == "/gaps/cell?area=warwickshire&age=11-15&level=4"
    for words, address in links:
        found = real.get(address)
        number = re.search(r"(\d+) direct", words)
        section = found.section("direct") if found.has_id("direct") else None
        listed = len(list(section.iter("h3"))) if section is not None else 0
        assert number is not None
        assert listed == int(number[1]), f"{words} leads to a list of {listed}"


def test_the_list_behind_a_cell_tells_apart_how_each_service_reaches_the_child(real: Visitor) -> None:
    page = real.get("/gaps/cell?need=domestic-abuse&area=warwickshire&age=11-15&level=3")
    assert page.headings("h2")[1] == "They reach the child through a parent or carer (2)"
    assert page.link("Domestic Abuse Refuge Service") == "/services/warwickshire/domestic-abuse-refuge"
    assert "Domestic abuse: ages 11 to 15, level 3, Warwickshire: none direct, 2 via a parent." in page.text(page.section("findings"))


def test_totals_are_distinct_services_and_not_sums(real: Visitor) -> None:
    page = real.get("/gaps?area=warwickshire")
    *bands, total = [[page.text(cell) for cell in row] for row in rows_of(page, "matrix-caption")]
    assert total[0] == "All ages each service once"
    assert "All ages, all levels: 23 direct, 4 via a parent" in total[-1]
    assert "2 at 1, 9 at 2, 10 at 3, 3 at 4" in page.text()
    assert len(bands) == 6


def test_words_and_patterns_stand_in_every_cell_and_are_explained(real: Visitor) -> None:
    page = real.get("/gaps?area=warwickshire")
    words = {"none": 0, "one": 0, "few": 0, "several": 0}
    for row in rows_of(page, "matrix-caption"):
        for cell in row[1:]:
            swatch = next(span for span in cell.iter("span") if "swatch" in (span.get("class") or ""))
            word = (swatch.get("class") or "").removeprefix("swatch swatch-")
            assert f"{word} directly" in page.text(cell)
            words[word] += 1
    assert words == {"none": 0, "one": 2, "few": 3, "several": 30}
    assert "none: 0 one: 1 few: 2 or 3 several: 4 or more" in page.text()


def test_single_years_are_rows(real: Visitor) -> None:
    page = real.get("/gaps?area=warwickshire&ages=years")
    assert len(rows_of(page, "matrix-caption")) == 27 + 1
    assert page.selected("gap-ages") == "years"


def test_only_services_for_adults_get_their_word_from_every_way(real: Visitor) -> None:
    page = real.get("/gaps?need=domestic-abuse&area=warwickshire&received_by=parent_carer")
    assert "distinct services in any way, because only services for adults were asked about" in page.text(page.section("rules"))
    assert "few" in page.text(rows_of(page, "matrix-caption")[0][2])


@pytest.mark.parametrize("area", ["walsall", "leeds"])
def test_an_area_without_levels_says_so_and_shows_no_zeros(real: Visitor, area: str) -> None:
    page = real.get(f"/gaps?area={area}")
    assert not page.has_id("matrix-caption")
    assert "no number is shown where nothing is known" in page.text()
    data = real.json(f"/gaps.json?area={area}")
    assert (data["bands"], data["levels"], data["cells"]) == ([], [], [])
    assert data["no_table"]


def test_the_rules_what_follows_whom_to_ask_and_the_sources_are_on_every_page(real: Visitor) -> None:
    for path in PATHS:
        page = real.get(f"{path}?area=warwickshire")
        assert page.has_id("rules"), path
        so_what = page.text(page.section("so-what"))
        assert "Ask: " in so_what
        assert "Warwickshire County Council" in so_what, path
        assert "Children Looked After Needs Assessment" in page.text(page.section("sources")), path


def test_every_question_leads_to_every_other_with_the_same_area_and_need(real: Visitor) -> None:
    page = real.get("/gaps/spend?need=parenting&area=warwickshire")
    nav = next(nav for nav in page.all("nav") if nav.get("aria-label") == "Questions of commissioners")
    links = dict(page.links(nav))
    assert links["Where is provision thin?"] == "/gaps?need=parenting&area=warwickshire"
    assert links["Needs by area"] == "/gaps/areas?area=warwickshire"
    assert len(links) == len(QUESTIONS) - 1
    for address in links.values():
        real.get(address)


def test_gaps_stand_in_the_main_navigation_and_each_profile_leads_to_what_would_change(real: Visitor) -> None:
    page = real.get("/services/warwickshire/family-matters")
    assert ("Gaps", "/gaps") in page.links()
    address = page.link("What would change if this ended")
    assert address == "/gaps/what-if?area=warwickshire&without=warwickshire/family-matters"
    assert "Without Family Matters" in real.get(address).text()


def test_no_link_of_these_pages_is_dead(real: Visitor) -> None:
    seen: set[str] = set()
    for path in PATHS:
        for _, address in real.get(f"{path}?area=warwickshire").links():
            if address.startswith("/") and not re.match(r"/(gaps/cell|services/|descriptors/|sources|themes/)", address):
                seen.add(address)
    for address in sorted(seen):
        real.raw(address)


# money

LEVELS = """
Level 1            £0   £7,983,451  £18,838,981
Level 2      £150,000   £9,128,457  £21,388,047
Level 3        £9,000   £2,722,046   £8,716,225
Level 4            £0   £1,863,093   £6,743,319
"""


def test_the_known_21_and_three_bounds_that_are_never_merged(real: Visitor) -> None:
    page = real.get("/gaps/spend?area=warwickshire")
    assert page.text(next(page.section("findings").iter("li"))).startswith("21 of 27 services have a known budget for a year: £21,697,047")
    rows = [[page.text(cell) for cell in row] for row in rows_of(page, "caption-by_level")]
    lines = [f"{label:<8}{one:>13}{two:>13}{three:>13}" for label, one, two, three, *_ in rows]
    assert lines[:4] == LEVELS.strip("\n").split("\n")
    assert lines[4].split() == ["Level", "not", "recorded", *["Not", "recorded"] * 3]
    assert "67% of the known total" in page.text(page.section("largest"))
    figures = {page.text(row[0]): page.text(row[1]) for row in rows_of(page, "table-budgets")}
    for missing in ("Attendance, Compliance and Enforcement Team", "Warwickshire Youth Justice Service"):
        assert figures[missing] == "Not recorded"


def test_every_chart_has_its_table_below_it(real: Visitor) -> None:
    for path, count in (("/gaps/spend", 2), ("/gaps/contracts", 1)):
        page = real.get(f"{path}?area=warwickshire")
        figures = [figure for figure in page.all("figure") if figure.get("class") == "chart-box"]
        assert len(figures) == count
        for figure in figures:
            (svg,) = [element for element in figure.iter() if element.tag.endswith("svg")]
            assert svg.get("role") == "img"
            described = page.text(page.by_id(svg.get("aria-describedby") or ""))
            assert "£" in described
            order = list(page.root.iter())
            assert any(order.index(table) > order.index(figure) for table in page.all("table"))


# contracts


def test_ends_within_a_window_with_their_value_and_what_they_leave(real: Visitor) -> None:
    page = real.get("/gaps/contracts?area=warwickshire&by=2017-12-31")
    findings = [page.text(item) for item in page.section("findings").iter("li")]
    assert findings[0] == "6 recorded arrangements end by 31 December 2017: £12.38m a year, 57% of the known budgets."
    assert any(each.startswith("Family Matters: ends when 100 units of intervention have been used.") for each in findings)
    ends = {page.text(row[0]): [page.text(cell) for cell in row[1:]] for row in rows_of(page, "ends-caption")}
    assert list(ends) == [
        "Triple P (Diversion from Care)", "Smart Start Family Group Conferencing project", "Family Nurse Partnership", "Health Visiting",
        "School Nursing", "Drug and Alcohol Misuse Service (Addaction)", "Family Matters",
    ]  # fmt: skip
    assert ends["Health Visiting"][:2] == ["Ends October 2017.", "£5,900,000"]
    assert "teenage pregnancy and young parents" in ends["Family Nurse Partnership"][3]
    assert page.selected("gap-area") == "warwickshire"
    assert page.by_id("gap-by").get("value") == "2017-12-31"
    assert page.text(page.section("unknown")).startswith("End not recorded (20) Not recorded is not open-ended.")


ENDS_BY_YEAR = {"2016": (1, 32_000), "2017": (5, 12_350_000), "2018": (0, 0)}


@pytest.mark.parametrize("year", ENDS_BY_YEAR)
def test_contract_ends_by_year(real: Visitor, year: str) -> None:
    window = real.json(f"/gaps/contracts.json?area=warwickshire&since={year}&by={year}")["window"]
    assert (len(window["services"]), window["value"]) == ENDS_BY_YEAR[year]


# what if


def test_what_if_stands_side_by_side_with_today_and_its_address_can_be_sent_on(real: Visitor) -> None:
    address = "/gaps/what-if?area=warwickshire&without=warwickshire/family-nurse-partnership"
    page = real.get(address)
    assert "No service is left for teenage pregnancy and young parents." in page.text(page.section("findings"))
    needs = [[page.text(cell) for cell in row] for row in rows_of(page, "what-if-needs-caption")]
    assert needs == [["Teenage pregnancy and young parents", "1", "0", "before birth to age 4 and ages 11 to 25 at levels 1 to 4", "None"]]
    assert page.facts()["Taken away"] == "£800,000"
    assert real.get(real_address(page, "XLSX").replace(".xlsx", "")).text() == page.text()


def real_address(page: Page, words: str) -> str:
    return next(address for text, address in page.links(page.section("take-away")) if words in text)


def test_the_form_of_a_what_if_needs_no_script(real: Visitor) -> None:
    page = real.get("/gaps/what-if?area=warwickshire")
    form = next(form for form in page.all("form") if form.get("action") == "/gaps/what-if")
    ticks = [box for box in form.iter("input") if box.get("name") == "without"]
    assert len(ticks) == 27
    sent = "/gaps/what-if?need=&area=warwickshire&status=in-use&received_by=&without=warwickshire/family-matters&ends_by="
    sent += "&move_of=warwickshire/family-group-conferencing&move_level=1&move_level=2&move_from=5&move_to="
    answer = real.raw(sent, 303)
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked == {
        "area": ["warwickshire"], "without": ["warwickshire/family-matters"],
        "move": ["warwickshire/family-group-conferencing:levels:1,2", "warwickshire/family-group-conferencing:ages:5-"],
    }  # fmt: skip
    there = real.get(answer.headers["Location"])
    assert "Moved: Family Group Conferencing works at levels 1 and 2 and is for ages 5 and over" in there.text()
    kept = [box.get("value") for box in there.all("input") if box.get("type") == "hidden" and box.get("name") == "move"]
    assert kept == asked["move"]


def test_a_second_move_of_the_same_service_takes_the_place_of_the_first(real: Visitor) -> None:
    first = "move=warwickshire/family-matters:levels:2"
    answer = real.raw(f"/gaps/what-if?area=warwickshire&{first}&move_of=warwickshire/family-matters&move_level=4&move_from=&move_to=", 303)
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["move"] == ["warwickshire/family-matters:levels:4"]


def test_a_move_that_makes_no_sense_is_told_and_not_followed(real: Visitor) -> None:
    page = real.get("/gaps/what-if?area=warwickshire&move_of=warwickshire/family-matters&move_from=17&move_to=5", 400)
    assert "holds no ages; write 8-17" in page.text()
    assert "Nothing is changed yet" in page.text()


def test_everything_may_end_by_a_day(real: Visitor) -> None:
    data = real.json("/gaps/what-if.json?area=warwickshire&ends_by=2017-12-31")
    assert len(data["gone"]) == 6
    assert data["money"]["gone"] == 12_382_000
    assert len(data["end_not_recorded"]) == 21


# the other questions


def test_single_points_lead_to_what_would_change(real: Visitor) -> None:
    page = real.get("/gaps/single-points?area=warwickshire")
    assert "One service: Family Nurse Partnership" in page.text(page.section("points"))
    assert "Systemic Family Work: ‘One full-time worker" in page.text(page.section("workers"))
    assert "Common Assessment Framework (CAF)" in page.text(page.section("gateways"))
    words = "What if without Family Nurse Partnership"
    assert page.link(words) == "/gaps/what-if?area=warwickshire&without=warwickshire/family-nurse-partnership"


def test_capacity_stands_side_by_side_the_oldest_first_and_not_recorded_is_visible(real: Visitor) -> None:
    page = real.get("/gaps/capacity?area=warwickshire")
    rows = [[page.text(cell) for cell in row] for row in rows_of(page, "table-room")]
    assert rows[0][0].startswith("Child and Adolescent Mental Health Services")
    assert len([row for row in rows if row[1] == "Not recorded"]) == 21
    until = [page.text(row[7]) for row in rows_of(page, "table-activity")]
    dated = [day for day in until if day != "Not recorded"]
    assert dated == sorted(dated)
    assert until[len(dated) :] == ["Not recorded"] * (len(until) - len(dated))


def test_contradictions_are_shown_as_contradictions_and_not_assessed_is_not_low(real: Visitor) -> None:
    page = real.get("/gaps/evidence?area=warwickshire")
    told = page.text(page.section("contradictions"))
    assert "11 of the 15 children (almost three quarters) were diverted from care" in told
    assert "two thirds of the children" in told
    assert "Not assessed: no source here gives a rating by an evidence body. That is not a low rating." in page.text()


def test_completeness_is_a_table_and_a_list_of_what_to_ask_whom(real: Visitor) -> None:
    page = real.get("/gaps/completeness?area=warwickshire")
    fields = {page.text(row[0]): [page.text(cell) for cell in row[1:]] for row in rows_of(page, "table-completeness-totals")}
    assert fields["Contact"] == ["1", "0", "0", "26"]
    assert fields["Budget"] == ["22", "0", "2", "3"]
    assert len(rows_of(page, "fields-caption")) == 27
    assert "Family Matters: contact, room and waiting, activity, consent and owner of the profile" in page.text(page.section("ask"))


def test_needs_and_descriptors_without_a_service(real: Visitor) -> None:
    page = real.get("/gaps/unanswered?area=warwickshire")
    assert "Level 4: 34 without a service" in page.headings("h3")
    assert page.link("Child sexual exploitation") == "/gaps?need=sexual-exploitation&area=warwickshire"


def test_overlap_says_what_two_services_share_and_that_choice_is_legitimate(real: Visitor) -> None:
    page = real.get("/gaps/overlap?area=warwickshire&need=domestic-abuse")
    assert "Domestic Abuse Refuge Service and Domestic Abuse Support Service both work at levels 2 to 4 for domestic abuse" in page.text()
    assert "Choice and specialism are legitimate" in page.text(page.section("rules"))


# equal numbers


@pytest.fixture(scope="module")
def database(real_settings: Settings, real_opened: Opened) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{real_settings.database}?mode=ro", uri=True)) as connection:
        yield connection


def numbers_of(page: Page) -> dict[tuple[str, int], tuple[int, ...]]:
    """Direct, through a parent, conditional and not recorded of every cell, as the page says them."""
    bands = ["unborn", "0-4", "5-10", "11-15", "16-17", "18-25"]
    found = {}
    for band, row in zip(bands, rows_of(page, "matrix-caption"), strict=False):
        for level, cell in enumerate(row[1:-1], 1):
            text = page.text(cell)
            words = (r"(\d+) direct", r"(\d+) via a parent", r"(\d+) on a condition", r"(\d+) not recorded")
            matches = [re.search(word, text) for word in words]
            found[band, level] = tuple(int(match[1]) if match else 0 for match in matches)
    return found


WAYS = ("direct", "through_parent", "conditional", "not_recorded")


@pytest.mark.parametrize("need", ["", "domestic-abuse", "parenting", "child-drugs"])
def test_page_json_csv_xlsx_and_sql_give_equal_numbers(real: Visitor, database: sqlite3.Connection, need: str) -> None:
    address = f"?need={need}&area=warwickshire" if need else "?area=warwickshire"
    data = real.json(f"/gaps.json{address}")
    by_json = {(cell["band"], cell["level"]): tuple(cell[way] for way in WAYS) for cell in data["cells"]}
    labels = {name: band for band, name in data["band_names"].items()}

    text = real.raw(f"/gaps.csv{address}").get_data(as_text=True).removeprefix("\ufeff")
    lines = [row for row in csv.reader(io.StringIO(text)) if row and row[0] in labels and row[1].isdigit()]
    by_csv = {(labels[row[0]], int(row[1])): tuple(map(int, row[2:6])) for row in lines}

    sheet = next(iter(sheets(real.raw(f"/gaps.xlsx{address}").get_data()).values()))
    by_xlsx = {}
    for cells in sheet:
        values = [value for _, value in cells]
        if values and values[0] in labels and cells[1][0] == "n":
            assert {kind for kind, _ in cells[1:9]} == {"n"}, "a number that is a text"
            by_xlsx[labels[values[0]], int(values[1])] = tuple(int(float(value)) for value in values[2:6])

    view, where = ("gap_matrix_by_need", "area = 'warwickshire' AND need = ?") if need else ("gap_matrix", "area = 'warwickshire'")
    rows = database.execute(f"SELECT band, level, {', '.join(WAYS)} FROM {view} WHERE {where}", (need,) if need else ())
    by_sql = {(band, level): tuple(counts) for band, level, *counts in rows}

    assert len(by_json) == 24
    assert by_json == numbers_of(real.get(f"/gaps{address}")) == by_csv == by_xlsx == by_sql


def test_sums_are_equal_on_the_page_in_json_csv_xlsx_and_sql(real: Visitor, database: sqlite3.Connection) -> None:
    address = "?area=warwickshire"
    data = real.json(f"/gaps/spend.json{address}")
    by_json = {int(row["key"]): (row["dedicated"], row["shared_equally"], row["counted_in_full"]) for row in data["by_level"][:4]}
    page = real.get(f"/gaps/spend{address}")
    on_page = {
        number: tuple(int(page.text(cell).strip("£").replace(",", "")) for cell in row[1:4])
        for number, row in enumerate(rows_of(page, "caption-by_level")[:4], 1)
    }
    sql = "SELECT level, dedicated, shared_equally, counted_in_full FROM budget_by_level WHERE area = 'warwickshire' AND level > 0"
    by_sql = {level: tuple(sums) for level, *sums in database.execute(sql)}
    text = real.raw(f"/gaps/spend.csv{address}").get_data(as_text=True)
    lines = [row for row in csv.reader(io.StringIO(text)) if row[:1] == ["By level"] and row[1][-1].isdigit()]
    by_csv = {int(row[1][-1]): tuple(map(int, row[2:5])) for row in lines}
    sheet = next(iter(sheets(real.raw(f"/gaps/spend.xlsx{address}").get_data()).values()))
    by_xlsx = {
        int(cells[1][1][-1]): tuple(int(float(value)) for _, value in cells[2:5])
        for cells in sheet
        if cells and cells[0][1] == "By level" and cells[1][1][-1].isdigit()
    }
    assert by_json == on_page == by_sql == by_csv == by_xlsx
    (total,) = database.execute("SELECT known FROM budget_total WHERE area = 'warwickshire'").fetchone()
    assert total == data["total"]["known"] == 21_697_047


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_its_twins_and_every_table_its_file(real: Visitor, path: str) -> None:
    page = real.get(f"{path}?area=warwickshire")
    links = dict(page.links(page.section("take-away")))
    data = real.json(links["This answer as data (JSON)"])
    assert data["findings"]
    assert {"rules", "so_what", "whom_to_ask", "sources", "problems"} <= data.keys()
    shown = page.text()
    assert any(finding in shown for finding in data["findings"]) or path == "/gaps/what-if"
    book = sheets(real.raw(links["Every table as XLSX"]).get_data())
    assert list(book)[-1] == "Rules and sources"
    files = [address for words, address in links.items() if words.endswith("(CSV)")]
    assert len(files) == len(book) - 1
    for address in files:
        answer = real.raw(address)
        assert answer.mimetype == "text/csv"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=warwickshire-")
        lines = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
        assert len(lines[0]) > 1
        assert any(line and line[0].startswith("Source: ") for line in lines)


# who sees money


@pytest.fixture(scope="module")
def public(real_settings: Settings, real_opened: Opened) -> Visitor:
    """The shipped content as everybody sees it."""
    return Visitor(create_app(replace(real_settings, audience="public"), real_opened), remember=True)


@pytest.fixture(scope="module")
def sums(real_opened: Opened) -> set[str]:
    """Every budget that the content holds, as pages and as data write it."""
    budgets = [service.budget for service in real_opened.directory.services if service.budget]
    amounts = {money.amount for budget in budgets for money in (budget, *budget.also) if money.amount > 999}
    return {f"£{amount:,}" for amount in amounts} | {str(amount) for amount in amounts if amount > 99_999}


@pytest.mark.parametrize("path", PATHS)
def test_no_form_of_an_answer_holds_a_budget_that_is_withheld(public: Visitor, sums: set[str], path: str) -> None:
    address = "?area=warwickshire"
    if path == "/gaps/what-if":
        address += "&without=warwickshire/health-visiting&ends_by=2017-12-31"
    page = public.get(f"{path}{address}")
    told = [page.html, public.raw(f"{path}.json{address}").get_data(as_text=True)]
    told += [public.raw(link).get_data(as_text=True) for words, link in page.links(page.section("take-away")) if words.endswith("(CSV)")]
    told += [str(sheets(public.raw(f"{path}.xlsx{address}").get_data()))]
    for text in told:
        assert not [amount for amount in sums if re.search(rf"(?<![\d,]){re.escape(amount)}(?![\d,])", text)]


def test_what_is_withheld_is_told_as_not_shown_and_never_as_not_recorded(public: Visitor) -> None:
    area = "?area=warwickshire"
    assert "Budgets are not shown to this audience." in public.get(f"/gaps/spend{area}").text()
    assert "Ends of contracts are not shown to this audience." in public.get(f"/gaps/contracts{area}").text()
    assert "Claimed outcomes are not shown to this audience." in public.get(f"/gaps/evidence{area}").text()
    assert "Activity and demand are not shown to this audience." in public.get(f"/gaps/capacity{area}").text()
    whole = public.get(f"/gaps/completeness{area}")
    assert "Not shown to this audience, and therefore not counted here: " in whole.text()
    assert "Budget" not in [whole.text(row[0]) for row in rows_of(whole, "table-completeness-totals")]
    without = public.get(f"/gaps/what-if{area}&without=warwickshire/family-matters&ends_by=2017-12-31")
    assert "Ends of contracts are not shown to this audience, so no day takes a service away here." in without.text()
    assert public.json(f"/gaps/spend.json{area}")["total"]["known"] is None


def test_a_public_site_names_no_sole_payer_that_it_cannot_know(public: Visitor) -> None:
    data = public.json("/gaps/single-points.json?area=warwickshire")
    assert {point["kind"] for point in data["points"]} <= {"worker", "service", "provider"}
    assert "Who pays beside the commissioner is not shown to this audience." in data["findings"]


# bad input

WRONG = [
    ("need=domestic-abus", "Need ‘domestic-abus’ is not a need known here; did you mean 'domestic-abuse'?"),
    ("need=zzz", "Need ‘zzz’ is not a need known here; 77 are allowed, such as "),
    ("area=atlantis", "Area ‘atlantis’ is not an area here; allowed: leeds, walsall, warwickshire"),
    ("status=fine", "Status ‘fine’ is not a status; allowed: all, ended, historic, in-use"),
    ("received_by=dog", "Received_by ‘dog’ is not a recipient; allowed: child, family"),
    ("colour=red", "Colour is not a part of this question; the parts are need, area"),
    ("ages=months", "Ages ‘months’ is not a way to show ages; allowed: bands, years"),
]


@pytest.mark.parametrize(("query", "words"), WRONG)
def test_a_wrong_address_is_told_what_is_allowed(real: Visitor, query: str, words: str) -> None:
    page = real.get(f"/gaps?{query}", 400)
    assert page.h1 == "Where is provision thin?"
    assert words in page.text(page.by_id("problem-title")) + page.text()
    data = real.json(f"/gaps.json?{query}", 400)
    assert len(data["problems"]) == 1
    told = real.raw(f"/gaps.csv?{query}", 400)
    assert told.mimetype == "text/plain"
    assert words in told.get_data(as_text=True)
    assert real.raw(f"/gaps.xlsx?{query}", 400).mimetype == "text/plain"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/gaps/contracts?by=yesterday", "is not a date; write a day, a month or a year: 2017-12-31, 2017-12 or 2017"),
        ("/gaps/contracts?since=2018&by=2017", "is after 2017-12-31; the window must begin before it ends"),
        ("/gaps/contracts?by=2017-02-30", "is not a date"),
        ("/gaps/what-if?without=warwickshire/family-matter", "is not a service known here; did you mean 'warwickshire/family-matters'?"),
        ("/gaps/what-if?area=walsall&without=warwickshire/family-matters", "is of another area than walsall; areas are never mixed"),
        ("/gaps/what-if?move=warwickshire/family-matters:levels:9", "names a level that is none; the levels are 1, 2, 3, 4"),
        ("/gaps/what-if?move=nonsense", "is not a move; write warwickshire/its-short-name:levels:2,3"),
        ("/gaps/needs?age=99", "is not an age or a band of ages; allowed: unborn, 0-4"),
        ("/gaps/cell?level=7", "is not a level of this area; allowed: 1, 2, 3, 4"),
        ("/gaps/cell?area=leeds&level=1", "allowed: none, because this area has no levels"),
    ],
)
def test_wrong_dates_services_moves_ages_and_levels_are_told(real: Visitor, address: str, words: str) -> None:
    assert words in real.get(address, 400).text()


HOSTILE = [
    "<script>alert(1)</script>", "'; DROP TABLE service; --", "%00", "../../etc/passwd", "=1+1", "%E2%80%AE", "9" * 5000, "%F0%9F%98%80",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_hostile_values_are_refused_and_never_repeated_raw(real: Visitor, value: str) -> None:
    for path in PATHS:
        parts = QUESTIONS[path.removeprefix("/gaps").strip("/") or "coverage"].parts
        query = "&".join(f"{part}={value.replace('&', '')}" for part in parts)
        page = real.get(f"{path}?{query}", 400)
        assert "<script>alert" not in page.html
        assert "\u202e" not in page.html
        assert real.json(f"{path}.json?{query}", 400)["problems"]


def test_many_values_are_read_up_to_a_limit_and_the_rest_is_told(real: Visitor) -> None:
    many = "&".join(f"without=warwickshire/service-{number}" for number in range(300))
    page = real.get(f"/gaps/what-if?area=warwickshire&{many}", 400)
    assert "Without has 300 values; at most 40 are read" in page.text()


def test_a_table_that_is_not_there_is_told_which_there_are(real: Visitor) -> None:
    answer = real.raw("/gaps/spend.csv?area=warwickshire&table=nope", 400)
    assert answer.get_data(as_text=True) == "There is no such table here; the tables are spend, budgets.\n"


def test_blank_fields_of_the_form_leave_the_address(real: Visitor) -> None:
    answer = real.raw("/gaps?need=&area=warwickshire&received_by=&funder=&status=in-use&ages=bands&youngest=", 303)
    assert answer.headers["Location"] == "/gaps?area=warwickshire"


def test_what_was_chosen_can_be_taken_out_again_piece_by_piece(real: Visitor) -> None:
    page = real.get("/gaps?need=neglect&need=parenting&area=warwickshire&received_by=family&youngest=as-0")
    chips = {words: address for words, address in page.links(page.main) if words.startswith("Remove ")}
    assert chips["Remove Need: Neglect"] == "/gaps?need=parenting&area=warwickshire&received_by=family&youngest=as-0"
    assert len(chips) == 4


def test_a_small_site_without_money_or_contracts_has_every_page_too(small: Visitor) -> None:
    for path in PATHS:
        page: Any = small.get(path)
        assert page.h1
