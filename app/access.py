"""Who is told more than others, by the settings of a deployment: through a proxy that is trusted, or by signing in with a provider."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

Audience = Literal["public", "practitioner", "commissioner"]

AUDIENCES: tuple[Audience, ...] = ("public", "practitioner", "commissioner")
"""From the one that sees least to the one that sees most."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
LONGEST_SESSION = 12 * 60
WELL_KNOWN = "/.well-known/"
"""Where a provider describes itself, below its issuer; people copy the whole of it."""

PROVIDER = ("WINDSCREEN_OIDC_ISSUER", "WINDSCREEN_OIDC_CLIENT_ID", "WINDSCREEN_OIDC_CLIENT_SECRET")


class AccessProblem(Exception):
    """A setting of access is wrong or missing; the message is a sentence that says which, and what it may be."""


@dataclass(frozen=True)
class Proxy:
    """A proxy in front of the site whose word is taken: from which addresses, in which header."""

    networks: tuple[Network, ...]
    header: str

    def is_from(self, address: str | None) -> bool:
        """Whether a request that came from this address came through the proxy."""
        try:
            peer = ipaddress.ip_address((address or "").partition("%")[0])
        except ValueError:
            return False
        known = [peer, peer.ipv4_mapped] if isinstance(peer, ipaddress.IPv6Address) and peer.ipv4_mapped else [peer]
        return any(each in network for each in known for network in self.networks)


@dataclass(frozen=True)
class Provider:
    """A provider of OpenID Connect with which visitors sign in, and what it calls their roles."""

    issuer: str
    client: str
    client_secret: str = field(repr=False)
    roles_claim: str
    scopes: str
    address: str
    minutes: int


@dataclass(frozen=True)
class Access:
    """By what a visitor can be told more than one without any claim.

    `roles` are the words of a header or of a claim that stand for an audience; the names of the audiences always stand for themselves
    in a header.
    """

    proxy: Proxy | None = None
    provider: Provider | None = None
    roles: tuple[tuple[str, Audience], ...] = ()

    @property
    def varies(self) -> bool:
        """Whether two visitors may be shown different things at one address."""
        return self.proxy is not None or self.provider is not None

    def audience_of(self, words: Iterable[str], *, names_count: bool) -> Audience | None:
        """The highest audience that any of these words stands for, or None; `names_count` when an audience's own name is such a word."""
        known: dict[str, Audience] = dict(self.roles)
        if names_count:
            known = {**{name: name for name in AUDIENCES}, **known}
        found = [known[word] for word in words if word in known]
        return max(found, key=AUDIENCES.index, default=None)


def access(secret: str) -> Access:
    """What the environment says; `secret` is the key that signs, which signing in needs.

    `WINDSCREEN_TRUSTED_PROXIES` lists addresses and networks whose `WINDSCREEN_PROXY_HEADER` (X-Windscreen-Audience) is believed.
    `WINDSCREEN_ROLES` maps words of that header, or roles of the provider, to audiences: `family-help=practitioner, planning=commissioner`.
    `WINDSCREEN_OIDC_ISSUER`, `_CLIENT_ID` and `_CLIENT_SECRET` name the provider, with `WINDSCREEN_ADDRESS`, the address of this site;
    `_ROLES_CLAIM` (roles), `_SCOPES` (openid) and `WINDSCREEN_SESSION_MINUTES` (60) can be given. Raises AccessProblem.
    """
    roles = _roles()
    provider = _provider(secret)
    if provider and not roles:
        raise AccessProblem("WINDSCREEN_ROLES is missing; it says which role of the provider is which audience: 'planning=commissioner'")
    return Access(_proxy(), provider, roles)


def audience_named(name: str, given: str) -> Audience:
    """The audience that a setting of this name says. Raises AccessProblem when it says something else."""
    for audience in AUDIENCES:
        if given == audience:
            return audience
    raise AccessProblem(f"{name} says '{given[:60]}'; it must be one of {', '.join(AUDIENCES)}")


