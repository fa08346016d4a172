"""The drawings: every shipped map measured, and the layout tried on graphs nobody thought of."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from golden.shipped import directory as shipped
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from app.drawing import Box, Chart, Lane, Line, Picture, chart_of_everything, dot, draw, map_of_area, map_of_neighbourhood, mermaid, svg
from app.drawing import measures as measured
from app.drawing.key import key_of
from app.drawing.layers import layers_of
from app.drawing.letters import gists, rows_of, shortened, width_of
from app.drawing.parts import STATED, Stroke, words_on
from app.drawing.svg import dashes
from app.model import Directory, Gateway, Step

SVG = "{http://www.w3.org/2000/svg}"
SVG_ELEMENTS = set("svg title desc defs marker g path rect text tspan a".split())

MUST_BE_NOUGHT: tuple[Callable[[Picture], int], ...] = (
    measured.labels_over_labels,
    measured.labels_over_boxes,
    measured.boxes_over_boxes,
    measured.lines_through_boxes,
    measured.lines_through_labels,
    measured.lines_over_lines,
    measured.outside,
)

CROSSINGS = {"warwickshire": 0, "walsall": 2, "leeds": 0}
"""As found on the overviews; a neighbourhood has none."""

SCREEN = 1250
SHEET = 1047, 690
"""A4 landscape with margins of 10 mm and a heading, in CSS pixels."""


def changed(**values: object) -> Directory:
    """The shipped content with something else in some of its lists."""
    return Directory(**{name: getattr(shipped(), name) for name in Directory.model_fields} | values)


@cache
def charts() -> dict[str, Chart]:
    """Every map the site shows."""
    found = {area.id: map_of_area(shipped(), area.id) for area in shipped().site.areas}
    for gateway in shipped().gateways:
        for steps in (1, 2):
            found[f"{gateway.area}/{gateway.id}/{steps}"] = map_of_neighbourhood(shipped(), gateway.area, gateway.id, steps)
    return found


@cache
def pictures() -> dict[str, Picture]:
    return {name: draw(chart) for name, chart in charts().items()}


def chart_of(*ways: str, boxes: str = "", across: bool = False) -> Chart:
    """A chart from words such as 'a>b' (refer), 'a^b' (step up), 'b v a' (step down): a box's lane is the digit in its id, or 1."""
    kinds = {">": "refer", "^": "step-up", "v": "step-down", "~": "signpost"}
    lines = []
    for way in ways:
        text, _, label = way.partition(":")
        text = text.replace(" ", "")
        sign = next(sign for sign in kinds if sign in text)
        start, _, end = text.partition(sign)
        lines.append(Line(start, end, kinds[sign], label.strip()))  # type: ignore[arg-type]
    ids = sorted({*boxes.split(), *(id_ for line in lines for id_ in (line.start, line.end))})
    lane = {id_: next((letter for letter in id_ if letter.isdigit()), "1") for id_ in ids}
    lanes = tuple(Lane(number, f"Lane {number}") for number in sorted(set(lane.values())))
    places = tuple(Box(id_, f"Box {id_}", lane[id_], f"/{id_}") for id_ in ids)
    return Chart("A chart", "What it shows", lanes, places, tuple(lines), across)


def tree_of(picture: Picture, paper: bool = False) -> ET.Element:
    return ET.fromstring(svg(picture, paper=paper))


# Every shipped map


@pytest.mark.parametrize("measure", MUST_BE_NOUGHT, ids=lambda measure: measure.__name__)
def test_nothing_lies_over_anything_on_any_shipped_map(measure: Callable[[Picture], int]) -> None:
    assert {name: measure(picture) for name, picture in pictures().items() if measure(picture)} == {}


def test_hardly_any_lines_cross_on_the_shipped_maps() -> None:
    found = {name: measured.crossings(picture) for name, picture in pictures().items()}
    assert {name: count for name, count in found.items() if count > CROSSINGS.get(name, 0)} == {}


