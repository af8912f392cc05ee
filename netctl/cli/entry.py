"""One run of the program: words in, exit status out."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import click

from netctl.cli.failure import status_of
from netctl.cli.root import root
from netctl.cli.session import Session
from netctl.errors import OutputFailed


def run(arguments: Sequence[str]) -> int:
    """The exit status of `netctl ARGUMENTS`; never raises."""
    session = Session()
    _quieten_libraries()
    try:
        status = _invoke(arguments, session)
        sys.stdout.flush()
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the last line of defence, and the only one
        return status_of(error, session)
    return status


def _quieten_libraries() -> None:
    """What libraries log is for those who debug; what a person must know comes as a result or an error of ours."""
    if os.environ.get("NETCTL_DEBUG") == "1":
        logging.basicConfig(level=logging.INFO)
        logging.getLogger("ncclient").setLevel(logging.WARNING)  # it logs whole messages, passwords and all, as INFO
    else:
        logging.getLogger().addHandler(logging.NullHandler())


def _invoke(arguments: Sequence[str], session: Session) -> int:
    if sys.stdout is None:  # closed by whoever started the program; the next file opened would take its place
        raise OutputFailed("the output could not be written: standard output is closed")
    if instruction := os.environ.get("_NETCTL_COMPLETE"):
        from click.shell_completion import shell_complete  # only a shell asks for it

        return shell_complete(root, {}, "netctl", "_NETCTL_COMPLETE", instruction)
    with root.make_context("netctl", list(arguments), obj=session) as context:
        status = root.invoke(context)
        return status if isinstance(status, int) else 0
