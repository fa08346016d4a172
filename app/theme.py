"""The colours and the logo of a council: read from `theme/`, checked for contrast, added to the end of the stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.problems import Problem, nearest
from app.settings import Settings

COLOURS = "colours.css"
LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
"""The names a logo may have, and what each is."""

MAX_LOGO = 30 * 1024
"""The most bytes of a logo: it is fetched with the first page."""

BLOCK = re.compile(r"(?P<dark>@media\s*\(prefers-color-scheme:\s*dark\)\s*\{\s*)?:root\s*\{(?P<lines>[^{}]*)\}(?(dark)\s*\})")
SETTING = re.compile(r"--(?P<name>[a-z0-9-]+)\s*:\s*(?P<value>[^;{}]*?)\s*;")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

TEXT, EDGE = 4.5, 3.0
"""The contrast that WCAG 2.2 AA asks of text (1.4.3), and of borders and signs (1.4.11)."""

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, TEXT) for text in ("ink", "quiet", "link", "visited") for ground in ("paper", "soft")),
    *((text, ground, TEXT) for text in ("ink", "quiet", "link", "visited") for ground in ("grave-soft", "care-soft")),
    ("on-tint", "tint-2", TEXT), ("on-tint-4", "tint-4", TEXT),
    ("on-brand", "brand", TEXT), ("on-focus", "focus", TEXT), ("grave", "paper", TEXT), ("grave", "grave-soft", TEXT),
    ("strong-line", "paper", EDGE), ("strong-line", "soft", EDGE), ("accent", "paper", EDGE), ("accent", "soft", EDGE),
    ("care", "paper", EDGE), ("care", "care-soft", EDGE),
)  # fmt: skip
"""Which colour stands on which, and how far apart they must be."""

Tokens = Mapping[str, str]
"""Names of colours without their dashes, each with its value: `{"brand": "#17465a"}`."""


@dataclass(frozen=True)
class Theme:
    """What a council adds to the stylesheet: its colours by day and in the dark, and its logo with a mark of when it was written."""

    light: Tokens = field(default_factory=dict)
    dark: Tokens = field(default_factory=dict)
    logo: str = ""
    logo_mark: str = ""

    @property
    def css(self) -> str:
        """The block that goes to the end of the stylesheet; never on paper, which stays black on white."""
        if not (self.light or self.dark):
            return ""
        dark = f"@media (prefers-color-scheme: dark) {{ {_block(self.dark)} }}\n" if self.dark else ""
        return f"@media screen {{\n{_block(self.light)}\n{dark}}}\n"


def _block(tokens: Tokens) -> str:
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in tokens.items())} }}"


def read_theme(settings: Settings) -> tuple[Theme, list[Problem]]:
    """The theme of a deployment and everything that is wrong with it; without a folder `theme/`, the look that is shipped."""
    file = settings.theme / COLOURS
    problems: list[Problem] = []
    own_light: dict[str, str] = {}
    own_dark: dict[str, str] = {}
    if file.is_file():
        light, dark = shipped_colours(settings.static)
        text = file.read_text(encoding="utf-8", errors="replace")
        own_light, own_dark, problems = _read(text, frozenset(light))
        problems += _too_near({**light, **own_light}, own_light, text, "")
        in_the_dark = {**dark, **_kept_in_the_dark(own_light, light, dark), **own_dark}
        problems += _too_near(in_the_dark, {**own_light, **own_dark}, text, " in the dark")
    logo, more = _logo(settings.theme)
    mark = str((settings.theme / logo).stat().st_mtime_ns) if logo else ""
    return Theme(own_light, own_dark, logo, mark), [*problems, *more]


def _kept_in_the_dark(own: Tokens, light: Tokens, dark: Tokens) -> Tokens:
    """Colours that the shipped look does not change in the dark are the council's there as well."""
    return {name: value for name, value in own.items() if light[name] == dark[name]}


def shipped_colours(static: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The colours at the top of the stylesheet that is shipped: by day, and in the dark."""
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for block in BLOCK.finditer((static / "windscreen.css").read_text(encoding="utf-8")):
        found = {each["name"]: each["value"] for each in SETTING.finditer(block["lines"]) if COLOUR.fullmatch(each["value"])}
        (dark if block["dark"] else light).update({name: value for name, value in found.items() if block["dark"] or name not in light})
    return light, {**light, **dark}


def _read(text: str, known: frozenset[str]) -> tuple[dict[str, str], dict[str, str], list[Problem]]:
    """The settings of the file, by day and in the dark, and a problem for everything else that stands in it."""
    text = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    problems = []
    rest = text
    for block in BLOCK.finditer(text):
        start, lines = block.start("lines"), block["lines"]
        left = lines
        for each in SETTING.finditer(lines):
            name, value = each["name"], each["value"].lower()
            if name not in known:
                problems.append(_problem(text, start + each.start(), f"--{name}", f"is not a colour of this site{nearest(name, known)}"))
            elif not COLOUR.fullmatch(value):
                words = "is not a colour; write # and six digits or letters a to f, such as #17465a"
                problems.append(_problem(text, start + each.start(), f"--{name}", words))
            else:
                found[bool(block["dark"])][name] = value
            left = left.replace(each[0], " " * len(each[0]), 1)
        if left.strip():
            at = start + len(left) - len(left.lstrip())
            problems.append(_problem(text, at, "", "is not read here; a line is a name, a colour and a semicolon: --brand: #17465a;"))
        rest = rest[: block.start()] + re.sub(r"\S", " ", block[0]) + rest[block.end() :]
    if rest.strip():
        words = "is not read here; the file holds a block ':root { }' of colours, and another in '@media (prefers-color-scheme: dark) { }'"
        problems.append(_problem(text, len(rest) - len(rest.lstrip()), "", words))
    return *found, problems


def _too_near(colours: Tokens, own: Tokens, text: str, when: str) -> Iterator[Problem]:
    for front, ground, least in PAIRS:
        if (front in own or ground in own) and (ratio := contrast(colours[front], colours[ground])) < least:
            name = front if front in own else ground
            words = f"{colours[front]} on --{ground} {colours[ground]}{when} has a contrast of {ratio:.1f} to 1; at least {least} is needed"
            yield _problem(text, text.find(f"--{name}"), f"--{front}", words)


def _problem(text: str, at: int, name: str, words: str) -> Problem:
    line = text.count("\n", 0, max(at, 0)) + 1
    column = max(at, 0) - (text.rfind("\n", 0, max(at, 0)) + 1) + 1
    return Problem(f"theme/{COLOURS}", line, column, name, words)


def _logo(folder: Path) -> tuple[str, list[Problem]]:
    for name in LOGOS:
        if (folder / name).is_file():
            size = (folder / name).stat().st_size
            if size <= MAX_LOGO:
                return name, []
            return "", [Problem(f"theme/{name}", 1, 1, "", f"has {size:,} bytes; a logo may have {MAX_LOGO:,}, so that pages stay light")]
    return "", []


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG counts it: from 1 for the same to 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
