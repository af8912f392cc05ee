"""An alert in words, the same in every sink, in the language that the settings choose.

What it says of itself for programs (its code, names, the parameters of syslog, the fields of a webhook) is the same in
every language.
"""

from __future__ import annotations

from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from netctl.errors import SinkInvalid
from netctl.model.moments import read_moment
from netctl.model.problems import Alert
from netctl.settings import Settings
from netctl.words.catalogue import LANGUAGES, Language, known, say
from netctl.words.telling import told


class Manner(NamedTuple):
    """How alerts are told: in which language, by whose clock, and how browsers reach the pages ("" for not at all)."""

    language: Language
    zone: ZoneInfo
    pages: str = ""

    def moment(self, at: str) -> str:
        """``2026-11-22 14:40:00 JST``."""
        return read_moment(at).astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S %Z")


def manner(settings: Settings) -> Manner:
    """What the settings choose; raises `SinkInvalid`."""
    offered: dict[str, Language] = {each: each for each in LANGUAGES}
    language = offered.get(settings.alert_language)
    if language is None:
        told = f"alert_language is {settings.alert_language!r}"
        raise SinkInvalid(told, hint=f"one of {', '.join(LANGUAGES)}")
    try:
        zone = ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SinkInvalid(f"there is no time zone {settings.timezone!r}", hint="write it like Asia/Tokyo") from error
    return Manner(language, zone, settings.public_url)


def headline(alert: Alert, language: Language) -> str:
    """``P-000007 high WATCH-SITE-CUT-OFF rivers-hq: no way to the backbone is left …``; never more than one line."""
    said = say(
        language,
        f"alerts-{alert.event}",
        id=alert.id,
        severity=say(language, f"alerts-severity-{alert.severity}"),
        code=alert.code,
        title=_title(alert.code, language),
        subject=alert.subject,
        detail=_told(alert.detail, language),
    )
    return " ".join(said.split())


def symptom(text: str, language: Language) -> str:
    """One of an alert's symptoms: of which router, what it is, and what was told."""
    device, _, rest = text.partition(" ")
    code, _, detail = rest.partition(" ")
    if not detail:
        return text
    return say(language, "alerts-symptom", device=device, title=_title(code, language), told=_told(detail, language))


def address(public_url: str, alert: Alert) -> str:
    """Where the pages show the problem; "" where nobody said how browsers reach them."""
    return f"{public_url.rstrip('/')}/problems/{alert.id}" if public_url else ""


def _told(text: str, language: Language) -> str:
    return told(text, lambda word, **values: say(language, word, **values))


def _title(code: str, language: Language) -> str:
    word = f"watch-{code}"
    return say(language, word) if known(language, word) else code
