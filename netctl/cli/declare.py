"""Commands on the declared network itself: validate, schema, init."""

from __future__ import annotations

from pathlib import Path

import click

from netctl.cli.lazy import reads
from netctl.cli.output import plain, say, write_json
from netctl.cli.session import Session

NOT_USABLE = 4


@click.command()
@reads
@click.pass_obj
def validate(session: Session) -> int:
    """Check the declared network and list everything that is wrong at once.

    Reads files only; no router is asked. Exit status 0 where the network can be used, 4 where it cannot.
    """
    from netctl.control.network.validate import validate as check

    report = check(session.root)
    if session.json:
        write_json({"valid": report.valid} | plain(report))
    for finding in () if session.json else report.findings:
        say(str(finding), style="red")
        if finding.hint:
            say(f"  hint: {finding.hint}")
    if not session.json:
        say(report.summary, style="green" if report.valid else "bold red")
    return 0 if report.valid else NOT_USABLE


@click.command()
@click.argument("name", default="")
@click.option("--write", type=click.Path(path_type=Path), help="Write one file a schema into this folder instead.")
def schema(name: str, write: Path | None) -> None:
    """Print the JSON Schemas of the files of inventory/ and dns/, or one of them.

    The files of a network name their schema in the first line, so that editors complete and check them.
    """
    from netctl.control.network.schema import schemas, write_schemas

    if write is not None:
        for path in write_schemas(write):
            say(str(path))
        return
    write_json(schemas(name))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--example",
    type=click.Choice(["minimal", "reference"]),
    default="minimal",
    show_default=True,
    help="The smallest network that works, or the full invented government WAN.",
)
def init(folder: Path, example: str) -> None:
    """Make a network of one's own in a new FOLDER."""
    from netctl.control.network.scaffold import scaffold

    made = scaffold(folder, example)
    say(f"made {made}", style="green")
    say(f"next: cd {made} && netctl validate")
