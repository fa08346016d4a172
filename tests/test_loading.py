"""The content folder becomes a Directory, and whatever stands in it, nothing but a record or a problem comes out.

What each mistake is told as stands in `tests/faults`; here is what may be written, and what must never happen.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from app.frontmatter import Fields
from app.loading import read_content
from app.loading.levels import ATTRIBUTES, read_descriptors, slug
from app.loading.schema import drop_not_recorded, references
from app.model import Ages, Descriptor, Directory, Service
from app.problems import LONGEST_SHOWN, ContentError, Problem, nearest, nearest_name, shown
from app.settings import settings

SITE = Path(__file__).parent / "site"
FAMILY_HELP = "content/services/northshire/family-help.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the small good site, to change."""
    shutil.copytree(SITE, tmp_path / "site")
    return tmp_path / "site"


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} must stand once in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def good(site: Path) -> Directory:
    directory, problems = read_content(settings(site))
    assert list(map(str, problems)) == []
    assert directory is not None
    return directory


def told(site: Path) -> list[str]:
    directory, problems = read_content(settings(site))
    assert (directory is None) == any(problem.severity == "error" for problem in problems)
    return list(map(str, problems))


def test_the_small_site_is_good_and_whole() -> None:
    directory = good(SITE)
    assert {name: len(getattr(directory, name)) for name in Directory.model_fields if name not in ("site", "vocabulary", "audience")} == {
        "factors": 4, "sources": 3, "glossary": 2, "schemes": 1, "descriptors": 11, "gateways": 6, "steps": 5, "closed_ways": 1,
        "programmes": 2, "examples": 2, "services": 7, "changes": 3,
    }
    assert [len(part) for part in (directory.vocabulary.needs, directory.vocabulary.processes)] == [8, 3]
    assert [len(part) for part in (directory.vocabulary.ambiguities, directory.vocabulary.alerts)] == [1, 2]


def test_everything_comes_in_the_order_in_which_it_is_shown() -> None:
    directory = good(SITE)
    assert [service.name for service in directory.services] == [
        "Advice Line", "Clear Heads", "Family Help", "Health Visiting", "Safe at Home", "Family Workers", "Youth Team",
    ]
    assert [term.term for term in directory.glossary] == ["DV", "EHA"]
    assert [need.id for need in directory.vocabulary.needs][:2] == ["domestic-abuse", "child-affected-by-da"]
    assert [level.number for level in directory.schemes[0].levels] == [1, 2, 3, 4]


def test_a_profile_is_read_with_every_figure() -> None:
    service = good(SITE).service_by_id["northshire/family-help"]
    assert service.budget is not None
    assert (service.budget.amount, service.budget.also[0].amount, service.budget.also[0].per) == (487_000, 9_000, "once")
    assert service.capacity is not None
    assert (service.capacity.state, service.capacity.waiting, service.capacity.as_at) == ("waiting list", "8 to 10", "2020-02-15")
    assert [(fact.value, fact.number, fact.of) for fact in service.activity + service.outcomes] == [("159", 159, None), ("92%", 92, "50")]
    assert service.body.startswith("A worker visits for ten weeks")


def test_not_recorded_is_kept_apart_from_what_was_left_out() -> None:
    service = good(SITE).service_by_id["northshire/advice-line"]
    assert service.levels == ()
    assert service.ages is None
    assert service.budget is None
    assert "levels" in service.not_recorded
    assert "ages" in service.not_recorded
    assert "consent" not in service.not_recorded


def test_not_recorded_may_stand_inside_a_field(site: Path) -> None:
    replace(site / FAMILY_HELP, "  unit: families\n  as_at", "  unit: not_recorded\n  as_at")
    service = good(site).service_by_id["northshire/family-help"]
    assert service.capacity is not None
    assert service.capacity.unit is None
    assert service.not_recorded == ("contact", "contract", "capacity.unit")


def test_a_descriptor_carries_its_place_its_needs_and_its_deciding_words() -> None:
    descriptor = good(SITE).descriptor_by_key["northshire-2020", "4-is-witnessing-domestic-abuse-that-is-persistent"]
    assert (descriptor.level, descriptor.domain, descriptor.heading) == (4, "child", "Safety")
    assert descriptor.needs == ("child-affected-by-da", "domestic-abuse")
    assert descriptor.deciding == ("is witnessing", "persistent", "serious")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  from: 0\n", "  from: unborn\n"),
        ("  from: 0\n  to: 18\n", ""),
        ("levels: [2, 3]", "levels:\n  - 2\n  - 3"),
        ("amount: £487,000", "amount: 487000"),
        ("status: running", 'status: "running"'),
        ("as_at: 2020-03\n", "as_at: 2020\n"),
        ("as_at: 2020-03\n", "as_at: 2020-02-29\n"),
        ("name: Family Help", "name: Family Help # the old name"),
        ("A worker visits", "A worker visits ([page](https://example.org/a)) and"),
        ("contact: not_recorded", "contact:\n  web: https://example.org"),
        ("in_plain_words: A worker comes to your home.", "in_plain_words: >-\n  A worker comes\n  to your home."),
    ],
)
def test_a_profile_may_be_written_in_another_way(site: Path, old: str, new: str) -> None:
    replace(site / FAMILY_HELP, old, new)
    assert good(site).service_by_id["northshire/family-help"].name == "Family Help"


