"""Levels: every kind of page and its twin on the shipped content, and what is worked out behind them."""

from __future__ import annotations

import sys
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.levels import Levels, Shown, board, boundary, in_order, ladder, note, themes, windscreen_svg
from app.levels.note import Choice
from app.model import Directory
from bench.measuring import table, timed

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ROUNDS = 154
"""Twice the themes of the shipped vocabulary, so that each page that goes through all of them meets the longest at least twice."""


def levels_tables(directory: Directory, client: FlaskClient) -> str:
    """Both tables: whole pages, and the work behind them."""
    levels = Levels(directory)
    if levels.default is None:
        return "\nLevels: no threshold scheme is recorded, so nothing is measured."
    shown = levels.shown(levels.default)
    return f"{_pages(shown, client)}\n{_work(shown)}"


def _pages(shown: Shown, client: FlaskClient) -> str:
    """Whole pages through Flask; where there are many of a kind, each in turn."""
    local = shown.local
    ids, needs = [one.id for one in local.descriptors], [need.id for need in local.directory.vocabulary.needs]
    busiest = max(needs, key=lambda need: len(local.of_need[need]))
    ticked = urlencode([("seen", name) for name in ids[:: len(ids) // 8]])
    kinds = {
        "/levels": ["/levels"],
        "each level": [f"/levels/{level.number}" for level in local.levels],
        "each level, data": [f"/levels/{level.number}.json" for level in local.levels],
        "the poster": ["/levels/poster"],
        "what nothing answers": ["/levels/unanswered"],
        "what nothing answers, data": ["/levels/unanswered.json"],
        "the list of themes": ["/themes"],
        f"each of {len(needs)} themes": [f"/themes/{need}" for need in needs],
        f"the theme with the most descriptors: {busiest}": [f"/themes/{busiest}"],
        f"each of {len(needs)} themes, data": [f"/themes/{need}.json" for need in needs],
        f"each of {len(ids)} descriptors": [f"/descriptors/{name}" for name in ids],
        "compare, the first choice": ["/compare"],
        "compare, each theme": [f"/compare?need={need}" for need in needs],
        "a note of 8 ticks": [f"/compare?{ticked}"],
        f"a note of all {len(ids)}": [f"/compare?{urlencode([('seen', name) for name in ids])}"],
    }
    for path in (path for paths in kinds.values() for path in paths):
        answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}; nothing can be measured")
    turns = {name: cycle(paths) for name, paths in kinds.items()}
    rows = timed([(name, lambda turn=turn: client.get(next(turn)).get_data()) for name, turn in turns.items()], ROUNDS)  # type: ignore[misc]
    return table("Pages about levels (asked: each p95 under 15)", rows)


def _work(shown: Shown) -> str:
    """The work behind the pages, without what is worked out once and kept."""
    local = shown.local
    needs = cycle(local.directory.vocabulary.needs)
    everything = in_order(local, local.by_id)
    pairs = cycle(list(zip(local.levels, local.levels[1:], strict=False)))
    rows = timed(
        [
            ("the ladder of a theme", lambda: ladder(local, next(needs))),
            ("the list of themes, once a build", lambda: themes(local)),
            ("what differs between two levels, once a build", lambda: boundary(local, *next(pairs))),
            ("the windscreen drawn, once a build", lambda: windscreen_svg(shown.windscreen)),
            (f"a note of all {len(everything)} descriptors", lambda: note(local, everything)),
            ("the columns of a theme", lambda: board(local, Choice((next(needs).id,)))),
        ],
        60,
    )
    return table("The work behind the levels", rows)
