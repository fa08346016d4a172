"""The words that journeys, stages and findings share, and how a source is named in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.graph import Edge, Graph
from app.model import Citation, Directory

NOT_RECORDED = "Not recorded"

STEP_WORDS = {"refer": "refer to", "step-up": "step up to", "step-down": "step down to", "signpost": "point to"}
"""How each kind of step is said before the place it leads to."""

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def joined(parts: Sequence[str], last: str = "and") -> str:
    """("a", "b", "c") as "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def counted(number: int, one: str) -> str:
    """1 as "one step", 3 as "three steps", 12 as "12 steps"."""
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {one}{'' if number == 1 else 's'}"


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """A recorded text as it stands after a colon or inside a sentence: "Eight days" as "eight days", "CAF" as it is."""
    return text if text[1:2].isupper() or not text[1:2] else text[0].lower() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it has an end already."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def said(edge: Edge, graph: Graph) -> str:
    """A step in a sentence: "School to CAF"."""
    return f"{graph.places[edge.start].short} to {graph.places[edge.end].short}"


def cited(sources: Iterable[Citation], directory: Directory) -> str:
    """Sources in words, the sections of one document together: "Title (2016), 2.2; 3.2.4"."""
    sections: dict[str, list[str]] = {}
    for citation in sources:
        sections.setdefault(citation.document, []).append(citation.section)
    parts = []
    for document, places in sections.items():
        source = directory.source_by_id.get(document)
        title = f"{source.title} ({source.date[:4]})" if source else document
        parts.append(f"{title}, {'; '.join(dict.fromkeys(places))}")
    return "; ".join(parts)


def citations_json(sources: Iterable[Citation]) -> list[dict[str, str]]:
    """Sources for other programs."""
    return [{"document": citation.document, "section": citation.section} for citation in sources]
