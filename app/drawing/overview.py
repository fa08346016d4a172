"""The chart of a whole area: every gateway if they are few, else an overview of the main ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from app.drawing.letters import gists, shortened
from app.drawing.neighbourhood import gateway_box, service_box
from app.drawing.parts import STATED, Box, Chart, Lane, Line
from app.model import Directory, Gateway, Step
from app.model.pathway import StepKind, StepStatus

MOST = 14
"""The most boxes that can be read at once. An area with more gateways gets an overview."""

ALIKE = 4
"""From how many different places the same step must be possible to be drawn once, as 'from any point'."""

MAIN_KINDS = ("door", "assessment", "programme", "panel", "plan", "order", "court")
"""The kinds of gateway that an overview is made of."""

COURT_KINDS = ("court", "order", "power")
START_KINDS = ("setting", "self")

STARTS, COURT, UNKNOWN, SERVICES = "starts", "court", "unknown", "services"
"""Lanes that are not levels."""

GIST = 52
"""The longest condition on the overview, in letters."""

SHORT_GIST = 38
"""The same for a condition that stands for others too."""


def map_of_area(directory: Directory, area: str) -> Chart:
    """The chart of an area's gateways and the steps between them, in lanes by the lowest level at which each works.

    With more than MOST gateways it is an overview, made by these rules:

    1. Places where a worry starts (settings, the family itself, and courts that no step leads to) are one box.
    2. A step that is the same from ALIKE places or more (same end, kind, condition and status) is said in the box it leads to.
    3. Signposts are left out, and steps that are alike but for their condition are one line.
    4. Of the other gateways, those of MAIN_KINDS are kept that are joined to two others at least, those joined to most first, until
       there are MOST boxes. A step down counts once more, because the way back is what people look for. Those that were only
       proposed are left out. Of equals the first in the file is kept.
    5. Where a gateway that was left out is the only way from one that is kept, or to one, a line 'by way of' it is drawn, unless
       that way was only proposed or recommended.

    Raises KeyError when there is no such area, ValueError when it has no gateways.
    """
    place = directory.area_by_id[area]
    gateways = [gateway for gateway in directory.gateways if gateway.area == area]
    if not gateways:
        raise ValueError(f"no gateways are recorded for {place.name}")
    ids = {gateway.id for gateway in gateways}
    steps = [step for step in directory.steps if step.area == area and step.start in ids and step.end in ids and step.start != step.end]
    draft = _Draft(directory, area, gateways, steps)
    if len(gateways) > MOST:
        draft.join_starts()
        draft.find_alike()
        draft.keep_the_main()
    return draft.chart(place.name)


def chart_of_everything(directory: Directory, area: str) -> Chart:
    """Every gateway and service of an area and every step with its whole condition: for text, not for drawing.

    Raises KeyError when there is no such area.
    """
    place = directory.area_by_id[area]
    gateways = [gateway for gateway in directory.gateways if gateway.area == area]
    ids = {gateway.id for gateway in gateways}
    draft = _Draft(directory, area, gateways, [step for step in directory.steps if step.area == area and step.end in ids])
    chart = draft.chart(place.name)
    services = [service for service in directory.services if service.area == area]
    lines = [
        Line(step.start, step.end, step.kind, step.condition or "", step.status)
        for step in directory.steps
        if step.area == area and step.start != step.end and step.end in ids | {service.id for service in services}
    ]
    lines += [
        Line(route.gateway, service.id, "refer", route.condition or "", route.status)
        for service in services
        for route in service.reached_by
    ]
    return replace(
        chart,
        title=f"Pathways in {place.name}, with services",
        description="Every stage, every service and every step that is recorded.",
        lanes=(*chart.lanes, Lane(SERVICES, "Services")),
        boxes=(*chart.boxes, *(service_box(service, SERVICES) for service in services)),
        lines=tuple(lines),
    )


@dataclass
class _Draft:
    """An area's chart while it is being made."""

    directory: Directory
    area: str
    gateways: list[Gateway]
    steps: list[Step]
    joined: list[str] = field(default_factory=list)
    """Gateways that one box stands for."""
    alike: dict[str, list[Step]] = field(default_factory=dict)
    """For each gateway that the same step leads to from many places, those steps."""
    kept: list[str] | None = None
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_id = {gateway.id: gateway for gateway in self.gateways}
        by_start: dict[str, list[str]] = defaultdict(list)
        for step in self.steps:
            by_start[step.start].append(step.condition or "")
        self.gist = {start: gists(conditions, GIST) for start, conditions in by_start.items()}
        self.lines = [Line(step.start, step.end, step.kind, self._gist(step), step.status) for step in self.steps]

    def _gist(self, step: Step) -> str:
        return self.gist[step.start].get(step.condition or "", "")

    def starts(self) -> list[str]:
        """Where a worry starts."""
        led_to = {step.end for step in self.steps}
        return [
            gateway.id
            for gateway in self.gateways
            if gateway.kind in START_KINDS or (gateway.kind == "court" and gateway.id not in led_to)
        ]

    def join_starts(self) -> None:
        """Rule 1."""
        starts = self.starts()
        self.joined = starts if len(starts) > 1 else []

    def find_alike(self) -> None:
        """Rule 2."""
        groups: dict[tuple[str, ...], list[Step]] = defaultdict(list)
        for step in self.steps:
            if step.condition:
                groups[step.end, step.kind, step.condition, step.status].append(step)
        for (end, *_), group in groups.items():
            if len({self._box_of(step.start) for step in group}) >= ALIKE:
                self.alike.setdefault(end, []).extend(group)

    def _box_of(self, gateway: str) -> str:
        return STARTS if gateway in self.joined else gateway

    def _open_lines(self) -> list[Line]:
        """The steps between boxes that rules 2 and 3 leave."""
        taken = {id(step) for group in self.alike.values() for step in group}
        groups: dict[tuple[str, str, StepKind, StepStatus], list[Step]] = defaultdict(list)
        for step in self.steps:
            start, end = self._box_of(step.start), self._box_of(step.end)
            if id(step) not in taken and start != end and step.kind != "signpost":
                groups[start, end, step.kind, step.status].append(step)
        return [Line(start, end, kind, self._words(start, group), status) for (start, end, kind, status), group in groups.items()]

    def _words(self, start: str, steps: list[Step]) -> str:
        """The words beside the line that these steps have become."""
        conditions = list(dict.fromkeys(step.condition or "" for step in steps))
        if len(conditions) == 1:
            return self._gist(steps[0])
        if start == STARTS:
            names = [self.by_id[id_].short or self.by_id[id_].name for id_ in dict.fromkeys(step.start for step in steps)]
            return f"from {', '.join(names[:-1])} or {names[-1]}"
        more = len(conditions) - 1
        return f"{shortened(conditions[0], SHORT_GIST).rstrip('…')}, or {more} other {'reason' if more == 1 else 'reasons'}"

    def keep_the_main(self) -> None:
        """Rules 4 and 5."""
        lines = self._open_lines()
        near: dict[str, set[str]] = defaultdict(set)
        downs: set[str] = set()
        for line in lines:
            near[line.start].add(line.end)
            near[line.end].add(line.start)
            if line.kind == "step-down":
                downs |= {line.start, line.end}
        rest = [
            gateway
            for gateway in self.gateways
            if gateway.id not in self.joined
            and gateway.kind in MAIN_KINDS
            and gateway.status != "proposed"
            and len(near[gateway.id]) + (gateway.id in downs) > 1
        ]
        rest.sort(key=lambda gateway: -len(near[gateway.id]) - (gateway.id in downs))
        chosen = {gateway.id for gateway in rest[: MOST - bool(self.joined)]}
        self.kept = [gateway.id for gateway in self.gateways if gateway.id in chosen]
        drawn = chosen | ({STARTS} if self.joined else set())
        self.lines = [line for line in lines if line.start in drawn and line.end in drawn]
        self.lines += self._detours(lines, drawn)

    def _detours(self, lines: list[Line], drawn: set[str]) -> list[Line]:
        """Rule 5: ways by one gateway that was left out, where a kept one would else have no way in, or no way on."""
        has_in, has_on = {line.end for line in self.lines}, {line.start for line in self.lines}
        sure = [line for line in lines if line.status in (STATED, "assumed")]
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        looks: dict[tuple[str, str], tuple[StepKind, StepStatus]] = {}
        for one in sure:
            for two in sure:
                pair = (one.start, two.end)
                if one.end != two.start or one.end in drawn or not set(pair) <= drawn or one.start == two.end:
                    continue
                if two.end in has_in and one.start in has_on:
                    continue
                if one.end not in found[pair]:
                    found[pair].append(one.end)
                looks[pair] = two.kind, one.status if one.status != STATED else two.status
        return [
            Line(*pair, looks[pair][0], f"by way of {' or '.join(self._short(id_) for id_ in by)}", looks[pair][1])
            for pair, by in found.items()
        ]

    def _short(self, gateway: str) -> str:
        """Its name without what stands in brackets."""
        return self.by_id[gateway].name.partition(" (")[0]

    def chart(self, name: str) -> Chart:
        """The chart, with its boxes lane by lane in the order of the file."""
        if self.kept is None:
            self.kept = list(self.by_id)
        boxes = [self._box(self.by_id[id_]) for id_ in self.kept]
        if self.joined:
            names = ", ".join(self.by_id[id_].short or self.by_id[id_].name for id_ in self.joined)
            boxes.insert(0, Box(STARTS, "Where a worry starts", STARTS, f"/pathways/{self.area}#starts", "many", "", names))
        lanes = self._lanes({box.lane for box in boxes})
        order = [lane.id for lane in lanes]
        boxes.sort(key=lambda box: order.index(box.lane))
        shown = {box.id for box in boxes} | set(self.joined)
        left_out = tuple(gateway.id for gateway in self.gateways if gateway.id not in shown)
        title = f"Pathways in {name}" + (": an overview" if left_out or self.joined else "")
        return Chart(title, self._description(len(boxes), len(left_out)), lanes, tuple(boxes), tuple(self.lines), left_out=left_out)

    def _box(self, gateway: Gateway) -> Box:
        box = gateway_box(gateway, self._lane(gateway.id))
        kinds = {step.kind for step in self.alike.get(gateway.id, ())}
        way = "a step up" if kinds == {"step-up"} else "a way here"
        return replace(box, note=", ".join([*([box.note] if box.note else []), f"{way} from any point"])) if kinds else box

    def _description(self, boxes: int, left_out: int) -> str:
        text = f"{boxes} boxes in lanes, from the first worry at the top to the courts at the bottom. "
        if any(gateway.levels for gateway in self.gateways):
            text += "Each stands in the lane of the lowest level at which it works. "
        if left_out:
            text += f"{left_out} smaller stages are left out. "
        return text + "Each box is a link. Every stage and step, with its whole condition, is in the list on this page."

    def _lane(self, gateway_id: str) -> str:
        """By kind for where a worry starts and for courts; else by the lowest level, which nobody may guess."""
        gateway = self.by_id[gateway_id]
        ways_in = {step.kind for step in self.steps if step.end == gateway_id}
        ways_on = any(step.start == gateway_id for step in self.steps)
        if gateway_id in self.starts() or gateway.levels[:1] == (1,):
            return STARTS
        if not gateway.levels and ways_in == {"step-down"} and not ways_on:
            return STARTS  # home: the pathway has been left
        if gateway.kind in COURT_KINDS:
            return COURT
        return f"level-{min(gateway.levels)}" if gateway.levels else UNKNOWN

    def _lanes(self, used: set[str]) -> tuple[Lane, ...]:
        scheme = self.directory.scheme_of(self.area)
        levels = scheme.levels if scheme else ()
        titles = {STARTS: "Family and universal"}
        titles |= {f"level-{level.number}": f"Level {level.number}: {level.help_name}" for level in levels}
        titles |= {lane: f"Level {lane[-1]}" for lane in sorted(used) if lane.startswith("level-") and lane not in titles}
        any_level = any(gateway.levels for gateway in self.gateways)
        titles |= {UNKNOWN: "Level not recorded" if any_level else "Stages (levels not recorded)", COURT: "Court and law"}
        return tuple(Lane(id_, title) for id_, title in titles.items() if id_ in used)
