"""The manual for owners of content: a friendly beginning, then every field, told by the classes that check it.

`docs/content.md` is made from here, so that the manual and the check cannot disagree.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from app.loading.schema import hints_of, records_in
from app.model import (
    GUARDED,
    MUST_BE_STATED,
    AlertCard,
    Ambiguity,
    Audience,
    Change,
    ClosedWay,
    Descriptor,
    Example,
    Factor,
    Gateway,
    GlossaryTerm,
    Level,
    Need,
    Process,
    Programme,
    Record,
    RefersTo,
    Scheme,
    SeenFrom,
    Service,
    Site,
    Source,
    Step,
    fields_for_audiences,
)
from app.model.values import Age, Colour, LevelNumber, PartialDate, Pounds, Slug, Text, WebAddress

INTRODUCTION = """\
# The content: how to write it

*This page is made by `python3 run.py manual` from the classes that check the content (`app/model/`) and `app/manual.py`. Change it there.*

Everything Windscreen says stands in text files: one Markdown file for each service, programme and example, and a few lists. You need
nothing but a text editor. You cannot break the site: what does not pass the check is never shown, and the last good version stays.

## How to add a service

1. Copy a profile that is like yours: the files are in `content/services/<area>/`. The new file's name becomes its address: small letters,
   digits and hyphens, such as `family-help.md`.
2. Change what stands between the two lines of `---`: those are the fields, one `field: value` to a line. Write below them, in your own
   words, what the service does.
3. Run `python3 run.py check`. It tells everything that is wrong at once; mend it and run it again.

```markdown
---
name: Example Family Help
summary: Short help at home for families under strain.
status: running
levels: [2, 3]
received_by: [family]
ages:
  text: 5–18
  from: 5
  to: 18
needs:
  main: [parenting]
reached_by:
  - gateway: caf
    condition: The need comes up in a CAF
contact: not_recorded
commissioner: not_recorded
provider: Example Council
budget:
  amount: 20000
  covers: Whole service, a year
contract: not_recorded
capacity: not_recorded
activity: not_recorded
outcomes: not_recorded
as_at: 2016-10-18
sources:
  - document: warwickshire-2016
    section: "3.3.1"
---

A worker visits for ten weeks. They help with routines and arguments.
```

**Unknown is not no.** What your source does not say is `not_recorded`, and the site then says "Not recorded". Never guess. A profile must
give some fields or say `not_recorded` for them; a forgotten field is a mistake. Any other field that need not be given may be left out.

**Everything is read as text** and then taken for what the field wants. A telephone number keeps its noughts; `NO` and `12:30` stay as
they are. Put quotes round a value that holds `: ` or ` #`, or that begins with a sign such as `[`, `@`, `*`, `&` or `!`.

**Dates** are as exact as you know them: `2016`, `2016-10` or `2016-10-18`. **Ages** are completed years, or `unborn`.
"0–18" includes 18, so `to: 18`; "under 18" is `to: 17`. Leave `from` out if your source gives no youngest age.

**Links** in the text go to addresses of this site, such as `/services/warwickshire/family-matters` or `/programmes/triple-p`, or to whole
`https://` addresses. **No names of people** and no telephone numbers but those of a service or a team that your source prints.

## How facts are kept true

Every fact has two dates. `as_at` is the date of the source, and `checked_on` the day on which somebody last asked whether it still holds.
Only a person who has asked may write `checked_on`; nothing that copies content from elsewhere may. Intervals are set in
`content/site.yaml` under `review`, in months:

| What | Fields of a profile | Unless told |
|---|---|---|
| `contact_and_status` | contact, status, room and waiting | 3 |
| `eligibility_and_route` | levels, ages, needs, who receives it, who can refer, the ways in, consent, who cannot use it | 6 |
| `description` | everything else | 12 |

An interval counts from the later of the two dates. When it has passed, the fact is *due for review*; when it has passed twice, it is
*overdue for review*. The site says so beside the service wherever the service stands. It never hides one: a service that is hidden is worse
than one that is marked. A date known only in part counts from its first day: `2026-04` is 1 April. A date that lies ahead does not count.

If you have confirmed all of a profile, set `checked_on`. If you have only rung the number, set that part:

    checked_on: 2026-01-12
    checked:
      contact_and_status: 2026-04-07

`contact` has a `checked_on` of its own, for the day somebody tried it. The numbers of an area (`front_door`, `out_of_hours`) have it too.
A stage's `checked_on` stands for the steps that begin at it as well. `owner` is a role, never a person's name. An entry without one
belongs to the `owner` of its area, and what has no area to the `owner` of the site.

`python3 run.py due` tells what is due, by owner; `due --owner "Early Help Manager"` only theirs, `due --csv` and `due --json` as data, and
`due --on 2026-12-31` what it will be on another day. `/content-health` shows the same.

