"""The OpenID provider that the settings name: how it describes itself, where it sends people, what it says of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from netctl.errors import DirectoryRefused, DirectoryUnavailable
from netctl.model.accounts import Somebody
from netctl.model.moments import Clock, stamp
from netctl.web.oidc.journey import Journey
from netctl.web.oidc.token import UnknownKey, claims_of

_PATIENCE = (5, 10)  # seconds to connect, and to wait for an answer
_LARGEST = 1 << 20  # bytes of an answer
_KEPT = timedelta(minutes=10)  # how long what a provider says of itself is believed without asking again
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Provider:
    """One provider and who we are there; may be shared by threads."""

    def __init__(self, issuer: str, client: str, secret: str, *, name_claim: str, clock: Clock) -> None:
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._name_claim = name_claim
        self._clock = clock
        self._turn = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._asked_at = datetime.min.replace(tzinfo=UTC)

    def way_there(self, journey: Journey, back: str, *, fresh_seconds: int) -> str:
        """Where the browser goes to sign in; `back` is the address it comes back to.

        Of somebody who proves it again the provider asks the password whatever it knows; `max_age` makes it tell when.
        """
        extra: dict[str, str] = {"nonce": journey.nonce}
        if journey.again:
            extra |= {"prompt": "login", "max_age": str(fresh_seconds)}
        with self._session(back) as session:
            url, _ = session.create_authorization_url(
                self._described()["authorization_endpoint"],
                state=journey.state,
                code_verifier=journey.verifier,
                **extra,
            )
        return str(url)

    def came_back(self, journey: Journey, arguments: Mapping[str, str], back: str) -> Somebody:
        """Who signed in, from the arguments the browser came back with; raises `DirectoryRefused`."""
        described = self._described()
        if arguments.get("state", "") != journey.state:
            raise DirectoryRefused("the answer is not to the question this browser asked (state)")
        if arguments.get("iss", self.issuer) != self.issuer:  # RFC 9207
            raise DirectoryRefused("the answer is another provider's (iss)")
        if "error" in arguments:
            raise DirectoryRefused(f"the provider says {arguments['error'][:60]!r}")
        if not arguments.get("code"):
            raise DirectoryRefused("the provider gave no code")
        token = self._token(described["token_endpoint"], arguments["code"], journey, back)
        claims = self._claims(token, journey.nonce)
        name = claims.get(self._name_claim) or self._asked_for(token, claims["sub"]).get(self._name_claim)
        told = claims.get("auth_time")
        return Somebody(
            issuer=self.issuer,
            subject=str(claims["sub"]),
            name=name if isinstance(name, str) else "",
            authenticated_at=stamp(datetime.fromtimestamp(told, UTC)) if isinstance(told, int | float) else "",
        )

    def way_out(self, back: str) -> str:
        """Where the browser goes to sign out there, too; `back` where the provider has no such place."""
        place = self._described().get("end_session_endpoint", "")
        if not isinstance(place, str) or not _is_safe(place):
            return back
        query = urlencode({"client_id": self._client, "post_logout_redirect_uri": back})
        return f"{place}{'&' if '?' in place else '?'}{query}"

    def _token(self, endpoint: str, code: str, journey: Journey, back: str) -> dict[str, Any]:
        try:
            with self._session(back) as session:
                found: dict[str, Any] = session.fetch_token(
                    endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=journey.verifier,
                    allow_redirects=False,
                    timeout=_PATIENCE,
                )
        except (requests.RequestException, ValueError) as error:
            raise DirectoryUnavailable("its token endpoint does not answer as it should", where=self.issuer) from error
        except AuthlibBaseError as error:
            raise DirectoryRefused(f"the provider does not take the code: {str(error)[:120]}") from error
        return found

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        """The claims of an ID token that holds; where its key is new, the provider's keys are read once more."""
        for again in (False, True):
            keys = self._keys_now(again=again)
            with suppress(UnknownKey):
                return claims_of(token, keys, issuer=self.issuer, client=self._client, nonce=nonce, now=self._clock())
        raise DirectoryRefused("its ID token names a key the provider does not have")

    def _asked_for(self, token: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        """What the provider tells of the same person when asked, where the ID token holds less than that."""
        place, access = self._described().get("userinfo_endpoint", ""), token.get("access_token", "")
        if not isinstance(place, str) or not _is_safe(place) or not isinstance(access, str):
            return {}
        found = self._read(place, {"Authorization": f"Bearer {access}"})
        if found.get("sub") != subject:  # OpenID Connect Core 1.0, 5.3.2
            raise DirectoryRefused("what the provider tells of the person is about another one (sub)")
        return found

    def _session(self, back: str) -> Any:
        return OAuth2Session(
            client_id=self._client,
            client_secret=self._secret or None,
            token_endpoint_auth_method=self._method(),
            scope="openid profile",
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _method(self) -> str:
        """How we say who we are at the token endpoint: by what the provider takes, the header first."""
        if not self._secret:
            return "none"
        taken = self._described().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"

    def _described(self) -> dict[str, Any]:
        with self._turn:
            if not self._metadata or self._clock() - self._asked_at > _KEPT:
                self._metadata = self._ask_for_description()
                self._keys, self._asked_at = None, self._clock()
            return self._metadata

    def _ask_for_description(self) -> dict[str, Any]:
        if not _is_safe(self.issuer):
            raise DirectoryUnavailable("`oidc_issuer` must be an https address", where=self.issuer)
        found = self._read(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise DirectoryUnavailable("the provider gives itself another name", where=self.issuer)
        for name in _ENDPOINTS:
            if not isinstance(found.get(name), str) or not _is_safe(found[name]):
                raise DirectoryUnavailable(f"its {name} is not an https address", where=self.issuer)
        return found

    def _keys_now(self, *, again: bool = False) -> KeySet:
        place = self._described()["jwks_uri"]
        with self._turn:
            if self._keys is None or again:
                try:
                    self._keys = KeySet.import_key_set(self._read(place))  # type: ignore[arg-type]  # whatever it is
                except (JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
                    raise DirectoryUnavailable("its keys cannot be read", where=place) from error
            return self._keys

    def _read(self, url: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        try:
            with requests.get(
                url, headers=dict(headers or {}), timeout=_PATIENCE, allow_redirects=False, stream=True
            ) as answer:
                body = answer.raw.read(_LARGEST + 1, decode_content=True)
                if answer.status_code != 200 or len(body) > _LARGEST:
                    raise DirectoryUnavailable(f"it answered with status {answer.status_code}", where=url)
                found = json.loads(body)
        except (requests.RequestException, OSError, ValueError) as error:
            raise DirectoryUnavailable("it cannot be read", where=url) from error
        if not isinstance(found, dict):
            raise DirectoryUnavailable("it holds no object", where=url)
        return found


def _is_safe(url: str) -> bool:
    """True for https, and for plain HTTP that does not leave this host."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
