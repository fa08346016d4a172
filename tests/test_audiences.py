"""Each audience sees a part of what the one above it sees; what is withheld is said to be, and leaves no trace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from golden.shipped import directory as shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from app.loading import read_content
from app.loading.schema import references
from app.model import AUDIENCES, GUARDED, Audience, Directory, Record, fields_for_audiences, seen_by, sees, withholds
from app.settings import settings as settings_for

SITE = Path(__file__).parent / "site"

ENTRIES = ("services", "programmes", "examples", "glossary", "gateways", "steps", "closed_ways")
"""The parts of a directory whose entries can be hidden whole."""

FIELDS = [f"{kind}.{field}" for kind in GUARDED for field in fields_for_audiences(kind)]


@cache
def small() -> Directory:
    found, problems = read_content(settings_for(SITE))
    assert found is not None, problems
    return found


def changed(directory: Directory, fields: dict[str, Audience], hidden: dict[str, dict[int, Audience]]) -> Directory:
    """A directory with other audiences for some fields, and for some entries as a whole (by part and position)."""
    parts = {
        part: tuple(
            entry.model_copy(update={"audience": hidden.get(part, {}).get(number, "public")})
            for number, entry in enumerate(getattr(directory, part))
        )
        for part in ENTRIES
    }
    site = directory.site.model_copy(update={"audiences": fields})
    return Directory(**{**{name: getattr(directory, name) for name in Directory.model_fields}, **parts, "site": site})


audiences = st.sampled_from(AUDIENCES)
directories = st.builds(
    changed,
    st.builds(small),
    st.dictionaries(st.sampled_from(FIELDS), audiences, max_size=12),
    st.dictionaries(st.sampled_from(ENTRIES), st.dictionaries(st.integers(0, 6), audiences, max_size=4), max_size=7),
)


def dumped(directory: Directory) -> Any:
    return directory.model_dump(mode="json", by_alias=True, exclude={"audience"})


SAID = {"withheld", "not_recorded", "not_provided", "ambiguities"}
"""Lists that grow when values are withheld, and those tied to them; held by tests of their own."""


def is_part(less: Any, more: Any) -> bool:
    """Whether everything in `less` stands at the same place of `more`, entries of lists in the same order with others between them."""
    if isinstance(less, dict):
        return all(is_part(value, more[key]) for key, value in less.items() if key not in SAID)
    if isinstance(less, list):
        rest = iter(more)
        return all(any(is_part(value, other) for other in rest) for value in less)
    return less in (None, "", more) or (isinstance(less, str) and "](" in more)


@given(directories)
@settings(max_examples=60, deadline=None)
def test_each_audience_sees_a_part_of_what_the_next_one_sees(directory: Directory) -> None:
    views = [seen_by(directory, audience) for audience in AUDIENCES]
    assert views[-1] is directory
    for less, more in pairwise(views):
        assert is_part(dumped(less), dumped(more))


@given(directories, audiences, audiences)
@settings(max_examples=60, deadline=None)
def test_looking_twice_shows_no_more_than_the_lower_of_two(directory: Directory, one: Audience, other: Audience) -> None:
    lower = other if sees(one, other) else one
    assert seen_by(seen_by(directory, one), other) == seen_by(directory, lower)


@given(directories, audiences)
@settings(max_examples=60, deadline=None)
def test_nothing_seen_names_something_that_is_gone(directory: Directory, audience: Audience) -> None:
    seen = seen_by(directory, audience)
    known = {
        "service": {service.id for service in seen.services},
        "programme": {programme.id for programme in seen.programmes},
        "stage": {f"{gateway.area}/{gateway.id}" for gateway in seen.gateways},
    }
    for area, record in records_with_area(seen):
        for kind, value, where in references(type(record), record.model_dump(mode="json", by_alias=True)):
            name = f"{area}/{value}" if kind == "gateway" or (kind == "place" and "/" not in value) else value
            allowed = known["stage"] | known["service"] if kind == "place" else known.get("stage" if kind == "gateway" else kind)
            assert allowed is None or name in allowed, f"{where} of {record!r} names {value}"


def records_with_area(directory: Directory) -> Iterator[tuple[str, Record]]:
    for part in ENTRIES:
        for record in getattr(directory, part):
            yield getattr(record, "area", ""), record
    yield "", directory.vocabulary


@given(directories, audiences)
@settings(max_examples=60, deadline=None)
def test_a_withheld_value_is_named_and_is_not_called_not_recorded(directory: Directory, audience: Audience) -> None:
    least = {name: fields_for_audiences(name.partition(".")[0])[name.partition(".")[2]] for name in FIELDS} | directory.site.audiences
    hidden = {field for field in fields_for_audiences("service") if not sees(audience, least[f"service.{field}"])}
    for service in seen_by(directory, audience).services:
        assert hidden <= set(service.withheld)
        assert not any(getattr(service, field) for field in hidden)
        assert not {name.partition(".")[0] for name in (*service.not_recorded, *service.not_provided)} & hidden


def test_money_contracts_and_notes_for_staff_are_withheld_from_the_public_whether_recorded_or_not() -> None:
    whole = small()
    assert whole.service_by_id["northshire/family-help"].budget  # the lookups of the whole are made now, and must not be taken along
    seen = seen_by(whole, "public")
    for service in seen.services:
        assert (service.budget, service.contract, service.body, service.activity, service.outcomes) == (None, None, "", (), ())
        assert {"budget", "contract", "body", "activity", "outcomes", "funders", "status_note"} <= set(service.withheld)
    family_help = seen.service_by_id["northshire/family-help"]
    assert family_help.capacity is not None
    assert (family_help.capacity.state, family_help.capacity.waiting) == ("waiting list", None)
    assert {"capacity.waiting", "capacity.unit", "capacity.note"} <= set(family_help.withheld)
    assert family_help.in_plain_words == "A worker comes to your home."
    safe = seen.service_by_id["northshire/safe-at-home"]
    assert safe.address_withheld
    assert (safe.not_provided, safe.not_recorded) == ((), ())  # both spoke of money and results only


def test_staff_see_all_that_nobody_has_kept_for_commissioners() -> None:
    assert not withholds(small(), "practitioner")
    assert withholds(small(), "public")
    kept = changed(small(), {"service.budget": "commissioner"}, {})
    assert withholds(kept, "practitioner")
    assert seen_by(kept, "practitioner").services[1].withheld == ("budget",)
    assert seen_by(kept, "commissioner") is kept


def test_a_field_can_be_opened_to_the_public_and_keeps_its_inner_fields() -> None:
    fields: dict[str, Audience] = {"service.budget": "public", "capacity.waiting": "public", "budget.also": "commissioner"}
    opened = seen_by(changed(small(), fields, {}), "public")
    service = opened.service_by_id["northshire/family-help"]
    assert service.budget is not None
    assert (service.budget.amount, service.budget.also) == (487_000, ())
    assert "budget.also" in service.withheld
    assert service.capacity is not None
    assert service.capacity.waiting == "8 to 10"


def test_an_entry_hidden_whole_takes_every_way_to_it_along() -> None:
    whole = small()
    number = [service.id for service in whole.services].index("northshire/safe-at-home")
    stage = [gateway.id for gateway in whole.gateways].index("early-help")
    hidden: dict[str, dict[int, Audience]] = {"services": {number: "practitioner"}, "gateways": {stage: "commissioner"}}
    kept = changed(whole, {"service.body": "public"}, hidden)
    seen = seen_by(kept, "practitioner")
    assert "northshire/safe-at-home" in seen.service_by_id
    assert all("early-help" not in (step.start, step.end) for step in seen.steps if step.area == "northshire")
    public = seen_by(kept, "public")
    family_help = public.service_by_id["northshire/family-help"]
    assert "northshire/safe-at-home" not in public.service_by_id
    assert family_help.related == ()
    assert "are told of Safe at Home." in family_help.body
    assert "(/programmes/calm-parenting)" in family_help.body
    assert family_help.reached_by == ()
    assert "reached_by" in family_help.withheld
    assert public.example_by_id["worked-case-alex"].gateways == ("northshire/school",)


def test_a_way_in_for_staff_is_withheld_and_said_to_be() -> None:
    whole = small()
    service = whole.service_by_id["northshire/safe-at-home"]
    route = service.reached_by[0].model_copy(update={"audience": "practitioner", "condition": "Ring the duty desk"})
    one = changed(whole, {}, {}).model_copy(update={"services": (service.model_copy(update={"reached_by": (*service.reached_by, route)}),)})
    (seen,) = seen_by(one, "public").services
    assert seen.reached_by == service.reached_by
    assert "reached_by" in seen.withheld


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_shipped_content_shows_the_public_no_money_contract_or_note(audience: Audience) -> None:
    text = seen_by(shipped(), audience).model_dump_json()
    told = "An annual report was due in April 2016" in text, '"amount":9000' in text, "Money until March 2018" in text
    assert told == ((False,) * 3 if audience == "public" else (True,) * 3)


def test_a_link_that_some_readers_may_not_follow_is_told_as_a_finding(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site" / "content" / "services" / "northshire" / "safe-at-home.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: running", "audience: practitioner\nstatus: running"), encoding="utf-8")
    directory, problems = read_content(settings_for(tmp_path / "site"))
    assert directory is not None
    assert list(map(str, problems)) == [
        "content/services/northshire/family-help.md:56:62: (finding) link: '/services/northshire/safe-at-home' is for practitioners; "
        "others read its words without the link"
    ]


def test_content_cannot_say_what_is_withheld(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site" / "content" / "services" / "northshire" / "safe-at-home.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: running", "withheld: [budget]\nstatus: running"), encoding="utf-8")
    directory, problems = read_content(settings_for(tmp_path / "site"))
    assert directory is None
    assert [problem.words for problem in problems] == ["is filled by the program; leave it out"]