## How changes are told

`python3 run.py changes OLD NEW` compares two versions of the content, each a folder or a git revision, and tells in sentences what was
added, ended, altered or moved. Without NEW it compares with the content as it is now: `changes HEAD` is what you have not yet committed.

    python3 run.py changes HEAD --record

writes the same into `content/changes.yaml`, with today's date. Read it, mend what a reader would not understand, take out what nobody
needs, and commit it together with your change. The pages `/changes` and the feed `/changes.atom` are made from this list, not from git:
so they are the same on every machine, work where there is no git, and never go on telling what had to be taken out. Each entry has an
`audience`: a change of something that only staff see is told to staff only.

## How a problem reads

```text
content/services/warwickshire/family-help.md:6:9: status: 'runing' is not allowed; did you mean 'running'? Allowed: running, starting, ...
```

It is the file, the line, the column, the field, what is wrong, and what is allowed. Places in a list count from 1: `activity.2.value` is
the value of the second entry. If one line cannot be read as YAML at all, only that is told of the file; mend it, and the rest is checked.

## How descriptors are written

The descriptors of a level stand below the front matter of `content/thresholds/<scheme>/level-<number>.md`, as a plain list:

```markdown
# child

## Emotional and behavioural development

- Has witnessed domestic abuse
  - needs: child-affected-by-da, domestic-abuse
  - deciding: has witnessed
  - note: Read with level 4.
```

`# ` opens a domain (its id, from `scheme.yaml`), `## ` a heading, `- ` a descriptor. The indented lines beneath one are `needs` and
`deciding` (lists with commas), `note`, `not_a_service_matter`, and `id`, which is needed only where two descriptors begin alike. Deciding
words must stand in the descriptor exactly.

## How pathways are written

`pathways.yaml` has a section for each area: its `gateways` (doors, assessments, panels, legal stages, and settings where a worry
starts), the `steps` between them, and `closed_ways` that a source says do not exist. A profile's `reached_by` names gateways of its own
area; areas never share one. A step that no source states, but without which a stage would hang in the air, is `status: assumed`.

```yaml
areas:
  warwickshire:
    gateways:
      - id: school
        name: School
        kind: setting
        what: Where a worry is often first seen.
        sources:
          - {document: warwickshire-2016, section: "3.2.4"}
      - id: caf
        name: Common Assessment Framework (CAF)
        kind: assessment
        what: A look at the whole child and family, which can start help from several services.
        sources:
          - {document: warwickshire-2016, section: "3.2.4"}
    steps:
      - from: school
        to: caf
        kind: refer
        condition: The child needs two or more additional services
        sources:
          - {document: warwickshire-2016, section: "3.2.4"}
```

## Every field

*Given*: **always**; **always, or `not_recorded`**; **if known** (else leave it out or write `not_recorded`); or **by its place**, which
means that it follows from the file's name, folder or layout and is not written as a field.

*Seen by*: **everybody**; **staff**, which is practitioners and commissioners; or **commissioners**. A deployment can change it for the
fields marked `*`, by a line under `audiences` in `content/site.yaml`: the kind of entry, a full stop, the field, and then the least
audience that sees it, such as `service.budget: public`. The kinds are {kinds}.
An entry with an `audience` of its own is hidden whole from those below it.
"""

FILES: tuple[tuple[str, str, tuple[type[Record], ...]], ...] = (
    ("Services", "`content/services/<area>/<name>.md`", (Service,)),
    ("Programmes", "`content/programmes/<name>.md`", (Programme,)),
    ("Examples", "`content/examples/<name>.md`", (Example,)),
    ("Pathways", "`pathways.yaml`: `areas`, and for each area `gateways`, `steps` and `closed_ways`", (Gateway, Step, ClosedWay)),
    ("Thresholds", "`content/thresholds/<scheme>/scheme.yaml` and `level-<number>.md`", (Scheme, Level, Descriptor)),
    ("Needs and words", "`content/needs.yaml`: `needs`, `processes`, `ambiguities` and `alerts`", (Need, Process, Ambiguity, AlertCard)),
    ("Assessment factors", "`content/factors.yaml`: `factors`", (Factor,)),
    ("Sources", "`content/sources.yaml`: `sources`", (Source,)),
    ("Glossary", "`content/glossary.yaml`: `terms`", (GlossaryTerm,)),
    ("Changes", "`content/changes.yaml`: `changes`; this file may be missing", (Change,)),
    ("The site", "`content/site.yaml`", (Site,)),
)
"""The chapters: what is written, where, and the classes that check it."""

BY_PLACE: dict[type[Record], frozenset[str]] = {
    Service: frozenset({"id", "area", "not_recorded", "body"}),
    Programme: frozenset({"id", "body"}),
    Example: frozenset({"id", "body"}),
    Gateway: frozenset({"area"}),
    Step: frozenset({"area"}),
    ClosedWay: frozenset({"area"}),
    Scheme: frozenset({"id", "levels"}),
    Level: frozenset({"scheme"}),
    Descriptor: frozenset({"id", "scheme", "level", "domain", "heading", "text"}),
}
"""Fields that follow from the file's name, folder or layout."""

