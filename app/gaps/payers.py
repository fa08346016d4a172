"""Who pays for a service, as far as the source says."""

from __future__ import annotations

import re

from app.model import Service


def slug(name: str) -> str:
    """A name as an address writes it: small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "unnamed"


def payers_of(service: Service) -> tuple[str, ...]:
    """Who pays: the funders that the source names, without the remarks in brackets behind their names; else who commissions it.

    Nobody where the funders are withheld: the commissioner might not be the only one.
    """
    if "funders" in service.withheld:
        return ()
    if service.funders:
        return tuple(dict.fromkeys(re.sub(r"\s*\([^()]*\)$", "", name) or name for name in service.funders))
    return (service.commissioner,) if service.commissioner else ()
