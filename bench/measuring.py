"""Timing and its printed table. Ratios are between two things timed in turn in the same run, because machines are noisy."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Milliseconds of each run of one thing."""

    name: str
    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run, in milliseconds."""
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        """The run that 95 of 100 are quicker than, in milliseconds."""
        return sorted(self.runs)[int(len(self.runs) * 0.95)] if len(self.runs) > 1 else self.runs[0]


def timed(things: Sequence[tuple[str, Callable[[], object]]], rounds: int) -> list[Times]:
    """Each thing `rounds` times, in turn (A B A B ...), after one round that does not count."""
    runs: dict[str, list[float]] = {name: [] for name, _ in things}
    for round_ in range(rounds + 1):
        for name, thing in things:
            gc.collect() if round_ == 0 else None
            start = time.perf_counter()
            thing()
            spent = (time.perf_counter() - start) * 1000
            if round_:
                runs[name].append(spent)
    return [Times(name, tuple(found)) for name, found in runs.items()]


def table(title: str, rows: Sequence[Times], base: int = 0) -> str:
    """The times as a table, each with its ratio to the row `base`."""
    lines = ["", title, f"  {'':<58}{'median ms':>11}{'p95 ms':>10}{'ratio':>9}"]
    for row in rows:
        ratio = row.median / rows[base].median if rows[base].median else 0
        lines.append(f"  {row.name:<58}{row.median:>11.2f}{row.p95:>10.2f}{ratio:>9.2f}")
    return "\n".join(lines)
