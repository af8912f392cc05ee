"""What is wrong in the network: `netctl problems list | show | acknowledge | silence | silences | end-silence`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import click

from netctl.cli.lazy import reads
from netctl.cli.output import moment, say, write_json, write_table
from netctl.cli.session import Session

if TYPE_CHECKING:
    from netctl.control.watching.problems import ProblemView
    from netctl.model.network import Network
    from netctl.model.watch import Problem, Silence

_STYLES = {"high": "bold red", "medium": "yellow", "low": "cyan"}

reason_option = click.option("--reason", required=True, help="What is known, and who works on it.")


@click.group()
def problems() -> None:
    """What is wrong in the network now, and what was; one cause is one problem."""


@problems.command("list")
@click.option("--state", type=click.Choice(["open", "closed", "all"]), default="open", show_default=True)
@click.option("--limit", type=click.IntRange(1, 10000), default=100, show_default=True, help="At most so many closed.")
@reads
@click.pass_obj
def list_problems(session: Session, state: Literal["open", "closed", "all"], limit: int) -> None:
    """List problems: open ones the worst first, others the newest first."""
    from netctl.control.watching import problems as use_case

    with session.open_store() as store:
        found = use_case.listing(store, user=session.user, state="" if state == "all" else state, most=limit)
    if session.json:
        write_json(found)
        return
    rows = [
        (each.id, each.severity, moment(each.opened_at), each.code, each.subject, _standing(each)) for each in found
    ]
    write_table(("problem", "severity", "since", "code", "subject", "standing"), rows, _STYLES)


@problems.command()
@click.argument("problem")
@reads
@click.pass_obj
def show(session: Session, problem: str) -> None:
    """Show one problem: what follows from it, and what was changed in the hour before it began."""
    from netctl.control.watching import problems as use_case

    with session.open_store() as store:
        view = use_case.show(store, problem, user=session.user)
    if session.json:
        write_json(view)
    else:
        _say_view(view)


@problems.command()
@click.argument("problem")
@reason_option
@click.pass_obj
def acknowledge(session: Session, problem: str, reason: str) -> None:
    """Say that you know of a problem and what is done about it; it makes no more noise unless it grows worse."""
    from netctl.control.watching import problems as use_case

    with session.open_store() as store:
        found = use_case.acknowledge(store, problem, user=session.user, reason=reason)
    if session.json:
        write_json(found)
    else:
        say(f"{found.id} is acknowledged", "green")


@problems.command()
@click.argument("subject")
@click.option("--code", default="*", show_default=True, help="Only problems of this code, such as WATCH-DRIFT.")
@click.option("--hours", type=click.FloatRange(0, 720, min_open=True), default=None, help="How long from now on.")
@click.option("--until", metavar="MOMENT", default="", help="Until when, as in 2026-11-23T08:00:00+09:00.")
@reason_option
@click.pass_obj
def silence(session: Session, subject: str, code: str, hours: float | None, until: str, reason: str) -> None:
    """Let problems of SUBJECT (a router, a site, a line such as SITE:1, or `*`) make no noise for a while."""
    from netctl.control.watching import problems as use_case

    if (hours is None) == (not until):
        raise click.UsageError("say --hours or --until")
    end = until or (datetime.now(UTC) + timedelta(hours=hours or 0)).isoformat()
    with session.open_store() as store:
        found = use_case.silence(store, _network(session), subject, code, user=session.user, reason=reason, until=end)
    if session.json:
        write_json(found)
    else:
        say(f"{found.id}: {subject} makes no noise until {moment(found.until)}", "green")


@problems.command()
@reads
@click.pass_obj
def silences(session: Session) -> None:
    """List silences, the newest first, with those that are over."""
    from netctl.control.watching import problems as use_case

    with session.open_store() as store:
        found = use_case.silences(store, _network(session), user=session.user)
    if session.json:
        write_json(found)
        return
    rows = [(each.id, each.subject, each.code, _end(each), each.user, each.reason) for each in found]
    write_table(("silence", "subject", "code", "until", "who", "reason"), rows)


@problems.command("end-silence")
@click.argument("silence")
@click.option("--reason", default="", help="Why before its time.")
@click.pass_obj
def end_silence(session: Session, silence: str, reason: str) -> None:
    """End a silence before its time."""
    from netctl.control.watching import problems as use_case

    with session.open_store() as store:
        found = use_case.end_silence(store, _network(session), silence, user=session.user, reason=reason)
    if session.json:
        write_json(found)
    else:
        say(f"{found.id} is over", "green")


def _network(session: Session) -> Network:
    from netctl.control.watching import problems as use_case

    return use_case.declared(session.root, session.settings)


def _standing(problem: Problem) -> str:
    if problem.closed_at:
        return f"ended {moment(problem.closed_at)}"
    if problem.silenced_until:
        return f"silenced until {moment(problem.silenced_until)}"
    return f"acknowledged by {problem.acknowledged.user}" if problem.acknowledged else "open"


def _end(silence: Silence) -> str:
    return f"ended {moment(silence.ended_at)}" if silence.ended_at else moment(silence.until)


def _say_view(view: ProblemView) -> None:
    problem = view.problem
    say(f"{problem.id} {problem.severity} {problem.code} {problem.subject}", _STYLES.get(problem.severity, ""))
    say(problem.detail)
    say(f"since {moment(problem.opened_at)}, {_standing(problem)}")
    if problem.acknowledged:
        say(f"  {problem.acknowledged.reason}")
    say(f"\n{problem.symptom_count} symptoms on {len(view.targets)} routers")
    for symptom in problem.symptoms:
        say(f"  {symptom}")
    say("\nchanged in the hour before" if view.suspects else "\nnothing was changed in the hour before")
    for suspect in view.suspects:
        where = ", ".join(suspect.touched) or "other routers"
        say(f"  {suspect.change} {moment(suspect.at)} {suspect.state} {suspect.title} ({where})")
