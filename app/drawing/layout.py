"""A chart becomes a picture: its net is put in order and in place, and then on paper."""

from __future__ import annotations

from itertools import combinations

from app.drawing.net import Net, net_of
from app.drawing.order import Order, orders, take, variants
from app.drawing.parts import Chart, Picture
from app.drawing.places import put_in_place
from app.drawing.sheet import Sheet
from app.drawing.sizes import COLUMNS, MANY_COLUMNS, ROWS, Measures, give_sizes

VARIANTS = 24
"""How many small changes to the best order are tried."""


def draw(chart: Chart) -> Picture:
    """The picture of a chart. The same chart always gives the same picture. Raises ValueError when it has no boxes."""
    if not chart.boxes:
        raise ValueError(f"'{chart.title}' has no boxes to draw")
    columns = COLUMNS if len(chart.lanes) <= 3 else MANY_COLUMNS
    measures = columns if chart.across else ROWS
    net = net_of(chart)
    give_sizes(net, chart.across, measures)
    _choose(net, chart, measures)
    return Sheet(chart, net, measures).picture()


def _choose(net: Net, chart: Chart, measures: Measures) -> None:
    """Put the net in the best of the orders with the fewest crossings, and in place."""

    def cost(order: Order) -> float:
        take(net, order)
        put_in_place(net, measures.gap)
        return _cost(net, chart)

    costs = [(cost(order), number, order) for number, order in enumerate(orders(net))]
    least, _, best = min(costs, key=lambda one: one[:2])
    for order in variants(net, best, VARIANTS):
        tried = cost(order)
        if tried < least:
            least, best = tried, order
    cost(best)


def _cost(net: Net, chart: Chart) -> float:
    """What to choose by among orders with the same crossings: short lines, a narrow sheet, boxes in reading order."""
    slants = sum(abs(link.lower_end - link.upper_end) for layer in net.layers for spot in layer for link in spot.up)
    wide = max(spot.at + spot.after for layer in net.layers for spot in layer)
    reading = {box.id: number for number, box in enumerate(chart.boxes)}
    turned = 0
    for layer in net.layers:
        numbers = [reading[spot.box.id] for spot in layer if spot.box]
        turned += sum(one > two for one, two in combinations(numbers, 2))
    return round(slants + 2 * wide + 40 * turned, 1)
