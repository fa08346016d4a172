"""Which fields are checked how often: contact and status, who can use it and how, and everything else as description."""

from __future__ import annotations

from typing import Literal

from app.model import ReviewIntervals

Group = Literal["contact_and_status", "eligibility_and_route", "description"]

GROUPS: tuple[Group, ...] = ("contact_and_status", "eligibility_and_route", "description")
"""As site.yaml names them under `review`, and a profile under `checked`."""

GROUP_WORDS: dict[Group, str] = {
    "contact_and_status": "contact and status",
    "eligibility_and_route": "eligibility and route",
    "description": "description",
}

SERVICE_FIELDS: dict[str, tuple[Group, str]] = {
    "status": ("contact_and_status", "Status"),
    "status_note": ("contact_and_status", "What lies behind the status"),
    "contact": ("contact_and_status", "Contact"),
    "capacity": ("contact_and_status", "Room and waiting"),
    "levels": ("eligibility_and_route", "Levels"),
    "received_by": ("eligibility_and_route", "Who receives it"),
    "ages": ("eligibility_and_route", "Ages"),
    "needs": ("eligibility_and_route", "What it is for"),
    "reached_by": ("eligibility_and_route", "Ways in"),
    "who_can_refer": ("eligibility_and_route", "Who can refer"),
    "consent": ("eligibility_and_route", "Consent"),
    "have_ready": ("eligibility_and_route", "What to have ready"),
    "excludes": ("eligibility_and_route", "Who cannot use it"),
    "summary": ("description", "Summary"),
    "in_plain_words": ("description", "Plain words for a family"),
    "body": ("description", "Text"),
    "length": ("description", "How long it lasts"),
    "place": ("description", "Where it happens"),
    "statutory": ("description", "Legal duty"),
    "commissioner": ("description", "Commissioner"),
    "funders": ("description", "Funders"),
    "provider": ("description", "Provider"),
    "budget": ("description", "Budget"),
    "contract": ("description", "End of contract"),
    "activity": ("description", "Activity"),
    "outcomes": ("description", "Outcomes"),
    "programmes": ("description", "Programmes"),
    "related": ("description", "Related services"),
}
"""The fields of a profile that can go out of date: in which group, and what people call them."""

GATEWAY_FIELDS: dict[str, tuple[Group, str]] = {
    "status": ("contact_and_status", "Whether it exists"),
    "trigger": ("eligibility_and_route", "Why somebody would be here"),
    "levels": ("eligibility_and_route", "Levels"),
    "way_in_at": ("eligibility_and_route", "Levels for which it is the way in"),
    "who_may_refer": ("eligibility_and_route", "Who may refer"),
    "who_decides": ("eligibility_and_route", "Who decides"),
    "consent": ("eligibility_and_route", "Consent"),
    "if_refused": ("eligibility_and_route", "If the family says no"),
    "time_limit": ("eligibility_and_route", "Time limit"),
    "family_is_told": ("eligibility_and_route", "What the family is told"),
    "what": ("description", "What it is"),
    "law": ("description", "Law"),
}
"""The fields of a stage. The steps that begin there are checked with it."""

STEPS = "Steps from here"

PROGRAMME_FIELDS: dict[str, tuple[Group, str]] = {
    "summary": ("description", "Summary"),
    "for_whom": ("description", "For whom"),
    "ages": ("description", "Ages"),
    "length": ("description", "How long it lasts"),
    "evidence": ("description", "Evidence"),
    "rating": ("description", "Rating"),
    "facts": ("description", "Figures"),
    "body": ("description", "Text"),
}

CONTACT_FIELDS: dict[str, str] = {
    "front_door": "Front door",
    "consultation_line": "Consultation line",
    "out_of_hours": "Out of hours",
}
"""Whom an area says to ring."""


def group_of(field: str) -> Group:
    """The group of a field of a profile: `ages` is eligibility_and_route. What has no group of its own is description."""
    return SERVICE_FIELDS[field][0] if field in SERVICE_FIELDS else "description"


def months_for(group: Group, review: ReviewIntervals) -> int:
    """After how many months the fields of a group must be checked again, in this deployment."""
    months: int = getattr(review, group)
    return months
