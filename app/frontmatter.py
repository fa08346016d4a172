"""Text into fields: YAML and the front matter of Markdown, each value with its line and column.

Scalars stay text, so that a telephone number, `NO` or `12:30` never changes; the schema converts by field.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer

from app.problems import Problem, short

Loc = tuple[str | int, ...]
"""The way to a value: field names and list positions (from 0)."""

MAX_BYTES = 1_000_000
"""Larger than any honest file; a file over it is refused rather than read for minutes."""

MAX_DEPTH = 12
"""Steps from the top of a file to a value; the deepest field needs seven."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Signs nobody means to write: they break lines where no editor shows it, or command a terminal."""


@dataclass
class Fields:
    """What one YAML text holds: plain dicts, lists and strings, and where each stands."""

    path: str
    data: Any = None
    marks: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    key_marks: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    first_line: int = 1
    faulty: set[Loc] = field(default_factory=set)
    """Values with a problem of their own, so that no second one need be told of them."""

    def place(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a value (or of its key), or of the nearest thing around it that exists."""
        marks = self.key_marks if key else self.marks
        while loc:
            if loc in marks:
                return marks[loc]
            loc = loc[:-1]
            marks = self.marks
        return self.marks.get((), (self.first_line, 1))

    def problem(self, loc: Loc, words: str, *, key: bool = False) -> Problem:
        """A problem at a value of this text."""
        line, column = self.place(loc, key=key)
        return Problem(self.path, line, column, loc_in_words(loc), words)

    def is_faulty(self, loc: Loc) -> bool:
        """Whether the value at `loc`, or something around it, has a problem already."""
        return any(loc[:end] in self.faulty for end in range(len(loc) + 1))


def loc_in_words(loc: Loc) -> str:
    """("ages", "also", 0, "from") as "ages.also.1.from": list positions count from 1 for people."""
    return ".".join(str(part + 1) if isinstance(part, int) else short(part) for part in loc)


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file with plain line ends, and every sign in it that nobody means to write.

    The text is None when the file cannot be read at all; a wrong sign stands in it as U+FFFD.
    """
    try:
        if file.exists() and not file.is_file():
            return None, [Problem(path, 1, 1, "", "is not a file; a file is expected under this name")]
        if file.exists() and file.stat().st_size > MAX_BYTES:
            return None, [Problem(path, 1, 1, "", f"is larger than {MAX_BYTES:,} bytes; split it")]
        raw = file.read_bytes()
    except FileNotFoundError:
        return None, [Problem(path, 1, 1, "", "is not there; the content needs this file")]
    except OSError as error:
        return None, [Problem(path, 1, 1, "", f"cannot be read: {error.strerror or error}")]
    try:
        text = _plain_lines(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = _plain_lines(error.object[: error.start].decode("utf-8"))
        line, column = _place_after(before)
        return None, [Problem(path, line, column, "", "is not UTF-8 text here; save the file with UTF-8 encoding")]
    problems = [
        Problem(path, number, match.start() + 1, "", f"holds the invisible sign U+{ord(match.group()):04X}; delete it")
        for number, line_text in enumerate(text.split("\n"), 1)
        if (match := UNPRINTABLE.search(line_text))
    ]
    return UNPRINTABLE.sub("\ufffd", text) if problems else text, problems


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place_after(text: str) -> tuple[int, int]:
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Fields, list[Problem]]:
    """The fields of a YAML text that starts on `first_line` of its file, with every problem found.

    Good text is read quickly. Whatever is not good is PyYAML's own reader's to judge.
    """
    if yaml.__with_libyaml__ and not TAKEN_BY_LIBYAML.search(text):
        with suppress(yaml.YAMLError, ValueError, OverflowError, RecursionError):
            fields, problems = _fields_of(yaml.compose(text, Loader=_QuickLoader), path, first_line)
            if not problems:
                return fields, []
    try:
        return _fields_of(yaml.compose(text, Loader=_Loader), path, first_line)
    except yaml.MarkedYAMLError as error:
        line, column, words = _said_plainly(error)
        return Fields(path, first_line=first_line), [Problem(path, line + first_line, column + 1, "", words)]
    except (ValueError, OverflowError, yaml.YAMLError):
        # PyYAML hands a code such as \UFFFFFFFF straight to chr(); its own complaint about characters has no mark either.
        code = re.search(r"\\U[0-9A-Fa-f]{8}", text)
        line, column = _place_after(text[: code.start()] if code else "")
        words = "holds a code that stands for no character; write the character itself"
        return Fields(path, first_line=first_line), [Problem(path, line + first_line - 1, column, "", words)]
    except RecursionError:
        return Fields(path, first_line=first_line), [Problem(path, first_line, 1, "", TOO_DEEP)]


def _fields_of(node: yaml.Node | None, path: str, first_line: int) -> tuple[Fields, list[Problem]]:
    fields = Fields(path, first_line=first_line)
    problems: list[Problem] = []
    if node is not None:
        fields.data = _Reader(fields, problems).read(node, ())
    return fields, problems


TAKEN_BY_LIBYAML = re.compile(r"\t|[|>][^\s|>]*#|[\[{][^\[\]{}]*[?|>]|[\]}][^\[\]{}\n]*[?|>]")
"""Signs in places where libyaml reads on and PyYAML refuses: a tab, a comment right behind '|', and '?', '|' or '>' between brackets.

No part begins again inside itself, so that looking takes no longer than the text is long.
"""

TOO_DEEP = "is nested too deeply; no field needs more than a few steps"


class _Plain(Composer):
    """A tree without what it would not show: an alias, an anchor and a tag leave their sign in the node's tag."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[attr-defined]
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[attr-defined]
            marks: Any = event.start_mark, event.end_mark
            return yaml.ScalarNode("*", "", *marks)
        self.anchors.clear()  # a name given twice is told as two anchors, not as a fault of YAML
        sign = "&" if event.anchor else "!" if event.tag else ""
        node: yaml.Node | None = super().compose_node(parent, index)
        if node is not None:
            node.tag = sign
        return node


class _Loader(_Plain, yaml.BaseLoader):
    """Reads with PyYAML's own scanner, whose complaints `_said_plainly` knows."""


if yaml.__with_libyaml__:

    class _QuickLoader(_Plain, yaml.CBaseLoader):
        """Reads with the scanner of libyaml, six times as quick."""

        def __init__(self, stream: str) -> None:
            yaml.CBaseLoader.__init__(self, stream)
            Composer.__init__(self)


class _Reader:
    """Walks a YAML tree once, keeps values and marks, and refuses what would be read in two ways or lost."""

    def __init__(self, fields: Fields, problems: list[Problem]) -> None:
        self.fields = fields
        self.problems = problems

    def read(self, node: yaml.Node, loc: Loc) -> Any:
        """The value of a node as dicts, lists and strings; "" for one that has a problem."""
        self.fields.marks[loc] = (node.start_mark.line + self.fields.first_line, node.start_mark.column + 1)
        if len(loc) > MAX_DEPTH:
            return self._refuse(loc, TOO_DEEP)
        if node.tag == "*":
            return self._refuse(loc, "begins with '*', which in YAML repeats another value; put it in quotes, or write the value out again")
        if node.tag:
            return self._refuse(loc, f"begins with '{node.tag}', which YAML would drop with the word after it; put the value in quotes")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*loc, position)) for position, item in enumerate(node.value)]
        value = str(node.value)
        if UNPRINTABLE.search(value):
            return self._refuse(loc, "holds a code for an invisible sign; delete it")
        return value

    def _refuse(self, loc: Loc, words: str) -> str:
        self.fields.faulty.add(loc)
        self.problems.append(self.fields.problem(loc, words))
        return ""

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line, column = key_node.start_mark.line + self.fields.first_line, key_node.start_mark.column + 1
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or UNPRINTABLE.search(key) or key_node.tag:
                words = "is not a field name; a field is written 'name: value'"
                self.problems.append(Problem(self.fields.path, line, column, loc_in_words(loc), words))
                continue
            here = (*loc, key)
            if key in result:
                words = f"is given twice (first at line {lines[key]}); keep one"
                self.problems.append(Problem(self.fields.path, line, column, loc_in_words(here), words))
                continue
            self.fields.key_marks[here] = (line, column)
            lines[key] = line
            result[key] = self.read(value_node, here)
        return result


