"""The ledger of allocations, changed: `netctl addresses allocate | release | import | export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from netctl.cli.lazy import reads
from netctl.cli.output import say, write_csv, write_json
from netctl.cli.session import Session

if TYPE_CHECKING:
    from netctl.control.addresses.change import LedgerChange

DIFFERENT = 3

to_write = click.option(
    "--write", is_flag=True, help="Write inventory/ledger.yaml; without it, only show what changes."
)


@click.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--level", metavar="LEVEL", default="", help="The level of the keys, where they alone do not say it.")
@to_write
@reads
@click.pass_obj
def allocate(session: Session, keys: tuple[str, ...], level: str, write: bool) -> int:
    """Allocate a prefix for each KEY, such as wan/rivers/east/rivers-hq, and what is missing above it.

    Asking again changes nothing, and nothing that is added moves anything else. Exit status 3 where the ledger would
    change and --write was not said, 0 otherwise.
    """
    from netctl.control.addresses import change as use_case

    requests = [use_case.Request(key, level) for key in keys]
    cache = session.settings.home / "cache"
    return _told(session, use_case.allocate(session.root, requests, by=session.user, cache=cache), write=write)


@click.command()
@click.argument("keys", metavar="KEY...", nargs=-1, required=True)
@click.option("--below", is_flag=True, help="Release everything that is cut from them, too.")
@to_write
@reads
@click.pass_obj
def release(session: Session, keys: tuple[str, ...], below: bool, write: bool) -> int:
    """Give the prefix of each KEY back. It rests before anybody else gets it; who asks again has it again.

    Exit status 3 where the ledger would change and --write was not said, 0 otherwise.
    """
    from netctl.control.addresses import change as use_case

    cache = session.settings.home / "cache"
    found = use_case.release(session.root, keys, below=below, by=session.user, cache=cache)
    return _told(session, found, write=write)


@click.command("import")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--leave-out", is_flag=True, help="Import what has a place, and say what has none.")
@to_write
@reads
@click.pass_obj
def import_(session: Session, sources: tuple[Path, ...], leave_out: bool, write: bool) -> int:
    """Import allocations from each FILE: CSV as `export` writes it, or NetBox's prefixes, addresses and VRFs.

    NetBox's may be CSV or JSON. The plan says which pool and level a prefix is of; names follow from tenant, region,
    site, role and description. Exit status as of `allocate`.
    """
    from netctl.control.addresses import importing as use_case

    cache = session.settings.home / "cache"
    found = use_case.import_files(session.root, sources, leave_out=leave_out, by=session.user, cache=cache)
    for line in found.left_out:
        click.echo(f"left out: {line}", err=True)
    return _told(session, found.change, write=write)


@click.command()
@reads
@click.pass_obj
def export(session: Session) -> None:
    """Write every allocation as CSV, with the columns that `import` reads."""
    from netctl.control.addresses import importing as use_case

    rows = use_case.export_rows(session.root, cache=session.settings.home / "cache")
    if session.json:
        write_json([dict(zip(use_case.COLUMNS, row, strict=True)) for row in rows])
    else:
        write_csv(use_case.COLUMNS, rows)


def _told(session: Session, found: LedgerChange, *, write: bool) -> int:
    """Show what changes, write it where that was asked for, and give the exit status."""
    if write and found.differs:
        found.write()
    if session.json:
        write_json(found.as_dict() | {"written": write and found.differs})
    else:
        for line in found.lines:
            say(line, "green" if line.startswith("+") else "red")
        for key, prefix in found.allocated.items():
            say(f"{key} has {prefix}")
        say(_summary(found, write=write))
    return DIFFERENT if found.differs and not write else 0


def _summary(found: LedgerChange, *, write: bool) -> str:
    if not found.differs:
        return "nothing changes"
    count = len(found.lines)
    lines = f"{count} line{'' if count == 1 else 's'} of the ledger"
    return f"{lines} written" if write else f"{lines} would change; say --write to write them"
