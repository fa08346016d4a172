"""The commands as a person or another program runs them, on a copy of the small site."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import __version__
from app.cli import windscreen
from app.model import date_in_words
from app.settings import MAX_QUESTION

SITE = Path(__file__).parent / "site"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small site that the commands work on."""
    root = tmp_path / "site"
    shutil.copytree(SITE, root)
    monkeypatch.setenv("WINDSCREEN_ROOT", str(root))
    monkeypatch.setenv("WINDSCREEN_BUILD", str(tmp_path / "build"))
    return root


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(windscreen, words, input=stdin)


def a_service(site: Path) -> Path:
    return sorted((site / "content" / "services").glob("*/*.md"))[0]


def break_it(site: Path) -> None:
    file = a_service(site)
    file.write_text(file.read_text(encoding="utf-8").replace("status:", "statuss:", 1), encoding="utf-8")


def test_check_says_that_good_content_is_good_and_how_much_there_is(site: Path) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "The content is good: 7 services" in result.output


def test_check_tells_every_problem_with_its_place_and_fails(site: Path) -> None:
    break_it(site)
    result = run("check")
    assert result.exit_code == 1
    place = a_service(site).relative_to(site).as_posix()
    assert f"{place}:" in result.output
    assert "statuss: is not a known field; did you mean 'status'?" in result.output
    assert "Error: 1 problem to mend" in result.output


def test_check_makes_no_build(site: Path, tmp_path: Path) -> None:
    run("check")
    assert not (tmp_path / "build").exists()


def test_build_makes_store_index_and_manifest(site: Path, tmp_path: Path) -> None:
    result = run("build")
    assert result.exit_code == 0, result.output
    assert "7 services" in result.output
    assert {"directory.db", "index", "manifest.json"} <= {path.name for path in (tmp_path / "build").iterdir()}


def test_build_writes_nothing_when_the_content_has_a_problem(site: Path, tmp_path: Path) -> None:
    break_it(site)
    result = run("build")
    assert result.exit_code == 1
    assert "statuss" in result.output
    assert not (tmp_path / "build").exists()


def test_ask_prints_an_answer_a_person_can_read(site: Path) -> None:
    result = run("ask", "domestic abuse, age 14, level 3")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0].startswith("Understood: level 3, age 14, domestic abuse")
    assert max(len(line) for line in lines) <= 88
    assert "!! " in result.output
    assert "Specific to domestic abuse" in result.output


def test_a_descriptor_stands_with_its_level_its_domain_and_its_heading(site: Path) -> None:
    by_theme = " ".join(run("ask", "domestic abuse").output.split())
    assert "Level 3 Has witnessed domestic abuse (The child: Safety)" in by_theme
    by_word = " ".join(run("ask", "prison").output.split())
    assert "Level 4 Parent in prison (The family: Home)" in by_word


def test_words_may_stand_without_quotes(site: Path) -> None:
    assert run("ask", "level", "3", "domestic", "abuse").output == run("ask", "level 3 domestic abuse").output


def test_ask_json_prints_exactly_one_object_with_the_promised_keys(site: Path) -> None:
    result = run("ask", "--json", "level 3, age 14, domestic abuse")
    answer = json.loads(result.stdout)
    assert {
        "question", "address", "alert", "sentence", "groups", "descriptors", "gateways", "alongside", "step_up", "step_down",
    } <= set(answer)
    assert {"levels", "ages", "needs", "area", "words", "choices", "not_used"} <= set(answer["question"])
    assert answer["question"]["levels"] == [3]
    assert answer["question"]["ages"] == [14]
    first = answer["groups"][0]
    assert {"id", "heading", "services"} <= set(first)
    assert {"id", "area", "name", "reason", "age_class", "levels", "need_strength", "reached_by"} <= set(first["services"][0])