SEEN_WORDS: dict[Audience, str] = {"public": "everybody", "practitioner": "staff", "commissioner": "commissioners"}

VALUES: tuple[tuple[Any, str], ...] = (
    (Text, "text"), (Slug, "short name"), (PartialDate, "date"), (Age, "age, or `unborn`"), (LevelNumber, "level, 1 to 5"),
    (Pounds, "whole pounds"), (WebAddress, "web address"), (Colour, 'colour, as `"#17465a"`'), (str, "text"), (bool, "`true` or `false`"),
    (int, "whole number"),
)

NAMED: dict[str, str] = {
    "factor": "factor code", "place": "gateway or service id", "stage": "`area/gateway`", "service": "service id (`area/name`)",
}
"""What a field holds that names other content, where "need id" and the like would not do."""


def manual() -> str:
    """The whole manual as Markdown: `docs/content.md`."""
    parts = [INTRODUCTION.replace("{kinds}", ", ".join(f"`{kind}`" for kind in GUARDED if fields_for_audiences(kind)))]
    told = {cls for _, _, classes in FILES for cls in classes}
    for heading, where, classes in FILES:
        parts.append(f"### {heading}\n\n{where}\n")
        parts += [_table(cls, with_heading=len(classes) > 1) for cls in classes]
    parts.append("### Parts that stand in several of these\n")
    inner = sorted(set(schema_classes()) - told, key=lambda cls: cls.__name__)
    parts += [_table(cls, with_heading=True) for cls in inner]
    return "\n".join(parts)


def schema_classes() -> list[type[Record]]:
    """Every class that a writer's field is checked by, each once, outer before inner."""
    found: list[type[Record]] = []
    waiting = [cls for _, _, classes in FILES for cls in classes]
    while waiting:
        cls = waiting.pop(0)
        if cls not in found:
            found.append(cls)
            waiting += [inner for name, info in _written(cls) if name for inner in records_in(info.annotation)]
    return found


def _written(cls: type[Record]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a class that somebody writes, by the names they are written under."""
    for name, info in cls.model_fields.items():
        if name not in BY_PLACE.get(cls, ()):
            yield info.alias or name, info


def _table(cls: type[Record], *, with_heading: bool) -> str:
    heading = f"#### {title_of(cls)}\n\n" if with_heading else ""
    lines = [f"{heading}{cls.__doc__}\n", "| Field | What stands there | Given | Seen by | What it means |", "|---|---|---|---|---|"]
    for name, info in cls.model_fields.items():
        if name == "withheld":
            continue
        words = value_in_words(hints_of(cls)[name])
        cells = (f"`{info.alias or name}`", words, _given(cls, name, info), _seen_by(info), info.description or "")
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def title_of(cls: type[Record]) -> str:
    """AgeExtension as "Age extension"."""
    return re.sub(r"(?<=[a-z])([A-Z])", r" \1", cls.__name__).capitalize()


def _given(cls: type[Record], name: str, info: FieldInfo) -> str:
    if name in BY_PLACE.get(cls, ()):
        return "by its place"
    if info.is_required():
        return "always"
    if cls is Service and name in MUST_BE_STATED:
        return "always, or `not_recorded`"
    default = info.default
    if isinstance(default, (str, int)) and not isinstance(default, bool):
        return f"if it is not `{default}`"
    return "if known"


def _seen_by(info: FieldInfo) -> str:
    least = next((mark.audience for mark in info.metadata if isinstance(mark, SeenFrom)), None)
    return f"{SEEN_WORDS[least]}*" if least else SEEN_WORDS["public"]


def value_in_words(hint: Any) -> str:
    """What stands in a field of this type, in words: "list of need ids"."""
    for value, words in VALUES:
        if hint is value:
            return words
    if isinstance(hint, type) and issubclass(hint, Record):
        title = title_of(hint)
        return f"[{title.lower()}](#{title.lower().replace(' ', '-')})"
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        kinds = [mark.kind for mark in args[1:] if isinstance(mark, RefersTo)]
        return NAMED.get(kinds[0], f"{kinds[0]} id") if kinds else value_in_words(args[0])
    if origin in (Union, types.UnionType):
        return " or ".join(value_in_words(arg) for arg in args if arg is not type(None))
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in args)
    if origin is tuple:
        return f"list: {value_in_words(args[0])}"
    if origin is dict:
        return f"lines of {value_in_words(args[0])}: {value_in_words(args[1])}"
    raise TypeError(f"the manual has no words for {hint}")
