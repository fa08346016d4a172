"""The graph of an area: its places and steps, the search for ways, what every way passes, and loops."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from itertools import pairwise

import networkx as nx
import pytest
from golden.shipped import directory as shipped
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pathways import gateway, large_pathway, pathway, service

from app.graph import FIRM, LONGEST_WAY, STATED, Graph, OtherArea, PlaceProblem, UnknownArea, UnknownPlace, Way, graph_of
from app.graph.network import START, network_of
from app.graph.places import Edge
from app.model import Directory


def here(directory: Directory) -> Graph:
    return Graph(directory, "here")


def routes(ways: tuple[Way, ...]) -> list[str]:
    """Ways as "school caf help": easy to read in a test."""
    return [" ".join(place.removeprefix("here/") for place in way.places) for way in ways]


# places


def test_places_are_the_gateways_and_then_the_services_of_one_area_in_the_order_of_the_content() -> None:
    graph = here(pathway("school:setting caf:assessment", "school>caf", "caf>help"))
    assert [(place.id, place.name, place.kind, place.is_service) for place in graph.places.values()] == [
        ("school", "School", "setting", False), ("caf", "Caf", "assessment", False), ("here/help", "Help", "service", True),
    ]  # fmt: skip


def test_a_service_s_way_in_is_a_step_with_all_that_its_profile_says() -> None:
    graph = graph_of(shipped(), "warwickshire")
    (edge,) = graph.between("court-direction", "warwickshire/drug-alcohol-addaction")
    assert (edge.kind, edge.condition) == ("refer", "A court directs it as part of criminal justice proceedings")
    assert (edge.consent, edge.status) == ("Not voluntary when the court directs it", "stated in the source")
    assert [(source.document, source.section) for source in edge.sources] == [
        ("warwickshire-2016", "3.3.1, Drug and Alcohol Misuse Service (Addaction)")
    ]


def test_the_source_of_a_way_in_is_the_route_s_own_where_it_has_one() -> None:
    (edge,) = graph_of(shipped(), "warwickshire").between("child-protection-plan", "warwickshire/family-group-conferencing")
    assert [source.section for source in edge.sources] == ["2.2"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("school", "school"),
        ("family-matters", "warwickshire/family-matters"),
        ("warwickshire/family-matters", "warwickshire/family-matters"),
        ("warwickshire/caf", "caf"),
        ("priority-families", "priority-families"),
        ("warwickshire/priority-families", "warwickshire/priority-families"),
    ],
)
def test_a_place_may_be_named_with_or_without_its_area(name: str, place: str) -> None:
    assert graph_of(shipped(), "warwickshire").place(name).id == place


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("scool", "'scool' is not a stage or a service of Warwickshire; did you mean 'school'"),
        ("family-maters", "did you mean 'warwickshire/family-matters'"),
        ("MARRAC", "did you mean 'marac'"),
        ("teacher", "did you mean 'school'"),
        ("family-group", "did you mean 'family-group-conference' or 'warwickshire/family-group-conferencing'"),
        ("warwikshire/family-maters", "did you mean 'warwickshire/family-matters'"),
        ("abc", "the list of stages has every name"),
        ("zzzz", "'zzzz' is not a stage or a service of Warwickshire; the list of stages has every name"),
        ("x" * 5000, "…' is not a stage or a service of Warwickshire"),
        ("", "'' is not a stage or a service of Warwickshire"),
    ],
)
def test_an_unknown_place_is_told_with_the_nearest_names(name: str, words: str) -> None:
    with pytest.raises(UnknownPlace) as told:
        graph_of(shipped(), "warwickshire").place(name)
    assert words in str(told.value)
    assert len(str(told.value)) < 300


@pytest.mark.parametrize("name", ["solutions-panel", "walsall/solutions-panel", "walsall/edge-of-care-team", "edge-of-care-team"])
def test_a_place_of_another_area_is_told_as_such(name: str) -> None:
    with pytest.raises(OtherArea, match=f"'{name}' is in Walsall, not in Warwickshire; no journey goes from one area into another"):
        graph_of(shipped(), "warwickshire").place(name)


def test_an_unknown_area_is_told_with_the_areas_there_are() -> None:
    with pytest.raises(UnknownArea, match="'coventry' is not an area here; the areas are warwickshire, walsall, leeds"):
        graph_of(shipped(), "coventry")
    assert issubclass(UnknownArea, PlaceProblem)
    assert issubclass(OtherArea, PlaceProblem)


def test_no_step_joins_two_areas() -> None:
    for area in shipped().area_by_id:
        graph = graph_of(shipped(), area)
        assert all(place.id.startswith(f"{area}/") for place in graph.places.values() if place.is_service)
        assert {edge.start for edge in graph.edges} | {edge.end for edge in graph.edges} <= set(graph.places)


def test_a_gateway_and_its_profile_know_each_other() -> None:
    places = graph_of(shipped(), "walsall").places
    assert places["solutions-panel"].twin == "walsall/solutions-panel"
    assert places["walsall/solutions-panel"].twin == "solutions-panel"
    assert places["plo-panel"].twin == ""


# steps


def test_parallel_steps_keep_their_own_conditions() -> None:
    graph = here(pathway("caf care", "caf^care=refused caf^care=complex caf>care?"))
    assert [(edge.kind, edge.condition, edge.status) for edge in graph.between("caf", "care")] == [
        ("step-up", "refused", "stated in the source"), ("step-up", "complex", "stated in the source"), ("refer", None, "assumed"),
    ]  # fmt: skip
    ((way,), complete) = (graph.ways("caf", "care").ways, graph.ways("caf", "care").all)
    assert complete
    assert way.hops[0].edge.condition == "refused"
    assert [other.condition for other in way.hops[0].others] == ["complex", None]


def test_the_surest_of_parallel_steps_is_chosen() -> None:
    graph = here(pathway("caf care", "caf>care? caf~care caf^care=sure"))
    (way,) = graph.ways("caf", "care").ways
    assert [way.hops[0].edge.kind, *(other.kind for other in way.hops[0].others)] == ["step-up", "signpost", "refer"]


def test_the_same_step_told_twice_is_one_step() -> None:
    assert len(here(pathway("a b", "a>b=x a>b=x a>b=y")).edges) == 2


def test_steps_out_of_and_into_a_place_come_in_the_order_of_the_content() -> None:
    graph = here(pathway("a b c", "b>c a>c a>b=1 b~c", "b>help a>help"))
    assert [edge.end for edge in graph.out("a")] == ["c", "b", "here/help"]
    assert [(edge.start, edge.kind) for edge in graph.into("c")] == [("b", "refer"), ("b", "signpost"), ("a", "refer")]
    assert graph.between("c", "a") == ()


def test_what_a_source_calls_closed_is_known_for_that_way_only() -> None:
    graph = here(pathway("a b", "b>a", closed="a>b"))
    closed = graph.closed("a", "b")
    assert closed is not None
    assert closed.words == "It does not exist."
    assert graph.closed("b", "a") is None


# where a journey may start


def test_a_court_to_which_a_step_leads_is_no_start() -> None:
    kinds = "school:setting family:self hub:door police-power:power criminal:court proceedings:court caf:assessment panel:panel"
    graph = here(pathway(kinds, "panel^proceedings school>hub"))
    assert [place.id for place in graph.starts] == ["school", "family", "hub", "police-power", "criminal"]


def test_walsall_s_journeys_start_at_its_doors_and_its_criminal_court() -> None:
    assert [place.id for place in graph_of(shipped(), "walsall").starts if place.kind in ("court", "door")] == [
        "court-direction", "childrens-social-care", "adult-services",
    ]  # fmt: skip


# ways


def test_the_shortest_way_comes_first_and_ways_as_short_in_the_order_of_the_content() -> None:
    graph = here(pathway("a b c d e", "a>c a>b b>e c>e a>d d>c"))
    found = graph.ways("a", "e")
    assert routes(found.ways) == ["a b e", "a c e", "a d c e"]
    assert found.all


def test_of_two_ways_as_short_the_one_with_less_doubt_comes_first() -> None:
    graph = here(pathway("a b c d e", "a>b? b>e a~c c>e a>d d>e"))
    assert routes(graph.ways("a", "e").ways) == ["a d e", "a c e", "a b e"]


def test_five_ways_at_most_and_it_says_that_there_are_more() -> None:
    names = "b c d e f g"
    graph = here(pathway(f"a z {names}", " ".join(f"a>{name} {name}>z" for name in names.split())))
    assert routes(graph.ways("a", "z").ways) == ["a b z", "a c z", "a d z", "a e z", "a f z"]
    assert not graph.ways("a", "z").all
    assert graph.ways("a", "z", most=6).all


def test_no_place_comes_twice_however_the_steps_go_round() -> None:
    graph = here(pathway("a b c", "a>b b>a b>c c>b c>a"))
    assert routes(graph.ways("a", "c").ways) == ["a b c"]


def test_a_way_longer_than_the_longest_is_no_way() -> None:
    names = [f"p{number}" for number in range(LONGEST_WAY + 2)]
    graph = here(pathway(" ".join(names), " ".join(f"{one}>{other}" for one, other in pairwise(names))))
    assert len(graph.ways("p0", names[-2]).ways[0].hops) == LONGEST_WAY
    assert graph.ways("p0", names[-1]).ways == ()
    assert len(graph.ways("p0", names[-1], longest=LONGEST_WAY + 1).ways) == 1


def test_no_way_is_an_empty_answer_and_an_unknown_place_is_not() -> None:
    graph = here(pathway("a b"))
    assert graph.ways("a", "b").ways == ()
    with pytest.raises(UnknownPlace):
        graph.place("c")


def test_from_a_place_to_itself_there_is_no_way() -> None:
    assert here(pathway("a b", "a>b b>a")).ways("a", "a").ways == ()


def test_ways_may_be_asked_for_past_certain_places_and_without_doubt() -> None:
    graph = here(pathway("a caf b c d", "a>caf caf>d a>b? b>d a~c c>d"))
    assert routes(graph.ways("a", "d", past=["caf"]).ways) == ["a c d", "a b d"]
    assert routes(graph.ways("a", "d", past=["caf"], doubt=STATED).ways) == ["a c d"]
    assert routes(graph.ways("a", "d", past=["caf"], doubt=FIRM).ways) == []
    assert routes(graph.ways("a", "d", past=["a"]).ways) == []
    assert routes(graph.ways("a", "d", past=["d"]).ways) == []


def test_a_step_that_is_too_doubtful_is_no_alternative_either() -> None:
    (way,) = here(pathway("a b", "a>b a>b? a~b")).ways("a", "b", doubt=STATED).ways
    assert [other.kind for other in way.hops[0].others] == ["signpost"]


def test_ways_may_begin_at_any_of_several_places() -> None:
    graph = here(pathway("a b c d", "a>b b>c d>c"))
    assert routes(graph.ways(["a", "d"], "c").ways) == ["d c", "a b c"]
    assert graph.ways([], "c").ways == ()


def test_ten_places_all_joined_are_no_trap() -> None:
    names = [f"p{number}" for number in range(10)]
    graph = here(pathway(" ".join(names), " ".join(f"{one}>{other}" for one in names for other in names if one != other)))
    found = graph.ways("p0", "p9")
    assert [len(way.hops) for way in found.ways] == [1, 2, 2, 2, 2]
    assert not found.all


def test_a_search_with_nowhere_to_go_gives_up_and_says_that_it_did() -> None:
    names = [f"p{number}" for number in range(40)]
    blob = " ".join(f"{one}>{other}" for one in names for other in names if one != other)
    graph = here(pathway(f"start gate end {' '.join(names)}", f"start>gate gate>end {blob} gate>p0 p1>gate"))
    found = graph.ways("start", "end")
    assert routes(found.ways) == ["start gate end"]
    assert not found.all  # it looked at 5,000 beginnings; that there is no other way it cannot know


def test_a_search_that_gives_up_with_nothing_still_tells_the_shortest_way() -> None:
    """Thousands of beginnings without doubt all end in one assumed step: none is led to its end before the search gives up."""
    layers = [[f"l{layer}-{number}" for number in range(9)] for layer in range(5)]
    steps = [f"{one}>{other}" for here_, there in pairwise(layers) for one in here_ for other in there]
    steps += [f"start>{name}" for name in layers[0]] + [f"{name}>end?" for name in layers[-1]]
    found = here(pathway(f"start end {' '.join(name for layer in layers for name in layer)}", " ".join(steps))).ways("start", "end")
    assert routes(found.ways) == ["start l0-0 l1-0 l2-0 l3-0 l4-0 end"]
    assert not found.all


def test_a_way_knows_its_places_and_its_doubtful_steps() -> None:
    (way,) = here(pathway("a b c", "a>b b>c??")).ways("a", "c").ways
    assert way.places == ("a", "b", "c")
    assert [edge.status for edge in way.doubtful] == ["proposed"]


# reach


def test_what_can_be_reached_comes_with_the_number_of_steps_nearest_first() -> None:
    graph = here(pathway("a b c d", "a>b b>c c>a", "c>help"))
    assert graph.reachable("a") == {"a": 0, "b": 1, "c": 2, "here/help": 3}
    assert list(graph.reachable("a")) == ["a", "b", "c", "here/help"]
    assert graph.reachable("a", past=["b"]) == {"a": 0}
    assert graph.reaching("here/help") == {"here/help": 0, "c": 1, "b": 2, "a": 3}
    assert graph.reaching("b", "d") == {"b": 0, "d": 0, "a": 1, "c": 2}


def test_a_neighbourhood_is_two_steps_either_way_and_the_steps_inside_it() -> None:
    graph = here(pathway("a b c d e f", "a>b b>c c>d d>e e>f a>d", "c>help e>other"))
    part = graph.neighbourhood("b")
    assert [place.id for place in part.places] == ["a", "b", "c", "d", "here/help"]
    assert [(edge.start, edge.end) for edge in part.edges] == [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("c", "here/help")]
    assert [place.id for place in graph.neighbourhood("b", 1, services=False).places] == ["a", "b", "c"]
    assert [place.id for place in graph.neighbourhood("f", 0).places] == ["f"]


# what every way passes, and loops


def test_what_every_way_passes_is_known_nearest_first() -> None:
    steps = "school>caf caf>panel caf>care care>panel island>panel"
    graph = here(pathway("school:setting caf panel care island", steps, "panel>help care>more"))
    assert graph.only_through["here/help"] == ("panel", "caf", "school")
    assert graph.only_through["panel"] == ("caf", "school")
    assert graph.only_through["school"] == ()
    assert "island" not in graph.only_through


def test_a_second_start_makes_a_gateway_no_single_point() -> None:
    graph = here(pathway("school:setting caf hub:door", "school>caf school>hub", "caf>help hub>help"))
    assert graph.only_through["here/help"] == ()


def test_loops_are_told_once_each_shortest_first() -> None:
    graph = here(pathway("a b c d e", "a>b b>a b>c c>a d>e c>d"))
    assert [" ".join(place.id for place in loop) for loop in graph.loops()] == ["a b", "a b c"]
    assert [" ".join(place.id for place in loop) for loop in graph.loops(longest=2)] == ["a b"]
    assert [" ".join(place.id for place in loop) for loop in graph.loops(most=1)] == ["a b"]


def test_a_fully_joined_graph_gives_so_many_loops_and_no_more() -> None:
    names = [f"p{number}" for number in range(30)]
    graph = here(pathway(" ".join(names), " ".join(f"{one}>{other}" for one in names for other in names if one != other)))
    assert len(graph.loops(most=50)) == 50


def test_a_step_that_names_no_place_does_not_make_one() -> None:
    with pytest.raises(ValueError, match="a step leads from 'scool' to 'caf', and one of them is no place"):
        network_of([], [], [Edge("scool", "caf", "refer")])


def test_the_network_keeps_parallel_steps_apart() -> None:
    graph = here(pathway("a:setting b", "a>b=x a>b=y"))
    network = network_of(graph.places.values(), graph.starts, graph.edges)
    assert network.number_of_edges("a", "b") == 2
    assert list(network.successors(START)) == ["a"]


def test_a_journey_needs_no_networkx() -> None:
    program = "import sys, app.journeys; sys.exit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# one graph for each directory


def test_a_graph_is_made_once_for_a_directory_and_goes_with_it() -> None:
    directory = pathway("a b", "a>b")
    assert graph_of(directory, "here") is graph_of(directory, "here")
    assert graph_of(pathway("a b", "a>b"), "here") is not graph_of(directory, "here")
    graph, gone = weakref.ref(graph_of(directory, "here")), weakref.ref(directory)
    del directory
    gc.collect()
    assert (graph(), gone()) == (None, None)


# any graph at all

NAMES = ("a", "b", "c", "d", "e", "f")


@st.composite
def pathways(draw: st.DrawFn) -> Directory:
    """Up to six gateways, any steps between them, and two services."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    kinds = [draw(st.sampled_from(["setting", "panel", "court", "door", "plan"])) for _ in names]
    pairs = [(one, other) for one in names for other in names if one != other]
    steps = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(">^v~"), st.sampled_from(["", "?", "??"])), max_size=16))
    doors = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(["help", "more"])), max_size=4))
    return pathway(
        " ".join(f"{name}:{kind}" for name, kind in zip(names, kinds, strict=True)),
        " ".join(f"{one}{sign}{other}{doubt}" for (one, other), sign, doubt in steps),
        " ".join(f"{name}>{help}" for name, help in doors),
    )


