"""Anybody can tell that a page is wrong, without an account, and without telling anything of a child or of themselves."""

from __future__ import annotations

import html
import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from app.building import Opened
from app.model import seen_by
from app.reporting import TOPICS
from app.settings import Settings
from app.state import Kept, answer_report, close_report, reports
from app.web import create_app
from app.web.keeping import Keeping, network_of

from .inspector import Page, Visitor
from .keepers import Keeper

HELP = "/services/northshire/family-help"
FORM = f"{HELP}/report"
AWAY = "postgresql://windscreen:hush@127.0.0.1:1/windscreen"


@pytest.fixture
def make(small: Visitor, small_settings: Settings, tmp_path: Path) -> Iterator[Callable[..., Keeper]]:
    """Makes a site with a state of its own; everything else of it is shared, as it never changes."""

    def with_settings(**more: object) -> Keeper:
        values: dict[str, object] = {"state_folder": tmp_path / "state", **more}
        return Keeper(small.app, replace(small_settings, **values))  # type: ignore[arg-type]

    before: Keeping = small.app.extensions["windscreen-keeping"]
    yield with_settings
    before.init_app(small.app)


@pytest.fixture
def site(make: Callable[..., Keeper]) -> Keeper:
    return make()


def keeping_of(site: Keeper) -> Keeping:
    return site.keeping


def kept_of(site: Keeper) -> Kept:
    return site.kept


def token_of(page: Page) -> str:
    return next(control.get("value", "") for control in page.all("input") if control.get("name") == "form")


def send(
    site: Keeper, text: str, topic: str = "contact", status: int = 303, path: str = FORM, form: str | None = None, **more: Any
) -> Page:
    """The page that answers a filled-in form."""
    token = token_of(site.get(path)) if form is None else form
    response = site.client.post(path, data={"form": token, "topic": topic, "text": text}, **more)
    assert response.status_code == status, response.get_data(as_text=True)[:2000]
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    if status == 303:
        return site.get(response.headers["Location"])
    return site._page(response, path)


def problems(page: Page) -> str:
    return page.text(next(element for element in page.all("div") if element.get("class") == "problem"))


def written(page: Page) -> str:
    """What stands in the box."""
    return (page.by_id("text").text or "").removeprefix("\n")


def test_every_service_and_stage_has_the_form(small: Visitor) -> None:
    directory = small.app.extensions["windscreen"].loaded.directory
    places = [f"/services/{service.id}" for service in directory.services]
    places += [f"/pathways/{stage.area}/{stage.id}" for stage in directory.gateways]
    assert len(places) > 5
    for place in places:
        address = small.get(place).link("Report a problem with this page")
        page = small.get(address)
        form = next(form for form in page.all("form") if form.get("action") == f"{place}/report")
        assert form.get("method") == "post"
        assert [page.text(label) for label in form.iter("label")][: len(TOPICS)] == list(TOPICS.values())
        assert "no names, dates of birth" in page.text(page.by_id("text-hint"))
        assert "999" in page.text()


def test_what_is_told_is_kept_and_nothing_of_who_told_it(site: Keeper, tmp_path: Path) -> None:
    words = "The office moved\r\nin <b>March</b> 2026"
    page = send(site, words, "gone", environ_base={"REMOTE_ADDR": "203.0.113.77"}, headers={"User-Agent": "Zanzibar/9"})
    assert re.fullmatch(r"Report [2-9A-Z]{5}-[2-9A-Z]{5}", page.h1)
    assert page.facts()["About"] == "Family Help"
    assert page.facts()["Problem"] == "It has closed, moved or changed its name"
    assert page.facts()["How it stands"] == "Not answered yet"
    assert "March" not in page.text()
    (report,) = reports(kept_of(site))
    assert (report.about_kind, report.about, report.topic) == ("service", "northshire/family-help", "gone")
    assert report.text == "The office moved\nin <b>March</b> 2026"
    assert report.reference in page.h1
    kept_of(site).close()
    raw = b"".join(file.read_bytes() for file in (tmp_path / "state").iterdir())
    assert b"The office moved" in raw
    for trace in (b"203.0.113.77", b"Zanzibar", time.strftime("%H:%M").encode()):
        assert trace not in raw


