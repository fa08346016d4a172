"""What the pages that keep something share: the door to the state, signed forms, and how much one address may send."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import secrets
from datetime import date
from functools import cached_property
from typing import Any

from flask import Flask, current_app, request
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from limits import RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.settings import Settings
from app.state import Kept, StateProblem, forget_reports, form_key
from app.unmet import UnmetCounter, kept_since

HOURS_OPEN = 24
"""A form that was opened longer ago is shown again, with what was written in it."""

SAME_SITE = ("same-origin", "none")
"""What a browser says of a request that comes from our own page, or from nobody's."""

log = logging.getLogger("windscreen.state")


class FormProblem(Exception):
    """A form that was not made here, is another page's, or was open for too long; the message says which."""


class Keeping:
    """One site's state with what guards it. Nothing is opened until a form is asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.kept = Kept(settings)
        self.counter: UnmetCounter | None = None
        self._tended: date | None = None
        self._salt = secrets.token_bytes(32)

    def init_app(self, app: Flask) -> None:
        """Let the pages find it."""
        app.extensions["windscreen-keeping"] = self

    def check(self) -> str:
        """Open the state, and say what is wrong with it in a sentence, or "". The site is served either way."""
        try:
            self.kept.check()
            self.forget(date.today())
        except StateProblem as problem:
            log.error("Reports and counts cannot be kept: %s", problem)
            return str(problem)
        return ""

    def forget(self, today: date) -> None:
        """Remove reports that were closed too long ago, once a day. Raises StateProblem."""
        if self._tended != today:
            forget_reports(self.kept, kept_since(today))
            self._tended = today

    def close(self) -> None:
        """Write what still waits, and let go of the state."""
        if self.counter:
            self.counter.close()
        self.kept.close()

    @cached_property
    def _signer(self) -> URLSafeTimedSerializer:
        key = self.settings.secret or form_key(self.kept)
        return URLSafeTimedSerializer(key, salt="report", signer_kwargs={"digest_method": hashlib.sha256})

    def sign(self, *parts: str) -> str:
        """The parts, signed: what a form carries so that only a form of ours is taken. Raises StateProblem when there is no key."""
        return str(self._signer.dumps(parts))

    def signed(self, token: str) -> list[str]:
        """The parts of a signed form. Raises FormProblem for one that is not ours or too old, StateProblem when there is no key."""
        if request.headers.get("Sec-Fetch-Site", "none") not in SAME_SITE:
            raise FormProblem("was sent from another site, so nothing was kept; if you meant it, send it from here")
        try:
            parts: Any = self._signer.loads(token, max_age=HOURS_OPEN * 3600)
        except SignatureExpired:
            raise FormProblem("was open for more than a day, so nothing was kept; send it once more") from None
        except BadSignature:
            raise FormProblem("did not come whole, so nothing was kept; send it once more") from None
        return [str(part) for part in parts]

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(MemoryStorage())

    def may_send(self, address: str | None) -> bool:
        """Whether this address may send another report; counts it as sent.

        Only a keyed digest of the address is held, in memory, for an hour: the key dies with the process, and nothing is written.
        """
        digest = hashlib.blake2b(network_of(address).encode(), key=self._salt, digest_size=16).hexdigest()
        return self._limiter.hit(RateLimitItemPerHour(self.settings.reports_an_hour), digest)


def network_of(address: str | None) -> str:
    """The address whose reports are counted together: of version 6 the first half, as one household has all of the second."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((int(known) >> 64 << 64, 64)))


def keeping() -> Keeping:
    """What this site keeps."""
    found: Keeping = current_app.extensions["windscreen-keeping"]
    return found
