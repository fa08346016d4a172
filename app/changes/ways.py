"""Steps and closed ways have no id: they are known by where they lead from and to, by their kind and by their condition."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from app.changes.told import Told, differences
from app.model import ClosedWay, Directory, Step

STEP_TITLES = {"refer": "referral", "step-up": "step up", "step-down": "step down", "signpost": "signpost"}


def way_changes(old: Directory, new: Directory, unread: Set[str]) -> Iterator[Told]:
    """The steps and closed ways that were added, ended or altered; nothing of areas in which one could not be read."""
    for before, after in ((old.steps, new.steps), (old.closed_ways, new.closed_ways)):
        yield from _of(before, after, old, new, unread)


def _of(before: Any, after: Any, old: Directory, new: Directory, unread: Set[str]) -> Iterator[Told]:
    gone = [way for way in before if way not in after and way.area not in unread and "*" not in unread]
    come = [way for way in after if way not in before and way.area not in unread and "*" not in unread]
    for sign in (_exactly, _by_kind, _by_ends):
        for way in list(come):
            was = [each for each in gone if sign(each) == sign(way)]
            now = [each for each in come if sign(each) == sign(way)]
            if len(was) == len(now) == 1:
                gone.remove(was[0])
                come.remove(way)
                details = differences(was[0], way, lambda text: text, ("start", "end"))
                yield Told(_kind(way), _id(way), title(way, new), "altered", title(way, new), details, _address(way))
    for way in come:
        yield Told(_kind(way), _id(way), title(way, new), "added", f"{title(way, new)} was added{_when(way)}.", (), _address(way))
    for way in gone:
        yield Told(_kind(way), _id(way), title(way, old), "ended", f"{title(way, old)} is no longer in the pathways{_when(way)}.")


def _exactly(way: Any) -> tuple[object, ...]:
    return (*_by_kind(way), getattr(way, "condition", None))


def _by_kind(way: Any) -> tuple[object, ...]:
    return (*_by_ends(way), getattr(way, "kind", None))


def _by_ends(way: Any) -> tuple[object, ...]:
    return (way.area, way.start, way.end)


def _kind(way: Step | ClosedWay) -> Any:
    return "step" if isinstance(way, Step) else "closed way"


def _id(way: Step | ClosedWay) -> str:
    return f"{way.area}/{way.start} to {way.end}"


def _address(way: Step | ClosedWay) -> str:
    return f"/pathways/{way.area}/{way.start}"


def _when(way: Step | ClosedWay) -> str:
    condition = way.condition if isinstance(way, Step) else ""
    return f" (when: {condition.rstrip('.')})" if condition else ""


def title(way: Step | ClosedWay, directory: Directory) -> str:
    """What a way is called: "The step up from Early help to Front door (Northshire)"."""
    what = STEP_TITLES[way.kind] if isinstance(way, Step) else "closed way"
    ends = [_place(way.area, each, directory) for each in (way.start, way.end)]
    area = directory.area_by_id.get(way.area)
    return f"The {what} from {ends[0]} to {ends[1]} ({area.name if area else way.area})"


def _place(area: str, name: str, directory: Directory) -> str:
    gateway, service = directory.gateway_by_key.get((area, name)), directory.service_by_id.get(name)
    return gateway.name if gateway else service.name if service else name
