"""``/changes``: all changes, with what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from netctl.control.changes.listing import ChangeLine, change_list
from netctl.web.context import here, user
from netctl.web.kept import keeping, same
from netctl.web.routes import Pages
from netctl.web.tables import Column, Table, answer
from netctl.web.words import t

pages = Pages("changes")


def _href(row: Any) -> str:
    return f"/changes/{row['id']}"


def _state(value: Any) -> str:
    return t(f"changes-state-{value}".replace("_", "-"))


def _turn(value: Any) -> str:
    return t(f"changes-turn-{value}") if value else ""


COLUMNS = (
    Column("id", "link", href=_href, word="changes-column-id"),
    Column("title", href=_href, word="changes-column-title"),
    Column("state", "words", filter="choice", word="changes-column-state", say=_state),
    Column("turn", "words", filter="choice", word="changes-column-turn", say=_turn),
    Column("risk", "severity", filter="choice", word="changes-column-risk"),
    Column("routers", "number", word="changes-column-routers", phone=False),
    Column("servers", "number", word="changes-column-servers", phone=False),
    Column("zones", "number", word="changes-column-zones", phone=False),
    Column("approvals", "words", word="changes-column-approvals", say=str, phone=False),
    Column("threads", "number", word="changes-column-threads", phone=False),
    Column("author", "words", filter="choice", word="changes-column-author", say=str, phone=False),
    Column("created_at", "minute", word="changes-column-created", phone=False),
    Column("opens", "minute", word="changes-column-opens", phone=False),
    Column("closes", "minute", word="changes-column-closes", phone=False),
)


@pages.table("/changes", step="show")
@keeping(own=True, rounds=False)
def changes_page() -> ResponseReturnValue:
    """The changes the user may see."""
    lines = change_list(here().store, user=user())
    return same(lines, lambda: _page(lines))


def _page(lines: Sequence[ChangeLine]) -> ResponseReturnValue:
    table = Table("changes", COLUMNS, [_row(line) for line in lines], order="-id", empty="changes-none")
    template = "changes/table.html" if "X-Netctl-Fragment" in request.headers else "changes/list.html"
    return answer(table, template, mine=sum(bool(line.turn) for line in lines))


def _row(line: ChangeLine) -> dict[str, Any]:
    change = line.change
    return {
        "id": change.id,
        "title": change.title,
        "state": "asked" if line.asked and change.state == "proposed" else change.state,
        "turn": line.turn,
        "risk": line.worst,
        "routers": line.count.routers or None,
        "servers": line.count.servers or None,
        "zones": line.count.zones or None,
        "approvals": f"{line.approvals}/{change.approvals_needed}",
        "threads": line.open_threads or None,
        "author": change.author,
        "created_at": change.created_at,
        "opens": change.window.opens,
        "closes": change.window.closes,
    }
