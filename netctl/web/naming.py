"""Names and figures as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import g

from netctl.control.network.atlas import Atlas
from netctl.errors import NetworkError
from netctl.model.counts import TargetCount
from netctl.model.places import read_as_prefix, server_group, zone_target
from netctl.model.plan import TargetKind
from netctl.web.context import here, language
from netctl.web.drawing.speech import Named, percent
from netctl.web.words import t, t_or
from netctl.words import targets

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


def counted(count: TargetCount) -> str:
    """``3 routers, 1 name server and 2 zones``."""
    return targets.counted(count, t)


def target(name: str) -> str:
    """What a plan's target is called: a zone with its view, and whether it is what goes first."""
    zone = zone_target(name)
    if zone is None:
        return name
    return t(
        "targets-zone-leaving" if zone.leaving else "targets-zone-in-view",
        zone=read_as_prefix(zone.zone),
        view=zone.view,
    )


def step(name: str, kind: TargetKind) -> str:
    """A step of a push, in the words for this kind of target; the step itself where nobody knows it."""
    return t_or(f"pushing-step-{kind}-{name}", t_or(f"pushing-step-{name}", name))


def zone_in(zone: str, views: Sequence[str]) -> str:
    """A zone with the views it is looked at in."""
    if len(views) == 1:
        return t("targets-zone-in-view", zone=read_as_prefix(zone), view=views[0])
    return t("targets-zone-in-views", zone=read_as_prefix(zone), views=t("telling-list").join(views))


def alike(names: Sequence[str], kind: TargetKind) -> str:
    """What targets with one difference are together: a zone with its views, else how many they are."""
    zones = [zone_target(name) for name in names]
    if kind == "zone" and zones[0] is not None:
        return zone_in(zones[0].zone, [each.view for each in zones if each is not None])
    return counted(TargetCount(routers=len(names)) if kind == "router" else TargetCount(servers=len(names)))


def place(group: str) -> str:
    """What a redundancy group is called: a site by its name, a zone with its view, name servers by their role."""
    if zone_target(group) is not None:
        return target(group)
    role = group.removeprefix(server_group(""))
    return t_or(f"targets-group-{role}", group) if role != group else site(group)


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
