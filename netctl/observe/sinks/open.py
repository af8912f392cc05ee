"""The sinks that this installation's settings name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from netctl.credentials.sources import SecretSource
from netctl.errors import SinkInvalid
from netctl.model.problems import SEVERITIES, Alert
from netctl.observe.sinks.mail import mail_sink
from netctl.observe.sinks.syslog import syslog_sink
from netctl.observe.sinks.webhook import webhook_sink
from netctl.observe.sinks.wording import manner
from netctl.settings import Settings

SINKS = ("syslog", "mail", "webhook")


class Sink(Protocol):
    """One place outside that is told of problems."""

    @property
    def name(self) -> str:
        """One of `SINKS`."""
        raise NotImplementedError

    def send(self, alerts: Sequence[Alert]) -> None:
        """Tell all of `alerts`, or raise `AlertNotTaken`; never takes longer than the sink's deadline."""
        raise NotImplementedError


def open_sinks(settings: Settings, secrets: SecretSource) -> tuple[Sink, ...]:
    """Every sink that is set; raises `SinkInvalid` for one that cannot be, `SecretMissing` where its secret is not."""
    if settings.alert_severity not in SEVERITIES:
        told = f"alert_severity is {settings.alert_severity!r}"
        raise SinkInvalid(told, hint=f"one of {', '.join(SEVERITIES)}")
    how, timeout = manner(settings), settings.alert_timeout
    found: list[Sink] = []
    if settings.alert_syslog:
        found.append(syslog_sink(settings.alert_syslog, timeout, how.language))
    if settings.alert_mail:
        found.append(mail_sink(settings.alert_mail, secrets, timeout, how))
    if settings.alert_webhook:
        reference = settings.alert_webhook_secret
        found.append(webhook_sink(settings.alert_webhook, reference, secrets, timeout, how))
    return tuple(found)
