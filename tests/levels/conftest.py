"""The shipped levels, and the small site with a second scheme of five."""

from __future__ import annotations

import pytest
from golden.shipped import directory as shipped_directory

from app.levels import Levels, Shown
from app.loading import read_content
from app.model import Directory

from .made_up import with_five_levels


@pytest.fixture(scope="session")
def shipped() -> Directory:
    return shipped_directory()


@pytest.fixture(scope="session")
def levels(shipped: Directory) -> Levels:
    return Levels(shipped)


@pytest.fixture(scope="session")
def shown(levels: Levels) -> Shown:
    """The scheme of 2014, as Warwickshire uses it."""
    assert levels.default is not None
    return levels.shown(levels.default)


@pytest.fixture(scope="session")
def two_schemes(tmp_path_factory: pytest.TempPathFactory) -> Levels:
    directory, problems = read_content(with_five_levels(tmp_path_factory.mktemp("five")))
    assert directory is not None, "\n".join(map(str, problems))
    return Levels(directory)


@pytest.fixture(scope="session")
def five(two_schemes: Levels) -> Shown:
    """The made-up scheme with five levels, as Southtown uses it."""
    return two_schemes.shown(two_schemes.directory.scheme_by_id["southtown-2025"])
