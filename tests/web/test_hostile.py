"""Every part of every address with values of people who mean harm: never a fault, never given back as it came, never without bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from tries import tries

from app.building import Opened
from app.settings import Settings
from app.web import create_app

HOSTILE: dict[str, bytes] = {
    "markup": b"<script>zq9x(1)</script>",
    "end of an attribute": b"\"'><img src=zq9x onerror=zq9x()>",
    "sql": b"'; DROP TABLE service; -- zq9x",
    "path": b"../../../../etc/passwd",
    "path of windows": b"..\\..\\zq9x.ini",
    "nul": b"zq9x\x00zq9x",
    "surrogate": b"zq9x\xed\xa0\x80",
    "no utf-8": b"zq9x\xff\xfe",
    "right to left": "\u202ezq9x\u202c אבא".encode(),
    "line": b"zq9x\r\nSet-Cookie: zq9x=1",
    "control": b"\x1b[31mzq9x\x07",
    "template": b"{{ 7 * 7 }}{% zq9x %}",
    "formula": b"=zq9x()",
    "negative": b"-1",
    "number": b"9" * 400,
    "digits of others": "٣".encode(),
    "nothing": b"",
    "blank": b"   ",
    "long": b"zq9x " * 3000,
}
"""`zq9x` stands where what comes back could be recognised."""

AS_IT_CAME = re.compile(r"<script>zq9x|<img src=zq9x|\"'>|zq9x\x00|\x1b\[31m|\u202e|\r\nSet-Cookie|\ufffdzq9x\ufffd|^=zq9x", re.M)
"""What no answer may hold."""

MOST_MORE = 40_000
"""How many more characters an answer to a wrong question may have than the same page without one: it says what is allowed."""

PATHS = (
    "/services/{}/{}", "/services/{}/{}.json", "/pathways/{}", "/pathways/{}.json", "/pathways/{}/{}", "/themes/{}", "/levels/{}",
    "/descriptors/{}", "/programmes/{}", "/reports/{}", "/pathways/{}/steps.csv", "/static/{}", "/as/{}/services",
)  # fmt: skip
"""Addresses with parts of the path that vary."""

Asked = tuple[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def client(small_settings: Settings, small_opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    app: Flask = create_app(replace(small_settings, state_folder=tmp_path_factory.mktemp("hostile") / "state"), small_opened)
    return app.test_client()


@pytest.fixture(scope="module")
def asked(client: FlaskClient) -> list[Asked]:
    """Every address that takes parts, filled in so that it exists, with the names of its parts."""
    document: dict[str, Any] = client.get("/openapi.json").get_json()
    parameters = document["components"]["parameters"]
    found = []
    for path, methods in document["paths"].items():
        named = [parameters[each["$ref"].rpartition("/")[2]] for each in methods.get("get", {}).get("parameters", ())]
        query = tuple(each["name"] for each in named if each["in"] == "query")
        values = {each["name"]: each["schema"].get("enum", ["2"])[0] for each in named if each["in"] == "path"}
        if query and path != "/static/{filename}":
            found.append((re.sub(r"\{(\w+)\}", lambda part, values=values: str(values[part[1]]), path), query))  # type: ignore[misc]
    assert len(found) > 70
    return found


@pytest.fixture(scope="module")
def plain(client: FlaskClient, asked: list[Asked]) -> dict[str, int]:
    """How many characters each address answers with when nothing is asked wrongly."""
    return {path: len(client.get(path).get_data()) for path, _ in asked}


def safe(client: FlaskClient, address: str, most: int) -> None:
    """The answer to an address is one that nobody is harmed by."""
    answer = client.get(address)
    where = address[:160]
    assert answer.status_code in (200, 303, 400, 404, 503), f"{where}: {answer.status_code}"
    assert "Set-Cookie" not in answer.headers, where
    assert "zq9x" not in answer.headers.get("Content-Disposition", ""), where
    assert not AS_IT_CAME.search(answer.headers.get("Location", "")), where
    if not (answer.mimetype or "").startswith("application/vnd."):
        text = answer.get_data(as_text=True)
        found = AS_IT_CAME.search(text)
        assert not found, f"{where}: {found and found[0]!r}"
        assert len(text) <= most + MOST_MORE, where


def pairs(asked: list[Asked], values: Iterator[bytes]) -> Iterator[tuple[str, str]]:
    """Each part of each address with the next of the values."""
    for path, names in asked:
        for name in names:
            yield path, f"{path}?{quote(name)}={quote(next(values))}"


@pytest.mark.parametrize("first", range(tries(1, 3, len(HOSTILE))))
def test_a_hostile_value_of_any_part_is_refused_or_harmless(
    client: FlaskClient, asked: list[Asked], plain: dict[str, int], first: int
) -> None:
    """Each part meets each value in the nightly run; in the others they take turns."""
    values = islice(cycle(HOSTILE.values()), first * 7, None)
    for path, address in pairs(asked, values):
        safe(client, address, plain[path])


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_value_of_all_parts_at_once_is_refused_or_harmless(
    client: FlaskClient, asked: list[Asked], plain: dict[str, int], kind: str
) -> None:
    value = quote(HOSTILE[kind])
    every = len(HOSTILE) if tries(0, 0, 1) == 0 else 1
    for path, names in asked[list(HOSTILE).index(kind) % every :: max(1, every // tries(2, 5, 1))]:
        safe(client, f"{path}?{'&'.join(f'{quote(name)}={value}' for name in names)}", plain[path])


def test_a_part_given_a_thousand_times_is_read_within_its_limit(client: FlaskClient, asked: list[Asked], plain: dict[str, int]) -> None:
    for path, names in asked[:: tries(4, 2, 1)]:
        for name in names[:: tries(3, 2, 1)]:
            safe(client, f"{path}?{'&'.join(f'{quote(name)}=zq9x{number}' for number in range(1000))}", plain[path])


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_of_a_part_is_refused_or_harmless(
    client: FlaskClient, asked: list[Asked], plain: dict[str, int], kind: str
) -> None:
    name = quote(HOSTILE[kind][:2000])
    for path, _ in asked[list(HOSTILE).index(kind) % 7 :: tries(14, 7, 1)]:
        safe(client, f"{path}?{name}=1&{name}=2", plain[path])


@pytest.mark.parametrize("kind", [kind for kind in HOSTILE if kind not in ("nothing", "negative")])
def test_a_hostile_part_of_a_path_is_not_found(client: FlaskClient, kind: str) -> None:
    value = quote(HOSTILE[kind], safe="")
    for path in PATHS:
        address = path.replace("{}", value)
        answer = client.get(address)
        assert answer.status_code in (404, 308), f"{address[:160]}: {answer.status_code}"
        assert not AS_IT_CAME.search(answer.get_data(as_text=True))


def test_a_part_with_more_names_than_anybody_needs_is_answered(client: FlaskClient) -> None:
    for path in ("/ask", "/services", "/journey", "/gaps", "/shortlist", "/compare", "/gaps/unmet"):
        answer = client.get(f"{path}?{'&'.join(f'zq{number}x=1' for number in range(1000))}")
        assert answer.status_code in (200, 303, 400)
        assert len(answer.get_data()) < 400_000, path
