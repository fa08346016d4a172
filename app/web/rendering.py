"""What the templates know: the words, the names of things by their ids, and the frame of every page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask, request
from jinja2 import BytecodeCache, StrictUndefined
from jinja2.bccache import Bucket

from app.answering import anchor
from app.journeys.words import STEP_WORDS
from app.matching.sentences import inside, joined, levels_in_words
from app.model import AUDIENCE_WORDS, RECIPIENT_WORDS, STATUS_WORDS, Area, Gateway, Need, Service, date_in_words
from app.web import look, markup, schemes, words
from app.web.admission import admission
from app.web.state import current


def init_app(app: Flask) -> None:
    """Give the templates their words. A name that a template does not know is an error, never a blank."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(
        age=words.age_of_child,
        anchor=anchor,
        choosing=markup.choosing,
        counted=words.counted,
        date=date_in_words,
        deciding=markup.with_deciding_words,
        drawing=markup.drawing,
        field_in_words=words.field_in_words,
        first_upper=words.first_upper,
        inside=inside,
        joined=joined,
        levels=lambda numbers: levels_in_words(tuple(numbers)),
        markdown=markup.markdown,
        money=words.money,
        programme=programme_name,
        recipient=RECIPIENT_WORDS.__getitem__,
        snippet=markup.snippet,
        times=words.times,
        with_sources=words.with_sources,
    )
    app.jinja_env.globals.update(
        AUDIENCE_WORDS=AUDIENCE_WORDS,
        EMERGENCY=words.EMERGENCY,
        GATEWAY_KINDS=words.GATEWAY_KINDS,
        GROUP_WORDS=words.GROUP_WORDS,
        KIND_WORDS=words.KIND_WORDS,
        NOT_SHOWN=words.NOT_SHOWN,
        STATED_AS=words.STATED_AS,
        STATUS_WORDS=STATUS_WORDS,
        STEP_KINDS=words.STEP_KINDS,
        STEP_WORDS=STEP_WORDS,
        SURE_WORDS=words.SURE_WORDS,
        age_line=words.age_line,
        area_name=area_name,
        area_of=area_of,
        descriptor_address=schemes.descriptor_address,
        descriptor_named=schemes.descriptor_named,
        descriptor_place=schemes.descriptor_place,
        descriptor_under=schemes.descriptor_under,
        extension=words.extension_in_words,
        gateway=gateway,
        level_address=schemes.level_address,
        level_name=level_name,
        level_numbers=level_numbers,
        need=need,
        nested_not_recorded=words.nested_not_recorded,
        page_state=page_state,
        problem_words=words.problem_words,
        programme_name=programme_name,
        service_name=service_name,
        is_public=is_public,
        said=said,
        sensitive=sensitive,
        source_title=source_title,
        theme_address=schemes.theme_address,
        unstated=words.unstated,
        words=standing_words,
    )


class Compiled(BytecodeCache):
    """What templates were compiled to in this process, so that a second site in it need not compile them again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what is kept of a template whose text has not changed."""
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a template was compiled to."""
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()

FIRST = ("base.html", "home.html", "answer.html")
"""The pages on the way to a first answer."""


def compile_templates(app: Flask) -> None:
    """Compile what the first answer is made of, so that its reader does not wait; the rest is compiled when it is first shown."""
    app.jinja_env.bytecode_cache = COMPILED
    for name in app.jinja_env.list_templates(extensions=["html"]):
        if name.startswith("components/") or name in FIRST:
            app.jinja_env.get_template(name)


def page_state() -> dict[str, Any]:
    """What the frame of every page needs."""
    loaded = current()
    return {
        "site": loaded.directory.site, "digest": loaded.digest, "path": request.path, "mark": loaded.mark,
        "look": look.addresses(),
        "audience": loaded.directory.audience, "is_preview": admission().is_preview, "views": admission().lower_views(),
        "can_sign_in": admission().access.provider is not None, "signed_in": admission().is_signed_in,
    }  # fmt: skip


def is_public() -> bool:
    """Whether the reader is anybody at all."""
    return current().directory.audience == "public"


def said(service: Service) -> str:
    """What a service is, in a sentence: in plain words for the public, where there are any."""
    return (service.in_plain_words if is_public() else None) or service.summary


def sensitive(needs: Iterable[str]) -> bool:
    """Whether a page about these needs offers to leave quickly, because somebody else may be looking at the screen."""
    directory = current().directory
    themes = directory.site.sensitive_themes
    known = (directory.need_by_id.get(name) for name in needs)
    return any(need.theme in themes for need in known if need)


def need(name: str) -> Need:
    """The need with this id."""
    return current().directory.need_by_id[name]


def area_name(name: str) -> str:
    """The name of an area."""
    return current().directory.area_by_id[name].name


def area_of(name: str) -> Area:
    """The area with this id."""
    return current().directory.area_by_id[name]


def gateway(area: str, name: str) -> Gateway | None:
    """The gateway of an area with this id, or None."""
    return current().directory.gateway_by_key.get((area, name))


def programme_name(name: str) -> str:
    """The name of a programme."""
    return current().directory.programme_by_id[name].name


def service_name(name: str) -> str:
    """The name of a service."""
    return current().directory.service_by_id[name].name


def source_title(name: str) -> str:
    """The title of a source."""
    return current().directory.source_by_id[name].title


def level_name(area: str, number: int) -> str:
    """The name of a level in the scheme that an area follows; "" where the area follows none."""
    scheme = current().directory.scheme_of(area)
    level = scheme.level(number) if scheme else None
    return level.name if level else ""


def level_numbers(area: str) -> tuple[int, ...]:
    """The levels of the scheme that an area follows; none where it follows none."""
    scheme = current().directory.scheme_of(area)
    return tuple(level.number for level in scheme.levels) if scheme else ()


def standing_words(key: str) -> str:
    """One of the deployment's standing sentences, or "" when it has none; 999 is always said."""
    found = current().directory.site.standing_words.get(key, "")
    return found or (words.EMERGENCY if key == "immediate-danger" else "")
