"""Small charts: named, described, black and white, nothing from elsewhere, and the same numbers as their tables."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from app.gaps import Ground, Query, bars, concentration_chart, contracts_chart, contracts_of, spend_chart, spend_of, timeline
from app.gaps.charts import WIDE, Bar, Mark

SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {"none", "currentColor", "black", None}


def checked(text: str) -> ElementTree.Element:
    """The picture, after a look at what every picture must be."""
    root = ElementTree.fromstring(text)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert title.text
    assert description.text
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (title.get("id"), description.get("id"))
    for part in root.iter():
        assert part.get("style") is None
        assert {part.get("fill"), part.get("stroke"), part.get("color")} <= COLOURS
        assert part.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "rect", "path", "circle", "text", "tspan"}
    high = float(root.get("height") or 0)
    for part in root.iter():
        for name, most in (("x", WIDE), ("cx", WIDE), ("y", high), ("cy", high)):
            assert 0 <= float(part.get(name) or 0) <= most
        if part.tag == f"{SVG}rect":
            assert float(part.get("x") or 0) + float(part.get("width") or 0) <= WIDE
    return root


def words(root: ElementTree.Element) -> str:
    return " ".join(part.text or "" for part in root.iter(f"{SVG}tspan"))


def test_budgets_by_level_are_ranges_with_a_mark(ground: Ground, profiles: Query) -> None:
    root = checked(spend_chart(spend_of(ground, profiles)))
    assert "Level 4: £0 dedicated, £1.86m shared equally, £6.74m counted in full" in words(root)
    rects = list(root.iter(f"{SVG}rect"))
    assert len(rects) == 4
    assert all(rect.get("fill") is None for rect in rects)  # open, as a range is no amount
    widths = [float(rect.get("width") or 0) for rect in rects]
    assert widths[1] == max(widths)
    assert widths[3] == min(widths)


def test_the_largest_budgets_are_bars_in_order(ground: Ground, profiles: Query) -> None:
    root = checked(concentration_chart(spend_of(ground, profiles), 3))
    widths = [float(rect.get("width") or 0) for rect in root.iter(f"{SVG}rect")]
    assert widths == sorted(widths, reverse=True)
    assert widths[1] / widths[0] == pytest.approx(4_882_080 / 5_900_000, abs=0.001)
    assert "Health Visiting: £5.90m" in words(root)


def test_recorded_ends_stand_on_a_line_of_time(ground: Ground, county: Query) -> None:
    root = checked(contracts_chart(contracts_of(ground, county)))
    assert len(list(root.iter(f"{SVG}circle"))) == 6
    assert "Health Visiting: October 2017, £5.90m a year" in words(root)
    assert "Smart Start Family Group Conferencing project: July 2017, no figure" in words(root)
    places = [float(dot.get("cx") or 0) for dot in root.iter(f"{SVG}circle")]
    assert places == sorted(places)


def test_a_chart_says_in_words_all_that_it_shows(ground: Ground, county: Query) -> None:
    root = checked(contracts_chart(contracts_of(ground, county)))
    description = root.find(f"{SVG}desc")
    assert description is not None
    for end in contracts_of(ground, county).ends:
        assert (f"{end.name}: " in f"; {description.text}") == (end.kind == "date")


def test_a_site_that_hides_budgets_draws_none(without_money: Ground, county: Query) -> None:
    spend, contracts = spend_of(without_money, county), contracts_of(without_money, county)
    for chart in (spend_chart(spend), concentration_chart(spend), contracts_chart(contracts)):
        assert "£" not in chart
        assert "figure" not in chart
        checked(chart)


def test_nothing_to_show_is_said_and_not_an_empty_picture() -> None:
    assert "Nothing to show." in bars("b", "Bars", [])
    assert "No date is recorded." in timeline("t", "Time", [])
    checked(bars("b", "Bars", []))
    checked(timeline("t", "Time", []))


def test_hostile_words_stay_words() -> None:
    root = checked(bars("a", "<script>", [Bar("<b>&", 1, "</svg>")]))
    assert "<b>&: </svg>" in words(root)
    checked(timeline("t", '"><x', [Mark(date(2017, 1, 1), "<i>", "&")]))


def test_long_labels_are_broken_into_rows() -> None:
    long = "A service with a name that is much longer than any that the needs assessment of 2016 has ever printed in its tables, by far"
    root = checked(bars("a", "Long", [Bar(long, 1, "1"), Bar("Short", 0, "0")]))
    assert len(list(root.iter(f"{SVG}tspan"))) >= 3
    checked(timeline("t", "Long", [Mark(date(2017, 12, 31), long, ""), Mark(date(2017, 1, 1), long, "")]))


def test_a_bar_of_0_can_still_be_seen() -> None:
    root = checked(bars("a", "Zero", [Bar("None", 0, "0")]))
    assert [rect.get("width") for rect in root.iter(f"{SVG}rect")] == ["1"]


def test_two_charts_may_stand_on_one_page(ground: Ground, county: Query) -> None:
    spend = spend_of(ground, county)
    ids = {
        part.get("id")
        for chart in (spend_chart(spend), concentration_chart(spend))
        for part in ElementTree.fromstring(chart).iter()
        if part.get("id")
    }
    assert len(ids) == 4
