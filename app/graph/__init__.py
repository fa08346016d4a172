"""The places of one area and the steps between them, as a graph.

A place is a gateway of the area or one of its services; an edge is a step of pathways.yaml or a way in that a service's
profile names. Two places may be joined by several edges: each keeps its own condition.
"""

from app.graph.graph import LONGEST_WAY, MOST_EXAMINED, MOST_WAYS, Graph, graph_of
from app.graph.places import (
    ANY,
    FIRM,
    STATED,
    Edge,
    Hop,
    OtherArea,
    Part,
    Place,
    PlaceProblem,
    UnknownArea,
    UnknownPlace,
    Way,
    Ways,
)

__all__ = [
    "ANY", "FIRM", "LONGEST_WAY", "MOST_EXAMINED", "MOST_WAYS", "STATED", "Edge", "Graph", "Hop", "OtherArea",
    "Part", "Place", "PlaceProblem", "UnknownArea", "UnknownPlace", "Way", "Ways", "graph_of",
]
