"""Syslog in the form of RFC 5424: to a local daemon's socket, over UDP (RFC 5426) or over TCP (RFC 6587)."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from netctl.errors import AlertNotTaken, SinkInvalid
from netctl.model.problems import Alert
from netctl.observe.sinks.wording import headline
from netctl.words.catalogue import Language

_DAEMON = 3  # the facility
_LEVELS = {"high": 2, "medium": 4, "low": 5, "info": 6}  # critical, warning, notice, informational
_ENDED = 5

# Parameters that no standard names need the number of an enterprise; this one is for documentation (RFC 5612).
_ELEMENT = "netctl@32473"
_BOM = b"\xef\xbb\xbf"  # says that the text is UTF-8
_LONGEST = 2000  # of a datagram: every receiver takes 2048 octets (RFC 5424 section 6.1)
_FORM = re.compile(r"(?P<way>udp|tcp):(?:\[(?P<v6>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[^:\[\]/\s]+)):(?P<port>[0-9]{1,5})\Z")
_PORTS = 65535


@dataclass(frozen=True, slots=True)
class Syslog:
    """One receiver: `way` is unix, udp or tcp."""

    way: str
    host: str  # a path for unix
    port: int
    timeout: float
    language: Language = "ja"
    name: str = "syslog"

    def send(self, alerts: Sequence[Alert]) -> None:
        """One message each; raises `AlertNotTaken`. A datagram is never acknowledged, so its loss is not known."""
        try:
            with self._connect() as connection:
                for alert in alerts:
                    message = syslog_message(alert, socket.gethostname(), self.language)
                    connection.sendall(self._framed(message))
        except (OSError, UnicodeError) as error:
            raise AlertNotTaken(f"syslog: {error}", where=self.host) from error

    def _framed(self, message: bytes) -> bytes:
        if self.way == "tcp":
            return str(len(message)).encode() + b" " + message
        return message[:_LONGEST].decode(errors="ignore").encode()

    def _connect(self) -> socket.socket:
        if self.way == "tcp":
            return socket.create_connection((self.host, self.port), timeout=self.timeout)
        if self.way == "unix":
            found = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            address: Any = self.host
        else:
            family, kind, _, _, address = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_DGRAM)[0]
            found = socket.socket(family, kind)
        found.settimeout(self.timeout)
        try:
            found.connect(address)
        except OSError:
            found.close()
            raise
        return found


def syslog_sink(text: str, timeout: float, language: Language = "ja") -> Syslog:
    """``unix:/dev/log``, ``udp:[3fff::514]:514``, ``tcp:log.example:601``; raises `SinkInvalid`."""
    way, _, path = text.partition(":")
    if way == "unix" and path.startswith("/"):
        return Syslog("unix", path, 0, timeout, language)
    found = _FORM.match(text)
    if not found or not 0 < int(found["port"]) <= _PORTS:
        raise SinkInvalid(f"alert_syslog is {text!r}", hint='such as "unix:/dev/log" or "udp:[3fff::514]:514"')
    return Syslog(found["way"], found["v6"] or found["host"], int(found["port"]), timeout, language)


def syslog_message(alert: Alert, host: str, language: Language) -> bytes:
    """One message of RFC 5424: priority, moment, host, program, process, what happened, parameters, UTF-8 text."""
    level = _ENDED if alert.event == "closed" else _LEVELS[alert.severity]
    parameters = {
        "id": alert.id,
        "code": alert.code,
        "severity": alert.severity,
        "kind": alert.kind,
        "subject": alert.subject,
        "organisation": alert.organisation,
        "opened": alert.opened_at,
    }
    told = " ".join(f'{name}="{_escaped(value)}"' for name, value in parameters.items() if value)
    head = f"<{_DAEMON * 8 + level}>1 {alert.at} {host[:255] or '-'} netctl {os.getpid()} {alert.event}"
    return f"{head} [{_ELEMENT} {told}] ".encode() + _BOM + headline(alert, language).encode()


def _escaped(value: str) -> str:
    return " ".join(value.replace("\\", "\\\\").replace('"', '\\"').replace("]", "\\]").split())
