"""What the data of the site looks like, as JSON Schema: the keys that other programs may rely on. More may come, none of these goes."""

from __future__ import annotations

from functools import cache
from typing import Any

from app.gaps import QUESTIONS
from app.model import Service

Schema = dict[str, Any]

PLACE = "#/components/schemas/"
TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUE_OR_FALSE: Schema = {"type": "boolean"}
ANYTHING: Schema = {"type": "object"}


def ref(name: str) -> Schema:
    """A schema that is written down once, under its name."""
    return {"$ref": PLACE + name}


def list_of(each: Schema) -> Schema:
    """Any number of these."""
    return {"type": "array", "items": each}


def maybe(what: Schema) -> Schema:
    """What is meant, or null where nothing is recorded."""
    return {"anyOf": [what, {"type": "null"}]}


def record(parts: dict[str, Schema]) -> Schema:
    """An object that always has these parts."""
    return {"type": "object", "properties": parts, "required": list(parts)}


def texts(*names: str) -> dict[str, Schema]:
    """Parts that are text."""
    return dict.fromkeys(names, TEXT)


def maybes(*names: str) -> dict[str, Schema]:
    """Parts that are text, or null where nothing is recorded."""
    return dict.fromkeys(names, maybe(TEXT))


LEVELS: Schema = list_of({"type": "integer", "minimum": 1, "maximum": 5})
PROBLEMS = {"problems": list_of(ref("Problem"))}
SOURCES = list_of(record(texts("document", "section")))
MARK = record(texts("state", "words"))
MARKS = {"freshness": {"type": "object", "additionalProperties": MARK, "description": "How fresh each service is that it names, by id."}}

NAMED: dict[str, Schema] = {
    "Problem": record(texts("part", "value", "words")),
    "Error": record({"error": record({"status": WHOLE, **texts("heading", "words")})}),
    "Alert": record({**texts("grade", "heading", "text"), "needs": list_of(TEXT), "duties": list_of(TEXT)}),
    "Descriptor": record({**texts("id", "scheme", "domain", "heading", "text"), "level": WHOLE, "deciding": list_of(TEXT)}),
    "Gateway": record(texts("id", "name")),
    "Result": record(
        {
            **texts("id", "area", "name", "reason", "age_class", "need_strength", "status", "journey"), **maybes("differs"),
            "levels": LEVELS, "reached_by": list_of(TEXT),
        }
    ),
    "Group": record(
        {**texts("id", "heading"), **maybes("note"), "services": list_of(ref("Result")), "other": list_of(ANYTHING), "more": WHOLE}
    ),
    "Direction": record(
        {"level": WHOLE, "heading": TEXT, "gateways": list_of(ref("Gateway")), "services": list_of(ref("Result"))}
    ),
    "ServiceLine": record(
        {
            **texts("id", "area", "name", "address", "summary", "status", "as_at"), "levels": LEVELS, "received_by": list_of(TEXT),
            "ages": maybe(ANYTHING), "needs": maybe(ANYTHING), "reached_by": list_of(TEXT), "freshness": MARK,
        }
    ),
    "Stage": record(
        {
            **texts("id", "name", "address", "kind", "lane", "status"), "levels": LEVELS,
            **maybes("trigger", "who_decides", "consent", "time_limit", "exists_from", "exists_to"), "freshness": MARK,
        }
    ),
    "Step": record(
        {
            **texts("from", "to", "kind", "status", "source"), **maybes("condition", "consent", "time_limit", "who_acts"),
            "sources": SOURCES,
        }
    ),
    "AsAsked": record(
        {
            **texts("so_what", "whom_to_ask"), "findings": list_of(TEXT), "rules": list_of(TEXT),
            "sources": list_of(record(texts("title", "owner", "date", "kind", "about"))), **MARKS, **PROBLEMS,
        }
    ),
}  # fmt: skip
"""Schemas that several answers share."""

