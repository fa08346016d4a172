"""The commands. Each opens what it needs, asks one question below, prints, and sets the exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from app import __version__
from app.access import AUDIENCES
from app.commissioner import gaps_command
from app.desk import reports, state, unmet
from app.owner import owner_commands
from app.problems import ContentError
from app.settings import MAX_QUESTION, Settings, SettingsError, settings

if TYPE_CHECKING:
    from app.access import Audience
    from app.answering import Answering


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="windscreen")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Answer ask, route and gaps for this audience, not for WINDSCREEN_AUDIENCE.")
def windscreen(audience: str | None) -> None:
    """Windscreen: which services fit this child, why, and how to reach them."""


windscreen.add_command(reports)
windscreen.add_command(state)
windscreen.add_command(unmet)


@contextmanager
def _told() -> Iterator[None]:
    """What stops a command is told in a sentence, with the place of each problem in the content; never a traceback."""
    from app.building import BuildProblem

    try:
        yield
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException(f"{error}; mend what is said above and try again") from None
    except (BuildProblem, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def _settings() -> Settings:
    try:
        return settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


def _open() -> Answering:
    """The directory as its audience sees it, ready to answer; a build that is missing, old or broken is made anew first."""
    from app.answering import Answering
    from app.building import open_directory

    place = _settings()
    with _told():
        opened = open_directory(place).seen_by(click.get_current_context().find_root().params["audience"] or place.audience)
    if not opened.is_current:
        click.echo("The content has problems (run 'check'); this comes from the last good build.", err=True)
    return Answering(opened)


@windscreen.command()
def check() -> None:
    """Read the content and print every problem in it."""
    from app.loading import read_content

    directory, problems = read_content(_settings())
    for problem in problems:
        click.echo(str(problem))
    errors = sum(1 for problem in problems if problem.severity == "error")
    if directory is None:
        raise click.ClickException(f"{errors} problem{'s' if errors != 1 else ''} to mend")
    click.echo(
        f"The content is good: {len(directory.services)} services, {len(directory.descriptors)} descriptors, "
        f"{len(directory.gateways)} gateways, {len(directory.vocabulary.needs)} needs."
    )


@windscreen.command()
def manual() -> None:
    """Print the manual for owners of content, which stands in docs/content.md."""
    from app.manual import manual as made

    click.echo(made(), nl=False)


@windscreen.command()
def build() -> None:
    """Check the content, then make the store and the index from it."""
    from app.building import build as make

    place = _settings()
    with _told():
        made = make(place)
    click.echo(f"Built {place.build}: {len(made.directory.services)} services.")


@windscreen.command()
@click.option("--host", help="The address to serve on; 127.0.0.1 unless told.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to serve on; 8000 unless told, 0 for any free one.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the site, building it first if the content has changed."""
    from dataclasses import replace

    from app.web.serving import serve as run

    place = _settings()
    with _told():
        run(replace(place, host=host or place.host, port=place.port if port is None else port))


@windscreen.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
@click.option("--area", help="The area to answer for, by its id; without it, one named in the words, else the default.")
@click.option(
    "--file",
    "file",
    type=click.File("r", encoding="utf-8", errors="replace"),
    help="Read one question a line from a file, or from - for standard input, and print one JSON object a line.",
)
def ask(words: tuple[str, ...], as_json: bool, area: str | None, file: TextIO | None) -> None:
    """Ask in words: windscreen ask "level 3, age 14, domestic abuse"."""
    if file is None and not "".join(words).strip():
        raise click.UsageError('nothing was asked; try: ask "level 3, age 14, domestic abuse"')
    if file is not None and words:
        raise click.UsageError("give words or --file, not both")
    answering = _open()
    if area is not None and area not in answering.directory.area_by_id:
        raise click.UsageError(f"'{area}' is not an area here; the areas are {', '.join(answering.directory.area_by_id)}")
    if file is not None:
        for line in file:
            click.echo(json.dumps(_one_line(answering, line.rstrip("\n"), area), ensure_ascii=False))
        return
    text = " ".join(words)
    if len(text) > MAX_QUESTION:
        raise click.UsageError(f"the question has {len(text):,} characters; at most {MAX_QUESTION:,} are read")
    answer = answering.ask(text, area)
    if as_json:
        click.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        from app.terminal import answer_as_text

        click.echo(answer_as_text(answer, answering.directory, date.today()), nl=False)
    if answer.question.is_empty:
        sys.exit(1)


def _one_line(answering: Answering, text: str, area: str | None) -> dict[str, object]:
    if not text.strip():
        return {"error": "the line is empty"}
    if len(text) > MAX_QUESTION:
        return {"error": f"the question has {len(text):,} characters; at most {MAX_QUESTION:,} are read"}
    return answering.ask(text, area).to_json()


@windscreen.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--area", help="The area, by its id; without it, the one that TO or FROM names (area/name), else the default.")
@click.option("--json", "as_json", is_flag=True, help="Print exactly one JSON object.")
def route(start: str, end: str, area: str | None, as_json: bool) -> None:
    """Show the ways between two places: windscreen route school warwickshire/family-matters.

    A place is a stage (caf, mash, section-47) or a service (family-matters, warwickshire/family-matters). No way is an answer too,
    and says what can be reached instead; a place that is not known is an error.
    """
    from app.journeys import PlaceProblem, journey, journey_as_text
    from app.terminal import freshness_as_text

    directory = _open().directory
    named = (name.partition("/")[0] for name in (end, start) if "/" in name)
    place = area or next((name for name in named if name in directory.area_by_id), directory.site.default_area)
    try:
        found = journey(directory, place, start, end)
    except PlaceProblem as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(journey_as_text(found), nl=False)
        if found.end.is_service:
            click.echo(freshness_as_text(directory.service_by_id[found.end.id], directory, date.today()), nl=False)


windscreen.add_command(gaps_command(_open))
for command in owner_commands(_open, _settings):
    windscreen.add_command(command)


@windscreen.command()
@click.option("--area", help="The area, by its id; the default one unless told.")
@click.option("--out", "folder", type=click.Path(path_type=Path), required=True, help="A folder that is new, empty, or an earlier suite.")
@click.option("--audience", type=click.Choice(["public", "practitioner", "commissioner"]), help="Whom it is for.")
@click.option("--address", default="", help="The address of the site, for links that lead out of the folder: https://help.example.org")
@click.option("--pdf/--no-pdf", "with_pdf", default=True, help="PDF files too, where the extra pdf is installed.")
def suite(area: str | None, folder: Path, audience: Audience | None, address: str, with_pdf: bool) -> None:
    """Make the suite on paper as files: menu of services, thresholds, poster, stages and map of an area."""
    from app.web.suite import SuiteProblem, write_suite

    place = _settings()
    if address and not address.startswith(("https://", "http://")):
        raise click.UsageError(f"'{address[:100]}' is not the address of a site; write it whole, from https:// on")
    with _told():
        try:
            made = write_suite(place, area, folder, audience, address, with_pdf=with_pdf)
        except SuiteProblem as problem:
            raise click.ClickException(str(problem)) from None
    click.echo(f"Made {made.folder}: {', '.join(made.pages)}. Begin with index.html.")
    if made.no_pdf:
        click.echo(f"No PDF files were made: {made.no_pdf}. The pages print from any browser.")
    else:
        sheets = (f"{name} with {number} sheet{'s' if number != 1 else ''}" for name, number in made.sheets.items())
        click.echo(f"PDF files: {', '.join(sheets)}.")
