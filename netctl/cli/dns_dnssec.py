"""Signed zones: `netctl dns dnssec`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netctl.cli.dns import NOT_USABLE
from netctl.cli.dns_servers import view_option
from netctl.cli.lazy import reads
from netctl.cli.output import say, write_json, write_table
from netctl.cli.session import Session
from netctl.errors import DeviceError

if TYPE_CHECKING:
    from netctl.model.signing import DsSight, KeySight, Rollover, ServerSigning, ZoneSigning

_STYLES = {"secure": "green", "broken": "bold red", "unknown": "yellow", "island": "yellow", "unsigned": ""}
_MEANINGS = {
    "secure": "a declared anchor leads here",
    "island": "signed, and nobody above says so",
    "unknown": "nobody knows who vouches for it",
    "broken": "whoever validates refuses it, or some of its names",
    "unsigned": "without keys",
}


@click.command("dnssec")
@click.argument("zone", default="")
@view_option
@click.option("--whole", is_flag=True, help="Verify every signature, of great zones too: some seconds for 10,000.")
@reads
@click.pass_obj
def dnssec(session: Session, zone: str, view: str, whole: bool) -> int:
    """Show how signed zones stand; with ZONE, its keys, its DS, and how far a rollover has come.

    Every server is asked for keys and signatures, and the servers of the zone above for the DS. Nothing is changed
    anywhere. Exit status 0 where all is well, 4 where a chain is broken or signatures end sooner than the policy lets
    pass, 6 where a zone or a server could not be asked.
    """
    from netctl.control.dns import dnssec as use_case

    with session.open_store(create=True) as store:
        found = use_case.examine_zones(session.root, session.settings, store, zone=zone, view=view, whole=whole)
    if session.json:
        write_json([each.as_dict() for each in found])
    elif zone:
        for each in found:
            _write_story(each)
    else:
        _write_list(found)
    if any(each.refused for each in found):
        return NOT_USABLE
    return DeviceError.exit_status if any(each.unasked for each in found) else 0


def _write_list(found: tuple[ZoneSigning, ...]) -> None:
    if not found:
        say("no zone is declared to be signed")
        return
    rows = [
        (each.zone, each.view, each.chain, each.policy or "-", _minutes(each.expires), _keys(each), _rolling(each))
        for each in found
    ]
    write_table(("zone", "view", "chain", "policy", "signatures end", "keys", "rollover"), rows)
    if any(each.signed and not each.verified for each in found):
        say("verified: each apex, and every proof of absence but for its signature; --whole verifies all", "dim")
    for each in found:
        for said in (*each.problems, *_of_servers(each)):
            say(f"{each.zone} ({each.view}): {said}", "red")
        if each.error:
            say(f"{each.zone} ({each.view}): {each.error}", "red")


def _write_story(zone: ZoneSigning) -> None:
    say(f"{zone.zone} ({zone.view}): {zone.chain}, {_MEANINGS[zone.chain]}", _STYLES[zone.chain])
    if zone.error:
        say(f"  not read: {zone.error}", "red")
    if zone.signed:
        anchored = f", from {zone.anchor}" if zone.anchor else ""
        ends = f"the first of its signatures ends {_minutes(zone.expires)}"
        say(f"  policy {zone.policy or 'none'}{anchored}; {zone.denial}; {ends}", "bold red" if zone.ends_soon else "")
    for said in zone.problems:
        say(f"  broken: {said}", "bold red")
    _write_keys(zone.keys)
    _write_vouchers(zone.ds)
    for rollover in zone.rollovers:
        _write_rollover(rollover)
    _write_servers(zone.servers)
    for note in zone.notes:
        say(f"  note: {note}", "dim")
    say()


def _write_keys(keys: tuple[KeySight, ...]) -> None:
    if not keys:
        return
    rows = [
        (each.tag, each.algorithm, each.role, each.state, _signs(each), _yes(each.ds), _since(each),
         ", ".join(each.missing_on) or "-")
        for each in keys
    ]  # fmt: skip
    say()
    write_table(("key", "algorithm", "role", "state", "signs", "DS", "since", "missing on"), rows)


def _write_vouchers(vouchers: tuple[DsSight, ...]) -> None:
    for each in vouchers:
        of = f"is of key {each.matches}" if each.matches is not None else "is of no key that is published"
        where = f"served by {', '.join(each.above)}" if each.above else "not served above"
        said = "declared" if each.declared else "not declared"
        say(f"  DS {each.tag} {of}; {said}, {where}", "" if each.matches is not None else "yellow")


def _write_rollover(rollover: Rollover) -> None:
    say()
    say(
        f"  {rollover.kind} rollover" if rollover.kind not in {"first", "leaving"} else f"  {_TITLES[rollover.kind]}",
        "bold",
    )
    for number, step in enumerate(rollover.steps):
        mark = "done" if number < rollover.step else "now " if number == rollover.step else "    "
        say(f"    {mark} {number + 1}. {step}", "" if number == rollover.step else "dim")
    say(f"    waiting: {rollover.waiting}" + (f", until {_minutes(rollover.earliest)}" if rollover.earliest else ""))
    for line in rollover.to_do:
        say(f"    to do:   {line}", "yellow")


def _write_servers(servers: tuple[ServerSigning, ...]) -> None:
    say()
    rows = [
        (each.server, each.role, "-" if each.serial is None else each.serial, _minutes(each.expires),
         each.error or "; ".join(each.problems) or "-")
        for each in servers
    ]  # fmt: skip
    write_table(("server", "role", "serial", "apex signed until", "problem"), rows)


_TITLES = {"first": "being signed for the first time", "leaving": "signatures are being taken away"}


def _keys(zone: ZoneSigning) -> str:
    """Tags by what they are for."""
    return ", ".join(f"{each.role} {each.tag}" for each in zone.keys if each.state != "removed") or "-"


def _rolling(zone: ZoneSigning) -> str:
    return ", ".join(f"{each.kind} {each.step + 1}/{len(each.steps)}" for each in zone.rollovers) or "-"


def _of_servers(zone: ZoneSigning) -> list[str]:
    said = [f"{each.server}: {problem}" for each in zone.servers for problem in each.problems]
    return said + [each.error for each in zone.servers if each.error]


def _signs(key: KeySight) -> str:
    parts = ["keys"] if key.signs_keys else []
    return " and ".join([*parts, f"{key.signatures} RRsets"] if key.signatures else parts) or "nothing"


def _since(key: KeySight) -> str:
    history = key.history
    moments = {
        "active": history.signing_all or history.signing or history.published,
        "removed": history.gone,
        "retired": history.signing_ended,
    }
    return _minutes(moments.get(key.state, history.published))


def _yes(fact: bool | None) -> str:
    return "?" if fact is None else "yes" if fact else "-"


def _minutes(moment: str) -> str:
    """A moment as people read it: UTC, to the minute."""
    return f"{moment[:10]} {moment[11:16]}Z" if moment else "-"