TWINS: dict[str, Schema] = {
    "ask.ask_json": record(
        {
            "question": record(
                {
                    "area": TEXT, "levels": LEVELS, "ages": list_of({"type": "integer", "minimum": -1, "maximum": 25}),
                    **dict.fromkeys(("needs", "processes", "gateways", "services", "programmes", "facts", "words"), list_of(TEXT)),
                }
            ),
            **texts("address", "sentence"), **maybes("gap"), "alert": maybe(ref("Alert")), "groups": list_of(ref("Group")),
            "descriptors": list_of(ref("Descriptor")), "gateways": list_of(ref("Gateway")), "alongside": list_of(ref("Result")),
            "step_up": maybe(ref("Direction")), "step_down": maybe(ref("Direction")), "did_you_mean": list_of(TEXT),
            "notes": list_of(TEXT), "others": WHOLE, "stages": list_of(ANYTHING), "narrowed_to": ANYTHING, **MARKS, **PROBLEMS,
        }
    ),
    "services.services_json": record(
        {
            "filters": ANYTHING, "count": WHOLE, **PROBLEMS,
            "areas": list_of(
                record(
                    {
                        **texts("id", "name", "as_at"), "services": list_of(ref("ServiceLine")), "may_fit": list_of(ref("ServiceLine")),
                    }
                )
            ),
        }
    ),
    "services.profile_json": ref("Service"),
    "shortlist.shortlist_json": record(
        {
            "services": list_of(ref("ServiceLine")), **PROBLEMS,
            "rows": list_of(record({**texts("id", "heading"), "cells": list_of(ANYTHING)})),
        }
    ),
    "compare.compare_json": record(
        {**texts("scheme", "sentence"), "alert": maybe(ref("Alert")), "levels": list_of(ANYTHING), **MARKS, **PROBLEMS}
    ),
    "journey.journey_json": record(
        {
            "area": TEXT, **maybes("finding"), **MARKS, **PROBLEMS,
            "ways": list_of(record({"sentence": TEXT, "steps": list_of(ref("Step"))})),
        }
    ),
    "levels.levels_json": record(
        {
            "schemes": list_of(
                record(
                    {
                        **texts("id", "name", "owner", "date", "status", "reminder", "address"), **maybes("later_name", "area"),
                        "levels": list_of(
                            record(
                                {
                                    "level": WHOLE, **texts("name", "help_name", "meaning", "address"), "descriptors": WHOLE,
                                    "services": maybe(WHOLE), **maybes("colour"),
                                }
                            )
                        ),
                        "boundaries": list_of(record({"below": maybe(WHOLE), "above": WHOLE, "gateways": list_of(ref("Gateway"))})),
                    }
                )
            )
        }
    ),
    "levels.level_json": record(
        {
            "level": WHOLE, **texts("scheme", "name", "help_name", "meaning", "how_to_get_help", "reminder"), **maybes("area", "consent"),
            "gateways": list_of(ref("Gateway")), "domains": list_of(ANYTHING), "services": list_of(ANYTHING), "sources": SOURCES, **MARKS,
        }
    ),
    "levels.unanswered_json": record(
        {
            **texts("scheme", "sentence"), **maybes("area"), "rules": list_of(TEXT), "asked": WHOLE,
            "unanswered": list_of(ref("Descriptor")), "not_a_service_matter": list_of(ref("Descriptor")),
            "not_linked_to_a_need": list_of(TEXT), **MARKS,
        }
    ),
    "levels.descriptors_json": record({"descriptors": list_of(ref("Descriptor"))}),
    "themes.themes_json": record(
        {
            "scheme": TEXT, "levels_not_linked": LEVELS,
            "themes": list_of(
                record(
                    {
                        **texts("theme", "label", "address"), "none_at": LEVELS,
                        "descriptors": {"type": "object", "additionalProperties": maybe(WHOLE)},
                    }
                )
            ),
        }
    ),
    "themes.theme_json": record(
        {
            **texts("theme", "label", "scheme"), "alert": maybe(ref("Alert")), "level_not_recorded": list_of(ref("Gateway")), **MARKS,
            "levels": list_of(
                record({"level": WHOLE, "name": TEXT, "descriptors": list_of(ref("Descriptor")), "gateways": list_of(ref("Gateway"))})
            ),
        }
    ),
    "pathways.pathways_json": record(
        {"areas": list_of(record({**texts("id", "name", "as_at", "address"), "stages": WHOLE}))}
    ),
    "pathways.pathway_json": record(
        {
            **texts("area", "name", "as_at"), "stages": list_of(ref("Stage")), "steps": list_of(ref("Step")),
            "closed": list_of(record({**texts("from", "to", "words"), "sources": SOURCES})), "not_on_the_map": list_of(TEXT), **MARKS,
        }
    ),
    "pathways.findings_json": record(
        {"area": TEXT, "findings": list_of(record({**texts("kind", "sentence"), "places": list_of(TEXT)})), **MARKS}
    ),
    "upkeep.content_health_json": record(
        {
            **texts("on", "sentence", "content_digest"), "counts": ANYTHING, "never_checked": WHOLE, "owners": list_of(ANYTHING),
            "problems": list_of(record({**texts("path", "field", "words", "severity"), "line": WHOLE, "column": WHOLE})),
        }
    ),
    "changes.changes_json": record(
        {"changes": list_of(record({**texts("on", "kind", "id", "change", "words"), **maybes("address")}))}
    ),
    "look.suggestions": record(
        {
            "kinds": list_of(TEXT), "area": TEXT,
            "entries": list_of({**list_of({"type": ["string", "integer"]}), "minItems": 4, "maxItems": 4}),
        }
    ),
    "unmet.unmet_json": record({"area": TEXT, "rules": list_of(TEXT), **maybes("note"), **PROBLEMS}),
    "health.ready": record({"ready": {"const": True}, "content": TEXT, "problems": {"type": "integer", "minimum": 0}}) | {
        "description": "Where people sign in, `sign_in` says whether they can: 'ready', or why not.",
    },
}  # fmt: skip
"""What each kind of data answers, by the name of its route."""


def twin(endpoint: str) -> Schema:
    """The schema of what a route answers as data; {} for one whose data is not described."""
    if endpoint in (f"gaps.{name}-json" for name in QUESTIONS):
        return ref("AsAsked")
    return ref(endpoint) if endpoint in TWINS else {}


@cache
def schemas() -> dict[str, Schema]:
    """Every named schema. That of a service is the content's own, with a sentence on each field."""
    service = Service.model_json_schema(mode="serialization", ref_template=PLACE + "{model}")
    parts = service.pop("$defs")
    for each in (service, *parts.values()):
        each.pop("additionalProperties", None)  # what a writer may write is closed; what a reader may be told is not
    service["properties"] |= {"address": TEXT, "not_stated": list_of(TEXT), "freshness": MARK, "freshness_of_others": MARKS["freshness"]}
    return {**NAMED, **TWINS, **parts, "Service": service}
