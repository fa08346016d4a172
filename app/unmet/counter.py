"""Counts questions beside the requests: nobody waits for it, and when it cannot keep a count, the count is lost and the answer is not."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from queue import Empty, Full, Queue

from app.model import Directory
from app.state import Asked, Kept, StateProblem, add_counts
from app.unmet.figures import publish_and_forget

MOST_WAITING = 1000
"""Counts that may wait; more are dropped, for they would only pile up while the state is away."""

SECONDS = 2.0
"""How long counts are gathered before they are written together: also a reason why no count tells when it was made."""

log = logging.getLogger("windscreen.state")


class UnmetCounter:
    """One thread that writes what was counted, and once a day publishes and forgets. `directory` gives the content of the moment."""

    def __init__(self, kept: Kept, directory: Callable[[], Directory]) -> None:
        self.kept = kept
        self.directory = directory
        self._waiting: Queue[Asked] = Queue(MOST_WAITING)
        self._stop = threading.Event()
        self._tended: date | None = None
        self._thread = threading.Thread(target=self._run, name="windscreen-unmet", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def count(self, asked: Asked) -> None:
        """Count one question; never waits, never fails."""
        try:
            self._waiting.put_nowait(asked)
        except Full:
            log.error("A count was dropped: %d wait already", MOST_WAITING)

    def close(self) -> None:
        """Write what waits, then stop."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout=10)
        self.write()

    def write(self) -> None:
        """Write everything that waits; what cannot be kept is dropped and told."""
        counts: Counter[Asked] = Counter()
        try:
            while True:
                counts[self._waiting.get_nowait()] += 1
        except Empty:
            pass
        if counts:
            self._try("Counts were not kept", lambda: add_counts(self.kept, counts))

    def tend(self, today: date) -> None:
        """Publish what is over and forget what is old, once a day."""
        if self._tended != today and self._try("Nothing was forgotten", lambda: publish_and_forget(self.kept, self.directory(), today)):
            self._tended = today

    def _run(self) -> None:
        while not self._stop.wait(SECONDS):
            self.write()
            self.tend(date.today())

    def _try(self, otherwise: str, act: Callable[[], None]) -> bool:
        try:
            act()
        except StateProblem as problem:
            log.error("%s: %s", otherwise, problem)
            return False
        except Exception as error:  # the thread must live on; the message of an unknown error may hold anything
            log.error("%s: %s", otherwise, type(error).__name__)
            return False
        return True
