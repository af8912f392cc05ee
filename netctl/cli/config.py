"""Configurations as plain files: `netctl config parse | diff | patch | predict`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from netctl.cli.lazy import reads
from netctl.cli.output import printable, write_json
from netctl.cli.session import Session
from netctl.errors import TextUnreadable, UsageError

if TYPE_CHECKING:
    from netctl.control.config import Command, Desk, Tree

DIFFERENT = 3
Function = TypeVar("Function", bound=Callable[..., Any])


@click.group()
def config() -> None:
    """Parse, compare, patch and predict configurations, as plain files; `-` is standard input."""


def of_platform(function: Function) -> Function:
    """A command that reads configurations names their platform."""
    return click.option("--platform", metavar="P", required=True, help="Whose language it is, such as cisco_ios.")(
        function
    )


@config.command()
@click.argument("file", metavar="FILE")
@of_platform
@reads
@click.pass_obj
def parse(session: Session, file: str, platform: str) -> None:
    """Read a configuration as a tree, and print it again byte for byte."""
    from netctl.control.config import render

    desk = _desk(session, platform)
    tree = desk.engine.parse(_read(file))
    if session.json:
        write_json({"platform": platform, "tree": _plain(tree)})
    else:
        _write(render(tree))


@config.command()
@click.argument("running", metavar="A")
@click.argument("intended", metavar="B")
@of_platform
@reads
@click.pass_obj
def diff(session: Session, running: str, intended: str, platform: str) -> int:
    """Compare two configurations by meaning; exit status 0 where they mean the same, 3 where they differ.

    Secrets are shown as keyed fingerprints.
    """
    one, other = _read_both(running, intended)
    found = _desk(session, platform).diff(one, other)
    if session.json:
        write_json({"changes": [{"op": each.op, "path": each.path, "line": each.line} for each in found]})
    return DIFFERENT if found else 0


@config.command()
@click.argument("running", metavar="A")
@click.argument("intended", metavar="B")
@click.option("--session-user", metavar="USER", default="", help="The account that will say the commands.")
@click.option("--session-address", metavar="ADDRESS", default="", help="The router's address it will be said to.")
@of_platform
@reads
@click.pass_obj
def patch(
    session: Session, running: str, intended: str, session_user: str, session_address: str, platform: str
) -> None:
    """Print the commands that lead from A to B, in an order that is safe at every line.

    Secrets are printed: this is what a router must be told. Hazards that no order avoids go to stderr.
    """
    from netctl.control.config import Session as Carrier

    one, other = _read_both(running, intended)
    desk = _desk(session, platform)
    carrier = Carrier(session_user, session_address) if session_user or session_address else None
    remedy = desk.patch(one, other, carrier)
    if session.json:
        write_json(
            {
                "commands": _commands(remedy.commands),
                "rollback": _commands(remedy.rollback),
                "hazards": [hazard._asdict() for hazard in remedy.hazards],
            }
        )
        return
    _write(desk.engine.write(remedy.commands))
    for hazard in remedy.hazards:
        place = " > ".join((*hazard.path, hazard.line))
        click.echo(printable(f"hazard: {hazard.code}: {place}: {hazard.why}"), err=True)


@config.command()
@click.argument("running", metavar="A")
@click.argument("patch_file", metavar="PATCH")
@of_platform
@reads
@click.pass_obj
def predict(session: Session, running: str, patch_file: str, platform: str) -> None:
    """Print what a router that holds A holds after the commands of PATCH."""
    one, commands = _read_both(running, patch_file)
    prediction = _desk(session, platform).engine.predict(one, commands)
    if session.json:
        write_json({"text": prediction.text, "ignored": [command.line for command in prediction.ignored]})
        return
    _write(prediction.text)
    for command in prediction.ignored:
        click.echo(printable(f"did nothing: {' > '.join((*command.path, command.line))}"), err=True)


def _desk(session: Session, platform: str) -> Desk:
    from netctl.control.config import Desk

    return Desk.open(platform, session.network, os.environ, session.settings)


def _commands(commands: tuple[Command, ...]) -> list[dict[str, Any]]:
    return [{"path": list(command.path), "line": command.line} for command in commands]


def _plain(tree: Tree) -> list[dict[str, Any]]:
    """The tree as plain data, made without recursion: nesting may be deep."""
    top: list[dict[str, Any]] = []
    waiting = [(tree.children, top)]
    while waiting:
        nodes, written = waiting.pop()
        for node in nodes:
            below: list[dict[str, Any]] = []
            written.append({"line": node.line, "children": below})
            if node.children:
                waiting.append((node.children, below))
    return top


def _read_both(first: str, second: str) -> tuple[str, str]:
    if first == second == "-":
        raise UsageError("only one of the two can be standard input", hint="name a file for the other")
    return _read(first), _read(second)


def _read(name: str) -> str:
    """The text of a file, bytes that are no UTF-8 kept as they are."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else _bytes(name)
    except OSError as error:
        raise TextUnreadable(f"cannot be read: {error.strerror}", where=name) from error
    if b"\0" in data:
        raise TextUnreadable("is no text: it holds a NUL byte", where=name)
    return data.decode("utf-8", "surrogateescape")


def _bytes(name: str) -> bytes:
    with open(name, "rb") as file:  # noqa: PTH123 - a name may be a pipe of the shell
        return file.read()


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
