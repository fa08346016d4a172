"""The ground of all questions: bit sets equal what the records say, and a changed ground equals one made anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.facets import facets_of
from app.gaps import BANDS, Ground, Query
from app.gaps.payers import payers_of, slug
from app.model import OLDEST, UNBORN, Service, ServiceNeeds

from .made import HERE, NEEDS, ages, directory_of, ground_of, pounds, service, some_ground, some_services, unhurried


def ids(ground: Ground, bits: int) -> set[str]:
    return set(ground.ids_of(bits))


def where(ground: Ground, test: object) -> set[str]:
    return {each.id for each in ground.directory.services if test(each)}  # type: ignore[operator]


@unhurried
@given(some_ground())
def test_the_bit_sets_are_what_the_records_say(ground: Ground) -> None:
    assert ids(ground, ground.focused) == where(ground, lambda each: 1 <= len(each.levels) <= 2)
    assert ids(ground, ground.recipient_unknown) == where(ground, lambda each: not each.received_by)
    assert ids(ground, ground.around) == where(
        ground, lambda each: each.received_by and not {"child", "young_parent", "family"} & set(each.received_by)
    )
    assert ids(ground, ground.youngest_unknown) == where(
        ground, lambda each: each.ages and each.ages.lower is None and each.ages.upper is not None
    )
    assert ids(ground, ground.payer_unknown) == where(ground, lambda each: not each.funders and not each.commissioner)
    for need in NEEDS:
        assert ids(ground, ground.also.get(need.id, 0)) == where(ground, lambda each, need=need: each.needs and need.id in each.needs.also)
    for payer in ground.payers.values():
        assert ids(ground, ground.paid_by[slug(payer)]) == where(ground, lambda each, payer=payer: payer in payers_of(each))
    for provider, bits in ground.provided_by.items():
        assert ids(ground, bits) == where(ground, lambda each, provider=provider: each.provider == provider)


@pytest.mark.parametrize("number", [0, 1, 63, 64, 65, 300])
def test_the_ids_of_small_and_large_sets_are_the_same(number: int) -> None:
    ground = ground_of(*(service(f"Service {place:03}") for place in range(number)))
    everything = ground.facets.everything
    assert ground.ids_of(everything) == [each.id for each in ground.services_of(everything)] == list(ground.ids)
    assert ground.ids_of(everything & ~1) == list(ground.ids)[1:]
    assert ground.ids_of(0) == []


def test_a_few_are_named_and_the_rest_counted() -> None:
    ground = ground_of(*(service(name) for name in "ABCDE"))
    assert ground.named(ground.facets.everything) == "A, B, C and 2 more"
    assert ground.named(0b11) == "A and B"
    assert ground.named(0) == ""


PAYERS = [
    ({"commissioner": "The Council"}, ("The Council",)),
    ({"commissioner": "The Council", "funders": ("Health",)}, ("Health",)),
    ({"funders": ("Social care (half of the salary)", "Families (half of the salary)")}, ("Social care", "Families")),
    ({"funders": ("Fund (one)", "Fund (two)")}, ("Fund",)),
    ({"funders": ("(unnamed)",)}, ("(unnamed)",)),
    ({}, ()),
]


@pytest.mark.parametrize(("fields", "payers"), PAYERS)
def test_who_pays(fields: dict[str, object], payers: tuple[str, ...]) -> None:
    assert payers_of(service("One", **fields)) == payers


def test_a_name_as_an_address_writes_it() -> None:
    assert slug("Office for the Police & Crime Commissioner") == "office-for-the-police-crime-commissioner"
    assert slug("!!!") == "unnamed"


def test_only_a_budget_for_a_year_is_a_known_budget() -> None:
    ground = ground_of(service("One"))
    assert ground.budget_of(service("Year", budget=pounds(5))) == 5
    assert ground.budget_of(service("Once", budget=pounds(5, per="once"))) is None
    assert ground.budget_of(service("Unsaid", budget=pounds(5, per="not said"))) is None
    assert ground.budget_of(service("None")) is None


def test_a_ground_without_money_gives_no_sum() -> None:
    made = service("Year", budget=pounds(5))
    hidden = Ground(directory_of(made), with_money=False)
    assert hidden.budget_of(made) is None
    assert hidden.changed(without=[made.id]).budget_of(made) is None


SUMS = [
    ("It costs £32,000, or about £35,000 with travel.", "It costs a sum not shown here, or about a sum not shown here with travel."),
    ("Printed as £94K.", "Printed as a sum not shown here."),
    ("£1.5 million a year", "a sum not shown here a year"),
    ("11 of 15 children in 2015", "11 of 15 children in 2015"),
]


@pytest.mark.parametrize(("text", "hidden"), SUMS)
def test_where_money_is_hidden_sums_are_taken_out_of_texts(text: str, hidden: str) -> None:
    assert Ground(directory_of(), with_money=False).told(text) == hidden
    assert ground_of().told(text) == text


def test_kinds_of_needs_are_found_at_any_depth() -> None:
    deeper = tuple(need.model_copy(update={"broader": "abuse-at-home"}) if need.id == "money" else need for need in NEEDS)
    directory = directory_of(service("One", needs=ServiceNeeds(main=("money",))))
    vocabulary = directory.vocabulary.model_copy(update={"needs": deeper})
    ground = Ground(directory.model_copy(update={"vocabulary": vocabulary}))
    assert set(ground.narrower["abuse"]) == {"abuse", "abuse-at-home", "money"}
    assert ground.main(("abuse",)).bit_count() == 1


def test_an_unknown_area_or_status_chooses_nothing() -> None:
    ground = ground_of(service("One"))
    assert ground.in_area(Query("nowhere")) == 0
    assert ground.in_area(Query(HERE, status="ended")) == 0
    assert ground.levels_of("elsewhere") == ()
    assert ground.levels_of(HERE) == (1, 2, 3, 4)


# a changed ground

MOVES = st.one_of(
    st.tuples(st.just("levels"), st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True).map(lambda found: tuple(sorted(found)))),
    st.tuples(
        st.just("ages"), st.builds(ages, st.one_of(st.none(), st.integers(UNBORN, 12)), st.one_of(st.none(), st.integers(13, OLDEST)))
    ),
)


@unhurried
@given(some_services(), st.data())
def test_a_changed_ground_equals_one_made_anew(services: tuple[Service, ...], data: st.DataObject) -> None:
    ground = Ground(directory_of(*services))
    here = [each for each in services if each.area == HERE]
    gone = data.draw(st.lists(st.sampled_from(here), max_size=2, unique=True)) if here else []
    moved = {}
    for each in here:
        if each not in gone and data.draw(st.booleans()):
            name, value = data.draw(MOVES)
            moved[each.id] = each.model_copy(update={name: value})
    changed = ground.changed([each.id for each in gone], moved)
    anew = Ground(directory_of(*(moved.get(each.id, each) for each in services if each not in gone)))
    for query in (Query(HERE), Query(HERE, needs=("abuse",), as_from_0=True)):
        one, two = changed.chosen(query), anew.chosen(query)
        assert ids(changed, one.sure) == ids(anew, two.sure)
        assert ids(changed, one.also) == ids(anew, two.also)
        for band in BANDS:
            before, after = changed.ways(band.ages, query.as_from_0), anew.ways(band.ages, query.as_from_0)
            for way in ("direct", "through_parent", "conditional", "not_recorded", "own_right", "assumed"):
                assert ids(changed, getattr(before, way) & changed.left) == ids(anew, getattr(after, way))
    for level in (1, 2, 3, 4):
        assert ids(changed, changed.facets.level.get(level, 0) & changed.left) == ids(anew, anew.facets.level.get(level, 0))
    assert ids(changed, changed.focused & changed.left) == ids(anew, anew.focused)


def test_a_change_leaves_the_ground_it_came_from_alone() -> None:
    one, two = service("One"), service("Two")
    ground = ground_of(one, two)
    before = facets_of(ground.directory)
    changed = ground.changed([one.id], {two.id: two.model_copy(update={"levels": (4,)})})
    assert ground.facets.level == before.level
    assert ground.facets.by_age == before.by_age
    assert ground.in_area(Query(HERE)).bit_count() == 2
    assert changed.in_area(Query(HERE)).bit_count() == 1
    assert changed.service(two.id).levels == (4,)
    assert ground.service(two.id).levels == (2,)
