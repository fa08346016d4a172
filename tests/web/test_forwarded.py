"""What a proxy says of the browser behind it is believed from trusted proxies alone; what a browser makes up never is."""

from __future__ import annotations

import ipaddress
from dataclasses import replace

import pytest
from flask import Flask, request

from app.access import Access, Proxy
from app.building import Opened
from app.settings import Settings
from app.web import create_app
from app.web.forwarded import forwarded, peer

TRUSTED = Proxy((ipaddress.ip_network("10.1.0.0/24"),), "X-Windscreen-Audience")

CASES = [
    # trusted proxies, came from, X-Forwarded-For, X-Forwarded-Proto: who is asking, by TLS, who passed it on
    (None, "192.0.2.1", None, None, "192.0.2.1 False 192.0.2.1"),
    (None, "192.0.2.1", "198.51.100.9", "https", "192.0.2.1 False 192.0.2.1"),
    (TRUSTED, "192.0.2.1", "198.51.100.9", "https", "192.0.2.1 False 192.0.2.1"),
    (TRUSTED, "10.1.0.7", "198.51.100.9", "https", "198.51.100.9 True 10.1.0.7"),
    (TRUSTED, "10.1.0.7", "198.51.100.9", "http", "198.51.100.9 False 10.1.0.7"),
    (TRUSTED, "10.1.0.7", None, None, "10.1.0.7 False 10.1.0.7"),
    (TRUSTED, "10.1.0.7", "made up, 198.51.100.9", "https", "198.51.100.9 True 10.1.0.7"),
]


@pytest.mark.parametrize(("proxy", "came_from", "forwarded_for", "proto", "told"), CASES)
def test_who_is_asking(proxy: Proxy | None, came_from: str, forwarded_for: str | None, proto: str | None, told: str) -> None:
    app = Flask("told")
    app.wsgi_app = forwarded(app.wsgi_app, proxy)  # type: ignore[assignment, method-assign]
    app.add_url_rule("/", view_func=lambda: f"{request.remote_addr} {request.is_secure} {peer()}")
    said = {"X-Forwarded-For": forwarded_for, "X-Forwarded-Proto": proto}
    headers = {name: value for name, value in said.items() if value is not None}
    assert app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": came_from}).text == told


def test_a_forwarded_host_or_prefix_is_never_believed() -> None:
    app = Flask("told")
    app.wsgi_app = forwarded(app.wsgi_app, TRUSTED)  # type: ignore[assignment, method-assign]
    app.add_url_rule("/", view_func=lambda: f"{request.host} {request.script_root}")
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    assert app.test_client().get("/", headers=headers, environ_base={"REMOTE_ADDR": "10.1.0.7"}).text == "localhost "


@pytest.mark.parametrize(("came_from", "told"), [("10.1.0.7", True), ("192.0.2.1", False)])
def test_a_browser_behind_a_trusted_proxy_with_tls_is_told_to_stay_with_it(
    small_settings: Settings, small_opened: Opened, came_from: str, told: bool
) -> None:
    app = create_app(replace(small_settings, access=Access(TRUSTED)), small_opened)
    answer = app.test_client().get("/live", headers={"X-Forwarded-Proto": "https"}, environ_base={"REMOTE_ADDR": came_from})
    assert ("Strict-Transport-Security" in answer.headers) is told


@pytest.mark.parametrize(("came_from", "own"), [("10.1.0.7", "commissioner"), ("192.0.2.1", "public")])
def test_the_audience_is_taken_from_the_proxy_itself_and_not_from_whom_it_names(
    small_settings: Settings, small_opened: Opened, came_from: str, own: str
) -> None:
    app = create_app(replace(small_settings, access=Access(TRUSTED), audience="public"), small_opened)
    headers = {"X-Windscreen-Audience": "commissioner", "X-Forwarded-For": "10.1.0.7" if own == "public" else "192.0.2.1"}
    with app.test_client() as client:
        client.get("/", headers=headers, environ_base={"REMOTE_ADDR": came_from})
        assert app.extensions["windscreen-admission"].claimed() == own
