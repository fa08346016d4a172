"""Text into fields: every value as text with its line and column, and every mistake of YAML in a plain sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from app.frontmatter import MAX_BYTES, MAX_DEPTH, Loc, loc_in_words, read_text, read_yaml, split
from app.problems import Problem

ROOT = Path(__file__).resolve().parent.parent

PAGE = """\
---
name: Family Help
ages:
  from: 5
  also:
    - to: 25
levels: [2, 3]
note: >-
  Two lines
  of text.
---


First line of the body.
"""


def told(text: str, first_line: int = 1) -> list[str]:
    return [str(problem) for problem in read_yaml(text, "f", first_line)[1]]


PLACES: tuple[tuple[Loc, tuple[int, int], object], ...] = (
    (("name",), (2, 7), "Family Help"),
    (("ages",), (4, 3), {"from": "5", "also": [{"to": "25"}]}),
    (("ages", "from"), (4, 9), "5"),
    (("ages", "also", 0, "to"), (6, 11), "25"),
    (("levels", 1), (7, 13), "3"),
    (("note",), (8, 7), "Two lines of text."),
)


@pytest.mark.parametrize(("loc", "place", "value"), PLACES, ids=[loc_in_words(loc) for loc, _, _ in PLACES])
def test_a_value_knows_its_line_and_column_in_the_file(loc: Loc, place: tuple[int, int], value: object) -> None:
    fields, _, _, problems = split(PAGE, "f")
    found = fields.data
    for part in loc:
        found = found[part]
    assert problems == []
    assert found == value
    assert fields.place(loc) == place


def test_a_field_name_knows_its_place_too() -> None:
    fields, *_ = split(PAGE, "f")
    assert fields.place(("ages", "also"), key=True) == (5, 3)


def test_a_value_that_is_not_there_is_placed_at_what_is_around_it() -> None:
    fields, *_ = split(PAGE, "f")
    assert fields.place(("ages", "to")) == fields.place(("ages",)) == (4, 3)
    assert fields.place(("summary",), key=True) == fields.place(()) == (2, 1)


def test_the_body_knows_the_line_it_starts_on() -> None:
    _, body, line, _ = split(PAGE, "f")
    assert (body, line) == ("First line of the body.", 14)
    assert PAGE.split("\n")[line - 1] == body


def test_a_page_may_have_no_body() -> None:
    fields, body, _, problems = split("---\nname: X\n---", "f")
    assert (fields.data, body, problems) == ({"name": "X"}, "", [])


def test_list_positions_count_from_one_for_people() -> None:
    assert loc_in_words(("ages", "also", 0, "from")) == "ages.also.1.from"


TEXTS = ["01612345670", "0161 234 5670", "NO", "yes", "12:30", "1.10", "0o17", "1_000", "2016-10-18", "~", "null", "5–18", "=", ".5", "1e3"]


@pytest.mark.parametrize("text", TEXTS)
def test_every_value_stays_the_text_that_was_written(text: str) -> None:
    assert read_yaml(f"a: {text}\nb: [{text}]", "f")[0].data == {"a": text, "b": [text]}


def test_an_empty_value_is_an_empty_text() -> None:
    assert read_yaml("a:\nb: ''", "f")[0].data == {"a": "", "b": ""}
    assert read_yaml("", "f")[0].data is None


COLON = "': ' cannot stand here; put a value that holds it in quotes, or mend the indent of this line or the one above"
SAYS: tuple[tuple[str, str], ...] = (
    ("a: b: c", f"f:1:5: {COLON}"),
    ("a: X\n  b: Y", f"f:2:4: {COLON}"),
    ("lost\nb: Y", f"f:2:2: {COLON}"),
    ("a: 1\nlost\nb: 2", "f:2:1: is neither 'field: value' nor a list entry; mend the line, or indent it to the value above"),
    ("a: [1, 2\nb: [3]", "f:1:4: the list that opens here with '[' is not closed with ']'"),
    ("a: [", "f:1:5: a list or a set of fields that was opened is not closed before this"),
    ("a: {x: 1\nb: 2", "f:1:4: the set of fields that opens here with '{' is not closed with '}'"),
    ("a: 'x\nb: y\n", "f:1:4: the quotation mark that opens here is never closed"),
    ('a: "x" y', "f:1:8: text stands after the closing quotation mark; put all of it in one pair of quotes"),
    (r'a: "C:\qx"', r"f:1:8: a backslash in double quotes begins a code, and '\q' is none; use single quotes"),
    (r'a: "\x"', "f:1:7: a backslash in double quotes begins a code, and this one is cut off; use single quotes"),
    (r'a: "\U00110000"', "f:1:5: holds a code that stands for no character; write the character itself"),
    (r'a: "\UFFFFFFFF"', "f:1:5: holds a code that stands for no character; write the character itself"),
    ("a: @home", "f:1:4: a value that begins with '@' must stand in quotes"),
    ("a: %", "f:1:4: a value that begins with '%' must stand in quotes"),
    ("a: ]", "f:1:4: a value that begins with ']' must stand in quotes"),
    ("a: * x", "f:1:4: a value that begins with '*' must stand in quotes"),
    ("a: & x", "f:1:4: a value that begins with '&' must stand in quotes"),
    ("a: !<x", "f:1:4: a value that begins with '!' must stand in quotes"),
    ("a: !h!x y", "f:1:4: a value that begins with '!' must stand in quotes"),
    ("a: > 5 years", "f:1:4: text after '>' or '|' must begin on the next line; a value that begins with such a sign needs quotes"),
    ("a:\tx", "f:1:3: a tab where spaces are needed; use spaces"),
    ("a:\n\tb: c", "f:2:1: a tab where spaces are needed; use spaces"),
    ("b: c\n- a", "f:2:1: a list entry ('- ') stands among 'field: value' lines; mend the indent"),
    ("- a\nb: c", "f:2:1: a 'field: value' line stands among list entries ('- '); mend the indent"),
    ("a: - b", "f:1:4: a list begins on the field's own line; begin it on the next line, or write [one, two]"),
    ("a:\n    b: c\n  d: e", "f:3:3: the indent does not fit the lines above; mend it"),
    ("a: 1\n---\nb: 2", "f:2:1: a second document begins here; one file holds one"),
    ("a: b\n...\nc: d", "f:3:1: a second document begins here; one file holds one"),
    ("%YAML 9.9\n---\na: b", "f:1:1: cannot be read as YAML: found incompatible YAML document (version 1.* is required)"),
    ("a: *who", "f:1:4: a: begins with '*', which in YAML repeats another value; put it in quotes, or write the value out again"),
    ("a: !tag x", "f:1:4: a: begins with '!', which YAML would drop with the word after it; put the value in quotes"),
    ("a: &x b\nc: d", "f:1:4: a: begins with '&', which YAML would drop with the word after it; put the value in quotes"),
    (r'a: "\e[31mred"', "f:1:4: a: holds a code for an invisible sign; delete it"),
    (r'a: "\ud800"', "f:1:4: a: holds a code for an invisible sign; delete it"),
    ("a: 1\nb: 2\na: 3", "f:3:1: a: is given twice (first at line 1); keep one"),
    ("? [a, b]\n: c", "f:1:3: is not a field name; a field is written 'name: value'"),
    ("x:\n  '': c", "f:2:3: x: is not a field name; a field is written 'name: value'"),
    ("&a b: c", "f:1:1: is not a field name; a field is written 'name: value'"),
)


@pytest.mark.parametrize(("text", "words"), SAYS, ids=[text.replace("\n", "⏎") for text, _ in SAYS])
def test_a_mistake_of_yaml_is_told_in_a_sentence_where_it_was_made(text: str, words: str) -> None:
    assert told(text) == [words]


def test_lines_are_those_of_the_file_and_not_of_the_front_matter() -> None:
    assert told("a: b: c", first_line=2) == [f"f:2:5: {COLON}"]
    assert told(r'a: "\U00110000"', first_line=2)[0].startswith("f:2:5: ")
    assert [str(problem) for problem in split("---\nname: X\nname: Y\n---\n", "f")[3]] == [
        "f:3:1: name: is given twice (first at line 2); keep one"
    ]


def test_a_field_given_twice_keeps_its_first_value() -> None:
    assert read_yaml("a: 1\na: 2", "f")[0].data == {"a": "1"}


def test_an_anchor_named_twice_is_told_as_two_anchors() -> None:
    assert [line.split(": ")[1] for line in told("a: &x 1\nb: &x 2")] == ["a", "b"]


def test_an_alias_bomb_is_read_at_once_and_never_blown_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    fields, problems = read_yaml("\n".join(lines), "f")
    assert set(fields.data.values()) == {""}
    assert len(problems) == 40


def test_an_alias_of_itself_is_told_and_not_followed() -> None:
    assert len(told("a: &x [*x]")) == 1


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 200, 100_000])
def test_lists_in_lists_are_told_and_read_no_deeper(depth: int) -> None:
    _, problems = read_yaml("a: " + "[" * depth + "]" * depth, "f")
    assert [problem.words for problem in problems] == ["is nested too deeply; no field needs more than a few steps"]
    assert sys.getrecursionlimit() < 100_000


def test_what_is_inside_a_value_with_a_problem_has_been_told() -> None:
    fields, _ = read_yaml("a: &x {b: 1}\nc: 2", "f")
    assert fields.is_faulty(("a",))
    assert fields.is_faulty(("a", "b"))
    assert not fields.is_faulty(("c",))


def read(tmp_path: Path, raw: bytes) -> tuple[str | None, list[str]]:
    file = tmp_path / "f.md"
    file.write_bytes(raw)
    text, problems = read_text(file, "f")
    return text, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    "raw",
    [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\nb\n"],
    ids=["plain", "Windows line ends", "old Mac line ends", "a byte order mark"],
)
def test_any_editor_s_way_to_save_utf_8_is_read(tmp_path: Path, raw: bytes) -> None:
    assert read(tmp_path, raw) == ("a\nb\n", [])


BAD_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"caf\xe9", "f:1:4: is not UTF-8 text here; save the file with UTF-8 encoding"),
    (b"one\r\ntwo\rcaf\xe9", "f:3:4: is not UTF-8 text here; save the file with UTF-8 encoding"),
    (b"\xef\xbb\xbfcaf\xe9", "f:1:4: is not UTF-8 text here; save the file with UTF-8 encoding"),
    ("déjà ".encode() + b"\x96", "f:1:6: is not UTF-8 text here; save the file with UTF-8 encoding"),
    ("name".encode("utf-16"), "f:1:1: is not UTF-8 text here; save the file with UTF-8 encoding"),
    (b"ab\x00c", "f:1:3: holds the invisible sign U+0000; delete it"),
    ("name".encode("utf-16-le"), "f:1:2: holds the invisible sign U+0000; delete it"),
    ("one\ntwo\u2028".encode(), "f:2:4: holds the invisible sign U+2028; delete it"),
    (b"\xef\xbb\xbf\xef\xbb\xbfa", "f:1:1: holds the invisible sign U+FEFF; delete it"),
)


@pytest.mark.parametrize(("raw", "words"), BAD_BYTES)
def test_a_wrong_byte_is_told_with_its_line_and_column(tmp_path: Path, raw: bytes, words: str) -> None:
    assert read(tmp_path, raw)[1] == [words]


def test_a_file_with_a_wrong_sign_is_read_on_so_that_its_other_mistakes_are_told(tmp_path: Path) -> None:
    assert read(tmp_path, b"a\x07b\nc") == ("a\ufffdb\nc", ["f:1:2: holds the invisible sign U+0007; delete it"])


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "large.md").write_bytes(b"x" * (MAX_BYTES + 1))
    (tmp_path / "away.md").symlink_to(tmp_path / "nowhere.md")
    said = {name: read_text(tmp_path / name, name)[1][0].words for name in ("folder.md", "large.md", "away.md", "none.md")}
    assert said == {
        "folder.md": "is not a file; a file is expected under this name",
        "large.md": "is larger than 1,000,000 bytes; split it",
        "away.md": "is not there; the content needs this file",
        "none.md": "is not there; the content needs this file",
    }


def test_a_file_name_that_no_system_takes_says_why() -> None:
    text, problems = read_text(Path("x" * 5000), "long.md")
    assert text is None
    assert problems[0].words == "cannot be read: File name too long"


YAML_SIGNS = st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#,\\ \n\t\x00\x1b\u2028é~U0x", max_size=60)


@tries(deadline=None, max_examples=300)
@given(YAML_SIGNS | st.text(max_size=60))
def test_any_text_is_read_or_told_of_and_never_breaks_the_reader(text: str) -> None:
    fields, body, line, problems = split(f"---\n{text}\n---\nBody", "f")
    assert problems or isinstance(fields.data, (dict, list, str)) or fields.data is None
    assert line >= 1
    assert all(problem.line >= 1 and problem.column >= 1 and "\n" not in problem.words for problem in problems)
    assert isinstance(body, str)


NAMES = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
VALUES = st.from_regex(r"[A-Za-z0-9 ,.£%–]{0,20}", fullmatch=True)


@tries(deadline=None)
@given(st.dictionaries(NAMES, VALUES, min_size=1))
def test_quoted_values_come_back_as_they_were_written(values: dict[str, str]) -> None:
    text = "\n".join(f'{name}: "{value}"' for name, value in values.items())
    fields, problems = read_yaml(text, "f")
    assert (fields.data, problems) == (values, [])


# Two readers: libyaml where it makes no difference, PyYAML's own where a tab or a mistake is

BITS = st.sampled_from(
    ["a", "b: ", "- ", "  ", "\n", "'", '"', "[", "]", "{", "}", ", ", ": ", "#", "? ", "&x", "*x", "!t", "|", ">-", "%", "\\", "é", "😀"]
)


def whole(text: str, *, slowly: bool = False) -> tuple[object, object, object, list[Problem]]:
    """Everything that is read of a text, with PyYAML's reader when it has to be `slowly`: a comment with a tab comes before it."""
    fields, problems = read_yaml("#\t\n" + text, "f", 0) if slowly else read_yaml(text, "f")
    return fields.data, fields.marks, fields.key_marks, problems


@tries(max_examples=600, deadline=None)
@given(st.lists(BITS, max_size=25).map("".join))
@example("!t'!t")
@example("a: |#lost")
@example("{a?   }")
@example("- {a |}")
def test_both_readers_read_the_same(text: str) -> None:
    quickly, slowly = whole(text), whole(text, slowly=True)
    assert quickly[0] == slowly[0]
    assert quickly[2:] == slowly[2:]  # where an empty value after '? name' stands is a matter of taste


@pytest.mark.parametrize("file", sorted(ROOT.glob("content/*.yaml")), ids=lambda file: file.name)
def test_both_readers_read_the_shipped_lists_the_same(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert whole(text) == whole(text, slowly=True)
