"""The content folder into a Directory, and everything that is wrong with it, told at once."""

from __future__ import annotations

from app.loading.audiences import links_that_some_do_not_see
from app.loading.checks import check
from app.loading.gathered import Content
from app.loading.pathways import findings
from app.loading.reader import directory_of, read_files
from app.model import Directory
from app.problems import Problem
from app.settings import Settings
from app.theme import read_theme

__all__ = ["read_content"]


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
