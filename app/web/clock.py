"""The day: the only place in the pages that asks the clock. Below here every rule is given the day."""

from __future__ import annotations

from datetime import date

from flask import current_app


def today() -> date:
    """The day of this machine; a test sets one of its own in `app.config["TODAY"]`."""
    fixed: date | None = current_app.config.get("TODAY")
    return fixed or date.today()
