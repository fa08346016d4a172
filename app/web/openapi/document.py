"""The description put together: every route with its parameters, its limits, and all the answers it can give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.routing import Map, Rule

from app import __version__
from app.gaps import QUESTIONS
from app.reporting import MAX_TEXT, TOPICS
from app.settings import MAX_QUESTION
from app.web.gaps.pages import XLSX
from app.web.openapi.parameters import QUERY, Parameter, families, in_paths
from app.web.openapi.schemas import Schema, ref, schemas, twin
from app.web.state import Loaded

ABOUT = """\
Every page of this site, and the same facts as data. Nothing here needs a key, and reading leaves nothing behind. An empty value is \
the same as none: a page leads on to the address without it (303). What cannot be used is told with what is allowed (400) and never \
left out in silence. A name of a host that is not this site's is answered with 400, and a form of more than 64 KB with 413. Null \
stands for what is not recorded; the age of an unborn child is -1. With `/as/public` (or another audience that sees less) before a \
path, everything is shown as that audience sees it."""

KINDS = {
    ".json": "application/json", ".csv": "text/csv", ".xlsx": XLSX, ".svg": "image/svg+xml", ".graphml": "application/xml",
    ".mmd": "text/plain", ".dot": "text/vnd.graphviz", ".atom": "application/atom+xml", ".css": "text/css", ".js": "text/javascript",
}  # fmt: skip
"""What an address gives, by how it ends; any other gives a page."""

OTHER_KINDS = {
    "health.live": "text/plain", "health.metrics": "text/plain", "health.ready": "application/json", "look.logo": "image/*",
    "static": "*/*",
}  # fmt: skip
"""The same for addresses whose ending does not say."""

PAGE, PLAIN, DATA = "text/html", "text/plain", "application/json"

LEADS_ON = {"ask.ask", "ask.post_question", "services.services", "compare.compare", "reports.send", *(f"gaps.{name}" for name in QUESTIONS)}
LEADS_ON |= {"sign_in.come_back", "sign_in.end", "shortlist.shortlist", "shortlist.supervision", "shortlist.family"}
"""The routes that may answer with the address of another page."""

NOT_ALWAYS_THERE = ("health.metrics", "look.logo")
SEARCHES = ("ask.ask", "ask.ask_json", "ask.post_question")
KEEPS = ("reports.form", "reports.send", "reports.kept_report", "unmet.unmet", "unmet.unmet_json", "unmet.unmet_csv", "sign_in.begin")
NEVER_KEPT = (*SEARCHES, "reports.form")
"""No browser may hold on to these, so none is told that its copy is still true."""

FORMS: dict[str, Schema] = {
    "ask.post_question": {
        "type": "object",
        "properties": {"q": {"type": "string", "maxLength": MAX_QUESTION}, "area": {"type": "string"}},
        "required": ["q"],
    },
    "reports.send": {
        "type": "object",
        "properties": {
            "topic": {"type": "string", "enum": list(TOPICS)},
            "text": {"type": "string", "maxLength": MAX_TEXT},
            "form": {"type": "string", "description": "The signature that the form of this page was given."},
        },
        "required": ["topic", "form"],
    },
}
"""What is sent to the routes that take a form."""

WORDS = {
    "200": "As asked.",
    "302": "On to the provider of sign-in.",
    "303": "The page is at another address.",
    "304": "The copy that the browser holds is still true.",
    "400": "Something in the address or the form cannot be used; the answer says what, and what is allowed.",
    "403": "The account has no role that is known here.",
    "404": "There is nothing at this address; the answer says what there is.",
    "413": "Too much was sent.",
    "429": "Too much has come from one place within an hour.",
    "503": "A part that this answer needs cannot be reached. Nothing was left out in silence.",
}
"""Every status a route may answer with."""


