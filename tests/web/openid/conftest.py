"""A provider that runs, one that lies, and an installation of netctl that believes neither more than it should."""

import importlib.util
import json
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey
from ports import free_port
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from web.openid.provider import CLIENT, SECRET

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def provider():
    """The issuer of a real provider."""
    if importlib.util.find_spec("canaille") is None:
        pytest.skip("needs Canaille, the OpenID provider")
    port = free_port()
    command = [sys.executable, HERE / "provider.py", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        yield f"http://localhost:{port}"
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


@pytest.fixture
def joined(install, monkeypatch):
    """Makes an installation that signs people in through the provider with this issuer."""
    monkeypatch.setenv("NETCTL_SECRET_WEB_OIDC", SECRET)

    def one(issuer, **settings):
        return install(oidc_issuer=issuer, oidc_client=CLIENT, oidc_secret="web/oidc", oidc_label="Office", **settings)

    return one


class Person:
    """Somebody at two windows of one browser: the pages of netctl and those of the provider."""

    def __init__(self, installation, name: str, password: str) -> None:
        self.pages = installation.app.test_client()
        self.pages.set_cookie("netctl-language", "en")
        self.provider = requests.Session()
        self.name, self.password = name, password

    def go(self, path="/signin/oidc?next=/help") -> str:
        """Begin at netctl and follow the provider's pages; returns the address it sends the browser back to."""
        answer = self.provider.get(self.pages.get(path).location, allow_redirects=False, timeout=20)
        for _ in range(10):
            place = answer.headers.get("Location", "")
            if place.startswith("http://localhost/"):
                return place
            if place:
                answer = self.provider.get(
                    requests.compat.urljoin(answer.url, place), allow_redirects=False, timeout=20
                )
                continue
            asked = {"login": self.name} if 'name="login"' in answer.text else {"password": self.password}
            answer = self.provider.post(answer.url, data=asked, allow_redirects=False, timeout=20)
        raise AssertionError(f"the provider stopped at {answer.url}")

    def come_back(self, place: str):
        """Back at netctl with what the provider says."""
        parts = urlsplit(place)
        return self.pages.get(f"{parts.path}?{parts.query}")

    def sign_in(self, path="/signin/oidc?next=/help"):
        return self.come_back(self.go(path))


@pytest.fixture
def person():
    return Person


@cache
def key_named(kid: str) -> RSAKey:
    """A key pair; making one takes a while, so all tests share it."""
    return RSAKey.generate_key(2048, {"kid": kid})


class Liar:
    """A provider that says what a test wants it to, over real HTTP."""

    def __init__(self) -> None:
        self.issuer = f"http://localhost:{free_port()}"
        self.key = key_named("one")
        self.token = {}
        self.described = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["none", "HS256", "RS256"],
        }
        self.keys = {"keys": [self.key.as_dict(private=False)]}
        self.person = {}
        self.asked = []

    def says(self, claims, *, key=None, kid="one") -> None:
        """The next ID token, signed."""
        self.says_text(jwt.encode({"alg": "RS256", "kid": kid}, claims, key or self.key))

    def says_text(self, text) -> None:
        """The next ID token as it is."""
        self.token = {"access_token": "a", "token_type": "Bearer", "id_token": text}

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.asked.append(request.path)
        told = {"/.well-known/openid-configuration": self.described, "/token": self.token, "/keys": self.keys}
        told |= {"/userinfo": self.person}
        return Response(json.dumps(told[request.path]), mimetype="application/json")(environ, start_response)


@pytest.fixture
def liar():
    liar = Liar()
    server = make_server("localhost", urlsplit(liar.issuer).port, liar, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield liar
    server.shutdown()
    thread.join()
    server.server_close()


def question_of(client, path="/signin/oidc?next=/help") -> dict[str, str]:
    """What a browser that goes to the provider takes along."""
    return {key: values[0] for key, values in parse_qs(urlsplit(client.get(path).location).query).items()}
