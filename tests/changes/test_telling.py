"""What changed, as it is printed: each edit of the content and the sentence it makes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from .conftest import change

HELP = "content/services/northshire/family-help.md"
LEVEL = "content/thresholds/northshire-2020/level-2.md"

Run = Callable[..., Result]


def told(run: Run, old: Path, new: Path) -> str:
    result = run("changes", old, new)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_no_difference_is_said(old: Path, new: Path, run: Run) -> None:
    assert told(run, old, new) == (
        "From the folder old to the folder new: No service, stage, step, level or descriptor is different.\n"
    )


EDITS = {
    "ages": (HELP, "text: 0–18", "text: 0–19", "  Family Help (Northshire): ages were ‘0–18’, now ‘0–19’."),
    "a number of an age": (HELP, "  to: 18", "  to: 19", "  Family Help (Northshire): ages (oldest age) was 18, now 19."),
    "levels": (HELP, "levels: [2, 3]", "levels: [3]", "  Family Help (Northshire): levels: taken out 2."),
    "a sum": (HELP, "£487,000", "£500,000", "  Family Help (Northshire): budget (sum) was 487,000, now 500,000."),
    "a need": (
        HELP, "also: [behaviour]", "also: [behaviour, domestic-abuse]",
        "  Family Help (Northshire): what it is for (also): added ‘Domestic abuse’.",
    ),
    "what is not recorded any more": (
        HELP, "who_can_refer: Anybody who works with the family.", "who_can_refer: not_recorded",
        "  Family Help (Northshire): who can refer was ‘Anybody who works with the family.’, now not recorded.",
    ),
    "what is recorded now": (
        HELP, "contact: not_recorded", "contact: {role: Duty worker, telephone: 01632 960009}",
        "  Family Help (Northshire): contact is now recorded.",
    ),
    "the text": (HELP, "A worker visits for ten", "A worker visits for nine", "  Family Help (Northshire): text was rewritten."),
    "a check": (HELP, "as_at: 2020-03", "as_at: 2020-03\nchecked_on: 2020-06-20", "  Family Help (Northshire): checked on 20 June 2020."),
    "an end": (HELP, "status: running", "status: ended", "  Family Help (Northshire) has ended."),
    "a number to ring": (
        "content/site.yaml", "01632 960001", "01632 960002",
        "  The area Northshire: front door (telephone) was ‘01632 960001’, now ‘01632 960002’.",
    ),
    "a stage": (
        "pathways.yaml", "consent: The parents agree.", "consent: One parent agrees.",
        "  The stage Early help assessment (Northshire): consent was ‘The parents agree.’, now ‘One parent agrees.’.",
    ),
    "a condition of a step": (
        "pathways.yaml", "condition: The family needs one more service", "condition: The family needs two more services",
        "  The referral from School to Early help assessment (Northshire): condition was ‘The family needs one more service’, "
        "now ‘The family needs two more services’.",
    ),
    "a kind of step": (
        "pathways.yaml", "to: front-door\n        kind: step-up", "to: front-door\n        kind: refer",
        "  The referral from Early help assessment to Front door (Northshire): kind was ‘step-up’, now ‘refer’.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=list(EDITS))
def test_an_edit_is_told_in_a_sentence(old: Path, new: Path, run: Run, edit: tuple[str, str, str, str]) -> None:
    file, before, after, sentence = edit
    change(new, file, (before, after))
    assert sentence in told(run, old, new).splitlines()


def test_a_service_that_came_and_one_that_went(old: Path, new: Path, run: Run) -> None:
    youth = new / "content/services/southtown/youth-team.md"
    text = youth.read_text(encoding="utf-8")
    youth.unlink()
    for file in new.rglob("*.md"):
        file.write_text(file.read_text(encoding="utf-8").replace("(/services/southtown/youth-team)", "(/services)"), encoding="utf-8")
    new_name = text.replace("name: ", "name: Second ", 1).replace("summary: ", "summary: A new ", 1)
    (new / "content/services/southtown/night-team.md").write_text(new_name, encoding="utf-8")
    lines = told(run, old, new).splitlines()
    assert any(line.endswith("(Southtown) was added.") and "Second" in line for line in lines)
    assert any(line.endswith("(Southtown) is no longer in the directory.") for line in lines)


def test_a_file_with_another_name_has_moved_and_its_edits_are_told_with_it(old: Path, new: Path, run: Run) -> None:
    folder = new / "content/services/northshire"
    (folder / "family-help.md").rename(folder / "help-at-home.md")
    change(new, "content/services/northshire/help-at-home.md", ("levels: [2, 3]", "levels: [3]"))
    for file in [*new.rglob("*.md"), new / "pathways.yaml"]:
        file.write_text(file.read_text(encoding="utf-8").replace("northshire/family-help", "northshire/help-at-home"), encoding="utf-8")
    assert (
        "  Family Help (Northshire): its address changed: it was ‘northshire/family-help’, now ‘northshire/help-at-home’; "
        "levels: taken out 2."
    ) in told(run, old, new).splitlines()


def test_two_that_could_each_be_the_one_are_not_said_to_have_moved(old: Path, new: Path, run: Run) -> None:
    folder = new / "content/services/northshire"
    text = (folder / "advice-line.md").read_text(encoding="utf-8")
    (folder / "advice-line.md").unlink()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(text.replace("name: ", f"name: {name} ", 1), encoding="utf-8")
    printed = told(run, old, new)
    assert "its address changed" not in printed
    assert printed.count("was added.") == 2


def test_a_descriptor_that_went_to_another_level_is_known_again(old: Path, new: Path, run: Run) -> None:
    text = (new / LEVEL).read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("- "))
    rest = text[text.index(line) + len(line) + 1 :]
    block = [line]
    for each in rest.splitlines():
        if not each.startswith("  "):
            break
        block.append(each)
    heading = [each for each in text[: text.index(line)].splitlines() if each.startswith(("# ", "## "))][-2:]
    (new / LEVEL).write_text(text.replace("\n".join(block) + "\n", "", 1), encoding="utf-8")
    other = new / LEVEL.replace("level-2", "level-3")
    with other.open("a", encoding="utf-8") as file:
        file.write("\n" + "\n\n".join([*heading, "\n".join(block)]) + "\n")
    printed = told(run, old, new)
    assert f"The descriptor ‘{line[2:]}’ (level 3, " in printed
    assert "it moved from level 2 to level 3" in printed


def test_what_is_not_told_one_by_one_is_counted(old: Path, new: Path, run: Run) -> None:
    change(new, "content/site.yaml", ("Nothing here is real.", "Nothing at all here is real."))
    assert "Also different: 1 setting of the site." in told(run, old, new)


def test_the_json_holds_the_same_sentences(old: Path, new: Path, run: Run) -> None:
    change(new, HELP, ("text: 0–18", "text: 0–19"))
    data = json.loads(run("changes", old, new, "--json").stdout)
    assert data["old"] == "the folder old"
    assert [(each["kind"], each["id"], each["change"], each["words"], each["address"]) for each in data["changes"]] == [
        ("service", "northshire/family-help", "altered", "Family Help (Northshire): ages were ‘0–18’, now ‘0–19’.",
         "/services/northshire/family-help"),
    ]  # fmt: skip
    assert data["problems"] == {"old": [], "new": []}


def test_problems_are_told_and_what_cannot_be_read_is_neither_added_nor_ended(old: Path, new: Path, run: Run) -> None:
    change(old, HELP, ("levels: [2, 3]", "levels: [2, 9]"))
    change(new, "content/services/northshire/safe-at-home.md", ("status: ", "statuss: "))
    result = run("changes", old, new)
    assert result.exit_code == 0
    assert "the folder old: content/services/northshire/family-help.md:" in result.stderr
    assert "the folder new: content/services/northshire/safe-at-home.md:" in result.stderr
    assert "was added" not in result.stdout
    assert "no longer" not in result.stdout
    assert (
        "Not compared, because it cannot be read on one side: the service northshire/family-help; the service northshire/safe-at-home."
    ) in result.stdout


def test_a_broken_step_leaves_the_steps_of_its_area_out(old: Path, new: Path, run: Run) -> None:
    change(old, "pathways.yaml", ("kind: step-up", "kind: upwards"))
    result = run("changes", old, new)
    assert "Not compared, because it cannot be read on one side: the steps of northshire." in result.stdout
    assert "was added" not in result.stdout


def test_content_whose_site_cannot_be_read_is_refused_with_its_problems(old: Path, new: Path, run: Run) -> None:
    (old / "content/site.yaml").write_text("title: [", encoding="utf-8")
    result = run("changes", old, new)
    assert result.exit_code == 1
    assert "The folder old cannot be compared, because its site.yaml cannot be read:" in result.stderr
    assert "content/site.yaml:" in result.stderr


@pytest.mark.parametrize("name", ["", "--output=x", "-h\n", "a\0b", "x" * 5000, "../..", "HEAD", "main; rm -rf"])
def test_a_name_that_is_no_version_gets_a_sentence(new: Path, run: Run, name: str) -> None:
    result = run("changes", "--", name)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output
    assert not result.exception or isinstance(result.exception, SystemExit)


def test_a_folder_without_content_says_what_a_folder_holds(new: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("changes", tmp_path / "empty")
    assert "is a folder without content; a folder to compare holds content/ and pathways.yaml" in result.stderr


def test_a_revision_is_read_without_touching_the_folder(new: Path, run: Run, git: Callable[..., str]) -> None:
    change(new, HELP, ("text: 0–18", "text: 0–19"))
    before = git("status", "--porcelain")
    result = run("changes", "HEAD")
    assert result.exit_code == 0, result.output
    assert "Family Help (Northshire): ages were ‘0–18’, now ‘0–19’." in result.stdout
    assert result.stdout.startswith("From revision ")
    assert "to the content as it is now: 1 altered." in result.stdout
    assert git("status", "--porcelain") == before


def test_two_revisions_and_a_tag(new: Path, run: Run, git: Callable[..., str]) -> None:
    git("tag", "first")
    shutil.rmtree(new / "content/examples")
    git("add", "--all")
    git("commit", "--quiet", "--message=Second")
    result = run("changes", "first", "HEAD")
    assert "Also different: 2 examples." in result.stdout


def test_a_revision_that_git_does_not_know_and_one_without_content(new: Path, run: Run, git: Callable[..., str]) -> None:
    assert "'nowhere' is neither a folder nor a git revision here" in run("changes", "nowhere").stderr
    git("rm", "-r", "--quiet", "--cached", "content")
    git("commit", "--quiet", "--message=No content")
    assert "The revision 'HEAD' holds no content here: it has no folder content/" in run("changes", "HEAD").stderr


def test_a_link_in_an_old_revision_leads_nowhere(new: Path, run: Run, git: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (new / "content/services/northshire/link.md").symlink_to(tmp_path / "secret.md")
    git("add", "--all")
    git("commit", "--quiet", "--message=Link")
    (new / "content/services/northshire/link.md").unlink()
    result = run("changes", "HEAD")
    assert "secret" not in result.output
    assert result.exit_code == 0


def test_without_git_there_is_a_sentence(new: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not on this machine; compare two folders instead" in run("changes", "HEAD").stderr
