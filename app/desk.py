"""The commands of those who look after a site: reports of problems, and what is kept beside the content."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.settings import SettingsError, settings

if TYPE_CHECKING:
    from app.state import Kept


@contextmanager
def _kept() -> Iterator[Kept]:
    """What is kept beside the content; what goes wrong with it stops the command with a sentence."""
    from app.state import Kept, StateProblem, UnknownReport

    try:
        yield Kept(settings())
    except (SettingsError, StateProblem, UnknownReport) as problem:
        raise click.ClickException(str(problem)) from None


@click.group(invoke_without_command=True)
@click.option("--all", "also_closed", is_flag=True, help="Closed reports as well.")
@click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
@click.pass_context
def reports(context: click.Context, also_closed: bool, as_json: bool) -> None:
    """List the reports of problems, oldest first; 'reports answer' and 'reports close' settle one."""
    from app.reporting import report_as_text
    from app.state import reports as every

    if context.invoked_subcommand:
        return
    with _kept() as kept:
        found = every(kept, also_closed=also_closed)
    if as_json:
        click.echo(json.dumps({"reports": [report.to_json() for report in found]}, ensure_ascii=False, indent=2))
    elif found:
        click.echo("\n\n".join(map(report_as_text, found)))
    else:
        click.echo("There is no report." if also_closed else "There is no open report.")


@reports.command()
@click.argument("reference")
@click.argument("words", nargs=-1, required=True)
def answer(reference: str, words: tuple[str, ...]) -> None:
    """Answer a report; whoever has its reference can read the answer on the site."""
    from app.reporting import problems_of_text, tidy
    from app.state import answer_report

    text = tidy(" ".join(words))
    for problem in problems_of_text(text):
        raise click.UsageError(f"{problem.part} {problem.words}")
    with _kept() as kept:
        click.echo(f"Answered {answer_report(kept, reference.upper(), text, date.today()).reference}.")


@reports.command()
@click.argument("reference")
def close(reference: str) -> None:
    """Close a report: it is no longer listed, and is removed after 13 months."""
    from app.state import close_report

    with _kept() as kept:
        click.echo(f"Closed {close_report(kept, reference.upper(), date.today()).reference}.")


@click.group()
def state() -> None:
    """What is kept beside the content: reports of problems and counts of questions."""


@state.command("check")
def check_state() -> None:
    """Say where it is kept, and whether it can be used; bring its tables up to date."""
    with _kept() as kept:
        kept.check()
        click.echo(f"Reports and counts are kept in {kept.where}, and can be used.")


@state.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write a copy of the SQLite file, whole, although the site goes on; PostgreSQL has pg_dump."""
    from app.state import back_up

    with _kept() as kept:
        back_up(kept, file)
    click.echo(f"Written: {file}")


@click.command()
@click.option("--area", help="The area by its id; every one unless told.")
@click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print one table as CSV.")
def unmet(area: str | None, as_json: bool, as_csv: bool) -> None:
    """Print what was asked and not found, by closed periods; publish what is over and forget what is older than 13 months."""
    from dataclasses import replace

    from app.building import BuildProblem, open_directory
    from app.gaps import to_csv
    from app.problems import ContentError
    from app.unmet import RULES, closed_periods, figures_of, publish_and_forget

    place = settings()
    try:
        directory = open_directory(place).directory
    except (ContentError, BuildProblem) as error:
        raise click.ClickException(f"{error}; run 'check'") from None
    if area is not None and area not in directory.area_by_id:
        raise click.UsageError(f"'{area}' is not an area here; the areas are {', '.join(directory.area_by_id)}")
    areas = [each for each in directory.site.areas if area in (None, each.id)]
    today = date.today()
    with _kept() as kept:
        publish_and_forget(kept, directory, today)
        found = [figures_of(kept, directory, each, period) for period in closed_periods(today) for each in areas]
    if not place.counts_unmet:
        click.echo("Unmet questions are not counted now (WINDSCREEN_UNMET is off).", err=True)
    if as_json:
        click.echo(json.dumps({"figures": [each.to_json(directory) for each in found]}, ensure_ascii=False, indent=2))
        return
    tables = [each.table(directory) for each in found if each.needs]
    if not tables:
        click.echo("Nothing was asked often enough to publish a number, in any period that is over.")
    elif as_csv:
        header = ("Area and period", *tables[0].header)
        rows = tuple((table.note, *row) for table in tables for row in table.rows)
        click.echo(to_csv(replace(tables[0], header=header, rows=rows, note=""), RULES), nl=False)
    else:
        for table in tables:
            click.echo(f"\n{table.note}")
            for row in table.rows:
                found_words = "; ".join(f"{name.lower()}: {value}" for name, value in zip(table.header[3:], row[3:], strict=True))
                part = "" if row[1:3] == ("All", "All") else f" ({row[1]}, {row[2]})"
                click.echo(f"  {row[0]}{part}: {found_words}")
