"""How fresh a fact is stands wherever the service stands, in words, and nothing is hidden for its age."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.freshness import services_in
from app.model import Directory
from app.settings import settings
from app.web import create_app
from pictures.kinds import KINDS, Kind

from .conftest import SMALL
from .inspector import Visitor

NOW = date(2026, 11, 22)

TEMPLATES = Path(__file__).resolve().parents[2] / "app" / "web" / "templates"

HELP = "/services/northshire/family-help"

PROFILE = re.compile(r"^(/as/public)?/services/[a-z0-9-]+/[a-z0-9-]+$")

OVERDUE = "Last checked: not recorded. The source is of March 2020. Overdue for review"

WHERE = {
    "/services": OVERDUE,
    HELP: OVERDUE,
    "/ask?need=parenting&area=northshire": OVERDUE,
    "/ask?process=early-help-assessment&area=northshire": "Last checked: not recorded. The source is of",
    "/themes/parenting": "overdue for review",
    "/levels": "overdue for review",
    "/levels/2": "overdue for review",
    "/levels/poster": "(checked 1 March 2020, overdue for review)",
    "/pathways/northshire/early-help": "Last checked: not recorded. The source is of",
    "/programmes/calm-parenting": "overdue for review",
    "/journey?from=early-help&to=northshire/family-help": OVERDUE,
}


@pytest.fixture
def on(own_app: Callable[[], Flask]) -> Callable[[date], Visitor]:
    """The small site on a day."""

    def visit(day: date) -> Visitor:
        app = own_app()
        app.config["TODAY"] = day
        return Visitor(app)

    return visit


@pytest.mark.parametrize(("path", "words"), WHERE.items())
def test_the_mark_stands_wherever_the_service_or_the_stage_stands(on: Callable[[date], Visitor], path: str, words: str) -> None:
    text = on(NOW).get(path).text()
    assert words.lower() in text.lower()


NOT_ABOUT_SERVICES = {"changes", "not-here"}
"""Pages that lead to a service without saying anything of it."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name not in NOT_ABOUT_SERVICES], ids=lambda kind: kind.name)
def test_every_kind_of_page_that_leads_to_a_service_says_that_it_is_overdue(real: Visitor, kind: Kind) -> None:
    """In the demonstration every service is."""
    page = real.get(kind.path, kind.status)
    if any(PROFILE.search(address) for _, address in page.links(page.main)):
        assert "overdue for review" in page.text().lower()


def marked(data: Any) -> Iterator[str]:
    """The ids of the services that data marks: by id, or each beside its own."""
    if isinstance(data, dict):
        marks = data.get("freshness", {})
        yield from [data["id"], *data.get("freshness_of_others", ())] if "state" in marks else marks
        yield from (name for each in data.values() for name in marked(each))
    elif isinstance(data, list):
        yield from (name for each in data for name in marked(each))


NOT_MARKED = {*NOT_ABOUT_SERVICES, "content-health"}
"""The page of what is due tells each field's state itself."""


def test_whatever_names_a_service_to_other_programs_says_that_it_is_overdue(real: Visitor, directory: Directory) -> None:
    looked_at, client = set[str](), real.app.test_client()
    for kind in KINDS:
        path, _, asked = kind.path.partition("?")
        response = client.get(f"{path}.json?{asked}")
        if kind.name in NOT_MARKED or response.status_code == 404:
            continue
        named = {each.id for each in services_in(response.json, directory)}
        assert named <= set(marked(response.json)), kind.name
        looked_at |= {kind.name} if named else set()
    assert looked_at >= {"answer", "menu", "profile", "shortlist", "level", "theme", "descriptor", "pathway", "stage", "journey", "gaps"}
    assert real.json("/pathways/warwickshire/caf.json")["freshness_of_stage"]["state"] == "overdue"


@pytest.mark.parametrize("path", ["/gaps.csv?area=warwickshire&need=domestic-abuse", "/gaps/contracts.csv?area=warwickshire&by=2017-12-31"])
def test_a_table_that_is_taken_away_says_below_it_what_is_overdue(real: Visitor, path: str) -> None:
    _, _, below = real.raw(path).get_data(as_text=True).partition("\r\n\r\n")
    said = [row[0] for row in csv.reader(io.StringIO(below)) if "overdue" in row[0]]
    assert len(said) == 1
    assert re.fullmatch(r"All \d+ services named in this answer are overdue for review\.", said[0])


ONE_IS_FRESH = {
    "/pathways": "Overdue for review: 4 of 4 stages.",
    "/pathways/northshire": "2 of the 3 services named on this page are overdue for review: Clear Heads and Safe at Home.",
    "/pathways/northshire/early-help": "Overdue for review: ",
    "/pathways/northshire/stages": "Overdue for review: ",
    "/gaps/completeness?area=northshire": "3 of the 4 services named on this page are overdue for review: Clear Heads, Safe at Home and",
    "/gaps/unanswered?area=northshire": "services named on this page are overdue for review: ",
    "/shortlist?service=northshire/family-help": "",
    "/shortlist?service=northshire/safe-at-home": "Overdue for review",
    "/shortlist/supervision?service=northshire/safe-at-home": "Overdue for review.",
    "/services/print?area=northshire": "Overdue for review.",
    "/levels/print": "Overdue for review: ",
}
"""What stands on a page when Family Help alone was checked two days ago."""


