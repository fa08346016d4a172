"""What services claim of their own outcomes, what is said of the programmes they use, and where the sources contradict themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.gaps.ground import Ground
from app.gaps.query import Query
from app.gaps.shown import not_shown
from app.gaps.tables import NOT_RECORDED, Table
from app.gaps.words import are, capital, counted, named, so_many
from app.model import Citation, Fact, Programme, Service, date_in_words

NOT_ASSESSED = "Not assessed: no source here gives a rating by an evidence body. That is not a low rating."

KIND_WORDS = {"programme": "programme", "tool": "assessment tool, not an intervention", "approach": "approach"}

RULES = (
    "An outcome is the service's own claim, as the source prints it. Nobody here has checked it, and two services' claims do not compare.",
    "Beside each claim stands how many it is a share of, and over which time. Where the source says neither, that is what is shown.",
    "Savings are the services' own estimates and are never added to each other or set against budgets.",
    "A rating belongs to a programme as it was tried elsewhere, with its own body and date; how strong the evidence is does not say how "
    "large the effect is. 'Not assessed' is not a low rating, and an assessment tool is not an intervention.",
    "Where two places in the sources disagree, both are told.",
)


@dataclass(frozen=True)
class Claim:
    """One outcome that a service claims for itself."""

    service: str
    name: str
    what: str
    value: str
    of: str
    unit: str
    period: str
    is_saving: bool
    note: str
    source: Citation

    @property
    def is_bare(self) -> bool:
        """Whether a figure stands there without a number behind it and without a time."""
        return bool(re.search(r"\d", self.value)) and not (self.of or self.period)

    def to_json(self) -> dict[str, Any]:
        """The claim; null where the source does not say."""
        return {
            "service": self.service,
            "name": self.name,
            "what": self.what,
            "value": self.value,
            "of": self.of or None,
            "unit": self.unit or None,
            "period": self.period or None,
            "saving": self.is_saving,
            "note": self.note or None,
            "source": {"document": self.source.document, "section": self.source.section},
        }


@dataclass(frozen=True)
class ProgrammeEvidence:
    """One programme, what the sources say of its evidence, and the services that use it."""

    programme: str
    name: str
    kind: str
    rating: str
    sentences: tuple[str, ...]
    used_by: tuple[str, ...]
    used_by_names: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The programme; `rating` is null when it was not assessed."""
        return {
            "programme": self.programme,
            "name": self.name,
            "kind": self.kind,
            "rating": self.rating or None,
            "rating_words": self.rating or NOT_ASSESSED,
            "evidence": list(self.sentences),
            "used_by": list(self.used_by),
        }


@dataclass(frozen=True)
class Contradiction:
    """Where the sources disagree: about which service or programme, and both sides in words."""

    about: str
    kind: str
    name: str
    words: str

    def to_json(self) -> dict[str, str]:
        """What it is about, and the words."""
        return {"about": self.about, "kind": self.kind, "name": self.name, "words": self.words}


@dataclass(frozen=True)
class Evidence:
    """Claims, programmes and contradictions of one area."""

    area: str
    claims: tuple[Claim, ...]
    no_claim: tuple[str, ...]
    programmes: tuple[ProgrammeEvidence, ...]
    contradictions: tuple[Contradiction, ...]
    findings: tuple[str, ...]
    rules: tuple[str, ...] = RULES

    def to_json(self) -> dict[str, Any]:
        """All three lists."""
        return {
            "area": self.area,
            "findings": list(self.findings),
            "rules": list(self.rules),
            "claims": [claim.to_json() for claim in self.claims],
            "without_a_claim": list(self.no_claim),
            "programmes": [each.to_json() for each in self.programmes],
            "contradictions": [each.to_json() for each in self.contradictions],
        }

    def tables(self) -> tuple[Table, ...]:
        """Claims, programmes, contradictions."""
        claims = tuple(
            (each.name, each.what, each.value, each.of or NOT_RECORDED, each.unit or NOT_RECORDED, each.period or NOT_RECORDED, each.note,
             f"{each.source.document}, {each.source.section}")
            for each in self.claims
        )  # fmt: skip
        programmes = tuple(
            (
                each.name,
                KIND_WORDS[each.kind],
                each.rating or NOT_ASSESSED,
                " ".join(each.sentences) or NOT_RECORDED,
                "; ".join(each.used_by_names),
            )
            for each in self.programmes
        )
        return (
            Table("outcomes", "Claimed outcomes", ("Service", "What", "Value", "Share of", "Unit", "Period", "Note", "Source"), claims),
            Table("programmes", "Programmes and evidence", ("Programme", "Kind", "Rating", "What the sources say", "Used by"), programmes),
            Table(
                "contradictions", "Contradictions", ("About", "What the sources say"), tuple((e.name, e.words) for e in self.contradictions)
            ),
        )


