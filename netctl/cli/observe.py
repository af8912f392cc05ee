"""The network is watched: `netctl observe`."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import click

from netctl.cli.lazy import reads
from netctl.cli.output import moment, say, write_json, write_json_line, write_table
from netctl.cli.progress import activity, watched
from netctl.cli.session import Session
from netctl.cli.stopping import stopping
from netctl.errors import DeviceError

if TYPE_CHECKING:
    from netctl.control.watching.observe import Round
    from netctl.model.watch import Standing

STATES = {"up": "green", "degraded": "yellow", "down": "bold red", "unknown": "dim"}


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--once", is_flag=True, help="One round, then show how routers stand.")
@click.option("--last", is_flag=True, help="Ask no router: show how they stood when they were looked at last.")
@reads
@click.pass_obj
def observe(session: Session, names: tuple[str, ...], once: bool, last: bool) -> int:
    """Watch all routers, or NAMES: routers, sites, centres or organisations.

    Goes on until Ctrl-C or SIGTERM, a round every `observe_interval` seconds, and keeps what it sees in the store.
    Beside its rounds it asks the name servers, and takes back writes to zones that nobody confirmed in time. Where
    another process watches already, this one stands by. With --json every round is one line.
    """
    if once and last:
        raise click.UsageError("--once and --last do not go together")
    if last:
        return _last(session, names)
    if once:
        return _once(session, names)
    _forever(session, names)
    return 0


def _once(session: Session, names: tuple[str, ...]) -> int:
    from netctl.control.watching.observe import observe_once

    root, settings = session.root, session.settings
    with session.open_store(create=True) as store, activity(session, "looking at routers …"):
        found = observe_once(root, settings, store, names=names)
    return _show(session, found, found.standings)


def _last(session: Session, names: tuple[str, ...]) -> int:
    from netctl.control.watching.last_seen import last_seen

    root, settings = session.root, session.settings
    with session.open_store() as store:
        found = last_seen(root, settings, store, user=session.user, names=names)
    if not session.json:
        when = f"looked at last {moment(found.mark.ended_at)}" if found.mark else "nobody has looked at them yet"
        click.echo(when, err=True)
    return _show(session, found, found.standings)


def _show(session: Session, found: Any, standings: tuple[Standing, ...]) -> int:
    """How routers stand, with every reason; the exit status says whether all of them answer."""
    down = any(standing.state in ("down", "unknown") for standing in standings)
    if session.json:
        write_json(found)
        return DeviceError.exit_status if down else 0
    rows = [
        (each.target, each.state, moment(each.since), reason.code if reason else "", reason.detail if reason else "")
        for each in standings
        for reason in each.reasons or (None,)
    ]
    write_table(("router", "state", "since", "reason", ""), rows, STATES)
    return DeviceError.exit_status if down else 0


def _forever(session: Session, names: tuple[str, ...]) -> None:
    from netctl.control.watching.observe import observe_forever

    root, settings = session.root, session.settings
    session.standing = lambda: "this observer left at once; what its last round saw is in the store"
    stop = threading.Event()

    def told(found: Round) -> None:
        if session.json:
            write_json_line(found)
        elif watched() or session.verbose:
            click.echo(_line(found), err=True)
        for each in () if session.json else found.changed:
            codes = ", ".join(sorted({reason.code for reason in each.reasons}))
            say(f"{moment(each.tried_at)}  {each.target} is {each.state}  {codes}".rstrip(), STATES[each.state])

    with session.open_store(create=True) as store, stopping(stop):
        observe_forever(
            root, settings, store, stop, names=names, told=told, say=lambda text: click.echo(text, err=True)
        )


def _line(found: Round) -> str:
    """One round in one line."""
    counted = ", ".join(f"{found.states[state]} {state}" for state in found.states)
    what = "round" if found.whole else "second look"
    mark = found.mark
    return f"{moment(mark.ended_at)}  {what} {mark.number}: {mark.targets} in {found.seconds:.1f} s; {counted}"
