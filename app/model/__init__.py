"""Frozen records of the field, and the small rules that belong to them. Imports no other storey."""

from app.model.audience import AUDIENCE_WORDS, AUDIENCES, Audience, SeenFrom, audience_of, lower, sees
from app.model.changes import Change, ChangedKind, ChangeWord
from app.model.directory import Directory
from app.model.fit import AGE_ORDER, AgeClass, AgeFit, age_fit, ages_in_words, any_age_fit
from app.model.library import (
    Area,
    Example,
    GlossaryTerm,
    Programme,
    ReviewIntervals,
    Site,
    Source,
)
from app.model.pathway import START_KINDS, ClosedWay, Gateway, Step
from app.model.seen import GUARDED, fields_for_audiences, seen_by, withholds
from app.model.service import (
    MUST_BE_STATED,
    RECIPIENT_WORDS,
    STATUS_WORDS,
    Service,
    ServiceNeeds,
)
from app.model.thresholds import Descriptor, Domain, Level, Scheme
from app.model.values import (
    OLDEST,
    UNBORN,
    AgeExtension,
    Ages,
    Budget,
    Capacity,
    Checks,
    Citation,
    Contact,
    Contract,
    Fact,
    Money,
    Record,
    RefersTo,
    Route,
    age_in_words,
    date_in_words,
    last_day,
)
from app.model.words import (
    ALERT_ORDER,
    AlertCard,
    AlertGrade,
    Ambiguity,
    AmbiguityChoice,
    Factor,
    Need,
    Process,
    Vocabulary,
)

__all__ = [
    "AGE_ORDER", "ALERT_ORDER", "AUDIENCES", "AUDIENCE_WORDS", "GUARDED", "MUST_BE_STATED", "OLDEST", "RECIPIENT_WORDS", "START_KINDS",
    "STATUS_WORDS", "UNBORN", "AgeClass", "AgeExtension", "AgeFit", "Ages", "AlertCard", "AlertGrade", "Ambiguity", "AmbiguityChoice",
    "Area", "Audience", "Budget", "Capacity", "Change", "ChangeWord", "ChangedKind", "Checks", "Citation", "ClosedWay", "Contact",
    "Contract", "Descriptor", "Directory", "Domain", "Example", "Fact", "Factor", "Gateway", "GlossaryTerm", "Level", "Money", "Need",
    "Process", "Programme", "Record", "RefersTo", "ReviewIntervals", "Route", "Scheme", "SeenFrom", "Service", "ServiceNeeds", "Site",
    "Source", "Step", "Vocabulary", "age_fit", "age_in_words", "ages_in_words", "any_age_fit", "audience_of", "date_in_words",
    "fields_for_audiences", "last_day", "lower", "seen_by", "sees", "withholds",
]
