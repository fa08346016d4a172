"""The commands of those who keep the content true: what is due to be checked again, and what has changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from app.answering import Answering
    from app.changes import Comparison, Version
    from app.settings import Settings


def owner_commands(open_: Callable[[], Answering], settings_: Callable[[], Settings]) -> tuple[click.Command, ...]:
    """The commands `due` and `changes`: `open_` opens the directory, `settings_` says where the content lies."""
    return _due(open_), _changes(settings_)


def _day(text: str | None) -> date:
    """The day that was asked for, else today. Stops the command for one that is none."""
    from app.freshness import DayProblem, day_asked

    try:
        return day_asked(text) if text is not None else date.today()
    except DayProblem as problem:
        raise click.UsageError(str(problem)) from None


def _due(open_: Callable[[], Answering]) -> click.Command:
    @click.command()
    @click.option("--owner", help="Only what this owner keeps true, by the name that the list without it shows.")
    @click.option("--on", "day", help="As it will be on another day: 2026-12-31. Today unless told.")
    @click.option("--csv", "as_csv", is_flag=True, help="Print a table, a row for each entry and set of fields with the same dates.")
    @click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
    def due(owner: str | None, day: str | None, as_csv: bool, as_json: bool) -> None:
        """Tell which facts are due or overdue to be checked again, by the owner who keeps them true."""
        from app.freshness import HEADER, UnknownOwner, upkeep_as_text, upkeep_of
        from app.gaps.tables import Table, to_csv

        if as_csv and as_json:
            raise click.UsageError("give --csv or --json, not both")
        on = _day(day)
        upkeep = upkeep_of(open_().directory, on)
        try:
            upkeep = upkeep.of_owner(owner) if owner is not None else upkeep
        except UnknownOwner as problem:
            raise click.UsageError(str(problem)) from None
        if as_csv:
            click.echo(to_csv(Table("due", "What is due for review", HEADER, tuple(upkeep.rows()))), nl=False)
        elif as_json:
            click.echo(json.dumps(upkeep.to_json(), ensure_ascii=False, indent=2))
        else:
            click.echo(upkeep_as_text(upkeep), nl=False)

    return due


def _changes(settings_: Callable[[], Settings]) -> click.Command:
    @click.command()
    @click.argument("old")
    @click.argument("new", required=False)
    @click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
    @click.option("--record", is_flag=True, help="Write what is different into content/changes.yaml too, for the page and the feed.")
    @click.option("--on", "day", help="The day to record it under: 2026-12-31. Today unless told.")
    def changes(old: str, new: str | None, as_json: bool, record: bool, day: str | None) -> None:
        """Tell what changed between two versions of the content: windscreen changes v1.0 HEAD.

        A version is a folder that holds content/ and pathways.yaml, or a git revision. Without NEW, OLD is compared with the content
        as it is now.
        """
        from app.changes import VersionProblem, compare, comparison_as_text, comparison_json, problems_of, served, version_at

        if day is not None and not record:
            raise click.UsageError("--on is the day of --record; give both or neither")
        on, place = _day(day), settings_()
        try:
            before = version_at(old, place)
            after = version_at(new, place) if new is not None else served(place)
        except VersionProblem as problem:
            raise click.ClickException(str(problem)) from None
        found = compare(before.directory, after.directory, before.unread | after.unread)
        for line in problems_of(before, after):
            click.echo(line, err=True)
        if as_json:
            click.echo(json.dumps(comparison_json(before, after, found), ensure_ascii=False, indent=2))
        else:
            click.echo(comparison_as_text(before, after, found), nl=False)
        if record:
            _record(before, after, found, on, place)

    return changes


def _record(before: Version, after: Version, found: Comparison, on: date, place: Settings) -> None:
    """Write what is different into the list of changes of the content as it is now."""
    from app.changes import RecordProblem, VersionProblem, add_to_list, entries_to_record, served

    try:
        entries = entries_to_record(before.directory, after.directory, on, frozenset(found.skipped))
        written = add_to_list(entries, place.content / "changes.yaml", served(place).directory.changes)
    except (RecordProblem, VersionProblem) as problem:
        raise click.ClickException(str(problem)) from None
    again = f" ({written.known} stood there already)" if written.known else ""
    click.echo(f"Recorded {written.new} in content/changes.yaml{again}; read them before you commit them.", err=True)