def document(routes: Map, views: Mapping[str, Callable[..., Any]], loaded: Loaded) -> dict[str, Any]:
    """The whole description in the form of OpenAPI 3.1. Every parameter and schema that several routes share stands once."""
    query, paths = families(loaded.directory), in_paths(loaded.directory)
    found: dict[str, dict[str, Any]] = {}
    used: dict[str, Parameter] = {}
    told: dict[str, Any] = {}
    for rule in sorted(routes.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            parameters = [*_in_path(rule, paths, used), *(_in_query(rule, query, used) if method == "GET" else ())]
            operation = {
                "operationId": f"{method.lower()} {address(rule)}",
                "summary": _summary(rule, views),
                "tags": [rule.endpoint.partition(".")[0]],
                **({"parameters": parameters} if parameters else {}),
                **({"requestBody": _form(rule.endpoint)} if rule.endpoint in FORMS and method == "POST" else {}),
                "responses": _answers(rule, method, told),
            }
            found.setdefault(address(rule), {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": loaded.directory.site.title, "version": __version__, "description": ABOUT},
        "servers": [{"url": "/"}],
        "paths": found,
        "components": {"parameters": dict(sorted(used.items())), "responses": dict(sorted(told.items())), "schemas": schemas()},
    }


def address(rule: Rule) -> str:
    """The path of a route as OpenAPI writes it: `/services/{area}/{slug}`."""
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)


def kind_of(rule: Rule) -> str:
    """What a route gives when all is well, as a media type."""
    ending = re.search(r"\.\w+$", rule.rule)
    return OTHER_KINDS.get(rule.endpoint) or (KINDS[ending[0]] if ending else PAGE)


def _summary(rule: Rule, views: Mapping[str, Callable[..., Any]]) -> str:
    """What a route is for: the first line of its docstring, or the question that it answers."""
    part, _, name = rule.endpoint.partition(".")
    if part == "gaps":
        return QUESTIONS[re.sub("-(json|csv|xlsx)$", "", name)].asks
    if rule.endpoint == "static":
        return "A file of the site: a picture, a sheet to print."
    return (views[rule.endpoint].__doc__ or "").strip().partition("\n")[0]


def _in_path(rule: Rule, known: Mapping[tuple[str, str], Parameter], used: dict[str, Parameter]) -> list[Parameter]:
    first = rule.rule.split("/")[1]
    names = re.findall(r"<(?:\w+:)?(\w+)>", rule.rule)
    return [_shared(f"{first}.{name}", {"name": name, "in": "path", "required": True, **known[first, name]}, used) for name in names]


def _in_query(rule: Rule, known: Mapping[str, Mapping[str, Parameter]], used: dict[str, Parameter]) -> list[Parameter]:
    family, names = QUERY.get(rule.endpoint, ("", ()))
    return [_shared(f"{family}-{name}", {"name": name, "in": "query", **known[family][name]}, used) for name in names]


def _shared(name: str, parameter: Parameter, used: dict[str, Parameter]) -> Parameter:
    used[name] = parameter
    return {"$ref": f"#/components/parameters/{name}"}


def _form(endpoint: str) -> dict[str, Any]:
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": FORMS[endpoint]}}}


def _answers(rule: Rule, method: str, told: dict[str, Any]) -> dict[str, Any]:
    """Every answer of a route, by its status; those that say that something is wrong stand once, in `told`."""
    kind = kind_of(rule)
    found: dict[str, Any] = {}
    if rule.endpoint not in ("ask.post_question", "sign_in.begin", "sign_in.end", "sign_in.come_back", "reports.send"):
        kinds = [kind, PLAIN] if rule.endpoint == "unmet.unmet_csv" else [kind]  # a sentence stands in for a table that is not published
        found["200"] = _sent("200", {each: twin(rule.endpoint) if each == DATA else {} for each in kinds})
    for status in _others(rule, method):
        kinds_of_it = {} if status in ("302", "303", "304") else _told(rule, status, kind)
        name = ".".join([status, *(each.partition("/")[2] for each in kinds_of_it)])
        name += f".{rule.endpoint}" if any("anyOf" in schema for schema in kinds_of_it.values()) else ""
        told[name] = _sent(status, kinds_of_it)
        found[status] = {"$ref": f"#/components/responses/{name}"}
    return dict(sorted(found.items()))


def _others(rule: Rule, method: str) -> Iterable[str]:
    """The statuses beside 200."""
    asks = any(name != "v" for name in QUERY.get(rule.endpoint, ("", ()))[1])
    if rule.endpoint in LEADS_ON:
        yield "303"
    if rule.endpoint == "sign_in.begin":
        yield "302"
    if method == "GET" and rule.endpoint not in NEVER_KEPT and not rule.endpoint.startswith("sign_in."):
        yield "304"
    if asks or method == "POST":
        yield "400"
    if rule.endpoint == "sign_in.come_back":
        yield "403"
    if rule.arguments or rule.endpoint in NOT_ALWAYS_THERE:
        yield "404"
    if method == "POST":
        yield "413"
    if rule.endpoint == "reports.send":
        yield "429"
    if rule.endpoint in (*SEARCHES, *KEEPS):
        yield "503"


def _told(rule: Rule, status: str, kind: str) -> dict[str, Schema]:
    """How a route says that something is wrong: as data where data was asked for, and as a page or a line of text elsewhere."""
    if rule.rule.endswith(".json"):
        own = twin(rule.endpoint)
        return {DATA: {"anyOf": [own, ref("Error")]} if own and status in ("400", "503") else ref("Error")}
    if rule.endpoint == "shortlist.shortlist_csv":
        return {kind: {}}
    if kind in (PAGE, DATA) or rule.endpoint.partition(".")[0] not in ("gaps", "unmet"):
        return {PAGE: {}}
    return {PAGE: {}, PLAIN: {}}


def _sent(status: str, kinds: Mapping[str, Schema]) -> dict[str, Any]:
    content = {kind: {"schema": schema} if schema else {} for kind, schema in kinds.items()}
    return {"description": WORDS[status], **({"content": content} if content else {})}
