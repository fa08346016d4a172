"""The real content, and a small made-up one, as sites to visit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.building import Opened, open_directory
from app.model import Directory
from app.settings import Settings, settings
from app.web import create_app

from .inspector import Visitor

SMALL = Path(__file__).parent.parent / "site"


@pytest.fixture(scope="session")
def real_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A copy of the shipped content, so that nobody's edits turn up in the middle of a test."""
    root, shipped = tmp_path_factory.mktemp("real"), settings()
    shutil.copytree(shipped.content, root / "content")
    shutil.copy(shipped.pathways, root)
    return replace(settings(root), build=root / "build")


@pytest.fixture(scope="session")
def real_opened(real_settings: Settings) -> Opened:
    return open_directory(real_settings)


@pytest.fixture(scope="session")
def real(real_settings: Settings, real_opened: Opened) -> Visitor:
    """The shipped content."""
    return Visitor(create_app(real_settings, real_opened), remember=True)


@pytest.fixture(scope="session")
def directory(real_opened: Opened) -> Directory:
    return real_opened.directory


@pytest.fixture(scope="session")
def small_opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    return open_directory(replace(settings(SMALL), build=tmp_path_factory.mktemp("small") / "build"))


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = tmp_path_factory.mktemp("small-app")
    return replace(settings(SMALL), build=made / "build", state_folder=made / "state")


@pytest.fixture(scope="session")
def small(small_settings: Settings, small_opened: Opened) -> Visitor:
    """The small made-up content."""
    return Visitor(create_app(small_settings, small_opened), remember=True)


@pytest.fixture
def own_app(small_settings: Settings, small_opened: Opened) -> Callable[[], Flask]:
    """Makes a site that a test may change."""
    return lambda: create_app(small_settings, small_opened)


@pytest.fixture
def own_folder(tmp_path: Path) -> Settings:
    """A copy of the small content that a test may edit."""
    shutil.copytree(SMALL, tmp_path / "site")
    return replace(settings(tmp_path / "site"), build=tmp_path / "build")
