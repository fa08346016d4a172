"""A stop that finishes what was begun: no new connection is taken, answers that are being made are sent whole."""

from __future__ import annotations

import signal
import time
from typing import Any

from waitress import wasyncore
from waitress.channel import HTTPChannel

STOP_WITHIN = 20.0
"""The longest that a stop waits for answers that are being made, in seconds; an orchestrator kills after 30."""

GRACE = 0.1
"""Seconds in which what had reached this machine before the stop is still taken in."""

LOOK_EVERY = 0.05
"""Seconds between two looks at what is still being answered, while stopping."""


class Stopping:
    """Runs a waitress server until SIGTERM or SIGINT, then until every request that was begun has its answer.

    waitress itself, told to stop, ends its loop at once: an answer that is being made is then never sent.
    """

    def __init__(self, server: Any) -> None:
        self._server = server
        self._channels: dict[int, Any] = server._map if hasattr(server, "_map") else server.map
        self._listening = [each for each in self._channels.values() if hasattr(each, "accepting") and each.accepting]
        self._told = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._tell)

    def run(self, within: float = STOP_WITHIN) -> bool:
        """Serve until told to stop. Whether everything that had been begun was answered within so many seconds."""
        while not self._told:
            self._turn(30.0)
        self._turns(GRACE)  # connections that wait at the door, and requests that are on their way
        for each in self._listening:
            wasyncore.dispatcher.close(each)
        until = time.monotonic() + within
        while (waiting := self._close_idle()) and time.monotonic() < until:
            self._turn(LOOK_EVERY)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        self._server.task_dispatcher.shutdown(timeout=0.2)
        wasyncore.close_all(self._channels, ignore_all=True)
        return not waiting

    def _turns(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._turn(left)

    def _turn(self, longest: float) -> None:
        wasyncore.loop(timeout=longest, use_poll=True, map=self._channels, count=1)

    def _tell(self, number: int, frame: object) -> None:
        self._told = True
        for each in self._listening:
            each.pull_trigger()  # wakes the loop, which would sleep on after the signal

    def _close_idle(self) -> int:
        """Close the connections on which nothing has been begun; how many others there are."""
        channels = [each for each in list(self._channels.values()) if isinstance(each, HTTPChannel)]
        begun = [each for each in channels if each.requests or each.request is not None or each.total_outbufs_len]
        for each in channels:
            if each not in begun:
                each.handle_close()
        return len(begun)
