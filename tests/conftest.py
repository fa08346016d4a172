"""What every test may use."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from pictures.browser import NONE_HERE, SAFE_AND_QUIET, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IN_CI = os.environ.get("CI") == "true"
WAITED = 30_000
"""How long a page may need, in milliseconds, until it shows what a test expects: a busy machine is no fault of the site."""

# Dozens of tests start the program in a process of its own: compiling all of it each time would take a minute in all.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell lets what it starts in the background ignore Ctrl-C, and every program that a test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine, started once; without one its tests are skipped, but in CI they fail."""
    program = find_browser()
    if program is None:
        pytest.fail(NONE_HERE) if IN_CI else pytest.skip(NONE_HERE)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=WAITED)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SAFE_AND_QUIET)
        yield chromium
        chromium.close()
