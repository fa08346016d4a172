"""Every page that any test fetches is read as HTML and inspected: nobody has to remember, forgetting fails."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web.headers import CONTENT_SECURITY_POLICY

KEPT_AS_IS = {"non-void-element-with-trailing-solidus"}
"""Faults that the parser tells of foreign elements only."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
DISCREET = "Help and information – "
"""The title of a page about harm as the public sees it: somebody may see the tab who should not."""

CONTROLS = ("input", "select", "textarea")


class Page:
    """One page as a reader meets it."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.html)
        self.faults = [code for _, code, _ in parser.errors if code not in KEPT_AS_IS]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        """Every element of these kinds, in order."""
        return [element for element in self.root.iter() if element.tag in tags]

    def text(self, element: Element | None = None) -> str:
        """The words of an element, or of the main part of the page, with single spaces."""
        return re.sub(r"\s+", " ", "".join((self.main if element is None else element).itertext())).strip()

    @property
    def main(self) -> Element:
        return self.all("main")[0]

    @property
    def h1(self) -> str:
        return self.text(self.all("h1")[0])

    @property
    def title(self) -> str:
        return self.text(self.all("title")[0])

    def by_id(self, name: str) -> Element:
        """The element with this id."""
        return next(element for element in self.root.iter() if element.get("id") == name)

    def has_id(self, name: str) -> bool:
        return any(element.get("id") == name for element in self.root.iter())

    def section(self, name: str) -> Element:
        """The section under the heading with this id."""
        return next(element for element in self.root.iter() if element.get("aria-labelledby") == name)

    def headings(self, *tags: str) -> list[str]:
        """The words of every heading in the main part."""
        return [self.text(element) for element in self.main.iter() if element.tag in (tags or HEADINGS)]

    def links(self, inside: Element | None = None) -> list[tuple[str, str]]:
        """(words, address) of every link in an element, or on the whole page."""
        return [(self.text(link), link.get("href", "")) for link in (inside or self.root).iter("a")]

    def link(self, words: str) -> str:
        """The address of the one link with these words in the main part."""
        found = [address for text, address in self.links(self.main) if text == words]
        assert len(set(found)) == 1, f"{len(found)} links say '{words}'"
        return found[0]

    def facts(self) -> dict[str, str]:
        """Every term on the page with its description, as words; of terms that come twice, the first."""
        found: dict[str, str] = {}
        for group in self.all("div"):
            parts = {child.tag: child for child in group}
            if {"dt", "dd"} <= parts.keys():
                found.setdefault(self.text(parts["dt"]), self.text(parts["dd"]))
        return found

    def options(self, select: str) -> dict[str, str]:
        """The choices of a select: value and words."""
        return {option.get("value", ""): self.text(option) for option in self.by_id(select).iter("option")}

    def selected(self, select: str) -> str:
        """The value that a select stands on."""
        options = list(self.by_id(select).iter("option"))
        return next((option for option in options if option.get("selected") is not None), options[0]).get("value", "")

    def within(self, element: Element, tag: str) -> bool:
        """Whether an element stands somewhere inside another kind of element."""
        up: Element | None = element
        while up is not None:
            if up.tag == tag:
                return True
            up = self.parents.get(up)
        return False


def inspect(page: Page, site_title: str) -> None:
    """Fail on anything that no page here may have."""
    assert not page.faults, f"broken HTML: {Counter(page.faults)}"
    html = page.all("html")[0]
    assert html.get("lang") == "en-GB"
    assert [element.tag for element in page.all("h1")] == ["h1"], "there must be one h1"
    assert page.h1, "the h1 is empty"
    assert page.title.startswith((page.h1, DISCREET)), f"the title '{page.title}' does not begin with the h1 '{page.h1}'"
    assert page.title.endswith(site_title), f"the title '{page.title}' does not end with the site's"
    assert len(page.all("main")) == 1
    for fault in [*_ids(page), *_headings(page), *_links(page), *_controls(page), *_inline(page)]:
        raise AssertionError(fault)
    assert "999" in page.text(page.root), "the emergency line is missing"
    assert "None" not in page.headings()


def _ids(page: Page) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.root.iter() if element.get("id") is not None)
    yield from (f"the id '{name}' is given {count} times" for name, count in ids.items() if count > 1)
    yield from (f"the id '{name}' is not one word" for name in ids if not name or re.search(r"\s", name))
    for element in page.root.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute} names '{name}', which is not there"


def _headings(page: Page) -> Iterator[str]:
    last = 0
    for element in page.all(*HEADINGS):
        level = int(element.tag[1])
        if page.text(element) == "":
            yield f"an empty {element.tag}"
        if last and level > last + 1:
            yield f"from h{last} to h{level} at '{page.text(element)}'"
        last = level


def _links(page: Page) -> Iterator[str]:
    ids = {element.get("id") for element in page.root.iter()}
    for words, address in page.links():
        if not words:
            yield f"a link to {address} has no words"
        if not address or not re.match(r"(/|#|https?://|mailto:)", address):
            yield f"the link '{words}' leads to '{address}'"
        if address.startswith("#") and address[1:] not in ids:
            yield f"the link '{words}' leads to no place on the page"


def _controls(page: Page) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all("label") if page.text(label)}
    for control in page.all(*CONTROLS):
        if control.get("type") != "hidden" and control.get("id") not in labelled:
            yield f"the control '{control.get('name')}' has no label"
    for form in page.all("form"):
        if form.get("action") is None or form.get("method") not in ("get", "post"):
            yield "a form does not say where it goes and how"
    yield from ("a button has no words" for button in page.all("button") if not page.text(button))


def _inline(page: Page) -> Iterator[str]:
    for element in page.root.iter():
        if element.tag in ("style", "iframe", "object", "embed", "base"):
            yield f"a {element.tag} element"
        if element.tag == "script" and (element.text or not element.get("src", "").startswith("/static/windscreen.js?v=")):
            yield "a script that is not the one file of ours"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on") or str(value).lower().startswith("javascript:"):
                yield f"inline {name} on {element.tag}"
    for link in page.all("link", "img"):
        if not (link.get("href") or link.get("src") or "").startswith("/"):
            yield "something is fetched from elsewhere"


def inspect_headers(response: TestResponse, path: str) -> None:
    """Fail when a response lacks a header that each must have, or sets a cookie."""
    headers = response.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" in headers
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers
    kept = headers["Cache-Control"]
    asks = "?" in path and not path.startswith(("/static/", "/suggestions.json", "/theme/"))
    if path.startswith(("/ask", "/ask.json")) or asks or response.status_code >= 300:
        assert kept == "no-store", f"{path} may be kept: {kept}"


class Visitor:
    """Fetches pages of one site, and inspects each; of a site that does not change it remembers them."""

    def __init__(self, app: Flask, remember: bool = False) -> None:
        self.app = app
        self.pages: dict[str, Page] | None = {} if remember else None
        self.client: FlaskClient = app.test_client(use_cookies=False)
        self.site_title: str = app.extensions["windscreen"].loaded.directory.site.title

    def get(self, path: str, status: int = 200) -> Page:
        """The page at an address."""
        if self.pages is None:
            return self._page(self.raw(path, status), path)
        if path not in self.pages:
            self.pages[path] = self._page(self.raw(path, status), path)
        assert self.pages[path].status == status
        return self.pages[path]

    def post(self, path: str, data: dict[str, str] | bytes, status: int, **more: Any) -> Page:
        """The page that answers a form."""
        response = self.client.post(path, data=data, **more)
        return self._page(self._checked(response, path, status), path)

    def ask(self, words: str, area: str = "") -> str:
        """The address to which typed words lead."""
        response = self._checked(self.client.post("/ask", data={"q": words, "area": area}), "/ask", 303)
        return response.headers["Location"]

    def json(self, path: str, status: int = 200) -> Any:
        """The data at an address."""
        response = self.raw(path, status)
        assert response.mimetype == "application/json"
        return json.loads(response.get_data(as_text=True))

    def raw(self, path: str, status: int = 200) -> TestResponse:
        """The response at an address, its headers inspected."""
        return self._checked(self.client.get(path), path, status)

    def _checked(self, response: TestResponse, path: str, status: int) -> TestResponse:
        assert response.status_code == status, f"{path} gave {response.status_code}: {response.get_data(as_text=True)[:300]}"
        inspect_headers(response, path)
        response.get_data()
        response.close()
        return response

    def _page(self, response: TestResponse, path: str) -> Page:
        assert response.mimetype == "text/html", f"{path} is {response.mimetype}"
        page = Page(response)
        try:
            inspect(page, self.site_title)
        except AssertionError as fault:
            raise AssertionError(f"{path}: {fault}") from None
        return page
