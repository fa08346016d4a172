"""The first page, the question, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from app.web.marks import freshness_by_id
from app.web.narrowing import NAMES, Narrowing
from app.web.schemes import compare_address
from app.web.state import Loaded, current
from app.web.twins import address_problems_json, as_json
from app.web.unmet import count
from app.web.words import age_of_child, shown

bp = Blueprint("ask", __name__)

WRITE = "write a need, an age or a level, for example: level 3, age 14, domestic abuse"

FIELD_OF = {
    "question": "question",
    **{part: f"pick-{part}" for part in ("level", "age", "need", "area")},
    **{name: f"narrow-{name}" for name in NAMES},
}
"""The form field that mends each part of an address."""

CHOSEN = ("level", "age", "need")
"""The parts that can be chosen beside the box of words."""

MAX_MEANT = 3
"""Not more unknown words than this are worth a "did you mean"."""


@dataclass(frozen=True)
class Form:
    """What the forms are filled with: never with words that were typed."""

    area: str = ""


@bp.get("/")
def home() -> str:
    """What this is, for whom, as at when; the box; the doors."""
    loaded = current()
    screen = loaded.levels.shown(loaded.levels.default).narrow if loaded.levels.default else ""
    return render_template(
        "home.html", form=Form(), problems=[], themes=themes_of(loaded.directory), screen=screen, **choices_for(loaded)
    )


@bp.post("/ask")
def post_question() -> Response:
    """Words and choices in, an address of ids out. The words live only as long as this request."""
    loaded = current()
    text, area = request.form.get("q", ""), request.form.get("area", "")
    chosen = {part: [value] for part in CHOSEN if (value := request.form.get(part, "").strip())}
    problems = _problems_of_form(text, area, bool(chosen), loaded.directory)
    if problems:
        return _ask_again(problems, Form(area=area if area in loaded.directory.area_by_id else ""))
    question = loaded.answering.read(text, area or None)
    if question.is_empty and not question.unused and not chosen:
        return _ask_again([_nothing_in_it(question)], Form(area=area))
    if chosen:
        question, problems = _with_choices(question, chosen)
        if problems:
            return _ask_again(problems, Form(area=area))
    address = to_address(question)
    if question.is_empty:
        address += "".join(f"&{urlencode({'meant': word})}" for word in _perhaps_meant(question, loaded))
    return make_response(redirect(address, code=303))


def _with_choices(question: Question, chosen: dict[str, list[str]]) -> tuple[Question, list[AddressProblem]]:
    """What the words asked together with what was chosen; a level or an age that was chosen stands for itself."""
    both, problems = current().answering.question_at({**chosen, "area": [question.area]})
    joined = replace(
        question,
        levels=tuple(sorted({*question.levels, *both.levels})),
        ages=tuple(sorted({*question.ages, *both.ages})),
        needs=tuple(dict.fromkeys([*question.needs, *both.needs])),
    )
    return joined, [AddressProblem(problem.part, shown(problem.value), problem.words) for problem in problems]


def _problems_of_form(text: str, area: str, chosen: bool, directory: Directory) -> list[AddressProblem]:
    problems = []
    if not text.strip() and not chosen:
        problems.append(AddressProblem("question", "", f"is empty; {WRITE}, or choose"))
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
    question, problems, narrowing = _asked(values)
    form = Form(question.area)
    if question.is_empty:
        return _ask_again(problems or [_not_understood(question)], form, question.unused, meant)
    if _has_blanks(values) and not problems:
        return make_response(redirect(to_address(question) + narrowing.carried(), code=303))
    answer = loaded.answering.answer(question, narrowing.only)
    if not problems and not narrowing.chosen:
        count(answer)
    html = render_template(
        "answer.html", answer=answer, question=question, problems=problems, form=form, narrowing=narrowing,
        chips=pieces.pieces_of(question, loaded.directory), additions=pieces.additions_to(question), kept=pieces.elsewhere(question),
        whole=pieces.rest_of(question, "", ()), address=pieces.address_of(question),
        choices=[(choice, pieces.decisions(question, choice)) for choice in answer.choices],
        others=others_address(question), stages=_stages(answer, loaded.answering),
        elsewhere=[(area, pieces.in_area(question, area.id)) for area in loaded.directory.site.areas if area.id != question.area],
        often_with=[(loaded.directory.need_by_id[name], pieces.with_need(question, name)) for name in answer.often_with],
        compare=compare_address(question.area, question.needs), twin=to_address(question, "/ask.json") + narrowing.carried(),
        parts_wrong={problem.part for problem in problems}, **choices_for(loaded),
    )  # fmt: skip
    return make_response(html, 400 if problems else 200)


def _asked(values: dict[str, list[str]]) -> tuple[Question, list[AddressProblem], Narrowing]:
    """What an address asks, everything that is wrong in it, and how its filters narrow the answer."""
    loaded = current()
    filters = {name: values.get(name, []) for name in NAMES}
    question, problems = loaded.answering.question_at({part: each for part, each in values.items() if part not in NAMES})
    narrowing = Narrowing(loaded.answering.matcher.facets, loaded.directory, question.area, filters)
    problems = [AddressProblem(shown(problem.part), problem.value, problem.words) for problem in [*problems, *narrowing.problems]]
    return question, problems, narrowing


@bp.get("/ask.json")
def ask_json() -> Response:
    """The answer to the question in the address, for other programs."""
    values = request.args.to_dict(flat=False)
    values.pop("meant", None)
    question, problems, narrowing = _asked(values)
    if question.is_empty and not problems:
        problems = [_not_understood(question)]
    answer = current().answering.answer(question, narrowing.only)
    data = {
        **answer.to_json(), "freshness": _freshness(answer), "narrowed_to": narrowing.chosen, "problems": address_problems_json(problems),
    }  # fmt: skip
    return as_json(data, 400 if problems else 200)


def _freshness(answer: Answer) -> dict[str, dict[str, str]]:
    """The marks of every service in an answer, by its id."""
    lines = [line for group in answer.groups for line in group.results]
    lines += [*answer.alongside, *(line for way in (answer.step_up, answer.step_down) if way for line in way.results)]
    return freshness_by_id(line.service for line in lines)


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


def choices_for(loaded: Loaded) -> dict[str, object]:
    """What the selects of the forms offer."""
    directory = loaded.directory
    scheme = directory.scheme_of(directory.site.default_area) or next(iter(directory.schemes), None)
    return {
        "areas": directory.site.areas,
        "area_choices": [(area.id, area.name) for area in directory.site.areas],
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
