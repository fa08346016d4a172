"""What is asked of a stage: "how long", "who decides", "if they say no". Read only where a stage is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.question.numbers import Token
from app.vocabulary import Found

FACT_WORDS = {
    "refused": "If the family says no",
    "time": "Time limit",
    "consent": "Consent",
    "decides": "Who decides",
    "refers": "Who may refer",
    "disagree": "If you disagree",
    "before": "What comes before",
    "after": "What comes after",
}
"""What may be asked of a stage, and how it is said. The names stand in addresses: `fact=time`."""

CONSENT = "consent"
"""The process word that is a fact of another stage: beside one, it asks about consent there."""

PHRASES: dict[str, tuple[str, ...]] = {
    "refused": (
        "says no", "say no", "said no", "refuse", "refuses", "refused", "refusal", "decline", "declines", "declined", "dont agree",
        "do not agree", "doesnt agree", "does not agree", "wont agree", "will not agree", "without agreement",
    ),
    "time": (
        "how long", "how long does it last", "how long can it last", "how quickly", "how soon", "how fast", "how many days",
        "how many weeks", "how many months", "how many hours", "time limit", "time limits", "time scale", "time scales", "timescale",
        "timescales", "time frame", "timeframe", "timeframes", "deadline", "deadlines", "by when", "duration", "last", "lasts", "expire",
        "expires", "run out", "runs out",
    ),
    "consent": ("permission", "have to agree", "need to agree", "must agree", "agreement", "voluntary", "compulsory"),
    "decides": ("who decides", "who decide", "decides", "who makes the decision", "who chairs", "decision maker", "whose decision"),
    "refers": (
        "who can refer", "who may refer", "who refers", "who can make a referral", "who can start", "who can open", "who can request",
    ),
    "disagree": ("disagree", "disagrees", "disagreement", "disagree with", "challenge", "appeal", "complain"),
    "before": ("what comes before", "comes before", "what happens before", "before", "what leads to"),
    "after": (
        "what comes after", "comes after", "what happens after", "what happens next", "what next", "whats next", "next step", "next steps",
        "then what", "after", "what does it lead to",
    ),
}  # fmt: skip

NO = frozenset("no not non without refused refuses refusing refuse withdrawn wont disengaged disengaging".split())
"""A phrase about consent with one of these words asks what follows a no."""

_BY_WORDS = {tuple(phrase.split()): fact for fact, phrases in PHRASES.items() for phrase in phrases}
_LONGEST = max(map(len, _BY_WORDS))


def read_facts(tokens: Sequence[Token], found: Iterable[Found]) -> tuple[str, ...]:
    """The facts that the words ask for, each once, in the order of FACT_WORDS; their words are used then."""
    asked = set()
    for item in found:
        if any((meaning.kind, meaning.id) == ("process", CONSENT) for meaning in item.meanings):
            asked.add("refused" if NO & {token.text for token in tokens[item.start : item.end]} else CONSENT)
    for length in range(_LONGEST, 0, -1):
        for start in range(len(tokens) - length + 1):
            piece = tokens[start : start + length]
            fact = _BY_WORDS.get(tuple(token.text for token in piece))
            if fact and not any(token.used for token in piece):
                asked.add(fact)
                for token in piece:
                    token.used = True
    return tuple(fact for fact in FACT_WORDS if fact in asked)
