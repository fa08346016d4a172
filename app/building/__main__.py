"""`python -m app.building CONTENT PATHWAYS BUILD STATIC`: make a build if it is needed, and say as JSON how it ended."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.building import BuildProblem, renew
from app.building.apart import PLACES
from app.problems import ContentError
from app.settings import Settings


def outcome(places: Sequence[str]) -> dict[str, object]:
    """How it ended ("made", "no content" or "no build"), the problems of the content, and the reason in words."""
    settings = Settings(**{name: Path(place) for name, place in zip(PLACES, places, strict=True)})  # type: ignore[arg-type]
    try:
        return {"end": "made", "problems": [vars(problem) for problem in renew(settings)], "words": ""}
    except ContentError as error:
        return {"end": "no content", "problems": [vars(problem) for problem in error.problems], "words": str(error)}
    except BuildProblem as error:
        return {"end": "no build", "problems": [], "words": str(error)}


if __name__ == "__main__":
    print(json.dumps(outcome(sys.argv[1:])))
