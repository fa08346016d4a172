"""A pathway as a drawing: places, labels and lines of our own layered layout, an accessible SVG of it, and text for other tools.

`draw` and everything below it know boxes, lines and lanes only; `map_of_area` and `map_of_neighbourhood` make them from the content:

    svg(draw(map_of_neighbourhood(directory, "warwickshire", "caf")))
"""

from __future__ import annotations

from app.drawing.layout import draw
from app.drawing.neighbourhood import map_of_neighbourhood
from app.drawing.overview import chart_of_everything, map_of_area
from app.drawing.parts import Box, Chart, Lane, Line, Picture
from app.drawing.svg import svg
from app.drawing.texts import dot, mermaid

__all__ = [
    "Box",
    "Chart",
    "Lane",
    "Line",
    "Picture",
    "chart_of_everything",
    "dot",
    "draw",
    "map_of_area",
    "map_of_neighbourhood",
    "mermaid",
    "svg",
]
