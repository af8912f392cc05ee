"""``/audit``: who did what when, and whether the log that tells it is whole."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from netctl.control.people.accounts import Step
from netctl.control.records import pages as auditpages
from netctl.control.records.pages import AuditEntry, AuditFilter
from netctl.errors import QueryRefused
from netctl.web.chain import Proof, chain_watch
from netctl.web.context import here, user
from netctl.web.moments import zone
from netctl.web.routes import Pages
from netctl.web.spans import moment_asked
from netctl.web.spreadsheet import MARK, harmless
from netctl.web.tables import Column, Row, Table, shown
from netctl.web.words import t, t_or

pages = Pages("audit")

_STEP: Step = "read the audit log"
_PER = 100
_HEX = re.compile(r"[0-9a-f]{64}")
_DIGITS = 12
_CHUNK = 500  # entries of a CSV or JSON that are written at once
FIELDS = ("actor", "subject", "device", "action", "since", "until")


@pages.get("/audit", step=_STEP)
def audit() -> ResponseReturnValue:
    """One page of the log, newest first."""
    asked = {name: request.args.get(name, "").strip() for name in FIELDS}
    found, wrong = auditpages.AuditPage((), 0), ""
    try:
        wanted = _wanted(asked)
    except QueryRefused as error:
        wrong = error.message
    else:
        found = auditpages.page(
            here().store, user=user(), wanted=wanted, behind=_behind(), limit=_PER, newest_first=True
        )
    page = render_template(
        "audit/page.html",
        audit=shown(Table("audit", _columns(), list(map(_short, found.entries)), per=_PER, plain=True)),
        asked=asked,
        wrong=wrong,
        actions=auditpages.actions(here().store, user=user()),
        proof=_proof(),
        older=_href(asked, behind=found.behind) if found.behind else "",
        newest=_href(asked) if _behind() else "",
        forms={form: _href(asked, path=f"/audit.{form}") for form in ("csv", "json")},
        narrowed=any(asked.values()),
    )
    return Response(page, 400 if wrong else 200, mimetype="text/html")


@pages.get("/audit/chain", step=_STEP)
def chain() -> ResponseReturnValue:
    """The state of the chain, for a page that is open."""
    return Response(render_template("audit/chain.html", proof=_proof()), mimetype="text/html")


@pages.get("/audit.csv", step=_STEP)
def audit_csv() -> ResponseReturnValue:
    """Every entry asked for, oldest first."""
    headings = [t(column.word) for column in _columns()]
    response = Response(_csv(headings, _every()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


@pages.get("/audit.json", step=_STEP)
def audit_json() -> ResponseReturnValue:
    """Every entry asked for, oldest first, with all that its hash is over."""
    return Response(_json(_every()), mimetype="application/json")


def _every() -> Iterator[AuditEntry]:
    asked = {name: request.args.get(name, "").strip() for name in FIELDS}
    return auditpages.every(here().store, user=user(), wanted=_wanted(asked))


def _wanted(asked: Mapping[str, str]) -> AuditFilter:
    own = zone(here().settings.timezone)
    return AuditFilter(
        actor=asked["actor"],
        subject=asked["subject"],
        device=asked["device"],
        action=asked["action"],
        since=moment_asked(asked["since"], own),
        until=moment_asked(asked["until"], own, end=True),
    )


def _behind() -> int:
    text = request.args.get("behind", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def _href(asked: Mapping[str, str], *, path: str = "/audit", behind: int = 0) -> str:
    query = [(name, value) for name, value in asked.items() if value]
    query += [("behind", str(behind))] if behind else []
    return f"{path}?{urlencode(query)}" if query else path


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "number", word="audit-column-number"),
        Column("at", "moment", word="audit-column-at"),
        Column("actor", "link", href=_actor_href, word="audit-column-actor"),
        Column("action", "code", say=_action, word="audit-column-action"),
        Column("subject", "link", href=_subject_href, word="audit-column-subject"),
        Column("told", phone=False, word="audit-column-told"),
        Column("hash", "digest", phone=False, word="audit-column-hash"),
    )


def _action(action: Any) -> str:
    name = str(action)
    return t_or(f"audit-{name.replace('.', '-').replace('_', '-')}", name)


def _actor_href(row: Row) -> str:
    return f"/audit?{urlencode({'actor': row['actor']})}"


def _subject_href(row: Row) -> str:
    subject = str(row["subject"])
    if subject.startswith("C-"):
        return f"/changes/{quote(subject)}"
    return f"/audit?{urlencode({'subject': subject})}"


def _row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "told": ", ".join(f"{key}={value}" for key, value in entry.detail.items() if value),
        "hash": entry.hash,
    }


def _short(entry: AuditEntry) -> dict[str, Any]:
    """As a page shows it: digests cut to what a person compares,."""
    row = _row(entry)
    return row | {"told": _HEX.sub(lambda found: f"{found.group()[:_DIGITS]}…", row["told"])}


def _proof() -> Proof:
    return chain_watch().ask()


def _csv(headings: list[str], entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The file in pieces: the log may be longer than the memory."""
    yield MARK
    piece = io.StringIO(newline="")
    writer = csv.writer(piece, lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    for number, entry in enumerate(entries, start=1):
        writer.writerow([harmless(value) for value in _row(entry).values()])
        if number % _CHUNK == 0:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def _json(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """A document that is written while it is read: a long log does not have to fit into memory."""
    yield '{"table":"audit","rows":['
    for number, entry in enumerate(entries):
        yield ("," if number else "") + json.dumps(_plain(entry), ensure_ascii=False, separators=(",", ":"))
    yield "]}\n"


def _plain(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
        "previous": entry.previous,
        "hash": entry.hash,
    }