@pytest.mark.parametrize(
    ("before", "line_end"), [(b"\xef\xbb\xbf", b"\n"), (b"", b"\r\n"), (b"\xef\xbb\xbf", b"\r\n")], ids=["BOM", "CRLF", "both"]
)
@pytest.mark.parametrize("path", [FAMILY_HELP, "content/needs.yaml", "content/thresholds/northshire-2020/level-3.md", "pathways.yaml"])
def test_a_file_saved_on_windows_says_the_same(site: Path, path: str, before: bytes, line_end: bytes) -> None:
    (site / path).write_bytes(before + (site / path).read_bytes().replace(b"\n", line_end))
    assert good(site) == good(SITE)


@pytest.mark.parametrize("text", ["01612345670", "0161 234 5670", "NO", "12:30", "1.10", "0x1F", "1e3", "2016-02-30", "null", "~"])
def test_a_telephone_number_and_its_like_stay_as_they_are_written(site: Path, text: str) -> None:
    replace(site / "content/services/northshire/safe-at-home.md", "01632 960002", text)
    replace(site / "content/glossary.yaml", "meaning: An older name for domestic abuse.", f"meaning: {text}")
    directory = good(site)
    contact = directory.service_by_id["northshire/safe-at-home"].contact
    assert contact is not None
    assert contact.telephone == text
    assert directory.glossary[0].meaning == text


def test_a_term_may_mean_two_things_in_two_areas(site: Path) -> None:
    with (site / "content/glossary.yaml").open("a", encoding="utf-8") as file:
        file.write("  - term: EHA\n    meaning: Something else.\n    areas: [southtown]\n")
    assert len(good(site).glossary) == 3


def test_two_areas_may_have_a_gateway_of_one_name() -> None:
    assert {area for area, name in good(SITE).gateway_by_key if name == "front-door"} == {"northshire", "southtown"}


def test_hidden_files_are_nobody_s_concern(site: Path) -> None:
    (site / "content/.DS_Store").write_bytes(b"\x00")
    (site / "content/services/northshire/.family-help.md.swp").write_bytes(b"\x00")
    good(site)


def test_without_a_content_folder_there_is_one_problem(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        "content:1:1: is not there; the content folder holds site.yaml, needs.yaml, services/ and thresholds/"
    ]


def test_a_folder_under_a_file_s_name_is_told(site: Path) -> None:
    (site / "content/examples/eastport.md").mkdir()
    (site / "content/sources.yaml").unlink()
    (site / "content/sources.yaml").mkdir()
    assert told(site) == [
        "content/examples/eastport.md:1:1: is not a file; a file is expected under this name",
        "content/sources.yaml:1:1: is not a file; a file is expected under this name",
    ]


