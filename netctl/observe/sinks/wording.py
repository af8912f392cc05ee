"""An alert as one line of text, the same in every sink."""

from __future__ import annotations

from netctl.model.problems import Alert

_EVENTS = {"opened": "", "escalated": "WORSE: ", "closed": "ENDED: "}


def headline(alert: Alert) -> str:
    """``P-000007 high WATCH-SITE-CUT-OFF rivers-hq: no way to the backbone is left …``; never more than one line."""
    said = f"{_EVENTS[alert.event]}{alert.id} {alert.severity} {alert.code} {alert.subject}: {alert.detail}"
    return " ".join(said.split())


def address(public_url: str, alert: Alert) -> str:
    """Where the pages show the problem; "" where nobody said how browsers reach them."""
    return f"{public_url.rstrip('/')}/problems/{alert.id}" if public_url else ""
