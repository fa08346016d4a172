"""Published addresses are a promise: people have bookmarked them."""

from __future__ import annotations

from pathlib import Path

from .inspector import Visitor

PROMISED = Path(__file__).parent / "routes.txt"


def test_every_address_that_was_published_is_still_there_and_new_ones_are_written_down(real: Visitor) -> None:
    rules = {
        f"{method:<5}{rule.rule}" for rule in real.app.url_map.iter_rules() for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    promised = set(PROMISED.read_text(encoding="utf-8").splitlines())
    assert not promised - rules, "an address is gone: keep it, or let it lead on to its successor"
    assert not rules - promised, "an address is new: write it into routes.txt, for it must now stay"
