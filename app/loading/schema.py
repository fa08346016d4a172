"""Raw fields against the schema's classes: a record, or everything that is wrong with it, in plain words."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from app.frontmatter import Fields, Loc
from app.model import Record, RefersTo
from app.problems import Problem, nearest, nearest_name, shown

NOT_RECORDED = "not_recorded"
"""The value that says: we looked, and the source does not say."""

MEANT_NOT_RECORDED = re.compile(r"not[ _-]?recorded\.?", re.IGNORECASE)
"""Other spellings of it, which would stand on a page as if they were a name or a figure."""

R = TypeVar("R", bound=Record)


def drop_not_recorded(data: Any, prefix: Loc = ()) -> tuple[Any, list[Loc]]:
    """The data without its `not_recorded` values, and the way to each of them."""
    if isinstance(data, dict):
        kept: dict[str, Any] = {}
        gone: list[Loc] = []
        for key, value in data.items():
            if value == NOT_RECORDED:
                gone.append((*prefix, key))
            else:
                kept[key], more = drop_not_recorded(value, (*prefix, key))
                gone += more
        return kept, gone
    if isinstance(data, list):
        items = [drop_not_recorded(item, (*prefix, position)) for position, item in enumerate(data)]
        return [item for item, _ in items], [loc for _, more in items for loc in more]
    return data, []


def _badly_not_recorded(data: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Each place in the data where not_recorded is meant but would be kept as a text, and what to do."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _badly_not_recorded(value, (*loc, key))
    elif isinstance(data, list):
        for position, value in enumerate(data):
            yield from _badly_not_recorded(value, (*loc, position))
    elif data == NOT_RECORDED:
        yield loc, "not_recorded stands for a whole field, not for an entry of a list"
    elif isinstance(data, str) and MEANT_NOT_RECORDED.fullmatch(data.strip()):
        yield loc, f"{shown(data)} must be written not_recorded"


def validate(cls: type[R], data: Any, fields: Fields, loc: Loc = (), given: dict[str, Any] | None = None) -> tuple[R | None, list[Problem]]:
    """A record made of the raw `data` that stands at `loc`, with the fields `given` by the reader added.

    Returns the record, or None with one problem for each thing that is wrong.
    """
    if not isinstance(data, dict):
        return None, [] if fields.is_faulty(loc) else [fields.problem(loc, "must be a set of 'field: value' lines")]
    given = given or {}
    problems = []
    for key in given.keys() & data.keys():
        problems.append(fields.problem((*loc, key), "is set from the file's place and name; leave it out", key=True))
        fields.faulty.add((*loc, key))
    kept, gone = drop_not_recorded(data)
    for where, words in _badly_not_recorded(kept, loc):
        problems.append(fields.problem(where, words))
        fields.faulty.add(where)
    try:
        return cls.model_validate({**kept, **given}), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    misspelt = {(*inner[:-1], meant) for detail in details if (inner := detail["loc"]) and (meant := _meant(cls, detail))}
    for detail in details:
        told_already = fields.is_faulty((*loc, *detail["loc"])) or (detail["type"] == "missing" and detail["loc"] in misspelt)
        if not told_already:
            problems.append(_problem(cls, detail, fields, loc, gone))
    return None, problems


def _meant(cls: type[Record], detail: Any) -> str:
    """The field that an unknown key is a misspelling of, or ""."""
    if detail["type"] != "extra_forbidden":
        return ""
    owner = class_at(cls, detail["loc"][:-1])
    return nearest_name(str(detail["loc"][-1]), field_names(owner)) if owner else ""


def _problem(cls: type[Record], detail: Any, fields: Fields, loc: Loc, gone: list[Loc]) -> Problem:
    inner: Loc = tuple(detail["loc"])
    kind, value, context = detail["type"], detail.get("input"), detail.get("ctx") or {}
    if inner[-1:] == ("[key]",):
        return fields.problem((*loc, *inner[:-1]), _words(kind, value, context, detail["msg"]), key=True)
    info = field_at(cls, inner)
    described = f": {info.description}" if info and info.description else ""
    if kind == "extra_forbidden":
        owner = class_at(cls, inner[:-1])
        known = field_names(owner) if owner else []
        return fields.problem((*loc, *inner), f"is not a known field{nearest(str(inner[-1]), known, most=99)}", key=True)
    if kind == "missing":
        words = "must be given; it cannot be not_recorded" if inner in gone else "is missing"
        return fields.problem((*loc, *inner), words + described)
    if value == "":
        must = "it must be given" if info and info.is_required() else "give a value, or leave the line out"
        return fields.problem((*loc, *inner), f"is empty; {must}{described}")
    return fields.problem((*loc, *inner), _words(kind, value, context, detail["msg"]))


def _words(kind: str, value: Any, context: dict[str, Any], message: str) -> str:
    """A sentence for one kind of mistake that pydantic found."""
    this = shown(value)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context["expected"])
        close = nearest(str(value), allowed, most=0)
        return f"{this} is not allowed{close}{' Allowed: ' if close else '; allowed: '}{', '.join(allowed)}"
    whole = f"{this} is not a whole number; write digits only, such as 14"
    a_set = "must be a set of 'field: value' lines"
    table = {
        "int_parsing": whole,
        "int_parsing_size": whole,
        "int_type": f"must be one whole number, such as 14, not {_what(value)}",
        "greater_than_equal": f"{this} is too small; the least allowed is {context.get('ge')}",
        "less_than_equal": f"{this} is too large; the most allowed is {context.get('le')}",
        "bool_parsing": f"{this} is not allowed; write true or false",
        "bool_type": f"must be true or false, not {_what(value)}",
        "string_pattern_mismatch": f"{this} is not a short name; use small letters, digits and single hyphens",
        "string_type": f"must be text, not {_what(value)}",
        "tuple_type": f"must be a list, not {_what(value)}: [one, two] or lines that begin with '- '",
        "dict_type": a_set,
        "model_type": a_set,
        "too_short": f"needs at least {context.get('min_length')} {'entry' if context.get('min_length') == 1 else 'entries'}",
    }
    return table.get(kind) or _on_one_line(message.removeprefix("Value error, "))


def _on_one_line(words: str) -> str:
    """A model's own sentence, with the wrong value in it cut short when it is a whole text."""
    plain = " ".join(words.split())
    return plain if len(plain) <= 200 else f"{plain[:60]}… {plain[-120:]}"


