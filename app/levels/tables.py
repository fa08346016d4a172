"""The themes and what nothing answers, as tables: what their pages say, for a spreadsheet."""

from __future__ import annotations

from app.gaps.tables import NOT_RECORDED, Table, Value
from app.levels.ladder import Themes
from app.levels.local import LocalScheme
from app.levels.unanswered import OpenDescriptors
from app.model import Descriptor

NOT_LINKED = "Not linked"
"""What stands where no descriptor of a level is linked to any theme: not 0, which would say that none speaks of it."""

UNANSWERED = "No service at this level"
APART = "No matter for a service"
UNLINKED = "Linked to no need"


def themes_table(themes: Themes) -> Table:
    """A row for each theme: how many descriptors speak of it at each level."""
    header = ("Part", "Theme", "Theme: id", *(f"Level {level.number}" for level in themes.levels), "None at")
    rows = tuple(
        (
            group.name, row.need.label, row.need.id, *(NOT_LINKED if count is None else count for count in row.counts),
            ", ".join(f"level {number}" for number in row.missing) or "no level",
        )
        for group in themes.groups
        for row in group.rows
    )  # fmt: skip
    return Table("themes", "Themes, with the number of their descriptors at each level", header, rows)


def open_table(found: OpenDescriptors) -> Table:
    """A row for each descriptor that nothing answers, and for each that stands apart, with why."""
    local = found.local
    rows = [
        _row(local, one.descriptor, UNANSWERED, "; ".join(service.name for service in one.also) or "No service")
        for each in found.levels
        for one in each.open
    ]
    rows += [_row(local, one, APART, why=one.not_a_service_matter or NOT_RECORDED) for one in found.apart]
    rows += [_row(local, one, UNLINKED) for _, ones in found.unlinked for one in ones]
    header = ("Level", "Name of the level", "Descriptor", "Descriptor: id", "Heading", "Themes", "State", "Also help with it", "Why")
    return Table("unanswered", "Descriptors that no service answers", header, tuple(rows))


def _row(local: LocalScheme, one: Descriptor, state: str, also: str = "Not counted", why: str = "Does not apply") -> tuple[Value, ...]:
    level, needs = local.level(one.level), local.directory.need_by_id
    return (
        one.level, level.name if level else NOT_RECORDED, one.text, one.id, one.heading,
        "; ".join(needs[name].label for name in one.needs) or "None", state, also, why,
    )  # fmt: skip
