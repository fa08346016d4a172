"""Every kind of page in a real browser, each loaded once: accessibility, reflow, targets, focus, silence, and paper.

The table of kinds is `pictures/kinds.py`, so what is proved here is also what `python3 run.py pictures` shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from pictures.kinds import KINDS, Kind
from pictures.served import served

from .inspector import Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """async () => (await axe.run({resultTypes: ["violations"],
  rules: {"target-size": {enabled: true}, "color-contrast": {enabled: false}},
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]})).violations
  .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}`))"""
ONE_OF_EACH = """() => { const seen = new Set();
  const isNew = (part, path) => {
    const own = [...part.attributes].filter(given => !/^(id|href|for|value|aria-labelledby|d|src)$/.test(given.name));
    const text = [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const look = `${path}>${part.localName}[${own.map(given => given.name + "=" + given.value)}]${text}`;
    let kept = !seen.has(look);
    seen.add(look);
    if (part.localName !== "svg") for (const child of [...part.children]) if (isNew(child, look)) kept = true; else child.remove();
    return kept };
  isNew(document.body, "") }"""
"""Leaves one of all parts with equal marks, inside equal marks, and so with equal colours: for a long list axe takes half a minute."""
CONTRAST = """async () => (await axe.run({resultTypes: ["violations"], runOnly: {type: "rule", values: ["color-contrast"]}})).violations
  .flatMap(rule => rule.nodes.map(node => `${node.any[0].message}: ${node.html.slice(0, 120)}`))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACED = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    + " p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [sheet] }"""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")].filter(part => {
    const style = getComputedStyle(part);
    return part.clientWidth > 1 && part.innerText && [style.overflowX, style.overflowY].some(way => way === "hidden" || way === "clip")
      && (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1) })
  .map(part => part.outerHTML.slice(0, 100))"""
TOO_SMALL = """() => [...document.querySelectorAll("button, .button, select, input:not([type=hidden]), textarea, summary, nav a, .chips a")]
  .map(part => [part.outerHTML.slice(0, 90), part.getBoundingClientRect()])
  .filter(([_, box]) => box.width > 0 && Math.min(box.height, box.width) < 24).map(([html, _]) => html)"""
FOCUS = """() => { const part = document.activeElement;
  const marked = style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const drawn = [...part.querySelectorAll("rect, path")].some(shape => parseFloat(getComputedStyle(shape).strokeWidth) >= 2);
  const box = part.getBoundingClientRect();
  return { name: part.outerHTML.slice(0, 90), skips: part.matches(".skip"), anywhere: part === document.body,
    seen: marked(getComputedStyle(part)) || drawn,
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth } }"""

COLOURS = {
    "in light": {"color_scheme": "light"},
    "in the dark": {"color_scheme": "dark"},
    "with more contrast": {"color_scheme": "light", "contrast": "more"},
    "in forced colours": {"contrast": "no-preference", "forced_colors": "active"},
}
RECEIPT = Kind("receipt", "/reports/<reference>", 2)
"""What whoever sent a report is shown; its address is given with the report."""

NO_PAGES = {"/live", "/ready", "/metrics", "/static/<path:filename>", "/theme/logo"}
"""Addresses without a page: for machines."""


@pytest.fixture(scope="module")
def address(real: Visitor) -> Iterator[str]:
    with served(real.app) as found:
        yield found


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    """What all visits share, so that style sheet and script are fetched once."""
    context = browser.new_context(viewport={"width": 1280, "height": 1024}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def visit(shared: BrowserContext) -> Iterator[Page]:
    page = shared.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def receipt(real: Visitor) -> str:
    """The address of the receipt of a report that was sent."""
    form = "/services/warwickshire/camhs/report"
    token = next(control.get("value", "") for control in real.get(form).all("input") if control.get("name") == "form")
    sent = real.client.post(form, data={"form": token, "topic": "contact", "text": "No telephone number stands here"})
    assert sent.status_code == 303
    return str(sent.headers["Location"])


@pytest.mark.browser
@pytest.mark.parametrize("kind", [*KINDS, RECEIPT], ids=lambda kind: kind.name)
def test_a_kind_of_page_is_sound(visit: Page, address: str, receipt: str, kind: Kind) -> None:
    asked: list[str] = []
    told: list[str] = []
    visit.on("request", lambda request: asked.append(request.url))
    visit.on("console", lambda message: told.append(message.text))
    visit.on("pageerror", lambda error: told.append(str(error)))
    answered = visit.goto(address + (receipt if kind is RECEIPT else kind.path))
    assert answered is not None
    assert answered.status == kind.status
    lens = visit.context.new_cdp_session(visit)  # what it sets holds as long as it is open
    faults = {
        "too wide at 1280 px": max(visit.evaluate(TOO_WIDE), 0),
        "focus": _unseen_focus(visit),
        "axe": _axe(visit),
        **_narrow(visit, lens),
        "sheets of paper": _sheets_over(visit, kind),
        **_faint(visit, lens),
        "asked of others": [url for url in asked if not url.startswith(address)],
        "console": [words for words in told if not (kind.status >= 400 and f"status of {kind.status}" in words)],
    }
    assert {what: found for what, found in faults.items() if found} == {}
    assert asked


def test_every_kind_of_page_is_in_the_table(real: Visitor) -> None:
    addresses = real.app.url_map.bind("localhost")
    paths = [kind.path.partition("?")[0].removeprefix("/as/public") for kind in KINDS if kind.status != 404]
    shown = {addresses.match(path, return_rule=True)[0].rule for path in paths} | {RECEIPT.path}
    answering = [rule.rule for rule in real.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = {address for address in answering if "." not in address.rpartition("/")[2]}
    assert pages - shown == NO_PAGES


@pytest.mark.browser
def test_the_statement_names_the_tools_that_are_used(visit: Page, address: str) -> None:
    visit.goto(f"{address}/accessibility")
    visit.evaluate(AXE)
    expect(visit.get_by_text(f"axe-core {visit.evaluate('axe.version')} finds nothing to mend")).to_be_visible()
    expect(visit.locator("footer").get_by_role("link", name="Accessibility")).to_be_visible()


def _unseen_focus(page: Page) -> list[str]:
    """What is wrong with the first stops of the Tab key: the way past the head of the page, then the first stops behind it."""
    page.keyboard.press("Tab")
    first = page.evaluate(FOCUS)
    if first["skips"]:
        page.keyboard.press("Enter")
    stops = [first]
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    wrong = [f"the first stop is {first['name']}"] if page.locator("header nav").count() and not first["skips"] else []
    return wrong + [stop["name"] for stop in stops if not (stop["anywhere"] or (stop["seen"] and stop["inside"]))]


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RULES)
    return found


def _faint(page: Page, lens: CDPSession) -> dict[str, list[str]]:
    """Text with too little contrast, for each way in which a reader may have set colours."""
    _zoom(page, lens, 100)
    page.evaluate(ONE_OF_EACH)
    found: dict[str, list[str]] = {}
    for name, media in COLOURS.items():
        page.emulate_media(media="screen", **media)  # type: ignore[arg-type]
        found[f"contrast {name}"] = page.evaluate(CONTRAST)
    return found


def _narrow(page: Page, lens: CDPSession) -> dict[str, object]:
    """What is wrong at 400 %, which leaves 320 px of a window of 1280: first as it is, then with the spacing of WCAG 1.4.12."""
    _zoom(page, lens, 400)
    wide, small = page.evaluate(TOO_WIDE), page.evaluate(TOO_SMALL)
    page.evaluate(SPACED)
    return {
        "too wide at 400 %": max(wide, 0),
        "too small to hit": small,
        "too wide with spaced text": max(page.evaluate(TOO_WIDE), 0),
        "cut off with spaced text": page.evaluate(CUT_OFF),
    }


def _zoom(page: Page, lens: CDPSession, percent: int) -> None:
    """What the browser's own zoom does to a window of 1280 by 1024: fewer pixels of the page, and as many more of the screen for each."""
    width, height, scale = 1280 * 100 // percent, 1024 * 100 // percent, percent / 100
    lens.send("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False})
    assert page.evaluate("[innerWidth, innerHeight, devicePixelRatio]") == [width, height, scale]


def _sheets_over(page: Page, kind: Kind) -> str:
    page.evaluate("document.adoptedStyleSheets = []")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    return "" if 1 <= sheets <= kind.sheets else f"{sheets}, and {kind.sheets} is the most"
