"""The levels of need: the windscreen, its ladders and boundaries, and the note of what was compared. Never a verdict."""