@pytest.fixture(scope="module")
def one_is_fresh(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    root = tmp_path_factory.mktemp("one-is-fresh")
    shutil.copytree(SMALL, root / "site")
    profile = root / "site/content/services/northshire/family-help.md"
    text = profile.read_text(encoding="utf-8").replace("as_at: 2020-03\n", "as_at: 2020-03\nchecked_on: 2026-11-20\n")
    profile.write_text(text, encoding="utf-8")
    app = create_app(replace(settings(root / "site"), build=root / "build", state_folder=root / "state"))
    app.config["TODAY"] = NOW
    return Visitor(app)


@pytest.mark.parametrize(("path", "words"), ONE_IS_FRESH.items())
def test_a_long_list_counts_and_names_what_is_overdue_and_nothing_else(one_is_fresh: Visitor, path: str, words: str) -> None:
    text = one_is_fresh.get(path).text()
    lines = re.findall(r"verdue for review: ([^.]+)\.", text)
    assert words in text
    assert bool(words) == ("verdue for review" in text)
    assert all("Family Help" not in line for line in lines)


def test_a_profile_says_it_once_and_again_only_beside_what_differs(on: Callable[[date], Visitor], one_is_fresh: Visitor) -> None:
    page = on(NOW).get(HELP)
    said = re.findall(r"The source is of ([^.]+)\. Overdue for review", page.text())
    assert said == ["March 2020", "15 February 2020"], "at the top for all of it, and where the figures of room have a date of their own"
    page = one_is_fresh.get(HELP)
    assert re.findall(r"(.{16})verdue for review", page.text()) == ["Safe at Home It is o"[-16:]], "what is often used with it"
    assert "Last checked 20 November 2026." in page.text()
    part = on(date(2020, 9, 1)).get(HELP)
    assert "Overdue for review: contact and status" in part.text()
    assert "verdue" not in part.text(part.section("can-i-refer"))


def test_the_sheet_of_paper_says_how_many_stages_are_due(on: Callable[[date], Visitor]) -> None:
    html = on(NOW).raw("/pathways/northshire/print").get_data(as_text=True)
    assert "Overdue for review: 4 of 4 stages." in html
    assert "No stage is due for review." in on(date(2020, 3, 2)).raw("/pathways/northshire/print").get_data(as_text=True)


def test_a_fresh_day_has_no_tag_and_the_dates_are_still_told(on: Callable[[date], Visitor]) -> None:
    text = on(date(2020, 3, 2)).get(HELP).text()
    assert "Last checked: not recorded. The source is of March 2020." in text
    assert "for review" not in text


def test_due_comes_before_overdue(on: Callable[[date], Visitor]) -> None:
    words = [on(day).get(HELP).text(on(day).get(HELP).main) for day in (date(2020, 6, 1), date(2020, 9, 1))]
    assert "Due for review: contact and status" in words[0]
    assert "Overdue for review: contact and status" in words[1]


def test_no_service_is_hidden_however_old_it_is(on: Callable[[date], Visitor]) -> None:
    old, new = on(date(9999, 12, 31)), on(date(2020, 3, 2))
    for path in ("/services?area=all", "/ask?need=parenting&area=northshire"):
        found = [{address for _, address in visitor.get(path).links() if address.startswith("/services/")} for visitor in (old, new)]
        assert found[0] == found[1]
        assert HELP in found[0]


def test_a_clock_that_stands_a_year_back_makes_no_page_fail_and_nothing_fresh(on: Callable[[date], Visitor]) -> None:
    back = on(date(2019, 3, 1))
    assert "lies ahead and does not count: that date or this computer’s clock is wrong." in back.get(HELP).text()
    assert "Overdue for review" in back.get(HELP).text()
    back.get("/content-health")
    assert back.json("/content-health.json")["counts"]["overdue"] > 0


def test_the_health_page_counts_what_is_due_by_owner(on: Callable[[date], Visitor]) -> None:
    page = on(NOW).get("/content-health")
    rows = {page.text(row[0]): [page.text(cell) for cell in row[1:]] for row in page.section("due").iter("tr")}
    assert rows["Owner"] == ["Overdue", "Due", "Not yet due", "Never checked"]
    assert rows["No owner recorded in Northshire"] == ["11", "0", "0", "10"]
    assert "7 services, 6 stages, 2 programmes, 1 threshold scheme and 1 area’s contacts are overdue for review." in page.text()
    assert "Nothing is hidden for being overdue." in page.text()


def test_the_twins_say_what_the_page_says(on: Callable[[date], Visitor]) -> None:
    visitor = on(NOW)
    data = visitor.json("/content-health.json")
    response = visitor.raw("/content-health.csv")
    assert response.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))
    told = [(entry["id"], each["what"]) for owner in data["owners"] for entry in owner["waiting"] for each in entry["reviews"]]
    assert len(rows) == len(told)
    assert {row["State"] for row in rows} == {"overdue for review"}
    assert {row["Last checked"] for row in rows} == {"never", "2020-03-01"}
    assert data["sentence"] in visitor.get("/content-health").text()


