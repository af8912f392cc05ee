"""Names and figures as people read them."""

from __future__ import annotations

from typing import cast

from flask import g

from netctl.control.network.atlas import Atlas
from netctl.errors import NetworkError
from netctl.web.context import here, language
from netctl.web.drawing.speech import Named, percent
from netctl.web.words import t, t_or

_UNITS = ("bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s")


def named(thing: Named) -> str:
    """The name of a site, centre or organisation in the reader's language."""
    return thing.name_ja if language() == "ja" else thing.name


def organisation(name: str) -> str:
    """The organisation's name; its id while the declared network cannot be read, or where it holds none of it."""
    atlas = _atlas()
    found = atlas.network.organisations.get(name) if atlas else None
    return named(found) if found else name


def site(name: str) -> str:
    """The site's name; its id as `organisation`."""
    atlas = _atlas()
    found = atlas.network.sites.get(name) if atlas else None
    return named(found) if found else name


def carrier(name: str) -> str:
    """The carrier's name; its id where the declared network holds none of it."""
    atlas = _atlas()
    found = atlas.network.carriers.get(name) if atlas else None
    return found.name if found else name


def region(name: str) -> str:
    """The points of the compass in the reader's language; any other region as it was declared."""
    return t_or(f"region-{name}", name)


def rate(value: float | None) -> str:
    """``12.3 Mbit/s``; "" where no counter tells."""
    if value is None:
        return ""
    unit = 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if value >= 100 or unit == 0 else f"{value:.1f} {_UNITS[unit]}"


def share(value: float | None) -> str:
    """``7 %``, or in words that nobody knows."""
    return t("topology-load-unknown") if value is None else percent(value)


def capacity(value: int) -> str:
    """Mbit/s as people say it; "" for none."""
    return rate(value * 1_000_000) if value else ""


def offset(seconds: float | None) -> str:
    """A clock's offset in milliseconds, with its sign; "" where nobody knows."""
    if seconds is None:
        return ""
    return "0 ms" if abs(seconds) < 5e-5 else f"{seconds * 1000:+.1f} ms"


def duration(seconds: float | None) -> str:
    """Days, or hours and minutes; "" where nobody knows."""
    if seconds is None:
        return ""
    days, rest = divmod(int(seconds), 86400)
    if days:
        return t("devices-days", count=days)
    return f"{rest // 3600}:{rest % 3600 // 60:02}"


def _atlas() -> Atlas | None:
    """The declared network, waited for once a request; `None` while it cannot be read: then ids are all there is."""
    if "names" not in g:
        try:
            g.names = here().declared.atlas()
        except NetworkError:
            g.names = None
    return cast("Atlas | None", g.names)