def plain(graph: Graph) -> nx.DiGraph[str]:
    """The same graph for networkx, without parallel steps."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_nodes_from(graph.places)
    found.add_edges_from((edge.start, edge.end) for edge in graph.edges)
    return found


@settings(max_examples=150, deadline=None)
@given(pathways(), st.data())
def test_ways_are_real_short_few_and_never_come_back(directory: Directory, data: st.DataObject) -> None:
    graph = here(directory)
    start, end = (data.draw(st.sampled_from(list(graph.places))) for _ in range(2))
    most, longest = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 8))
    found = graph.ways(start, end, most=most, longest=longest)

    every = [] if start == end else sorted(len(way) - 1 for way in nx.all_simple_paths(plain(graph), start, end, cutoff=longest))
    assert [len(way.hops) for way in found.ways] == every[:most]
    assert found.all == (len(every) <= most)
    assert len(set(found.ways)) == len(found.ways)
    for way in found.ways:
        assert len(set(way.places)) == len(way.places)
        assert (way.places[0], way.places[-1]) == (start, end)
        for hop in way.hops:
            assert {hop.edge, *hop.others} == set(graph.between(hop.edge.start, hop.edge.end))
            assert all(hop.edge.doubt <= other.doubt for other in hop.others)


@settings(max_examples=150, deadline=None)
@given(pathways(), st.data())
def test_what_every_way_passes_is_what_cannot_be_gone_round(directory: Directory, data: st.DataObject) -> None:
    graph = here(directory)
    starts = [place.id for place in graph.starts]
    place = data.draw(st.sampled_from(list(graph.places)))
    reached = graph.reachable(*starts)
    assert set(graph.only_through) == set(reached)
    needed = {name for name in reached if name != place and place in graph.only_through[name]}
    assert needed == set(reached) - set(graph.reachable(*starts, past=[place])) - {place}


@settings(max_examples=150, deadline=None)
@given(pathways(), st.data())
def test_reach_and_loops_agree_with_networkx(directory: Directory, data: st.DataObject) -> None:
    graph = here(directory)
    place = data.draw(st.sampled_from(list(graph.places)))
    assert set(graph.reachable(place)) == nx.descendants(plain(graph), place) | {place}
    assert set(graph.reaching(place)) == nx.ancestors(plain(graph), place) | {place}
    loops = [tuple(place.id for place in loop) for loop in graph.loops(longest=4, most=10_000)]
    assert sorted(map(sorted, loops)) == sorted(sorted(cycle) for cycle in nx.simple_cycles(plain(graph), length_bound=4))
    assert len(set(loops)) == len(loops)


# large


@pytest.fixture(scope="module")
def large() -> Graph:
    return Graph(large_pathway(), "here")


def test_two_thousand_places_are_searched_and_the_ways_are_the_shortest_ones_first(large: Graph) -> None:
    assert len(large.places) == 2_000
    assert len(large.edges) > 7_900
    for start, end in zip(list(large.gateways)[:200], list(large.places)[::10], strict=False):
        found = large.ways(start, end)
        assert len(found.ways) <= 5
        assert [len(way.hops) for way in found.ways] == sorted(len(way.hops) for way in found.ways)
        assert all(len(way.hops) <= LONGEST_WAY for way in found.ways)


def test_a_large_graph_s_loops_are_bounded_and_its_single_points_are_found(large: Graph) -> None:
    assert len(large.loops()) == 50
    assert large.only_through


def test_large_means_the_same_each_time() -> None:
    one, other = large_pathway(20, 20, 100), large_pathway(20, 20, 100)
    assert one == other


def test_records_that_name_nothing_of_the_area_are_left_out() -> None:
    """A directory always comes checked; a graph made from one that is not has no step to nowhere."""
    directory = pathway("a b", "a>b a>nowhere")
    gateways = (*directory.gateways, gateway("x", area="there"))
    directory = directory.model_copy(update={"services": (service("there/help"),), "gateways": gateways})
    graph = here(directory)
    assert set(graph.places) == {"a", "b"}
    assert [(edge.start, edge.end) for edge in graph.edges] == [("a", "b")]
