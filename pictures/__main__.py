"""`python3 run.py pictures [DIR] [words]`: a picture of every kind of page, to be looked at one by one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.settings import settings
from app.web import create_app
from pictures.browser import NONE_HERE, SAFE_AND_QUIET, find_browser
from pictures.kinds import KINDS, Kind
from pictures.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (360, 768, 1280)
PAPER = (794, 1123)
"""A4 in CSS pixels."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
USAGE = """python3 run.py pictures [DIR] [NAME ...]

Makes a picture of every kind of page at 360, 768 and 1280 px, in light and dark, and on paper, and an index.html to look at them.
DIR is build.pictures if it is not given. With names, only these kinds are made: home, answer, profile ..."""


def main(words: list[str]) -> str | None:
    """Make the pictures that the words ask for; the sentence that says why not, if it cannot be done."""
    if words[:1] in (["--help"], ["-h"]):
        print(USAGE)
        return None
    folder = Path(words[0]) if words else settings().build.with_name(settings().build.name + ".pictures")
    unknown = [name for name in words[1:] if name not in {kind.name for kind in KINDS}]
    if unknown:
        return f"There is no kind of page '{unknown[0]}'. There are: {', '.join(kind.name for kind in KINDS)}."
    program = find_browser()
    if program is None:
        return f"No pictures: {NONE_HERE}"
    from playwright.sync_api import sync_playwright

    kinds = [kind for kind in KINDS if not words[1:] or kind.name in words[1:]]
    folder.mkdir(parents=True, exist_ok=True)
    with served(create_app(settings())) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SAFE_AND_QUIET)
        for kind in kinds:
            take(browser, address, kind, folder)
        browser.close()
    (folder / "index.html").write_text(index(kinds), encoding="utf-8")
    print(f"{len(kinds)} kinds of page, {len(kinds) * len(names(KINDS[0]))} pictures. Look at {folder / 'index.html'}")
    return None


def take(browser: Browser, address: str, kind: Kind, folder: Path) -> None:
    """All pictures of one kind of page; the page is loaded once."""
    page = browser.new_page()
    page.goto(address + kind.path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(media="screen", color_scheme=scheme)
            page.screenshot(path=folder / f"{kind.name}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    page.screenshot(path=folder / f"{kind.name}-paper.png", full_page=True)
    page.pdf(path=folder / f"{kind.name}.pdf", prefer_css_page_size=True)
    page.close()


def names(kind: Kind) -> list[str]:
    """The files of the pictures of one kind."""
    return [*(f"{kind.name}-{width}-{scheme}.png" for width in WIDTHS for scheme in SCHEMES), f"{kind.name}-paper.png"]


def index(kinds: list[Kind]) -> str:
    """A page with all the pictures, small, each leading to itself."""
    rows = "".join(
        f'<h2>{kind.name} <a href="{kind.name}.pdf">on paper (PDF)</a></h2><p>'
        + "".join(f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy" width="180"></a> ' for name in names(kind))
        for kind in kinds
    )
    return f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Pictures</title><h1>Pictures of every kind of page</h1>{rows}'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