def test_a_stage_has_reports_too_and_words_may_be_left_out(site: Keeper) -> None:
    stage = site.app.extensions["windscreen"].loaded.directory.gateways[0]
    send(site, "", "way", path=f"/pathways/{stage.area}/{stage.id}/report")
    (report,) = reports(kept_of(site))
    assert (report.about_kind, report.about, report.text) == ("stage", f"{stage.area}/{stage.id}", "")
    assert report.address == f"/pathways/{stage.area}/{stage.id}"


def test_the_answer_is_found_under_the_reference(site: Keeper) -> None:
    page = send(site, "No hours are given")
    (report,) = reports(kept_of(site))
    answer_report(kept_of(site), report.reference, "They are on the page now.", report.day)
    page = site.get(f"/reports/{report.reference}")
    assert page.facts()["Answer"] == "They are on the page now."
    assert page.facts()["How it stands"] == "Answered"
    close_report(kept_of(site), report.reference, report.day)
    assert site.get(f"/reports/{report.reference}").facts()["How it stands"] == "Closed"


@pytest.mark.parametrize("reference", ["22222-22222", "nonsense", "22222-2222", "x" * 500])
def test_a_reference_that_is_not_known_shows_nothing_of_itself(site: Keeper, reference: str) -> None:
    page = site.get(f"/reports/{reference}", 404)
    assert reference not in page.text(page.root)


PERSONAL = [
    ("born 12/03/2011", "a date"),
    ("born 12 March 2011", "a date"),
    ("born 12th of March 2011", "a date"),
    ("born March 12th, 2011", "a date"),
    ("born 2011-03-12", "a date"),
    ("NHS 943 476 5919", "an NHS number"),
    ("NHS 9434765919", "an NHS number"),
    ("number 943 476 5918", "a long number"),
    ("ring 01632 960001", "a telephone number"),
    ("ring 0169772345", "a telephone number"),
    ("ring +44 7700 900123", "a telephone number"),
    ("lives at CV1 2AB", "a postcode"),
    ("write to a.person@example.org", "an e-mail address"),
    ("write to a.person＠example.org", "an e-mail address"),
    ("case 1234567", "a long number"),
]


@pytest.mark.parametrize(("text", "kind"), PERSONAL)
def test_what_points_to_one_person_is_refused_explained_and_given_back(site: Keeper, text: str, kind: str) -> None:
    page = send(site, f"It is wrong.\n  {text} <b>", status=400)
    assert f"Your words hold what looks like {kind}; nothing was kept." in problems(page)
    assert written(page) == f"It is wrong.\n  {text} <b>"
    assert page.by_id("topic").get("checked") is not None
    assert reports(kept_of(site)) == []


