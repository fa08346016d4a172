"""The Chromium of this machine: where it is, and how it is started so that it keeps to itself."""

from __future__ import annotations

import shutil

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SAFE_AND_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
NONE_HERE = "no Chromium here; on Debian or Ubuntu: sudo apt install chromium-headless-shell"


def find_browser() -> str | None:
    """The path of the first Chromium that is installed, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
