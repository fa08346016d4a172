"""Days and words: golden tables that a person who keeps content can check by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.freshness import Review, ReviewState, among, day_from, first_day, found_among, mark_of, months_after
from app.freshness.reviews import review
from app.freshness.upkeep import DayProblem, day_asked, told

DAYS = """
    2016-10-18   3   2017-01-18
    2016-10-31   1   2016-11-30
    2016-10-31   4   2017-02-28
    2015-10-31   4   2016-02-29
    2016-02-29  12   2017-02-28
    2016-12-31   2   2017-02-28
    2016-12-01   1   2017-01-01
    2016-01-01  24   2018-01-01
    9999-11-30   3   9999-12-31
"""


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_months_are_counted_by_the_calendar(line: str) -> None:
    day, months, then = line.split()
    assert months_after(date.fromisoformat(day), int(months)).isoformat() == then


def test_an_interval_beyond_the_last_day_there_is_ends_on_it() -> None:
    assert months_after(date(2016, 10, 18), 10**12) == date.max


@pytest.mark.parametrize(("partial", "day"), [("2016", "2016-01-01"), ("2016-10", "2016-10-01"), ("2016-10-18", "2016-10-18")])
def test_a_date_known_in_part_counts_from_its_first_day(partial: str, day: str) -> None:
    assert first_day(partial).isoformat() == day


def one(as_at: str | None, checked: str | None, today: str, months: int = 3) -> Review:
    return review("contact_and_status", [("contact", "Contact")], months, as_at, [checked], date.fromisoformat(today))


STATES = """
    source      checked     today       state    due         overdue
    2016-10-18  -           2017-01-17  current  2017-01-18  2017-04-18
    2016-10-18  -           2017-01-18  due      2017-01-18  2017-04-18
    2016-10-18  -           2017-04-17  due      2017-01-18  2017-04-18
    2016-10-18  -           2017-04-18  overdue  2017-01-18  2017-04-18
    2016-10-18  2026-03-01  2026-05-31  current  2026-06-01  2026-09-01
    2016-10-18  2026-03-01  2026-06-01  due      2026-06-01  2026-09-01
    2016-10-18  2026-03     2026-09-01  overdue  2026-06-01  2026-09-01
    2016        -           2016-03-31  current  2016-04-01  2016-07-01
    2016        -           2016-04-01  due      2016-04-01  2016-07-01
    2026-05-01  2025-01-03  2026-07-31  current  2026-08-01  2026-11-01
    -           2026-03-01  2026-03-01  current  2026-06-01  2026-09-01
    -           -           2026-03-01  overdue  -           -
    2016-10-18  2027-03-01  2026-03-01  overdue  2017-01-18  2017-04-18
    2027-01-01  -           2026-03-01  overdue  -           -
