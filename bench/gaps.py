"""The commissioners' questions: the matrix and a what-if on the shipped content and on 20,000 invented services, and every page."""

from __future__ import annotations

import sys
from datetime import date
from itertools import cycle, islice
from typing import TYPE_CHECKING

from app.gaps import QUESTIONS, Change, Ground, Query, ask, coverage_of, what_if
from app.model import Directory, age_fit
from bench.generator import directory_of_size
from bench.measuring import table, timed

if TYPE_CHECKING:
    from flask.testing import FlaskClient

MANY = 20_000
TODAY = date(2026, 1, 1)
AGES = range(11, 16)


def gaps_tables(shipped: Directory, client: FlaskClient) -> str:
    """All three tables: the matrix, a what-if, and whole pages."""
    small, large = Ground(shipped), Ground(directory_of_size(shipped, MANY))
    return f"{_matrix(small, large)}\n{_what_if(small, large)}\n{_pages(client)}"


def _matrix(small: Ground, large: Ground) -> str:
    """The table of ages by levels in memory, for every need in turn, and one of its cells counted by a plain loop."""
    area = small.directory.site.default_area
    needs = [need.id for need in small.directory.vocabulary.needs]
    few, many = cycle(needs), cycle(needs)
    plain = Query(area)
    found = coverage_of(large, plain).cell("11-15", 3)
    if found.direct != _by_loop(large, area):
        sys.exit("the bit sets and the plain loop disagree; nothing is worth measuring")
    rows = timed(
        [
            ("any need, shipped", lambda: coverage_of(small, plain)),
            ("each need, shipped", lambda: coverage_of(small, Query(area, needs=(next(few),)))),
            (f"any need, {MANY:,} services", lambda: coverage_of(large, plain)),
            (f"each need, {MANY:,} services", lambda: coverage_of(large, Query(area, needs=(next(many),)))),
            (f"as a page asks, {MANY:,} services", lambda: ask("coverage", large, {"need": [next(many)]}, TODAY)),
            (f"one of its cells by a plain loop, {MANY:,} services", lambda: _by_loop(large, area)),
        ],
        24,
    )
    return table(f"Where is provision thin (asked: p95 under 15, with {MANY:,} services under 100)", rows)


def _by_loop(ground: Ground, area: str) -> int:
    """The services that work directly with ages 11 to 15 at level 3, one after the other."""
    number = 0
    for service in ground.directory.services:
        if service.area == area and service.is_running and 3 in service.levels:
            fits = (age_fit(service, age) for age in AGES)
            number += any(fit is not None and fit.age_class in ("direct", "family") for fit in fits)
    return number


def _what_if(small: Ground, large: Ground) -> str:
    """One service away, five away, everything by a day, on both grounds."""
    area = small.directory.site.default_area
    query = Query(area)
    here = [service.id for service in small.services_of(small.in_area(query))]
    made = list(islice((service.id for service in large.services_of(large.in_area(query))), 100))
    few, many = cycle(here), cycle(made)
    rows = timed(
        [
            ("one service away, shipped, each in turn", lambda: what_if(small, query, Change((next(few),)))),
            ("five services away, shipped", lambda: what_if(small, query, Change(tuple(islice(few, 5))))),
            ("everything by a day, shipped", lambda: what_if(small, query, Change(ends_by=date(2017, 12, 31)))),
            (f"one service away, {MANY:,} services", lambda: what_if(large, query, Change((next(many),)))),
        ],
        20,
    )
    return table("What if (asked: under 30 on the shipped content)", rows)


def _pages(client: FlaskClient) -> str:
    """Whole pages through Flask, and the same without the page around."""
    paths = ["/gaps?need=domestic-abuse&area=warwickshire", *(question.path for question in QUESTIONS.values())]
    paths += ["/gaps.json", "/gaps.csv", "/gaps.xlsx", "/gaps/what-if?without=warwickshire/family-matters"]
    for path in paths:
        if client.get(path).status_code != 200:
            sys.exit(f"{path} did not answer; nothing can be measured")
    rows = timed([(path, lambda path=path: client.get(path).get_data()) for path in paths], 40)  # type: ignore[misc]
    return table("The commissioners' pages (asked: the matrix p95 under 15, a what-if under 30)", rows)
