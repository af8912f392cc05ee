"""The papers of a change as files: `netctl documents`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from netctl.cli.output import say, write_json
from netctl.cli.session import Session

if TYPE_CHECKING:
    from netctl.control.changes.documents import Kind

LANGUAGES = ("ja", "en")
KINDS = ("plan", "procedure", "report")


@click.command()
@click.argument("change")
@click.option("--kind", type=click.Choice(KINDS), default="plan", show_default=True, help="Which paper.")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default="ja", show_default=True, help="Its language.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to: PDF, or HTML where the name ends so. Without it CHANGE-KIND.pdf in this folder.",
)
@click.pass_obj
def documents(session: Session, change: str, kind: Kind, language: Literal["ja", "en"], out: Path | None) -> None:
    """Print CHANGE: its plan (変更計画書), its procedure (作業手順書) or its report (結果報告書).

    A4, with page n/m, the change and its plan's digest on every page. The same change gives the same bytes.
    """
    from netctl.control.changes import documents as use_case

    out = out or Path(f"{change}-{kind}.pdf")
    root, settings, user = session.root, session.settings, session.user
    with session.open_store() as store:
        size = use_case.write_file(store, root, settings, change, kind=kind, language=language, user=user, out=out)
    if session.json:
        write_json({"change": change, "kind": kind, "language": language, "file": str(out), "bytes": size})
        return
    say(f"{out}: {size} bytes", "green")
