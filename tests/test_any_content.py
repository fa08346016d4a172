"""Whatever bytes lie in the content folder: problems with their place, never a traceback; and text of any kind is served harmlessly.

How often is set by WINDSCREEN_TRIES; docs/testing.md says how.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from tries import tries

from app.building import broken, build, content_digest, open_directory
from app.loading import read_content
from app.problems import ContentError
from app.settings import Settings, settings
from app.web import create_app

SOURCES = "sources:\n  - {document: review, section: '1'}\n"
UNKNOWN = ("budget", "contract", "capacity", "activity", "outcomes", "contact", "provider", "commissioner")

TINY: dict[str, str] = {
    "pathways.yaml": f"""\
areas:
  here:
    gateways:
      - id: school
        name: School
        kind: setting
        what: Where a worry is first seen.
        levels: [1]
{re.sub("(?m)^", "        ", SOURCES.rstrip())}
      - id: panel
        name: Panel
        kind: panel
        what: Several agencies meet.
{re.sub("(?m)^", "        ", SOURCES.rstrip())}
    steps:
      - from: school
        to: panel
        kind: refer
        condition: The family agrees
{re.sub("(?m)^", "        ", SOURCES.rstrip())}
""",
    "content/site.yaml": """\
title: Tiny
strapline: A tiny directory.
banner: Nothing here is real.
default_area: here
areas:
  - id: here
    name: Here
    as_at: March 2020
    scheme: steps
standing_words:
  judgement: Use this to support your judgement.
""",
    "content/needs.yaml": """\
needs:
  - id: parenting
    label: Parenting
    theme: Family life
    synonyms: [strain at home]
processes: []
ambiguities: []
alerts: []
""",
    "content/sources.yaml": """\
sources:
  - id: review
    title: Review of Help
    owner: The Council
    date: 2020-03
    kind: Needs assessment
    about: Services for families.
""",
    "content/factors.yaml": "factors:\n  - code: 3A\n    label: Domestic abuse\n    about: child\n",
    "content/glossary.yaml": "terms:\n  - term: EHA\n",
    "content/programmes/evenings.md": f"---\nname: Evenings\nsummary: A course.\nkind: programme\nages:\n  text: 2–12\n{SOURCES}---\n",
    "content/thresholds/steps/scheme.yaml": f"""\
name: Steps
owner: The Partnership
date: 2020
status: historic
domains:
  - id: child
    name: The child
reminder: Examples, not a test.
{SOURCES}""",
    "content/thresholds/steps/level-1.md": f"""\
---
number: 1
name: Some needs
help_name: Early help
meaning: One more service is enough.
how_to_get_help: An assessment.
source_heading: Level 1
{SOURCES}---

# child

## At home

