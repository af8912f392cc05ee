"""Signing in through an OpenID provider: what the provider says of itself and of people, and the way there and back.

OpenID Connect Core 1.0, code flow, with PKCE (RFC 7636) and the checks of RFC 9700.
"""

from netctl.web.oidc.journey import Journey
from netctl.web.oidc.provider import Provider

__all__ = ["Journey", "Provider"]
