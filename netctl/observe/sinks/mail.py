"""Mail: one message for all that happened since the last one, to a relay over SMTP (RFC 5321)."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from netctl.credentials.sources import SecretSource, require
from netctl.errors import AlertNotTaken, SinkInvalid
from netctl.model.problems import SEVERITIES, Alert
from netctl.observe.sinks.wording import Manner, address, headline, symptom
from netctl.words.catalogue import say

_HINT = 'such as "smtp://relay.example:25?from=netctl@noc.example&to=noc@noc.example&starttls=1"'
_WHOLE = 30  # alerts that one message tells with their symptoms; of more it gives the headlines
_OPTIONS = frozenset({"from", "to", "starttls", "secret"})


@dataclass(frozen=True, slots=True)
class Mail:
    """One relay, and whom to write to. `password` is only there with a `user`."""

    host: str
    port: int
    sender: str
    receivers: tuple[str, ...]
    timeout: float
    manner: Manner
    starttls: bool = False
    user: str = ""
    password: str = ""
    name: str = "mail"

    def send(self, alerts: Sequence[Alert]) -> None:
        """One message about all of `alerts`; raises `AlertNotTaken`."""
        message = mail_message(alerts, self.sender, self.receivers, self.manner)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as relay:
                if self.starttls:
                    relay.starttls(context=ssl.create_default_context())
                if self.user:
                    relay.login(self.user, self.password)
                relay.send_message(message, self.sender, self.receivers)
        except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors
            raise AlertNotTaken(f"mail: {error}", where=f"{self.host}:{self.port}") from error


def mail_sink(text: str, secrets: SecretSource, timeout: float, manner: Manner) -> Mail:
    """``smtp://[USER@]HOST[:PORT]?from=…&to=…[&to=…][&starttls=1][&secret=REFERENCE]``; raises `SinkInvalid`."""
    try:
        url = urlsplit(text)
        port = url.port or 25
        options = parse_qs(url.query, strict_parsing=True)
    except ValueError as error:
        raise SinkInvalid(f"alert_mail cannot be read: {error}", hint=_HINT) from error
    senders, receivers = options.get("from", []), tuple(options.get("to", ()))
    addresses = [*senders, *receivers]
    if url.scheme != "smtp" or not url.hostname or len(senders) != 1 or not receivers or options.keys() - _OPTIONS:
        raise SinkInvalid("alert_mail needs a relay, one `from` and a `to`", hint=_HINT)
    if url.password or not all("@" in each and each.isprintable() and " " not in each for each in addresses):
        raise SinkInvalid("alert_mail holds a password, or what is no address", hint=_HINT)
    user, reference = unquote(url.username or ""), options.get("secret", [""])[0]
    password = require(secrets, reference, where="alert_mail") if user else ""
    starttls = options.get("starttls", ["0"])[0] == "1"
    if user and not starttls:
        raise SinkInvalid("alert_mail would say a password in clear", hint="add `starttls=1`")
    return Mail(url.hostname, port, senders[0], receivers, timeout, manner, starttls, user, password)


def mail_message(alerts: Sequence[Alert], sender: str, receivers: Sequence[str], manner: Manner) -> EmailMessage:
    """A message that says in its subject what is worst, and below all of it."""
    ordered = sorted(alerts, key=lambda alert: (alert.event == "closed", SEVERITIES.index(alert.severity)))
    language = manner.language
    worst = headline(ordered[0], language)[:150]
    more = len(ordered) - 1
    message = EmailMessage()
    message["From"], message["To"] = sender, ", ".join(receivers)
    message["Subject"] = f"[netctl] {say(language, 'alerts-more', headline=worst, count=more) if more else worst}"
    message["Content-Language"] = language
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
    told = [
        _paragraph(alert, manner) if place < _WHOLE else headline(alert, language)
        for place, alert in enumerate(ordered)
    ]
    message.set_content("\n\n".join(told) + "\n")
    return message


def _paragraph(alert: Alert, manner: Manner) -> str:
    language = manner.language
    lines = [headline(alert, language), f"  {say(language, 'alerts-since', at=manner.moment(alert.opened_at))}"]
    lines += [f"  {address(manner.pages, alert)}"] if manner.pages else []
    lines += [f"  - {symptom(each, language)}" for each in alert.symptoms]
    rest = alert.symptom_count - len(alert.symptoms)
    return "\n".join([*lines, f"  {say(language, 'alerts-rest', count=rest)}"] if rest > 0 else lines)
