"""What stands beside the services: programmes, examples, the glossary, the sources."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, abort, render_template

from app.answering import term_id
from app.model import GlossaryTerm
from app.web.state import current

bp = Blueprint("library", __name__)

KINDS = {"programme": "Programmes", "approach": "Approaches", "tool": "Assessment tools, which are not help in themselves"}
"""The kinds of programme, and their headings."""


@bp.get("/programmes")
def programmes() -> str:
    """The programmes by kind."""
    everything = sorted(current().directory.programmes, key=lambda programme: programme.name.lower())
    kinds = [(heading, [programme for programme in everything if programme.kind == kind]) for kind, heading in KINDS.items()]
    return render_template("programmes.html", kinds=[(heading, found) for heading, found in kinds if found])


@bp.get("/programmes/<slug>")
def programme(slug: str) -> str:
    """One programme: for whom, what the sources say of its evidence, and who uses it."""
    loaded = current()
    found = loaded.directory.programme_by_id.get(slug) or abort(404)
    used_in = [example for example in loaded.directory.examples if slug in example.programmes]
    return render_template("programme.html", programme=found, services=loaded.services_by_programme.get(slug, []), examples=used_in)


@bp.get("/examples")
def examples() -> str:
    """What other places did, and the worked cases."""
    everything = current().directory.examples
    return render_template(
        "examples.html", practice=[example for example in everything if example.kind == "practice"],
        cases=[example for example in everything if example.kind == "worked case"],
    )  # fmt: skip


@bp.get("/examples/<slug>")
def example(slug: str) -> str:
    """One example."""
    found = current().directory.example_by_id.get(slug) or abort(404)
    return render_template("example.html", example=found)


@bp.get("/glossary")
def glossary() -> str:
    """The abbreviations and terms of the documents: what they meant, and what they are called now."""
    terms = sorted(current().directory.glossary, key=lambda term: term.term.lower())
    letters: dict[str, list[tuple[str, GlossaryTerm]]] = {}
    ids: Counter[str] = Counter()
    for term in terms:
        name = term_id(term.term)
        ids[name] += 1
        first = term.term[:1].upper()
        place = f"{name}-{ids[name]}" if ids[name] > 1 else name
        letters.setdefault(first if first.isalpha() else "0 to 9", []).append((place, term))
    return render_template("glossary.html", letters=list(letters.items()), count=len(terms))


@bp.get("/sources")
def sources() -> str:
    """Every document a fact comes from."""
    return render_template("sources.html", sources=current().directory.sources)
