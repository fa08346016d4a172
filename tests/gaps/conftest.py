"""The shipped content as ground to ask questions of."""

from __future__ import annotations

import pytest
from golden.shipped import PROFILES, directory

from app.gaps import Ground, Query


@pytest.fixture(scope="session")
def ground() -> Ground:
    """The shipped content, whole."""
    return Ground(directory())


@pytest.fixture(scope="session")
def without_money() -> Ground:
    """The shipped content as a public site shows it that hides budgets."""
    return Ground(directory(), with_money=False)


@pytest.fixture(scope="session")
def profiles() -> Query:
    """The 23 profiles of the needs assessment of 2016, section 3.3.1, for which DOMAIN.md works out the counts."""
    return Query("warwickshire", among=frozenset(PROFILES))


@pytest.fixture(scope="session")
def county() -> Query:
    """Everything in use in Warwickshire: the 23 profiles, and four that later sections only touch on."""
    return Query("warwickshire")