def test_the_day_turns_while_the_site_is_served(own_app: Callable[[], Flask]) -> None:
    app = own_app()
    visitor = Visitor(app)
    app.config["TODAY"] = date(2020, 3, 2)
    assert visitor.json("/content-health.json")["on"] == "2020-03-02"
    app.config["TODAY"] += timedelta(days=1)
    assert visitor.json("/content-health.json")["on"] == "2020-03-03"


def test_an_answer_marks_a_service_by_the_day_on_which_it_is_asked_and_the_levels_of_its_own_question(own_app: Callable[[], Flask]) -> None:
    """What a result says of its service is made once a day, and must be neither yesterday's nor another question's."""
    app = own_app()
    visitor = Visitor(app)
    shown = []
    for day in (date(2020, 3, 2), NOW, NOW, date(2020, 3, 2)):
        for level in (2, 3):
            app.config["TODAY"] = day
            page = visitor.get(f"/ask?need=parenting&level={level}&area=northshire")
            item = next(item for item in page.all("li") if item.get("class") == "item" and "Family Help" in page.text(item))
            strip = next(part for part in item.iter("span") if part.get("class") == "level-strip")
            asked = [page.text(each) for each in strip if "asked" in (each.get("class") or "")]
            shown.append((day.year, asked, "Overdue for review" in page.text(item)))
    assert shown == [
        (2020, ["2"], False), (2020, ["3"], False), (2026, ["2"], True), (2026, ["3"], True),
        (2026, ["2"], True), (2026, ["3"], True), (2020, ["2"], False), (2020, ["3"], False),
    ]  # fmt: skip


def test_what_is_made_once_a_day_is_known_by_a_name_of_its_own() -> None:
    """What a macro gave is kept by the macro's name: a second one of that name would show what the first one gave."""
    written = [file.read_text(encoding="utf-8") for file in TEMPLATES.rglob("*.html")]
    kept = sorted({name for text in written for name in re.findall(r"of_service\((\w+)", text)})
    assert kept == ["line_foot", "line_head", "result_foot", "result_head"]
    assert [sum(f"macro {name}(" in text for text in written) for name in kept] == [1, 1, 1, 1]


def test_every_shipped_service_is_marked_overdue_on_its_profile(real: Visitor, directory: Directory) -> None:
    """The demonstration is historic: everything is overdue, and each page says so once, in one tag."""
    for service in directory.services[::9]:
        page = real.get(f"/services/{service.id}")
        tags = [page.text(tag) for tag in page.all("span") if "tag-review" in (tag.get("class") or "")]
        assert tags == ["Overdue for review"]


def test_the_page_of_changes_tells_them_day_by_day(small: Visitor) -> None:
    page = small.get("/changes")
    assert page.headings("h2") == ["12 March 2020 (2)", "June 2019 (1)"]
    assert "Gone & Lost <Club> (Southtown) is no longer in the directory." in page.text()
    assert ("See it: Family Help (Northshire): ages were ‘0–18’, now ‘0–19’.", HELP) in page.links(page.main)


def test_changes_have_their_data_and_their_feed(small: Visitor) -> None:
    data = small.json("/changes.json")
    assert [each["change"] for each in data["changes"]] == ["altered", "altered", "ended"]
    assert data["changes"][2]["address"] is None
    response = small.raw("/changes.atom")
    assert response.mimetype == "application/atom+xml"
    feed = response.get_data(as_text=True)
    assert "localhost" not in feed
    assert "Gone &amp; Lost &lt;Club&gt;" in feed


def test_the_data_of_profile_list_and_answer_say_how_fresh_they_are(on: Callable[[date], Visitor]) -> None:
    visitor = on(date(2020, 6, 1))
    profile = visitor.json(f"{HELP}.json")["freshness"]
    assert profile["state"] == "due"
    assert profile["on"] == "2020-06-01"
    first = profile["reviews"][0]
    assert (first["what"], first["fields"], first["due_on"]) == ("contact_and_status", ["status"], "2020-06-01")
    (line,) = [each for area in visitor.json("/services.json")["areas"] for each in area["services"] if each["name"] == "Family Help"]
    assert line["freshness"]["state"] == "due"
    assert line["checked_on"] is None
    answer = visitor.json("/ask.json?need=parenting&area=northshire")
    assert answer["freshness"]["northshire/family-help"]["state"] == "due"
