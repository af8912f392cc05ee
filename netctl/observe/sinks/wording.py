"""An alert in words, the same in every sink, in the language that the settings choose.

What it says of itself for programs (its code, names, the parameters of syslog, the fields of a webhook) is the same in
every language.
"""

from __future__ import annotations

from netctl.model.problems import Alert
from netctl.words.catalogue import Language, known, say
from netctl.words.telling import told


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
