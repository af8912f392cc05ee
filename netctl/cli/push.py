"""A change is carried out: push, resume, rollback, and the worker that helps."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from netctl.cli.output import STATES, say, write_json, write_json_line, write_table
from netctl.cli.planview import write_order
from netctl.cli.pushview import following
from netctl.cli.session import Session
from netctl.cli.stopping import stopping
from netctl.cli.targets import called

if TYPE_CHECKING:
    from netctl.control.rollout.push import PushReport

events_option = click.option("--events", is_flag=True, help="Write every event as one line of JSON to stdout.")
digest_option = click.option(
    "--digest",
    metavar="DIGEST",
    default="",
    help="Of the change's plan, 16 digits or more; without it nothing is done.",
)


@click.command()
@click.argument("change")
@digest_option
@events_option
@click.pass_obj
def push(session: Session, change: str, digest: str, events: bool) -> int:
    """Carry CHANGE out: one member of a pair at a time, drained first, verified after, wave after wave.

    Names that go leave zones before the routers change, all others come after; a zone is confirmed once every server
    serves it. Without --digest it only shows what it would do. The first Ctrl-C stops before the next target, the
    second leaves at once: what is in flight is then taken back. Pushing a change that is done changes nothing.
    """
    from netctl.control.rollout.push import push as use_case

    if not _meant(session, change, digest, "push"):
        return 0
    root, settings, user = session.root, session.settings, session.user
    with following(session, change, "resume", events=events) as emit:
        report = use_case(root, settings, change, user=user, emit=emit)
    return _say_how_it_ended(session, report, events=events)


@click.command()
@click.argument("change")
@events_option
@click.pass_obj
def resume(session: Session, change: str, events: bool) -> int:
    """Go on with CHANGE: its worker died, it stopped, or a target's state was unknown.

    Everything in flight is read first; nothing is guessed.
    """
    from netctl.control.rollout.resume import resume as use_case

    root, settings, user = session.root, session.settings, session.user
    with following(session, change, "resume", events=events) as emit:
        report = use_case(root, settings, change, user=user, emit=emit)
    return _say_how_it_ended(session, report, events=events)


@click.command()
@click.argument("change")
@digest_option
@events_option
@click.pass_obj
def rollback(session: Session, change: str, digest: str, events: bool) -> int:
    """Take CHANGE back: all that it changed holds again what it held before, with the same care as a push.

    Without --digest it only shows what it would do. No further approval is needed; the audit log tells who did it.
    """
    from netctl.control.rollout.rollback import rollback as use_case

    if not _meant(session, change, digest, "rollback"):
        return 0
    root, settings, user = session.root, session.settings, session.user
    with following(session, change, "rollback", events=events) as emit:
        report = use_case(root, settings, change, user=user, emit=emit)
    return _say_how_it_ended(session, report, events=events)


@click.command()
@click.pass_obj
def worker(session: Session) -> None:
    """Help with pushes: one more process, on PostgreSQL. Ends with Ctrl-C, after what is under way here."""
    from netctl.control.rollout.worker import work

    root, settings = session.root, session.settings
    session.standing = lambda: "this worker left at once; `netctl status` shows which change waits for `netctl resume`"
    stop = threading.Event()
    with stopping(stop):
        work(root, settings, stop, emit=write_json_line)


def _meant(session: Session, change: str, digest: str, verb: str) -> bool:
    """True where the digest says that this very change is meant; without one, what would be done is shown."""
    from netctl.control.changes import look as changes

    with session.open_store() as store:
        view = changes.meant(store, change, digest, user=session.user)
    if digest:
        return True
    if session.json:
        write_json({"change": view.change, "waves": view.plan.waves, "would": verb})
        return False
    say(f"{view.change.id}  {view.change.title}  ({view.change.state})", "bold")
    write_order(view.plan, full=True)
    say(f"nothing was done; to do it: netctl {verb} {view.change.id} --digest {view.change.plan_digest[:16]}")
    return False


def _say_how_it_ended(session: Session, report: PushReport, *, events: bool) -> int:
    """The report, and the exit status that follows from it."""
    error = report.error
    write: Callable[[Any], None] | None = write_json_line if events else write_json if session.json else None
    if write is not None:
        write({"event": "report", **report.as_dict(), "error": error})
        return error.exit_status if error else 0
    rows = [(f"  {called(member.target)}", member.state, member.detail) for member in report.members]
    write_table((), rows, STATES)
    if error is not None:
        raise error
    already = " already; nothing was changed" if report.already else ""
    say(f"{report.change} is {report.state.replace('_', ' ')}{already}", STATES[report.state])
    return 0
