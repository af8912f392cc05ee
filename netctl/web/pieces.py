"""The small pieces that tables repeat by the thousand, written in Python because a macro takes ten times as long.

`macros.html` hands them on to templates: they are written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from netctl.model.places import zone_target
from netctl.model.plan import TargetKind
from netctl.web import context, naming
from netctl.web.kept import shown_age
from netctl.web.moments import local
from netctl.web.selecting import Column, Kind, Row
from netctl.web.tables import Shown
from netctl.web.words import t

_SHAPED = Markup('<span class="%s %s"><span class="shape" aria-hidden="true"></span>%s</span>')
_TIME = Markup('<time datetime="%s">%s</time>')
_AGE = Markup('<time class="age" datetime="%s" data-age title="%s">%s</time>')
_BESIDE = Markup(" ")
_NONE = Markup('<span class="none">%s</span>')
_LINK = Markup('<a href="%s">%s</a>')
_CODE = Markup("<code>%s</code>")
_GROUP = Markup("<span>%s</span>")
_GROUP_OF = 4  # digits of a digest that are read out together
_SHOWN_OF_DIGEST = 16


def state(value: str, label: str = "") -> Markup:
    """How something stands: a shape of its own for each state, and its name."""
    return _shaped("state", value, label or t(f"state-{value}"))


def severity(value: str, label: str = "") -> Markup:
    """How grave something is: a shape of its own for each severity, and its name."""
    return _shaped("severity", value, label or t(f"severity-{value}"))


def moment(at: str, *, with_age: bool = True, form: str = "%Y-%m-%d %H:%M:%S") -> Markup:
    """A moment in this host's time zone, and how long ago it is."""
    if not at:
        return none()
    shown = _TIME % (at, local(at, form))
    return shown + " " + age(at) if with_age else shown


def age(at: str) -> Markup:
    """How long ago a moment is; the moment itself is its title."""
    return _AGE % (at, local(at), shown_age(at)) if at else _NONE % (t("age-never"),)


@lru_cache(maxsize=4096)
def digest(hexadecimal: str, *, whole: bool = False) -> Markup:
    """A digest in groups of four: two people can read it to each other."""
    text = hexadecimal if whole else hexadecimal[:_SHOWN_OF_DIGEST]
    groups = Markup("").join(_GROUP % (text[at : at + _GROUP_OF],) for at in range(0, len(text), _GROUP_OF))
    title = Markup("") if whole else Markup(' title="{}"').format(hexadecimal)
    return Markup('<code class="digest"{}>{}</code>').format(title, groups)


def device(name: str) -> Markup:
    """The router's name, which leads to its page for whoever may see that."""
    return _LINK % (f"/devices/{name}", name) if context.sees(name) else escape(name)


def target(name: str, kind: TargetKind) -> Markup:
    """A plan's target by its name, which leads to the page of a router or a zone for whoever may see that."""
    zone = zone_target(name)
    if zone is None:
        return device(name) if kind == "router" else escape(name)
    if not context.sees_zone(zone.view, zone.zone):
        return escape(naming.target(name))
    return _LINK % (f"/zones/{quote(zone.view)}/{quote(zone.zone)}", naming.target(name))


def none() -> Markup:
    """Where there is nothing to show."""
    return _NONE % (t("none"),)


def cell(view: Shown, column: Column, row: Row) -> Markup:
    """What stands in one cell of a table."""
    value = row.get(column.key)
    if value is None or value == "":
        return none()
    content = _content(view, column, value)
    href = column.href(row) if column.href is not None else ""
    return _LINK % (href, content) if href else content


def _content(view: Shown, column: Column, value: Any) -> Markup:
    if (write := _BY_VALUE.get(column.kind)) is not None:
        return write(value)
    number = column.kind == "number" and column.say is None and isinstance(value, int)
    said = f"{value:,}" if number else view.label(column, value)
    if column.kind in ("state", "severity"):
        return _shaped(column.kind, value, said)
    return _CODE % (said,) if column.kind == "code" else escape(said)


def lag(value: int | str) -> Markup:
    """How far a name server is behind with a zone: numbers of its serial, or a word where it does not serve it."""
    if isinstance(value, int):
        return state("degraded", t("lag-behind", count=value)) if value else state("up", t("lag-level"))
    return state(_OF_WORD.get(value, "unknown"), t(f"lag-{value}"))


def _states(values: Iterable[str]) -> Markup:
    return _BESIDE.join(map(state, values))


_OF_WORD: Mapping[str, str] = {"silent": "down", "unserved": "down"}
_BY_VALUE: Mapping[Kind, Callable[[Any], Markup]] = {
    "states": _states,
    "moment": moment,
    "minute": partial(moment, form="%Y-%m-%d %H:%M"),
    "age": age,
    "digest": digest,
    "lag": lag,
}


@lru_cache(maxsize=4096)
def _shaped(kind: str, value: str, label: str) -> Markup:
    return _SHAPED % (kind, value, label)
