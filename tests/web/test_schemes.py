"""Two schemes on one site, one of them made up and with five levels: every page shows each, apart and side by side."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from levels.made_up import SMALL, change, with_five_levels

from app.building import open_directory
from app.settings import settings
from app.web import create_app

from .inspector import Visitor

FIVE = "scheme=southtown-2025"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    made = with_five_levels(tmp_path_factory.mktemp("schemes"))
    return Visitor(create_app(made, open_directory(made)), remember=True)


PAGES = [
    "/levels", *(f"/levels/{number}" for number in range(1, 6)), "/levels/poster", "/levels/unanswered", "/themes", "/themes/behaviour",
    "/themes/domestic-abuse", "/compare", "/compare?need=behaviour&seen=2-sometimes-sleeps-badly", "/descriptors/3-often-sleeps-badly",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_shows_the_scheme_with_five_levels(site: Visitor, path: str) -> None:
    page = site.get(f"{path}{'&' if '?' in path else '?'}{FIVE}")
    assert "Current Five Steps of Help, Southtown Partnership, April 2025. Services and ways in: Southtown, as at June 2019." in page.text()
    if not path.startswith("/themes/") and path != "/levels":  # there, other areas and schemes are named apart
        assert "Northshire" not in page.text()


@pytest.mark.parametrize("path", PAGES)
def test_links_between_its_pages_stay_in_the_scheme(site: Visitor, path: str) -> None:
    page = site.get(f"{path}{'&' if '?' in path else '?'}{FIVE}")
    for words, address in page.links(page.main):
        if re.match(r"/(levels|themes|compare|descriptors)(?!\.json$)", address) and not address.startswith("/levels?scheme="):
            assert FIVE in address, f"'{words}' leads out of the scheme to {address}"
    for form in page.all("form"):
        assert ("scheme", "southtown-2025") in [(box.get("name"), box.get("value")) for box in form.iter("input")]


def test_without_a_name_the_scheme_of_the_default_area_is_shown(site: Visitor) -> None:
    assert "Historic Levels of Need, Northshire Partnership" in site.get("/levels").text()
    assert site.get("/levels/5", 404).h1 == "There is no such level"


def test_two_schemes_stand_side_by_side(site: Visitor) -> None:
    page = site.get("/levels?scheme=northshire-2020&scheme=southtown-2025")
    assert page.headings("h2")[:2] == ["Levels of Need", "Five Steps of Help"]
    drawings = [svg for svg in page.all(f"{SVG}svg") if svg.get("class") == "windscreen"]
    assert [len(list(svg.iter(f"{SVG}a"))) for svg in drawings] == [4, 5]
    link = next(address for words, address in site.get("/levels").links() if words.endswith("side by side"))
    assert link == "/levels?scheme=northshire-2020&scheme=southtown-2025"
    both = site.json("/levels.json?scheme=northshire-2020&scheme=southtown-2025")["schemes"]
    assert [len(scheme["levels"]) for scheme in both] == [4, 5]


def test_the_note_speaks_the_rules_of_its_scheme(site: Visitor) -> None:
    page = site.get(f"/compare?{FIVE}&seen=4-uses-drugs-at-home&seen=5-is-being-hurt")
    assert "You picked 1 at level 4 and 1 at level 5." in page.text()
    assert "One level 4 sign is a reason to talk to the family help team this week." in page.text()
    assert "You picked 1 at level 3." in site.get("/compare?seen=3-has-witnessed-domestic-abuse").text()


def test_five_levels_as_data(site: Visitor) -> None:
    assert [level["level"] for level in site.json(f"/themes/behaviour.json?{FIVE}")["levels"]] == [1, 2, 3, 4, 5]
    assert site.json(f"/levels/5.json?{FIVE}")["name"] == "Protection"
    assert site.json(f"/levels/unanswered.json?{FIVE}")["area"] == "southtown"


def test_a_gateway_of_the_scheme_is_shown_with_its_later_name(site: Visitor) -> None:
    assert "later called: Young people's meeting" in site.get(f"/levels/2?{FIVE}").facts()["Usual way in"]


def test_a_profile_leads_to_the_levels_of_its_own_area(site: Visitor) -> None:
    links = [address for _, address in site.get("/services/southtown/family-workers").links()]
    assert f"/levels/5?{FIVE}" in links
    assert f"/descriptors/3-often-sleeps-badly?{FIVE}" in links
    assert "/levels/2" in [address for _, address in site.get("/services/northshire/family-help").links()]


def test_a_site_without_any_scheme_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("none") / "site"
    shutil.copytree(SMALL, root)
    shutil.rmtree(root / "content" / "thresholds")
    change(root / "content" / "site.yaml", "    scheme: northshire-2020\n", "")
    change(root / "content" / "examples" / "westport.md", "](/levels/3)", "](/levels)")
    for profile in (root / "content" / "services" / "northshire").glob("*.md"):
        text = profile.read_text(encoding="utf-8")
        profile.write_text(re.sub(r"(?m)^levels: \[.*\]$", "levels: not_recorded", text), encoding="utf-8")
    made = replace(settings(root), build=root.parent / "build")
    site = Visitor(create_app(made, open_directory(made)))
    for path in ("/levels", "/levels/1", "/compare", "/levels/poster", "/descriptors/x"):
        assert site.get(path, 404).h1 == "No levels are recorded"
    assert ("Behaviour", "/themes/behaviour") in site.get("/themes").links()
    assert "No threshold scheme is recorded here" in site.get("/themes/behaviour").text()
    assert site.json("/themes/behaviour.json")["levels"] == []
    assert site.get("/").h1
    assert site.get("/services/northshire/family-help").h1
    assert site.get(site.ask("domestic abuse")).h1 == "What fits"
