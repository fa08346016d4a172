"""The small chart of one gateway: what leads to it, where it leads, and the services reached from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.drawing.letters import gists
from app.drawing.parts import STATED, Box, Chart, Lane, Line
from app.model import Directory, Gateway, Service, Step
from app.model.values import date_in_words

MOST_SERVICES = 12
"""The most services drawn as boxes; the rest are one box that says how many."""

MOST_ROWS = 11
"""About how many boxes a column may hold before services give way; LEAST_SERVICES are always drawn."""

LEAST_SERVICES = 4

GIST = 70
"""The longest condition beside a line, in letters."""

MOST_FAR = 10
"""The most places drawn two steps away, on each side."""

FAR_BEFORE, BEFORE, HERE, NEXT, FAR_NEXT = "far-before", "before", "here", "next", "far-next"


def map_of_neighbourhood(directory: Directory, area: str, gateway: str, steps: int = 1) -> Chart:
    """The chart of a gateway and what lies one step, or two steps, away from it.

    On the left stand the places that lead here and those that a step down leads back to, on the right those that come next and the
    services. Lines between two places that are not this gateway are drawn only from the first to the second step, one for each place;
    with two steps the conditions are left to the list.
    Raises KeyError when the area has no such gateway, ValueError when `steps` is not 1 or 2.
    """
    if steps not in (1, 2):
        raise ValueError(f"a neighbourhood reaches one or two steps, not {steps}")
    here = directory.gateway_by_key[area, gateway]
    view = _View(directory, here)
    side = view.sides()
    far, far_lines = view.far(side) if steps == 2 else ({}, [])
    boxes = view.gateway_boxes(side | far)
    room = MOST_ROWS - sum(1 for place in side.values() if place == NEXT)
    services, more = view.services(max(LEAST_SERVICES, min(MOST_SERVICES, room)), {box.id for box in boxes})
    boxes += [service_box(service, NEXT) for service in services]
    lines = view.lines() + view.service_lines(services)
    if steps == 2:
        lines = list(dict.fromkeys(replace(line, label="") for line in lines)) + far_lines
    if more:
        words = f"and {more} more {'service' if more == 1 else 'services'}"
        boxes.append(Box("more-services", words, NEXT, f"{link_of(here)}#services", "many"))
        lines.append(Line(gateway, "more-services", "refer"))
    lanes = view.lanes({box.lane for box in boxes}, side, bool(services))
    return Chart(
        f"{here.name}: what comes before it and what comes next", _description(here, lines, more), lanes, tuple(boxes), tuple(lines),
        across=True, here=gateway, left_out=tuple(view.left_out),
    )  # fmt: skip


class _View:
    """The steps of one area as they are seen from one gateway."""

    def __init__(self, directory: Directory, here: Gateway) -> None:
        self.directory, self.here = directory, here
        self.gateways = {gateway.id: gateway for gateway in directory.gateways if gateway.area == here.area}
        self.steps = [step for step in directory.steps if step.area == here.area and step.start != step.end]
        self.left_out: list[str] = []
        routes = [route for service in directory.services if service.area == here.area for route in service.reached_by]
        conditions = [step.condition for step in self.steps if here.id in (step.start, step.end)]
        conditions += [route.condition for route in routes if route.gateway == here.id]
        self.gist = gists([condition for condition in conditions if condition], GIST)

    def _between(self) -> list[Step]:
        """The steps from one gateway to another."""
        return [step for step in self.steps if step.start in self.gateways and step.end in self.gateways]

    def sides(self) -> dict[str, str]:
        """The lane of each gateway one step away, in the order of the file."""
        here = self.here.id
        before: set[str] = set()
        after: set[str] = set()
        for step in self._between():
            if step.end == here:
                (after if step.kind == "step-down" else before).add(step.start)
            elif step.start == here:
                (before if step.kind == "step-down" else after).add(step.end)
        return {id_: BEFORE if id_ in before else NEXT for id_ in self.gateways if id_ in before | after}

    def far(self, side: dict[str, str]) -> tuple[dict[str, str], list[Line]]:
        """The lane of each gateway two steps away, and one step that joins it: one that a source states, if there is one.

        Two steps away is what leads to the places before this one, and where the places that come next lead.
        """
        found: dict[str, tuple[str, Step]] = {}
        for step in sorted(self._between(), key=lambda step: step.status != STATED):
            low, high = (step.end, step.start) if step.kind == "step-down" else (step.start, step.end)
            for near, other, there, lane in ((high, low, BEFORE, FAR_BEFORE), (low, high, NEXT, FAR_NEXT)):
                if side.get(near) == there and other not in side and other != self.here.id:
                    found.setdefault(other, (lane, step))
        kept: dict[str, str] = {}
        for lane in (FAR_BEFORE, FAR_NEXT):
            members = [id_ for id_ in self.gateways if id_ in found and found[id_][0] == lane]
            kept |= dict.fromkeys(members[:MOST_FAR], lane)
            self.left_out += members[MOST_FAR:]
        steps = [found[id_][1] for id_ in kept]
        return kept, [Line(step.start, step.end, step.kind, "", step.status) for step in steps]

    def gateway_boxes(self, lane: dict[str, str]) -> list[Box]:
        """The boxes in reading order: column by column, in the order of the file."""
        lane = lane | {self.here.id: HERE}
        return [
            gateway_box(gateway, column)
            for column in (FAR_BEFORE, BEFORE, HERE, NEXT, FAR_NEXT)
            for gateway in self.gateways.values()
            if lane.get(gateway.id) == column
        ]

    def _line(self, step: Step) -> Line:
        return Line(step.start, step.end, step.kind, self.gist.get(step.condition or "", ""), step.status)

    def lines(self) -> list[Line]:
        """The steps to and from this gateway."""
        here = self.here.id
        return [self._line(step) for step in self._between() if here in (step.start, step.end)]

    def services(self, most: int, drawn: set[str]) -> tuple[list[Service], int]:
        """The services reached from here, and how many more there are; one that a drawn gateway stands for is not drawn again."""
        same = {self.gateways[id_].service for id_ in drawn if id_ in self.gateways}
        named = {step.end for step in self.steps if step.start == self.here.id}
        found = [
            service
            for service in self.directory.services
            if service.id not in same and (service.id in named or self._route(service) is not None)
        ]
        found.sort(key=lambda service: not service.is_running)
        most = most if len(found) != most + 1 else most + 1  # "and 1 more" would take the room of the one
        return found[:most], max(0, len(found) - most)

    def _route(self, service: Service) -> Line | None:
        """The line that the profile's own words about its ways in make, if this gateway is one of them."""
        if service.area != self.here.area:
            return None
        for route in service.reached_by:
            if route.gateway == self.here.id:
                return Line(self.here.id, service.id, "refer", self.gist.get(route.condition or "", ""), route.status)
        return None

    def service_lines(self, services: Iterable[Service]) -> list[Line]:
        """A line for each way from here to one of the services."""
        lines = []
        for service in services:
            route = self._route(service)
            lines += [route] if route else []
            lines += [self._line(step) for step in self.steps if step.start == self.here.id and step.end == service.id]
        return list(dict.fromkeys(lines))

    def lanes(self, used: set[str], side: dict[str, str], services: bool) -> tuple[Lane, ...]:
        """The columns that hold something, with their titles."""
        here = self.here.id
        backs = {step.end for step in self._between() if step.start == here and step.kind == "step-down"}
        leads = {step.start for step in self._between() if step.end == here and step.kind != "step-down"}
        befores = {id_ for id_, lane in side.items() if lane == BEFORE}
        before = "What leads here" if befores <= leads and not befores & backs else "What leads here, and the way back down"
        if befores and not befores & leads:
            before = "The way back down"
        stages = any(lane == NEXT for lane in side.values())
        after = "Where it leads" if stages else "Services reached from here"
        after += ": stages, then services" if stages and services else ""
        titles = {FAR_BEFORE: "Before that", BEFORE: before, HERE: "This stage", NEXT: after, FAR_NEXT: "After that"}
        return tuple(Lane(id_, title) for id_, title in titles.items() if id_ in used)