def _listed(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def _roles() -> tuple[tuple[str, Audience], ...]:
    found: dict[str, Audience] = {}
    for pair in _listed("WINDSCREEN_ROLES"):
        role, equals, audience = (part.strip() for part in pair.rpartition("="))
        if not equals or not role:
            raise AccessProblem(f"WINDSCREEN_ROLES holds '{pair[:60]}'; write role=audience, separated by commas: 'planning=commissioner'")
        if role in found:
            raise AccessProblem(f"WINDSCREEN_ROLES names the role '{role[:60]}' twice; it can stand for one audience")
        found[role] = audience_named(f"WINDSCREEN_ROLES for '{role[:60]}'", audience)
    return tuple(found.items())


def _proxy() -> Proxy | None:
    named = _listed("WINDSCREEN_TRUSTED_PROXIES")
    header = os.environ.get("WINDSCREEN_PROXY_HEADER", "")
    if not named:
        if header:
            raise AccessProblem("WINDSCREEN_PROXY_HEADER is given, but not by WINDSCREEN_TRUSTED_PROXIES whose word is taken")
        return None
    if header and not HEADER_NAME.fullmatch(header):
        raise AccessProblem(f"WINDSCREEN_PROXY_HEADER is '{header[:60]}'; write a header's name, such as X-Windscreen-Audience")
    return Proxy(tuple(map(_network, named)), header or "X-Windscreen-Audience")


def _network(word: str) -> Network:
    try:
        network = ipaddress.ip_network(word)
    except ValueError:
        raise AccessProblem(
            f"WINDSCREEN_TRUSTED_PROXIES holds '{word[:60]}'; write addresses or networks, such as 10.0.0.5 or 10.1.0.0/24"
        ) from None
    if network.prefixlen == 0:
        raise AccessProblem(f"WINDSCREEN_TRUSTED_PROXIES holds '{word}', which is everybody; name the proxy's own addresses")
    return network


def _provider(secret: str) -> Provider | None:
    given = {name: os.environ.get(name, "") for name in PROVIDER}
    missing = [name for name, value in given.items() if not value]
    if not any(os.environ.get(name) for name in os.environ if name.startswith("WINDSCREEN_OIDC_")):
        return None
    if not secret:
        missing.append("WINDSCREEN_SECRET")
    if not os.environ.get("WINDSCREEN_ADDRESS"):
        missing.append("WINDSCREEN_ADDRESS")
    if missing:
        raise AccessProblem(f"Signing in needs {' and '.join(missing)} as well; give all of it or no WINDSCREEN_OIDC setting")
    issuer, client, client_secret = given.values()
    if WELL_KNOWN in issuer:
        raise AccessProblem(
            f"WINDSCREEN_OIDC_ISSUER holds '{WELL_KNOWN}'; leave it and what follows out: it is added when the provider is asked"
        )
    return Provider(
        issuer=_safe_address("WINDSCREEN_OIDC_ISSUER", issuer),
        client=client,
        client_secret=client_secret,
        roles_claim=os.environ.get("WINDSCREEN_OIDC_ROLES_CLAIM", "roles"),
        scopes=_scopes(),
        address=_address_of_the_site(os.environ["WINDSCREEN_ADDRESS"]),
        minutes=_minutes(),
    )


def _safe_address(name: str, given: str) -> str:
    """An address without its last slash: https, or http on this very machine."""
    try:
        parts = urlsplit(given)
        local = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
        parts.port  # noqa: B018 - raises ValueError for one that is none
        clean = given.isprintable() and " " not in given and "//" not in parts.path
        good = parts.hostname and clean and (parts.scheme == "https" or local) and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        good = False
    if not good:
        raise AccessProblem(f"{name} is '{given[:100]}'; it must be a whole address that begins with https://")
    return given.rstrip("/")


def _address_of_the_site(given: str) -> str:
    """The same for the site, which begins at the root of its host: the return from the provider and its cookie lead there."""
    address = _safe_address("WINDSCREEN_ADDRESS", given)
    if urlsplit(address).path:
        raise AccessProblem(f"WINDSCREEN_ADDRESS is '{given[:100]}'; it must end with the host's name or port: a site begins at its root")
    return address


def _scopes() -> str:
    scopes = os.environ.get("WINDSCREEN_OIDC_SCOPES", "openid").split()
    if "openid" not in scopes:
        raise AccessProblem(f"WINDSCREEN_OIDC_SCOPES is '{' '.join(scopes)[:60]}'; it must hold openid")
    return " ".join(scopes)


def _minutes() -> int:
    given = os.environ.get("WINDSCREEN_SESSION_MINUTES", "60")
    if not re.fullmatch(r"[0-9]{1,4}", given) or not 1 <= int(given) <= LONGEST_SESSION:
        raise AccessProblem(f"WINDSCREEN_SESSION_MINUTES is '{given[:20]}'; it must be a number from 1 to {LONGEST_SESSION}")
    return int(given)
