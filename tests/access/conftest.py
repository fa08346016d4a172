"""The small made-up content, served to visitors of every audience."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.building import Opened, open_directory
from app.settings import Settings, settings
from app.web import create_app

SMALL = Path(__file__).parent.parent / "site"

Make = Callable[..., Flask]


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return replace(settings(SMALL), build=tmp_path_factory.mktemp("access") / "build", state_folder=tmp_path_factory.mktemp("access-state"))


@pytest.fixture(scope="session")
def small_opened(small_settings: Settings) -> Opened:
    return open_directory(small_settings)


@pytest.fixture
def make(small_settings: Settings, small_opened: Opened) -> Make:
    """Makes a site of the small content with other settings."""

    def made(**changed: Any) -> Flask:
        return create_app(replace(small_settings, **changed), small_opened)

    return made
