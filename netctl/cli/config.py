"""Configurations as plain files: `netctl config parse | diff | patch | predict`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from netctl.cli.configview import coloured, write_difference, write_text, write_tree
from netctl.cli.lazy import reads
from netctl.cli.output import printable, write_json
from netctl.cli.session import Session
from netctl.errors import TextUnreadable, UsageError

if TYPE_CHECKING:
    from netctl.control.network.config import Command, Desk

DIFFERENT = 3
PIECE = 1 << 20  # bytes read at once
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
Function = TypeVar("Function", bound=Callable[..., Any])


@click.group()
def config() -> None:
    """Parse, compare, patch and predict configurations, as plain files; `-` is standard input.

    No inventory is needed. In JSON a byte that is no UTF-8 is a lone surrogate, U+DC00 and the byte.
    """


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
    """Read a configuration as a tree, and print it again byte for byte, or the tree as JSON."""
    from netctl.control.network.config import render

    text = _read(file)
    tree = _desk(session, platform).engine.parse(text)
    if session.json:
        write_tree(platform, tree)
    else:
        write_text(render(tree))


@config.command()
@click.argument("running", metavar="A")
@click.argument("intended", metavar="B")
@click.option("--side-by-side", "columns", is_flag=True, help="Show A on the left and B on the right.")
@click.option(
    "--color",
    "color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour the lines; their signs say the same.",
)
@of_platform
@reads
@click.pass_obj
def diff(session: Session, running: str, intended: str, columns: bool, color: str, platform: str) -> int:
    """Compare two configurations by meaning; exit status 0 where they mean the same, 3 where they differ.

    The signs: + comes, - goes, > moved here, ~ has another value (side by side); a line without a sign tells where.
    Secrets are shown as fingerprints: under this installation's key, or else under one of this run alone.
    """
    one, other = _read_both(running, intended)
    found = _desk(session, platform).diff(one, other)
    if session.json:
        write_json({"changes": found})
    else:
        write_difference(found, colour=coloured(color), columns=columns)
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

    Secrets are printed as they are: this is what a router must be told. Keep the output as you keep a configuration.
    What no order avoids is told on stderr as hazards; --json has them, and the way back.
    """
    from netctl.control.network.config import Session as Carrier

    one, other = _read_both(running, intended)
    desk = _desk(session, platform)
    carrier = Carrier(session_user, session_address) if session_user or session_address else None
    remedy = desk.patch(one, other, carrier)
    if session.json:
        back, hazards = _commands(remedy.rollback), [hazard._asdict() for hazard in remedy.hazards]
        write_json({"commands": _commands(remedy.commands), "rollback": back, "hazards": hazards})
        return
    write_text(desk.engine.write(remedy.commands))
    for hazard in remedy.hazards:
        _warn(f"{hazard.code}: {desk.place(hazard.path, hazard.line)}: {hazard.why}")


@config.command()
@click.argument("running", metavar="A")
@click.argument("patch_file", metavar="PATCH")
@of_platform
@reads
@click.pass_obj
def predict(session: Session, running: str, patch_file: str, platform: str) -> None:
    """Print what a router that holds A holds after the commands of PATCH.

    Secrets are printed as they are. Commands that did nothing are told on stderr; --json lists them.
    """
    one, commands = _read_both(running, patch_file)
    desk = _desk(session, platform)
    prediction = desk.predict(one, commands)
    if session.json:
        write_json({"text": prediction.text, "ignored": [command.line for command in prediction.ignored]})
        return
    write_text(prediction.text)
    for command in prediction.ignored:
        _warn(f"did nothing: {desk.place(command.path, command.line)}")


def _desk(session: Session, platform: str) -> Desk:
    from netctl.control.network.config import Desk

    return Desk.open(platform, session.network, os.environ, session.settings)


def _commands(commands: tuple[Command, ...]) -> list[dict[str, Any]]:
    return [{"path": list(command.path), "line": command.line} for command in commands]


def _warn(message: str) -> None:
    """One line on stderr, whatever it quotes."""
    told = printable(message).replace("\n", "\\n")
    click.echo(f"{click.style('warning:', fg='yellow')} {told}", err=True)


def _read_both(first: str, second: str) -> tuple[str, str]:
    if first == second == "-":
        raise UsageError("only one of the two can be standard input", hint="name a file for the other")
    return _read(first), _read(second)


def _read(name: str) -> str:
    """The text of a file or of standard input, bytes that are no UTF-8 kept as they are."""
    where = "standard input" if name == "-" else name
    try:
        data = _text_of(_input(), where) if name == "-" else _text_of_file(name)
    except OSError as error:
        raise TextUnreadable(f"cannot be read: {error.strerror}", where=where) from error
    return data.decode("utf-8", "surrogateescape")


def _text_of_file(name: str) -> bytes:
    with open(name, "rb") as file:  # noqa: PTH123 - a name may be a pipe of the shell
        return _text_of(file, name)


def _text_of(file: BinaryIO, where: str) -> bytes:
    """All bytes, where none is a NUL; a device that never ends is given up at its first one."""
    pieces: list[bytes] = []
    while piece := file.read(PIECE):
        if not pieces and piece.startswith(UTF_16):
            raise TextUnreadable("is no text in UTF-8, but in UTF-16", where=where, hint="save it as UTF-8")
        if b"\0" in piece:
            raise TextUnreadable("is no text: it holds a NUL byte", where=where)
        pieces.append(piece)
    return b"".join(pieces)


def _input() -> BinaryIO:
    if sys.stdin is None:  # closed by whoever started the program
        raise TextUnreadable("is closed", where="standard input")
    return sys.stdin.buffer
