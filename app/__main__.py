"""`python -m app` is the command line."""

from app.cli import windscreen

windscreen(prog_name="windscreen")
