"""A pathway as a drawing: places, labels and lines of our own layered layout, and an accessible SVG of it.

`draw` and everything below it know boxes, lines and lanes only; `map_of_area` and `map_of_neighbourhood` make them from the content.
"""

from __future__ import annotations

from app.drawing.layout import draw
from app.drawing.neighbourhood import map_of_neighbourhood
from app.drawing.overview import map_of_area
from app.drawing.parts import Box, Chart, Lane, Line, Picture
from app.drawing.svg import svg

__all__ = ["Box", "Chart", "Lane", "Line", "Picture", "draw", "map_of_area", "map_of_neighbourhood", "svg"]