def test_each_map_of_one_step_fits_a_screen_and_one_sheet_of_paper() -> None:
    for name, picture in pictures().items():
        if not name.endswith("/2"):
            assert picture.width <= SCREEN, name
            high = picture.height + key_of(picture).height
            assert min(SHEET[0] / picture.width, SHEET[1] / high) >= 0.7, f"{name} would be printed too small"


def test_each_box_is_a_link_in_the_order_of_the_list() -> None:
    for name, picture in pictures().items():
        links = tree_of(picture).findall(f".//{SVG}a")
        assert [link.get("href") for link in links] == [box.link for box in picture.chart.boxes], name
        for link, box in zip(links, picture.chart.boxes, strict=True):
            assert link.find(f"{SVG}rect") is not None
            assert box.name in (link.get("aria-label") or "")
            written = " ".join(span.text or "" for span in link.iter(f"{SVG}tspan"))
            assert box.name in " ".join(written.split()).replace("- ", "-")


def test_the_words_of_a_box_fit_into_it() -> None:
    for picture in pictures().values():
        for placed in picture.boxes:
            assert placed.area.height >= 24
            for row in placed.rows:
                assert width_of(row, 13, bold=True) <= placed.area.width - 10


def test_no_map_has_a_style_a_script_or_anything_from_elsewhere() -> None:
    for picture in pictures().values():
        for element in tree_of(picture).iter():
            assert element.tag.removeprefix(SVG) in SVG_ELEMENTS
            assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
            assert element.get("href", "/").startswith("/")
            assert not (element.get("marker-end") or "url(#").removeprefix("url(#").startswith("http")


def test_a_screen_reader_hears_a_group_with_a_title_a_description_and_links() -> None:
    picture = pictures()["warwickshire/caf/1"]
    root = ET.fromstring(svg(picture, "caf"))
    assert root.get("role") == "group"
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    assert by_id[root.get("aria-labelledby")].text == "Common Assessment Framework (CAF): what comes before it and what comes next"
    assert "in the list on this page" in (by_id[root.get("aria-describedby")].text or "")
    hidden = {element.get("class") for element in root if element.get("aria-hidden") == "true"}
    assert hidden == {"chart-lines", "chart-labels", "chart-key"}
    here = root.findall(f".//{SVG}a[@aria-current='page']")
    assert [link.get("href") for link in here] == ["/pathways/warwickshire/caf"]


def test_a_step_that_is_not_certain_is_told_by_its_pattern_and_by_a_word() -> None:
    for name, chart in charts().items():
        drawn = {(stroke.kind, stroke.status) for stroke in pictures()[name].strokes}
        words = " ".join(" ".join(label.rows) for label in pictures()[name].labels)
        for line in chart.lines:
            assert (line.kind, line.status) in drawn
            if line.status != STATED:
                assert line.status in words, name
                assert dashes(line.kind, line.status) not in {dashes("refer", STATED), dashes("step-down", STATED)}
            if line.kind == "step-down":
                assert "Step down" in words, name


def test_every_line_has_one_arrowhead_or_shares_one() -> None:
    for name, picture in pictures().items():
        for line in picture.chart.lines:
            begins = [stroke for stroke in picture.strokes if stroke.start == line.start]
            ends = [stroke for stroke in picture.strokes if stroke.end == line.end]
            assert begins, name
            assert ends, name
        heads = [stroke for stroke in picture.strokes if stroke.end] + [entry for entry in key_of(picture).entries if entry.stroke]
        assert svg(picture).count("marker-end") == len(heads)


def test_the_same_content_gives_the_same_bytes() -> None:
    for name in ("warwickshire", "walsall", "warwickshire/childrens-social-care/1"):
        assert svg(draw(charts()[name])) == svg(pictures()[name])


def test_the_bytes_do_not_depend_on_the_order_of_sets_and_dicts() -> None:
    program = (
        "import pickle, sys; from app.drawing import draw, svg;"
        "sys.stdout.buffer.write(b''.join(svg(draw(chart)).encode() for chart in pickle.load(sys.stdin.buffer)))"
    )
    some = [hard_chart(24, 34), charts()["warwickshire"], charts()["warwickshire/caf/2"]]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", program], env=environment, input=pickle.dumps(some), capture_output=True, check=True)
        assert done.stdout.decode() == "".join(svg(draw(chart)) for chart in some)


