"""What the repository holds and does not hold, and that its papers agree with one another."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-oidc.lock", "requirements-pdf.lock", "requirements-test.lock")
MADE = re.compile(r"^(build|\.venv|htmlcov)/|\.(db|sqlite3?|seg|toc|pyc|egg-info|whl)(/|$)|(^|/)__pycache__/")
OTHERS_CODE = re.compile(r"\.(woff2?|ttf|otf|eot)$|\.min\.(js|css)$|(^|/)(node_modules|vendor)/")
A_MACHINES_OWN = re.compile(r"(?<![\w.])/(?:work|root|home)/|\bindex[-]url\b|\bpy[p]i\.org\b|\bpython[h]osted\b|\bregistry\.npm[j]s\b")
AT_ONCE = re.compile(r"\bassert\b.*(\.(is_visible|is_hidden|is_checked|input_value|all_inner_texts)\(|\bpage\.(inner_text|url ==))")
LARGEST = 1_000_000


def tracked() -> list[str]:
    """The paths under version control, and those about to be."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sorted(path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file())


def project() -> dict[str, Any]:
    """`pyproject.toml`."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def plain(name: str) -> str:
    """A package's name as every list writes it: small letters, hyphens, no version."""
    return re.split(r"[=<>!~;\[ ]", name, maxsplit=1)[0].lower().replace("_", "-")


def pins(lock: str) -> dict[str, str]:
    """Each package of a lock file with the rest of its entry."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {plain(entry): entry for entry in re.split(r"\n(?=\S)", text.strip())}


def test_nothing_that_is_made_is_kept() -> None:
    assert [path for path in tracked() if MADE.search(path)] == []


def test_no_font_or_script_of_others_is_kept() -> None:
    assert [path for path in tracked() if OTHERS_CODE.search(path)] == []


def test_no_file_is_large() -> None:
    assert [path for path in tracked() if (ROOT / path).stat().st_size > LARGEST] == []


def test_no_file_knows_one_machines_paths_or_package_hosts() -> None:
    lines = [
        f"{path}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if A_MACHINES_OWN.search(line)
    ]
    assert lines == []


def test_tests_in_a_browser_wait_for_what_they_expect() -> None:
    """What a page shows while it is still coming is no fault, and no proof: `expect` waits, a bare assertion looks once."""
    hasty = [
        f"{path}:{number}: {line.strip()}"
        for path in tracked()
        if path.startswith("tests/")
        for number, line in enumerate((ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if AT_ONCE.search(line) and "re.compile" not in line
    ]
    assert hasty == []


def anywhere(entry: str) -> str:
    """An entry of a lock without the machines it is for."""
    return re.sub(r" ; [^\n]+?(?= \\\n)", "", entry)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_exact_version_with_hashes(lock: str) -> None:
    exact = re.compile(r"[\w.-]+==[\w.]+( ; [^\n]+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\\n)?)+$")
    assert [name for name, entry in pins(lock).items() if not exact.match(entry)] == []


def test_the_tests_run_with_the_very_packages_that_the_site_runs_with() -> None:
    core, with_oidc, with_pdf, with_tests = map(pins, LOCKS)
    pairs = [(core, with_oidc), (core, with_pdf), (with_oidc, with_tests), (with_pdf, with_tests)]
    for less, more in pairs:  # for which machines may differ: cryptography wants cffi everywhere
        assert {name: anywhere(more.get(name, "")) for name in less} == {name: anywhere(entry) for name, entry in less.items()}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    asked = project()["project"]
    assert {plain(name) for name in asked["dependencies"]} <= pins("requirements.lock").keys()
    for extra, lock in {"oidc": "requirements-oidc.lock", "pdf": "requirements-pdf.lock", "test": "requirements-test.lock"}.items():
        assert {plain(name) for name in asked["optional-dependencies"][extra]} <= pins(lock).keys()


def test_every_dependency_has_its_reason_in_the_manual() -> None:
    manual = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {plain(name) for name in re.findall(r"^\| `([^`]+)`", manual, flags=re.MULTILINE)}
    asked = project()["project"]
    assert explained == {plain(name) for name in [*asked["dependencies"], *chain(*asked["optional-dependencies"].values())]}


def test_ci_runs_the_two_commands_that_the_readme_promises() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 run.py test" in ci
    assert re.search(r"^ *python3 run\.py test\b", readme, flags=re.MULTILINE)
    assert re.search(r"^ *python3 run\.py *(#|$)", readme, flags=re.MULTILINE)


def test_run_py_and_the_project_name_the_same_pythons() -> None:
    assert project()["project"]["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in (ROOT / "run.py").read_text(encoding="utf-8")
