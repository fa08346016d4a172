"""Which facts are due to be checked again: a directory and a day in, each field with its dates, its interval and its state out.

The rule (DOMAIN.md section 5): a fact is due when its interval has passed since somebody last checked it, and overdue at twice the
interval. Nothing is ever hidden for being old: it is marked, in words. No function here asks a clock; the day comes in.
"""

from app.freshness.dates import day_from, first_day, months_after
from app.freshness.entries import AreaContacts, Entry, entries_of, entry_of, service_reviews
from app.freshness.fields import GROUP_WORDS, GROUPS, group_of
from app.freshness.named import services_in
from app.freshness.reviews import STATE_WORDS, Review, ReviewState, worst
from app.freshness.upkeep import HEADER, DayProblem, UnknownOwner, Upkeep, day_asked, review_json, told, upkeep_as_text, upkeep_of
from app.freshness.words import Found, Mark, among, found_among, mark_of

__all__ = [
    "GROUPS", "GROUP_WORDS", "HEADER", "STATE_WORDS", "AreaContacts", "DayProblem", "Entry", "Found", "Mark", "Review", "ReviewState",
    "UnknownOwner", "Upkeep", "among", "day_asked", "day_from", "entries_of", "entry_of", "first_day", "found_among", "group_of",
    "mark_of", "months_after", "review_json", "service_reviews", "services_in", "told", "upkeep_as_text", "upkeep_of", "worst",
]
