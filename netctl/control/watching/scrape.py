"""Who may read /metrics: this host itself, or whoever knows the token that the settings name."""

from __future__ import annotations

import secrets
from ipaddress import ip_address

from netctl.credentials import open_source
from netctl.credentials.sources import require
from netctl.settings import Settings

__all__ = ["may_scrape"]


def may_scrape(settings: Settings, *, address: str, token: str) -> bool:
    """True for a reader with the token, and for this host where no proxy stands in front.

    Behind a proxy every request comes from the proxy's address, so that one proves nothing. Raises `SecretMissing`
    where the settings name a token that is nowhere.
    """
    if token and settings.metrics_secret:
        expected = require(open_source(settings), settings.metrics_secret, where="metrics_secret")
        return secrets.compare_digest(expected.encode(), token.encode())
    behind_a_proxy = bool(settings.public_url) and not settings.tls_certificate
    return not behind_a_proxy and _is_this_host(address)


def _is_this_host(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