HARMLESS = [
    "Closed in March 2026; the budget of £1,250,000 ended in 2025/26.",
    "It takes children of 5 to 18, not 5–16. Level 3 as well as 2.",
    "Section 47 is to be done within 15 working days, and 12/13 families came.",
    "The hours are 9.00 to 17.30, Monday to Friday; ring 111, 999 or 101.",
    "C of E schools may refer: see page 12 of the 2014 thresholds (3.3.1).",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_report_needs_to_say_is_taken(site: Keeper, text: str) -> None:
    send(site, text)
    assert [report.text for report in reports(kept_of(site))] == [text]


@pytest.mark.parametrize(
    ("topic", "text", "told"),
    [
        ("", "hello", "Topic is not chosen; choose what the problem is about"),
        ("nonsense", "hello", "Topic is not chosen"),
        ("other", " ", "Your words are missing"),
        ("contact", "x" * 612, "Your words have 612 characters; at most 500 are kept. Leave out 112"),
    ],
)
def test_what_is_missing_or_too_much_is_told(site: Keeper, topic: str, text: str, told: str) -> None:
    page = send(site, text, topic, status=400)
    assert told in problems(page)
    assert written(page) == text.strip()
    for _, address in page.links(next(element for element in page.all("div") if element.get("class") == "problem")):
        assert page.by_id(address[1:]).tag in ("input", "textarea")
    assert reports(kept_of(site)) == []


def test_five_hundred_characters_fit_and_signs_that_cannot_be_printed_go(site: Keeper) -> None:
    send(site, "é" * 500)
    send(site, "a\x00b\x1bc‮d\te")
    assert sorted(report.text for report in reports(kept_of(site))) == ["abcd\te", "é" * 500]


def old_token(site: Keeper) -> str:
    class Yesterday(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time()) - 25 * 3600

    ours = keeping_of(site)._signer
    theirs = URLSafeTimedSerializer(ours.secret_keys[-1], salt="report", signer=Yesterday, signer_kwargs=ours.signer_kwargs)
    return str(theirs.dumps(["service", "northshire/family-help", "22222-22222"]))


FALSE: list[tuple[Callable[[Keeper], str], str]] = [
    (lambda site: "", "did not come whole"),
    (lambda site: token_of(site.get(FORM))[:-2] + "AA", "did not come whole"),
    (lambda site: "x" * 5000, "did not come whole"),
    (lambda site: keeping_of(site).sign("stage", "northshire/family-help", "22222-22222"), "belongs to another page"),
    (lambda site: keeping_of(site).sign("service", "northshire/family-help"), "belongs to another page"),
    (lambda site: keeping_of(site).sign("service", "northshire/family-help", "../../about"), "belongs to another page"),
    (old_token, "was open for more than a day"),
]


@pytest.mark.parametrize(("token", "told"), FALSE)
def test_only_a_form_of_ours_is_taken_and_nothing_is_lost_by_it(site: Keeper, token: Callable[[Keeper], str], told: str) -> None:
    page = send(site, "No hours are given", form=token(site), status=400)
    assert f"This form {told}" in problems(page)
    assert written(page) == "No hours are given"
    assert reports(kept_of(site)) == []
    send(site, written(page), form=token_of(page))
    assert len(reports(kept_of(site))) == 1


def test_a_key_of_another_site_signs_nothing_here(make: Callable[..., Keeper], tmp_path: Path) -> None:
    site, other = make(), make(state_folder=tmp_path / "other")
    refused = send(site, "hello", form=token_of(other.get(FORM)), status=400)
    assert "This form did not come whole" in problems(refused)
    assert reports(kept_of(site)) == []
    shared, twin = make(secret="s" * 40), make(secret="s" * 40, state_folder=tmp_path / "twin")
    send(twin, "hello", form=token_of(shared.get(FORM)))
    assert [report.text for report in reports(kept_of(twin))] == ["hello"]


def test_a_browser_that_says_it_comes_from_elsewhere_is_not_heard(site: Keeper) -> None:
    for other in ("cross-site", "same-site"):
        page = send(site, "hello", status=400, headers={"Sec-Fetch-Site": other})
        assert "was sent from another site" in problems(page)
    send(site, "hello", headers={"Sec-Fetch-Site": "same-origin"})


def test_a_form_that_is_sent_twice_is_one_report(site: Keeper) -> None:
    token = token_of(site.get(FORM))
    first, second = send(site, "No hours", form=token), send(site, "No hours", form=token)
    assert first.h1 == second.h1
    page = send(site, "No hours, and no address", form=token, status=400)
    assert "was sent before, with other words" in problems(page)
    send(site, written(page), form=token_of(page))
    assert [report.text for report in reports(kept_of(site))] != []
    assert len(reports(kept_of(site))) == 2


def test_a_flood_from_one_place_stops_and_others_go_on(make: Callable[..., Keeper]) -> None:
    site = make(reports_an_hour=3)
    for number in range(3):
        send(site, f"{number}", environ_base={"REMOTE_ADDR": "203.0.113.77"})
    page = send(site, "the fourth", status=429, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    assert "many have come from here within an hour" in problems(page)
    assert written(page) == "the fourth"
    send(site, "another", environ_base={"REMOTE_ADDR": "203.0.113.78"})
    assert len(reports(kept_of(site))) == 4
    held = repr(vars(keeping_of(site)._limiter.storage))
    assert "203.0.113" not in held


def test_of_version_6_a_household_counts_as_one() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::4") != network_of("2001:db8:1:2::4")
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of(None) == network_of("nonsense") == "unknown"


def test_without_the_state_every_page_answers_and_the_form_says_so_at_once(make: Callable[..., Keeper]) -> None:
    site = make(database_url=AWAY)
    assert "127.0.0.1" in keeping_of(site).check()
    for path in ("/", HELP, "/ask?need=parenting&level=2", "/services", "/content-health", "/privacy"):
        site.get(path)
    page = site.get(FORM, 503)
    assert "cannot be kept just now" in problems(page)
    assert "hush" not in page.html
    assert [page.text(button) for button in page.all("button")] == []
    assert "A reference that you were given stays good." in site.get("/reports/22222-22222", 503).text()


def test_a_report_that_could_not_be_kept_is_not_lost(make: Callable[..., Keeper], tmp_path: Path) -> None:
    site = make(database_url=AWAY, secret="s" * 40)
    token = token_of(site.get(FORM))
    page = send(site, "No hours & no address", form=token, status=503)
    assert "cannot be kept just now" in problems(page)
    assert written(page) == "No hours & no address"
    again = make(secret="s" * 40, state_folder=tmp_path / "back")
    first, second = send(again, written(page), form=token_of(page)), send(again, written(page), form=token)
    assert first.h1 == second.h1, "sent again, it is the same report"


def test_nothing_that_is_typed_is_logged(make: Callable[..., Keeper], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger=""):
        send(make(), "Zanzibarella moved")
        send(make(), "Zanzibarella a@b.org", status=400)
        send(make(database_url=AWAY, secret="s" * 40), "Zanzibarella moved", status=503)
    assert "Zanzibarella" not in caplog.text
    assert "cannot be opened" in caplog.text


def test_there_is_no_form_for_what_is_not_there(site: Keeper) -> None:
    assert site.get("/services/northshire/nothing/report", 404).h1 == "There is no such service here"
    assert site.get("/pathways/nowhere/nothing/report", 404).h1 == "There is no such stage here"
    site.post("/services/northshire/nothing/report", {"topic": "page"}, 404)


def test_a_report_is_shown_as_text_wherever_it_is_shown(site: Keeper) -> None:
    page = send(site, "<script>alert(1)</script> a@b.org", status=400)
    assert html.escape("<script>") in page.html
    assert "<script>" not in page.html


def test_those_who_keep_the_content_see_the_open_reports_and_the_public_does_not(
    make: Callable[..., Keeper], small_settings: Settings, small_opened: Opened, tmp_path: Path
) -> None:
    staff = make()
    for text, topic in (("No hours are given", "contact"), ("It has moved", "gone")):
        send(staff, text, topic)
    first, second = (next(report for report in reports(kept_of(staff)) if report.topic == topic) for topic in ("contact", "gone"))
    close_report(kept_of(staff), second.reference, second.day)
    for_all = replace(small_opened, directory=seen_by(small_opened.directory, "public"))
    public = Visitor(create_app(replace(small_settings, state_folder=tmp_path / "state"), for_all))
    assert not public.get("/content-health").has_id("reports")
    assert first.text not in public.get("/content-health").html
    page = staff.get("/content-health")
    told = page.text(page.section("reports"))
    assert told.startswith("Reports of problems (1)")
    assert first.text in told
    assert first.reference in told
    assert second.text not in told
    assert ("Family Help", HELP) in page.links(page.section("reports"))
    away = make(database_url=AWAY).get("/content-health")
    assert "(not known)" in away.text(away.section("reports"))
    assert "cannot be reached" in away.text(away.section("reports"))


def test_a_report_that_was_closed_long_ago_is_forgotten(site: Keeper) -> None:
    for text in ("an old one", "another"):
        send(site, text)
    old, other = (next(report for report in reports(site.kept) if report.text == text) for text in ("an old one", "another"))
    close_report(site.kept, old.reference, date(2020, 1, 1))
    close_report(site.kept, other.reference, date.today())
    assert len(reports(site.kept, also_closed=True)) == 2
    site.keeping._tended = None  # as on the next day
    send(site, "a new one")
    assert sorted(report.text for report in reports(site.kept, also_closed=True)) == ["a new one", "another"]
