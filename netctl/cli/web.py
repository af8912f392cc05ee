"""The dashboard: `netctl web`."""

from __future__ import annotations

import sys

import click

from netctl.cli.output import say
from netctl.cli.session import Session


@click.command()
@click.option("--listen", metavar="HOST:PORT", default="", help="Where to answer; the setting `listen` otherwise.")
@click.option("--workers", type=click.IntRange(1, 32), default=1, show_default=True, help="Processes to answer with.")
@click.pass_obj
def web(session: Session, listen: str, workers: int) -> None:
    """Serve the dashboard: watch the network, review changes, decide on them, see them carried out.

    Ends with Ctrl-C. Without TLS it answers to this machine only.
    """
    from netctl.web.serve import serve

    root, settings = session.root, session.settings
    session.standing = lambda: "the dashboard is no longer served"
    serve(root, settings, listen=listen, workers=workers, tell=_tell)


def _tell(address: str) -> None:
    say(f"netctl is at {address} (sign in with your netctl name; `netctl users password NAME` sets a password)")
    sys.stdout.flush()  # whoever started it may wait for this line