IN_QUOTES = "a value that begins with {} must stand in quotes"

PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"mapping values are not allowed",
        "': ' cannot stand here; put a value that holds it in quotes, or mend the indent of this line or the one above",
    ),
    (r"found character '\\t'", "a tab where spaces are needed; use spaces"),
    (r"found character '(.)' that cannot start", IN_QUOTES),
    (r"expected the node content, but found '(.)'", IN_QUOTES),
    (r"found '<(?:stream|document) end>'", "a list or a set of fields that was opened is not closed before this"),
    (r"found unknown escape character '(.)'", "a backslash in double quotes begins a code, and '\\{0}' is none; use single quotes"),
    (r"expected escape sequence of", "a backslash in double quotes begins a code, and this one is cut off; use single quotes"),
    (r"expected <block end>, but found '<scalar>'", "text stands after the closing quotation mark; put all of it in one pair of quotes"),
    (r"expected <block end>, but found '-'", "a list entry ('- ') stands among 'field: value' lines; mend the indent"),
    (r"expected <block end>, but found '\?'", "a 'field: value' line stands among list entries ('- '); mend the indent"),
    (r"expected <block end>, but found '<block", "the indent does not fit the lines above; mend it"),
    (r"sequence entries are not allowed", "a list begins on the field's own line; begin it on the next line, or write [one, two]"),
    (r"but found another document|expected '<document start>'", "a second document begins here; one file holds one"),
    (r"could not find expected ':'", "is neither 'field: value' nor a list entry; mend the line, or indent it to the value above"),
)
"""What PyYAML says (a pattern), and the sentence for it; {} is what the pattern caught."""

