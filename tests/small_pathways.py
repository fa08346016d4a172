"""Small made-up pathways, written as a few words, for the tests of graphs and journeys."""

from __future__ import annotations

import random
import re

from app.model import Area, Citation, ClosedWay, Directory, Gateway, Route, Service, ServiceNeeds, Site, Source, Step, Vocabulary

SOURCE = (Citation(document="paper", section="1"),)
KINDS = {">": "refer", "^": "step-up", "v": "step-down", "~": "signpost"}
DOUBTS = {"": "stated in the source", "?": "assumed", "??": "proposed", "???": "recommended"}
STEP = re.compile(r"([\w-]+)([>^~v])([\w-]+(?:/[\w-]+)?)(\?*)(?:=(\w+))?")


def pathway(places: str, steps: str = "", routes: str = "", *, closed: str = "", area: str = "here") -> Directory:
    """A directory of one area.

    `places` reads "school:setting caf:assessment", a gateway with no kind being a panel; `steps` reads "school>caf caf^care care~caf"
    (> refer, ^ step-up, v step-down, ~ signpost), then ? for assumed, ?? for proposed, ??? for recommended and =words for
    a condition; `routes` reads "caf>help school>help" and makes the services; `closed` reads "caf>help".
    """
    gateways = [place.partition(":") for place in places.split()]
    doors: dict[str, list[Route]] = {}
    for start, _, end, doubt, condition in _read(routes):
        route = Route(gateway=start, condition=condition or None, status=DOUBTS[doubt])
        doors.setdefault(end, []).append(route)
    return Directory(
        site=Site(title="T", strapline="S", banner="B", default_area=area, areas=(Area(id=area, name="Here", as_at="May 2020"),)),
        vocabulary=Vocabulary(needs=(), processes=(), ambiguities=(), alerts=()),
        sources=(Source(id="paper", title="Paper", owner="O", date="2020-05", kind="Board report", about="All."),),
        gateways=tuple(gateway(name, kind or "panel", area=area) for name, _, kind in gateways),
        steps=tuple(step(*parts, area=area) for parts in _read(steps)),
        services=tuple(service(f"{area}/{name}", *routes) for name, routes in doors.items()),
        closed_ways=tuple(
            ClosedWay(area=area, start=start, end=end, words="It does not exist.", sources=SOURCE)
            for start, _, end, _, _ in _read(closed)
        ),
    )


def _read(words: str) -> list[tuple[str, str, str, str, str]]:
    found = []
    for word in words.split():
        match = STEP.fullmatch(word)
        assert match, f"{word} is not a step"
        start, sign, end, doubt, condition = match.groups()
        found.append((start, KINDS[sign], end, doubt, condition or ""))
    return found


def gateway(name: str, kind: str = "panel", *, area: str = "here", **more: object) -> Gateway:
    return Gateway.model_validate(
        {"id": name, "area": area, "name": name.replace("-", " ").capitalize(), "kind": kind, "what": "It is.", "sources": SOURCE, **more}
    )


def step(start: str, kind: str, end: str, doubt: str = "", condition: str = "", *, area: str = "here", **more: object) -> Step:
    told = {"kind": kind, "condition": condition or None, "status": DOUBTS[doubt], "sources": SOURCE}
    return Step.model_validate({"area": area, "from": start, "to": end, **told, **more})


def service(name: str, *routes: Route, status: str = "running", needs: tuple[str, ...] = (), **more: object) -> Service:
    area, _, slug = name.partition("/")
    purpose = ServiceNeeds(main=needs) if needs else ServiceNeeds(any_need=True)
    return Service.model_validate(
        {
            "id": name, "area": area, "name": slug.replace("-", " ").capitalize(), "summary": "S", "status": status, "needs": purpose,
            "reached_by": routes, "as_at": "2020-05", "sources": SOURCE, **more,
        }
    )  # fmt: skip


def large_pathway(gateways: int = 1_000, services: int = 1_000, steps: int = 8_000, seed: int = 7) -> Directory:
    """A generated area of `gateways` + `services` places and `steps` steps, the same each time: for measuring."""
    chance = random.Random(seed)
    kinds = ["setting", "assessment", "panel", "meeting", "plan", "door"]
    names = [f"stage-{number}" for number in range(gateways)]
    small = pathway("start:setting")
    each = max(1, steps // 4 // services)
    signs, doubts = list(KINDS.values()), ["", "", "", "?"]
    onward = [
        step(chance.choice(names), chance.choice(signs), chance.choice(names), chance.choice(doubts), f"c{number}")
        for number in range(steps - each * services)
    ]
    made = tuple(
        service(f"here/help-{number}", *(Route(gateway=chance.choice(names)) for _ in range(each)), needs=(f"need-{number % 40}",))
        for number in range(services)
    )
    return small.model_copy(
        update={
            "gateways": tuple(gateway(name, chance.choice(kinds)) for name in names),
            "steps": tuple(each for each in onward if each.start != each.end),
            "services": made,
        }
    )
