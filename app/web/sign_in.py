"""Signing in with the provider of a deployment, by OpenID Connect: what a visitor may see beyond what everybody here may."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, redirect, render_template, request, session

from app.access import Provider
from app.model import AUDIENCE_WORDS
from app.settings import Settings, SettingsError
from app.web.admission import admission
from app.web.discovery import Discovery, ProviderProblem, discovery_of

COOKIE = "__Host-windscreen"
"""The name tells browsers to take it only by TLS, for this very host, and for all of it."""

SECONDS_TO_WAIT = 10
"""How long the provider may take to answer."""

CLOCKS_DIFFER = 60
"""By how many seconds the provider's clock may differ from ours."""

bp = Blueprint("sign_in", __name__)

log = logging.getLogger("windscreen.admission")


def init_app(app: Flask, settings: Settings) -> None:
    """Offer to sign in, if the deployment names a provider. Raises SettingsError when the extra `oidc` is not installed."""
    provider = settings.access.provider
    if provider is None:
        return
    try:
        from authlib.integrations.flask_client import OAuth  # a second to import, and only few deployments need it
    except ImportError:
        raise SettingsError("Signing in needs the extra 'oidc', which is not installed; docs/audiences.md says how") from None
    app.secret_key = settings.secret
    app.config.update(
        SESSION_COOKIE_NAME=COOKIE, SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/", SESSION_REFRESH_EACH_REQUEST=False, PERMANENT_SESSION_LIFETIME=timedelta(minutes=provider.minutes),
    )  # fmt: skip
    client = app.extensions["windscreen-provider"] = OAuth(app).register(
        "provider",
        client_id=provider.client,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": provider.scopes, "code_challenge_method": "S256", "default_timeout": SECONDS_TO_WAIT},
    )
    app.extensions["windscreen-discovery"] = Discovery(client, provider.issuer)
    app.register_blueprint(bp)


@bp.get("/sign-in")
def begin() -> Response:
    """Send the visitor to the provider, with what must come back from there: state, nonce, and a challenge."""
    session.clear()
    session["to"] = _ours(request.args.get("to", "/"))
    try:
        _description()
        sent: Response = current_app.extensions["windscreen-provider"].authorize_redirect(f"{_provider().address}/sign-in/return")
    except Exception as error:  # the library passes on whatever its own libraries raise
        if not isinstance(error, ProviderProblem):  # which is in the log already
            log.error("The provider of sign-in cannot be asked (%s)", type(error).__name__)
        session.clear()
        words = "Try again in a while. Without signing in you see what everybody sees here."
        return _page("The sign-in service cannot be reached", words, 503)
    return sent


@bp.get("/sign-in/return")
def come_back() -> Response:
    """Take what the provider says, once its signature, its addressee, state and nonce are right, and keep only the audience."""
    to = _ours(str(session.get("to", "/")))
    try:
        claims = _claims()
    except Exception as error:  # what is wrong with it must not be told to whoever sent it
        log.warning("A sign-in was not taken (%s)", type(error).__name__)
        session.clear()
        return _page("You are not signed in", "The sign-in was not completed, was left open for too long, or did not come from here.", 400)
    session.clear()
    audience = admission().access.audience_of(_roles(claims, _provider().roles_claim), names_count=False)
    if audience is None:
        log.info("A sign-in without a role that is known here")
        words = "Your account has none of the roles that this site knows. You see what everybody sees here; ask whoever runs it."
        return _page("You are not signed in", words, 403)
    session["audience"] = audience
    session.permanent = True
    log.info("A sign-in for %s", AUDIENCE_WORDS[audience])
    return make_response(redirect(to, code=303))


@bp.post("/sign-out")
def end() -> Response:
    """Forget the visitor; other sites cannot send this form, because the cookie does not come along from there."""
    session.clear()
    return make_response(redirect("/", code=303))


def _provider() -> Provider:
    provider = admission().access.provider
    assert provider is not None  # noqa: S101 (these pages are there only where one is named)
    return provider


def _description() -> dict[str, Any]:
    """What the provider says of itself. Raises ProviderProblem when it is not there, or is not the one that the settings name."""
    found = discovery_of(current_app)
    assert found is not None  # noqa: S101 (these pages are there only where a provider is named)
    return found.read()


def _claims() -> dict[str, Any]:
    """What the provider says of the visitor. Raises whatever the library finds wrong with it."""
    client, provider = current_app.extensions["windscreen-provider"], _provider()
    wanted = {
        "iss": {"essential": True, "value": _description()["issuer"]},
        "aud": {"essential": True, "value": provider.client},
        "nonce": {"essential": True},
    }
    token = client.authorize_access_token(claims_options=wanted, leeway=CLOCKS_DIFFER)
    return dict(token["userinfo"])


def _roles(claims: dict[str, Any], claim: str) -> list[str]:
    """The roles in a claim; a full stop in its name leads inwards, as in `realm_access.roles`."""
    found: Any = claims
    for name in [claim] if claim in claims else claim.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    words = found if isinstance(found, list) else [found]
    return [word for word in words if isinstance(word, str)]


def _ours(address: str) -> str:
    """An address of this site, or the first page: nobody is sent to another site from here."""
    good = address.startswith("/") and not address.startswith(("//", "/\\", "/sign-in")) and address.isprintable() and len(address) < 2000
    return address if good else "/"


def _page(heading: str, words: str, status: int) -> Response:
    return make_response(render_template("error.html", heading=heading, explanation=words, suggestions=[]), status)
