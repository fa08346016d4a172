"""Signing in by OpenID Connect, against a real small provider: what it takes to be told more, and everything that must not do."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from app.access import Access
from app.access import Provider as ProviderSettings
from app.model import Audience
from app.settings import SettingsError

from .conftest import Make
from .provider import CLIENT, CLIENT_SECRET, Provider

SITE = "https://help.example.org"
FAMILY_HELP = "/services/northshire/family-help"
ROLES: tuple[tuple[str, Audience], ...] = (("planning", "commissioner"), ("family help", "practitioner"))


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


@pytest.fixture
def visitor(make: Make, provider: Provider) -> FlaskClient:
    return visitor_of(make, provider)


def visitor_of(make: Make, provider: Provider, **changed: Any) -> FlaskClient:
    said = {"roles_claim": "roles", "scopes": "openid", "address": SITE, "minutes": 60, **changed}
    named = ProviderSettings(issuer=provider.issuer, client=CLIENT, client_secret=CLIENT_SECRET, **said)
    app = make(audience="public", secret="s" * 40, hosts=("help.example.org",), access=Access(provider=named, roles=ROLES))
    return app.test_client()


def get(visitor: FlaskClient, address: str) -> TestResponse:
    return visitor.get(address, base_url=SITE)


def sign_in(visitor: FlaskClient, provider: Provider, to: str = FAMILY_HELP) -> TestResponse:
    """The whole walk: to the provider, and back with what it says."""
    sent = get(visitor, f"/sign-in?to={to}")
    assert sent.status_code == 302
    return get(visitor, provider.sign_in(str(sent.location)))


def sees_money(visitor: FlaskClient) -> bool:
    return "£487,000" in get(visitor, FAMILY_HELP).get_data(as_text=True)


def test_whoever_signs_in_with_a_known_role_is_shown_more_and_led_back(visitor: FlaskClient, provider: Provider) -> None:
    assert not sees_money(visitor)
    back = sign_in(visitor, provider)
    assert (back.status_code, back.location) == (303, FAMILY_HELP)
    assert sees_money(visitor)
    assert "You are signed in." in get(visitor, "/").get_data(as_text=True)


def test_the_cookie_is_short_and_safe_and_holds_nothing_of_the_person(visitor: FlaskClient, provider: Provider) -> None:
    cookie = sign_in(visitor, provider).headers["Set-Cookie"]
    assert cookie.startswith("__Host-windscreen=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    with visitor.session_transaction(base_url=SITE) as session:
        assert {name: value for name, value in session.items() if name != "_permanent"} == {"audience": "commissioner"}


def test_nobody_is_given_a_cookie_for_reading(visitor: FlaskClient) -> None:
    for path in ("/", FAMILY_HELP, "/services.json", "/nowhere"):
        assert "Set-Cookie" not in get(visitor, path).headers


def test_signing_out_forgets(visitor: FlaskClient, provider: Provider) -> None:
    sign_in(visitor, provider)
    assert visitor.post("/sign-out", base_url=SITE).location == "/"
    assert not sees_money(visitor)


def test_a_session_ends_by_itself(make: Make, provider: Provider) -> None:
    visitor = visitor_of(make, provider, minutes=1)
    sign_in(visitor, provider)
    cookie = visitor.get_cookie("__Host-windscreen", domain="help.example.org")
    assert cookie is not None
    serializer = visitor.application.session_interface.get_signing_serializer(visitor.application)  # type: ignore[attr-defined]
    value, signed = serializer.loads(cookie.value, return_timestamp=True)
    assert value["audience"] == "commissioner"
    assert visitor.application.permanent_session_lifetime.total_seconds() == 60
    assert abs(signed.timestamp() - time.time()) < 30
    visitor.set_cookie("__Host-windscreen", old_cookie(serializer, value, age=61), domain="help.example.org", secure=True)
    assert not sees_money(visitor)
    visitor.set_cookie("__Host-windscreen", old_cookie(serializer, value, age=30), domain="help.example.org", secure=True)
    assert sees_money(visitor)


def old_cookie(serializer: Any, value: Any, age: int) -> str:
    """A cookie as it was signed some seconds ago."""

    class Earlier(serializer.signer):  # type: ignore[misc]
        def get_timestamp(self) -> int:
            return int(time.time()) - age

    like = {"salt": serializer.salt, "serializer": serializer.serializer, "signer_kwargs": serializer.signer_kwargs}
    earlier = type(serializer)(serializer.secret_keys, signer=Earlier, **like)
    return str(earlier.dumps(value))


def test_the_highest_of_several_roles_counts_and_a_name_of_an_audience_is_no_role(visitor: FlaskClient, provider: Provider) -> None:
    provider.claims["roles"] = ["family help", "planning", "other"]
    sign_in(visitor, provider)
    with visitor.session_transaction(base_url=SITE) as session:
        assert session["audience"] == "commissioner"
    provider.claims["roles"] = ["commissioner"]
    assert sign_in(visitor, provider).status_code == 403


def test_roles_may_lie_deeper_or_be_one_word(make: Make, provider: Provider) -> None:
    visitor = visitor_of(make, provider, roles_claim="realm_access.roles")
    assert sign_in(visitor, provider).status_code == 403
    provider.claims["realm_access"] = {"roles": "planning"}
    assert sign_in(visitor, provider).status_code == 303


def test_an_account_without_a_known_role_is_told_so_and_stays_outside(visitor: FlaskClient, provider: Provider) -> None:
    provider.claims["roles"] = ["cleaning"]
    told = sign_in(visitor, provider)
    assert told.status_code == 403
    assert "none of the roles that this site knows" in told.get_data(as_text=True)
    assert not sees_money(visitor)


def of_another_key(provider: Provider) -> None:
    provider.sign_with = RSAKey.generate_key(2048, {"kid": "one"})


def unsigned(provider: Provider) -> None:
    provider.unsigned = True


def bent(**changed: Any) -> Callable[[Provider], None]:
    def bend(provider: Provider) -> None:
        provider.bend = lambda claims: claims.update(changed)

    return bend


def without(name: str) -> Callable[[Provider], None]:
    def bend(provider: Provider) -> None:
        provider.bend = lambda claims: claims.pop(name, None)

    return bend


BAD: dict[str, Callable[[Provider], None]] = {
    "signed with another key": of_another_key,
    "not signed": unsigned,
    "for another client": bent(aud="somebody-else"),
    "for two clients, neither of them this one": bent(aud=["a", "b"]),
    "from another issuer": bent(iss="https://evil.example.org"),
    "for another question": bent(nonce="another"),
    "for no question": without("nonce"),
    "for no client": without("aud"),
    "out of date": bent(exp=1_000_000_000, iat=999_999_000),
    "without an end": without("exp"),
}


@pytest.mark.parametrize("how", BAD)
def test_a_word_of_the_provider_that_is_not_right_is_not_taken(how: str, visitor: FlaskClient, provider: Provider) -> None:
    BAD[how](provider)
    told = sign_in(visitor, provider)
    assert told.status_code == 400
    assert "You are not signed in" in told.get_data(as_text=True)
    assert "Zanzibarella" not in told.get_data(as_text=True)
    assert not sees_money(visitor)


def test_a_provider_that_calls_itself_something_else_is_not_taken(visitor: FlaskClient, provider: Provider) -> None:
    provider.says_it_is = "https://evil.example.org"
    provider.bend = lambda claims: claims.update(iss="https://evil.example.org")
    assert get(visitor, "/sign-in").status_code == 503, "it shows before anybody is sent there"
    provider.says_it_is = None
    sent = get(visitor, "/sign-in")
    assert get(visitor, provider.sign_in(str(sent.location))).status_code == 400


def test_an_answer_that_this_browser_did_not_ask_for_is_not_taken(make: Make, visitor: FlaskClient, provider: Provider) -> None:
    address = provider.sign_in(str(get(visitor, "/sign-in").location))
    victim = visitor.application.test_client()
    assert get(victim, address).status_code == 400
    assert not sees_money(victim)
    assert get(visitor, address.replace("state=", "state=x")).status_code == 400


def test_an_answer_cannot_be_used_twice(visitor: FlaskClient, provider: Provider) -> None:
    address = provider.sign_in(str(get(visitor, "/sign-in").location))
    assert get(visitor, address).status_code == 303
    visitor.post("/sign-out", base_url=SITE)
    assert get(visitor, address).status_code == 400
    assert not sees_money(visitor)


def test_a_visitor_who_says_no_at_the_provider_is_told_so(visitor: FlaskClient) -> None:
    get(visitor, "/sign-in")
    assert get(visitor, "/sign-in/return?error=access_denied&error_description=Zanzibarella").status_code == 400
    assert "Zanzibarella" not in get(visitor, "/sign-in/return?error=access_denied&error_description=Zanzibarella").get_data(as_text=True)


def test_a_cookie_that_was_made_up_or_changed_counts_for_nothing(visitor: FlaskClient, provider: Provider) -> None:
    sign_in(visitor, provider)
    cookie = visitor.get_cookie("__Host-windscreen", domain="help.example.org")
    assert cookie is not None
    for value in ("eyJhdWRpZW5jZSI6ImNvbW1pc3Npb25lciJ9.x.y", cookie.value[:-2] + "xx", "commissioner"):
        visitor.set_cookie("__Host-windscreen", value, domain="help.example.org", secure=True)
        assert not sees_money(visitor)


ELSEWHERE = ["https://evil.example.org/", "//evil.example.org", "/\\evil.example.org", "services", "/a\r\nX: 1", "/sign-in"]


@pytest.mark.parametrize("to", ELSEWHERE)
def test_signing_in_leads_nowhere_but_into_this_site(to: str, visitor: FlaskClient, provider: Provider) -> None:
    sent = visitor.get("/sign-in", query_string={"to": to}, base_url=SITE)
    assert get(visitor, provider.sign_in(str(sent.location))).location == "/"


def test_when_the_provider_is_away_reading_goes_on(visitor: FlaskClient, provider: Provider) -> None:
    provider.close()
    told = get(visitor, "/sign-in")
    assert told.status_code == 503
    assert "The sign-in service cannot be reached" in told.get_data(as_text=True)
    assert get(visitor, FAMILY_HELP).status_code == 200


def closed(provider: Provider) -> None:
    provider.close()


def named_otherwise(provider: Provider) -> None:
    provider.says_it_is = "https://evil.example.org"


def of_half_a_description(provider: Provider) -> None:
    provider.leaves_out = ("jwks_uri",)


def at_another_path(provider: Provider) -> None:
    provider.leaves_out = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


CANNOT = {
    closed: ("the provider's description of itself cannot be read", "(ConnectionError)"),
    named_otherwise: ("the provider calls itself something else than WINDSCREEN_OIDC_ISSUER says", "('https://evil.example.org')"),
    of_half_a_description: ("the provider's description of itself is not whole", "(no jwks_uri)"),
    at_another_path: ("the provider calls itself something else than WINDSCREEN_OIDC_ISSUER says", "('')"),
}


@pytest.mark.parametrize(("how", "told"), CANNOT.items(), ids=[how.__name__ for how in CANNOT])
def test_ready_and_the_log_say_that_nobody_can_sign_in_and_the_node_serves(
    how: Callable[[Provider], None], told: tuple[str, str], visitor: FlaskClient, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    how(provider)
    ready = until(visitor, lambda data: data["sign_in"] != "not asked yet")
    assert (ready["ready"], ready["sign_in"]) == (True, told[0])
    get(visitor, "/sign-in")
    lines = [record.getMessage() for record in caplog.records if record.name == "windscreen.admission"]
    assert lines == [
        f"Nobody can sign in: {' '.join(told)}. Asked was {provider.issuer}/.well-known/openid-configuration, by WINDSCREEN_OIDC_ISSUER"
    ]
    assert CLIENT_SECRET not in lines[0]
    assert get(visitor, FAMILY_HELP).status_code == 200


def test_ready_says_that_people_can_sign_in_without_making_anybody_wait(visitor: FlaskClient, provider: Provider, make: Make) -> None:
    assert get(visitor, "/ready").get_json()["sign_in"] in ("not asked yet", "ready")
    until(visitor, lambda data: data["sign_in"] == "ready")
    asked = len(provider.asked)
    get(visitor, "/ready")
    assert len(provider.asked) == asked, "a good description is not asked for again"
    assert "sign_in" not in make().test_client().get("/ready").get_json()


def test_a_provider_that_comes_back_is_taken_at_once(visitor: FlaskClient, provider: Provider) -> None:
    named_otherwise(provider)
    assert get(visitor, "/sign-in").status_code == 503
    provider.says_it_is = None
    assert sign_in(visitor, provider).status_code == 303
    assert get(visitor, "/ready").get_json()["sign_in"] == "ready"


def until(visitor: FlaskClient, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What /ready says once it is as wanted; it is asked beside the serving, so that takes a moment."""
    for _ in range(500):
        told: dict[str, Any] = get(visitor, "/ready").get_json()
        if wanted(told):
            return told
        time.sleep(0.02)
    raise AssertionError(told)


def test_no_log_line_says_who_it_was(visitor: FlaskClient, provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="windscreen"):
        sign_in(visitor, provider)
        provider.claims["roles"] = []
        sign_in(visitor, provider)
    assert [record.getMessage() for record in caplog.records if record.name == "windscreen.admission"] == [
        "A sign-in for commissioners", "A sign-in without a role that is known here",
    ]  # fmt: skip


def test_pages_may_not_be_kept_for_others(visitor: FlaskClient, provider: Provider) -> None:
    for _ in range(2):
        response = get(visitor, "/services")
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in response.headers["Vary"]
        sign_in(visitor, provider)


def test_there_is_nothing_to_sign_in_to_where_no_provider_is_named(make: Make) -> None:
    visitor = make().test_client()
    assert visitor.get("/sign-in").status_code == 404
    assert "Sign in" not in visitor.get("/").get_data(as_text=True)


def test_without_the_extra_the_start_is_refused_in_a_sentence(make: Make, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "authlib.integrations.flask_client", None)
    with pytest.raises(SettingsError, match="Signing in needs the extra 'oidc', which is not installed"):
        visitor_of(make, provider)
