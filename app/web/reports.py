"""Report a problem: a form on the page of each service and stage, and what became of a report."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request

from app.question import AddressProblem
from app.reporting import MAX_TEXT, TOPICS, Draft, Subject, new_reference, problems_of, report_of, subject_of, tidy
from app.state import AboutKind, Report, StateProblem, add_report, report_named, reports
from app.web.keeping import FormProblem, Keeping, keeping
from app.web.not_here import NotHere
from app.web.state import current

bp = Blueprint("reports", __name__)

FIELD_OF = {"topic": "topic", "your words": "text"}
"""The form field that mends each problem."""

REFERENCE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")

NOT_KEPT = (
    "cannot be kept just now, because the place where reports are kept cannot be reached. It is our fault, not yours. Nothing was "
    "kept; what you wrote still stands below. Try again in a few minutes"
)

TOO_MANY = "was not kept, because many have come from here within an hour. What you wrote still stands below. Try again in an hour"

log = logging.getLogger("windscreen.state")


@bp.get("/services/<area>/<slug>/report", defaults={"kind": "service"})
@bp.get("/pathways/<area>/<slug>/report", defaults={"kind": "stage"})
def form(kind: AboutKind, area: str, slug: str) -> Response:
    """The empty form."""
    return _form(_subject(kind, f"{area}/{slug}"), Draft(), [], 200)


@bp.post("/services/<area>/<slug>/report", defaults={"kind": "service"})
@bp.post("/pathways/<area>/<slug>/report", defaults={"kind": "stage"})
def send(kind: AboutKind, area: str, slug: str) -> Response:
    """Keep the report and lead on to its reference; or show the form again with all that was written, and say why."""
    subject = _subject(kind, f"{area}/{slug}")
    draft = Draft(request.form.get("topic", ""), tidy(request.form.get("text", "")))
    problems = problems_of(draft)
    if problems:
        return _form(subject, draft, problems, 400)
    here, reference = keeping(), ""
    try:
        reference = _reference(here, subject)
        if not here.may_send(request.remote_addr):
            return _form(subject, draft, [AddressProblem("this report", "", TOO_MANY)], 429)
        return _keep(here, subject, draft, reference)
    except FormProblem as problem:
        return _form(subject, draft, [AddressProblem("this form", "", str(problem))], 400)
    except StateProblem as problem:
        log.error("A report could not be kept: %s", problem)
        return _form(subject, draft, [AddressProblem("this report", "", NOT_KEPT)], 503, reference)


def _keep(here: Keeping, subject: Subject, draft: Draft, reference: str) -> Response:
    """Keep it once: a form that is sent twice, by a slow line or a double click, has one reference and is one report."""
    report = report_of(subject, reference, draft, date.today())
    if not add_report(here.kept, report):
        before = report_named(here.kept, reference)
        if before is None or (before.topic, before.text) != (report.topic, report.text):
            raise FormProblem("was sent before, with other words, and that report was kept; send it once more for a second report")
    with suppress(StateProblem):  # this report is kept; what is old can be forgotten another time
        here.forget(date.today())
    return make_response(redirect(f"/reports/{reference}", code=303))


@bp.get("/reports/<reference>")
def kept_report(reference: str) -> Response:
    """What became of a report. Its words are not shown: whoever finds a reference learns nothing that was written."""
    missing = NotHere(
        "There is no report with this reference", "It may have been copied wrongly. A closed report is removed after some months.",
        [("/services", "The menu of services"), ("/pathways", "The pathways")],
    )  # fmt: skip
    if not REFERENCE.fullmatch(reference):
        raise missing
    try:
        report = report_named(keeping().kept, reference)
    except StateProblem as problem:
        log.error("A report could not be looked up: %s", problem)
        return make_response(render_template("report_kept.html", report=None, subject=None, topic=""), 503)
    if report is None:
        raise missing
    subject = subject_of(current().directory, report.about_kind, report.about)
    return make_response(render_template("report_kept.html", report=report, subject=subject, topic=TOPICS.get(report.topic, report.topic)))


@dataclass(frozen=True)
class Told:
    """The open reports by who keeps the page true, as (owner, [(report, subject or None)]); `away` when they cannot be read now."""

    by_owner: tuple[tuple[str, tuple[tuple[Report, Subject | None], ...]], ...] = ()
    away: bool = False

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(len(told) for _, told in self.by_owner)


def open_reports() -> Told | None:
    """The open reports, for those who keep the content; None for the public, who may not read them."""
    directory, here = current().directory, keeping()
    if directory.audience == "public":
        return None
    try:
        found = reports(here.kept)
    except StateProblem as problem:
        log.error("The reports cannot be listed: %s", problem)
        return Told(away=True)
    owners: dict[str, list[tuple[Report, Subject | None]]] = {}
    for report in found:
        subject = subject_of(directory, report.about_kind, report.about)
        owners.setdefault(subject.owner if subject else "", []).append((report, subject))
    return Told(tuple((owner, tuple(told)) for owner, told in sorted(owners.items(), key=lambda pair: (not pair[0], pair[0]))))


def _reference(here: Keeping, subject: Subject) -> str:
    """The reference that the form was given when it was opened. Raises FormProblem when the form is not of this page."""
    parts = here.signed(request.form.get("form", ""))
    if len(parts) != 3 or parts[:2] != [subject.kind, subject.id] or not REFERENCE.fullmatch(parts[2]):
        raise FormProblem("belongs to another page, so nothing was kept; send it once more")
    return parts[2]


def _form(subject: Subject, draft: Draft, problems: list[AddressProblem], status: int, reference: str = "") -> Response:
    """The form with all that was written. Without a key it cannot be sent, and says so before anybody writes in vain.

    `reference` is that of the form before, where nobody knows whether its report was kept: sent again, it is still one report.
    """
    try:
        token = keeping().sign(subject.kind, subject.id, reference or new_reference())
    except StateProblem as problem:
        log.error("The form of a report cannot be signed: %s", problem)
        token, status = "", 503
        problems = [*(each for each in problems if each.words != NOT_KEPT), AddressProblem("a report", "", NOT_KEPT)]
    html = render_template(
        "report.html", subject=subject, draft=draft, problems=problems, token=token, topics=TOPICS, longest=MAX_TEXT, field_of=FIELD_OF
    )
    return make_response(html, status)


def _subject(kind: AboutKind, about: str) -> Subject:
    subject = subject_of(current().directory, kind, about)
    if subject is None:
        what, where = ("service", "/services") if kind == "service" else ("stage", "/pathways")
        raise NotHere(f"There is no such {what} here", "So there is nothing to report a problem about.", [(where, f"Every {what}")])
    return subject
