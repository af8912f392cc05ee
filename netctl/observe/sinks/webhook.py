"""A webhook: all that happened since the last call, as JSON, signed so that the receiver knows who calls."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from netctl.credentials.sources import SecretSource, require
from netctl.errors import AlertNotTaken, SinkInvalid
from netctl.model.plain import to_plain
from netctl.model.problems import Alert
from netctl.observe.sinks.wording import Manner, address, headline

SIGNATURE = "X-Netctl-Signature"
MOMENT = "X-Netctl-Timestamp"


@dataclass(frozen=True, slots=True)
class Webhook:
    """One receiver. With a `secret` every call is signed: HMAC-SHA256 over ``TIMESTAMP.BODY``."""

    url: str
    secret: str
    timeout: float
    manner: Manner
    name: str = "webhook"

    def send(self, alerts: Sequence[Alert]) -> None:
        """One call about all of `alerts`; raises `AlertNotTaken` for every answer but 2xx."""
        told = [
            to_plain(alert) | {"text": headline(alert, self.manner.language), "url": address(self.manner.pages, alert)}
            for alert in alerts
        ]
        body = json.dumps({"alerts": told}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "netctl", MOMENT: str(int(time.time()))}
        if self.secret:
            headers[SIGNATURE] = signature(self.secret, headers[MOMENT], body)
        where = urlsplit(self.url).hostname or ""
        try:
            with requests.Session() as session:
                session.trust_env = False  # no proxy and no .netrc of whoever runs the observer
                answer: Any = session.post(
                    self.url, data=body, headers=headers, timeout=self.timeout, allow_redirects=False
                )
        except requests.RequestException as error:
            raise AlertNotTaken(f"webhook: {type(error).__name__}", where=where) from error
        if not answer.ok or answer.is_redirect:
            raise AlertNotTaken(f"webhook: it answered {answer.status_code}", where=where)


def webhook_sink(url: str, reference: str, secrets: SecretSource, timeout: float, manner: Manner) -> Webhook:
    """The receiver at an http or https URL; raises `SinkInvalid`, or `SecretMissing` for a reference to nothing."""
    wrong = SinkInvalid("alert_webhook is no http or https URL, or holds a password", where="alert_webhook")
    try:
        found = urlsplit(url)
        port = found.port
    except ValueError:
        raise wrong from None
    if found.scheme not in ("http", "https") or not found.hostname or port == 0 or found.password:
        raise wrong
    secret = require(secrets, reference, where="alert_webhook_secret") if reference else ""
    return Webhook(url, secret, timeout, manner)


def signature(secret: str, moment: str, body: bytes) -> str:
    """``sha256=`` and the HMAC that a receiver computes as well, and compares in constant time."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
