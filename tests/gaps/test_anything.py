"""Whatever is recorded or not, every question gets an answer: sentences, JSON that can be written, tables that are whole."""

from __future__ import annotations

import json
import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.gaps import (
    BANDS,
    Change,
    Ground,
    Query,
    Table,
    capacity_of,
    completeness_of,
    concentration_chart,
    contracts_chart,
    contracts_of,
    coverage_of,
    evidence_of,
    need_by_area,
    need_by_level,
    overlaps,
    single_points,
    spend_chart,
    spend_of,
    to_csv,
    unanswered,
    what_if,
)

from .made import HERE, some_ground, unhurried

QUERIES = st.sampled_from((
    Query(HERE), Query("elsewhere"), Query(HERE, needs=("abuse",)), Query(HERE, status="all", years=True), Query(HERE, status="proposed"),
    Query(HERE, received_by=("family",), funder="the-council"), Query(HERE, as_from_0=True),
))  # fmt: skip

BAD = re.compile(r"\s\s|\s[.,;:]|\bNone\b|\{|\}|\.\.|, and \d+ more|^[a-z]|\ba [aeiou]\w|[^.)]$")
"""Signs of a sentence that was put together wrongly."""

FINE = re.compile(r"\ba (?:uni|use|one)\w*|\bNone of\b")


def checked(findings: tuple[str, ...]) -> None:
    """Every finding is a sentence."""
    for finding in findings:
        found = BAD.search(FINE.sub("", finding))
        assert not found, (finding, found)


@unhurried
@given(some_ground(), QUERIES, st.booleans())
def test_every_question_gets_an_answer(ground: Ground, query: Query, with_money: bool) -> None:
    ground = Ground(ground.directory, ground.facets, with_money=with_money)
    here = ground.ids_of(ground.in_area(query))[:2]
    coverage = coverage_of(ground, query)
    by_level, by_area = need_by_level(ground, query, BANDS[3]), need_by_area(ground, query)
    missing, spend, capacity = unanswered(ground, query), spend_of(ground, query), capacity_of(ground, query)
    contracts = contracts_of(ground, query, by=date(2017, 12, 31))
    what = what_if(ground, query, Change(without=tuple(here), ends_by=date(2017, 12, 31)))
    points, evidence = single_points(ground, query), evidence_of(ground, query)
    complete, overlap = completeness_of(ground, query, date(2026, 9, 1)), overlaps(ground, query)
    tables: list[Table] = [coverage.table(), coverage.grid(), by_level.table(), by_area.table(), overlap.table()]
    for answer in (missing, spend, capacity, contracts, what, points, evidence, complete):
        tables += answer.tables()
    for told in (coverage, missing, spend, capacity, contracts, what, points, evidence, complete, overlap):
        text = json.dumps(told.to_json())
        assert with_money or "\\u00a3" not in text
        checked(told.findings)
        assert told.rules or told is coverage
    json.dumps([by_level.to_json(ground), by_area.to_json()])
    checked(by_level.findings)
    for table in tables:
        assert {len(row) for row in table.rows} <= {len(table.header)}
        assert to_csv(table, ["A rule."]).count("\r\n") >= len(table.rows) + 1
    for chart in (spend_chart(spend), concentration_chart(spend), contracts_chart(contracts)):
        assert chart.startswith("<svg ")


def test_the_findings_of_the_shipped_content_are_sentences(ground: Ground) -> None:
    for area in ("warwickshire", "walsall", "leeds"):
        for need in ("", *ground.directory.need_by_id):
            checked(coverage_of(ground, Query(area, needs=(need,) if need else ())).findings)
        query = Query(area)
        for question in (unanswered, spend_of, capacity_of, contracts_of, single_points, evidence_of, completeness_of, overlaps):
            checked(question(ground, query).findings)
        for name in ground.ids_of(ground.in_area(query)):
            checked(what_if(ground, query, Change(without=(name,))).findings)
