"""The order of the spots in each layer, so that few lines cross: sweeps by barycentre, then exchanges of neighbours."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import Literal

from app.drawing.net import Link, Net, Spot

SWEEPS = 14
"""How often the layers are gone through down and up for each beginning."""

Way = Literal["up", "down"]


def put_in_order(net: Net) -> None:
    """Order each layer of the net so that as few lines cross as the sweeps can find. The same net gives the same order."""
    best: list[list[Spot]] = []
    fewest = -1
    given = [list(layer) for layer in net.layers]
    for beginning in (_walked(net), given, [layer[::-1] for layer in given]):
        net.layers = [list(layer) for layer in beginning]
        _number(net)
        for sweep in range(SWEEPS):
            _sweep(net, "up" if sweep % 2 == 0 else "down", last_first=sweep % 4 >= 2)
            if sweep >= 2:
                _exchange(net)
            crossings = count(net)
            if fewest < 0 or crossings < fewest:
                fewest, best = crossings, [list(layer) for layer in net.layers]
        if fewest == 0:
            break
    net.layers = best
    _number(net)


def count(net: Net) -> int:
    """How many pairs of links cross in this order."""
    total = 0
    for layer in net.layers:
        seen: list[int] = []
        for spot in layer:
            ends = sorted(link.lower.index for link in spot.down)
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _number(net: Net) -> None:
    for layer in net.layers:
        for index, spot in enumerate(layer):
            spot.index = index


def _walked(net: Net) -> list[list[Spot]]:
    """The layers in the order of a walk that follows each line to its end before it takes the next."""
    found: dict[Spot, None] = {}
    for layer in net.layers:
        for root in layer:
            stack = [root]
            while stack:
                spot = stack.pop()
                if spot not in found:
                    found[spot] = None
                    near = [link.lower for link in spot.down] + [link.upper for link in spot.up]
                    stack += reversed([other for other in near if other not in found])
    layers: list[list[Spot]] = [[] for _ in net.layers]
    for spot in found:
        layers[spot.layer].append(spot)
    return layers


def _sweep(net: Net, way: Way, last_first: bool) -> None:
    """Order each layer by the middle of its neighbours in the layer before; spots that draw keep, or turn, their order."""
    layers = net.layers if way == "up" else net.layers[::-1]
    for layer in layers[1:]:
        middles: dict[Spot, float] = {}
        for spot in layer:
            near = [link.upper.index for link in spot.up] if way == "up" else [link.lower.index for link in spot.down]
            middles[spot] = sum(near) / len(near) if near else -1.0
        fixed = {spot for spot in layer if middles[spot] < 0}
        free = [spot for spot in layer if middles[spot] >= 0]
        if last_first:
            free.reverse()
        free.sort(key=middles.__getitem__)
        rest = iter(free)
        layer[:] = [spot if spot in fixed else next(rest) for spot in layer]
        for index, spot in enumerate(layer):
            spot.index = index


def _exchange(net: Net) -> None:
    """Exchange neighbours as long as that takes crossings away."""
    better = True
    while better:
        better = False
        for layer in net.layers:
            for place in range(len(layer) - 1):
                one, two = layer[place], layer[place + 1]
                if _crossed(one, two) > _crossed(two, one):
                    layer[place], layer[place + 1] = two, one
                    one.index, two.index = place + 1, place
                    better = True


def _crossed(one: Spot, two: Spot) -> int:
    """Crossings between the links of two neighbours when `one` stands first."""
    ups = _inversions([link.upper.index for link in one.up], [link.upper.index for link in two.up])
    return ups + _inversions([link.lower.index for link in one.down], [link.lower.index for link in two.down])


def _inversions(first: list[int], second: list[int]) -> int:
    return sum(1 for one in first for two in second if one > two)


def by_lower(link: Link) -> int:
    """The place of the lower end, for sorting the links that leave a box."""
    return link.lower.index


def by_upper(link: Link) -> int:
    """The place of the upper end."""
    return link.upper.index
