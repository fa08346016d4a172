"""Level files of a threshold scheme: headings and lists into the raw fields of descriptors."""

from __future__ import annotations

import re
from typing import Any

from app.frontmatter import Fields
from app.problems import Problem, nearest, shown

ATTRIBUTES = {"needs": True, "deciding": True, "note": False, "id": False, "not_a_service_matter": False}
"""What may stand under a descriptor, and whether it is a comma-separated list."""


def slug(text: str, words: int = 7) -> str:
    """The first words of a text as a short name for addresses."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))[:words])


def read_descriptors(body: str, first_line: int, path: str, level: int, domains: list[str] | None) -> tuple[list[Fields], list[Problem]]:
    """The fields of each descriptor of one level file, and every problem found.

    `# ` opens a domain, `## ` a heading, `- ` is a descriptor, and `  - needs: a, b` beneath it says more. With no
    `domains` (their list could not be read) any domain is taken.
    """
    reader = _LevelReader(path, level, domains)
    for number, line in enumerate(body.split("\n"), first_line):
        reader.line(line, number)
    reader.finish()
    return reader.descriptors, reader.problems


class _LevelReader:
    def __init__(self, path: str, level: int, domains: list[str] | None) -> None:
        self.path, self.level, self.domains = path, level, domains
        self.domain = self.heading = ""
        self.current: Fields | None = None
        self.ids: dict[str, int] = {}
        self.descriptors: list[Fields] = []
        self.problems: list[Problem] = []

    def problem(self, line: int, column: int, words: str, field: str = "") -> None:
        self.problems.append(Problem(self.path, line, column, field, words))

    def line(self, line: str, number: int) -> None:
        """Read one line of the file."""
        if match := re.match(r"# +(.+)", line):
            self.finish()
            self.domain, self.heading = match.group(1).strip(), ""
            if self.domains is not None and self.domain not in self.domains:
                self.problem(number, match.start(1) + 1, f"unknown domain {shown(self.domain)}{nearest(self.domain, self.domains)}")
        elif match := re.match(r"## +(.+)", line):
            self.finish()
            self.heading = match.group(1).strip()
        elif match := re.match(r"- +(.+)", line):
            self.finish()
            self._open(match.group(1).strip(), number, match.start(1) + 1)
        elif match := re.match(r" {2,}- +([A-Za-z_ ]+): *(.*)", line):
            self._attribute(match, number)
        elif line.strip():
            words = "is not a heading ('# ', '## '), a descriptor ('- ') or a line beneath one ('  - needs: ...')"
            self.problem(number, len(line) - len(line.lstrip()) + 1, words)

    def _open(self, text: str, number: int, column: int) -> None:
        if not self.domain or not self.heading:
            self.problem(number, 1, "stands before its domain ('# child') or its heading ('## Health')")
        data = {"text": text, "domain": self.domain or "none", "heading": self.heading or "none"}
        self.current = Fields(self.path, data, {(): (number, column)}, first_line=number)

    def _attribute(self, match: re.Match[str], number: int) -> None:
        name, value, column = match.group(1), match.group(2).strip(), match.start(1) + 1
        if self.current is None:
            self.problem(number, column, "stands under no descriptor", name)
        elif name not in ATTRIBUTES:
            self.problem(number, column, f"is not a known line under a descriptor{nearest(name, ATTRIBUTES)}", name)
        elif name in self.current.data:
            self.problem(number, column, "is given twice; keep one", name)
        elif not value:
            self.problem(number, column, "is empty; give a value, or leave the line out", name)
        elif ATTRIBUTES[name]:
            parts = list(re.finditer(r"[^,\s][^,]*", match.group(2)))
            self.current.data[name] = [part.group().strip() for part in parts]
            self.current.marks |= {(name, n): (number, match.start(2) + part.start() + 1) for n, part in enumerate(parts)}
        else:
            self.current.data[name] = value
            self.current.marks[(name,)] = (number, match.start(2) + 1)

    def finish(self) -> None:
        """Close the descriptor that is open, if any."""
        if self.current is None:
            return
        fields, self.current = self.current, None
        data: dict[str, Any] = fields.data
        given = data.get("id", "")
        if given and slug(given, 99) != given:
            words = f"{shown(given)} is not a short name; use small letters, digits and single hyphens"
            self.problems.append(fields.problem(("id",), words))
        data["id"] = f"{self.level}-{given or slug(data['text'])}"
        number, column = fields.place(())
        first = self.ids.setdefault(data["id"], number)
        if first != number:
            self.problem(number, column, f"has the same id '{data['id']}' as line {first}; give one of them its own '  - id: ...'")
        for position, word in enumerate(data.get("deciding", [])):
            if word.lower() not in data["text"].lower():
                self.problems.append(fields.problem(("deciding", position), f"{shown(word)} does not stand in the descriptor"))
        self.descriptors.append(fields)
