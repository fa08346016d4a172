"""What the provider of sign-in says of itself, read beside the serving: a wrong setting shows at once, and no start waits for a network."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from flask import Flask

WAIT = 60.0
"""Seconds after which a provider that could not be read is asked again when somebody asks whether the site is ready."""

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = logging.getLogger("windscreen.admission")


class ProviderProblem(Exception):
    """Nobody can sign in just now; the message says why, without a secret."""


class Discovery:
    """The provider's own description, checked against the settings. `words` is "ready", or says why nobody can sign in."""

    def __init__(self, client: Any, issuer: str) -> None:
        self._client = client
        self._issuer = issuer
        self._asked_at = float("-inf")
        self._beginning = threading.Lock()
        self._told = ""
        self.words = "not asked yet"

    def read(self) -> dict[str, Any]:
        """The description. Raises ProviderProblem when it cannot be read or is of somebody else."""
        self._asked_at = time.monotonic()
        try:
            found: dict[str, Any] = self._client.load_server_metadata()
            problem, details = self._wrong_in(found)
        except Exception as error:  # the library passes on whatever its own libraries raise
            problem, details = "the provider's description of itself cannot be read", f" ({type(error).__name__})"
        if problem:
            self._client.server_metadata.pop("_loaded_at", None)  # else the library would never ask again
            self._tell(problem, f"Nobody can sign in: {problem}{details}. Asked was {self._issuer}/.well-known/openid-configuration, "
                       "by WINDSCREEN_OIDC_ISSUER")  # fmt: skip
            raise ProviderProblem(problem)
        self._tell("ready", "")
        return found

    def ask_beside(self) -> None:
        """Read it in a thread of its own, unless it is known to be good or was asked a short while ago."""
        with self._beginning:
            if self.words == "ready" or time.monotonic() - self._asked_at < WAIT:
                return
            self._asked_at = time.monotonic()
        threading.Thread(target=self._ask, name="windscreen-provider", daemon=True).start()

    def _ask(self) -> None:
        try:
            self.read()
        except ProviderProblem:
            return  # told already, in the log and in `words`

    def _wrong_in(self, found: dict[str, Any]) -> tuple[str, str]:
        """What is wrong with a description, and details for the log; two empty texts when nothing is."""
        says = str(found.get("issuer", ""))
        if says.rstrip("/") != self._issuer:
            return "the provider calls itself something else than WINDSCREEN_OIDC_ISSUER says", f" ('{says[:200]}')"
        missing = [name for name in NEEDED if not found.get(name)]
        return ("the provider's description of itself is not whole", f" (no {', '.join(missing)})") if missing else ("", "")

    def _tell(self, words: str, line: str) -> None:
        """Keep what is so, and log a problem once, not at every question."""
        self.words = words
        if line and line != self._told:
            log.error(line)
        self._told = line


def discovery_of(app: Flask) -> Discovery | None:
    """That of a site; None where nobody can sign in."""
    found: Discovery | None = app.extensions.get("windscreen-discovery")
    return found
