"""The declared network as a lab of real daemons: `netctl lab up | down | status | exec | fail | heal`."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from netctl.cli.lazy import reads
from netctl.cli.output import say, write_json, write_table
from netctl.cli.progress import activity
from netctl.cli.session import Session


@click.group()
def lab() -> None:
    """Raise the declared network as a lab of real daemons, on this machine.

    The lab's name is the program's `--lab NAME` (or NETCTL_LAB); without one it is "lab". Needs root.
    """


@lab.command()
@click.option(
    "--only", multiple=True, metavar="GROUP", help="Only this redundancy group beside the centres'; repeatable."
)
@click.option("--no-wait", is_flag=True, help="Return when routers answer, not when their sessions are up.")
@click.pass_obj
def up(session: Session, only: tuple[str, ...], no_wait: bool) -> None:
    """Raise the lab; its routers start as the declared network has them."""
    from netctl.control import lab as use_case

    root, name = session.root, session.lab_name
    session.standing = lambda: f"nothing is left of the lab; `netctl --lab {name} lab up` raises it again"
    with activity(session, f"raising lab {name}:") as progress:
        raised = use_case.up(root, session.host_settings, name, only=only, wait=not no_wait, progress=progress)
    if session.json:
        write_json(raised)
        return
    servers = f", {len(raised.servers)} name servers" if raised.servers else ""
    size = f"{len(raised.routers)} routers{servers} and {len(raised.endpoints)} hosts"
    say(
        f"lab {name} was up already: {size}" if raised.already else f"lab {name} is up: {size}, {raised.seconds} s",
        "green",
    )
    say(f"next: netctl --lab {name} plan")


@lab.command()
@click.pass_obj
def down(session: Session) -> None:
    """Take the lab down, with everything the kernel holds of it."""
    from netctl.control import lab as use_case

    name = session.lab_name
    session.standing = lambda: f"lab {name} is half down; `netctl --lab {name} lab down` takes the rest"
    removed = use_case.down(session.host_settings, name)
    if session.json:
        write_json(removed)
        return
    gone = f"{removed.processes} processes, {removed.namespaces} namespaces and {removed.mounts} mounts"
    say(f"lab {name} is down: {gone} gone")


@lab.command()
@reads
@click.pass_obj
def status(session: Session) -> None:
    """Show every host of the lab, and every line that is cut."""
    from netctl.control import lab as use_case

    found = use_case.status(session.host_settings, session.lab_name)
    if session.json:
        write_json(found)
        return
    rows = [(h.name, h.kind, h.address, h.state, h.processes, f"{h.memory // 1024} MiB") for h in found.hosts]
    styles = {"up": "green", "booting": "yellow", "off": "bold red"}
    write_table(("host", "kind", "address", "state", "processes", "memory"), rows, styles)
    for line, how in found.cut:
        say(f"line {line}: {how}", "bold red")


@lab.command("exec", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("host")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_obj
def execute(session: Session, host: str, command: tuple[str, ...]) -> NoReturn:
    """Run COMMAND as root inside HOST; `noc` is the management station. The exit status is the command's own."""
    from netctl.control import lab as use_case

    words = use_case.interactive(session.host_settings, host, command, session.lab_name)
    sys.stdout.flush()
    os.execvp(words[0], words)  # noqa: S606  # the caller's own words, run on the caller's own terminal


@lab.command()
@click.argument("what", metavar="HOST|LINE")
@click.option("--quietly", is_flag=True, help="The line looks well and loses every packet.")
@click.pass_obj
def fail(session: Session, what: str, quietly: bool) -> None:
    """Cut the power of a host, or take a line down (`bb3`, `rivers-hq:1`)."""
    from netctl.control import lab as use_case

    say(use_case.fail(session.host_settings, what, session.lab_name, quietly=quietly))


@lab.command()
@click.argument("what", metavar="[HOST|LINE]", default="")
@click.pass_obj
def heal(session: Session, what: str) -> None:
    """Mend one host or line, or everything that is broken."""
    from netctl.control import lab as use_case

    with activity(session, "healing") as progress:
        mended = use_case.heal(session.host_settings, what, session.lab_name, progress=progress)
    say(f"mended: {', '.join(mended)}" if mended else "nothing was broken")
