"""Made-up services, one by one or at random, in an area with the shipped scheme of four levels and a vocabulary of five needs."""

from __future__ import annotations

from typing import Any

from golden.shipped import directory
from hypothesis import settings
from hypothesis import strategies as st

from app.gaps import Ground
from app.model import (
    UNBORN,
    AgeExtension,
    Ages,
    Area,
    Budget,
    Contract,
    Directory,
    Gateway,
    Need,
    Route,
    Service,
    ServiceNeeds,
    Source,
)

HERE = "made-up"
SOURCE = {"document": "a-paper", "section": "1"}

NEEDS = (
    Need(id="abuse", label="Abuse", theme="Safety", alert="urgent"),
    Need(id="abuse-at-home", label="Abuse at home", theme="Safety", broader="abuse", alert="urgent"),
    Need(id="drugs", label="Drugs", theme="Health"),
    Need(id="school", label="School", theme="School"),
    Need(id="money", label="Money", theme="Home"),
)

GATEWAYS = tuple(
    Gateway.model_validate({"id": name, "area": HERE, "name": name.title(), "kind": kind, "what": "A place.", "sources": [SOURCE]})
    for name, kind in (("door", "door"), ("panel", "panel"), ("school", "setting"))
)


def service(name: str, **fields: Any) -> Service:
    """A service of the made-up area: for children of 5 to 16, at level 2, for school, unless told otherwise."""
    given: dict[str, Any] = {
        "levels": (2,), "received_by": ("child",), "ages": Ages(text="5-16", lower=5, upper=16), "needs": ServiceNeeds(main=("school",)),
        "status": "running", "as_at": "2016-10-18", "summary": "Made up.", "sources": (SOURCE,), "area": HERE, **fields,
    }  # fmt: skip
    return Service.model_validate({"id": f"{given['area']}/{name.lower().replace(' ', '-')}", "name": name, **given})


def ages(lower: int | None, upper: int | None, *also: tuple[int | None, int | None]) -> Ages:
    """A core range, and ranges reached on a condition."""
    more = tuple(AgeExtension(lower=first, upper=last, condition="there is a reason", needs=()) for first, last in also)
    return Ages(text="made up", lower=lower, upper=upper, also=more)


def pounds(amount: int, **fields: Any) -> Budget:
    """A budget for a year."""
    return Budget.model_validate({"amount": amount, "covers": "Whole service, a year", **fields})


def directory_of(*services: Service, scheme: bool = True, **parts: Any) -> Directory:
    """A directory of these services, in an area that follows the shipped scheme or none."""
    shipped = directory()
    area = Area(id=HERE, name="Made-up", as_at="2016", scheme=shipped.schemes[0].id if scheme else None)
    papers = (Source(id="a-paper", title="A paper", owner="Somebody", date="2016", kind="Paper", about="Made up."), *shipped.sources)
    other = Area(id="elsewhere", name="Elsewhere", as_at="2016")
    return Directory.model_validate({
        "site": shipped.site.model_copy(update={"areas": (area, other), "default_area": HERE}),
        "vocabulary": shipped.vocabulary.model_copy(update={"needs": NEEDS}),
        "schemes": shipped.schemes,
        "gateways": GATEWAYS,
        "sources": tuple(paper.model_copy(update={"area": None}) for paper in papers),
        "services": tuple(sorted(services, key=lambda each: (each.area, each.name))),
        **parts,
    })  # fmt: skip


def ground_of(*services: Service, **parts: Any) -> Ground:
    """The ground of a made-up directory."""
    return Ground(directory_of(*services, **parts))


# at random

unhurried = settings(deadline=None, max_examples=25)
"""For properties: enough examples, and no clock, because machines are noisy."""

SOME_AGES = st.one_of(
    st.none(),
    st.builds(
        lambda lower, width, also: ages(lower, None if width is None else (lower if lower is not None else 5) + width, *also),
        st.one_of(st.none(), st.integers(UNBORN, 20)),
        st.one_of(st.none(), st.integers(0, 14)),
        st.lists(st.tuples(st.integers(UNBORN, 20), st.integers(20, 25)), max_size=1),
    ),
)
SOME_NEEDS = st.one_of(
    st.none(),
    st.builds(
        lambda main, also, any_need: ServiceNeeds(main=tuple(main), also=tuple(also), any_need=any_need or not main),
        st.lists(st.sampled_from([need.id for need in NEEDS]), max_size=3, unique=True),
        st.lists(st.sampled_from([need.id for need in NEEDS]), max_size=2, unique=True),
        st.booleans(),
    ),
)
PEOPLE = ("child", "young_parent", "family", "parent_carer", "professional")
FIELDS = {
    "levels": st.lists(st.integers(1, 4), max_size=4, unique=True).map(lambda levels: tuple(sorted(levels))),
    "received_by": st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True).map(tuple),
    "ages": SOME_AGES,
    "needs": SOME_NEEDS,
    "status": st.sampled_from(("running", "running", "running", "pilot", "proposed", "historic")),
    "area": st.sampled_from((HERE, HERE, HERE, "elsewhere")),
    "budget": st.one_of(
        st.none(), st.builds(pounds, st.integers(0, 5_000_000), per=st.sampled_from(("year", "year", "once", "not said")))
    ),
    "commissioner": st.sampled_from((None, "The Council", "Health")),
    "funders": st.sampled_from(((), (), ("The Council (half)", "Schools"))),
    "provider": st.sampled_from((None, "The Council", "A Charity")),
    "contract": st.one_of(
        st.none(),
        st.sampled_from((Contract(ends="2017-10"), Contract(ends="2018"), Contract(ends_when="it is used up"), Contract(note="?"))),
    ),
    "reached_by": st.lists(st.sampled_from(("door", "panel")), max_size=2, unique=True).map(
        lambda names: tuple(Route(gateway=name) for name in names)
    ),
}  # fmt: skip


@st.composite
def some_services(draw: st.DrawFn, most: int = 5) -> tuple[Service, ...]:
    """A few services with every kind of hole in what is recorded."""
    number = draw(st.integers(0, most))
    made = []
    for place in range(number):
        fields = {name: draw(strategy) for name, strategy in FIELDS.items()}
        if fields["area"] != HERE:
            fields["reached_by"] = ()
        made.append(service(f"Service {place}", **fields))
    return tuple(made)


@st.composite
def some_ground(draw: st.DrawFn) -> Ground:
    """A ground with a few services."""
    return Ground(directory_of(*draw(some_services())))
