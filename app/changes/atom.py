"""The recorded changes as an Atom 1.0 feed (RFC 4287)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from uuid import UUID, uuid5
from xml.etree import ElementTree

from app.freshness import first_day
from app.model import Change, Directory

ATOM = "http://www.w3.org/2005/Atom"

OURS = UUID("6b0d5a52-6a7e-5d0b-9f0e-3f6f0a1c7e55")
"""Under which the ids of feeds and entries are made: they name no machine, and are the same on every node of a deployment."""

MOST = 200
"""Entries in the feed, the newest ones."""

UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""


def atom_feed(directory: Directory, address: str = "/changes.atom", page: str = "/changes") -> bytes:
    """The newest changes as a feed.

    Links are relative to the feed's own address, so that no host name stands in it that somebody else could have chosen.
    """
    changes = directory.changes[:MOST]
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _text(feed, "id", _id("feed", *(area.id for area in directory.site.areas)))
    _text(feed, "title", f"{directory.site.title}: changes")
    _text(feed, "subtitle", "What was added, ended, altered and moved in the directory.")
    _text(feed, "updated", _instant(changes[0].on if changes else _oldest(directory)))
    author = ElementTree.SubElement(feed, "author")
    _text(author, "name", directory.site.owner or directory.site.title)
    ElementTree.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    ElementTree.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": page})
    feed.extend(_entry(change, name, address_of(change, directory) or page) for change, name in zip(changes, ids_of(changes), strict=True))
    ElementTree.indent(feed)
    data: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data


def ids_of(changes: Sequence[Change]) -> list[str]:
    """The id of each entry. Entries that only their words tell apart are numbered, so that mending the words keeps the id."""
    same: Counter[tuple[str, ...]] = Counter()
    ids = []
    for change in changes:
        key = (change.on, change.kind, change.id, change.change, change.audience)
        same[key] += 1
        ids.append(_id("entry", *key, str(same[key])))
    return ids


def address_of(change: Change, directory: Directory) -> str:
    """The page of what changed, as long as it is there and may be seen; else ""."""
    area, _, name = change.id.partition("/")
    if change.kind == "service" and change.id in directory.service_by_id:
        return f"/services/{change.id}"
    if change.kind == "area" and change.id in directory.area_by_id:
        return f"/services?area={change.id}"
    if change.kind == "stage" and (area, name) in directory.gateway_by_key:
        return f"/pathways/{change.id}"
    if change.kind == "programme" and change.id in directory.programme_by_id:
        return f"/programmes/{change.id}"
    if change.kind in ("step", "closed way") and area in directory.area_by_id:
        return f"/pathways/{area}"
    if change.kind == "level" and any(f"{level.scheme}/{level.number}" == change.id for each in directory.schemes for level in each.levels):
        return f"/levels/{name}?scheme={area}"
    if change.kind in ("scheme", "descriptor") and area in directory.scheme_by_id:
        return f"/levels?scheme={area}"
    return ""


def _entry(change: Change, name: str, address: str) -> ElementTree.Element:
    entry = ElementTree.Element("entry")
    _text(entry, "id", name)
    _text(entry, "title", change.words if len(change.words) <= 120 else f"{change.words[:119]}…")
    _text(entry, "updated", _instant(change.on))
    ElementTree.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    ElementTree.SubElement(entry, "category", {"term": change.change})
    _text(entry, "content", change.words).set("type", "text")
    return entry


def _text(parent: ElementTree.Element, tag: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag)
    element.text = UNPRINTABLE.sub("\ufffd", text)
    return element


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(OURS, chr(10).join(parts))}"


def _instant(partial: str) -> str:
    """A day as an instant: Atom has no days, so it is the first moment of the day by UTC."""
    return f"{first_day(partial).isoformat()}T00:00:00Z"


def _oldest(directory: Directory) -> str:
    """A date for a feed in which nothing has been recorded: that of the newest source."""
    return max((source.date for source in directory.sources), key=first_day, default="1970")
