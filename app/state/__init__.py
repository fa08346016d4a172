"""What outlives a build: reports of problems and counts of questions, in SQLite or in PostgreSQL. The only part that knows SQLAlchemy.

Pages with content never need any of it: whoever reads or writes here must be ready for a StateProblem and say what it means.
"""

from app.state.copying import back_up
from app.state.counts import OUTCOMES, Asked, Outcome, add_counts, forget_counts, published
from app.state.keys import form_key
from app.state.opening import Kept, StateProblem
from app.state.reports import (
    MONTHS_KEPT,
    AboutKind,
    Report,
    Standing,
    UnknownReport,
    add_report,
    answer_report,
    close_report,
    forget_reports,
    report_named,
    reports,
)

__all__ = [
    "MONTHS_KEPT", "OUTCOMES", "AboutKind", "Asked", "Kept", "Outcome", "Report", "Standing", "StateProblem", "UnknownReport",
    "add_counts", "add_report", "answer_report", "back_up", "close_report", "forget_counts", "forget_reports", "form_key",
    "published", "report_named", "reports",
]  # fmt: skip
