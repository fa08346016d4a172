"""Facts into the words and the HTML of a page: dates, money, ages, levels, Markdown, and "Not recorded"."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from flask import Flask, request
from jinja2 import StrictUndefined
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from app.matching.sentences import inside, joined, levels_in_words
from app.model import (
    MUST_BE_STATED,
    RECIPIENT_WORDS,
    STATUS_WORDS,
    UNBORN,
    AgeExtension,
    Area,
    Descriptor,
    Gateway,
    Money,
    Need,
    Service,
    any_age_fit,
    date_in_words,
)
from app.question import AddressProblem
from app.web.state import current

EMERGENCY = "If a child is in immediate danger, call 999 now."
"""Said on every page, also when the content has no words of its own for it."""

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "th": {"scope"}}

STATED_AS = {
    "levels": "Levels of need",
    "received_by": "Who receives it",
    "ages": "Ages",
    "needs": "What it is for",
    "reached_by": "How it is reached",
    "contact": "How to contact it",
    "commissioner": "Who commissions it",
    "provider": "Who provides it",
    "budget": "Budget",
    "contract": "When the contract ends",
    "capacity": "Whether there is room, or a wait",
    "activity": "How much was done",
    "outcomes": "What came of it",
}
"""Fields that each profile must state, as people call them."""

GROUP_WORDS = {
    "related": "Not specific to this need, but they work with this child or family.",
    "if-another-need": "Each takes a child or family only when the need it names is there.",
    "near-miss": "Shown so that you can ask: one thing about each does not fit.",
    "not-recorded": "Not recorded is not no: ask.",
}
"""What a reader should know of a group, beside its heading."""

KIND_WORDS = {"gateway": "gateway or stage", "term": "glossary", "descriptor": "descriptor in the thresholds"}

GATEWAY_KINDS = {
    "door": "Door", "assessment": "Assessment", "programme": "Programme", "panel": "Panel", "meeting": "Meeting", "plan": "Plan",
    "order": "Order", "court": "Court", "setting": "Where a worry starts", "self": "Asking oneself", "review": "Review", "power": "Legal power",
}  # fmt: skip

STEP_KINDS = {"refer": "A referral", "step-up": "A step up", "step-down": "A step down", "signpost": "A signpost"}

PER = {"year": "a year", "once": "once", "not said": "for a time that the source does not say"}


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_options = {**app.jinja_options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.filters.update(
        age=age_of_child, date=date_in_words, deciding=with_deciding_words, inside=inside, joined=joined, levels=levels_in_words,
        markdown=markdown, money=money, snippet=snippet, times=times, anchor=anchor, first_upper=first_upper, recipient=RECIPIENT_WORDS.__getitem__, field_in_words=field_in_words,
    )  # fmt: skip
    app.jinja_env.globals.update(
        RECIPIENT_WORDS=RECIPIENT_WORDS, STATUS_WORDS=STATUS_WORDS, PER=PER, STATED_AS=STATED_AS, EMERGENCY=EMERGENCY,
        GROUP_WORDS=GROUP_WORDS, KIND_WORDS=KIND_WORDS, GATEWAY_KINDS=GATEWAY_KINDS, STEP_KINDS=STEP_KINDS, STYLE_VERSION=style_version(app),
        age_line=age_line, area_name=area_name, area_of=area_of, problem_words=problem_words, extension=extension_in_words, field_in_words=field_in_words, gateway=gateway,
        level_name=level_name, need=need, programme_name=programme_name, service_name=service_name, source_title=source_title,
        unstated=unstated, words=standing_words, nested_not_recorded=nested_not_recorded, page_state=page_state,
    )  # fmt: skip


def style_version(app: Flask) -> str:
    """Changes when the stylesheet does, so that browsers may keep it for long."""
    return hashlib.sha256((Path(str(app.static_folder)) / "windscreen.css").read_bytes()).hexdigest()[:12]


def compile_templates(app: Flask) -> None:
    """Compile every template now, so that no reader waits for it and a broken one is known at the start."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)


def page_state() -> dict[str, Any]:
    """What the frame of every page needs."""
    loaded = current()
    return {"site": loaded.directory.site, "digest": loaded.digest, "path": request.path}


# Markdown


class _LowerHeadings(Treeprocessor):
    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                element.tag = f"h{min(6, max(2, int(element.tag[1])) + self.by)}"


class _Lower(Extension):
    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.treeprocessors.register(_LowerHeadings(self.by), "lower", 0)


