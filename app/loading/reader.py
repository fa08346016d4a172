"""Reads every file of the content once, makes records, and gathers problems; checks come after, over the whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from app.frontmatter import Fields, Loc, read_text, read_yaml, split
from app.loading.gathered import Body, Content
from app.loading.levels import read_descriptors
from app.loading.schema import NOT_RECORDED, drop_not_recorded, field_names
from app.model import (
    MUST_BE_STATED,
    AlertCard,
    Ambiguity,
    Change,
    ClosedWay,
    Descriptor,
    Directory,
    Example,
    Factor,
    Gateway,
    GlossaryTerm,
    Level,
    Need,
    Process,
    Programme,
    Record,
    Scheme,
    Service,
    Site,
    Source,
    Step,
    Vocabulary,
)
from app.problems import Problem, nearest_name, shown

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LISTS: dict[str, dict[str, type[Record]]] = {
    "needs.yaml": {"needs": Need, "processes": Process, "ambiguities": Ambiguity, "alerts": AlertCard},
    "factors.yaml": {"factors": Factor},
    "sources.yaml": {"sources": Source},
    "glossary.yaml": {"terms": GlossaryTerm},
    "changes.yaml": {"changes": Change},
}
"""Files that are lists: their sections, and what each entry is."""

MAY_BE_MISSING = frozenset({"changes.yaml"})
"""Lists that a deployment need not have."""

PATHWAYS: dict[str, type[Record]] = {"gateways": Gateway, "steps": Step, "closed_ways": ClosedWay}
"""The sections of an area in pathways.yaml."""

READ_IN: dict[str, str] = {
    "": f"site.yaml, {', '.join(LISTS)}",
    "services": "services/<area>/<name>.md",
    "programmes": "programmes/<name>.md",
    "examples": "examples/<name>.md",
    "thresholds": "thresholds/<scheme>/scheme.yaml and thresholds/<scheme>/level-<number>.md",
}
"""What is read in each folder of the content."""


def read_files(content: Content) -> Site | None:
    """Read every file into `content`; returns the deployment, or None when site.yaml cannot be used."""
    site = _read_site(content)
    _read_lists(content)
    _read_schemes(content)
    _read_pathways(content)
    _read_pages(content, "programmes", Programme)
    _read_pages(content, "examples", Example)
    _read_services(content)
    _say_what_is_not_read(content)
    return site


def directory_of(content: Content, site: Site) -> Directory:
    """The good records as a Directory, in the order in which they are shown."""
    of = content.records
    levels = sorted(of(Level), key=lambda level: (level.scheme, level.number))
    schemes = [
        scheme.model_copy(update={"levels": tuple(level for level in levels if level.scheme == scheme.id)}) for scheme in of(Scheme)
    ]
    return Directory(
        site=site,
        vocabulary=Vocabulary(
            needs=tuple(of(Need)), processes=tuple(of(Process)), ambiguities=tuple(of(Ambiguity)), alerts=tuple(of(AlertCard))
        ),
        factors=tuple(of(Factor)),
        sources=tuple(of(Source)),
        glossary=tuple(sorted(of(GlossaryTerm), key=lambda term: (term.term.lower(), term.term))),
        schemes=tuple(schemes),
        descriptors=tuple(of(Descriptor)),
        gateways=tuple(of(Gateway)),
        steps=tuple(of(Step)),
        closed_ways=tuple(of(ClosedWay)),
        programmes=tuple(sorted(of(Programme), key=lambda programme: programme.name.lower())),
        examples=tuple(sorted(of(Example), key=lambda example: example.name.lower())),
        services=tuple(sorted(of(Service), key=lambda service: (service.area, service.name.lower(), service.id))),
        changes=tuple(sorted(of(Change), key=lambda change: change.on, reverse=True)),
    )


def _yaml_file(content: Content, file: Path) -> Fields:
    """The fields of a YAML file; their data is a dict, or None when the file cannot be used at all."""
    path = content.path(file)
    content.files.add(file)
    text, problems = read_text(file, path)
    fields = Fields(path)
    if text is not None:
        fields, more = read_yaml(text, path)
        problems += more
    _must_be_fields(fields, problems, "is empty; it must hold 'field: value' lines")
    content.problems += problems
    return fields


def _markdown_file(content: Content, file: Path) -> tuple[Fields, Body]:
    """The fields and the body of a Markdown file; the fields' data is a dict, or None when they cannot be used."""
    path = content.path(file)
    content.files.add(file)
    text, problems = read_text(file, path)
    fields, body = Fields(path), Body(path, "", 1)
    if text is not None:
        fields, body.text, body.first_line, more = split(text, path)
        problems += more
    _must_be_fields(fields, problems, "front matter is empty; it must hold 'field: value' lines", line=2)
    if not SLUG.fullmatch(file.stem):
        problems.append(Problem(path, 1, 1, "", f"the file name {shown(file.stem)} must be small letters, digits and single hyphens"))
        fields.faulty.add(("id",))
    content.problems += problems
    return fields, body


