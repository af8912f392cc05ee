"""``/addresses``: who has which part of the address plan, how full it is, and where what lies in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from netctl.control.pages.address_page import STEPS, address_page
from netctl.web import naming
from netctl.web.context import here, user
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t, t_or

pages = Pages("addresses")

_ENDS = re.compile(r"(?P<a>\S+) to (?P<b>\S+)")


def href_below(key: str) -> str:
    """The page of what lies below a key."""
    return f"/addresses?{urlencode({'below': key})}"


def _href(row: Any) -> str:
    return href_below(row["key"])


def _state(value: Any) -> str:
    return t(f"addresses-state-{value}")


def _level(value: Any) -> str:
    return t_or(f"addresses-level-{value}", str(value))


def _organisation(value: Any) -> str:
    return naming.organisation(str(value)) if value else ""


def _note(value: Any) -> str:
    """What a part is called: places by their name in the reader's language, a line by its ends."""
    text = str(value)
    if (place := here().declared.atlas().places_by_names.get(text)) is not None:
        return naming.named(place)
    if (ends := _ENDS.fullmatch(text)) is not None:
        return t("addresses-note-between", a=ends["a"], b=ends["b"])
    return t_or(f"addresses-note-{text.replace(' ', '-')}", text)


def share(value: float) -> str:
    """A share of addresses as people read it: most parts of IPv6 are nearly empty."""
    percent = 100 * value
    if 0 < percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.1f} %" if percent else "0 %"


COLUMNS = (
    Column("prefix", "code", word="addresses-column-prefix", sort=False),
    Column("key", "link", href=_href, word="addresses-column-key"),
    Column("level", "words", filter="choice", word="addresses-column-level", say=_level, phone=False),
    Column("used", "percent", word="addresses-column-used", say=share),
    Column("organisation", "words", filter="choice", word="addresses-column-organisation", say=_organisation),
    Column("state", "words", filter="choice", word="addresses-column-state", say=_state, phone=False),
    Column("vrf", "words", filter="choice", word="addresses-column-vrf", say=str, phone=False),
    Column("note", "text", word="addresses-column-note", say=_note, phone=False),
    Column("since", "words", word="addresses-column-since", say=str, phone=False),
    Column("where", "code", word="addresses-column-where", phone=False),
)


@pages.table("/addresses", step="show")
def addresses() -> ResponseReturnValue:
    """The whole plan, or what lies below one key of it."""
    installation = here()
    below = request.args.get("below", "")
    today = installation.clock().date()
    found = address_page(installation.store, installation.declared.atlas(), below, user=user(), today=today)
    context = {"page": found, "steps": STEPS, "share": share, "href_below": href_below}
    return answer(Table("addresses", COLUMNS, found.rows), "addresses/page.html", **context)
