"""Unmet questions: off unless wanted, counted without words or person, shown by closed periods only."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.settings import Settings
from app.state import Asked, add_counts
from app.state.tables import UNMET
from app.unmet import UnmetCounter, closed_periods, week_of
from app.web.keeping import Keeping

from .inspector import Visitor
from .keepers import Keeper

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
AWAY = "postgresql://windscreen@127.0.0.1:1/windscreen"


@pytest.fixture
def make(small: Visitor, small_settings: Settings, tmp_path: Path) -> Iterator[Callable[..., tuple[Visitor, UnmetCounter]]]:
    """A site that counts; what it counted is written when the test says so."""
    befores: list[tuple[Flask, Keeping]] = []

    def counting(of: Visitor = small, **more: Any) -> tuple[Visitor, UnmetCounter]:
        site = Keeper(of.app, replace(small_settings, **{"state_folder": tmp_path / "state", "counts_unmet": True, **more}))
        counter = site.keeping.counter = UnmetCounter(site.kept, lambda: of.app.extensions["windscreen"].loaded.directory)
        befores.append((of.app, of.app.extensions["windscreen-keeping"]))
        return site, counter

    yield counting
    for app, before in reversed(befores):
        before.init_app(app)


def counted(counter: UnmetCounter) -> dict[Asked, int]:
    counter.write()
    with counter.kept.reading() as connection:
        return {Asked(*row[:-1]): row[-1] for row in connection.execute(UNMET.select())}


def browse(site: Visitor, path: str, agent: str = BROWSER, method: str = "GET", **headers: str) -> None:
    response = site.client.open(path, method=method, headers={"User-Agent": agent, **headers})
    assert response.status_code in (200, 400)
    assert "Set-Cookie" not in response.headers


def test_it_is_off_unless_it_is_wanted(small: Visitor) -> None:
    assert "Unmet questions are not counted on this site." in small.get("/gaps/unmet").text()
    assert small.json("/gaps/unmet.json")["needs"] is None
    assert "are not counted on this site" in small.json("/gaps/unmet.json")["note"]
    assert small.raw("/gaps/unmet.csv").get_data(as_text=True).startswith("Unmet questions are not counted on this site.")
    assert small.app.extensions["windscreen-keeping"].counter is None


def test_a_question_is_counted_by_its_kind_and_by_nothing_else(make: Callable[..., tuple[Visitor, UnmetCounter]]) -> None:
    site, counter = make()
    for _ in range(3):
        browse(site, "/ask?need=parenting&level=2&age=14")
    browse(site, "/ask?level=2")
    found = counted(counter)
    area = site.app.extensions["windscreen"].loaded.directory.site.default_area
    assert {key: number for key, number in found.items() if key.need_1} == {
        Asked(week_of(date.today()), area, "parenting", "", "2", "11-15", "specific"): 3
    }
    assert sum(found.values()) == 4
    assert set(UNMET.columns.keys()) == {*asdict(next(iter(found))), "asked"}


ROBOTS = [
    "", "curl/8.0", "Mozilla/5.0 (compatible; Googlebot/2.1)", "Mozilla/5.0 HeadlessChrome/140", "python-requests/2", "Werkzeug/3.1",
    "Mozilla/5.0 (compatible; UptimeMonitor)",
]  # fmt: skip


def test_robots_programs_and_what_is_fetched_in_advance_are_not_counted(make: Callable[..., tuple[Visitor, UnmetCounter]]) -> None:
    site, counter = make()
    for agent in ROBOTS:
        browse(site, "/ask?need=parenting&level=2", agent)
    browse(site, "/ask?need=parenting&level=2", method="HEAD")
    browse(site, "/ask?need=parenting&level=2", **{"Sec-Purpose": "prefetch;prerender"})
    browse(site, "/ask.json?need=parenting&level=2")
    browse(site, "/ask?level=9")
    assert counted(counter) == {}


def test_grave_needs_and_three_needs_at_once_are_not_counted(make: Callable[..., tuple[Visitor, UnmetCounter]], real: Visitor) -> None:
    site, counter = make(real)
    needs = site.app.extensions["windscreen"].loaded.directory.vocabulary.needs
    grave = [need.id for need in needs if need.alert in ("statutory", "immediate")][:6]
    plain = [need.id for need in needs if need.alert not in ("statutory", "immediate")]
    assert grave
    for need in grave:
        browse(site, f"/ask?need={need}&level=2")
        browse(site, f"/ask?need={need}&need={plain[0]}&level=2")
    browse(site, "/ask?" + "&".join(f"need={need}" for need in plain[:3]))
    assert counted(counter) == {}
    browse(site, f"/ask?need={plain[1]}&need={plain[0]}")
    (key,) = counted(counter)
    assert [key.need_1, key.need_2] == sorted(plain[:2])


def test_without_the_state_answers_go_on_and_the_page_says_so(make: Callable[..., tuple[Visitor, UnmetCounter]]) -> None:
    site, counter = make(database_url=AWAY)
    browse(site, "/ask?need=parenting&level=2")
    counter.write()
    counter.tend(date.today())
    assert "cannot be reached" in site.get("/gaps/unmet", 503).text()
    for _ in range(1100):
        counter.count(Asked(date.today(), "a", "", "", "", "", "none"))


def publish_something(counter: UnmetCounter, area: str) -> str:
    period = closed_periods(date.today())[0]
    first = Asked(period.first, area, "parenting", "", "2", "11-15", "specific")
    counts = {first: 30, replace(first, outcome="parent"): 2, replace(first, outcome="related"): 2}
    counts |= {replace(first, outcome="none"): 9, replace(first, outcome="none", level="3"): 6}
    add_counts(counter.kept, counts)
    return period.id


def test_closed_periods_are_shown_as_page_json_and_csv(make: Callable[..., tuple[Visitor, UnmetCounter]]) -> None:
    site, counter = make()
    area = site.app.extensions["windscreen"].loaded.directory.site.default_area
    period = publish_something(counter, area)
    page = site.get("/gaps/unmet")
    row = next(row for row in page.all("tr") if "Parenting" in page.text(row))
    assert [page.text(cell) for cell in row.iter("td")] == ["30", "fewer than 5", "fewer than 5", "15", "49"]
    data = site.json(page.link("JSON"))
    (line,) = data["needs"]
    assert line["outcomes"] == {"specific": 30, "related": None, "parent": None, "none": 15}
    assert (data["area"], data["period"], data["note"], data["problems"]) == (area, period, None, [])
    response = site.raw(page.link("CSV"))
    lines = list(csv.reader(io.StringIO(response.get_data(as_text=True))))
    assert lines[1][3:] == ["30", "fewer than 5", "fewer than 5", "15", "49"]
    assert any(line and line[0].startswith("Areas must not be ranked") for line in lines)


@pytest.mark.parametrize("extra", ["need=parenting", "level=3", "period=2026-99", "area=nowhere", "week=2026-07-06", "<b>=1"])
def test_nothing_but_area_and_period_can_be_asked(make: Callable[..., tuple[Visitor, UnmetCounter]], extra: str) -> None:
    site, counter = make()
    publish_something(counter, site.app.extensions["windscreen"].loaded.directory.site.default_area)
    page = site.get(f"/gaps/unmet?{extra}", 400)
    assert "There is a problem" in page.text()
    assert "<b>" not in page.html
    assert site.json(f"/gaps/unmet.json?{extra}", 400)["problems"]
    site.raw(f"/gaps/unmet.csv?{extra}", 400)


def test_the_thread_writes_what_waits_when_the_site_stops(make: Callable[..., tuple[Visitor, UnmetCounter]]) -> None:
    site, counter = make()
    counter.start()
    browse(site, "/ask?need=parenting&level=2&age=14")
    counter.close()
    assert sum(counted(counter).values()) == 1
