"""Addresses of the commissioners' pages: what they ask, what is wrong in them, and the same again for sharing."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gaps import (
    BAND_BY_ID,
    CHANGE_PARTS,
    MATRIX_PARTS,
    NEED_PARTS,
    WINDOW_PARTS,
    Asked,
    Change,
    Ground,
    Move,
    Query,
    address_of,
    asked_of,
)
from app.gaps.query import STATUSES

from .made import unhurried

W = "warwickshire/"
ALL_PARTS = tuple(dict.fromkeys((*MATRIX_PARTS, *WINDOW_PARTS, *CHANGE_PARTS, *NEED_PARTS, "level")))


def ask(ground: Ground, address: str, parts: tuple[str, ...] = ALL_PARTS) -> Asked:
    return asked_of(parse_qs(address, keep_blank_values=True), ground, parts)


ASKED = [
    ("", Query("warwickshire")),
    ("need=domestic-abuse&area=warwickshire", Query("warwickshire", needs=("domestic-abuse",))),
    ("need=fgm&need=neglect", Query("warwickshire", needs=("fgm", "neglect"))),
    ("area=walsall&status=proposed", Query("walsall", status="proposed")),
    ("status=all&received_by=child&received_by=family", Query("warwickshire", status="all", received_by=("child", "family"))),
    ("funder=public-health", Query("warwickshire", funder="public-health")),
    ("ages=years&youngest=as-0", Query("warwickshire", years=True, as_from_0=True)),
    ("ages=bands&youngest=&need=", Query("warwickshire")),
    ("need= domestic-abuse ", Query("warwickshire", needs=("domestic-abuse",))),
]


@pytest.mark.parametrize(("address", "query"), ASKED)
def test_what_an_address_asks(ground: Ground, address: str, query: Query) -> None:
    asked = ask(ground, address)
    assert asked.query == query
    assert asked.problems == ()


NO_DATE = "is not a date; write a day, a month or a year: 2017-12-31, 2017-12 or 2017"
NO_AGES = "holds no ages; write 8-17, unborn-5, 16- for 16 and over, or -17 when the youngest is not known"
NO_LEVEL = "names a level that is none; the levels are 1, 2, 3, 4"
NO_MOVE = "is not a move; write warwickshire/its-short-name:levels:2,3 or warwickshire/its-short-name:ages:8-17"
NO_SERVICE = "is not a service known here; write it as warwickshire/its-short-name, as in the address of its profile"

WRONG = [
    ("need=domestic-abose", "need", "is not a need known here; did you mean 'domestic-abuse'?"),
    ("area=narnia", "area", "is not an area here; allowed: leeds, walsall, warwickshire"),
    ("area=leeds&area=walsall", "area", "is a second value; only one is read"),
    ("status=open", "status", f"is not a status; allowed: {', '.join(sorted(STATUSES))}"),
    ("received_by=kids", "received_by", "is not a recipient; allowed: child, family, parent_carer, professional, young_parent"),
    (
        "area=leeds&funder=public-health",
        "funder",
        "is not a payer known here; allowed: clinical-commissioning-group-and-early-start-together-proposed",
    ),
    ("ages=months", "ages", "is not a way to show ages; allowed: bands, years"),
    ("youngest=5", "youngest", "is not a way to count an unknown youngest age; allowed: as-0"),
    ("age=99", "age", "is not an age or a band of ages; allowed: unborn, 0-4, 5-10, 11-15, 16-17, 18-25, a year from 0 to 25"),
    ("by=soon", "by", NO_DATE),
    ("by=2017-02-30", "by", NO_DATE),
    ("since=2017-13", "since", NO_DATE),
    ("by=0000", "by", NO_DATE),
    ("since=2018&by=2017", "since", "is after 2017-12-31; the window must begin before it ends"),
    ("without=warwickshire/family-maters", "without", "is not a service known here; did you mean 'warwickshire/family-matters'?"),
    ("without=xyz", "without", NO_SERVICE),
    ("without=walsall/the-beacon", "without", "is of another area than warwickshire; areas are never mixed"),
    ("move=warwickshire/family-matters", "move", NO_MOVE),
    ("move=warwickshire/family-matters:levels:5", "move", NO_LEVEL),
    ("move=warwickshire/family-matters:levels:x", "move", NO_LEVEL),
    ("move=warwickshire/family-matters:ages:17-8", "move", NO_AGES),
    ("move=warwickshire/family-matters:ages:-", "move", NO_AGES),
    ("area=walsall&move=walsall/the-beacon:levels:2", "move", "names a level that is none; this area has no levels"),
    ("nonsense=1", "nonsense", f"is not a part of this question; the parts are {', '.join(ALL_PARTS)}"),
]


@pytest.mark.parametrize(("address", "part", "words"), WRONG, ids=[address for address, _, _ in WRONG])
def test_what_is_wrong_is_told_with_what_is_allowed(ground: Ground, address: str, part: str, words: str) -> None:
    problems = ask(ground, address).problems
    assert [(problem.part, problem.words) for problem in problems] == [(part, words)]


def test_what_is_wrong_is_left_out_and_the_rest_stands(ground: Ground) -> None:
    asked = ask(ground, "need=xyzzy&need=fgm&area=nowhere&status=all")
    assert asked.query == Query("warwickshire", needs=("fgm",), status="all")
    assert len(asked.problems) == 2


def test_a_page_knows_only_its_own_parts(ground: Ground) -> None:
    asked = ask(ground, "by=2017&without=warwickshire/family-matters", MATRIX_PARTS)
    assert (asked.by, asked.change.is_nothing) == (None, True)
    assert [problem.part for problem in asked.problems] == ["by", "without"]


def test_too_many_values_are_not_read(ground: Ground) -> None:
    values = {"without": [f"warwickshire/made-up-{number}" for number in range(50)]}
    problems = asked_of(values, ground, CHANGE_PARTS).problems
    assert problems[0].words == "has 50 values; at most 40 are read"
    assert len(problems) == 41


def test_a_hostile_value_is_shown_short_and_without_signs(ground: Ground) -> None:
    (problem,) = ask(ground, "need=%3Cscript%3Ealert(1)%3C/script%3E" + "x" * 100).problems
    assert problem.value == "?script?alert?1??/script?" + "x" * 15
    (problem,) = asked_of({"<b>": ["1"]}, ground).problems
    assert problem.part == "?b?"


DAYS = [
    ("since=2017", date(2017, 1, 1), None),
    ("by=2017-02", None, date(2017, 2, 28)),
    ("since=2017-10-18&by=2017-10-18", date(2017, 10, 18), date(2017, 10, 18)),
]


@pytest.mark.parametrize(("address", "since", "by"), DAYS)
def test_a_window_may_be_given_in_months_and_years(ground: Ground, address: str, since: date | None, by: date | None) -> None:
    asked = ask(ground, address)
    assert (asked.since, asked.by) == (since, by)


MOVES = [
    ("levels:3,2", Move((2, 3))),
    ("levels: 4", Move((4,))),
    ("ages:8-17", Move(None, (8, 17))),
    ("ages:unborn-5", Move(None, (-1, 5))),
    ("ages:16-", Move(None, (16, None))),
    ("ages:-17", Move(None, (None, 17))),
]


@pytest.mark.parametrize(("text", "move"), MOVES)
def test_moves(ground: Ground, text: str, move: Move) -> None:
    asked = ask(ground, f"move={W}family-matters:{text}")
    assert asked.change.moves == {W + "family-matters": move}
    assert asked.problems == ()


def test_two_moves_of_one_service_are_one(ground: Ground) -> None:
    asked = ask(ground, f"move={W}family-matters:levels:2&move={W}family-matters:ages:0-4")
    assert asked.change.moves == {W + "family-matters": Move((2,), (0, 4))}


def test_a_band_or_a_single_year_may_be_asked(ground: Ground) -> None:
    assert ask(ground, "age=14").band == BAND_BY_ID["14"]
    assert ask(ground, "age=16-17").band == BAND_BY_ID["16-17"]
    assert ask(ground, "").band == BAND_BY_ID["11-15"]


def test_an_address_is_short_and_says_the_area(ground: Ground) -> None:
    assert address_of("/gaps", Asked(Query("warwickshire"))) == "/gaps?area=warwickshire"
    change = Change((W + "family-matters",), date(2017, 12, 31), {W + "school-nursing": Move((1, 2), (4, None))})
    assert address_of("/gaps/what-if", Asked(Query("warwickshire"), change=change)) == (
        "/gaps/what-if?area=warwickshire&ends_by=2017-12-31&without=warwickshire/family-matters"
        "&move=warwickshire/school-nursing:levels:1,2&move=warwickshire/school-nursing:ages:4-"
    )


SOME = st.builds(
    Asked,
    query=st.builds(
        Query,
        area=st.just("warwickshire"),
        needs=st.lists(st.sampled_from(("fgm", "neglect", "domestic-abuse")), unique=True, max_size=2).map(tuple),
        received_by=st.lists(st.sampled_from(("child", "family")), unique=True).map(tuple),
        status=st.sampled_from(tuple(STATUSES)),
        funder=st.sampled_from(("", "public-health")),
        as_from_0=st.booleans(),
        years=st.booleans(),
    ),
    age=st.one_of(st.none(), st.sampled_from(list(BAND_BY_ID.values()))),
    level=st.sampled_from((None, 1, 4)),
    since=st.sampled_from((None, date(2016, 1, 1))),
    by=st.sampled_from((None, date(2017, 12, 31))),
    change=st.builds(
        Change,
        without=st.sampled_from(((), (W + "family-matters",))),
        ends_by=st.sampled_from((None, date(2017, 12, 31))),
        moves=st.sampled_from(({}, {W + "school-nursing": Move((1,), (None, 4))}, {W + "school-nursing": Move(None, (-1, None))})),
    ),
)


@unhurried
@given(SOME)
def test_an_address_asks_the_same_again(ground: Ground, asked: Asked) -> None:
    again = asked_of(parse_qs(urlsplit(address_of("/gaps", asked)).query), ground, ALL_PARTS)
    assert again == asked