def test_the_charts_do_not_depend_on_the_order_of_sets_and_dicts() -> None:
    program = (
        "import hashlib; from app.drawing import map_of_area, map_of_neighbourhood; from app.loading import read_content;"
        "from app.settings import settings; directory, _ = read_content(settings());"
        "charts = [map_of_area(directory, area.id) for area in directory.site.areas];"
        "charts += [map_of_neighbourhood(directory, gateway.area, gateway.id, 2) for gateway in directory.gateways];"
        "print(hashlib.sha256(repr(charts).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "3"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    mine = [charts()[area.id] for area in shipped().site.areas]
    mine += [charts()[f"{gateway.area}/{gateway.id}/2"] for gateway in shipped().gateways]
    assert done.stdout.strip() == hashlib.sha256(repr(mine).encode()).hexdigest()


# What an overview shows


def test_an_area_with_many_gateways_gets_an_overview_of_the_main_ones() -> None:
    chart = charts()["warwickshire"]
    ids = [box.id for box in chart.boxes]
    assert len(ids) <= 14
    assert ids[0] == "starts"
    assert {"caf", "mash", "childrens-social-care", "section-47", "section-31", "return-home"} <= set(ids)
    starts = chart.boxes[0]
    assert starts.link == "/pathways/warwickshire#starts"
    assert "School" in starts.note
    gateways = {gateway.id for gateway in shipped().gateways if gateway.area == "warwickshire"}
    stand_in = {gateway.id for gateway in shipped().gateways if gateway.area == "warwickshire" and gateway.kind in ("setting", "self")}
    assert set(chart.left_out) | set(ids[1:]) | stand_in | {"court-direction"} == gateways


def test_a_step_from_any_point_is_said_in_the_box_it_leads_to() -> None:
    chart = charts()["warwickshire"]
    box = next(box for box in chart.boxes if box.id == "section-47")
    assert "a step up from any point" in box.note
    assert not [line for line in chart.lines if line.end == "section-47"]


def test_lanes_follow_recorded_levels_and_never_guess_one() -> None:
    for area in ("warwickshire", "walsall", "leeds"):
        by_id = {gateway.id: gateway for gateway in shipped().gateways if gateway.area == area}
        for box in charts()[area].boxes:
            if box.lane.startswith("level-"):
                assert int(box.lane.removeprefix("level-")) == min(by_id[box.id].levels)
    assert "Stages (levels not recorded)" in [lane.title for lane in charts()["walsall"].lanes]
    assert [lane.title for lane in charts()["warwickshire"].lanes][1] == "Level 2: Early help"


def test_a_left_out_gateway_is_named_on_the_way_it_carries() -> None:
    ways = {(line.start, line.end): line for line in charts()["walsall"].lines}
    way = ways["child-protection-plan", "plo-panel"]
    assert way.label == "by way of Child protection conference or Core group"
    assert way.status == "assumed"


def test_a_small_area_is_drawn_whole() -> None:
    chart = charts()["leeds"]
    assert len(chart.boxes) == len([gateway for gateway in shipped().gateways if gateway.area == "leeds"])
    assert chart.left_out == ()
    assert chart.title == "Pathways in Leeds"


def test_an_area_that_is_unknown_or_has_no_gateways_is_refused() -> None:
    with pytest.raises(KeyError):
        map_of_area(shipped(), "atlantis")
    empty = changed(gateways=(), steps=())
    with pytest.raises(ValueError, match="no gateways are recorded for Leeds"):
        map_of_area(empty, "leeds")


# What a neighbourhood shows


def test_a_neighbourhood_shows_what_leads_to_a_gateway_and_where_it_leads() -> None:
    chart = charts()["warwickshire/section-47/1"]
    steps = [step for step in shipped().steps if step.area == "warwickshire"]
    before = {step.start for step in steps if step.end == "section-47"}
    after = {step.end for step in steps if step.start == "section-47"}
    assert {box.id for box in chart.boxes if box.lane == "before"} == before
    assert {box.id for box in chart.boxes if box.lane == "next"} == after
    assert [lane.title for lane in chart.lanes] == ["What leads here", "This stage", "Where it leads"]


def test_lines_with_the_same_words_to_one_box_share_their_label() -> None:
    picture = pictures()["warwickshire/section-47/1"]
    believes = [label for label in picture.labels if "A professional" in " ".join(label.rows)]
    assert len(believes) == 1


def test_the_way_back_down_stands_on_the_left() -> None:
    chart = charts()["warwickshire/childrens-social-care/1"]
    lane = {box.id: box.lane for box in chart.boxes}
    assert lane["caf"] == "before"
    assert "What leads here, and the way back down" in [lane.title for lane in chart.lanes]
    picture = pictures()["warwickshire/childrens-social-care/1"]
    backs = [stroke for stroke in picture.strokes if stroke.kind == "step-down" and stroke.end == "caf"]
    assert [stroke.points[0][0] > stroke.points[-1][0] for stroke in backs] == [True]


def test_services_are_drawn_by_their_own_words_on_how_they_are_reached() -> None:
    chart = charts()["warwickshire/edge-of-care-meeting/1"]
    reached = {
        service.id
        for service in shipped().services
        if service.area == "warwickshire" and any(route.gateway == "edge-of-care-meeting" for route in service.reached_by)
    }
    drawn = {box.id for box in chart.boxes if box.kind == "service"}
    stood_for = {gateway.service for gateway in shipped().gateways if gateway.id in {box.id for box in chart.boxes}}
    assert "warwickshire/family-matters" in drawn
    assert drawn == reached - stood_for


def test_services_beyond_those_that_fit_are_counted_in_one_box() -> None:
    chart = charts()["warwickshire/caf/1"]
    more = next(box for box in chart.boxes if box.id == "more-services")
    assert more.name.startswith("and ")
    assert more.link == "/pathways/warwickshire/caf#services"
    shown = [box for box in chart.boxes if box.kind == "service"]
    reached = {service.id for service in shipped().services if any(route.gateway == "caf" for route in service.reached_by)}
    stood_for = {gateway.service for gateway in shipped().gateways if gateway.id in {box.id for box in chart.boxes}}
    hidden = len({id_ for id_ in reached if id_.startswith("warwickshire/")} - stood_for) - len(shown)
    assert more.name == f"and {hidden} more services"


def test_a_gateway_without_steps_is_a_box_alone() -> None:
    chart = charts()["walsall/health-professional/1"]
    assert [box.id for box in chart.boxes] == ["health-professional"]
    assert "none recorded" in chart.description
    assert tree_of(draw(chart)).find(f".//{SVG}marker") is None


def test_two_steps_show_one_way_to_each_farther_place() -> None:
    chart = charts()["warwickshire/return-home/2"]
    far = [box.id for box in chart.boxes if box.lane.startswith("far-")]
    assert far
    for id_ in far:
        assert len([line for line in chart.lines if id_ in (line.start, line.end)]) == 1
    with pytest.raises(ValueError, match="one or two steps, not 3"):
        map_of_neighbourhood(shipped(), "warwickshire", "caf", 3)
    with pytest.raises(KeyError):
        map_of_neighbourhood(shipped(), "warwickshire", "solutions-panel")


def test_many_services_and_many_far_places_are_cut_and_said() -> None:
    first = next(service for service in shipped().services if service.id == "warwickshire/family-matters")
    many = tuple(first.model_copy(update={"id": f"warwickshire/copy-{number}", "name": f"Copy {number}"}) for number in range(30))
    chart = map_of_neighbourhood(changed(services=many), "warwickshire", "edge-of-care-meeting")
    shown = [box for box in chart.boxes if box.kind == "service"]
    assert len(shown) <= 12
    assert chart.boxes[-1].name == f"and {30 - len(shown)} more services"
    gateway = shipped().gateway_by_key["warwickshire", "caf"]
    step = next(step for step in shipped().steps if step.area == "warwickshire")

    def between(start: str, end: str) -> Step:
        return step.model_copy(update={"start": start, "end": end, "kind": "refer", "status": STATED})

    ids = [f"stage-{number}" for number in range(20)]
    gateways: list[Gateway] = [gateway.model_copy(update={"id": id_, "name": id_, "service": None}) for id_ in ["here", "near", *ids]]
    steps = (between("here", "near"), *(between("near", id_) for id_ in ids))
    wide = changed(gateways=tuple(gateways), steps=steps, services=())
    far = map_of_neighbourhood(wide, "warwickshire", "here", 2)
    assert len(far.boxes) == 12
    assert far.left_out == tuple(ids[10:])


# Text


def test_long_conditions_are_cut_where_it_is_natural_and_show_it() -> None:
    assert shortened("The need comes up in a CAF.") == "The need comes up in a CAF"
    assert shortened("The child is at risk. Assumed: nobody says so") == "The child is at risk…"
    long = "The family does not agree to the CAF, or does not use the services offered, and the child's needs would grow"
    assert shortened(long, 50) == "The family does not agree to the CAF…"
    assert shortened("word " * 40, 30) == "word word word word word word…"
    assert shortened("x" * 99, 20) == "x" * 20 + "…"


def test_conditions_that_begin_alike_are_told_apart_by_what_follows() -> None:
    same = "The assessment finds that the child needs to be looked after and"
    found = gists([f"{same} the parents agree", f"{same} it is unsafe to go home", "A referral"], 60)
    assert list(found.values()) == ["…looked after and the parents agree", "…looked after and it is unsafe to go home", "A referral"]


def test_conditions_whose_first_sentences_differ_never_read_alike() -> None:
    for area in shipped().site.areas:
        conditions = sorted({step.condition for step in shipped().steps if step.area == area.id and step.condition})
        for most in (38, 52, 62):
            found: dict[str, set[str]] = {}
            for condition, gist in gists(conditions, most).items():
                found.setdefault(gist, set()).add(condition.split(". ")[0].split("; ")[0].rstrip("."))
            assert {gist: firsts for gist, firsts in found.items() if len(firsts) > 1} == {}


def test_a_first_sentence_that_two_conditions_have_in_common_is_kept() -> None:
    found = gists(["The child has a plan. Assumed: nobody says", "The child has a plan. Assumed: all do", "The child has a plan"], 60)
    assert list(found.values()) == ["The child has a plan…", "The child has a plan…", "The child has a plan"]


def test_rows_are_broken_between_words_and_short_brackets_stay_whole() -> None:
    assert rows_of("Child protection procedures (section 47)", 170, 13, bold=True)[-1] == "(section 47)"
    assert rows_of("", 100, 13) == ()
    assert rows_of("one two three four", 40, 13, most=2) == ("one", "two…")
    pieces = rows_of("Donaudampfschifffahrtsgesellschaft", 100, 13)
    assert len(pieces) > 1
    assert "".join(pieces).replace("-", "") == "Donaudampfschifffahrtsgesellschaft"


@given(st.text(max_size=80), st.integers(20, 300), st.integers(0, 3))
def test_rows_are_never_wider_than_their_room(text: str, room: int, most: int) -> None:
    rows = rows_of(text, room, 12, most)
    assert not most or len(rows) <= most
    for row in rows:
        assert width_of(row, 12) <= room or len(row) <= 3


def test_words_on_a_line_say_what_its_pattern_shows() -> None:
    assert words_on(Line("a", "b", "refer")) == ""
    assert words_on(Line("a", "b", "step-down", "Home is safe")) == "Step down: Home is safe"
    assert words_on(Line("a", "b", "signpost", "", "assumed")) == "Signpost (assumed)"
    assert words_on(Line("a", "b", "step-up", "", "proposed")) == "(proposed)"


def test_a_chart_with_names_that_do_not_exist_is_refused() -> None:
    good = chart_of("a>b")
    with pytest.raises(ValueError, match="'c' to 'b'"):
        replace(good, lines=(Line("c", "b", "refer"),))
    with pytest.raises(ValueError, match="to itself"):
        replace(good, lines=(Line("a", "a", "refer"),))
    with pytest.raises(ValueError, match="lane '9'"):
        replace(good, boxes=(Box("a", "A", "9", "/a"),), lines=())
    with pytest.raises(ValueError, match="id of their own"):
        replace(good, boxes=(good.boxes[0], good.boxes[0]))
    with pytest.raises(ValueError, match="no boxes to draw"):
        draw(replace(good, boxes=(), lines=()))


def test_hostile_text_stays_text() -> None:
    bad = "<script>alert('1')</script> & \"x\" \x00\x0b ]]>"
    box = Box("a", bad, "1", '/a?b=1&c="2"', "stage", "proposed", bad)
    chart = Chart(bad, bad, (Lane("1", bad),), (box, Box("b", "B", "1", "/b")), (Line("a", "b", "refer", bad, "assumed"),))
    root = tree_of(draw(chart))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= SVG_ELEMENTS
    assert root.findall(f".//{SVG}a")[0].get("href") == '/a?b=1&c="2"'


def test_a_file_of_its_own_has_a_white_ground() -> None:
    picture = draw(chart_of("a>b"))
    assert tree_of(picture).find(f"{SVG}rect") is None
    ground = tree_of(picture, paper=True).find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "white"


def test_two_maps_on_one_page_do_not_share_ids() -> None:
    picture = draw(chart_of("a>b"))
    one, two = (ET.fromstring(svg(picture, name)) for name in ("one", "two"))
    ids = [{element.get("id") for element in root.iter() if element.get("id")} for root in (one, two)]
    assert not ids[0] & ids[1]


def test_mermaid_and_dot_hold_every_box_and_line() -> None:
    chart = chart_of("a1>b2: two or more", "b2^c3", "c3vb2: home", "a1~c3", boxes="d2")
    assert mermaid(chart) == (
        '---\ntitle: "A chart"\n---\nflowchart TB\n'
        '  subgraph lane1["Lane 1"]\n    b1["Box a1"]\n  end\n'
        '  subgraph lane2["Lane 2"]\n    b2["Box b2"]\n    b4["Box d2"]\n  end\n'
        '  subgraph lane3["Lane 3"]\n    b3["Box c3"]\n  end\n'
        '  b1 -->|"two or more"| b2\n  b2 ==> b3\n  b3 -.->|"Step down: home"| b2\n  b1 --o|"Signpost"| b3\n'
        '  click b1 href "/a1"\n  click b2 href "/b2"\n  click b3 href "/c3"\n  click b4 href "/d2"\n'
    )
    text = dot(chart)
    assert '"c3" -> "b2" [label="Step down: home", style="dashed"]' in text
    assert '"b2" -> "c3" [label="", style="bold"]' in text
    assert '"a1" -> "c3" [label="Signpost", arrowhead=vee]' in text
    assert text.count("{") == text.count("}") == 4


def test_signs_that_mermaid_and_dot_read_are_escaped() -> None:
    box = Box("a", 'say "no" \\ #1 <b>', "1", "/a", "service", "proposed", "from 2016")
    chart = Chart("t", "d", (Lane("1", "One"),), (box, Box("b", "B", "1", "/b")), (Line("a", "b", "refer", "x|y", "assumed"),), across=True)
    assert 'b1(["say #quot;no#quot; \\ #35;1 #lt;b#gt; (proposed, from 2016)"])' in mermaid(chart)
    assert "flowchart LR" in mermaid(chart)
    assert 'label="say \\"no\\" \\\\ #1 <b> (proposed, from 2016)"' in dot(chart)
    assert 'style="dotted"' in dot(chart)


def test_the_text_of_a_whole_area_has_every_step_and_every_way_to_a_service() -> None:
    chart = chart_of_everything(shipped(), "warwickshire")
    steps = [step for step in shipped().steps if step.area == "warwickshire"]
    routes = [route for service in shipped().services if service.area == "warwickshire" for route in service.reached_by]
    assert len(chart.lines) == len(steps) + len(routes)
    assert {step.condition for step in steps if step.condition} <= {line.label for line in chart.lines}
    assert len(mermaid(chart).splitlines()) > len(chart.boxes) * 2 + len(chart.lines)
    with pytest.raises(KeyError):
        chart_of_everything(shipped(), "atlantis")


# The layout


def test_lanes_follow_each_other_and_a_line_leads_down_inside_a_lane() -> None:
    chart = chart_of("a1>c2", "c2>d2", "c2>e2", "d2>f2", "e2>f2", "f2>h2", "h2>b3")
    layering = layers_of(chart)
    assert [lane for lane, _, _ in layering.lanes] == ["1", "2", "3"]
    beside = {frozenset(pair) for chain in layering.chains for pair in pairwise(chain)}
    for line in chart.lines:
        if frozenset((line.start, line.end)) not in beside:
            assert layering.layer[line.start] < layering.layer[line.end]


def test_boxes_joined_one_to_the_next_stand_side_by_side() -> None:
    picture = draw(chart_of("a1>b1: first", "b1>c1: second"))
    assert len({placed.area.y + placed.area.height / 2 for placed in picture.boxes}) == 1
    assert len(picture.labels) == 2
    assert [measure(picture) for measure in MUST_BE_NOUGHT] == [0] * len(MUST_BE_NOUGHT)


def test_a_loop_in_the_data_is_drawn_like_any_other_way() -> None:
    for across in (False, True):
        chart = chart_of("a1>b1", "b1>c1", "c1>a1: back again", "b1>d2", "d2>b1", "a1>b1: another reason", across=across)
        picture = draw(chart)
        assert len([stroke for stroke in picture.strokes if stroke.end]) == 6
        assert [measure(picture) for measure in MUST_BE_NOUGHT] == [0] * len(MUST_BE_NOUGHT)


def test_a_step_down_does_not_turn_the_drawing_round() -> None:
    picture = draw(chart_of("b2va1: home"))
    places = {placed.box.id: placed.area for placed in picture.boxes}
    assert places["a1"].y < places["b2"].y
    stroke = picture.strokes[0]
    assert stroke.start == "b2"
    assert stroke.points[0][1] > stroke.points[-1][1]


def test_the_measures_find_what_they_look_for() -> None:
    picture = draw(chart_of("a1>b2: why", "c1>d2: why not"))
    assert measured.crossings(picture) == 0
    one, two = picture.boxes[0].area, picture.labels[0]
    across_box = Stroke(((one.x - 5, one.y + 9), (one.x + one.width + 5, one.y + 9)), "refer", STATED, None, None)
    down_box = Stroke(((one.x + 9, one.y - 5), (one.x + 9, one.y + one.height + 5)), "refer", STATED, None, None)
    spoilt = replace(picture, strokes=(across_box, down_box, down_box))
    assert measured.crossings(spoilt) == 2
    assert measured.lines_through_boxes(spoilt) == 3
    assert measured.lines_over_lines(spoilt) == 1
    moved = replace(two, area=replace(one, x=one.x + 1))
    spoilt = replace(picture, labels=(moved, moved), boxes=(picture.boxes[0], picture.boxes[0]), strokes=(down_box,))
    assert measured.labels_over_labels(spoilt) == 1
    assert measured.labels_over_boxes(spoilt) == 4
    assert measured.boxes_over_boxes(spoilt) == 1
    assert measured.lines_through_labels(spoilt) == 2
    assert measured.outside(replace(picture, width=50)) > 0


def hard_chart(boxes: int, lines: int, across: bool = False) -> Chart:
    """A chart of any size, the same each time: a small generator of its own picks the lines."""
    state = 7

    def pick(most: int) -> int:
        nonlocal state
        state = (state * 1103515245 + 12345) % 2**31
        return (state >> 8) % most

    lanes = tuple(Lane(str(number), f"Level {number}") for number in range(5))
    places = tuple(Box(f"b{number}", f"Stage number {number}", str(number * 5 // boxes), f"/{number}") for number in range(boxes))
    found: list[Line] = []
    while len(found) < lines:
        start = pick(boxes)
        end = min(boxes - 1, max(0, start + (-6, -2, 1, 2, 3, 5, 9)[pick(7)]))
        if start != end:
            kind = ("refer", "step-up", "step-down", "signpost")[pick(4)]
            label = ("", "The child needs two or more services", "A reason")[pick(3)]
            found.append(Line(f"b{start}", f"b{end}", kind, label, ("assumed", STATED)[pick(2)]))  # type: ignore[arg-type]
    return Chart("Hard", "A hard chart", lanes, places, tuple(found), across)


@pytest.mark.parametrize("across", [False, True])
def test_sixty_places_are_laid_out_and_nothing_lies_over_anything(across: bool) -> None:
    chart = hard_chart(60, 75, across)
    picture = draw(chart)
    assert [measure(picture) for measure in MUST_BE_NOUGHT] == [0] * len(MUST_BE_NOUGHT)
    assert measured.crossings(picture) <= 60


LABELS = st.sampled_from(["", "", "Why", "The child needs two or more additional services", "x" * 60])


@st.composite
def any_chart(pick: st.DrawFn) -> Chart:
    lanes = tuple(Lane(str(number), title) for number, title in enumerate(pick(st.lists(st.text(max_size=30), min_size=1, max_size=4))))
    count = pick(st.integers(1, 14))
    boxes = tuple(
        Box(
            f"b{number}",
            pick(st.sampled_from(["A", "Child protection procedures (section 47)", "A very long name of a stage in a pathway"])),
            pick(st.sampled_from(lanes)).id,
            f"/{number}",
            pick(st.sampled_from(["stage", "service", "many"])),
            pick(st.sampled_from(["", STATED, "proposed"])),
            pick(st.sampled_from(["", "from May 2016"])),
        )
        for number in range(count)
    )
    ends = st.sampled_from([box.id for box in boxes])
    kinds = st.sampled_from(["refer", "step-up", "step-down", "signpost"])
    statuses = st.sampled_from([STATED, "recommended", "proposed", "assumed"])
    lines = pick(st.lists(st.builds(Line, ends, ends, kinds, LABELS, statuses), max_size=24))
    return Chart("t", "d", lanes, boxes, tuple(line for line in lines if line.start != line.end), pick(st.booleans()))


@tries(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_chart())
def test_no_chart_whatever_has_a_line_through_a_box_or_a_label_over_anything(chart: Chart) -> None:
    picture = draw(chart)
    for measure in MUST_BE_NOUGHT:
        assert measure(picture) == 0, measure.__name__
    root = tree_of(picture)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == [box.link for box in chart.boxes]
    different = set(chart.lines)
    assert {line.end for line in different} == {stroke.end for stroke in picture.strokes if stroke.end}
    assert {line.start for line in different} == {stroke.start for stroke in picture.strokes if stroke.start}
    assert mermaid(chart).count("\n  click ") == len(chart.boxes)
    assert dot(chart).count(" -> ") == len(chart.lines)


@pytest.mark.browser
def test_a_browser_finds_no_word_outside_its_box(browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    for name in ("warwickshire", "walsall", "warwickshire/caf/1", "warwickshire/childrens-social-care/1"):
        page.set_content(f"<!doctype html><main>{svg(pictures()[name])}</main>")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg a')].filter(link => {
                const box = link.querySelector('rect').getBBox()
                return [...link.querySelectorAll('text')].some(text => {
                    const words = text.getBBox()
                    return words.x < box.x || words.x + words.width > box.x + box.width || words.y + words.height > box.y + box.height
                })
            }).map(link => link.getAttribute('aria-label'))"""
        )
        assert outside == [], name
    page.close()
