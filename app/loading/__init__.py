"""The content folder into a Directory, and everything that is wrong with it, told at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.loading.audiences import links_that_some_do_not_see
from app.loading.checks import check
from app.loading.gathered import Content, Entry
from app.loading.pathways import findings
from app.loading.reader import directory_of, read_files
from app.model import ClosedWay, Descriptor, Directory, Gateway, Level, Programme, Scheme, Service, Step
from app.problems import Problem
from app.settings import Settings
from app.theme import read_theme

__all__ = ["Draft", "read_content", "read_draft"]


def read_content(settings: Settings) -> tuple[Directory | None, list[Problem]]:
    """The Directory that the content makes, and every problem in it, in the order of files and lines.

    The Directory is None when a problem is an error; findings do not stop it.
    """
    if not settings.content.is_dir():
        words = "is not there; the content folder holds site.yaml, needs.yaml, services/ and thresholds/"
        return None, [Problem(settings.content.name, 1, 1, "", words)]
    content = Content(settings)
    site = read_files(content)
    problems = sorted(set(content.problems + check(content) + read_theme(settings)[1]))
    if site is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    return directory_of(content, site), sorted({*problems, *findings(content), *links_that_some_do_not_see(content)})


@dataclass(frozen=True)
class Draft:
    """What can be read of content that may hold errors: the good records, the problems, and what could not be read.

    `unread` holds (kind, id) with the kinds service, stage, programme, scheme, level, descriptor and way (whose id is its area); the id
    "*" means any of that kind. `directory` is None when site.yaml cannot be read. It is for comparing, never for serving.
    """

    directory: Directory | None
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]]


def read_draft(settings: Settings) -> Draft:
    """Read content as far as it can be read."""
    if not settings.content.is_dir():
        _, problems = read_content(settings)
        return Draft(None, tuple(problems), frozenset())
    content = Content(settings)
    site = read_files(content)
    problems = sorted(set(content.problems + check(content)))
    directory = directory_of(content, site) if site else None
    return Draft(directory, tuple(problems), frozenset(_unread(content)))


def _unread(content: Content) -> Iterator[tuple[str, str]]:
    if Gateway in content.unread:
        yield from (("stage", "*"), ("way", "*"))
    for entry in content.entries:
        if entry.record is None:
            yield from _names_of(entry)


def _names_of(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.cls in (Service, Programme, Scheme):
        yield entry.cls.__name__.lower(), entry.id
    elif entry.cls is Gateway:
        yield "stage", f"{entry.area}/{entry.id}" if entry.id else "*"
    elif entry.cls in (Step, ClosedWay):
        yield "way", entry.area
    elif entry.cls is Level:
        yield "level", f"{entry.fields.path.split('/')[-2]}/{entry.id}"
    if entry.cls in (Level, Descriptor):
        yield "descriptor", "*"  # the id of an unread descriptor is not known