def _description(here: Gateway, lines: list[Line], more: int) -> str:
    ins = len({line.start for line in lines if line.end == here.id})
    outs = len({line.end for line in lines if line.start == here.id}) + max(0, more - 1)
    return (
        f"{here.name} stands in the middle, what leads to it on the left, where it leads on the right. "
        f"Places that lead here: {ins or 'none recorded'}. Places it leads to, services counted: {outs or 'none recorded'}. "
        "Each box is a link. The same steps, with their whole conditions, are in the list on this page."
    )


def link_of(gateway: Gateway) -> str:
    """The address of a gateway's page."""
    return f"/pathways/{gateway.area}/{gateway.id}"


def gateway_box(gateway: Gateway, lane: str) -> Box:
    """The box of a gateway, with its whole name: a new reader does not know the short ones."""
    return Box(gateway.id, gateway.name, lane, link_of(gateway), gateway.kind, gateway.status, note_of(gateway))


def note_of(gateway: Gateway) -> str:
    """From when and until when it exists, where that is known."""
    since = f"from {date_in_words(gateway.exists_from)}" if gateway.exists_from else ""
    until = f"until {date_in_words(gateway.exists_to)}" if gateway.exists_to else ""
    return " ".join(part for part in (since, until) if part)


def service_box(service: Service, lane: str) -> Box:
    """The box of a service; a status that a reader must know before going there is said in it."""
    known = {"running": "", "starting": "due to start"}.get(service.status, service.status)
    return Box(service.id, service.name, lane, f"/services/{service.id}", "service", known)
