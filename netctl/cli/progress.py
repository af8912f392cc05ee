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
Step = Callable[[str], None]  # the name of what is done now


def watched() -> bool:
    """True where a person looks at stderr."""
    return sys.stderr.isatty()


def _console() -> Console:
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

        with _console().status(title) as status:
            yield lambda who, what: status.update(Text(printable(f"{title} {who}: {what}")))


@contextmanager
def counted(session: Session, title: str, total: int) -> Iterator[Step]:
    """A bar that moves one further with every name reported."""
    if session.verbose:
        yield lambda name: click.echo(printable(f"{title}: {name}"), err=True)
    elif not watched():
        yield lambda _name: None
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=_console(), transient=True) as bar:
            task = bar.add_task(title, total=total)
            yield lambda _name: bar.advance(task)
