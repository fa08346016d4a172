"""The first page, the question, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from app.answering import Answering
from app.journeys import Stage
from app.matching import Answer, StageAnswer
from app.model import OLDEST, UNBORN, Directory
from app.problems import nearest
from app.question import AddressProblem, Question, to_address
from app.settings import MAX_QUESTION
from app.web import pieces
from app.web.schemes import compare_address
from app.web.state import Loaded, current
from app.web.twins import address_problems_json, as_json
from app.web.unmet import count
from app.web.words import age_of_child, shown

bp = Blueprint("ask", __name__)

WRITE = "write a need, an age or a level, for example: level 3, age 14, domestic abuse"

FIELD_OF = {"level": "pick-level", "age": "pick-age", "need": "pick-need", "area": "pick-area", "question": "question"}
"""The form field that mends each part of an address."""

PARTS = {
    "levels": "level", "ages": "age", "needs": "need", "processes": "process", "gateways": "gateway", "services": "service",
    "programmes": "programme", "facts": "fact", "words": "word",
}  # fmt: skip
"""The parts of an address that hold what was asked."""

MAX_MEANT = 3
"""Not more unknown words than this are worth a "did you mean"."""


@dataclass(frozen=True)
class Form:
    """What the two forms are filled with: never with words that were typed."""

    area: str = ""
    level: str = ""
    age: str = ""
    need: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    asked: dict[str, str] = field(default_factory=dict)


@bp.get("/")
def home() -> str:
    """What this is, for whom, as at when; the box; the doors."""
    loaded = current()
    screen = loaded.levels.shown(loaded.levels.default).sign if loaded.levels.default else ""
    return render_template(
        "home.html", form=Form(), problems=[], themes=themes_of(loaded.directory), screen=screen, **choices_for(loaded)
    )


@bp.post("/ask")
def post_question() -> Response:
    """Words in, an address of ids out. The words live only as long as this request."""
    loaded = current()
    text, area = request.form.get("q", ""), request.form.get("area", "")
    problems = _problems_of_form(text, area, loaded.directory)
    if problems:
        return _ask_again(problems, Form(area=area if area in loaded.directory.area_by_id else ""))
    question = loaded.answering.read(text, area or None)
    if question.is_empty and not question.unused:
        return _ask_again([_nothing_in_it(question)], Form(area=area))
    address = to_address(question)
    if question.is_empty:
        address += "".join(f"&{urlencode({'meant': word})}" for word in _perhaps_meant(question, loaded))
    return make_response(redirect(address, code=303))


def _problems_of_form(text: str, area: str, directory: Directory) -> list[AddressProblem]:
    problems = []
    if not text.strip():
        problems.append(AddressProblem("question", "", f"is empty; {WRITE}"))
    elif len(text) > MAX_QUESTION:
        words = f"has {len(text):,} characters; at most {MAX_QUESTION:,} are read. A need, an age and a level are enough"
        problems.append(AddressProblem("question", "", words))
    if area and area not in directory.area_by_id:
        problems.append(AddressProblem("area", shown(area), f"is not an area here{nearest(area, directory.area_by_id)}"))
    return problems


def _nothing_in_it(question: Question) -> AddressProblem:
    if question.dropped:
        taken = " and ".join(question.dropped)
        return AddressProblem("question", "", f"held only what looks like {taken}, which was taken out and is not kept; {WRITE}")
    return AddressProblem("question", "", f"holds nothing that can be looked for; {WRITE}")


def _perhaps_meant(question: Question, loaded: Loaded) -> list[str]:
    """Words of the content that are near to a few unknown ones; the unknown ones themselves go no further."""
    if len(question.not_used) > MAX_MEANT:
        return []
    near = loaded.answering.opened.index.search(question.not_used, question.area).did_you_mean or ()
    return [word for word in near if word in loaded.answering.content_words and word not in question.not_used]


def _ask_again(problems: list[AddressProblem], form: Form, unused: int = 0, meant: tuple[str, ...] = ()) -> Response:
    loaded = current()
    html = render_template(
        "ask_again.html", problems=problems, form=form, unused=unused, themes=themes_of(loaded.directory),
        meant=[(word, f"/ask?{urlencode({'area': form.area or loaded.directory.site.default_area, 'word': word})}") for word in meant],
        **choices_for(loaded),
    )  # fmt: skip
    return make_response(html, 400)


@bp.get("/ask")
def ask() -> Response:
    """The answer to the question in the address."""
    loaded = current()
    values = request.args.to_dict(flat=False)
    meant = tuple(word for word in values.pop("meant", []) if word in loaded.answering.content_words)[:MAX_MEANT]
    question, problems = _question_at(values)
    form = form_of(question, loaded.directory)
    if question.is_empty:
        return _ask_again(problems or [_not_understood(question)], form, question.unused, meant)
    if _has_blanks(values) and not problems:
        return make_response(redirect(to_address(question), code=303))
    answer = loaded.answering.answer(question)
    if not problems:
        count(answer)
    html = render_template(
        "answer.html", answer=answer, question=question, problems=problems, form=form,
        chips=pieces.pieces_of(question, loaded.directory),
        choices=[(choice, pieces.decisions(question, choice)) for choice in answer.choices],
        others=others_address(question), stages=_stages(answer, loaded.answering),
        elsewhere=[(area, pieces.in_area(question, area.id)) for area in loaded.directory.site.areas if area.id != question.area],
        often_with=[(loaded.directory.need_by_id[name], pieces.with_need(question, name)) for name in answer.often_with],
        compare=compare_address(question.area, question.needs), twin=to_address(question, "/ask.json"), **choices_for(loaded),
    )  # fmt: skip
    return make_response(html, 400 if problems else 200)


def _question_at(values: dict[str, list[str]]) -> tuple[Question, list[AddressProblem]]:
    question, problems = current().answering.question_at(values)
    return question, [AddressProblem(shown(problem.part), problem.value, problem.words) for problem in problems]


@bp.get("/ask.json")
def ask_json() -> Response:
    """The answer to the question in the address, for other programs."""
    loaded = current()
    values = request.args.to_dict(flat=False)
    values.pop("meant", None)
    question, problems = _question_at(values)
    if question.is_empty and not problems:
        problems = [_not_understood(question)]
    answer = loaded.answering.answer(question)
    return as_json({**answer.to_json(), "problems": address_problems_json(problems)}, 400 if problems else 200)


def _stages(answer: Answer, answering: Answering) -> list[tuple[StageAnswer, Stage]]:
    """Each stage that was asked about: what was asked of it, and the whole of it."""
    return [(line, answering.stage(line.gateway.area, line.gateway.id)) for line in answer.stages]


def _not_understood(question: Question) -> AddressProblem:
    if question.unused:
        return AddressProblem("question", "", f"was not understood: none of its words is known here; {WRITE}")
    return AddressProblem("question", "", f"is empty; {WRITE}")


def _has_blanks(values: dict[str, list[str]]) -> bool:
    """Whether a form left some of its fields open: the address is then written without them."""
    return any(not value.strip() for each in values.values() for value in each)


def others_address(question: Question) -> str:
    """The list of all services in use at these levels for these children, whatever the need; "" when it cannot be one list."""
    if len(question.levels) > 1 or len(question.ages) > 1:
        return ""
    pairs = [("area", question.area), *(("level", str(level)) for level in question.levels)]
    pairs += [("age", "unborn" if age == UNBORN else str(age)) for age in question.ages]
    return f"/services?{urlencode([*pairs, ('status', 'in-use')])}"


def form_of(question: Question, directory: Directory) -> Form:
    """The forms as they stand beside an answer: what is asked is kept, and can be changed where there is one of it."""
    level = str(question.levels[0]) if len(question.levels) == 1 else ""
    age = ("unborn" if question.ages[0] == UNBORN else str(question.ages[0])) if len(question.ages) == 1 else ""
    kept: list[tuple[str, str]] = []
    for name, part in PARTS.items():
        if (name == "levels" and level) or (name == "ages" and age):
            continue
        values = getattr(question, name)
        kept += [(part, "unborn" if name == "ages" and value == UNBORN else str(value)) for value in values]
    asked = {}
    if len(question.levels) > 1:
        asked["level"] = f"As asked: {len(question.levels)} levels"
    if len(question.ages) > 1:
        asked["age"] = f"As asked: {len(question.ages)} ages"
    return Form(question.area, level, age, "", tuple(kept), asked)


def choices_for(loaded: Loaded) -> dict[str, object]:
    """What the selects of the forms offer."""
    directory = loaded.directory
    scheme = directory.scheme_of(directory.site.default_area) or next(iter(directory.schemes), None)
    return {
        "areas": directory.site.areas,
        "level_choices": [(str(level.number), f"Level {level.number}: {level.name}") for level in (scheme.levels if scheme else ())],
        "age_choices": [("unborn" if age == UNBORN else str(age), age_of_child(age)) for age in range(UNBORN, OLDEST + 1)],
        "need_choices": loaded.need_options,
        "field_of": FIELD_OF,
    }


def themes_of(directory: Directory) -> list[tuple[str, int]]:
    """The themes of the vocabulary in its order, each with the number of its needs."""
    themes: dict[str, int] = {}
    for need in directory.vocabulary.needs:
        themes[need.theme] = themes.get(need.theme, 0) + 1
    return list(themes.items())
