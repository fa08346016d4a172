"""The suite as files: each part as a page of its own in one folder, with links that work inside it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient

from app import pdf
from app.building import Opened, open_directory
from app.model import Audience
from app.settings import Settings
from app.web import create_app
from app.web.paper import Part, parts_of

MARK = "suite.json"
"""The file by which a folder is known to be a suite: what it was made from, and every file in it."""

NOT_FOR_FILES = re.compile(
    r"<nav\b.*?</nav>|<form\b.*?</form>|<script\b.*?</script>|<link rel=\"icon\"[^>]*>|<a class=\"skip\".*?</a>"
    r"|<section class=\"not-in-files\".*?</section>|<p class=\"[^\"]*\b(?:not-on-paper|screen-only|page-tools|data-link)\b[^\"]*\">.*?</p>",
    re.DOTALL,
)
"""What only makes sense on the site: menus, forms, scripts, and how to print."""

LINK = re.compile(r"<a\b([^>]*?)\s(xlink:)?href=\"([^\"]*)\"([^>]*)>(.*?)</a>", re.DOTALL)
BROUGHT = re.compile(r"(<(?:link|img)\b[^>]*?\s(?:href|src)=\")(/[^\"]+)(\")")


NOT_WANTED = "they were not asked for"


class SuiteProblem(Exception):
    """A suite cannot be made; the message is a sentence that says why."""


@dataclass(frozen=True)
class Suite:
    """A suite that was made: its folder, its files with the sheets of each PDF, and why there are no PDF files, or ""."""

    folder: Path
    pages: tuple[str, ...]
    sheets: Mapping[str, int]
    no_pdf: str


def write_suite(
    settings: Settings, area: str | None, folder: Path, audience: Audience | None = None, address: str = "", *, with_pdf: bool = True
) -> Suite:
    """Write the suite of an area (without one, of the default area), as an audience sees it, into a folder.

    `address` is that of the site, for links that lead out of the folder.

    Everything is made beside the folder and put into its place at the end, so that there is never half a suite. Raises SuiteProblem,
    and ContentError or BuildProblem when the content cannot be opened.
    """
    place = replace(settings, audience=audience or settings.audience)
    opened = open_directory(place)
    area = area or opened.directory.site.default_area
    if area not in opened.directory.area_by_id:
        raise SuiteProblem(f"'{area}' is not an area here; the areas are {', '.join(opened.directory.area_by_id)}")
    folder = Path(os.path.abspath(folder))
    _check_replaceable(folder)
    with _beside(folder) as fresh:
        pages = Pages(create_app(place, opened), opened, area, place.audience, address.rstrip("/"))
        names = pages.write(fresh)
        sheets, no_pdf = _pdfs(fresh, names) if with_pdf else ({}, NOT_WANTED)
        _mark(fresh, opened, area, place.audience)
    return Suite(folder, names, sheets, no_pdf)


class Pages:
    """The parts of one area, fetched from the site itself and turned into files."""

    def __init__(self, app: Flask, opened: Opened, area: str, audience: Audience, address: str) -> None:
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.address = address
        self.area = area
        loaded = app.extensions["windscreen"].version.seen_by(audience)
        self.parts: list[Part] = parts_of(loaded, loaded.directory.area_by_id[area])
        self.scheme = loaded.directory.scheme_of(area)

    def write(self, folder: Path) -> tuple[str, ...]:
        """Write every page, and what the pages bring with them; gives the names of the pages."""
        brought: dict[str, str] = {}
        index = Part("index", "", "", f"/print?area={self.area}")
        for part in (index, *self.parts):
            html = NOT_FOR_FILES.sub("", self._fetch(part.address).decode())
            html = BROUGHT.sub(lambda found: f"{found[1]}{_brought(found[2], brought)}{found[3]}", html)
            html = LINK.sub(lambda found, own=part: self._link(found, own.id), html)  # type: ignore[misc]
            (folder / f"{part.id}.html").write_text(html, encoding="utf-8")
        for address, name in brought.items():
            (folder / name).write_bytes(self._fetch(address))
        return tuple(f"{part.id}.html" for part in (index, *self.parts))

    def _fetch(self, address: str) -> bytes:
        with self.client.get(address) as response:
            if response.status_code != 200:
                raise SuiteProblem(f"{address} cannot be made: the site answered {response.status_code}")
            return response.get_data()

    def _link(self, found: re.Match[str], own: str) -> str:
        """A link of a page as it stands in a file: inside the folder, out to the site, or as words with the address behind them."""
        before, xlink, href, after, words = found[1], found[2] or "", unescape(found[3]), found[4], found[5]
        if not href.startswith("/"):
            return found[0]
        inside = self._inside(href)
        if inside is not None:
            inside = inside.removeprefix(f"{own}.html") if "#" in inside else inside
            return f'<a{before} {xlink}href="{escape(inside)}"{after}>{words}</a>'
        if self.address:
            return f'<a{before} {xlink}href="{escape(self.address + href)}"{after}>{words}</a>'
        if "<svg" in words or xlink:
            return f"<a{before}{after}>{words}</a>"
        return f'<span>{words}</span> <span class="small">({escape(href)})</span>'

    def _inside(self, href: str) -> str | None:
        """The file and the place in it where the folder itself says what an address of the site says; None where it does not."""
        parts = urlsplit(href)
        asked = parse_qs(parts.query)
        if asked.get("area", [self.area]) != [self.area] or (self.scheme and asked.get("scheme", [self.scheme.id]) != [self.scheme.id]):
            return None
        have = {part.id for part in self.parts}
        for pattern, file, place in WHERE:
            match = re.fullmatch(pattern.replace("AREA", re.escape(self.area)), parts.path)
            if match and (file in have or file == "index"):
                return f"{file}.html{match.expand(place)}"
        return None


WHERE = (
    (r"/|/print", "index", ""),
    (r"/services(?:/print)?", "services", ""),
    (r"/services/AREA/([^/]+)", "services", r"#service-\1"),
    (r"/levels(?:/print)?", "thresholds", ""),
    (r"/levels/poster", "poster", ""),
    (r"/levels/(\d)", "thresholds", r"#level-\1"),
    (r"/pathways/AREA/print", "map", ""),
    (r"/pathways/AREA(?:/stages)?", "stages", ""),
    (r"/pathways/AREA/([^/]+)", "stages", r"#stage-\1"),
)
"""Addresses of the site, the part of the suite that says the same, and the place in it."""


def _brought(address: str, brought: dict[str, str]) -> str:
    name = Path(urlsplit(unescape(address)).path).name
    return brought.setdefault(unescape(address), name)


def _pdfs(folder: Path, names: tuple[str, ...]) -> tuple[dict[str, int], str]:
    """A PDF of each page beside it, with its number of sheets; or the sentence that says why there is none."""
    try:
        pdf.check()
        return {file.name: pdf.write_pdf(folder / name, file) for name in names for file in [folder / f"{Path(name).stem}.pdf"]}, ""
    except pdf.NoPdf as reason:
        return {}, str(reason)


def _mark(folder: Path, opened: Opened, area: str, audience: Audience) -> None:
    files = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}
    data = {"made_by": "windscreen suite", "area": area, "audience": audience, "content": opened.digest, "files": files}
    (folder / MARK).write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _check_replaceable(folder: Path) -> None:
    """Refuse to write over anything but an empty folder or an earlier suite that nobody has added to."""
    if not folder.exists() and not folder.is_symlink():
        return
    if folder.is_symlink() or not folder.is_dir():
        raise SuiteProblem(f"{folder} is not a folder; name one that is new, empty, or an earlier suite")
    there = {path.name for path in folder.iterdir()}
    strange = sorted(there - _files_of(folder))
    if strange:
        allowed = "name a folder that is new, empty, or an earlier suite"
        raise SuiteProblem(f"{folder} holds '{strange[0]}', which is not part of a suite; {allowed}")


def _files_of(folder: Path) -> set[str]:
    """The files that a suite in this folder says are its own; none where there is no suite."""
    try:
        data = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return {MARK, *data["files"]} if data["made_by"] == "windscreen suite" else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A fresh folder beside the one that is asked for, which takes its place when all is well and goes away when it is not."""
    fresh, aside = (folder.with_name(f".{folder.name}.{age}-{os.getpid()}") for age in ("new", "old"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh.mkdir()
        yield fresh
        if folder.exists():
            folder.rename(aside)
        fresh.rename(folder)
    except OSError as error:
        if aside.exists() and not folder.exists():
            aside.rename(folder)
        raise SuiteProblem(f"{folder} cannot be written ({error.strerror})") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)
