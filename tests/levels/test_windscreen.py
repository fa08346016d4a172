"""The windscreen as data, as words, and as a drawing: all three say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from app.levels import Levels, LocalScheme, Shown, mark_svg, windscreen, windscreen_svg
from app.model import Directory

SVG = "{http://www.w3.org/2000/svg}"
PRESENTATION_ONLY = {"style", "onclick", "onload", "xlink:href"}


def drawing(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def words(element: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_the_windscreen_of_2014_in_words(shown: Shown) -> None:
    assert shown.windscreen.sentences == (
        "Level 1: No identified additional needs. Universal services. 10 services work here.",
        "Between level 1 and level 2: Common Assessment Framework (CAF) and Priority Families programme are the usual way in.",
        "Level 2: Additional needs. Early help. 21 services work here.",
        "Between level 2 and level 3: Common Assessment Framework (CAF) and Priority Families programme are the usual way in.",
        "Level 3: Complex needs. Targeted support. 19 services work here.",
        "Between level 3 and level 4: Multiagency Safeguarding Hub (MASH) is the usual way in.",
        "Level 4: Acute or severe needs. Specialist services. 12 services work here.",
    )


def test_services_are_counted_as_a_person_would_count_them(shown: Shown, shipped: Directory) -> None:
    for segment in shown.windscreen.segments:
        working = [
            service
            for service in shipped.services
            if service.area == "warwickshire" and service.is_running and segment.level.number in service.levels
        ]
        assert segment.services == len(working)


@pytest.mark.parametrize("which", ["shown", "five"])
def test_the_drawing_says_what_the_words_say(which: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(which)
    screen = shown.windscreen
    root = drawing(shown.wide)
    assert words(root.find(f"{SVG}desc") or root[1]) == " ".join(screen.sentences)
    segments = [link for link in root.iter(f"{SVG}a") if link.get("class") == "segment"]
    assert [link.get("aria-label") for link in segments] == [segment.sentence for segment in screen.segments]
    assert [link.get("href") for link in segments] == [segment.address for segment in screen.segments]
    for link, segment in zip(segments, screen.segments, strict=True):
        said = words(link)
        for part in (str(segment.level.number), segment.level.name, segment.level.help_name, segment.services_in_words):
            assert part in said
    drawn = [link.get("href") for link in root.iter(f"{SVG}a") if link.get("class") == "gateway"]
    assert drawn == [f"/pathways/{gateway.area}/{gateway.id}" for edge in screen.edges for gateway in edge.gateways]
    assert len(list(root.iter(f"{SVG}circle"))) == sum(bool(edge.gateways) for edge in screen.edges)


@pytest.mark.parametrize("which", ["shown", "five"])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_drawing_is_plain_accessible_svg(which: str, size: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(which)
    svg = shown.wide if size == "wide" else shown.narrow
    root = drawing(svg)
    assert root.get("role") == "group"
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= set(ids)
    assert not {name for element in root.iter() for name in element.attrib} & PRESENTATION_ONLY
    used = set(re.findall(r"url\(#([^)]+)\)", svg))
    assert used <= set(ids)
    assert len(used) == len(shown.windscreen.segments), "each level has its own pattern, so that black and white tells them apart"


@pytest.mark.parametrize("which", ["shown", "five"])
def test_no_word_leaves_its_drawing(which: str, request: pytest.FixtureRequest) -> None:
    shown: Shown = request.getfixturevalue(which)
    for svg in (shown.wide, shown.narrow):
        root = drawing(svg)
        width, height = float(root.get("width", "0")), float(root.get("height", "0"))
        for text in root.iter(f"{SVG}text"):
            x, y, size = (float(text.get(name, "nan")) for name in ("x", "y", "font-size"))
            assert 0 <= x <= width
            assert size <= y <= height
            assert not words(text).endswith("…")


def test_the_same_windscreen_gives_the_same_bytes(shown: Shown) -> None:
    assert windscreen_svg(shown.windscreen) == windscreen_svg(shown.windscreen)
    assert "windscreen-title" in windscreen_svg(shown.windscreen)


def test_a_colour_is_an_ornament_beside_number_name_and_pattern(five: Shown) -> None:
    assert all(f'fill="{segment.level.colour}"' in five.wide for segment in five.windscreen.segments)
    assert not re.search(r"<text[^>]*fill=\"#", five.wide)


@pytest.mark.parametrize("count", [3, 4, 5])
def test_three_to_five_levels_are_drawn(five: Shown, count: int) -> None:
    local = five.local
    scheme = local.scheme.model_copy(update={"levels": local.scheme.levels[:count]})
    screen = windscreen(LocalScheme(local.ground, scheme, local.area))
    root = drawing(windscreen_svg(screen))
    links = [link for link in root.iter(f"{SVG}a") if link.get("class") == "segment"]
    assert [words(link).split()[0] for link in links] == [str(number) for number in range(1, count + 1)]
    assert mark_svg(count).count("<path") == count


def test_a_name_too_long_for_its_segment_stands_in_the_label_and_the_number_stays(shown: Shown) -> None:
    local = shown.local
    name = "Exceptionally longwinded circumlocutory nomenclature " * 6
    long = tuple(level.model_copy(update={"name": name.strip()}) for level in local.scheme.levels)
    screen = windscreen(LocalScheme(local.ground, local.scheme.model_copy(update={"levels": long}), local.area))
    root = drawing(windscreen_svg(screen))
    links = [link for link in root.iter(f"{SVG}a") if link.get("class") == "segment"]
    assert [words(link) for link in links] == ["1", "2", "3", "4"]
    assert all(name.strip() in (link.get("aria-label") or "") for link in links)


def test_many_gateways_on_one_boundary_are_counted(five: Shown) -> None:
    edge = five.windscreen.edges[0]
    many = replace(edge, gateways=edge.gateways * 6)
    screen = replace(five.windscreen, edges=(many, *five.windscreen.edges[1:]))
    assert "and 3 more" in windscreen_svg(screen)


def test_a_name_with_signs_is_only_a_name(shown: Shown) -> None:
    local = shown.local
    levels = tuple(level.model_copy(update={"name": "<b>&\" ' x"}) for level in local.scheme.levels)
    screen = windscreen(LocalScheme(local.ground, local.scheme.model_copy(update={"levels": levels}), local.area))
    assert "<b>" not in windscreen_svg(screen)
    drawing(windscreen_svg(screen))


def test_a_scheme_that_no_area_follows_counts_nothing(levels: Levels) -> None:
    assert levels.default is not None
    alone = windscreen(LocalScheme(levels.ground, levels.default, None))
    assert [segment.services for segment in alone.segments] == [None] * 4
    assert alone.edges == ()
    assert "services work" not in " ".join(alone.sentences)
    assert drawing(windscreen_svg(alone)).findall(f".//{SVG}circle") == []


def test_the_first_boundary_is_drawn_when_a_gateway_stands_there(two_schemes: Levels) -> None:
    assert two_schemes.default is not None
    screen = two_schemes.shown(two_schemes.default).windscreen
    assert screen.sentences[0] == "On the way to level 1: The family itself is the usual way in."


def test_the_data_for_other_programs(shown: Shown) -> None:
    data = shown.windscreen.to_json()
    assert [level["level"] for level in data["levels"]] == [1, 2, 3, 4]
    assert [level["descriptors"] for level in data["levels"]] == [42, 68, 57, 55]
    assert [[gateway["id"] for gateway in edge["gateways"]] for edge in data["boundaries"]] == [
        ["caf", "priority-families"], ["caf", "priority-families"], ["mash"]
    ]  # fmt: skip
    assert data["boundaries"][2]["gateways"][0]["later_name"] == "Children and Families Front Door, with the hub behind it"
