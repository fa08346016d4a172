"""A made-up directory of any size, for measuring only: the shipped vocabulary, invented services."""

from __future__ import annotations

import random

from app.model import UNBORN, AgeExtension, Ages, Citation, Directory, Route, Service, ServiceNeeds

AGES = [(0, 18), (5, 16), (10, 17), (13, 19), (UNBORN, 5), (0, 25), (16, None), (18, None), (None, 17), (11, 15)]
RECIPIENTS = [("child",), ("family",), ("parent_carer",), ("child", "family"), ("young_parent",)]


def directory_of_size(shipped: Directory, number: int, seed: int = 7) -> Directory:
    """The shipped directory with `number` invented services in its default area instead of its own; the same each time."""
    chance = random.Random(seed)
    needs = [need.id for need in shipped.vocabulary.needs]
    area = shipped.site.default_area
    gateways = [gateway.id for gateway in shipped.gateways if gateway.area == area]
    source = shipped.services[0].sources
    services = tuple(_service(chance, position, area, needs, gateways, source) for position in range(number))
    parts = {name: getattr(shipped, name) for name in Directory.model_fields}
    return Directory(**{**parts, "services": services})


def _service(
    chance: random.Random, position: int, area: str, needs: list[str], gateways: list[str], source: tuple[Citation, ...]
) -> Service:
    lower, upper = chance.choice(AGES)
    first = chance.randint(1, 4)
    main = chance.sample(needs, chance.randint(1, 3))
    extra: tuple[AgeExtension, ...] = ()
    if upper and upper < 24:
        extra = (AgeExtension(lower=upper + 1, upper=25, condition="the young person has SEND", needs=("send",)),)
    return Service(
        id=f"{area}/made-up-{position}",
        area=area,
        name=f"Made-up service {position:05d} for {main[0].replace('-', ' ')}",
        summary="An invented service that exists only to be counted.",
        status=chance.choice(["running"] * 8 + ["pilot", "historic"]),
        levels=tuple(range(first, chance.randint(first, 4) + 1)),
        received_by=chance.choice(RECIPIENTS),
        ages=Ages(text="made up", lower=lower, upper=upper, also=extra),
        needs=ServiceNeeds(main=tuple(main), also=tuple(chance.sample(needs, chance.randint(0, 3)))),
        reached_by=tuple(Route(gateway=name) for name in chance.sample(gateways, chance.randint(0, 2))),
        as_at="2016-10-18",
        sources=source,
    )