- Often sleeps badly
""",
    "content/services/here/help.md": "---\nname: Help\nsummary: Help at home.\nstatus: running\nlevels: [1]\nreceived_by: [family]\n"
    "ages:\n  text: 0–18\n  from: 0\n  to: 18\nneeds:\n  main: [parenting]\nreached_by:\n  - gateway: school\n"
    + "".join(f"{field}: not_recorded\n" for field in UNKNOWN)
    + f"as_at: 2020-03\n{SOURCES}---\n\nMore about it.\n",
}
"""The smallest content that has a file of nearly every kind, so that thousands of readings take seconds."""

NASTY = [
    "9" * 4500, "-1", "1e999", "NaN", "0x7f", "2020-02-30", "0000-00-00", "[]", "{}", "[[[[[[[[[[[[[[[[[[[[", "&a *a",
    "!!python/object:os.system x", "|", ">", "- - - -", "? x", "~", "null", "''", '"\\U0010ffff"', '"\\ud800"', "\x00", "\u202e", "\ufeff",
    "😀", "a" * 3000, "not_recorded", "\t", "---", "<script>alert(1)</script>",
    "../../etc/passwd", "%s%n", "{{ 7 * 7 }}", "\r", "\u2028", "here/help", "*", "@", "`",
]  # fmt: skip

FILES = sorted(TINY)

PIECES = st.one_of(st.binary(max_size=40), st.sampled_from(NASTY).map(lambda text: text.encode("utf-8", "surrogatepass")))
MOVES = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["out", "twice", "in", "swap", "cut"])), max_size=4)


def write(root: Path) -> Settings:
    for path, text in TINY.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return replace(settings(root), build=root / "build", state_folder=root / "state")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = write(tmp_path_factory.mktemp("tiny"))
    directory, problems = read_content(made)
    assert directory is not None, "\n".join(map(str, problems))
    return made


def told(site: Settings) -> None:
    """Reading ends, and what it tells can be shown to anybody: each problem on one line, with a place."""
    directory, problems = read_content(site)
    errors = [problem for problem in problems if problem.severity == "error"]
    assert (directory is None) == bool(errors)
    for problem in problems:
        line = str(problem)
        assert problem.words.strip()
        assert problem.path
        assert problem.line >= 1
        assert problem.column >= 1
        assert line.isprintable(), repr(line)
        assert len(line) < 2000
        line.encode("utf-8")
    assert re.fullmatch("[0-9a-f]{64}", content_digest(site))


def with_file(site: Settings, path: str, data: bytes) -> None:
    """What is told when a file holds these bytes; it is mended afterwards."""
    file = site.content.parent / path
    before = file.read_bytes()
    try:
        file.write_bytes(data)
        told(site)
    finally:
        file.write_bytes(before)


@st.composite
def other_bytes(draw: st.DrawFn, text: str) -> bytes:
    """Any bytes instead of the text."""
    return draw(st.binary(max_size=300))


@st.composite
def bytes_in_the_middle(draw: st.DrawFn, text: str) -> bytes:
    """The text with any bytes in the place of a part of it."""
    whole = text.encode()
    first = draw(st.integers(0, len(whole)), label="from")
    last = draw(st.integers(first, min(len(whole), first + 40)), label="to")
    return whole[:first] + draw(PIECES, label="piece") + whole[last:]


@st.composite
def another_value(draw: st.DrawFn, text: str) -> bytes:
    """The text with any value in one of its fields."""
    lines = text.split("\n")
    fields = [number for number, line in enumerate(lines) if re.match(r"[\s-]*\w+: ", line)]
    number = draw(st.sampled_from(fields or [0]), label="line")
    any_value = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)), max_leaves=5,
    )  # fmt: skip
    value = draw(st.one_of(st.sampled_from(NASTY), any_value.map(json.dumps), st.text(max_size=40)), label="value")
    key = lines[number].partition(": ")[0]
    return "\n".join([*lines[:number], f"{key}: {value}", *lines[number + 1 :]]).encode("utf-8", "surrogatepass")


@st.composite
def moved_lines(draw: st.DrawFn, text: str) -> bytes:
    """The text with lines lost, doubled, moved and cut."""
    lines = text.split("\n")
    for place, how in draw(MOVES, label="moves"):
        number = place % len(lines)
        if how == "out" and len(lines) > 1:
            del lines[number]
        elif how == "twice":
            lines.insert(number, lines[number])
        elif how == "in":
            lines[number] = "  " + lines[number]
        elif how == "swap":
            lines[number], lines[0] = lines[0], lines[number]
        else:
            lines[number] = lines[number][: len(lines[number]) // 2]
    return "\n".join(lines).encode()


WAYS = (other_bytes, bytes_in_the_middle, another_value, moved_lines)


@tried(max_examples=tries(100, 500, 20_000), deadline=None)
@given(path=st.sampled_from(FILES), way=st.sampled_from(WAYS), data=st.data())
def test_a_file_of_any_bytes_gives_problems_or_is_content(
    tiny: Settings, path: str, way: Callable[[str], st.SearchStrategy[bytes]], data: st.DataObject
) -> None:
    with_file(tiny, path, data.draw(way(TINY[path]), label="bytes"))


NAMES = st.binary(min_size=1, max_size=60).filter(lambda name: not {b"/"[0], 0} & set(name) and name not in (b".", b".."))


@pytest.mark.skipif(os.name != "posix", reason="names of any bytes")
@tried(max_examples=tries(40, 100, 5000), deadline=None)
@given(NAMES, st.sampled_from([b".md", b".yaml", b""]), st.sampled_from(["content", "content/services/here", "content/services"]))
def test_a_file_of_any_name_gives_problems(tiny: Settings, name: bytes, ending: bytes, folder: str) -> None:
    file = os.fsencode(tiny.content.parent / folder) + b"/" + name + ending
    if os.path.exists(file):
        return
    try:
        with open(file, "wb") as opened:
            opened.write(b"x")
        told(tiny)
    finally:
        os.unlink(file)


KINDS: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a link to itself": lambda file: file.symlink_to(file.name),
    "a link to nothing": lambda file: file.symlink_to("nowhere"),
}


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are those of POSIX")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["content/services/here/more.md", "content/site.yaml", "pathways.yaml"])
def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path, path: str, kind: str) -> None:
    site = write(tmp_path)
    file = tmp_path / path
    file.unlink(missing_ok=True)
    KINDS[kind](file)
    told(site)
    with pytest.raises(ContentError):
        build(site)
    assert broken(site) == "there is no whole build yet"


SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
HOSTILE = ["<script>alert(1)</script>", "{{ 7 * 7 }}", "=1+1", "&amp;", "</textarea>", "javascript:alert(1)", "'\"", "\u202e"]
ANY_TEXT = st.one_of(st.text(SIGNS, min_size=1, max_size=30), st.sampled_from(HOSTILE))
REPLACED = ["Help at home.", "Parenting", "Help", "School", "Some needs", "Review of Help", "More about it.", "The child"]
PAGES = (
    "/", "/services", "/services/here/help", "/services.json", "/pathways/here", "/pathways/here/school", "/themes", "/themes.csv",
    "/levels/1", "/ask?level=1", "/gaps", "/pathways/here/map.svg", "/content-health", "/sources", "/compare", "/levels/unanswered.csv",
    "/openapi.json",
)  # fmt: skip
FIELD = r"(?m)^([ -]*\w+: )%s$"


@tried(max_examples=tries(2, 8, 400), deadline=None)
@given(st.fixed_dictionaries(dict.fromkeys(REPLACED, ANY_TEXT)))
def test_content_of_any_text_is_refused_or_served_harmlessly(tmp_path_factory: pytest.TempPathFactory, words: dict[str, str]) -> None:
    site = write(tmp_path_factory.mktemp("text"))
    for file in (site.content.parent / path for path in FILES):
        text = file.read_text(encoding="utf-8")
        for old, new in words.items():
            written = json.dumps(new, ensure_ascii=False)
            text = re.sub(FIELD % re.escape(old), lambda found, written=written: found[1] + written, text)  # type: ignore[misc]
        file.write_text(text.replace("\nMore about it.\n", f"\n{words['More about it.']}\n"), encoding="utf-8")
    try:
        app = create_app(site, open_directory(site))
    except ContentError as error:
        for problem in error.problems:
            assert str(problem).isprintable()
        return
    client = app.test_client()
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, page
        if answer.mimetype in ("text/html", "image/svg+xml"):
            assert "<script>alert" not in answer.get_data(as_text=True), page
