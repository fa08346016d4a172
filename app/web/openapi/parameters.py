"""The parts of every address: what each may be, and how much of it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.gaps import QUESTIONS, STATUSES
from app.gaps.asked import AS_0, BANDS_OR_YEARS, MOST_VALUES
from app.gaps.bands import BAND_BY_ID
from app.model import OLDEST, RECIPIENT_WORDS, STATUS_WORDS, Directory
from app.question import FACT_WORDS
from app.question.address import MAX_VALUES, PARTS
from app.settings import MAX_TERMS
from app.web.ask import MAX_MEANT
from app.web.gaps.what_if import FIELDS
from app.web.journey import PARTS as JOURNEY_PARTS
from app.web.menu import ALL_AREAS, ANY_NEED, IN_USE, NOT_RECORDED
from app.web.menu import NAMES as MENU_PARTS
from app.web.narrowing import NAMES as NARROWING_PARTS
from app.web.shortlist import MOST
from app.web.words import ROOM_WORDS

Schema = dict[str, Any]
Parameter = dict[str, Any]

MOST_LISTED = 200
"""The most values that are listed one by one; where there are more, their form is described."""

SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"
SERVICE = "^[a-z0-9-]+/[a-z0-9-]+$"
DAY = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
REFERENCE = "^[0-9A-Z]{5}-[0-9A-Z]{5}$"

SCHEME = ("scheme", "area")
CHOICE = (*SCHEME, "need", "heading", "seen")

QUERY: dict[str, tuple[str, tuple[str, ...]]] = {
    "ask.ask": ("ask", (*PARTS, *NARROWING_PARTS, "meant")),
    "ask.ask_json": ("ask", (*PARTS, *NARROWING_PARTS, "meant")),
    "services.services": ("menu", (*MENU_PARTS, "shortlist", "page")),
    "services.services_json": ("menu", tuple(MENU_PARTS)),
    "compare.compare": ("scheme", CHOICE),
    "compare.compare_json": ("scheme", CHOICE),
    **dict.fromkeys(("shortlist.shortlist", "shortlist.shortlist_json", "shortlist.shortlist_csv"), ("shortlist", ("service",))),
    **dict.fromkeys(("shortlist.supervision", "shortlist.family"), ("shortlist", ("service",))),
    **dict.fromkeys(("paper.suite", "paper.menu"), ("ask", ("area",))),
    "paper.thresholds": ("scheme", SCHEME),
    "journey.journey_page": ("journey", JOURNEY_PARTS),
    "journey.journey_json": ("journey", JOURNEY_PARTS),
    **dict.fromkeys(("levels.levels", "levels.levels_json"), ("schemes", SCHEME)),
    **dict.fromkeys(("levels.level", "levels.level_json", "levels.poster"), ("scheme", SCHEME)),
    **dict.fromkeys(("levels.unanswered", "levels.unanswered_json", "levels.unanswered_csv"), ("scheme", SCHEME)),
    **dict.fromkeys(("themes.themes", "themes.themes_json", "themes.themes_csv"), ("scheme", SCHEME)),
    **dict.fromkeys(("themes.theme", "themes.theme_json", "themes.descriptor", "themes.descriptor_json"), ("scheme", SCHEME)),
    **dict.fromkeys(("unmet.unmet", "unmet.unmet_json", "unmet.unmet_csv"), ("unmet", ("area", "period"))),
    **dict.fromkeys(("look.style", "look.script", "look.suggestions", "look.logo", "static"), ("file", ("v",))),
    "sign_in.begin": ("sign-in", ("to",)),
    "sign_in.come_back": ("sign-in", ("code", "state", "error")),
    **{f"gaps.{name}-{ending}": ("gaps", question.parts) for name, question in QUESTIONS.items() for ending in ("json", "xlsx")},
    **{f"gaps.{name}": ("gaps", question.parts) for name, question in QUESTIONS.items()},
    **{f"gaps.{name}-csv": ("gaps", (*question.parts, "table")) for name, question in QUESTIONS.items()},
    "gaps.what-if": ("gaps", (*QUESTIONS["what-if"].parts, *FIELDS)),
}
"""What each route reads of its address after the "?": a family of parameters, and which of it. A route that is not here reads nothing."""


def text(words: str, pattern: str = "", most: int = 0) -> Parameter:
    """A parameter that is text."""
    limits = {"pattern": pattern} if pattern else {}
    return {"description": words, "schema": {"type": "string", **limits, **({"maxLength": most} if most else {})}}


def one_of(words: str, values: Iterable[str | int], pattern: str = "") -> Parameter:
    """A parameter with one of these values; of many only the form is told."""
    known = list(values)
    kind = "integer" if known and all(isinstance(value, int) for value in known) else "string"
    if 0 < len(known) <= MOST_LISTED:
        return {"description": words, "schema": {"type": kind, "enum": known}}
    return text(words, pattern)


def some_of(each: Parameter, most: int = 0) -> Parameter:
    """The same parameter, up to so many times; 0 is any number."""
    description = f"{each['description']} May be given {f'up to {most} times' if most else 'more than once'}."
    limit = {"maxItems": most} if most else {}
    return {"description": description, "schema": {"type": "array", "items": each["schema"], **limit}, "explode": True}


def families(directory: Directory) -> dict[str, dict[str, Parameter]]:
    """Every parameter of the addresses, by family and name, as this content allows it."""
    area = one_of("An area. Areas are never mixed in one answer.", directory.area_by_id)
    need = one_of("A need of the vocabulary.", directory.need_by_id, SLUG)
    level = one_of("A level of need.", sorted({level.number for scheme in directory.schemes for level in scheme.levels}) or (1, 2, 3, 4))
    service = one_of("A service, as area/short-name.", directory.service_by_id, SERVICE)
    gateway = one_of("A stage of the area's pathway.", dict.fromkeys(each.id for each in directory.gateways), SLUG)
    schemes = [each.id for each in directory.schemes if each.levels]
    scheme = one_of("A threshold scheme; without it, that of the default area.", schemes, SLUG)
    ages = f"An age from 0 to {OLDEST}, 'unborn', or a range such as 5-16."
    move = "A service with other levels or ages: area/short-name:levels:2,3 or area/short-name:ages:8-17."
    followed = one_of("An area that follows the scheme.", directory.area_by_id)
    recipient = one_of("Who receives the service.", RECIPIENT_WORDS)
    return {
        "ask": {
            "need": some_of(need, MAX_VALUES), "level": some_of(level, MAX_VALUES), "area": area,
            "process": some_of(one_of("A process word of the law and of the documents.", directory.process_by_id, SLUG), MAX_VALUES),
            "gateway": some_of(gateway, MAX_VALUES), "service": some_of(service, MAX_VALUES),
            "programme": some_of(one_of("A programme.", directory.programme_by_id, SLUG), MAX_VALUES),
            "fact": some_of(one_of("What is asked of a stage.", FACT_WORDS), MAX_VALUES),
            "age": some_of(text(ages, "^(unborn|[0-9]{1,2})(-[0-9]{1,2})?$"), MAX_VALUES),
            "word": some_of(text("A word that occurs in the content."), MAX_TERMS),
            "choice": some_of(text("A question that the words left open."), MAX_VALUES),
            "unused": {"description": "How many words were not used.", "schema": {"type": "integer", "minimum": 0, "maximum": 999}},
            "meant": some_of(text("A word of the content that was perhaps meant."), MAX_MEANT),
            "received": recipient, "way": gateway, "status": one_of("The status of the services.", STATUS_WORDS),
            "room": one_of("Whether the services have room.", ROOM_WORDS),
        },
        "menu": {
            "area": one_of("An area, or all of them.", (*directory.area_by_id, ALL_AREAS)),
            "level": one_of("A level of need.", (*map(str, level["schema"]["enum"]), NOT_RECORDED)),
            "age": one_of("The age of the child.", ("unborn", *map(str, range(OLDEST + 1)), NOT_RECORDED)),
            "need": one_of("A need, or any need.", (*directory.need_by_id, ANY_NEED, NOT_RECORDED), SLUG),
            "recipient": one_of("Who receives the service.", (*RECIPIENT_WORDS, NOT_RECORDED)),
            "gateway": one_of("A way in of the area.", (*gateway["schema"].get("enum", ()), NOT_RECORDED), SLUG),
            "status": one_of("The status of the services.", (IN_USE, *STATUS_WORDS)),
            "shortlist": {**some_of(service, MOST), "description": "The services of a shortlist that is kept while one chooses."},
            "page": {"description": "The page of a long list, from 1.", "schema": {"type": "integer", "minimum": 1}},
        },
        "scheme": {
            "scheme": scheme, "area": followed, "need": some_of(need),
            "heading": some_of(text("A heading of the scheme.", SLUG)),
            "seen": some_of(text("A descriptor that was ticked.", SLUG)),
        },
        "schemes": {"scheme": some_of(scheme, len(schemes) or 1), "area": followed},
        "shortlist": {"service": some_of(service, MOST)},
        "journey": {
            "from": text("Where the journey starts: a stage of the area."), "area": area,
            "to": text("Where it goes: a stage of the area, or a service as area/short-name."),
        },
        "unmet": {"area": area, "period": text("A published quarter, such as 2026-3.", "^[0-9]{4}-[1-4]$")},
        "gaps": {
            "need": some_of(need, MOST_VALUES), "area": area, "received_by": some_of(recipient, MOST_VALUES), "level": level,
            "status": one_of("The status of the services that count.", STATUSES), "funder": text("Who pays, as the page lists them."),
            "ages": one_of("Rows of age bands or of single years.", BANDS_OR_YEARS),
            "youngest": one_of("Count a youngest age that is not recorded as 0.", (AS_0,)),
            "age": one_of("An age, or a band of ages.", BAND_BY_ID), "since": text("The first day, month or year of the window.", DAY),
            "by": text("The last day, month or year of the window.", DAY), "without": some_of(service, MOST_VALUES),
            "ends_by": text("Without all that is recorded to end by this day.", DAY),
            "move": some_of(text(move), MOST_VALUES), "table": text("Which table of the answer; without it, the first."),
            "move_of": service, "move_level": some_of(level, MOST_VALUES),
            "move_from": text("The youngest age after the move.", "^(unborn|[0-9]{1,2})$"),
            "move_to": text("The oldest.", "^[0-9]{1,2}$"),
        },
        "file": {"v": text("A mark of the file's content; with it, a browser may keep the file for long.", "^[0-9a-f]*$")},
        "sign-in": {
            "to": text("The page to come back to.", most=2000), "code": text("From the provider."), "state": text("From the provider."),
            "error": text("From the provider."),
        },
    }  # fmt: skip


def in_paths(directory: Directory) -> dict[tuple[str, str], Parameter]:
    """Every part of a path that varies, by the first word of the path and the name of the part."""
    area = one_of("An area.", directory.area_by_id)
    stages = one_of("A stage.", dict.fromkeys(gateway.id for gateway in directory.gateways), SLUG)
    services = one_of("The short name of a service.", dict.fromkeys(name.partition("/")[2] for name in directory.service_by_id), SLUG)
    levels = {str(level.number): None for scheme in directory.schemes for level in scheme.levels}
    descriptors = dict.fromkeys(each.id for each in directory.descriptors)
    return {
        ("services", "area"): area, ("services", "slug"): services, ("pathways", "area"): area, ("pathways", "name"): stages,
        ("pathways", "slug"): stages, ("levels", "number"): one_of("The number of a level.", levels, "^[1-5]$"),
        ("themes", "name"): one_of("A need of the vocabulary.", directory.need_by_id, SLUG),
        ("descriptors", "name"): one_of("A descriptor of the scheme.", descriptors, SLUG),
        ("programmes", "slug"): one_of("A programme.", directory.programme_by_id, SLUG),
        ("examples", "slug"): one_of("An example.", directory.example_by_id, SLUG),
        ("reports", "reference"): text("The reference of a report.", REFERENCE), ("static", "filename"): text("A file of the site."),
    }  # fmt: skip
