"""An ID token that is believed: signed by the provider's key, for us, for this question, now.

OpenID Connect Core 1.0, 3.1.3.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from netctl.errors import DirectoryRefused

# Signed with a key only the provider has: no `none`, and no HMAC, with which everybody who can check could sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
LEEWAY = 60  # seconds that two clocks may differ by
_LONGEST = 64_000


class UnknownKey(Exception):
    """The token names a key that the provider had not when its keys were read."""


def claims_of(
    token: Mapping[str, Any], keys: KeySet, *, issuer: str, client: str, nonce: str, now: datetime
) -> Mapping[str, Any]:
    """The claims of the ID token in an answer; raises `UnknownKey`, or `DirectoryRefused` naming what does not hold."""
    text = token.get("id_token")
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise DirectoryRefused("the provider gave no ID token")
    options = {
        "iss": {"essential": True, "value": issuer},
        "sub": {"essential": True, "allow_blank": False},
        "aud": {"essential": True, "value": client},
        "exp": {"essential": True},
        "iat": {"essential": True},
        "nonce": {"essential": True, "value": nonce},
    }
    params = {"nonce": nonce, "client_id": client, "access_token": token.get("access_token")}
    try:
        read = jwt.decode(text, keys, registry=JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False))
        claims = CodeIDToken(read.claims, read.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    except InvalidKeyIdError as error:
        raise UnknownKey("its ID token names a key the provider does not have") from error
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise DirectoryRefused(f"its ID token does not hold: {type(error).__name__}, {str(error)[:120]}") from error
    if not isinstance(claims["sub"], str):
        raise DirectoryRefused("its ID token does not hold: the subject is no text")
    return dict(claims)
