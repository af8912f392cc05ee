"""``/help``: how to get around, and the smallest example of a page with a table."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from netctl.web.menu import PLACES
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("help")


@pages.table("/help", step="signed in")
def help_page() -> ResponseReturnValue:
    """The keys and where they lead."""
    rows = [{"keys": "/", "leads_to": t("help-key-search")}, {"keys": "?", "leads_to": t("nav-help")}]
    rows += [{"keys": f"g {place.key}", "leads_to": t(place.word)} for place in PLACES]
    columns = (Column("keys", "code", sort=False), Column("leads_to", sort=False))
    return answer(Table("keys", columns, rows, plain=True), "help/page.html")
