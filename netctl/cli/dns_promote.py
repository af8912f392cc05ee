"""Who writes zones: `netctl dns promote`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netctl.cli.lazy import reads
from netctl.cli.output import say, write_json, write_table
from netctl.cli.plan import DIFFERENCES
from netctl.cli.planview import FOLDED_AFTER, write_lines
from netctl.cli.progress import activity
from netctl.cli.session import Session
from netctl.errors import PromotionRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netctl.control.dns.promote import Loss, Outlook, Promoted, ServerTurn, ZoneSerials

_WAYS = {
    "takeover": "{server} would write instead of {former}, which cannot be reached",
    "handover": "{former} would hand over to {server}: nobody writes for a moment, every name is answered all the time",
    "others": "{server} writes already; others would have their turn",
    "nothing": "{server} writes, and nobody owes a turn: there is nothing to do",
}
_TURN_STYLES = {"owed": "yellow", "left": "yellow", "writes": "bold green", "copies, then writes": "bold green"}
_ZONES = 12  # zones that are shown unless everything is asked for
_FOLDED = 20  # lines of one configuration, which say the same of every zone


@click.command("promote")
@click.argument("server")
@click.option(
    "--digest", metavar="DIGEST", default="", help="Of what was shown, 16 digits or more; without it, nothing is done."
)
@click.option("--reason", metavar="TEXT", default="", help="Why; the audit log and the dashboard have it.")
@click.option(
    "--losing-changes",
    "losing",
    metavar="ZONE@VIEW",
    multiple=True,
    help="Give up the changes of this zone that only others have. May be said several times.",
)
@click.option("--full", is_flag=True, help="Every zone, and every line of every difference.")
@reads
@click.pass_obj
def promote(session: Session, server: str, digest: str, reason: str, losing: tuple[str, ...], full: bool) -> int:
    """Make SERVER, a primary, the one that writes zones: the main one is gone, or is back.

    Without --digest it shows what it would do: who can be reached, which serial each server serves, what SERVER lacks,
    how each configuration changes, in which order. With it the servers turn one by one, each commit with a deadline;
    those that cannot be reached are named, and have their turn when the same is said again. No approval is needed; the
    audit log tells who did it and why. Interrupted or killed, it goes on when it is said again. Exit status 0 where
    all is done, 3 where somebody owes a turn or stays behind, 5 where something stands against it.
    """
    from netctl.control.dns import promote as use_case

    root, settings, user = session.root, session.settings, session.user
    with session.open_store(create=not digest) as store:
        if not digest:
            with activity(session, "asking the name servers"):
                outlook = use_case.look(root, settings, store, server, user=user)
            return _show(session, outlook, full=full)
        session.standing = lambda: f"say the same again: it goes on; `netctl dns promote {server}` shows how things are"
        with activity(session, "promoting") as told:
            done = use_case.promote(
                root, settings, store, server, user=user, digest=digest, reason=reason, losing=losing,
                emit=lambda step: told(step.target, f"{step.step}: {step.outcome} {step.detail}".rstrip()),
            )  # fmt: skip
    return _say_how_it_ended(session, done)


def _show(session: Session, outlook: Outlook, *, full: bool) -> int:
    if session.json:
        write_json(outlook)
    else:
        _write(outlook, full=full)
    return PromotionRefused.exit_status if outlook.refusals else 0


def _write(outlook: Outlook, *, full: bool) -> None:
    say(_WAYS[outlook.way].format(server=outlook.server, former=outlook.former), "bold")
    if outlook.under_way:
        say("it was begun already, and goes on from here", "yellow")
    say()
    _write_servers(outlook.servers)
    _write_zones(outlook.zones, full=full)
    for loss in outlook.losses:
        _write_loss(loss, full=full)
    for each in outlook.servers:
        _write_difference(each, full=full)
    _write_order(outlook.order)
    for style, word, lines in (
        ("yellow", "not settled", outlook.open_writes),
        ("yellow", "note", outlook.warnings),
        ("bold red", "refused", outlook.refusals),
    ):
        for line in lines:
            say(f"{word}: {line}", style)
    if outlook.way != "nothing" and not outlook.refusals:
        losing = "".join(f" --losing-changes {each}" for each in outlook.losing)
        command = f"netctl dns promote {outlook.server} --digest {outlook.digest[:16]} --reason '…'{losing}"
        say(f"nothing was done; to do it: {command}")


def _write_servers(servers: tuple[ServerTurn, ...]) -> None:
    headings = ("server", "software", "role", "answers", "now", "turn")
    write_table(headings, [_server(each) for each in servers], _TURN_STYLES)
    for each in servers:
        if each.error:
            say(f"  {each.server}: {each.error}", "red")
    say()


def _write_order(order: tuple[str, ...]) -> None:
    if order:
        say("Order", "bold")
        for number, words in enumerate(order, 1):
            say(f"  {number}. {words}")
        say()


def _server(turn: ServerTurn) -> tuple[str, ...]:
    answers = {True: "yes", False: "no", None: "-"}[turn.answers]
    now = {True: "writes", False: "copies", None: "-"}[turn.writes] if turn.role.startswith("primary") else "-"
    return (turn.server, turn.software, turn.role, answers, now, turn.turn)


def _write_zones(zones: tuple[ZoneSerials, ...], *, full: bool) -> None:
    """Serials by server; of many zones, those that are not the same everywhere."""
    servers = list(dict.fromkeys(server for each in zones for server, _, _ in each.serials))
    shown = zones if full or len(zones) <= _ZONES else tuple(each for each in zones if not _level(each))
    if shown:
        write_table(("zone", "view", *servers), list(_serials(shown, servers)))
    if len(zones) > len(shown):
        say(f"{len(zones) - len(shown)} zones are the same on every server that answers; --full shows them")
    say()


def _level(zone: ZoneSerials) -> bool:
    return len({serial for _, serial, _ in zone.serials if serial is not None}) == 1


def _serials(zones: tuple[ZoneSerials, ...], servers: list[str]) -> Iterator[tuple[str, ...]]:
    for each in zones:
        by_server = {server: "?" if serial is None else str(serial) for server, serial, _ in each.serials}
        yield (each.zone, each.view, *(by_server.get(server, "-") for server in servers))


def _write_loss(loss: Loss, *, full: bool) -> None:
    had = "had when it was last read" if loss.remembered else "has"
    here = "nothing of it" if loss.serial_here is None else f"serial {loss.serial_here}"
    say(
        f"{loss.zone}: {loss.holder} {had} serial {loss.serial}, against {here}: these changes would be lost",
        "bold red",
    )
    if loss.lines is None:
        say("  what they are can no longer be read")
        return
    shown = loss.lines if full else loss.lines[:FOLDED_AFTER]
    write_lines(shown, origins=False)
    if len(loss.lines) > len(shown):
        say(f"  … {len(loss.lines) - len(shown)} more lines; --full shows them", "dim")
    say()


def _write_difference(turn: ServerTurn, *, full: bool) -> None:
    if not turn.diff:
        return
    say(f"{turn.server}  ({turn.turn})", "bold")
    shown = turn.diff if full else turn.diff[:_FOLDED]
    write_lines(shown, origins=False)
    if len(turn.diff) > len(shown):
        say(f"  … {len(turn.diff) - len(shown)} more lines; --full shows them", "dim")
    say()


def _say_how_it_ended(session: Session, done: Promoted) -> int:
    if session.json:
        write_json(done)
    else:
        rows = [(each.target, each.step, each.outcome, each.detail) for each in done.steps if each.outcome != "begun"]
        if rows:
            write_table(("server", "step", "outcome", "detail"), rows)
        for name in done.owed:
            say(f"{name} has not had its turn: say the same again when it can be reached", "yellow")
        for place, error in done.behind:
            say(f"behind: {place}: {error}", "yellow")
        say(f"{done.server} writes" + ("" if done.steps else " already; nothing was changed"), "green")
    return 0 if done.complete else DIFFERENCES
