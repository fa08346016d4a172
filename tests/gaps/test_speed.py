"""Quick enough to be asked while somebody waits. Processor time, because machines are busy; the real figures are in bench/."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from golden.shipped import directory

from app.gaps import Change, Ground, Query, coverage_of, what_if
from bench.generator import directory_of_size


def p95(question: Callable[[], object], rounds: int = 40) -> float:
    """Milliseconds that 95 of 100 rounds stay below, after a first one that does not count."""
    question()
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        question()
        spent.append((time.process_time() - start) * 1000)
    return sorted(spent)[int(rounds * 0.95)]


QUERIES = [Query("warwickshire"), Query("warwickshire", needs=("domestic-abuse",)), Query("warwickshire", years=True)]


@pytest.mark.parametrize("query", QUERIES, ids=["bands", "a need", "years"])
def test_the_table_of_the_shipped_content_takes_less_than_15_ms(ground: Ground, query: Query) -> None:
    assert p95(lambda: coverage_of(ground, query)) < 15


def test_a_what_if_of_the_shipped_content_takes_less_than_30_ms(ground: Ground, county: Query) -> None:
    gone = tuple(ground.ids_of(ground.in_area(county)))
    assert p95(lambda: what_if(ground, county, Change(without=gone[:3]))) < 30
    assert p95(lambda: what_if(ground, county, Change(without=gone))) < 30


@pytest.mark.slow
def test_the_table_of_20_000_services_takes_less_than_100_ms() -> None:
    large = Ground(directory_of_size(directory(), 20_000))
    for query in QUERIES[:2]:
        assert p95(lambda query=query: coverage_of(large, query)) < 100  # type: ignore[misc]
        assert p95(lambda query=query: coverage_of(large, query).grid()) < 100  # type: ignore[misc]