def evidence_of(ground: Ground, query: Query) -> Evidence:
    """What is claimed and known of the services asked about. Programmes that no service here uses come last."""
    services = sorted(ground.services_of(ground.chosen(query).sure), key=lambda service: service.name)
    claims = tuple(_claim(service, fact) for service in services for fact in service.outcomes)
    programmes = tuple(_programmes(ground, services))
    contradictions = tuple(_contradictions(ground, services, programmes))
    bare = tuple(service.id for service in services if not service.outcomes)
    hidden = not_shown(ground.withheld, "outcomes", "body")
    found = _findings(services, claims, programmes, contradictions) if "outcomes" not in ground.withheld or not services else ()
    bare = () if "outcomes" in ground.withheld else bare
    findings = (*hidden, *found)
    return Evidence(query.area, claims, bare, programmes, contradictions, findings)


def _claim(service: Service, fact: Fact) -> Claim:
    period = fact.period or (date_in_words(fact.as_at) if fact.as_at else "")
    return Claim(
        service.id, service.name, fact.what, fact.value, fact.of or "", fact.unit or "", period, fact.value.startswith("£"),
        fact.note or "", fact.source or service.sources[0],
    )  # fmt: skip


def _programmes(ground: Ground, services: Iterable[Service]) -> Iterator[ProgrammeEvidence]:
    used: dict[str, list[Service]] = {}
    for service in services:
        for name in service.programmes:
            used.setdefault(name, []).append(service)

    def order(programme: Programme) -> tuple[bool, str]:
        return programme.id not in used, programme.name.lower()

    for programme in sorted(ground.directory.programmes, key=order):
        users = used.get(programme.id, [])
        yield ProgrammeEvidence(
            programme.id, programme.name, programme.kind, programme.rating or "", programme.evidence,
            tuple(user.id for user in users), tuple(user.name for user in users),
        )  # fmt: skip


def _contradictions(ground: Ground, services: Iterable[Service], programmes: Iterable[ProgrammeEvidence]) -> Iterator[Contradiction]:
    for service in services:
        for words in contradictions_in(service.body):
            yield Contradiction(service.id, "service", service.name, ground.told(words))
    for each in programmes:
        disagreement = ground.directory.programme_by_id[each.programme].contradiction
        if disagreement and each.used_by:
            yield Contradiction(each.programme, "programme", each.name, ground.told(disagreement))


def contradictions_in(body: str) -> list[str]:
    """The paragraphs of a profile that begin with **The source ...** in bold, each with the list that follows it, as plain text."""
    paragraphs = [" ".join(block.split()) for block in re.split(r"\n\s*\n", body)]
    found = []
    for number, block in enumerate(paragraphs):
        if block.startswith("**The source "):
            if block.rstrip("*").endswith(":") and number + 1 < len(paragraphs) and paragraphs[number + 1].startswith("- "):
                items = re.split(r"(?:^| )- ", paragraphs[number + 1])[1:]
                block = f"{block} {'; '.join(item.rstrip('.;') for item in items)}."
            found.append(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", block.replace("**", "")))
    return found


def _findings(
    services: list[Service], claims: tuple[Claim, ...], programmes: tuple[ProgrammeEvidence, ...], contradictions: tuple[Contradiction, ...]
) -> Iterator[str]:
    if not services:
        yield "No service is recorded for what is selected."
        return
    claiming = len({claim.service for claim in claims})
    verb = are(claiming, "claims", "claim")
    yield f"{claiming} of {counted(len(services))} {verb} an outcome: {counted(len(claims), 'claim')} in all, none of them checked here."
    bare = sum(claim.is_bare for claim in claims)
    if bare:
        yield f"{capital(counted(bare, 'figure'))} among them {are(bare, 'stands', 'stand')} without a number behind and without a time."
    used = [each for each in programmes if each.used_by]
    rated = [each for each in used if each.rating]
    if used:
        said = [each for each in used if each.sentences]
        yield (
            f"{so_many(len(used), 'programme')} used here; {len(rated) or 'none'} {are(len(rated) or 1, 'has', 'have')} a rating by an "
            f"evidence body, and for {len(said)} the sources say something of the evidence."
        )
    if contradictions:
        names = named(list(dict.fromkeys(each.name for each in contradictions)))
        yield f"The sources contradict themselves in {counted(len(contradictions), 'place')}: {names}."
