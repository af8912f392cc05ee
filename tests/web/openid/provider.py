"""A real OpenID provider in a process of its own: Canaille, with one client and two people. Run by `conftest.py`.

It is given a free port and says ``ready`` once it answers; it ends when its standard input does.
"""

import logging
import os
import sys
import threading
import uuid
import warnings

CLIENT, SECRET = "netctl", "a client's secret of thirty-two letters"
PASSWORDS = {"aiko": "correct horse battery staple", "mallory": "another horse battery staple"}
BACK = "http://localhost/signin/oidc/back"


def configuration(port: int) -> dict:
    from joserfc.jwk import JWKRegistry

    key = JWKRegistry.generate_key("RSA", 2048)
    key.ensure_kid()
    return {
        "TESTING": True,
        "ENV_FILE": None,
        "SECRET_KEY": str(uuid.uuid4()),
        "WTF_CSRF_ENABLED": False,  # of the provider's own forms, which the test fills in without a browser
        "PREFERRED_URL_SCHEME": "http",
        "SERVER_NAME": f"localhost:{port}",
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "TRUSTED_DOMAINS": ["localhost"],  # nobody is asked for consent
            "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc"]}},
        },
        "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
    }


def fill(app) -> None:
    from canaille.app import models
    from canaille.backends import Backend

    with app.app_context():
        for name, password in PASSWORDS.items():
            user = models.User(user_name=name, display_name=name, family_name=name.title(), password=password)
            user.emails = [f"{name}@login.example"]
            Backend.instance.save(user)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="netctl",
            client_uri="http://localhost",
            redirect_uris=[BACK],
            post_logout_redirect_uris=["http://localhost/signin"],
            token_endpoint_auth_method="client_secret_basic",
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile"],
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)


def main() -> None:
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    from canaille import create_app
    from werkzeug.serving import make_server

    port = int(sys.argv[1])
    app = create_app(configuration(port))
    fill(app)
    server = make_server("localhost", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
