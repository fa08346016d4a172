"""The command of a commissioner: every question of `app.gaps`, as text, JSON, CSV or XLSX."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from app.answering import Answering

GAPS_PARTS = {
    "need": "A need by its id; again for another.",
    "area": "The area by its id; the default one unless told.",
    "received-by": "child, young_parent, family, parent_carer or professional.",
    "status": "in-use (the default), all, or one status.",
    "funder": "Who pays, by the short name.",
    "ages": "bands or years.",
    "youngest": "as-0 counts an unknown youngest age as 0, and marks it.",
    "age": "An age or a band: 14, 11-15.",
    "level": "A level, for the list behind a cell.",
    "since": "The first day of a window of contract ends.",
    "by": "The last day of it: 2017-12-31, 2017-12 or 2017.",
    "without": "A service to take away, as warwickshire/family-matters; again for another.",
    "ends-by": "Take away everything that is recorded to end by this day.",
    "move": "warwickshire/family-matters:levels:2,3 or warwickshire/family-matters:ages:8-17.",
}
"""The parts of an address of the commissioners' pages, as options."""


def _gaps_options(command: Callable[..., None]) -> Callable[..., None]:
    """Every part as an option that may be given again."""
    for part, words in reversed(GAPS_PARTS.items()):
        command = click.option(f"--{part}", multiple=True, metavar="VALUE", help=words)(command)
    return command


def gaps_command(open_: Callable[[], Answering]) -> click.Command:
    """The command `gaps`, over the directory that `open_` opens."""

    @click.command()
    @click.argument("question", default="coverage")
    @_gaps_options
    @click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object, the same as the page's .json.")
    @click.option("--csv", "as_csv", is_flag=True, help="Print the first table as CSV, or the one named with --table.")
    @click.option("--table", help="Which table to print as CSV.")
    @click.option("--xlsx", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Write every table into this XLSX file.")
    def gaps(question: str, as_json: bool, as_csv: bool, table: str | None, xlsx: Path | None, **parts: tuple[str, ...]) -> None:
        """Ask what a commissioner asks: windscreen gaps --need domestic-abuse.

        QUESTION is coverage (where is provision thin, the default), cell, needs, areas, unanswered, spend, contracts, what-if,
        single-points, capacity, evidence, completeness, overlap or briefing.
        """
        from datetime import date

        from app.gaps import QUESTIONS, Ground, ask, to_csv
        from app.gaps.text import told_as_text

        if question not in QUESTIONS:
            raise click.UsageError(f"'{question}' is not a question here; the questions are {', '.join(QUESTIONS)}")
        answering = open_()
        values = {part: list(given) for part, given in parts.items() if given}
        told = ask(question, Ground(answering.directory, answering.matcher.facets), values, date.today())
        if told.asked.problems:
            lines = (f"--{each.part.replace('_', '-')} {each.value}".rstrip() + f" {each.words}" for each in told.asked.problems)
            raise click.UsageError("\n".join(lines))
        if as_csv or table:
            chosen = told.table(table or "")
            if chosen is None:
                raise click.UsageError(f"there is no table '{table}' here; the tables are {', '.join(each.id for each in told.tables)}")
            click.echo(to_csv(chosen, [*told.findings, *told.due, *told.rules]), nl=False)
        elif as_json:
            click.echo(json.dumps(told.to_json(), ensure_ascii=False, indent=2))
        else:
            click.echo(told_as_text(told), nl=False)
        if xlsx:
            try:
                xlsx.write_bytes(told.to_xlsx())
            except OSError as error:
                raise click.ClickException(f"{xlsx} cannot be written ({error.strerror})") from None
            click.echo(f"Wrote {xlsx}: {len(told.tables)} tables, and the rules.", err=True)

    return gaps
