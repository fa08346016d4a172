"""The site asked by a machine that has read its description and keeps to it, or does not: every answer is one that was described.

How often is set by WINDSCREEN_TRIES; docs/testing.md says how.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as tried
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Err, Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tries import tries

from app.building import Opened
from app.settings import Settings
from app.web import create_app

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
]  # fmt: skip

Operation = APIOperation[Any, Any, Any, Any]

SLICES = 12
"""The operations are tried in so many parts, so that two processors can share them."""

PLAIN = {"Accept-Encoding": "identity", "Sec-Fetch-Site": "same-origin"}
"""Not compressed, as the library reads it; forms as from a page of ours."""


@pytest.fixture(scope="session")
def described(small_settings: Settings, small_opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> list[Operation]:
    app = create_app(replace(small_settings, state_folder=tmp_path_factory.mktemp("fuzz") / "state", metrics=True), small_opened)
    found = list(schemathesis.openapi.from_wsgi("/openapi.json", app).get_all_operations())
    assert not [each for each in found if isinstance(each, Err)], "a part of the description cannot be read"
    return [each.ok() for each in found if isinstance(each, Ok)]


@pytest.mark.parametrize("part", range(SLICES))
def test_every_answer_is_one_that_was_described(described: list[Operation], part: int) -> None:
    called = 0

    def call(case: Case[Any]) -> None:
        nonlocal called
        called += 1
        case.validate_response(case.call(headers=PLAIN), checks=CHECKS)

    for operation in described[part::SLICES]:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            limits = tried(
                max_examples=tries(2, 5, 400), deadline=None, suppress_health_check=list(HealthCheck), database=None,
                phases=(Phase.generate, Phase.shrink),
            )  # fmt: skip
            try:
                seed(7)(limits(given(case=operation.as_strategy(generation_mode=mode))(call)))()
            except Unsatisfiable:  # a route without any part cannot be asked wrongly
                assert mode is GenerationMode.NEGATIVE, operation.label
    assert called > 2 * len(described[part::SLICES])
