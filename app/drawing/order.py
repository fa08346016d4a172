"""The order of the spots in each layer, so that few lines cross: sweeps by barycentre, then exchanges of neighbours."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Literal

from app.drawing.net import Link, Net, Spot

SWEEPS = 14
"""How often the layers are gone through down and up for each beginning."""

CHOICES = 8
"""How many of the best orders are kept to choose from."""

EFFORT = 600
"""About how many spots are put in order, and in place, again and again: a large net is tried in fewer ways than a small one."""

Way = Literal["up", "down"]


Order = list[list[Spot]]


def orders(net: Net) -> list[Order]:
    """Orders of the layers in which as few lines cross as the sweeps can find, at most CHOICES, the same for the same net."""
    found: list[tuple[int, Order]] = []
    chains = [spot.chain for layer in net.layers for spot in layer if spot.chain and spot is spot.chain[0]]
    for beginning in _beginnings(net)[: ways(net, 6)]:
        take(net, [_chained(layer) for layer in beginning])
        found = _swept(net, SWEEPS, found)
        if found[0][0] == 0 and not chains:
            break
    for chain in chains[: ways(net, 8)]:
        take(net, [_turned(layer, chain) for layer in found[0][1]])
        found = _swept(net, SWEEPS // 2, found)
    return [order for _, order in found[: ways(net, CHOICES)]]


def _swept(net: Net, sweeps: int, found: list[tuple[int, Order]]) -> list[tuple[int, Order]]:
    """The best orders among those found before and those that the sweeps find from where the net stands."""
    for sweep in range(sweeps):
        _sweep(net, "up" if sweep % 2 == 0 else "down", last_first=sweep % 4 >= 2)
        if sweep >= 2:
            _exchange(net)
        crossings = count(net)
        if not found or crossings <= found[0][0]:
            found = [one for one in found if one[0] == crossings]
            if all(net.layers != order for _, order in found):
                found.append((crossings, [list(layer) for layer in net.layers]))
    return found


def ways(net: Net, most: int) -> int:
    """In how many ways to try a net of this size, so that the largest takes no longer than can be waited for."""
    return max(1, min(most, EFFORT // sum(len(layer) for layer in net.layers)))


def variants(net: Net, order: Order, most: int) -> Iterator[Order]:
    """Orders that differ from this one in one chain turned round or two neighbouring boxes exchanged, without more crossings."""
    take(net, order)
    crossings = count(net)
    found: list[Order] = []
    for number, layer in enumerate(order):
        pieces = units(layer)
        changes = [[*pieces[:place], unit[::-1], *pieces[place + 1:]] for place, unit in enumerate(pieces) if len(unit) > 1]
        boxes = [place for place, unit in enumerate(pieces) if unit[0].box]
        for one, two in pairwise(boxes):
            swapped = list(pieces)
            swapped[one], swapped[two] = pieces[two], pieces[one]
            changes.append(swapped)
        for change in changes:
            tried = [list(other) for other in order]
            tried[number] = [spot for unit in change for spot in unit]
            take(net, tried)
            if count(net) <= crossings:
                found.append(tried)
    yield from found[: ways(net, most) - 1]


def take(net: Net, order: Order) -> None:
    """Put the layers of the net in this order."""
    net.layers = [list(layer) for layer in order]
    _number(net)


def _beginnings(net: Net) -> list[Order]:
    """Orders to begin from: as given, as a walk finds the spots from the top and from the bottom, and each turned round."""
    given = [list(layer) for layer in net.layers]
    walks = [given, _walked(given), _walked([layer[::-1] for layer in given[::-1]])]
    return [order for walk in walks for order in (walk, [layer[::-1] for layer in walk])]


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


def _walked(layers: Order) -> Order:
    """The layers in the order of a walk that follows each line to its end before it takes the next."""
    found: dict[Spot, None] = {}
    for layer in layers:
        for root in layer:
            stack = [root]
            while stack:
                spot = stack.pop()
                if spot not in found:
                    found[spot] = None
                    near = [link.lower for link in spot.down] + [link.upper for link in spot.up]
                    stack += reversed([other for other in near if other not in found])
    order: Order = [[] for _ in layers]
    for spot in found:
        order[spot.layer].append(spot)
    return order


def _turned(layer: list[Spot], chain: list[Spot]) -> list[Spot]:
    """The layer with one chain turned round."""
    return [spot for unit in units(layer) for spot in (unit[::-1] if unit[0].chain is chain else unit)]


def _chained(layer: list[Spot]) -> list[Spot]:
    """The layer with the boxes of each chain side by side, where the first of them stood."""
    return list(dict.fromkeys(spot for one in layer for spot in one.chain or [one]))


def units(layer: list[Spot]) -> list[list[Spot]]:
    """The layer in pieces that are moved as one: chains, and spots alone."""
    pieces: list[list[Spot]] = []
    for spot in layer:
        if pieces and spot.chain and pieces[-1][-1].chain is spot.chain:
            pieces[-1].append(spot)
        else:
            pieces.append([spot])
    return pieces


def _sweep(net: Net, way: Way, last_first: bool) -> None:
    """Order each layer by the middle of its neighbours in the layer before; units that draw keep, or turn, their order."""
    layers = net.layers if way == "up" else net.layers[::-1]
    for layer in layers[1:]:
        pieces = units(layer)
        middles: list[float] = []
        for unit in pieces:
            ups, downs = [link.upper.index for spot in unit for link in spot.up], [link.lower.index for spot in unit for link in spot.down]
            near = ups if way == "up" else downs
            middles.append(sum(near) / len(near) if near else -1.0)
        free = [number for number, middle in enumerate(middles) if middle >= 0]
        if last_first:
            free.reverse()
        rest = iter(sorted(free, key=middles.__getitem__))
        order = [next(rest) if middle >= 0 else number for number, middle in enumerate(middles)]
        _lay(layer, [pieces[number] for number in order])


def _lay(layer: list[Spot], pieces: list[list[Spot]]) -> None:
    layer[:] = [spot for unit in pieces for spot in unit]
    for index, spot in enumerate(layer):
        spot.index = index


def _exchange(net: Net) -> None:
    """Exchange neighbours, and turn chains round, as long as that takes crossings away."""
    better = True
    while better:
        better = False
        for layer in net.layers:
            pieces = units(layer)
            for place, unit in enumerate(pieces):
                turned = unit[::-1]
                if _inside(turned) < _inside(unit):
                    pieces[place], better = turned, True
            for place in range(len(pieces) - 1):
                one, two = pieces[place], pieces[place + 1]
                if _crossed(one, two) > _crossed(two, one):
                    pieces[place], pieces[place + 1] = two, one
                    better = True
            _lay(layer, pieces)


def _inside(unit: list[Spot]) -> int:
    """Crossings between the links of the boxes of one chain."""
    return sum(_crossed([one], [two]) for one, two in combinations(unit, 2))


def _crossed(one: list[Spot], two: list[Spot]) -> int:
    """Crossings between the links of two units when `one` stands first."""
    total = 0
    for first in one:
        for second in two:
            total += _inversions([link.upper.index for link in first.up], [link.upper.index for link in second.up])
            total += _inversions([link.lower.index for link in first.down], [link.lower.index for link in second.down])
    return total


def _inversions(first: list[int], second: list[int]) -> int:
    return sum(1 for one in first for two in second if one > two)


def by_lower(link: Link) -> int:
    """The place of the lower end, for sorting the links that leave a box."""
    return link.lower.index


def by_upper(link: Link) -> int:
    """The place of the upper end."""
    return link.upper.index
