"""The levels of need: the windscreen, its ladders and boundaries, and the note of what was compared. Never a verdict."""

from app.levels.boundary import Boundary, boundary
from app.levels.descriptor import ToldDescriptor, told_descriptor
from app.levels.ladder import Ladder, Themes, ladder, ladder_as_text, themes
from app.levels.later import LaterName, later_names
from app.levels.levels import Levels, Shown
from app.levels.local import LocalScheme
from app.levels.markers import marked, parts
from app.levels.note import Board, Choice, Note, board, in_order, note, note_as_text
from app.levels.page import LevelPage
from app.levels.tables import open_table, themes_table
from app.levels.unanswered import OpenDescriptors, open_descriptors
from app.levels.windscreen import Windscreen, windscreen
from app.levels.windscreen_svg import mark_svg, windscreen_svg

__all__ = [
    "Board", "Boundary", "Choice", "Ladder", "LaterName", "LevelPage", "Levels", "LocalScheme", "Note", "OpenDescriptors", "Shown",
    "Themes", "ToldDescriptor", "Windscreen", "board", "boundary", "in_order", "ladder", "ladder_as_text", "later_names", "mark_svg",
    "marked", "note", "note_as_text", "open_descriptors", "open_table", "parts", "themes", "themes_table", "told_descriptor", "windscreen",
    "windscreen_svg",
]  # fmt: skip