def _what(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a set of fields" if isinstance(value, dict) else "text"


def field_names(cls: type[Record]) -> list[str]:
    """The names a writer uses for the fields of a class."""
    return [info.alias or name for name, info in cls.model_fields.items()]


def field_at(cls: type[Record], inner: Loc) -> FieldInfo | None:
    """The field that stands at `inner` below a record of `cls`; None for an entry of a list."""
    owner = class_at(cls, inner[:-1]) if inner else None
    return _field(owner, inner[-1]) if owner else None


def _field(cls: type[Record], name: str | int) -> FieldInfo | None:
    return next((info for key, info in cls.model_fields.items() if name in (key, info.alias)), None)


def class_at(cls: type[Record], inner: Loc) -> type[Record] | None:
    """The class of the record that stands at `inner` below a record of `cls`."""
    current: type[Record] | None = cls
    for part in inner:
        if isinstance(part, str):
            info = _field(current, part) if current else None
            current = next(records_in(info.annotation), None) if info else None
    return current


def records_in(annotation: Any) -> Iterator[type[Record]]:
    """The record classes inside an annotation such as `tuple[Fact, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in get_args(annotation):
        yield from records_in(inner)


def references(cls: type[Record], data: Any, loc: Loc = ()) -> Iterator[tuple[str, str, Loc]]:
    """Every value in raw `data` that names another piece of content: its kind, the value, and where it stands."""
    if not isinstance(data, dict):
        return
    for name, hint in hints_of(cls).items():
        key = cls.model_fields[name].alias or name
        if key in data:
            yield from _references_in(hint, data[key], (*loc, key))


def _references_in(hint: Any, value: Any, loc: Loc) -> Iterator[tuple[str, str, Loc]]:
    if isinstance(hint, type) and issubclass(hint, Record):
        yield from references(hint, value, loc)
        return
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        for mark in args[1:]:
            if isinstance(mark, RefersTo) and isinstance(value, str) and value != NOT_RECORDED:
                yield mark.kind, value, loc
        yield from _references_in(args[0], value, loc)
    elif origin in (Union, types.UnionType):
        for arg in args:
            yield from _references_in(arg, value, loc)
    elif origin is tuple and isinstance(value, list):
        for position, item in enumerate(value):
            yield from _references_in(args[0], item, (*loc, position))


_HINTS: dict[type[Record], dict[str, Any]] = {}


def hints_of(cls: type[Record]) -> dict[str, Any]:
    """The types of a class's fields with their marks, such as which names refer to what."""
    if cls not in _HINTS:
        hints = typing.get_type_hints(cls, include_extras=True)
        _HINTS[cls] = {name: hints[name] for name in cls.model_fields}
    return _HINTS[cls]
