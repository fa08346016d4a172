"""Two folders of content to edit, and a git repository to keep revisions in."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import windscreen

SITE = Path(__file__).parent.parent / "site"

WHO = ["-c", "user.name=Keeper", "-c", "user.email=keeper@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"]


def change(root: Path, file: str, *pairs: tuple[str, str]) -> None:
    """Replace words in a file of a site."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The small site as it was."""
    shutil.copytree(SITE, tmp_path / "old")
    return tmp_path / "old"


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site as it is now: the commands work on it."""
    shutil.copytree(SITE, tmp_path / "new")
    monkeypatch.setenv("WINDSCREEN_ROOT", str(tmp_path / "new"))
    monkeypatch.setenv("WINDSCREEN_BUILD", str(tmp_path / "build"))
    return tmp_path / "new"


@pytest.fixture
def run() -> Callable[..., Result]:
    """Run a command as a person does."""
    return lambda *words: CliRunner().invoke(windscreen, [str(word) for word in words])


@pytest.fixture
def git(new: Path) -> Callable[..., str]:
    """Run git in the site that is now."""

    def run_git(*words: str) -> str:
        done = subprocess.run(["git", *WHO, *words], cwd=new, check=True, capture_output=True, text=True)
        return done.stdout

    run_git("init", "--quiet", "--initial-branch=main")
    run_git("add", "--all")
    run_git("commit", "--quiet", "--message=First")
    return run_git
