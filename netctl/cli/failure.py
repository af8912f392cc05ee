"""The one place where an error becomes what a person reads (`error: CODE: …`, `hint: …`) and an exit status."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import Any

import click

from netctl.cli.output import printable, write_json
from netctl.cli.session import Session
from netctl.errors import NetctlError, OutputFailed, UsageError

DEFECT = 1
INTERRUPTED = 130
READER_GONE = 141  # what a shell shows for a program that SIGPIPE ended
_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))


def status_of(error: BaseException, session: Session) -> int:
    """Says what stopped the command and returns its exit status."""
    match error:
        case KeyboardInterrupt():
            sys.stdout.flush()
            click.echo(f"interrupted: {printable(session.standing())}", err=True)
            return INTERRUPTED
        case BrokenPipeError():
            _abandon_stdout()
            return READER_GONE
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return UsageError.exit_status
    return _report(_as_ours(error), session)


def _as_ours(error: BaseException) -> NetctlError:
    """The error in netctl's own tree: usage, no room for the output, or a defect."""
    if isinstance(error, NetctlError):
        return error
    if isinstance(error, click.ClickException):
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "netctl"
        return UsageError(error.format_message(), hint=f"`{path} --help` lists what it takes")
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        _abandon_stdout()
        return OutputFailed(f"the output could not be written: {error.strerror}")
    if os.environ.get("NETCTL_DEBUG") == "1":
        traceback.print_exception(error)
    text = f"{type(error).__name__}: {error}".splitlines()[0]
    hint = "run it again with NETCTL_DEBUG=1 and report what it prints"
    return NetctlError(f"a defect of netctl: {text}", hint=hint)


def _report(error: NetctlError, session: Session) -> int:
    """All findings of an error and then itself: on stderr for people, on stdout as JSON where that was asked for."""
    findings: tuple[Any, ...] = tuple(getattr(error, "findings", ()))
    for finding in findings:
        _lines(str(finding), finding.hint)
    _lines(str(error), error.hint)
    if session.json:
        try:
            write_json({"error": error.as_dict(), "findings": findings})
            sys.stdout.flush()
        except OSError:  # nobody reads, or no room: stderr has said it
            _abandon_stdout()
    return error.exit_status


def _lines(message: str, hint: str) -> None:
    click.echo(f"{click.style('error:', fg='red', bold=True)} {printable(message)}", err=True)
    if hint:
        click.echo(f"{click.style('hint:', fg='cyan')} {printable(hint)}", err=True)


def _abandon_stdout() -> None:
    """Nothing more can be written there; without this the interpreter tries again when it ends, and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
