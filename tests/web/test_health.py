"""For those who run it: alive, ready, counted and logged, and nothing of it about a person."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from app.building import Opened
from app.problems import Problem
from app.settings import Settings
from app.web import create_app

MARKER = "Zanzibarella"


def client_of(settings: Settings, opened: Opened, **changed: object) -> FlaskClient:
    return create_app(replace(settings, **changed), opened).test_client()  # type: ignore[arg-type]


def test_it_says_that_it_is_alive(small_settings: Settings, small_opened: Opened) -> None:
    answer = client_of(small_settings, small_opened).get("/live")
    assert (answer.status_code, answer.text) == (200, "alive\n")


def test_ready_names_the_content(small_settings: Settings, small_opened: Opened) -> None:
    client = client_of(small_settings, small_opened)
    told = client.get("/ready").get_json()
    assert told["ready"] is True
    assert told["content"] == small_opened.digest
    assert told["problems"] == 0


def test_ready_counts_the_problems_of_content_that_could_not_be_taken_in(small_settings: Settings, small_opened: Opened) -> None:
    app = create_app(small_settings, small_opened)
    app.extensions["windscreen"].loaded.problems = (Problem("a.md", 1, 1, "ages", "is missing"),)
    assert app.test_client().get("/ready").get_json()["problems"] == 1


def test_requests_are_counted_by_page_and_never_by_address(small_settings: Settings, small_opened: Opened) -> None:
    client = client_of(small_settings, small_opened, metrics=True)
    client.get("/services")
    client.get(f"/ask?word={MARKER}")
    client.post("/ask", data={"q": f"{MARKER} level 2"})
    client.get(f"/{MARKER}")
    client.open("/services", method=MARKER.upper())
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain")
    assert MARKER.lower() not in answer.text.lower()
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    counted = {
        (sample.labels["page"], sample.labels["method"], sample.labels["status"]): sample.value
        for sample in families["windscreen_requests"].samples
        if sample.name.endswith("_total")
    }
    assert counted["services.services", "GET", "200"] == 1
    assert counted["none", "GET", "404"] == 1
    assert counted["none", "other", "405"] == 1
    assert [sample.value for sample in families["windscreen_services"].samples] == [len(small_opened.directory.services)]
    assert sum(s.value for s in families["windscreen_request_seconds"].samples if s.name.endswith("_count")) == 5


def test_there_are_no_counts_unless_the_deployment_wants_them(small_settings: Settings, small_opened: Opened) -> None:
    assert client_of(small_settings, small_opened).get("/metrics").status_code == 404


def test_a_line_of_the_log_names_the_page_and_not_what_was_asked(
    small_settings: Settings, small_opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(small_settings, small_opened, access_log=True)
    with caplog.at_level(logging.INFO, logger="windscreen.access"):
        client.get("/themes/parenting")
        client.get(f"/ask?need=parenting&word={MARKER}", headers={"User-Agent": MARKER, "X-Forwarded-For": "192.0.2.7"})
        client.get(f"/{MARKER}?{MARKER}")
    lines = [record.getMessage() for record in caplog.records if record.name == "windscreen.access"]
    assert [" ".join(line.split()[:3]) for line in lines] == ["GET themes.theme 200", "GET ask.ask 400", "GET - 404"]
    assert all(line.endswith(" ms") and " bytes " in line for line in lines)
    told = "\n".join(lines)
    assert all(hidden not in told for hidden in (MARKER, "parenting", "192.0.2.7", "127.0.0.1"))


def test_no_line_is_written_unless_the_deployment_wants_it(
    small_settings: Settings, small_opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client_of(small_settings, small_opened).get("/services")
    assert not [record for record in caplog.records if record.name == "windscreen.access"]


HOSTS = [
    ("localhost", 200),
    ("localhost:8000", 200),
    ("127.0.0.1:8000", 200),
    ("help.example.org", 200),
    ("help.example.org:443", 200),
    ("north.council.example", 200),
    ("evil.example", 400),
    ("help.example.org.evil.example", 400),
    ("xhelp.example.org", 400),
    ("localhost.evil.example", 400),
    ("", 400),
    ("help.example.org/evil", 400),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_its_own_names_are_answered(small_settings: Settings, small_opened: Opened, host: str, status: int) -> None:
    client = client_of(small_settings, small_opened, hosts=(*small_settings.hosts, "help.example.org", ".council.example"))
    answer = client.get("/services", headers={"Host": host})
    assert answer.status_code == status
    assert status == 200 or "999" in answer.text
    assert "evil" not in answer.text


def test_a_browser_that_came_by_tls_is_told_to_stay_with_it(small_settings: Settings, small_opened: Opened) -> None:
    client = client_of(small_settings, small_opened)
    assert "max-age=31536000" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert "Strict-Transport-Security" not in client.get("/").headers
