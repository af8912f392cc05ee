"""The papers of a change: 変更計画書, 作業手順書 and 結果報告書, as pages and as PDF (帳票)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from netctl import inventory
from netctl.change.scope import permit_change
from netctl.control.changes import look as changes
from netctl.documents import (
    KINDS,
    LANGUAGES,
    Chain,
    Deadlines,
    Facts,
    Kind,
    Language,
    gather,
    write_html,
    write_pdf,
)
from netctl.documents.gather import Sources
from netctl.documents.html import Links
from netctl.documents.html import style as write_style
from netctl.documents.press import write_pdf_apart
from netctl.errors import DocumentNotWritten, NetworkError
from netctl.model.audit import AuditFilter, Head
from netctl.model.network import Network
from netctl.settings import Settings
from netctl.store import Store
from netctl.store.verify import verify

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Chain",
    "Facts",
    "Kind",
    "Language",
    "Links",
    "facts",
    "page",
    "pdf",
    "style",
    "write_file",
]

_UNPROVEN = Chain(0)


def facts(
    store: Store,
    settings: Settings,
    change: str,
    language: Language,
    *,
    user: str,
    network: Network | None,
    chain: Chain = _UNPROVEN,
) -> Facts:
    """What the papers of one change tell to somebody who may look at it.

    `network` gives places their names; `chain` is how far the audit log was proven. Raises `UnknownChange`,
    `NotAllowed` or `PlanTampered`.
    """
    view = changes.show(store, change, user=user)
    with store.reading() as books:
        entries = tuple(books.audit.entries(subject=view.change.id))
    sources = Sources(
        change=view.change,
        plan=view.plan,
        members=view.members,
        receipts=view.receipts,
        entries=entries,
        network=network,
        chain=chain,
        deadlines=Deadlines(settings.confirm_deadline, settings.settle_deadline),
    )
    return gather(sources, language)


def page(
    told: Facts, kind: Kind, language: Language, *, root: Path, settings: Settings, links: Links | None = None
) -> str:
    """One paper as HTML; `links` are for a screen."""
    return write_html(told, kind, language, root=root, timezone=settings.timezone, links=links)


def pdf(told: Facts, kind: Kind, language: Language, *, root: Path, settings: Settings, apart: bool = False) -> bytes:
    """One paper as PDF, the same bytes for the same facts; `apart`: made by a process of its own."""
    sheet = write_style(told.change, told.as_of, kind, language, timezone=settings.timezone)
    html = page(told, kind, language, root=root, settings=settings)
    return write_pdf_apart(html, sheet) if apart else write_pdf(html, sheet)


def style(store: Store, settings: Settings, change: str, kind: Kind, language: Language, *, user: str) -> str:
    """The style sheet of one paper as a page; what its margins tell is read without the plan."""
    with store.reading() as books:
        found = books.changes.get(change)
        permit_change(books, user, "show", found)
        last = books.audit_pages.page(AuditFilter(subject=found.id), limit=1, newest_first=True)
    as_of = last[0].at if last else found.created_at
    return write_style(found, as_of, kind, language, timezone=settings.timezone)


def write_file(
    store: Store, root: Path, settings: Settings, change: str, *, kind: Kind, language: Language, user: str, out: Path
) -> int:
    """Write one paper to a file, as PDF or, where the name ends so, HTML; how many bytes it has.

    The whole audit log is verified for it. Raises as `facts` does, or `DocumentNotWritten`.
    """
    chain = proven(store)
    told = facts(store, settings, change, language, user=user, network=_declared(root, settings), chain=chain)
    if out.suffix == ".html":
        content = page(told, kind, language, root=root, settings=settings).encode()
    else:
        content = pdf(told, kind, language, root=root, settings=settings)
    _write(out, content)
    return len(content)


def proven(store: Store) -> Chain:
    """How far the audit log holds, verified whole now: that takes a while where it is long."""
    with store.reading() as books:
        report = verify(books, ())
    return chain_of(report.head, report.broken)


def chain_of(head: Head, broken: str) -> Chain:
    """What a paper tells of a verification."""
    return Chain(0 if broken else head.number, broken)


def _declared(root: Path, settings: Settings) -> Network | None:
    """The network whose names papers use; one that cannot be read now is no reason to print nothing."""
    try:
        return inventory.load(root, cache=settings.home / "cache")
    except NetworkError:
        return None


def _write(out: Path, content: bytes) -> None:
    """The file whole or not at all."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise DocumentNotWritten(error.strerror or str(error), where=str(out)) from error
