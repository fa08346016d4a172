"""Changes that are recorded become content: dated, each for those who may see what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from app.changes import add_to_list, compare, entries_to_record
from app.frontmatter import read_yaml
from app.loading import read_content
from app.model import Change, Directory, seen_by
from app.settings import settings

from .conftest import SITE, change

HELP = "content/services/northshire/family-help.md"

Run = Callable[..., Result]


def good(root: Path) -> Directory:
    found, problems = read_content(settings(root))
    assert found is not None, [str(problem) for problem in problems]
    return found


def test_a_record_is_content_that_passes_the_check(old: Path, new: Path, run: Run) -> None:
    change(new, HELP, ("text: 0–18", "text: 0–19"), ("£487,000", "£500,000"))
    result = run("changes", old, "--record", "--on", "2020-07-01")
    assert result.exit_code == 0, result.output
    assert "Recorded 2 in content/changes.yaml; read them before you commit them." in result.stderr
    assert [(each.on, each.audience, each.words) for each in good(new).changes[:2]] == [
        ("2020-07-01", "public", "Family Help (Northshire): ages were ‘0–18’, now ‘0–19’."),
        ("2020-07-01", "practitioner", "Family Help (Northshire): budget (sum) was 487,000, now 500,000."),
    ]


def test_recording_the_same_again_writes_nothing(old: Path, new: Path, run: Run) -> None:
    change(new, HELP, ("text: 0–18", "text: 0–19"))
    run("changes", old, "--record", "--on", "2020-07-01")
    before = (new / "content/changes.yaml").read_text(encoding="utf-8")
    assert "Recorded 0 in content/changes.yaml (1 stood there already)" in run("changes", old, "--record", "--on", "2020-07-01").stderr
    assert (new / "content/changes.yaml").read_text(encoding="utf-8") == before


def test_the_list_begins_where_there_is_none(old: Path, new: Path, run: Run) -> None:
    (new / "content/changes.yaml").unlink()
    change(new, HELP, ("text: 0–18", "text: 0–19"))
    assert run("changes", old, "--record").exit_code == 0
    assert len(good(new).changes) == 1


def test_a_check_alone_is_no_change(old: Path, new: Path, run: Run) -> None:
    change(new, HELP, ("as_at: 2020-03", "as_at: 2020-03\nchecked_on: 2020-06-20"))
    assert "Recorded 0 " in run("changes", old, "--record").stderr


def test_a_wrong_day_and_a_day_for_nothing_are_refused(old: Path, new: Path, run: Run) -> None:
    assert "is not a day; write year, month and day" in run("changes", old, "--record", "--on", "yesterday").stderr
    assert "--on is the day of --record; give both or neither" in run("changes", old, "--on", "2020-07-01").stderr


def test_what_only_staff_see_is_recorded_for_staff(old: Path, new: Path) -> None:
    change(new, HELP, ("£487,000", "£500,000"), ("A worker visits", "A second worker visits"))
    entries = entries_to_record(good(old), good(new), date(2020, 7, 1))
    assert {entry.audience for entry in entries} == {"practitioner"}


def test_a_service_that_is_hidden_takes_its_changes_with_it(old: Path, new: Path) -> None:
    change(new, HELP, ("name: Family Help\n", "name: Family Help\naudience: practitioner\n"))
    directory = good(new)
    assert any(each.id == "northshire/family-help" for each in directory.changes)
    assert not any(each.id == "northshire/family-help" for each in seen_by(directory, "public").changes)


def test_a_service_that_is_hidden_from_the_public_has_not_ended(old: Path, new: Path) -> None:
    change(new, HELP, ("name: Family Help\n", "name: Family Help\naudience: practitioner\n"))
    entries = entries_to_record(good(old), good(new), date(2020, 7, 1))
    assert [(entry.audience, entry.change, entry.words) for entry in entries] == [
        ("practitioner", "altered", "Family Help (Northshire): who is told of it was ‘public’, now ‘practitioner’.")
    ]


STEP = "        to: front-door\n        kind: step-up\n"
WAY_IN = "    condition: The need comes up in the assessment\n"
CLOSED = "        words: Schools do not ring the front door about level 2.\n"
HIDDEN = {
    "a service": (HELP, "name: Family Help\n", "audience: practitioner\n"),
    "a stage": ("pathways.yaml", "        name: Early help assessment\n", "        audience: practitioner\n"),
    "a step": ("pathways.yaml", STEP, "        audience: practitioner\n"),
    "a closed way": ("pathways.yaml", CLOSED, "        audience: practitioner\n"),
    "a way into a service": (HELP, WAY_IN, "    audience: practitioner\n"),
    "a programme": ("content/programmes/calm-parenting.md", "name: Calm Parenting\n", "audience: practitioner\n"),
    "a field of every service": ("content/site.yaml", "default_area: northshire\n", "audiences: {service.commissioner: commissioner}\n"),
    "the money, shown to all": ("content/site.yaml", "default_area: northshire\n", "audiences: {service.budget: public}\n"),
}
"""What is hidden, or shown, by one line more: the file, the line before it, and the line."""


@pytest.mark.parametrize(("file", "before", "line"), HIDDEN.values(), ids=HIDDEN)
def test_who_may_see_it_is_no_change_of_what_is_true(old: Path, new: Path, file: str, before: str, line: str) -> None:
    change(new, file, (before, before + line))
    entries = entries_to_record(good(old), good(new), date(2020, 7, 1))
    assert [entry.words for entry in entries if entry.audience == "public"] == []
    assert [entry.words for entry in entries if not re.search("who is told of it|was altered", entry.words)] == []


def test_what_is_true_and_altered_is_told_though_something_else_is_hidden(old: Path, new: Path) -> None:
    file, before, line = HIDDEN["a way into a service"]
    change(new, file, (before, before + line), ("text: 0–18", "text: 0–19"))
    entries = entries_to_record(good(old), good(new), date(2020, 7, 1))
    assert [entry.words for entry in entries if entry.audience == "public"] == ["Family Help (Northshire): ages were ‘0–18’, now ‘0–19’."]


def test_a_service_that_is_taken_out_has_ended_for_everybody(old: Path, new: Path) -> None:
    """It may have been staff's alone before: then they alone are told."""
    before, after = good(old), good(new)
    kept = tuple(service for service in after.services if service.id != "northshire/family-help")
    after = Directory.model_construct(**{**{name: getattr(after, name) for name in Directory.model_fields}, "services": kept})
    for audience in ("public", "practitioner"):
        hidden = tuple(
            service.model_copy(update={"audience": audience}) if service.id == "northshire/family-help" else service
            for service in before.services
        )
        was = Directory.model_construct(**{**{name: getattr(before, name) for name in Directory.model_fields}, "services": hidden})
        entries = entries_to_record(was, after, date(2020, 7, 1))
        assert [(entry.audience, entry.words) for entry in entries if entry.kind == "service"] == [
            (audience, "Family Help (Northshire) is no longer in the directory.")
        ]