"""


@pytest.mark.parametrize("line", STATES.strip().splitlines()[1:])
def test_a_fact_is_due_after_its_interval_and_overdue_after_twice_that(line: str) -> None:
    source, checked, today, state, due, overdue = (None if word == "-" else word for word in line.split())
    assert today
    found = one(source, checked, today)
    assert found.state == state
    assert (found.due_on.isoformat() if found.due_on else None) == due
    assert (found.overdue_on.isoformat() if found.overdue_on else None) == overdue


WORDS = {
    ("2016-10-18", None, "2026-11-22"):
        "Last checked: not recorded. The source is of 18 October 2016. Overdue for review.",
    ("2016-10", None, "2026-11-22"):
        "Last checked: not recorded. The source is of October 2016. Overdue for review.",
    ("2026-11", None, "2026-11-22"): "Last checked: not recorded. The source is of November 2026.",
    ("2016-10-18", "2026-11-01", "2026-11-22"): "Last checked 1 November 2026. The source is of 18 October 2016.",
    ("2016-10-18", "2026-07-01", "2026-11-22"):
        "Last checked 1 July 2026. The source is of 18 October 2016. Due for review.",
    ("2016-10-18", "2026-01", "2026-11-22"):
        "Last checked January 2026. The source is of 18 October 2016. Overdue for review.",
    ("2026-10-01", "2025-01-03", "2026-11-22"): "Last checked 3 January 2025. The source is of 1 October 2026.",
    (None, "2026-11-01", "2026-11-22"): "Last checked 1 November 2026.",
    (None, None, "2026-11-22"): "Last checked: not recorded. The date of the source is not recorded either. Overdue for review.",
    ("2016-10-18", "2027-03-01", "2026-11-22"):
        "Last checked: not recorded. The source is of 18 October 2016. 1 March 2027 lies ahead and does not count: "
        "that date or this computer’s clock is wrong. Overdue for review.",
}  # fmt: skip


@pytest.mark.parametrize(("dates", "words"), WORDS.items(), ids=[f"{key}" for key in WORDS])
def test_the_mark_says_it_in_words(dates: tuple[str | None, str | None, str], words: str) -> None:
    assert mark_of([one(*dates)]).words == words


def test_the_clock_a_year_back_makes_nothing_look_fresh() -> None:
    now, back = one("2016-10-18", "2026-11-01", "2026-11-22"), one("2016-10-18", "2026-11-01", "2025-11-22")
    assert now.state == "current"
    assert back.state == "overdue"
    assert back.ahead == "2026-11-01"
    assert "clock is wrong" in mark_of([back]).line


dates = st.one_of(
    st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)).map(str), st.integers(1, 9999).map("{:04}".format),
    st.tuples(st.integers(1, 9999), st.integers(1, 12)).map(lambda pair: f"{pair[0]:04}-{pair[1]:02}"),
)  # fmt: skip


@given(dates, dates, st.dates(), st.dates(), st.integers(1, 500))
def test_time_alone_never_makes_a_fact_fresher(source: str | None, check: str | None, one_day: date, other: date, months: int) -> None:
    order = ("current", "due", "overdue")
    early, late = (one(source, check, day.isoformat(), months) for day in sorted((one_day, other)))
    if not early.ahead:
        assert order.index(early.state) <= order.index(late.state)
    told(early)
    told(late)


NO_DAYS = ["", "2026", "2026-02-30", "31/03/2026", "2026-3-1", "tomorrow", "２０２６-03-31", "-" * 5000, "0000-01-01"]


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_day_that_is_none_is_refused_with_what_is_allowed(text: str) -> None:
    assert day_from(text) is None
    with pytest.raises(DayProblem, match=r"is not a day; write year, month and day, such as 2026-03-31"):
        day_asked(text)


def test_a_day_is_read() -> None:
    assert day_asked("2026-03-31") == date(2026, 3, 31)


AMONG = [
    ([], ""),
    ([("A", "current")], ""),
    ([("A", "overdue")], "It is overdue for review."),
    ([("A", "due"), ("B", "due")], "Both are due for review."),
    ([("A", "overdue")] * 12, "All 12 are overdue for review."),
    ([("A", "overdue"), ("B", "current"), ("C", "overdue"), ("D", "due")], "Overdue for review: A and C; due for review: D."),
]


@pytest.mark.parametrize(("things", "words"), AMONG)
def test_a_list_of_names_has_one_sentence(things: list[tuple[str, ReviewState]], words: str) -> None:
    assert among(things) == words


ON_A_PAGE: list[tuple[str, list[str]]] = [
    ("", []),
    ("a current", []),
    ("a overdue", ["The service named on this page is overdue for review: "]),
    ("a overdue, b overdue", ["All 2 services named on this page are overdue for review: "]),
    ("a due, b due, c due", ["All 3 services named on this page are due for review: "]),
    ("a overdue, b current", ["1 of the 2 services named on this page is overdue for review: a"]),
    ("a due, b overdue, c overdue, d current", [
        "2 of the 4 services named on this page are overdue for review: b c", "1 of the 4 services named on this page is due for review: a",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("named", "told"), ON_A_PAGE)
def test_what_a_page_names_is_counted_and_named_unless_it_is_all(named: str, told: list[str]) -> None:
    things = [tuple(each.split()) for each in named.split(", ") if each]
    found = found_among(things)  # type: ignore[arg-type]
    assert [f"{each.clause}: {' '.join(each.names)}" for each in found] == told