def _must_be_fields(fields: Fields, problems: list[Problem], empty: str, line: int = 1) -> None:
    """Set data that is no set of fields to None, with a problem unless there is one already."""
    if not isinstance(fields.data, dict):
        if not problems:
            place = fields.place(()) if fields.data else (line, 1)
            problems.append(Problem(fields.path, *place, "", "must be 'field: value' lines" if fields.data else empty))
        fields.data = None


def _read_site(content: Content) -> Site | None:
    fields = _yaml_file(content, content.settings.content / "site.yaml")
    if fields.data is None:
        content.unread.add(Site)
        return None
    record = content.add(Site, fields.data, fields).record
    return record if isinstance(record, Site) else None


def _read_lists(content: Content) -> None:
    for name, sections in LISTS.items():
        if name in MAY_BE_MISSING and not (content.settings.content / name).exists():
            continue
        fields = _yaml_file(content, content.settings.content / name)
        _unknown_sections(content, fields, (), sections)
        for section, cls in sections.items():
            for position, data in enumerate(_section(content, fields, (section,), cls, required=True)):
                content.add(cls, data, fields, (section, position))


def _section(content: Content, fields: Fields, loc: Loc, cls: type[Record], *, required: bool = False) -> list[Any]:
    """The list at `loc`; [] with a problem when it is not one, and then nothing is said of names of that kind."""
    value = fields.data
    for part in loc:
        value = value.get(part) if isinstance(value, dict) else None
    if isinstance(value, list):
        return value
    if fields.data is None or value is not None or required:
        content.unread.add(cls)
        if fields.data is not None and not fields.is_faulty(loc):
            words = "is missing; " if value is None else ""
            content.problems.append(fields.problem(loc, f"{words}must be a list of entries, each beginning with '- '"))
    return []


def _unknown_sections(content: Content, fields: Fields, loc: Loc, known: dict[str, type[Record]]) -> None:
    value = fields.data or {}
    for part in loc:
        value = value[part]
    for key in value:
        if key not in known:
            words = f"is not a known section; allowed: {', '.join(sorted(known))}"
            content.problems.append(fields.problem((*loc, key), words, key=True))


def _read_schemes(content: Content) -> None:
    for folder in sorted(path for path in (content.settings.content / "thresholds").glob("*") if path.is_dir()):
        if not _is_slug(content, folder):
            continue
        fields = _yaml_file(content, folder / "scheme.yaml")
        scheme = content.add(Scheme, fields.data, fields, id=folder.name, levels=())
        domains = [item.get("id", "") for item in scheme.list_of("domains") if isinstance(item, dict)]
        files = sorted(folder.glob("*.md"))
        if not files:
            content.problems.append(Problem(fields.path, 1, 1, "", "the scheme has no level files (level-1.md, level-2.md ...)"))
        for file in files:
            _read_level(content, file, folder.name, [name for name in domains if isinstance(name, str)] or None)