def test_a_link_to_a_file_that_is_gone_is_told(site: Path) -> None:
    (site / "content/examples/eastport.md").symlink_to("nowhere.md")
    assert told(site) == ["content/examples/eastport.md:1:1: is not there; the content needs this file"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets such a name be")
def test_a_file_name_in_another_encoding_is_told_in_signs_that_can_be_printed(site: Path) -> None:
    (site / "content/examples" / b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_text("---\nname: X\n---\n")
    words = b"the file name 'caf\\udce9' must be small letters, digits and single hyphens"
    assert told(site)[0].encode() == b"content/examples/caf\\xe9.md:1:1: " + words


def test_mistakes_are_told_in_the_order_of_files_and_lines_and_each_once(site: Path) -> None:
    for path in ("content/glossary.yaml", "content/factors.yaml", "pathways.yaml"):
        (site / path).unlink()
    replace(site / FAMILY_HELP, "levels: [2, 3]", "levels: [8, 9]")
    problems = told(site)
    assert problems == sorted(set(problems))
    assert [line.split(":")[0] for line in problems] == [
        "content/factors.yaml", "content/glossary.yaml", FAMILY_HELP, FAMILY_HELP, "pathways.yaml",
    ]


def test_one_unreadable_list_does_not_make_every_name_in_it_unknown(site: Path) -> None:
    (site / "content/needs.yaml").write_text("needs: [x", encoding="utf-8")
    assert told(site) == ["content/needs.yaml:1:8: the list that opens here with '[' is not closed with ']'"]


def test_an_empty_site_tells_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert [line.split(":")[0] for line in told(tmp_path)] == [
        "content/factors.yaml", "content/glossary.yaml", "content/needs.yaml", "content/site.yaml", "content/sources.yaml", "pathways.yaml",
    ]


# ---- whatever stands in a file ----

RAW = (SITE / FAMILY_HELP).read_bytes()
LINES = RAW.split(b"\n")
SIGNS = st.sampled_from(
    [
        b": ", b"- ", b"[", b"]", b"{", b"}", b"&a ", b"*a", b"!x ", b"'", b'"', b"|", b">",
        b"\t", b"\x00", b"\xff", b"---\n", b"\n", b"not_recorded",
    ]
)


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("changing") / "site"
    shutil.copytree(SITE, site)
    return site


def record_or_problems(site: Path, path: str, raw: bytes) -> None:
    file = site / path
    before = file.read_bytes()
    file.write_bytes(raw)
    try:
        directory, problems = read_content(settings(site))
    finally:
        file.write_bytes(before)
    assert (directory is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "\n" not in str(problem)
        str(problem).encode("utf-8")


LEVEL_LINES = ["# child", "## Safety", "- Has no home", "  - needs: housing", "  - id: x", "  - deciding: no", "text", "", "#", "- "]

MANY = tries(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(st.binary(max_size=300))
@example(b"")
@example(b"---\n---")
@example(b"---\n- a\n- b\n---\n")
@example(b"---\nages: {also: [{}, [], x]}\nneeds: []\nsources: {a: b}\n---\n")
def test_any_bytes_as_a_profile_give_problems_or_a_record(changing: Path, raw: bytes) -> None:
    record_or_problems(changing, FAMILY_HELP, raw)


@MANY
@given(st.integers(0, len(RAW)), SIGNS, st.integers(0, 6))
def test_a_slip_of_the_hand_in_a_profile_gives_problems_or_a_record(changing: Path, place: int, sign: bytes, lost: int) -> None:
    record_or_problems(changing, FAMILY_HELP, RAW[:place] + sign + RAW[place + lost :])


@MANY
@given(st.lists(st.sampled_from(LINES), max_size=60))
def test_the_lines_of_a_profile_in_any_order_give_problems_or_a_record(changing: Path, lines: list[bytes]) -> None:
    record_or_problems(changing, FAMILY_HELP, b"---\n" + b"\n".join(lines) + b"\n---\n")


@MANY
@given(
    st.sampled_from(["content/site.yaml", "content/needs.yaml", "pathways.yaml", "content/thresholds/northshire-2020/scheme.yaml"]),
    st.recursive(st.sampled_from(["x", "1", "not_recorded"]), lambda inner: st.lists(inner, max_size=3), max_leaves=6),
    st.data(),
)
def test_a_value_of_any_shape_gives_problems_or_a_record(changing: Path, path: str, value: object, data: st.DataObject) -> None:
    lines = (changing / path).read_text(encoding="utf-8").split("\n")
    fields = [number for number, line in enumerate(lines) if ": " in line and "{" not in line]
    number = data.draw(st.sampled_from(fields))
    name = lines[number].partition(": ")[0]
    lines[number] = f"{name}: {str(value).replace(chr(39), '')}"
    record_or_problems(changing, path, "\n".join(lines).encode())


@MANY
@given(st.lists(st.sampled_from(LEVEL_LINES)))
def test_the_lines_of_a_level_in_any_order_give_problems_or_descriptors(lines: list[str]) -> None:
    descriptors, problems = read_descriptors("\n".join(lines), 10, "f", 4, ["child"])
    assert len(descriptors) == lines.count("- Has no home")
    assert all(10 <= problem.line < 10 + max(len(lines), 1) for problem in problems)


# ---- the small parts ----


def test_a_value_that_names_other_content_is_found_wherever_it_stands() -> None:
    data = {
        "needs": {"main": ["housing", ["x"]], "also": "not a list"},
        "ages": {"also": [{"needs": ["send"]}, "x"]},
        "programmes": "not_recorded",
        "reached_by": [{"gateway": "caf"}, {"gateway": "not_recorded"}],
    }
    assert list(references(Service, data)) == [
        ("need", "send", ("ages", "also", 0, "needs", 0)),
        ("need", "housing", ("needs", "main", 0)),
        ("gateway", "caf", ("reached_by", 0, "gateway")),
    ]
    assert list(references(Ages, "text")) == []


def test_not_recorded_values_are_taken_out_with_their_places() -> None:
    assert drop_not_recorded({"a": "not_recorded", "b": [{"c": "not_recorded", "d": "x"}]}) == (
        {"b": [{"d": "x"}]}, [("a",), ("b", 0, "c")],
    )


def test_what_may_stand_under_a_descriptor_are_fields_of_a_descriptor() -> None:
    assert set(ATTRIBUTES) <= set(Descriptor.model_fields)


def test_a_descriptor_is_named_by_its_first_words() -> None:
    assert slug("Mother's health — badly/often  neglected (see level 4) again") == "mothers-health-badly-often-neglected-see-level"


def test_a_descriptor_knows_the_place_of_each_of_its_words() -> None:
    descriptors, problems = read_descriptors("# child\n## H\n- A home\n  - needs: a,  b", 5, "f", 1, None)
    assert problems == []
    assert [descriptors[0].place(loc) for loc in ((), ("needs", 0), ("needs", 1))] == [(7, 3), (8, 12), (8, 16)]
    assert isinstance(descriptors[0], Fields)


@pytest.mark.parametrize(
    ("word", "allowed", "words"),
    [
        ("stauts", ["status", "summary"], "; did you mean 'status'?"),
        ("STATUS", ["status", "summary"], "; did you mean 'status'?"),
        ("colour", ["status", "summary"], "; allowed: status, summary"),
        ("colour", [], ""),
        ("colour", [str(n) for n in range(41)], ""),
        ("s" * 100_000, ["status"], "; allowed: status"),
    ],
)
def test_a_wrong_word_is_met_with_the_nearest_right_one(word: str, allowed: list[str], words: str) -> None:
    assert nearest(word, allowed) == words


def test_no_word_is_near_to_an_empty_name() -> None:
    assert nearest_name("", ["", "a"]) == ""


def test_a_long_wrong_value_is_shown_short_and_on_one_line() -> None:
    assert shown("two\nlines") == "'two lines'"
    assert len(shown("x" * 1000)) == LONGEST_SHOWN + 2


def test_a_problem_prints_as_place_field_and_words() -> None:
    assert str(Problem("a.md", 3, 7, "ages.from", "is wrong")) == "a.md:3:7: ages.from: is wrong"
    assert str(Problem("a.md", 1, 1, "", "is odd", "finding")) == "a.md:1:1: (finding) is odd"


def test_an_error_of_the_content_counts_its_problems_and_leaves_findings_out() -> None:
    wrong, odd = Problem("a.md", 1, 1, "", "is wrong"), Problem("a.md", 1, 1, "", "is odd", "finding")
    assert str(ContentError([wrong, odd])) == "1 problem in the content"
    assert str(ContentError([wrong, wrong])) == "2 problems in the content"
    assert ContentError([wrong, odd]).problems == [wrong, odd]


# ---- findings: what an owner should know of, and what does not stop a build ----


def findings(site: Path) -> list[str]:
    directory, problems = read_content(settings(site))
    assert directory is not None
    assert {problem.severity for problem in problems} <= {"finding"}
    return list(map(str, problems))


def test_a_stage_that_steps_up_and_never_down_is_a_finding(site: Path) -> None:
    down = "      - {from: early-help, to: self, kind: step-down, sources: [{document: northshire-review, section: \"5.2\"}]}\n"
    replace(site / "pathways.yaml", down, "")
    assert findings(site) == [
        "pathways.yaml:49:15: (finding) areas.northshire.steps.2.kind: 'early-help' steps up here, and no step down from it is given"
    ]


def test_a_stage_without_a_way_in_is_a_finding_and_so_is_a_service_behind_it(site: Path) -> None:
    text = (site / "pathways.yaml").read_text(encoding="utf-8")
    (site / "pathways.yaml").write_text(text[: text.rindex("    steps:")], encoding="utf-8")
    assert findings(site) == [
        "content/services/southtown/family-workers.md:14:3: (finding) reached_by: no journey comes to 'youth-panel'",
        "pathways.yaml:72:13: (finding) areas.southtown.gateways.2.id: 'youth-panel': no step leads here, and no journey begins here",
    ]


def test_stages_that_only_lead_to_each_other_are_a_finding(site: Path) -> None:
    replace(
        site / "pathways.yaml",
        "      - from: front-door\n        to: youth-panel\n        kind: refer\n",
        "      - from: youth-panel\n        to: plan\n        kind: refer\n        sources: [{document: southtown-paper, section: \"3\"}]\n"
        "      - from: plan\n        to: youth-panel\n        kind: refer\n",
    )
    replace(
        site / "pathways.yaml",
        "      - id: youth-panel\n",
        "      - {id: plan, name: Plan, kind: plan, what: A plan., sources: [{document: southtown-paper, section: \"3\"}]}\n"
        "      - id: youth-panel\n",
    )
    assert [line.split("(finding) ")[1] for line in findings(site)] == [
        "reached_by: no journey comes to 'youth-panel'",
        "areas.southtown.gateways.2.id: 'plan': comes only after stages that no step leads to",
        "areas.southtown.gateways.3.id: 'youth-panel': comes only after stages that no step leads to",
    ]
