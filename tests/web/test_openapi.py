"""The site described for programs: nothing is missing, nothing is invented, and what is said of an answer is true of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jsonschema_rs
import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from app.settings import Settings
from app.web import create_app
from app.web.openapi.parameters import MOST_LISTED, QUERY, one_of

from .inspector import Page, Visitor

KNOWN_ELSEWHERE = {"sign_in.begin", "sign_in.come_back"}
"""Routes that only a deployment with a provider of sign-in has."""


@pytest.fixture(scope="module")
def described(small: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = small.json("/openapi.json")
    return found


def resolved(document: dict[str, Any], part: Any) -> Any:
    """A part of the document, looked up where it is named."""
    while "$ref" in part:
        for number, name in enumerate(part["$ref"].split("/")):
            part = document if number == 0 else part[name]
    return part


def names(document: dict[str, Any], operation: dict[str, Any], where: str) -> set[str]:
    parameters = [resolved(document, each) for each in operation.get("parameters", ())]
    return {each["name"] for each in parameters if each["in"] == where}


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_route_is_described_and_no_other(small: Visitor, described: dict[str, Any]) -> None:
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in small.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(method, path) for method, path, _ in operations(described)} == routes
    assert set(QUERY) <= {rule.endpoint for rule in small.app.url_map.iter_rules()} | KNOWN_ELSEWHERE, "a table names a route that is gone"


def test_every_description_is_whole(described: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(ids) == len(set(ids))
    for method, path, operation in operations(described):
        where = f"{method} {path}"
        assert operation["summary"].strip(), where
        assert names(described, operation, "path") == set(re.findall(r"\{(\w+)\}", path)), where
        answers = {status: resolved(described, answer) for status, answer in operation["responses"].items()}
        assert answers, where
        assert not any(status.startswith("5") and status != "503" for status in answers), f"{where}: a fault is never meant"
        assert all(answer["description"] for answer in answers.values()), where
        assert ("requestBody" in operation) == (method == "POST" and path != "/sign-out"), where


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def walk(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            yield from [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from walk(each)

    for reference in set(walk(described)):
        assert resolved(described, {"$ref": reference})


def test_every_parameter_that_a_page_writes_is_described(small: Visitor, described: dict[str, Any]) -> None:
    """Links and forms of every page: a part of an address that we write ourselves and do not describe would be found out here."""
    adapter = small.app.url_map.bind("localhost")
    told: dict[str, set[str]] = {}
    for path in pages_of(small, described):
        for address, parts in addresses_in(small.get(path)):
            route = route_of(adapter, address)
            if route:
                told.setdefault(route, set()).update(parts)
    known = {path: names(described, methods["get"], "query") for path, methods in described["paths"].items() if "get" in methods}
    undescribed = {route: parts - known[route] for route, parts in told.items() if parts - known[route]}
    assert not undescribed, f"say in app/web/openapi/parameters.py what these are: {undescribed}"
    assert len(told) > 60, "hardly any page was looked at"


def pages_of(site: Visitor, document: dict[str, Any]) -> list[str]:
    """An address of every kind of page that is read as HTML, questions among them."""
    directory = site.app.extensions["windscreen"].loaded.directory
    area, need = directory.site.default_area, directory.vocabulary.needs[0].id
    service = next(each for each in directory.services if each.area == area)
    gateway = next(each for each in directory.gateways if each.area == area)
    stage = f"/pathways/{area}/{gateway.id}"
    known = {
        "/services/{area}/{slug}": f"/services/{service.id}", "/services/{area}/{slug}/report": f"/services/{service.id}/report",
        "/pathways/{area}/{name}": stage, "/pathways/{area}/{slug}/report": f"{stage}/report",
        "/programmes/{slug}": f"/programmes/{directory.programmes[0].id}", "/examples/{slug}": f"/examples/{directory.examples[0].id}",
        "/themes/{name}": f"/themes/{need}", "/descriptors/{name}": f"/descriptors/{directory.descriptors[0].id}",
        "/levels/{number}": "/levels/2", "/ask": "/ask?level=3", "/reports/{reference}": "", "/sign-in": "", "/sign-in/return": "",
    }  # fmt: skip
    found = []
    for path, methods in document["paths"].items():
        if "text/html" in content_of(methods):
            found.append(known.get(path, path.replace("{area}", area)))
    more = [f"/ask?need={need}&age=5&gateway={gateway.id}", f"/compare?need={need}", f"/services?level=3&need={need}", f"/gaps?need={need}"]
    return [*filter(None, found), *more, f"/journey?to={service.id}", f"/gaps/what-if?without={service.id}"]


def content_of(methods: dict[str, Any]) -> dict[str, Any]:
    """What is sent where all is well, by its media type."""
    found: dict[str, Any] = methods.get("get", {"responses": {}})["responses"].get("200", {}).get("content", {})
    return found


def addresses_in(page: Page) -> Iterator[tuple[str, set[str]]]:
    for _, address in page.links():
        split = urlsplit(address)
        yield split.path, {name for name, _ in parse_qsl(split.query, keep_blank_values=True)}
    for form in page.all("form"):
        if form.get("method", "get").lower() == "get":
            yield form.get("action", ""), {box.get("name", "") for box in form.iter() if box.get("name")}


def route_of(adapter: MapAdapter, address: str) -> str:
    """The route of an address of ours, as the document writes it; "" for other addresses."""
    try:
        rule, _ = adapter.match(address, return_rule=True) if address.startswith("/") else (None, {})
    except HTTPException:
        return ""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) if rule else ""


def test_no_described_parameter_is_unknown_to_its_page(small: Visitor, described: dict[str, Any]) -> None:
    """A page that tells of unknown parts knows each part that is described."""
    for path, methods in described["paths"].items():
        if path.endswith(".json") and "{" not in path:
            given = "&".join(f"{name}=?" for name in names(described, methods["get"], "query"))
            told = small.client.get(f"{path}?{given}").get_data(as_text=True)
            assert "is not a part of" not in told, path


def test_the_data_of_the_shipped_content_is_as_described(real: Visitor) -> None:
    document = real.json("/openapi.json")
    directory = real.app.extensions["windscreen"].loaded.directory
    values = {
        "/services/{area}/{slug}.json": [f"/services/{service.id}.json" for service in directory.services],
        "/pathways/{area}.json": [f"/pathways/{area.id}.json" for area in directory.site.areas],
        "/pathways/{area}/findings.json": [f"/pathways/{area.id}/findings.json" for area in directory.site.areas],
        "/levels/{number}.json": ["/levels/1.json", "/levels/4.json"],
        "/themes/{name}.json": [f"/themes/{need.id}.json" for need in directory.vocabulary.needs[::9]],
        "/ask.json": ["/ask.json?need=domestic-abuse&level=3&age=14", "/ask.json?level=2&age=unborn&area=leeds"],
        "/compare.json": ["/compare.json", "/compare.json?need=domestic-abuse&seen=3-child-has-witnessed-domestic-abuse"],
        "/journey.json": [f"/journey.json?to={directory.services[5].id}"],
    }
    checked = 0
    for path, methods in document["paths"].items():
        schema = content_of(methods).get("application/json", {}).get("schema")
        if schema is None or ("{" in path and path not in values):
            continue
        whole = jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})
        for address in values.get(path, [path]):
            whole.validate(real.json(address))
            checked += 1
    assert checked > len(directory.services) + 40


def test_a_data_page_has_its_tables_and_each_is_described(described: dict[str, Any]) -> None:
    kinds = {path: set(content_of(methods)) for path, methods in described["paths"].items()}
    assert kinds["/themes.csv"] == kinds["/levels/unanswered.csv"] == kinds["/gaps/spend.csv"] == {"text/csv"}
    assert kinds["/gaps.xlsx"] == {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert kinds["/pathways/{area}/map.svg"] == {"image/svg+xml"}
    assert kinds["/changes.atom"] == {"application/atom+xml"}
    assert kinds["/services/{area}/{slug}"] == {"text/html"}


def test_limits_and_kinds_are_those_of_the_content(described: dict[str, Any]) -> None:
    parameters = described["components"]["parameters"]
    assert parameters["ask-level"]["schema"] == {"type": "array", "items": {"type": "integer", "enum": [1, 2, 3, 4]}, "maxItems": 20}
    assert parameters["ask-word"]["schema"]["maxItems"] == 12
    assert parameters["ask-area"]["schema"]["enum"] == ["northshire", "southtown"]
    assert "not-recorded" in parameters["menu-age"]["schema"]["enum"]
    form = described["paths"]["/ask"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    assert form["properties"]["q"]["maxLength"] == 1000


def test_where_there_are_too_many_values_to_list_their_form_is_told() -> None:
    assert one_of("A thing.", range(MOST_LISTED))["schema"]["type"] == "integer"
    assert one_of("A thing.", map(str, range(MOST_LISTED + 1)), "^[0-9]+$")["schema"] == {"type": "string", "pattern": "^[0-9]+$"}


def test_it_names_nothing_that_its_reader_may_not_see(own_folder: Settings) -> None:
    file = own_folder.content / "services/southtown/youth-team.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("---\n", "---\naudience: practitioner\n", 1), encoding="utf-8")
    client = create_app(own_folder).test_client()
    first = client.get("/openapi.json")
    assert client.get("/openapi.json").data == first.data
    assert "southtown/youth-team" in first.get_data(as_text=True)
    public = client.get("/as/public/openapi.json").get_data(as_text=True)
    assert "southtown/family-workers" in public
    assert "youth-team" not in public


def test_about_leads_to_it(small: Visitor) -> None:
    assert "/openapi.json" in [address for _, address in small.get("/about").links()]


