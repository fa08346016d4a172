"""Where each spot of a net stands along its layer: near its neighbours, as straight as the room allows."""

from __future__ import annotations

from itertools import pairwise

from app.drawing.net import Link, Net, Spot
from app.drawing.order import by_lower, by_upper, units

SETTLING = 10
"""How often the layers are gone through with means, and then with medians."""

PORT = 14.0
"""How far apart lines begin or end at a box, if it has the room."""


def put_in_place(net: Net, gap: float) -> None:
    """Give each spot its place along its layer. `gap` is the least room between two boxes."""
    _give_ports(net)
    for layer in net.layers:
        at = 0.0
        for one, two in [(None, layer[0]), *pairwise(layer)] if layer else []:
            at += _apart(one, two, gap) if one else two.before
            two.at = at
    for straight, sweeps in ((False, SETTLING), (True, SETTLING), (True, SETTLING // 2)):
        for sweep in range(sweeps):
            layers = net.layers if sweep % 2 == 0 else net.layers[::-1]
            for layer in layers:
                _settle(layer, gap, sweep % 2 == 0, straight)
        if straight:
            _straighten_ports(net)
    least = min((spot.at - spot.before for layer in net.layers for spot in layer), default=0.0)
    for layer in net.layers:
        for spot in layer:
            spot.at = round(spot.at - least, 1)


def _give_ports(net: Net) -> None:
    """Spread the lines of each box along its edge, in the order of the places they lead to."""
    for layer in net.layers:
        for spot in layer:
            spot.down.sort(key=by_lower)
            spot.up.sort(key=by_upper)
            if spot.box is None:
                continue
            for number, offset in enumerate(_spread(spot, len(spot.down))):
                spot.down[number].leave = offset
            for number, offset in enumerate(_spread(spot, len(spot.up))):
                spot.up[number].enter = offset


def _spread(spot: Spot, count: int) -> list[float]:
    room = (spot.before + spot.after) * 0.84
    step = min(PORT, room / (count - 1)) if count > 1 else 0.0
    return [(number - (count - 1) / 2) * step for number in range(count)]


def _straighten_ports(net: Net) -> None:
    """Move the lines along the edges of their boxes so that they go straight on where they can."""
    for layer in net.layers:
        for spot in layer:
            if spot.box and spot.down:
                wants = [link.lower_end - spot.at for link in spot.down]
                for link, offset in zip(spot.down, _along_edge(spot, wants), strict=True):
                    link.leave = offset
            if spot.box and spot.up:
                wants = [link.upper_end - spot.at for link in spot.up]
                for link, offset in zip(spot.up, _along_edge(spot, wants), strict=True):
                    link.enter = offset


def _along_edge(spot: Spot, wants: list[float]) -> list[float]:
    """Places along the edge of a box near those wanted, in their order, apart from each other and from the corners.

    A line that cannot go straight on has no wish but to leave in the middle.
    """
    count = len(wants)
    half = (spot.before + spot.after) / 2 * 0.84
    step = min(PORT, 2 * half / (count - 1)) if count > 1 else 0.0
    blocks: list[tuple[float, int]] = []
    for number, (want, middle) in enumerate(zip(wants, _spread(spot, count), strict=True)):
        place, size = (want if abs(want) <= half else middle) - number * step, 1
        while blocks and blocks[-1][0] > place:
            earlier, before = blocks.pop()
            place, size = (earlier * before + place * size) / (before + size), before + size
        blocks.append((place, size))
    places = [place for place, size in blocks for _ in range(size)]
    return [min(max(place, -half), half - (count - 1) * step) + number * step for number, place in enumerate(places)]


def _apart(one: Spot, two: Spot, gap: float) -> float:
    """The least distance between the anchors of two neighbours."""
    if one.chain and one.chain is two.chain:
        return one.after + two.before + one.beside
    air = gap if one.box and two.box else 12.0 if one.box or two.box else 10.0
    return one.after + two.before + air


def _weight(link: Link) -> float:
    """How much a piece of line wants to be straight: the middle of a long line most, so that its bends are at its ends."""
    return (1.0, 2.0, 8.0)[(link.upper.box is None) + (link.lower.box is None)]


def _settle(layer: list[Spot], gap: float, downward: bool, straight: bool) -> None:
    """Move the units of a layer as near as possible to where their neighbours want them; their order stays.

    Units that press on each other form a block, and a block stands at the mean (or median) of all wishes in it.
    """
    blocks: list[tuple[list[tuple[float, float]], float, int]] = []
    shift = 0.0
    shifts: list[float] = []
    for unit in units(layer):
        wishes: list[tuple[float, float]] = []
        for spot in unit:
            if shifts:
                shift += _apart(layer[len(shifts) - 1], spot, gap)
            shifts.append(shift)
            wishes += [(want - shift, weight) for want, weight in _wishes(spot, downward)]
        if not wishes:  # nothing pulls: stay beside what stands before
            wishes = [(blocks[-1][1] if blocks else unit[0].at - shifts[-len(unit)], 0.01)]
        size = len(unit)
        place = _middle(wishes, straight)
        while blocks and blocks[-1][1] > place:
            earlier, _, before = blocks.pop()
            wishes, size = earlier + wishes, size + before
            place = _middle(wishes, straight)
        blocks.append((wishes, place, size))
    number = 0
    for _, place, size in blocks:
        for spot in layer[number : number + size]:
            spot.at = place + shifts[number]
            number += 1


def _wishes(spot: Spot, downward: bool) -> list[tuple[float, float]]:
    """Where the neighbours would have the spot, and how strongly; the side we come from counts a little more."""
    near, far = (1.01, 1.0) if downward else (1.0, 1.01)
    wishes = [(link.upper_end - link.enter, near * _weight(link)) for link in spot.up]
    wishes += [(link.lower_end - link.leave, far * _weight(link)) for link in spot.down]
    return wishes


def _middle(wishes: list[tuple[float, float]], straight: bool) -> float:
    """The weighted mean, or median, of the wishes."""
    total = sum(weight for _, weight in wishes)
    if not straight:
        return sum(want * weight for want, weight in wishes) / total
    half = total / 2
    for want, weight in sorted(wishes):
        half -= weight
        if half <= 1e-9:
            return want
    return wishes[-1][0]