def test_a_service_that_becomes_public_is_new_to_the_public(old: Path, new: Path) -> None:
    change(old, HELP, ("name: Family Help\n", "name: Family Help\naudience: practitioner\n"))
    entries = entries_to_record(good(old), good(new), date(2020, 7, 1))
    assert ("public", "Family Help (Northshire) was added.") in [(entry.audience, entry.words) for entry in entries]


def test_no_public_entry_says_more_than_the_public_sees() -> None:
    """What the public is told of is what it would have found by itself, comparing what it saw with what it sees."""
    shipped, small = good(settings().content.parent), good(SITE)
    for before, after in ((small, shipped), (shipped, small)):
        public = {each.sentence for each in compare(seen_by(before, "public"), seen_by(after, "public")).told if not each.details}
        told = [entry.words for entry in entries_to_record(before, after, date(2020, 7, 1)) if entry.audience == "public"]
        assert set(told) >= public
        assert len(told) == len(compare(seen_by(before, "public"), seen_by(after, "public")).told)


@given(st.text(min_size=1).map(str.strip).filter(bool))
def test_whatever_stands_in_a_sentence_comes_back(words: str) -> None:
    entry = Change.model_construct(on="2020-07-01", kind="service", id="a/b", change="altered", words=words, audience="public")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "changes.yaml"
        add_to_list([entry], file, [])
        fields, problems = read_yaml(file.read_text(encoding="utf-8"), "changes.yaml")
    assert not problems
    (back,) = fields.data["changes"]
    assert {**back, "words": ""} == {"on": "2020-07-01", "kind": "service", "id": "a/b", "change": "altered", "words": ""}
    assert back["words"] == words or "\N{REPLACEMENT CHARACTER}" in back["words"]
