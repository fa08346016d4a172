"""Settings of access: what they may be, and the sentence that stops the start when one is wrong or missing."""

from __future__ import annotations

import os

import pytest

import app.access
import app.model
from app.access import Provider, Proxy
from app.settings import Settings, SettingsError, settings

PROVIDER = {
    "WINDSCREEN_OIDC_ISSUER": "https://id.example.org/realm/",
    "WINDSCREEN_OIDC_CLIENT_ID": "windscreen",
    "WINDSCREEN_OIDC_CLIENT_SECRET": "known to two",
    "WINDSCREEN_ADDRESS": "https://help.example.org",
    "WINDSCREEN_HOSTS": "help.example.org",
    "WINDSCREEN_SECRET": "s" * 40,
    "WINDSCREEN_ROLES": "planning = commissioner, family help=practitioner",
}


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WINDSCREEN_")]:
        monkeypatch.delenv(name)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return settings()


def test_the_settings_and_the_model_know_the_same_audiences() -> None:
    assert app.access.AUDIENCES == app.model.AUDIENCES


def test_without_a_word_everybody_is_a_practitioner_and_nobody_can_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = given(monkeypatch)
    assert made.audience == "practitioner"
    assert not made.access.varies


def test_a_proxy_is_known_by_its_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    made = given(monkeypatch, WINDSCREEN_AUDIENCE="public", WINDSCREEN_TRUSTED_PROXIES="10.0.0.5, 10.1.0.0/24, fd00::/8")
    proxy = made.access.proxy
    assert isinstance(proxy, Proxy)
    assert proxy.header == "X-Windscreen-Audience"
    inside = ["10.0.0.5", "10.1.0.9", "::ffff:10.0.0.5", "fd12::1", "fd12::1%eth0"]
    outside = ["10.0.0.6", "10.1.1.1", "::ffff:10.0.0.6", "fe80::1", "", None, "unix:", "10.0.0.5, 10.0.0.5"]
    assert [proxy.is_from(address) for address in inside] == [True] * len(inside)
    assert [proxy.is_from(address) for address in outside] == [False] * len(outside)
    assert made.access.varies


def test_a_provider_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    made = given(monkeypatch, **PROVIDER, WINDSCREEN_OIDC_ROLES_CLAIM="realm_access.roles", WINDSCREEN_SESSION_MINUTES="30")
    assert made.access.provider == Provider(
        issuer="https://id.example.org/realm", client="windscreen", client_secret="known to two", roles_claim="realm_access.roles",
        scopes="openid", address="https://help.example.org", minutes=30,
    )  # fmt: skip
    assert dict(made.access.roles) == {"planning": "commissioner", "family help": "practitioner"}
    assert "known to two" not in repr(made)
    assert "s" * 40 not in repr(made)


@pytest.mark.parametrize("hosts", ["help.example.org", "HELP.example.org, other.example.org", ".example.org", ".help.example.org"])
def test_the_address_of_the_site_is_among_its_hosts(hosts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, **{**PROVIDER, "WINDSCREEN_HOSTS": hosts}).access.provider is not None


