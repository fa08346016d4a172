"""No hidden number can be worked out: every small table is tried against a reader who knows the rules and everything published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

import pytest

from app.unmet.disclosure import FEWEST, Shown, division_of, shown, total_of

SMALL = set(range(FEWEST))


def published_outcomes(counts: Sequence[int]) -> tuple[object, ...]:
    """What is published of one line: its numbers and its total, or nothing when no number can be shown."""
    parts = shown(counts)
    return (parts, total_of(counts)) if any(part is not None for part in parts) else ()


def classes_of(tables: Iterable[tuple[int, ...]], publish: object) -> dict[object, list[tuple[int, ...]]]:
    """Tables by what is published of them: which one it was, nobody can tell."""
    found: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for table in tables:
        found[publish(table)].append(table)  # type: ignore[operator]
    return found


def hidden_places(publication: object, cells: int) -> list[int]:
    """The places of the numbers that are not told."""
    parts: Sequence[Shown]
    if publication in ((), None):
        parts = (None,) * cells
    else:
        first = publication[0]  # type: ignore[index]
        parts = first if isinstance(first, tuple) else publication  # type: ignore[assignment]
    return [place for place, part in enumerate(parts) if part is None]


def test_of_a_line_no_hidden_number_is_told_better_than_fewer_than_five() -> None:
    classes = classes_of(product(range(8), repeat=4), published_outcomes)
    assert len(classes) > 200
    for publication, tables in classes.items():
        for place in hidden_places(publication, 4):
            possible = {table[place] for table in tables}
            assert possible >= SMALL, f"{publication} tells that number {place + 1} is one of {possible}"


@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 24), (5, 16), (5, 23)])
def test_of_a_division_of_a_known_number_none_is_told_better_either(cells: int, most: int) -> None:
    for whole in range(FEWEST, most + 1) if most < 23 or cells < 5 else (21, 22, 23):
        classes = classes_of(compositions(whole, cells), division_of)
        for publication, tables in classes.items():
            for place in hidden_places(publication, cells):
                possible = {table[place] for table in tables}
                assert possible >= SMALL, f"{whole} divided as {publication} tells that part {place + 1} is one of {sorted(possible)}"


def compositions(whole: int, cells: int) -> Iterable[tuple[int, ...]]:
    """Every way to divide a number."""
    if cells == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        yield from ((first, *rest) for rest in compositions(whole - first, cells - 1))


def test_the_reader_of_these_tests_would_find_careless_publishing_out() -> None:
    def careless_total(counts: Sequence[int]) -> tuple[object, ...]:
        return (shown(counts), sum(counts))

    def careless_division(counts: Sequence[int]) -> tuple[Shown, ...]:
        return shown(counts)

    told = classes_of(product(range(8), repeat=4), careless_total)
    assert any({table[0] for table in tables} == {3} for publication, tables in told.items() if 0 in hidden_places(publication, 4))
    parts = classes_of(compositions(12, 3), careless_division)
    assert any({table[0] for table in tables} == {2} for publication, tables in parts.items() if 0 in hidden_places(publication, 3))


@pytest.mark.parametrize(
    ("counts", "parts", "total"),
    [
        ((40, 20, 8, 5), (40, 20, 8, 5), 73),
        ((40, 20, 8, 2), (40, 20, 8, None), None),
        ((40, 20, 0, 0), (40, 20, None, None), None),
        ((40, 20, 3, 1), (40, 20, None, None), 64),
        ((40, 20, 4, 4), (40, 20, None, None), None),
        ((40, 4, 3, 0), (40, None, None, None), 47),
        ((4, 4, 4, 4), (None, None, None, None), None),
    ],
)
def test_totals_by_example(counts: tuple[int, ...], parts: tuple[Shown, ...], total: Shown) -> None:
    assert shown(counts) == parts
    assert total_of(counts) == total


@pytest.mark.parametrize(
    ("counts", "parts"),
    [((10, 5), (10, 5)), ((10, 4), None), ((10, 0, 0), None), ((10, 3, 2), None), ((10, 2, 2), (10, None, None)), ((3, 3, 3), None)],
)
def test_divisions_by_example(counts: tuple[int, ...], parts: tuple[Shown, ...] | None) -> None:
    assert division_of(counts) == parts