OPENED: dict[str, str] = {
    "while scanning a quoted scalar": "the quotation mark that opens here is never closed",
    "while parsing a flow sequence": "the list that opens here with '[' is not closed with ']'",
    "while parsing a flow mapping": "the set of fields that opens here with '{' is not closed with '}'",
    "while scanning an alias": IN_QUOTES.format("'*'"),
    "while scanning an anchor": IN_QUOTES.format("'&'"),
    "while parsing a tag": IN_QUOTES.format("'!'"),
    "while scanning a tag": IN_QUOTES.format("'!'"),
    "while parsing a node": IN_QUOTES.format("'!'"),
    "while scanning a block scalar": "text after '>' or '|' must begin on the next line; a value that begins with such a sign needs quotes",
}
"""Where PyYAML was when it gave up: the mistake stands at the beginning of that, not where it ended."""


def _said_plainly(error: yaml.MarkedYAMLError) -> tuple[int, int, str]:
    """Line and column (from 0) of a YAML mistake, and a sentence for it."""
    at_start = error.context_mark or error.problem_mark
    mark = error.problem_mark or at_start
    if mark is None or at_start is None:
        raise AssertionError("PyYAML marks every mistake of a text")
    problem = error.problem or ""
    for context, words in OPENED.items():
        if error.context == context:
            return at_start.line, at_start.column, words
    for pattern, words in PLAIN_WORDS:
        if match := re.search(pattern, problem):
            place = at_start if "could not find" in problem else mark
            return place.line, place.column, words.format(*(repr(part) if words is IN_QUOTES else part for part in match.groups()))
    return mark.line, mark.column, f"cannot be read as YAML: {problem}"


def split(text: str, path: str) -> tuple[Fields, str, int, list[Problem]]:
    """Markdown with front matter: its fields, the body, the line the body starts on, and every problem.

    The front matter stands between two lines of `---`, the first of them on line 1.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        words = "does not begin with front matter: the first line must be '---', then 'field: value' lines, then '---'"
        return Fields(path), "", 1, [Problem(path, 1, 1, "", words)]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        words = "front matter opens here and is never closed with a second '---' line"
        return Fields(path), "", len(lines), [Problem(path, 1, 1, "", words)]
    fields, problems = read_yaml("\n".join(lines[1:end]), path, first_line=2)
    body = "\n".join(lines[end + 1 :])
    return fields, body.strip("\n"), end + 2 + (len(body) - len(body.lstrip("\n"))), problems
