"""What the pages of problems and silences say alike."""

from __future__ import annotations

from netctl.model.names import ViewZone
from netctl.model.places import zone_target
from netctl.model.watch import Problem
from netctl.web.context import here
from netctl.web.words import t, t_or
from netctl.web.zones import href_of

HOURS = (1, 4, 12, 24, 72, 168, 720)
"""How long a silence may last, as forms offer it."""


def title(code: str) -> str:
    """What a code means, in the reader's language."""
    return t_or(f"watch-{code}", code)


def place_of(kind: str, subject: str) -> str:
    """The address of what a problem is about; "" where it has no page of its own."""
    if kind == "device":
        return f"/devices/{subject}"
    if kind == "site":
        return f"/sites/{subject}"
    if kind == "line":
        return f"/sites/{subject.partition(':')[0]}" if ":" in subject else "/topology"
    if kind == "service" and (zone := zone_target(subject)) is not None:
        return href_of(ViewZone(zone.view, zone.zone))
    names = here().declared.names_ready
    if kind == "service" and names is not None and subject in names.names.declared.servers:
        return "/zones"
    return ""


def standing_of(problem: Problem) -> str:
    """``closed``, ``silenced``, ``acknowledged``, or ``new`` where nobody has said anything yet."""
    if problem.closed_at:
        return "closed"
    if problem.silenced_until:
        return "silenced"
    return "acknowledged" if problem.acknowledged else "new"


def durations() -> list[tuple[str, str]]:
    """`HOURS` as the options of a form."""
    return [(str(hours), _span(hours)) for hours in HOURS]


def _span(hours: int) -> str:
    return t("silences-hours", hours=hours) if hours < 24 else t("silences-days", days=hours // 24)