def _read_level(content: Content, file: Path, scheme: str, domains: list[str] | None) -> None:
    fields, body = _markdown_file(content, file)
    named = re.fullmatch(r"level-([1-5])", file.stem)
    if named is None:
        words = "a level's file must be called level-1.md, level-2.md and so on to level-5.md"
        content.problems.append(Problem(fields.path, 1, 1, "", words))
        return
    number = int(named.group(1))
    entry = content.add(Level, fields.data, fields, name=str(number), scheme=scheme)
    if isinstance(entry.record, Level) and entry.record.number != number:
        content.problems.append(fields.problem(("number",), f"is {entry.record.number}, but the file is called {file.name}"))
    descriptors, problems = read_descriptors(body.text, body.first_line, fields.path, number, domains)
    content.problems += problems
    for descriptor in descriptors:
        content.add(Descriptor, descriptor.data, descriptor, scheme=scheme, level=number)


def _read_pathways(content: Content) -> None:
    fields = _yaml_file(content, content.settings.pathways)
    areas = fields.data.get("areas") if fields.data else None
    if not isinstance(areas, dict):
        content.unread.add(Gateway)
        if fields.data is not None:
            content.problems.append(fields.problem(("areas",), "must hold one section for each area"))
        return
    for key in fields.data:
        if key != "areas":
            content.problems.append(fields.problem((key,), "is not a known section; allowed: areas", key=True))
    for area, sections in areas.items():
        content.sections.append((fields, area))
        if not isinstance(sections, dict):
            content.unread.add(Gateway)
            content.problems.append(fields.problem(("areas", area), f"must hold the sections {', '.join(PATHWAYS)}"))
            continue
        _unknown_sections(content, fields, ("areas", area), PATHWAYS)
        for section, cls in PATHWAYS.items():
            loc: Loc = ("areas", area, section)
            for position, data in enumerate(_section(content, fields, loc, cls)):
                content.add(cls, data, fields, (*loc, position), area=area)


def _read_pages(content: Content, folder: str, cls: type[Record]) -> None:
    for file in sorted((content.settings.content / folder).glob("*.md")):
        fields, body = _markdown_file(content, file)
        content.add(cls, fields.data, fields, id=file.stem, body=body.text)
        content.bodies.append(body)


def _read_services(content: Content) -> None:
    names = field_names(Service)
    for folder in sorted(path for path in (content.settings.content / "services").glob("*") if path.is_dir()):
        for file in sorted(folder.glob("*.md")) if _is_slug(content, folder) else ():
            fields, body = _markdown_file(content, file)
            data = fields.data or {}
            meant = {nearest_name(key, names) for key in data if key not in names}
            if fields.data is not None:
                content.problems += [
                    fields.problem((name,), f"{said}; give it, or write '{name}: {NOT_RECORDED}' if the source does not say")
                    for name in MUST_BE_STATED
                    if (said := "is empty" if data.get(name) == [] else "is missing" if name not in {*data, *meant} else "")
                ]
            gone = tuple(".".join(map(str, loc)) for loc in drop_not_recorded(data)[1])
            name = f"{folder.name}/{file.stem}"
            content.add(Service, fields.data, fields, id=name, area=folder.name, body=body.text, not_recorded=gone)
            content.bodies.append(body)


def _is_slug(content: Content, folder: Path) -> bool:
    if SLUG.fullmatch(folder.name):
        return True
    content.problems.append(
        Problem(content.path(folder), 1, 1, "", f"the folder name {shown(folder.name)} must be small letters, digits and single hyphens")
    )
    content.files |= set(folder.rglob("*"))
    return False


def _say_what_is_not_read(content: Content) -> None:
    """A file in a place or under a name that nobody reads is a mistake: what it says would be missing without a word."""
    top = content.settings.content
    for file in sorted(top.rglob("*")):
        parts = file.relative_to(top).parts
        if file in content.files or file.is_dir() or any(part.startswith(".") for part in parts):
            continue
        folder = parts[0] if len(parts) > 1 else ""
        read = READ_IN.get(folder, f"{READ_IN['']}, and files in {', '.join(filter(None, READ_IN))}")
        content.problems.append(Problem(content.path(file), 1, 1, "", f"nobody reads this file; read here: {read}"))
