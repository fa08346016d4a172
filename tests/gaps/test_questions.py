"""Every question by its name: what an answer carries, the list behind a cell, what an audience is not shown, and the text of a terminal."""

from __future__ import annotations

import json
from datetime import date

import pytest
from golden.shipped import directory
from hypothesis import given

from app.gaps import QUESTIONS, Ground, Told, address_of, ask
from app.gaps.so_what import NOBODY, SO_WHAT, whom_to_ask
from app.gaps.text import told_as_text
from app.model import AUDIENCES, Service, seen_by

from .made import HERE, ages, ground_of, pounds, service, some_ground, unhurried

TODAY = date(2026, 11, 22)


def told(ground: Ground, name: str, **values: str) -> Told:
    return ask(name, ground, {part: [value] for part, value in values.items()}, TODAY)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("area", ["warwickshire", "walsall", "leeds"])
def test_every_answer_carries_findings_rules_what_follows_and_its_sources(ground: Ground, name: str, area: str) -> None:
    found = told(ground, name, area=area)
    assert found.findings
    assert found.so_what == SO_WHAT[name]
    assert found.whom.endswith(".")
    assert found.sources.rows
    data = found.to_json()
    assert data["findings"] == list(found.findings)
    assert data["whom_to_ask"] == found.whom
    assert json.dumps(data)
    assert found.to_xlsx()[:2] == b"PK"
    assert found.address(".json") == address_of(f"{QUESTIONS[name].path}.json", found.asked)
    assert found.table("nope") is None
    assert found.table() == found.tables[0]


@unhurried
@given(some_ground())
def test_every_question_has_an_answer_on_any_ground(ground: Ground) -> None:
    for name in QUESTIONS:
        found = told(ground, name)
        assert found.findings, name
        assert told_as_text(found).startswith(QUESTIONS[name].title)
        assert json.dumps(found.to_json())


# the list behind a number


def test_the_parts_behind_a_cell_hold_as_many_services_as_its_numbers_say(ground: Ground) -> None:
    for band in ("unborn", "0-4", "11-15", "16-17", "18-25"):
        for level in ("1", "2", "3", "4"):
            behind = told(ground, "cell", area="warwickshire", need="child-drugs", age=band, level=level).answer
            numbers = {part.key: part.number for part in behind.parts}
            assert behind.cell is not None
            assert numbers.get("direct", 0) == behind.cell.direct
            assert numbers.get("through_parent", 0) == behind.cell.through_parent
            assert numbers.get("conditional", 0) == behind.cell.conditional
            assert numbers.get("not_recorded", 0) == behind.cell.not_recorded


def test_without_an_age_or_a_level_all_of_them_are_meant(ground: Ground) -> None:
    whole = told(ground, "cell", area="warwickshire").answer
    assert whole.place == "All ages, all levels, Warwickshire"
    assert (whole.cell.direct, whole.cell.through_parent) == (23, 4)
    row = told(ground, "cell", area="warwickshire", age="11-15").answer
    assert row.place == "Ages 11 to 15, all levels, Warwickshire"
    assert told(ground, "cell", area="warwickshire", level="4").answer.cell.direct == 12


def test_an_area_without_levels_lists_its_services_as_not_recorded(ground: Ground) -> None:
    behind = told(ground, "cell", area="leeds").answer
    assert behind.cell is None
    assert [(part.key, part.number) for part in behind.parts] == [("not_recorded", 6)]
    assert "no number is shown for a cell" in behind.findings[0]
    assert behind.to_json(ground)["cell"] is None


def test_a_long_list_says_how_many_more_there_are() -> None:
    many = ground_of(*(service(f"S {number}") for number in range(230)))
    (part,) = told(many, "cell").answer.parts
    assert (len(part.services), part.number, part.more) == (200, 230, 30)


# whom to ask


def whom(*services: Service, providers: bool = False) -> str:
    made = ground_of(*services)
    return whom_to_ask(made, made.left, providers=providers)


def test_those_with_most_services_are_named_first_and_silence_is_told() -> None:
    by_health = [service(name, commissioner="Health") for name in ("A", "B")]
    services = [*by_health, service("C", commissioner="Schools"), service("D")]
    assert whom(*services) == "Health (2 services); Schools (1 service). For 1 service of 4 nobody is named."
    assert whom(service("E")) == NOBODY
    assert whom(service("F", provider="A Charity", commissioner="Health"), providers=True) == "A Charity (1 service)."


def test_a_what_if_asks_those_whose_services_are_taken_away(ground: Ground) -> None:
    found = told(ground, "what-if", area="warwickshire", without="warwickshire/family-nurse-partnership")
    assert found.whom == "Warwickshire County Council Public Health (1 service)."


# what an audience is not shown


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_withheld_is_told_in_every_answer_that_would_use_it(audience: str) -> None:
    seen = Ground(seen_by(directory(), audience))  # type: ignore[arg-type]
    spend = told(seen, "spend", area="warwickshire").answer
    ends = told(seen, "contracts", area="warwickshire").answer
    hidden = audience == "public"
    assert spend.hidden == ends.withheld == hidden
    assert (spend.findings[0] == "Budgets are not shown to this audience.") == hidden
    assert (ends.findings[0] == "Ends of contracts are not shown to this audience.") == hidden
    complete = told(seen, "completeness", area="warwickshire").answer
    assert ("budget" in complete.fields) == (not hidden)
    assert any("Not shown to this audience" in finding for finding in complete.findings) == hidden
    assert all("budget" not in ask.items[0][2] for ask in complete.ask) or not hidden


def test_a_site_that_hides_only_budgets_still_shows_ends() -> None:
    ground = Ground(directory(), with_money=False)
    ends = told(ground, "contracts", area="warwickshire").answer
    assert not ends.withheld
    assert len([end for end in ends.ends if end.kind == "date"]) == 6
    assert {row[3] for row in ends.tables()[0].rows} == {"Not shown to this audience"}
    assert "Budgets are not shown to this audience." in told(ground, "what-if", without="warwickshire/family-matters").findings


def test_with_the_funders_withheld_the_commissioner_is_no_sole_payer() -> None:
    seen = Ground(seen_by(directory(), "public"))
    assert seen.payers == {}
    assert not [point for point in told(seen, "single-points", area="warwickshire").answer.points if point.kind == "payer"]


# the text of a terminal


def test_the_text_tells_findings_the_table_what_follows_and_the_rules() -> None:
    made = ground_of(service("One", budget=pounds(5000), ages=ages(5, 16)), service("Two", ages=None, received_by=()))
    lines = told_as_text(told(made, "coverage", need="school")).splitlines()
    assert lines[0] == "Where is provision thin? (Made-up, as at 2016)"
    table = [line for line in lines if line.startswith("  Ages ")]
    assert [line.split()[-1] for line in table] == ["levels", *["?1"] * 5]
    assert any("1 (0) ?1" in line for line in table)
    money = told_as_text(told(made, "spend"))
    assert "5,000" in money
    assert HERE in told(made, "cell").to_json()["area"]