def test_a_file_of_questions_gives_one_json_object_a_line_and_an_error_for_an_empty_line(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text("level 3 domestic abuse\n\n14\n" + "x" * (MAX_QUESTION + 1) + "\n", encoding="utf-8")
    lines = run("ask", "--file", str(file)).stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    assert [next(iter(answer)) for answer in answers] == ["question", "error", "question", "error"]
    assert answers[1]["error"] == "the line is empty"
    assert "1,001 characters" in answers[3]["error"]


def test_questions_can_come_from_standard_input(site: Path) -> None:
    answer = json.loads(run("ask", "--file", "-", stdin="age 14\n").stdout)
    assert answer["question"]["ages"] == [14]


def test_area_decides_whose_services_are_shown(site: Path) -> None:
    areas = [area["id"] for area in _areas(site)]
    for area in areas:
        answer = json.loads(run("ask", "--json", "--area", area, "level 2").stdout)
        assert answer["question"]["area"] == area
        assert {service["area"] for group in answer["groups"] for service in group["services"]} <= {area}


def _areas(site: Path) -> list[dict[str, str]]:
    from app.loading import read_content
    from app.settings import settings

    directory, _ = read_content(settings(site))
    assert directory is not None
    return [{"id": area.id} for area in directory.site.areas]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ask",), "nothing was asked"),
        (("ask", "   "), "nothing was asked"),
        (("ask", "--area", "atlantis", "14"), "'atlantis' is not an area here; the areas are"),
        (("ask", "--file", "-", "14"), "give words or --file, not both"),
        (("ask", "x" * 1001), "has 1,001 characters; at most 1,000 are read"),
        (("ask", "--file", "no-such-file.txt"), "no-such-file.txt"),
        (("serve", "--port", "70000"), "70000 is not in the range"),
        (("fly",), "No such command 'fly'"),
    ],
)
def test_a_wrong_call_is_answered_with_a_sentence(site: Path, words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


def test_asking_while_the_content_is_broken_answers_from_the_last_good_build_and_says_so(site: Path) -> None:
    assert run("build").exit_code == 0
    break_it(site)
    result = run("ask", "domestic abuse")
    assert result.exit_code == 0
    assert "this comes from the last good build" in result.stderr
    assert "Specific to domestic abuse" in result.stdout


def test_asking_broken_content_that_was_never_built_tells_the_problems(site: Path) -> None:
    break_it(site)
    result = run("ask", "domestic abuse")
    assert result.exit_code == 1
    assert "statuss" in result.output
    assert "mend what is said above" in result.output


def test_a_question_that_nothing_here_knows_says_so_and_fails(site: Path) -> None:
    result = run("ask", "qwxzy")
    assert result.exit_code == 1
    assert "Not used: qwxzy" in result.output


def test_a_wrong_setting_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDSCREEN_PORT", "http")
    result = run("check")
    assert result.exit_code == 1
    assert "WINDSCREEN_PORT is 'http'; it must be a number from 0 to 65535" in result.output


def test_a_root_that_is_no_folder_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WINDSCREEN_ROOT", str(tmp_path / "nowhere"))
    result = run("ask", "14")
    assert result.exit_code == 1
    assert "is not a folder" in result.output


def test_the_version_is_told() -> None:
    assert __version__ in run("--version").output


def test_manual_prints_what_stands_in_the_docs() -> None:
    docs = Path(__file__).parent.parent / "docs" / "content.md"
    assert run("manual").output == docs.read_text(encoding="utf-8")


def test_the_commands_answer_as_the_audience_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {audience: run("--audience", audience, "gaps", "spend").output for audience in ("public", "practitioner")}
    assert "£" in told["practitioner"]
    assert "£" not in told["public"]
    assert "Budgets are not shown to this audience." in told["public"]
    monkeypatch.setenv("WINDSCREEN_AUDIENCE", "public")
    assert run("gaps", "spend").output == told["public"]
    assert "is not one of 'public', 'practitioner', 'commissioner'" in run("--audience", "staff", "ask", "x").output


def test_what_is_due_to_be_checked_again_is_said_once_below_the_names(site: Path) -> None:
    def told(*words: str) -> str:
        return " ".join(run(*words, "--area", "northshire").output.split())

    assert "(as at 15 February 2020). [Both are overdue for review.]" in told("ask", "parenting, level 2")
    overdue = "Safe at Home. Last checked: not recorded. The source is of March 2020. Overdue for review."
    assert told("route", "self", "safe-at-home").endswith(overdue)
    help_ = site / "content/services/northshire/family-help.md"
    text = help_.read_text(encoding="utf-8").replace("as_at: 2020-03\n", f"as_at: 2020-03\nchecked_on: {date.today()}\n")
    help_.write_text(text.replace("  as_at: 2020-02-15\n", ""), encoding="utf-8")
    assert "[Overdue for review: Health Visiting.]" in told("ask", "parenting, level 2")
    fresh = f"Family Help. Last checked {date_in_words(date.today().isoformat())}. The source is of March 2020."
    assert told("route", "school", "family-help").endswith(fresh)