@lru_cache(maxsize=4096)
def markdown(text: str, lower: int = 0) -> Markup:
    """Markdown as safe HTML: the one place where text becomes HTML. Headings begin at `h2`, or lower by as much as told."""
    html = Markdown(extensions=["tables", "sane_lists", _Lower(lower)]).convert(text)
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener noreferrer")
    return Markup(clean)  # noqa: S704 - cleaned on the line above


def snippet(html: str) -> Markup:
    """A fragment from the full-text index with its marks, and nothing else."""
    return Markup(nh3.clean(html, tags={"mark"}, attributes={}))  # noqa: S704 - cleaned in the same breath


def with_deciding_words(descriptor: Descriptor) -> Markup:
    """A descriptor with the words that carry its boundary in `<strong>`."""
    if not descriptor.deciding:
        return escape(descriptor.text)
    pattern = "|".join(re.escape(word) for word in sorted(descriptor.deciding, key=len, reverse=True))
    parts = re.split(f"({pattern})", descriptor.text, flags=re.IGNORECASE)
    return Markup("").join(Markup("<strong>{}</strong>").format(part) if number % 2 else escape(part) for number, part in enumerate(parts))


# words


def money(amount: int) -> str:
    """342000 as "£342,000"."""
    return f"£{amount:,}"


def times(budget: Money) -> str:
    """How often a sum is paid, and in which year: "a year, 2015/16"."""
    return ", ".join(part for part in (PER[budget.per], budget.year) if part)


def age_of_child(age: int) -> str:
    """14 as "14 years", 0 as "under 1 year", -1 as "unborn"."""
    if age == UNBORN:
        return "unborn"
    return "under 1 year" if age == 0 else f"{age} year{'s' if age != 1 else ''}"


def age_line(service: Service) -> str:
    """Whom it works with, by age class, when no age is asked."""
    return any_age_fit(service).line


def extension_in_words(extension: AgeExtension) -> str:
    """An extension of the ages: "from 19 to 24 if the young person has SEND"."""
    lower, upper = extension.lower, extension.upper
    parts = []
    if lower is not None:
        parts.append(f"from {'before birth' if lower == UNBORN else lower}")
    if upper is not None:
        parts.append(f"{'up ' if lower is None else ''}to {upper}")
    return f"{' '.join(parts) or 'other ages'} if {extension.condition}"


def first_upper(text: str) -> str:
    """A sentence with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def anchor(text: str) -> str:
    """A name for a place on a page: "A&E" as "a-e"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", "")))


def shown(text: str, longest: int = 40) -> str:
    """Something from an address, fit to be printed: short, and without control and direction signs."""
    return re.sub(r"[^\w .,:+&'/-]", "?", text[:longest])


def problem_words(problem: AddressProblem) -> str:
    """A problem as a sentence: "Level ‘9’ is not a level; the levels are 1, 2, 3, 4"."""
    value = f" ‘{problem.value}’" if problem.value else ""
    return f"{first_upper(problem.part)}{value} {problem.words}"


# what is not known


def unstated(service: Service) -> tuple[str, ...]:
    """The fields every profile must state for which this one has nothing recorded."""
    return tuple(name for name in MUST_BE_STATED if not getattr(service, name))


def nested_not_recorded(service: Service) -> list[str]:
    """Smaller things that are marked as not recorded, in words: "budget: note"."""
    return [field_in_words(name) for name in service.not_recorded if name not in MUST_BE_STATED]


def field_in_words(name: str) -> str:
    """`activity` as "How much was done", `contract.ends` as "When the contract ends: ends"."""
    first, _, rest = name.partition(".")
    words = STATED_AS.get(first) or first_upper(first.replace("_", " "))
    inner = " ".join(part.replace("_", " ") for part in rest.split(".") if not part.isdigit())
    return f"{words}: {inner}" if inner else words


# names of things, by id


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


def standing_words(key: str) -> str:
    """One of the deployment's standing sentences, or "" when it has none; 999 is always said."""
    found = current().directory.site.standing_words.get(key, "")
    return found or (EMERGENCY if key == "immediate-danger" else "")


def need_options(needs: Iterable[Need]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Needs as the groups of a select: (theme, [(id, label), ...])."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for item in needs:
        themes.setdefault(item.theme, []).append((item.id, item.label))
    return [(theme, sorted(options, key=lambda option: option[1].lower())) for theme, options in themes.items()]
