"""An index and maps for each audience that does not see everything: no hit, no snippet, no correction and no box can tell it more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import ValidationError

from app.building.folders import BuildProblem
from app.building.maps import Drawn, Maps, draw_maps
from app.index import Index, IndexProblem, index_files, write_index
from app.model import AUDIENCES, Audience, Directory, seen_by, withholds
from app.settings import Settings


@dataclass(frozen=True)
class View:
    """The files of one audience as they were when the build was opened; read into an index and maps when somebody first asks."""

    name: str
    index_files: Mapping[str, bytes]
    maps_json: bytes

    @cached_property
    def index(self) -> Index:
        """The full text that this audience may search. Raises BuildProblem when it cannot be read."""
        try:
            return Index(self.index_files)
        except IndexProblem as error:
            raise BuildProblem(f"The index for the audience {self.name} cannot be read: {error}") from error

    @cached_property
    def maps(self) -> Maps:
        """The maps that this audience may see. Raises BuildProblem when they cannot be read."""
        try:
            return Maps.model_validate_json(self.maps_json)
        except ValidationError as error:
            raise BuildProblem(f"The maps for the audience {self.name} cannot be read") from error


def needed_for(directory: Directory) -> list[Audience]:
    """The audiences from which something is withheld: each needs an index and maps of its own."""
    return [audience for audience in AUDIENCES if withholds(directory, audience)]


def write_views(directory: Directory, settings: Settings, drawn: Drawn) -> None:
    """Write the index and the maps of each audience from which something is withheld, in a folder of its name."""
    for audience in needed_for(directory):
        place, seen = _place(settings, audience), seen_by(directory, audience)
        place.build.mkdir(mode=0o755)
        write_index(seen, place.index)
        place.maps.write_text(draw_maps(seen, drawn).model_dump_json() + "\n", encoding="utf-8")


def read_views(directory: Directory, settings: Settings) -> dict[Audience, View]:
    """The views of the audiences from which something is withheld. Raises OSError when a file of theirs cannot be read."""
    places = {audience: _place(settings, audience) for audience in needed_for(directory)}
    return {audience: View(audience, index_files(place.index), place.maps.read_bytes()) for audience, place in places.items()}


def _place(settings: Settings, audience: Audience) -> Settings:
    return replace(settings, build=settings.build / audience)
