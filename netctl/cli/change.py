"""A change on its way to a push: propose, show, approve, ask, reject, status, stop."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from netctl.cli.lazy import reads
from netctl.cli.output import STATES, moment, say, write_json, write_table
from netctl.cli.planview import write_plan
from netctl.cli.session import Session
from netctl.cli.targets import called, counted
from netctl.model.change import ChangeState

if TYPE_CHECKING:
    from netctl.control.changes.look import ChangeView
    from netctl.model.change import Change

SHORT = 16  # digits of a digest that a person types


@click.command()
@click.argument("plan_file", metavar="PLAN", type=click.Path(path_type=Path))
@click.option("--title", required=True, help="What changes, in a few words.")
@click.option("--reason", default="", help="Why.")
@click.option("--opens", metavar="MOMENT", default="", help="Not to be pushed before, as in 2026-11-22T22:00:00+09:00.")
@click.option("--closes", metavar="MOMENT", default="", help="Not to be pushed after.")
@click.option("--revise", metavar="CHANGE", default="", help="Give this change the new plan; its approvals are void.")
@click.pass_obj
def propose(session: Session, plan_file: Path, title: str, reason: str, opens: str, closes: str, revise: str) -> None:
    """Turn PLAN, a file `netctl plan` wrote, into a change that others can approve."""
    from netctl.control.changes import plan as plans
    from netctl.control.changes import propose as use_case

    plan = plans.read_plan(plan_file)
    with session.open_store() as store:
        if revise:
            change = use_case.revise(store, revise, plan, author=session.user)
        else:
            change = use_case.propose(
                store, plan, title=title, reason=reason, author=session.user, opens=opens, closes=closes
            )
    if session.json:
        write_json(change)
        return
    say(f"{change.id} is proposed: {change.title}", "green")
    say(f"digest  {change.plan_digest}")
    _say_how_to_approve(change)


@click.command()
@click.argument("change")
@click.option("--full", is_flag=True, help="Every line and every target.")
@click.option("--commands", is_flag=True, help="The commands to the same end, and those that lead back.")
@click.option("--origins", is_flag=True, help="Name the template line of every added line.")
@click.option("--receipts", is_flag=True, help="Every step on every target instead of the diff.")
@click.option("--targets", "--routers", "targets", is_flag=True, help="Only where every target stands.")
@reads
@click.pass_obj
def show(
    session: Session, change: str, full: bool, commands: bool, origins: bool, receipts: bool, targets: bool
) -> None:
    """Show one change: why, its diff and risks, who approved, where every target stands."""
    from netctl.control.changes import look as use_case
    from netctl.control.changes import plan as plans

    with session.open_store() as store:
        view = use_case.show(store, change, user=session.user)
    if session.json:
        write_json(view)
        return
    _say_head(view)
    if receipts:
        _write_receipts(view)
    elif not targets:
        write_plan(view.plan, plans.fold(view.plan), full=full, commands=commands, origins=origins)
    if view.members:
        _write_members(view)
    if view.change.state == "proposed":
        _say_how_to_approve(view.change)
    elif view.change.state == "approved":
        say(f"next: netctl push {view.change.id} --digest {view.change.plan_digest[:SHORT]}")


def _say_head(view: ChangeView) -> None:
    change = view.change
    say(f"{change.id}  {change.title}", "bold")
    votes = ", ".join(f"{vote.user} ({vote.verdict})" for vote in change.approvals) or "none yet"
    facts = [
        ("state", change.state),
        ("author", f"{change.author}, {moment(change.created_at)}"),
        ("reason", change.reason or "-"),
        ("window", f"{change.window.opens or 'open'} .. {change.window.closes or 'open'}"),
        ("approvals", f"{len(view.approvers)} of {change.approvals_needed}: {votes}"),
        ("digest", change.plan_digest),
    ]
    write_table((), [(f"  {name}", value) for name, value in facts], STATES)
    say()


def _write_members(view: ChangeView) -> None:
    """Where every target stands, when its first step began and how long it took to its last."""
    from netctl.control.changes.order import count

    times: dict[str, list[datetime]] = {}
    for line in view.receipts:
        times.setdefault(line.target, []).append(datetime.fromisoformat(line.at))
    say(f"Targets: {counted(count(view.plan))}", "bold")
    rows = []
    for each in view.members:
        at = times.get(each.target, [])
        began = moment(min(at).isoformat().partition("+")[0]) if at else ""
        took = f"{(max(at) - min(at)).total_seconds():.0f} s" if at else ""
        rows.append((f"  {called(each.target)}", each.state, began, took, each.detail))
    write_table((), rows, STATES)
    say()


def _write_receipts(view: ChangeView) -> None:
    """Steps as they ended, in the order they did; one that only began is the one a worker died in."""
    ended = {(line.target, line.step) for line in view.receipts if line.outcome != "begun"}
    rows = [
        (f"  {moment(line.at)}", called(line.target), line.step, line.outcome, line.detail)
        for line in view.receipts
        if line.outcome != "begun" or (line.target, line.step) not in ended
    ]
    say("Steps", "bold")
    write_table((), rows, STATES)
    say()


def _say_how_to_approve(change: Change) -> None:
    people = "one other person" if change.approvals_needed == 1 else f"{change.approvals_needed} other people"
    say(f"next: {people}: netctl approve {change.id} --digest {change.plan_digest[:SHORT]}")


digest_option = click.option(
    "--digest", metavar="DIGEST", required=True, help="Of the plan that was looked at; its first 16 digits do."
)


@click.command()
@click.argument("change")
@digest_option
@click.option("--reason", default="", help="A word to those who read it later.")
@click.pass_obj
def approve(session: Session, change: str, digest: str, reason: str) -> None:
    """Say yes to CHANGE as `netctl show` shows it; the author of a change cannot."""
    from netctl.control.changes import approve as use_case

    user = session.user
    with session.open_store() as store:
        after = use_case.approve(store, change, user=user, digest=digest, reason=reason)
    if session.json:
        write_json(after)
        return
    say(f"{after.id} is {after.state}", STATES[after.state])
    if after.state == "approved":
        say(f"next: netctl push {after.id} --digest {after.plan_digest[:SHORT]}")


@click.command()
@click.argument("change")
@digest_option
@click.option("--reason", required=True, help="What has to be different.")
@click.pass_obj
def ask(session: Session, change: str, digest: str, reason: str) -> None:
    """Ask the author of CHANGE for changes: it cannot be pushed until it is revised, or you approve it."""
    from netctl.control.changes import approve as use_case

    user = session.user
    with session.open_store() as store:
        after = use_case.ask(store, change, user=user, digest=digest, reason=reason)
    if session.json:
        write_json(after)
        return
    say(f"{after.id} is {after.state}", STATES[after.state])
    say(f"next: {after.author}: netctl propose PLAN --title TITLE --revise {after.id}")


@click.command()
@click.argument("change")
@digest_option
@click.option("--reason", required=True, help="Why not.")
@click.pass_obj
def reject(session: Session, change: str, digest: str, reason: str) -> None:
    """Say no to CHANGE, for good."""
    from netctl.control.changes import approve as use_case

    user = session.user
    with session.open_store() as store:
        after = use_case.reject(store, change, user=user, digest=digest, reason=reason)
    if session.json:
        write_json(after)
        return
    say(f"{after.id} is {after.state}", STATES[after.state])


@click.command()
@click.option(
    "--state", "states", type=click.Choice(get_args(ChangeState)), multiple=True, help="Only these; repeatable."
)
@reads
@click.pass_obj
def status(session: Session, states: tuple[ChangeState, ...]) -> None:
    """List changes, newest first, how far each has come, and the processes that push."""
    from netctl.control.rollout.status import status as use_case

    user = session.user
    with session.open_store() as store:
        found = use_case(store, user=user, states=states)
    if session.json:
        write_json(found)
        return
    rows = [
        (
            each.id,
            each.state,
            f"{len(each.approvers)}/{each.approvals_needed}",
            f"{each.members_done}/{each.members}" if each.members else "-",
            each.author,
            moment(each.created_at),
            each.title,
        )
        for each in found.changes
    ]
    write_table(("change", "state", "approvals", "done", "author", "proposed", "title"), rows, STATES)
    for worker in found.workers:
        if worker.alive:
            say(f"worker {worker.name}: {', '.join(worker.changes) or 'idle'}")
    for change in found.needs_resume:
        say(f"{change}: its worker died; `netctl resume {change}` reads everything in flight and goes on", "bold red")


@click.command()
@click.argument("change")
@click.option("--reason", default="", help="A word to those who read it later.")
@click.pass_obj
def stop(session: Session, change: str, reason: str) -> None:
    """Ask the push of CHANGE to stop before its next target."""
    from netctl.control.changes import look as use_case

    user = session.user
    with session.open_store() as store:
        use_case.stop(store, change, user=user, reason=reason)
    say(f"{change} stops before its next target")
