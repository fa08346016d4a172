"""The services that data names: so that nothing which is told to other programs can forget to say how fresh it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.model import Directory, Service

PROFILES = "/services/"
"""Where the address of a profile begins."""


def services_in(data: Any, directory: Directory) -> list[Service]:
    """The services that data names by id or by the address of a profile, each once, in the order of the data."""
    known = directory.service_by_id
    names = dict.fromkeys(text.removeprefix(PROFILES) for text in _texts(data))
    return [known[name] for name in names if name in known]


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)
