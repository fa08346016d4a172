"""What changed between two versions of the content, in sentences: read them, compare them, record it, make a feed of the record."""

from app.changes.atom import address_of, atom_feed
from app.changes.comparing import Comparison, compare
from app.changes.recording import Recorded, RecordProblem, add_to_list, entries_to_record
from app.changes.telling import comparison_as_text, comparison_json, problems_of
from app.changes.told import Told
from app.changes.versions import Version, VersionProblem, served, version_at

__all__ = [
    "Comparison", "RecordProblem", "Recorded", "Told", "Version", "VersionProblem", "add_to_list", "address_of", "atom_feed", "compare",
    "comparison_as_text", "comparison_json",
    "entries_to_record", "problems_of", "served", "version_at",
]
