"""Steps that cannot be as they stand, and, where nothing is wrong, what the owner of a pathway should know of it."""

from __future__ import annotations

from collections.abc import Iterator

from app.loading.gathered import Content, Entry
from app.model import START_KINDS, ClosedWay, Gateway, Service, Step
from app.problems import Problem, shown

Key = tuple[str, str]
"""A gateway by its area and its id: areas share none."""


def same_step_twice(content: Content) -> Iterator[Problem]:
    """Steps between the same two places stand beside each other only when their kind or their condition differs."""
    first: dict[tuple[str, str, str, str, str], int] = {}
    for entry, step in _steps(content):
        key = (step.area, step.start, step.end, step.kind, " ".join((step.condition or "").lower().split()))
        line = entry.fields.place(entry.loc)[0]
        if first.setdefault(key, line) != line:
            words = f"the same step stands at line {first[key]}; give each its own condition, or take one away"
            yield entry.problem(("to",), words)
        if step.start == step.end:
            yield entry.problem(("to",), f"leads back to {shown(step.start)}, where the step begins")


def closed_and_open(content: Content) -> Iterator[Problem]:
    """What one source calls closed no step and no profile may open."""
    closed = {(way.area, way.start, way.end) for way in content.records(ClosedWay)}
    words = "pathways.yaml says under closed_ways that this way does not exist; one of the two must go"
    for entry, step in _steps(content):
        if (step.area, step.start, step.end) in closed:
            yield entry.problem(("to",), words)
    for entry in content.of(Service):
        for position, route in enumerate(entry.record.reached_by if isinstance(entry.record, Service) else ()):
            if (entry.area, route.gateway, entry.id) in closed:
                yield entry.problem(("reached_by", position, "gateway"), words)


def map_and_profiles_agree(content: Content) -> Iterator[Problem]:
    """A step to a service says the same as the service's profile."""
    known = {(entry.area, entry.id) for entry in content.of(Gateway)}
    routes: dict[str, set[str]] = {}
    for entry in content.of(Service):
        if isinstance(entry.record, Service):
            doors = {route.gateway for route in entry.record.reached_by}
            if all((entry.area, door) in known for door in doors):  # else one mistake would be told twice
                routes[entry.id] = doors
    for entry, step in _steps(content):
        if step.end.startswith(f"{step.area}/") and step.start not in routes.get(step.end, {step.start}):
            yield entry.problem(("to",), f"the profile {shown(step.end)} does not name {shown(step.start)} under reached_by")


def gateways_hold(content: Content) -> Iterator[Problem]:
    """A gateway ends after it began, and its profile is one of its own area."""
    for entry in content.of(Gateway):
        if not isinstance(entry.record, Gateway):
            continue
        begins, ends, profile = entry.record.exists_from, entry.record.exists_to, entry.record.service
        if begins and ends and ends[: len(begins)] < begins[: len(ends)]:
            yield entry.problem(("exists_to",), f"is {ends}, before exists_from, which is {begins}")
        if profile and not profile.startswith(f"{entry.area}/"):
            yield entry.problem(("service",), f"{shown(profile)} is a service of another area; areas are never joined")


ERRORS = (same_step_twice, closed_and_open, map_and_profiles_agree, gateways_hold)


def findings(content: Content) -> Iterator[Problem]:
    """What is unusual about pathways that are otherwise sound: stages without a way in, services behind them, no step down.

    To be asked only of content without an error: one misspelt gateway would make findings of everything behind it. A finding
    may well be true of the source, and then it stays.
    """
    gateways = {(entry.area, entry.record.id): entry for entry in content.of(Gateway) if isinstance(entry.record, Gateway)}
    onward: dict[Key, list[Key]] = {}
    kinds: dict[Key, dict[str, Entry]] = {}
    for entry, step in _steps(content):
        onward.setdefault((step.area, step.start), []).append((step.area, step.end))
        kinds.setdefault((step.area, step.start), {}).setdefault(step.kind, entry)
    led_to = {end for ends in onward.values() for end in ends}
    reached = _reached([key for key in gateways if _may_start(gateways[key], key in led_to)], onward)
    for key, entry in gateways.items():
        if key not in reached:
            words = "comes only after stages that no step leads to" if key in led_to else "no step leads here, and no journey begins here"
            yield _finding(entry, ("id",), f"{shown(key[1])}: {words}")
        up = kinds.get(key, {}).get("step-up")
        if up and "step-down" not in kinds[key] and not _is_bottom(entry, key in led_to):
            yield _finding(up, ("kind",), f"{shown(key[1])} steps up here, and no step down from it is given")
    for entry in content.of(Service):
        doors = [route.gateway for route in entry.record.reached_by] if isinstance(entry.record, Service) else []
        if doors and not any((entry.area, door) in reached for door in doors):
            yield _finding(entry, ("reached_by",), f"no journey comes to {' or '.join(map(shown, doors))}")


def _may_start(entry: Entry, led_to: bool) -> bool:
    kind = entry.record.kind if isinstance(entry.record, Gateway) else ""
    return kind in START_KINDS and not (kind == "court" and led_to)


def _is_bottom(entry: Entry, led_to: bool) -> bool:
    """Whether there is nothing below a gateway that a child could step down to."""
    kind = entry.record.kind if isinstance(entry.record, Gateway) else ""
    return kind in ("setting", "self") or (kind == "court" and not led_to)


def _reached(starts: list[Key], onward: dict[Key, list[Key]]) -> set[Key]:
    reached = set(starts)
    queue = list(starts)
    while queue:
        more = [end for end in onward.get(queue.pop(), ()) if end not in reached]
        reached.update(more)
        queue += more
    return reached


def _finding(entry: Entry, inner: tuple[str, ...], words: str) -> Problem:
    problem = entry.problem(inner, words)
    return Problem(problem.path, problem.line, problem.column, problem.field, problem.words, "finding")


def _steps(content: Content) -> Iterator[tuple[Entry, Step]]:
    for entry in content.of(Step):
        if isinstance(entry.record, Step):
            yield entry, entry.record
