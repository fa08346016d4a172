"""A council's colours and logo: one block and one picture change every page; what nobody could read is told with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.building import Opened
from app.loading import read_content
from app.problems import ContentError
from app.settings import Settings
from app.theme import PAIRS, contrast, read_theme, shipped_colours
from app.web import create_app
from pictures.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PLUM = """/* Borsetshire: plum and cream */
:root {
  --brand: #5b1f4d;
  --accent: #5b1f4d;
  --link: #7a2a68;
  --soft: #f8f2ea;
}
@media (prefers-color-scheme: dark) {
  :root { --brand: #3a1431; --link: #f0b6e0; --accent: #c98ab8; --soft: #261a24; }
}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><circle cx="20" cy="20" r="18" fill="#f8f2ea"/></svg>'

COLOUR_OF = "([part, which]) => getComputedStyle(document.querySelector(part))[which]"

QUESTION = "/ask?need=parenting&level=2&area=northshire"


@pytest.fixture
def dressed(own_folder: Settings) -> Settings:
    (own_folder.theme).mkdir()
    (own_folder.theme / "colours.css").write_text(PLUM, encoding="utf-8")
    (own_folder.theme / "logo.svg").write_text(LOGO, encoding="utf-8")
    return own_folder


def test_the_shipped_look_keeps_its_contrast_by_day_and_in_the_dark(own_folder: Settings) -> None:
    for colours in shipped_colours(own_folder.static):
        for front, ground, least in PAIRS:
            ratio = contrast(colours[front], colours[ground])
            assert ratio >= least, f"--{front} on --{ground}: {ratio:.2f}"


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0f5673", "#0f5673") == 1


def test_a_theme_is_read_and_stands_at_the_end_of_the_one_stylesheet(dressed: Settings, small_opened: Opened) -> None:
    theme, problems = read_theme(dressed)
    assert problems == []
    assert theme.light["brand"] == "#5b1f4d"
    assert theme.dark["brand"] == "#3a1431"
    client = create_app(dressed, small_opened).test_client()
    page = client.get("/").get_data(as_text=True)
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = client.get(address)
    assert page.count('rel="stylesheet"') == 1
    assert "immutable" in sheet.headers["Cache-Control"]
    assert sheet.get_data(as_text=True).index("#5b1f4d") > sheet.get_data(as_text=True).index("#17465a")
    logo = page.partition('class="logo" src="')[2].partition('"')[0]
    assert client.get(logo).get_data(as_text=True) == LOGO


@pytest.mark.parametrize(
    ("css", "line"),
    [
        (":root { --brand: #eeeeee; }", "theme/colours.css:1:9: --on-brand: #ffffff on --brand #eeeeee has a contrast of 1.2 to 1"),
        (":root {\n  --link: #8fcbe4;\n}", "theme/colours.css:2:3: --link: #8fcbe4 on --paper #ffffff has a contrast of"),
        (":root {\n  --brnd: #17465a;\n}", "theme/colours.css:2:3: --brnd: is not a colour of this site; did you mean 'brand'?"),
        (":root { --brand: navy; }", "theme/colours.css:1:9: --brand: is not a colour; write # and six digits"),
        (":root { --brand: url(//x.example/a); }", "theme/colours.css:1:9: --brand: is not a colour"),
        (":root { --brand: #17465a }", "theme/colours.css:1:9: is not read here; a line is a name, a colour and a semicolon"),
        ("@import url(//x.example/a.css);", "theme/colours.css:1:1: is not read here; the file holds a block"),
        ("body { display: none; }", "theme/colours.css:1:1: is not read here"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(own_folder: Settings, css: str, line: str) -> None:
    own_folder.theme.mkdir()
    (own_folder.theme / "colours.css").write_text(css, encoding="utf-8")
    directory, problems = read_content(own_folder)
    assert directory is None, "a look that nobody can read stops the build, as any mistake does"
    assert any(str(problem).startswith(line) for problem in problems), [str(problem) for problem in problems]
    with pytest.raises(ContentError):
        create_app(own_folder)


def test_a_logo_that_is_too_heavy_is_told(dressed: Settings) -> None:
    (dressed.theme / "logo.svg").write_text(LOGO + " " * 40_000, encoding="utf-8")
    assert "a logo may have 30,720" in str(read_theme(dressed)[1][0])


@pytest.fixture
def addresses(dressed: Settings, small_settings: Settings, small_opened: Opened) -> Iterator[tuple[str, str]]:
    with served(create_app(dressed, small_opened)) as own, served(create_app(small_settings, small_opened)) as shipped:
        yield own, shipped


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_second_theme_really_changes_the_colours_and_stays_readable(browser: Browser, addresses: tuple[str, str], scheme: str) -> None:
    seen = []
    for address in addresses:
        page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(address + QUESTION)
        seen.append([page.evaluate(COLOUR_OF, part) for part in ((".head", "backgroundColor"), (".group a", "color"))])
        found = Axe().run(page, options={"runOnly": ["color-contrast"]})
        assert found.violations_count == 0, found.generate_report()
        page.close()
    assert seen[0][0] == ("rgb(91, 31, 77)" if scheme == "light" else "rgb(58, 20, 49)")
    assert seen[0][0] != seen[1][0]
    assert seen[0][1] != seen[1][1]
