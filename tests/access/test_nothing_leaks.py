"""Every address, as every audience: nothing that is withheld stands anywhere, in pages, twins, downloads, maps, feeds or finds."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.access import Access, Proxy
from app.building import Opened
from app.model import AUDIENCES, Audience, Directory, seen_by
from app.settings import Settings
from app.web import create_app

from .marked import Marks, marked, opened

PROXY, STRANGER = "10.9.8.7", "192.0.2.1"
HEADER = "X-Windscreen-Audience"
CLOCK = ("Date", "Last-Modified", "Expires")
"""Headers that say when, and so differ from one request to the next."""

MOST_ALIKE = 3
"""Of addresses that differ only in the values of their query, so many are fetched."""

ADDRESS = re.compile(r"""(?:href|action|src)=["']([^"'#]*)""")


@dataclass
class Walk:
    """Everything that one visitor has met: the text of each address."""

    texts: dict[str, str] = field(default_factory=dict)

    def holding(self, marker: str) -> list[str]:
        """The addresses whose text holds a marker."""
        return [address for address, text in self.texts.items() if marker in text]


@dataclass(frozen=True)
class Site:
    """The marked site, and what is in it."""

    app: Flask
    directory: Directory
    marks: Marks

    def client(self, audience: Audience) -> FlaskClient:
        """A visitor of whom a trusted proxy says what audience it is."""
        return visitor(self.app, PROXY, audience)


def visitor(app: Flask, peer: str, says: str | None) -> FlaskClient:
    """A visitor whose requests come from an address, with what stands in the header."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = peer
    if says is not None:
        client.environ_base[f"HTTP_{HEADER.upper().replace('-', '_')}"] = says
    return client


@pytest.fixture(scope="module")
def site(small_settings: Settings, small_opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A public site of the marked content; a trusted proxy can say that a visitor is more."""
    folder = tmp_path_factory.mktemp("marked")
    directory, marks = marked(small_opened.directory)
    proxy = Proxy((ip_network("10.9.8.0/24"),), HEADER)
    place = replace(small_settings, build=folder / "build", audience="public", access=Access(proxy=proxy), metrics=True)
    app = create_app(place, opened(directory, place, folder / "index"))
    return Site(app, directory, marks)


@pytest.fixture(scope="module")
def walks(site: Site) -> dict[Audience, Walk]:
    """What each audience meets when it goes everywhere."""
    return {audience: walk(site.client(audience), site) for audience in AUDIENCES}


def walk(client: FlaskClient, site: Site, prefix: str = "") -> Walk:
    """Fetch every address of the url map with every name of the whole content, and follow every link from there."""
    found, seen, alike = Walk(), set[str](), dict[str, int]()
    waiting = [prefix + address for address in known_addresses(site)]
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        kind = parts.path + "?" + "&".join(re.sub(r"=[^&]*", "", parts.query).split("&"))
        alike[kind] = alike.get(kind, 0) + 1
        if address in seen or alike[kind] > MOST_ALIKE:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code < 500, f"{address}: {response.status_code}"
        text = found.texts[address] = text_of(response)
        if response.mimetype in ("text/html", "image/svg+xml") and response.status_code == 200:
            for link in map(unescape, ADDRESS.findall(text)):
                target = urljoin(address, link)
                if target.startswith(prefix or "/") and not target.startswith(("/static/", "//")) and (prefix or "/as/" not in target):
                    waiting.append(target)
    return found


def known_addresses(site: Site) -> Iterator[str]:
    """Every rule of the url map with every name that could stand in it, hidden ones too, and searches for every marker."""
    whole = site.directory
    pairs = [service.id for service in whole.services]
    stages = [f"{gateway.area}/{gateway.id}" for gateway in whole.gateways]
    names = {
        "<area>": [area.id for area in whole.site.areas],
        "<number>": ["1", "2", "3", "4"],
        "<reference>": ["nothing"],
        "<path:filename>": ["windscreen.css"],
    }
    own = {
        "/services/<area>/<slug>": pairs, "/pathways/<area>/<name>": stages, "/pathways/<area>/<slug>": stages,
        "/programmes/<slug>": [programme.id for programme in whole.programmes], "/examples/<slug>": [each.id for each in whole.examples],
        "/themes/<name>": [need.id for need in whole.vocabulary.needs], "/descriptors/<name>": [each.id for each in whole.descriptors],
    }  # fmt: skip
    for rule in sorted({rule.rule for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}):
        for start, values in own.items():
            if rule.startswith(start):
                yield from (rule.replace(start, f"{start.split('<')[0]}{value}", 1) for value in values)
                break
        else:
            placeholders = re.findall(r"<[^>]+>", rule)
            assert len(placeholders) <= 1, f"the walk does not know what stands in {rule}"
            yield from [rule.replace(placeholders[0], value) for value in names[placeholders[0]]] if placeholders else [rule]
    for marker in site.marks.least:
        yield f"/ask?word={marker}&area=northshire"
        yield f"/ask.json?word={marker}&area=northshire"
    for service in pairs:
        yield f"/gaps/what-if?area={service.partition('/')[0]}&without={service}"
        yield f"/gaps/what-if.json?area={service.partition('/')[0]}&without={service}"
        yield f"/journey?from=school&to={service}"


def text_of(response: TestResponse) -> str:
    """Everything that a response says, headers and the inside of workbooks included."""
    data = response.get_data()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"\n".join(book.read(name) for name in book.namelist())
    return data.decode("utf-8", "replace") + "\n" + "\n".join(f"{name}: {value}" for name, value in response.headers if name not in CLOCK)


def leaks(found: Walk, site: Site, audience: Audience) -> list[tuple[str, list[str]]]:
    """The markers that an audience must not meet, with the addresses where it did; an address that names one itself does not count."""
    hidden = site.marks.hidden_from(audience)
    return [(marker, where) for marker in hidden if (where := [each for each in found.holding(marker) if marker not in each])]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_address_tells_an_audience_what_is_withheld_from_it(audience: Audience, walks: dict[Audience, Walk], site: Site) -> None:
    assert leaks(walks[audience], site, audience) == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_searching_for_a_hidden_word_finds_nothing_and_does_not_repeat_it(audience: Audience, site: Site) -> None:
    client = site.client(audience)
    for marker in site.marks.hidden_from(audience)[::7]:
        for path in ("/ask", "/ask.json"):
            assert marker not in client.get(f"{path}?word={marker}").get_data(as_text=True)
        slip = marker[:-2] + marker[-1]
        sent = client.post("/ask", data={"q": f"{marker} {slip}", "area": "northshire"})
        assert marker not in f"{sent.location} {sent.get_data(as_text=True)}"
        assert marker not in client.get(f"/ask.json?word={slip}").get_data(as_text=True)
        assert marker not in client.get(f"/suggestions.json?q={marker[:6]}").get_data(as_text=True)


def test_those_who_may_read_a_field_can(walks: dict[Audience, Walk], site: Site) -> None:
    """Else the walk would prove nothing: almost every marker is met by the audience that it is for."""
    unmet = {marker for marker, least in site.marks.least.items() if not walks[least].holding(marker)}
    assert len(unmet) <= len(site.marks.least) // 4, sorted(unmet)
    for audience in ("practitioner", "commissioner"):
        met = [marker for marker, least in site.marks.least.items() if least == audience and marker not in unmet]
        assert len(met) > 20


def test_the_walk_goes_everywhere(walks: dict[Audience, Walk]) -> None:
    for audience in AUDIENCES:
        paths = {urlsplit(address).path for address in walks[audience].texts}
        wanted = {"/services.json", "/gaps.xlsx", "/pathways/northshire/map.svg", "/changes.atom", "/glossary", "/levels/poster"}
        assert wanted <= paths
        assert len(paths) > 150


NO_CLAIM = [(STRANGER, "commissioner"), (STRANGER, None), (PROXY, None), (PROXY, "everything"), (PROXY, "public, commissioner")]


def test_the_proxys_word_is_taken_whoever_it_speaks_for(site: Site) -> None:
    """The machine that opened the connection counts, not the browser that it names."""
    for peer, behind, sees in [(PROXY, STRANGER, True), (STRANGER, PROXY, False), (PROXY, PROXY, True)]:
        told = visitor(site.app, peer, "practitioner").get("/services/northshire/family-help", headers={"X-Forwarded-For": behind})
        assert ("Money and contract" in told.get_data(as_text=True)) is sees


@pytest.mark.parametrize(("peer", "says"), NO_CLAIM)
def test_only_the_trusted_proxys_word_is_taken(peer: str, says: str | None, walks: dict[Audience, Walk], site: Site) -> None:
    client = visitor(site.app, peer, says)
    for address, text in walks["public"].texts.items():
        if "/report" not in address and "/metrics" not in address and "?" not in address:
            assert text_of(client.get(address)) == text, address


def test_a_preview_shows_what_the_public_is_shown_and_stays_a_preview(site: Site) -> None:
    found = walk(site.client("commissioner"), site, prefix="/as/public")
    assert leaks(found, site, "public") == []
    for address, text in found.texts.items():
        if text.startswith("<!doctype html>"):
            outside = [link for link in ADDRESS.findall(text) if link.startswith("/") and not link.startswith(("/as/public", "/static/"))]
            back = outside.pop(0) if outside else ""
            assert outside == [], f"{address} leads out of the preview to {outside}"
            assert back == "" or not back.startswith("/as/")


def test_a_preview_only_lowers(site: Site) -> None:
    for audience, above in [("public", "practitioner"), ("public", "public"), ("practitioner", "commissioner")]:
        sent = site.client(audience).get(f"/as/{above}/services/northshire/family-help?x=1")  # type: ignore[arg-type]
        assert (sent.status_code, sent.location) == (303, "/services/northshire/family-help?x=1")
        assert site.client(audience).post(f"/as/{above}/ask", data={"q": "parenting"}).status_code == 404  # type: ignore[arg-type]


def test_what_visitors_are_shown_at_one_address_is_not_mixed_by_caches(site: Site) -> None:
    for address in ("/services", "/services/northshire/family-help", "/gaps.xlsx", "/pathways/northshire/map.svg", "/ask?need=parenting"):
        response = site.client("practitioner").get(address)
        assert HEADER in response.headers["Vary"]
        assert response.headers["Cache-Control"] in ("private, no-cache", "no-store")
    words = re.findall(r'data-suggestions="([^"]+)"', site.client("practitioner").get("/").get_data(as_text=True))
    assert site.client("practitioner").get(unescape(words[0])).headers["Cache-Control"].startswith("private, ")
    assert site.client("practitioner").get("/static/windscreen.css").headers["Cache-Control"] == "no-cache"
    first = site.client("public").get("/services/northshire/family-help")
    again = site.client("practitioner").get("/services/northshire/family-help", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_the_public_is_told_that_something_is_withheld_but_not_what(site: Site) -> None:
    public = site.client("public").get("/services/northshire/family-help.json").get_json()
    assert public["budget"] is None
    assert {"budget", "contract", "outcomes"} <= set(public["withheld"])
    assert "budget" not in public["not_stated"]
    page = site.client("practitioner").get("/services/northshire/family-help").get_data(as_text=True)
    assert page.count("Not shown to this audience") >= 2  # results, and who cannot use it, are for commissioners here
    assert seen_by(site.directory, "public").service_by_id["northshire/family-help"].budget is None


def test_the_folder_of_a_build_is_not_served(site: Site) -> None:
    for path in ("/build/directory.db", "/static/../build/directory.db", "/directory.db", "/maps.json"):
        assert site.client("commissioner").get(path).status_code == 404
    assert Path(str(site.app.static_folder)).name == "static"
