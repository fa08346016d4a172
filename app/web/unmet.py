"""Questions that found nothing fitting: counted where the deployment wants it, and published by closed periods."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date

from flask import Blueprint, Flask, Response, make_response, render_template, request

from app.gaps import to_csv
from app.matching import Answer
from app.model import Area, Directory
from app.problems import nearest
from app.question import AddressProblem
from app.state import StateProblem
from app.unmet import (
    OUTCOME_WORDS,
    RULES,
    Figures,
    Period,
    UnmetCounter,
    band_label,
    closed_periods,
    days_in_words,
    figures_of,
    kind_of,
    level_label,
    need_label,
    told,
    turned,
)
from app.web.keeping import Keeping, keeping
from app.web.state import State, current
from app.web.twins import address_problems_json, as_json
from app.web.words import shown

bp = Blueprint("unmet", __name__)

NO_PERSON = re.compile(
    r"bot|crawl|spider|slurp|headless|monitor|preview|scan|fetch|http|python|java/|perl|ruby|curl|wget|lighthouse|playwright|werkzeug", re.I
)
"""What programs call themselves; what does not call itself a browser at all is no person either."""

OFF = "Unmet questions are not counted on this site. Whoever runs it can switch it on; nothing was counted before that."
AWAY = "The place where counts are kept cannot be reached, so nothing can be shown now. It does not mean that nothing was counted."
TOO_EARLY = "No period is over yet, so there is nothing to publish. A period has thirteen weeks and is published a week after its end."

log = logging.getLogger("windscreen.state")


def init_app(app: Flask) -> None:
    """Begin to count, where the deployment wants it."""
    app.register_blueprint(bp)
    here: Keeping = app.extensions["windscreen-keeping"]
    state: State = app.extensions["windscreen"]
    if here.settings.counts_unmet:
        here.counter = UnmetCounter(here.kept, lambda: state.loaded.directory)
        here.counter.start()


def count(answer: Answer) -> None:
    """Count the question of an answer that a person was given; of no use to programs, so they are not counted."""
    counter = keeping().counter
    if counter is not None and is_person():
        kind = kind_of(answer, current().directory, date.today())
        if kind is not None:
            counter.count(kind)


def is_person() -> bool:
    """Whether a browser asks that is used by somebody, now: no program, and no page fetched in advance. Nothing of it is kept."""
    agent = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and agent.startswith("Mozilla/") and not NO_PERSON.search(agent) and "prefetch" not in ahead


class Asked:
    """Which area and period an address asks for; nothing else can be asked, so that no two figures can be set against each other."""

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory, self.problems = directory, list[AddressProblem]()
        self.periods = closed_periods(today)
        areas, periods = directory.area_by_id, {period.id: period for period in self.periods}
        self.area: Area = areas[self._one("area", areas) or directory.site.default_area]
        chosen = self._one("period", periods)
        self.period: Period | None = periods[chosen] if chosen else next(iter(self.periods), None)
        for part in request.args:
            if part not in ("area", "period"):
                self.problems.append(AddressProblem(shown(part), "", "is not a part of this question; the parts are area and period"))

    def _one(self, part: str, known: dict[str, Area] | dict[str, Period]) -> str:
        value = request.args.get(part, "")
        if value and value not in known:
            allowed = nearest(value, known) or "; none is published yet"
            self.problems.append(AddressProblem(part, shown(value), f"is not one that is published here{allowed}"))
            return ""
        return value

    def figures(self) -> Figures | None:
        """What is published; None when no period is over. Raises StateProblem.

        Figures are worked out for all audiences alike, from the whole content; of needs that this one may not see they are not shown.
        """
        counter = keeping().counter
        if counter is None or self.period is None:
            return None
        found = figures_of(counter.kept, counter.directory(), self.area, self.period)
        return replace(found, needs=tuple(line for line in found.needs if not line.need or line.need in self.directory.need_by_id))

    def twin(self, ending: str) -> str:
        """The same as data."""
        return f"/gaps/unmet{ending}?area={self.area.id}" + (f"&period={self.period.id}" if self.period else "")


def _answer() -> tuple[Asked, Figures | None, str, int]:
    """What is asked, what is published, why there is nothing, and the status of the response."""
    asked = Asked(current().directory, date.today())
    status = 400 if asked.problems else 200
    if keeping().counter is None:
        return asked, None, OFF, status
    try:
        figures = asked.figures()
    except StateProblem as problem:
        log.error("Figures cannot be shown: %s", problem)
        return asked, None, AWAY, 503
    return asked, figures, "" if figures else TOO_EARLY, status


@bp.get("/gaps/unmet")
def unmet() -> Response:
    """How often a question found something specific, only related help, only help through a parent, or nothing."""
    asked, figures, why_not, status = _answer()
    html = render_template(
        "unmet.html", asked=asked, figures=figures, why_not=why_not, rules=RULES, outcomes=list(OUTCOME_WORDS.items()),
        label=lambda name: need_label(name, asked.directory), level_label=level_label, band_label=band_label, told=told, turned=turned,
        days=days_in_words,
    )  # fmt: skip
    return make_response(html, status)


@bp.get("/gaps/unmet.json")
def unmet_json() -> Response:
    """The same figures for other programs."""
    asked, figures, why_not, status = _answer()
    found = figures.to_json(asked.directory) if figures else {"area": asked.area.id, "needs": None, "rules": list(RULES)}
    return as_json({**found, "note": why_not or None, "problems": address_problems_json(asked.problems)}, status)


@bp.get("/gaps/unmet.csv")
def unmet_csv() -> Response:
    """The same figures as a table, with their rules below it."""
    asked, figures, why_not, status = _answer()
    text = to_csv(figures.table(asked.directory), RULES) if figures and not asked.problems else None
    if text is None:
        words = "; ".join(f"{problem.part} {problem.value} {problem.words}" for problem in asked.problems) or why_not
        return Response(words + "\n", status=status, mimetype="text/plain")
    response = Response(text, status=status, mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=unmet-{asked.area.id}-{asked.period.id if asked.period else ''}.csv"
    return response
