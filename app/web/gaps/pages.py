"""Every question of `app.gaps` at its address, as a page and as data."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request

from app.gaps import QUESTIONS, Told, ask, to_csv
from app.web.clock import today
from app.web.gaps import what_if
from app.web.gaps.frame import Frame, mention, without_address
from app.web.state import current
from app.web.twins import as_json
from app.web.words import problem_words

bp = Blueprint("gaps", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _told(name: str, values: dict[str, list[str]]) -> Told:
    return ask(name, current().ground, values, today())


def _values() -> dict[str, list[str]]:
    return request.args.to_dict(flat=False)


def page(name: str) -> Response:
    """The answer as a page; fields left blank and the fields of the move are taken out of the address first."""
    values = _values()
    moved = what_if.with_move(values) if name == "what-if" else None
    told = _told(name, moved or values)
    blank = any(not value.strip() for given in values.values() for value in given)
    if (moved or blank) and not told.asked.problems:
        return make_response(redirect(told.address(), code=303))
    html = render_template(f"gaps/{name.replace('-', '_')}.html", told=told, frame=Frame(told), answer=told.answer)
    return make_response(html, 400 if told.asked.problems else 200)


def as_data(name: str) -> Response:
    """The answer for other programs."""
    told = _told(name, _values())
    return as_json(told.to_json(), 400 if told.asked.problems else 200)


def as_csv(name: str) -> Response:
    """One table of the answer with its rules below it: the first, or the one that `table` names."""
    values = _values()
    wanted = values.pop("table", [""])[0].strip()
    told = _told(name, values)
    table = told.table(wanted)
    if told.asked.problems or table is None:
        return _refused(told, wanted if table is None else "")
    text = "\ufeff" + to_csv(table, [*told.findings, *told.due, *told.rules, told.so_what, *_sources(told)])
    return _file(text, "text/csv", f"{told.asked.query.area}-{table.id}.csv")


def as_xlsx(name: str) -> Response:
    """Every table of the answer as a sheet, with a sheet of rules and sources."""
    told = _told(name, _values())
    if told.asked.problems:
        return _refused(told)
    return _file(told.to_xlsx(), XLSX, f"{told.asked.query.area}-{name}.xlsx")


def _sources(told: Told) -> list[str]:
    return [f"Source: {'; '.join(str(part) for part in row)}" for row in told.sources.rows]


def _refused(told: Told, table: str = "") -> Response:
    """What is wrong, as text: a file that left out a filter in silence would be read as the answer."""
    lines = [f"{problem_words(problem)}." for problem in told.asked.problems]
    if table:
        lines.append(f"There is no such table here; the tables are {', '.join(each.id for each in told.tables)}.")
    return Response("\n".join(lines) + "\n", status=400, mimetype="text/plain")


def _file(content: str | bytes, mimetype: str, name: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def _at(endpoint: str, path: str, answer: Callable[[str], Response], name: str) -> None:
    bp.add_url_rule(path, endpoint, lambda: answer(name), methods=["GET"])


for _question in QUESTIONS.values():
    for _ending, _answer in (("", page), (".json", as_data), (".csv", as_csv), (".xlsx", as_xlsx)):
        _at(f"{_question.id}{_ending.replace('.', '-')}", _question.path + _ending, _answer, _question.id)


bp.add_app_template_filter(mention, "mention")
bp.add_app_template_global(without_address, "without_address")
