"""The feed is Atom 1.0 (RFC 4287), names no machine, and holds whatever stands in the content."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from app.changes import address_of, atom_feed
from app.loading import read_content
from app.model import Change, Directory
from app.settings import settings

from .conftest import SITE

A = "{http://www.w3.org/2005/Atom}"


def small(**changes: Any) -> Directory:
    found, _ = read_content(settings(SITE))
    assert found is not None
    return Directory(**{**{name: getattr(found, name) for name in Directory.model_fields}, **changes})


def text(element: ElementTree.Element, tag: str) -> str:
    found = element.findall(f"{A}{tag}")
    assert len(found) == 1, f"{len(found)} {tag} in {element.tag}"
    assert found[0].text
    return found[0].text


def check(data: bytes) -> ElementTree.Element:
    """What RFC 4287 asks of a feed: sections 4.1.1 and 4.1.2."""
    feed = ElementTree.fromstring(data)
    assert feed.tag == f"{A}feed"
    assert feed.find(f"{A}author/{A}name") is not None
    ids = [text(feed, "id")]
    assert [link.get("href") for link in feed.findall(f"{A}link") if link.get("rel") == "self"] == ["/changes.atom"]
    for element in (feed, *feed.findall(f"{A}entry")):
        assert text(element, "title")
        assert datetime.fromisoformat(text(element, "updated").replace("Z", "+00:00"))
    for entry in feed.findall(f"{A}entry"):
        ids.append(text(entry, "id"))
        assert text(entry, "content")
        assert [link.get("rel") for link in entry.findall(f"{A}link")] == ["alternate"]
    assert len(set(ids)) == len(ids), "an id stands twice"
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    return feed


def test_the_feed_holds_what_the_standard_asks_for() -> None:
    feed = check(atom_feed(small()))
    entries = feed.findall(f"{A}entry")
    assert [text(entry, "updated") for entry in entries] == ["2020-03-12T00:00:00Z", "2020-03-12T00:00:00Z", "2019-06-01T00:00:00Z"]
    assert text(feed, "updated") == "2020-03-12T00:00:00Z"
    assert text(entries[2], "title") == "Gone & Lost <Club> (Southtown) is no longer in the directory."
    links = [entry.find(f"{A}link") for entry in entries]
    assert [link.get("href") for link in links if link is not None] == [
        "/services/northshire/family-help", "/services/northshire/family-help", "/changes",
    ]  # fmt: skip


def test_a_feed_without_changes_is_a_feed() -> None:
    feed = check(atom_feed(small(changes=())))
    assert feed.findall(f"{A}entry") == []


@pytest.mark.parametrize(
    ("kind", "name", "address"),
    [
        ("area", "northshire", "/services?area=northshire"),
        ("area", "nowhere", ""),
        ("service", "northshire/family-help", "/services/northshire/family-help"),
        ("service", "northshire/gone", ""),
        ("stage", "northshire/school", "/pathways/northshire/school"),
        ("step", "northshire/school to early-help", "/pathways/northshire"),
        ("level", "northshire-2020/2", "/levels/2?scheme=northshire-2020"),
        ("level", "northshire-2020/9", ""),
        ("descriptor", "northshire-2020/gone", "/levels?scheme=northshire-2020"),
    ],
)
def test_an_entry_leads_to_the_page_of_what_changed_while_there_is_one(kind: Any, name: str, address: str) -> None:
    assert address_of(Change(on="2021-01-01", kind=kind, id=name, change="altered", words="One."), small()) == address


def test_ids_stay_when_more_is_recorded_and_when_words_are_mended() -> None:
    def ids(directory: Directory) -> list[str]:
        return [text(entry, "id") for entry in check(atom_feed(directory)).findall(f"{A}entry")]

    one = Change(on="2021-01-01", kind="service", id="a/b", change="altered", words="One.")
    before = ids(small(changes=(one,)))
    assert ids(small(changes=(one.model_copy(update={"words": "Mended."}),))) == before
    later = ids(small(changes=(one.model_copy(update={"on": "2021-02-01"}), one, one.model_copy(update={"words": "Two."}))))
    assert later[1] == before[0]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b", "]]>", "\u0000\u0008\ufffe\x1b[31m", "😀" * 400, "‮evil", "\u2028"])
def test_hostile_words_make_no_broken_feed(words: str) -> None:
    change = Change.model_construct(on="2021-01-01", kind="service", id=f"a/{words}", change="altered", words=words, audience="public")
    feed = check(atom_feed(small(changes=(change,))))
    assert len(feed.findall(f"{A}entry")) == 1
    assert b"<script>" not in atom_feed(small(changes=(change,)))


def test_a_long_list_is_cut_and_the_newest_stay() -> None:
    many = tuple(Change(on="2021-01-01", kind="service", id=f"a/{number}", change="added", words=f"{number}.") for number in range(300))
    feed = check(atom_feed(small(changes=many)))
    assert [text(entry, "title") for entry in feed.findall(f"{A}entry")] == [f"{number}." for number in range(200)]
