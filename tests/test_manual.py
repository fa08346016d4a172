"""The manual for owners of content says what the check does, and its examples are content that passes."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import app.model
from app.cli import windscreen
from app.loading import read_content
from app.loading.levels import read_descriptors
from app.loading.schema import hints_of
from app.manual import BY_PLACE, manual, schema_classes, title_of, value_in_words
from app.model import (
    AgeExtension,
    Directory,
    Example,
    Fact,
    Gateway,
    GlossaryTerm,
    Level,
    Need,
    Programme,
    Record,
    Scheme,
    Service,
    ServiceNeeds,
    Site,
    Vocabulary,
)
from app.settings import settings

ROOT = Path(__file__).parent.parent
SITE = Path(__file__).parent / "site"
FIELDS = [(cls, name) for cls in schema_classes() for name in cls.model_fields]


def test_the_page_in_docs_is_the_manual() -> None:
    page = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    assert page == manual(), "make it anew: python3 run.py manual > docs/content.md"


def test_the_command_prints_the_manual() -> None:
    result = CliRunner().invoke(windscreen, ["manual"])
    assert result.exit_code == 0
    assert result.output == manual()


@pytest.mark.parametrize(("cls", "name"), FIELDS, ids=[f"{cls.__name__}.{name}" for cls, name in FIELDS])
def test_every_field_is_described_in_a_sentence(cls: type[Record], name: str) -> None:
    description = cls.model_fields[name].description
    assert description, f"{cls.__name__}.{name} says nothing of itself"
    assert description[-1] in ".'", f"{cls.__name__}.{name}: {description}"


def test_every_kind_of_record_is_in_the_manual() -> None:
    records = {value for value in vars(app.model).values() if isinstance(value, type) and issubclass(value, Record)}
    assert records - set(schema_classes()) == {Record, Directory, Vocabulary}


def test_every_link_of_the_manual_leads_to_a_heading() -> None:
    text = manual()
    headings = {line.lstrip("# ").lower().replace(" ", "-") for line in text.split("\n") if line.startswith("#")}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= headings


def row(cls: type[Record], name: str) -> list[str]:
    """The cells of a field's row in the manual."""
    tables = manual().split("\n\n")
    table = next(part for before, part in pairwise(tables) if before.startswith(str(cls.__doc__)))
    line = next(line for line in table.split("\n") if line.startswith(f"| `{name}` |"))
    return [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize(
    ("cls", "name", "what", "given"),
    [
        (Service, "name", "text", "always"),
        (Service, "budget", "[budget](#budget)", "always, or `not_recorded`"),
        (Service, "levels", "list: level, 1 to 5", "always, or `not_recorded`"),
        (Service, "consent", "text", "if known"),
        (Service, "area", "area id", "by its place"),
        (Service, "related", "list: service id (`area/name`)", "if known"),
        (Service, "address_withheld", "`true` or `false`", "if known"),
        (Service, "as_at", "date", "always"),
        (ServiceNeeds, "main", "list: need id", "if known"),
        (AgeExtension, "from", "age, or `unborn`", "if known"),
        (Need, "alert", "`none` · `think` · `urgent` · `statutory` · `immediate`", "if it is not `none`"),
        (Need, "factors", "list: factor code", "if known"),
        (Example, "gateways", "list: `area/gateway`", "if known"),
        (Gateway, "id", "short name", "always"),
        (Site, "level_words", "lines of text: level, 1 to 5", "if known"),
        (GlossaryTerm, "meaning", "text", "if known"),
        (Fact, "value", "text", "always"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_a_field_says_what_it_takes_and_when_it_is_given(cls: type[Record], name: str, what: str, given: str) -> None:
    assert row(cls, name)[1:3] == [what, given]


def test_a_class_is_called_by_words() -> None:
    assert [title_of(cls) for cls in (Fact, AgeExtension, GlossaryTerm)] == ["Fact", "Age extension", "Glossary term"]


def test_a_type_that_the_manual_has_no_words_for_fails_when_it_is_made() -> None:
    with pytest.raises(TypeError, match="no words for <class 'bytes'>"):
        value_in_words(bytes)
    assert value_in_words(hints_of(Fact)["what"]) == "text"


FILES: dict[type[Record], str] = {
    Service: "content/services/northshire/family-help.md",
    Programme: "content/programmes/calm-parenting.md",
    Example: "content/examples/westport.md",
    Level: "content/thresholds/northshire-2020/level-3.md",
    Scheme: "content/thresholds/northshire-2020/scheme.yaml",
}
SET = [(cls, name) for cls in FILES for name in sorted(BY_PLACE[cls])]


@pytest.mark.parametrize(("cls", "name"), SET, ids=[f"{cls.__name__}.{name}" for cls, name in SET])
def test_what_follows_from_a_file_s_place_is_refused_in_the_file(tmp_path: Path, cls: type[Record], name: str) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    file = tmp_path / "site" / FILES[cls]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: ", f"{name}: x\nname: ", 1), encoding="utf-8")
    _, problems = read_content(settings(tmp_path / "site"))
    assert [(problem.field, problem.words) for problem in problems] == [(name, "is set from the file's place and name; leave it out")]


def examples(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", manual())


def test_the_manual_s_profile_can_be_copied_into_the_real_content(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "pathways.yaml", tmp_path / "pathways.yaml")
    profile, _ = examples("markdown")
    (tmp_path / "content/services/warwickshire/example-family-help.md").write_text(profile, encoding="utf-8")
    directory, problems = read_content(settings(tmp_path))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert directory is not None
    assert directory.service_by_id["warwickshire/example-family-help"].name == "Example Family Help"


def test_the_manual_s_descriptors_are_descriptors() -> None:
    _, level = examples("markdown")
    descriptors, problems = read_descriptors(level, 1, "f", 3, ["child"])
    assert problems == []
    assert [descriptor.data["text"] for descriptor in descriptors] == ["Has witnessed domestic abuse"]


def test_the_manual_s_pathway_is_a_pathway(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (pathways,) = examples("yaml")
    (tmp_path / "pathways.yaml").write_text(pathways, encoding="utf-8")
    _, problems = read_content(settings(tmp_path))
    assert [str(problem) for problem in problems if problem.path == "pathways.yaml"] == []
    assert {problem.words.split(";")[0].split("'")[0] for problem in problems} <= {"unknown gateway ", "unknown stage ", "broken link "}


def test_the_manual_s_problem_is_told_in_those_words() -> None:
    (problem,) = examples("text")
    fault = (Path(__file__).parent / "faults" / "word-not-allowed.txt").read_text(encoding="utf-8")
    words = problem.split(": ", 1)[1].removesuffix("...\n")
    assert words in fault
