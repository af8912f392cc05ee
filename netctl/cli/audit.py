"""The log of everything that was done: `netctl audit verify | log | anchor`."""

from __future__ import annotations

from pathlib import Path

import click

from netctl.cli.lazy import reads
from netctl.cli.output import moment, say, write_json, write_table
from netctl.cli.session import Session


@click.group()
def audit() -> None:
    """The log of everything that was done, append-only and chained, and the proof that it is whole."""


@audit.command()
@click.option(
    "--anchors", metavar="FILE", type=click.Path(path_type=Path), help="Heads written down by `audit anchor`."
)
@reads
@click.pass_obj
def verify(session: Session, anchors: Path | None) -> None:
    """Prove that no entry was changed, removed, added or moved.

    Entries cut off the end show only against a head that was written down elsewhere: give its file with --anchors.
    """
    from netctl.control.records import audit as use_case

    with session.open_store() as store:
        report = use_case.verify(store, user=session.user, anchors=anchors)
    if session.json:
        write_json({"holds": report.holds, "entries": report.entries, "head": report.head})
        return
    say(f"the audit log holds: {report.entries} entries", "green")
    say(f"head {report.head.number} {report.head.hash}")


@audit.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def anchor(session: Session, file: Path) -> None:
    """Write the log's head down at the end of FILE, which should live on another machine."""
    from netctl.control.records import audit as use_case

    with session.open_store() as store:
        head = use_case.anchor(store, file, user=session.user)
    if session.json:
        write_json(head)
        return
    say(f"head {head.number} {head.hash}")


@audit.command()
@click.option("--about", metavar="SUBJECT", default="", help="Only entries about this change or user.")
@click.option("--after", metavar="NUMBER", type=click.IntRange(min=0), default=0, help="Only entries behind this one.")
@click.option("--limit", metavar="COUNT", type=click.IntRange(min=0), default=0, help="At most so many; 0 for all.")
@reads
@click.pass_obj
def log(session: Session, about: str, after: int, limit: int) -> None:
    """Show the entries in order."""
    from netctl.control.records import audit as use_case

    with session.open_store() as store:
        entries = use_case.log(store, user=session.user, subject=about, after=after, limit=limit)
    if session.json:
        write_json(entries)
        return
    rows = [
        (entry.number, moment(entry.at), entry.actor, entry.action, entry.subject, _words(entry.detail))
        for entry in entries
    ]
    write_table(("number", "at", "who", "did", "to", "detail"), rows)


def _words(detail: object) -> str:
    pairs = dict(detail) if isinstance(detail, dict) else {}
    return ", ".join(f"{key}={value}" for key, value in pairs.items() if value)
