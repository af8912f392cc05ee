"""Progress on stderr, and only where a person watches: a pipe, a log and `--json` see nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from netctl.cli.output import printable
from netctl.cli.session import Session

if TYPE_CHECKING:
    from rich.console import Console

Say = Callable[[str, str], None]  # (who, what is happening)
Count = Callable[[str, str, int, int], None]  # (who, error or "", how many are done, of how many)


def watched() -> bool:
    """True where a person looks at stderr."""
    return sys.stderr.isatty()


def console_on_stderr() -> Console:
    """The console that progress is drawn on."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


@contextmanager
def activity(session: Session, title: str) -> Iterator[Say]:
    """A line that changes with every report; with `--verbose` every report stays as a line of its own."""
    if session.verbose:
        yield lambda who, what: click.echo(printable(f"{who}: {what}"), err=True)
    elif not watched():
        yield lambda _who, _what: None
    else:
        from rich.text import Text

        with console_on_stderr().status(title) as status:
            yield lambda who, what: status.update(Text(printable(f"{title} {who}: {what}")))


@contextmanager
def counted(session: Session, title: str) -> Iterator[Count]:
    """A bar that moves with every report of how many are done."""
    if session.verbose:
        yield lambda who, error, done, total: click.echo(
            printable(f"{title}: {done}/{total} {who} {error}").rstrip(), err=True
        )
    elif not watched():
        yield lambda _who, _error, _done, _total: None
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console_on_stderr(), transient=True) as bar:
            task = bar.add_task(title, total=None)
            yield lambda _who, _error, done, total: bar.update(task, completed=done, total=total)
