"""Text into HTML: Markdown, fragments with marks, descriptors with their deciding words. The only place that makes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from app.levels import parts
from app.model import Descriptor

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {"a": {"href", "title"}, "th": {"scope"}}


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

    def extendMarkdown(self, md: Markdown) -> None:
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


def options(themes: Iterable[tuple[str, list[tuple[str, str]]]]) -> Markup:
    """The options of a select, by theme. Made once for each content: on every page they are the same."""
    group = Markup('<optgroup label="{}">{}</optgroup>')
    option = Markup('<option value="{}">{}</option>')
    return Markup("\n").join(
        group.format(theme, Markup("\n").join(option.format(value, label) for value, label in each)) for theme, each in themes
    )


def choosing(made: Markup, value: str) -> Markup:
    """The options of a select, made once, with one of them chosen."""
    mark = Markup('<option value="{}"{}>')
    return made.replace(mark.format(value, ""), mark.format(value, Markup(" selected")), 1) if value else made


def with_deciding_words(descriptor: Descriptor) -> Markup:
    """A descriptor with the words that carry its boundary in `<strong>`."""
    return _with_strong(parts(descriptor))


@lru_cache(maxsize=4096)
def _with_strong(pieces: tuple[tuple[str, bool], ...]) -> Markup:
    return Markup("").join(Markup("<strong>{}</strong>").format(piece) if decides else escape(piece) for piece, decides in pieces)


def drawing(svg: str) -> Markup:
    """A drawing of our own, which escapes every word in it when it is made."""
    return Markup(svg)  # noqa: S704 - made by app.levels and app.drawing only
