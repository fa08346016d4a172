"""The maps that a build draws, and the graph as text for other programs."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import networkx as nx
from golden.shipped import directory as shipped
from small_pathways import gateway, pathway

from app.building.maps import Maps, draw_maps
from app.graph import graph_of


def test_every_area_and_every_stage_has_a_map() -> None:
    maps = draw_maps(shipped())
    assert set(maps.areas) == {gateway.area for gateway in shipped().gateways}
    assert set(maps.stages) == {f"{gateway.area}/{gateway.id}" for gateway in shipped().gateways}
    for area, map_ in maps.areas.items():
        assert 'fill="white"' in map_.file
        assert 'fill="white"' not in map_.page, "in a page it takes the page's colours"
        names = [name for lane in map_.lanes for name in lane.gateways]
        assert sorted(names) == sorted(gateway.id for gateway in shipped().gateways if gateway.area == area)
        assert not [name for name in map_.left_out if f'href="/pathways/{area}/{name}"' in map_.page]
        assert map_.overview == (area != "leeds")


def test_the_same_content_gives_the_same_maps_and_they_are_read_back_exactly() -> None:
    small = pathway("school:setting caf:assessment care:panel", "school>caf caf^care carevcaf", "caf>help")
    maps = draw_maps(small)
    assert maps == draw_maps(small)
    assert Maps.model_validate_json(maps.model_dump_json()) == maps


def test_content_without_gateways_has_no_maps() -> None:
    assert draw_maps(pathway("")) == Maps()


def test_the_graph_as_text_has_every_place_and_keeps_parallel_steps() -> None:
    small = pathway("school:setting caf:assessment", "school>caf=one school>caf?=two", "caf>help")
    text = graph_of(small, "here").graphml()
    read = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert dict(read.nodes(data="kind")) == {"school": "setting", "caf": "assessment", "here/help": "service"}
    assert sorted((data["condition"], data["status"]) for _, _, data in read.edges(data=True) if "condition" in data) == [
        ("one", "stated in the source"), ("two", "assumed"),
    ]  # fmt: skip
    assert text == graph_of(pathway("school:setting caf:assessment", "school>caf=one school>caf?=two", "caf>help"), "here").graphml()


def test_what_is_not_recorded_is_left_out_of_the_text_and_signs_that_xml_forbids_are_spaces() -> None:
    small = pathway("caf:assessment care", "caf>care")
    care = gateway("care").model_copy(update={"name": "A\x00B\x1b<&"})
    odd = small.model_copy(update={"gateways": (gateway("caf", levels=(2, 3)), care)})
    root = ElementTree.fromstring(graph_of(odd, "here").graphml())
    values = [element.text for element in root.iter() if element.tag.endswith("}data")]
    assert "A B <&" in values
    assert "2 3" in values
    assert "None" not in values
