"""Who sees what, as the deployment changes it: names of fields that are none, and links that lead some readers nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from app.loading.gathered import Content
from app.loading.names import LINK
from app.loading.schema import field_names
from app.model import (
    AUDIENCE_WORDS,
    GUARDED,
    Audience,
    Example,
    Gateway,
    Need,
    Programme,
    Record,
    Service,
    Site,
    audience_of,
    fields_for_audiences,
    sees,
)
from app.problems import Problem, nearest, shown

PAGES: dict[type[Record], str] = {Service: "services", Programme: "programmes", Example: "examples", Gateway: "pathways"}
"""Under which address the page of each lies."""


def audiences_of_fields(content: Content) -> Iterator[Problem]:
    """A problem for each line of `audiences` that names no field, or one without which pages and matching cannot stand."""
    for entry in content.of(Site):
        lines = entry.data.get("audiences") if isinstance(entry.data, dict) else None
        for key in lines if isinstance(lines, dict) else ():
            words = _what_is_wrong(key)
            if words:
                yield entry.problem(("audiences", key), words, key=True)


def _what_is_wrong(key: str) -> str:
    kind, _, field = key.partition(".")
    if kind not in GUARDED or not field:
        meant = "" if kind in GUARDED else nearest(kind, GUARDED)
        return f"must be a kind of entry, a full stop and a field, such as service.budget{meant}"
    allowed = fields_for_audiences(kind)
    if field in allowed:
        return ""
    if field in field_names(GUARDED[kind]):
        whole = f"; to hide one {kind} whole, give it an audience" if "audience" in GUARDED[kind].model_fields else ""
        return f"is seen by everybody, because pages and matching rest on it{whole}"
    return f"is not a field of a {kind} that can be withheld{nearest(field, allowed)}"


def sensitive_themes(content: Content) -> Iterator[Problem]:
    """A problem for each theme that no need has."""
    themes = {need.theme for need in content.records(Need)}
    for entry in content.of(Site):
        for position, theme in enumerate(entry.list_of("sensitive_themes")):
            if theme not in themes and Need not in content.unread:
                yield entry.problem(("sensitive_themes", position), f"no need has the theme {shown(theme)}{nearest(str(theme), themes)}")


def links_that_some_do_not_see(content: Content) -> Iterator[Problem]:
    """A finding for each link to a page that not everybody who reads the link may open: they are given its words without the link."""
    guarded: dict[str, Audience] = {}
    for entry in content.entries:
        if entry.cls in PAGES and entry.record is not None and (least := audience_of(entry.record)) != "public":
            place = f"{entry.area}/{entry.id}" if entry.cls is Gateway else entry.id
            guarded[f"/{PAGES[entry.cls]}/{place}"] = least
    readers: dict[str, Audience] = {entry.fields.path: audience_of(entry.record) for entry in content.entries if entry.cls in PAGES}
    for body in content.bodies if guarded else ():
        reader = readers.get(body.path, "public")
        for number, line in enumerate(body.text.split("\n"), body.first_line):
            for match in LINK.finditer(line):
                group = 1 if match[1] is not None else 2
                link = match[group].partition("#")[0]
                if link in guarded and not sees(reader, guarded[link]):
                    words = f"{shown(link)} is for {AUDIENCE_WORDS[guarded[link]]}; others read its words without the link"
                    yield Problem(body.path, number, match.start(group) + 1, "link", words, "finding")


ERRORS = (audiences_of_fields, sensitive_themes)
