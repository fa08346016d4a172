"""A site with a state of its own, over the pages of a site that is shared: to make a whole site for every test would take minutes."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from app.settings import Settings
from app.state import Kept
from app.web.keeping import Keeping

from .inspector import Visitor


class Keeper(Visitor):
    """A visitor of a site for whom another state is behind the pages."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.keeping = Keeping(settings)
        super().__init__(app)

    @property
    def kept(self) -> Kept:
        return self.keeping.kept

    @property
    def client(self) -> FlaskClient:
        """The browser; whenever it is used, the state behind the pages is this one."""
        self.keeping.init_app(self.app)
        return self._client

    @client.setter
    def client(self, client: FlaskClient) -> None:
        self._client = client