WRONG = [
    ({"WINDSCREEN_AUDIENCE": "staff"}, "WINDSCREEN_AUDIENCE says 'staff'; it must be one of public, practitioner, commissioner"),
    ({"WINDSCREEN_AUDIENCE": ""}, "WINDSCREEN_AUDIENCE says ''; it must be one of public, practitioner, commissioner"),
    (
        {"WINDSCREEN_TRUSTED_PROXIES": "proxy.example.org"},
        "WINDSCREEN_TRUSTED_PROXIES holds 'proxy.example.org'; write addresses or networks, such as 10.0.0.5 or 10.1.0.0/24",
    ),
    (
        {"WINDSCREEN_TRUSTED_PROXIES": "10.1.0.1/24"},
        "WINDSCREEN_TRUSTED_PROXIES holds '10.1.0.1/24'; write addresses or networks, such as 10.0.0.5 or 10.1.0.0/24",
    ),
    (
        {"WINDSCREEN_TRUSTED_PROXIES": "0.0.0.0/0"},
        "WINDSCREEN_TRUSTED_PROXIES holds '0.0.0.0/0', which is everybody; name the proxy's own addresses",
    ),
    (
        {"WINDSCREEN_PROXY_HEADER": "X-Role"},
        "WINDSCREEN_PROXY_HEADER is given, but not by WINDSCREEN_TRUSTED_PROXIES whose word is taken",
    ),
    (
        {"WINDSCREEN_TRUSTED_PROXIES": "10.0.0.5", "WINDSCREEN_PROXY_HEADER": "X Role"},
        "WINDSCREEN_PROXY_HEADER is 'X Role'; write a header's name, such as X-Windscreen-Audience",
    ),
    (
        {"WINDSCREEN_ROLES": "planning"},
        "WINDSCREEN_ROLES holds 'planning'; write role=audience, separated by commas: 'planning=commissioner'",
    ),
    (
        {"WINDSCREEN_ROLES": "planning=boss"},
        "WINDSCREEN_ROLES for 'planning' says 'boss'; it must be one of public, practitioner, commissioner",
    ),
    (
        {"WINDSCREEN_ROLES": "planning=commissioner, planning=public"},
        "WINDSCREEN_ROLES names the role 'planning' twice; it can stand for one audience",
    ),
    (
        {"WINDSCREEN_OIDC_ISSUER": "https://id.example.org", "WINDSCREEN_ROLES": "a=public"},
        "Signing in needs WINDSCREEN_OIDC_CLIENT_ID and WINDSCREEN_OIDC_CLIENT_SECRET and WINDSCREEN_SECRET and WINDSCREEN_ADDRESS "
        "as well; give all of it or no WINDSCREEN_OIDC setting",
    ),
    (
        {"WINDSCREEN_OIDC_SCOPES": "openid email"},
        "Signing in needs WINDSCREEN_OIDC_ISSUER and WINDSCREEN_OIDC_CLIENT_ID and WINDSCREEN_OIDC_CLIENT_SECRET and WINDSCREEN_SECRET and "
        "WINDSCREEN_ADDRESS as well; give all of it or no WINDSCREEN_OIDC setting",
    ),
    (
        {**PROVIDER, "WINDSCREEN_ROLES": ""},
        "WINDSCREEN_ROLES is missing; it says which role of the provider is which audience: 'planning=commissioner'",
    ),
    (
        {**PROVIDER, "WINDSCREEN_OIDC_ISSUER": "http://id.example.org"},
        "WINDSCREEN_OIDC_ISSUER is 'http://id.example.org'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_ADDRESS": "help.example.org"},
        "WINDSCREEN_ADDRESS is 'help.example.org'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_ADDRESS": "https://[help"},
        "WINDSCREEN_ADDRESS is 'https://[help'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_OIDC_ISSUER": "https://id.example.org/.well-known/openid-configuration"},
        "WINDSCREEN_OIDC_ISSUER holds '/.well-known/'; leave it and what follows out: it is added when the provider is asked",
    ),
    (
        {**PROVIDER, "WINDSCREEN_OIDC_ISSUER": "https://id.example.org//realm"},
        "WINDSCREEN_OIDC_ISSUER is 'https://id.example.org//realm'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_OIDC_ISSUER": "https://id.example.org/a realm"},
        "WINDSCREEN_OIDC_ISSUER is 'https://id.example.org/a realm'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_OIDC_ISSUER": "https://id.example.org:realm"},
        "WINDSCREEN_OIDC_ISSUER is 'https://id.example.org:realm'; it must be a whole address that begins with https://",
    ),
    (
        {**PROVIDER, "WINDSCREEN_ADDRESS": "https://help.example.org/windscreen"},
        "WINDSCREEN_ADDRESS is 'https://help.example.org/windscreen'; it must end with the host's name or port: a site begins at its root",
    ),
    (
        {**PROVIDER, "WINDSCREEN_HOSTS": "help.example.com"},
        "WINDSCREEN_ADDRESS is on the host 'help.example.org', which is not among WINDSCREEN_HOSTS: whoever signs in could not come back",
    ),
    ({**PROVIDER, "WINDSCREEN_OIDC_SCOPES": "email"}, "WINDSCREEN_OIDC_SCOPES is 'email'; it must hold openid"),
    ({**PROVIDER, "WINDSCREEN_SESSION_MINUTES": "0"}, "WINDSCREEN_SESSION_MINUTES is '0'; it must be a number from 1 to 720"),
    ({**PROVIDER, "WINDSCREEN_SESSION_MINUTES": "٣"}, "WINDSCREEN_SESSION_MINUTES is '٣'; it must be a number from 1 to 720"),
]


@pytest.mark.parametrize(("values", "sentence"), WRONG)
def test_a_wrong_or_missing_setting_is_told(values: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as told:
        given(monkeypatch, **values)
    assert str(told.value) == sentence
