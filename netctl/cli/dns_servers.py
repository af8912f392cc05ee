"""Zones as servers hold them: `netctl dns plan | serials`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netctl.cli.lazy import reads
from netctl.cli.output import say, write_json, write_table
from netctl.cli.plan import DIFFERENCES
from netctl.cli.planview import FOLDED_AFTER, write_lines
from netctl.cli.progress import counted
from netctl.cli.session import Session
from netctl.errors import DeviceError, TwoWriters

if TYPE_CHECKING:
    from netctl.control.dns.plan import DnsPlan, ZonePlan

view_option = click.option("--view", metavar="VIEW", default="", help="This view's zones only.")


@click.command("plan")
@click.argument("zone", default="")
@view_option
@click.option("--full", is_flag=True, help="Every line of every difference.")
@click.option("--origins", is_flag=True, help="Say where each added record is declared.")
@reads
@click.pass_obj
def plan(session: Session, zone: str, view: str, full: bool, origins: bool) -> int:
    """Compare declared zones with what their main primaries serve now.

    ZONE is a name, or the prefix of a reverse zone; without one all zones are read. A zone whose serial is the one
    that was read last is not transferred. Nothing is changed anywhere. Exit status 0 where nothing differs, 3 where
    something does, 6 where a zone could not be read, 8 where a primary takes updates beside a promoted one.
    """
    from netctl.control.dns import plan as use_case

    root, settings = session.root, session.settings
    with session.open_store(create=True) as store, counted(session, "reading zones") as progress:
        report = use_case.plan(root, settings, store, zone=zone, view=view, progress=progress)
    if session.json:
        write_json(report)
    else:
        _write(report, full=full, origins=origins)
    if report.rivals:
        return TwoWriters.exit_status
    if report.unread:
        return DeviceError.exit_status
    return 0 if report.empty else DIFFERENCES


def _write(report: DnsPlan, *, full: bool, origins: bool) -> None:
    differing = [each for each in report.zones if each.differs]
    for each in differing:
        _write_zone(each, full=full, origins=origins)
    for each in report.zones:
        if not each.read:
            say(f"not read: {each.error}" if each.server else f"not read: {_title(each)}: {each.error}", "red")
    _write_rivals(report.rivals)
    if differing:
        say(f"{len(differing)} zones differ" if len(differing) > 1 else "1 zone differs", "bold")
    else:
        say("nothing differs in the zones that could be read" if report.unread else "nothing differs", "green")


def _write_zone(zone: ZonePlan, *, full: bool, origins: bool) -> None:
    said = f"+{zone.added} -{zone.removed}, serial {zone.serial}"
    say(f"{_title(zone)}: {zone.server}  ({said})", "bold")
    shown = zone.lines if full else zone.lines[:FOLDED_AFTER]
    write_lines(shown, origins=origins)
    if len(zone.lines) > len(shown):
        say(f"  … {len(zone.lines) - len(shown)} more lines; --full shows them", "dim")
    if zone.error:
        say(f"  cannot be applied: {zone.error}", "bold red")
    for each in zone.limits:
        say(f"  {each.rule}: {each.message}", "yellow")
    say()


def _title(zone: ZonePlan) -> str:
    return f"{zone.zone} ({zone.view})"


@click.command("serials")
@click.argument("zone", default="")
@view_option
@reads
@click.pass_obj
def serials(session: Session, zone: str, view: str) -> int:
    """Ask every server which serial it serves of ZONE, or of all zones, and how far it is behind the main primary.

    The age says for how long netctl knows a server to serve its serial. Exit status 0 where all are level, 3 where one
    is behind, 6 where one did not answer, 8 where a primary that should stand by takes updates or is ahead.
    """
    from netctl.control.dns import serials as use_case

    with session.open_store(create=True) as store:
        found = use_case.serials(session.root, session.settings, store, zone=zone, view=view)
    if session.json:
        write_json(found)
    else:
        rows = [
            (each.zone, each.view, each.server, each.role, *map(_shown, (each.serial, each.lag, each.age)))
            for each in found.lines
        ]
        write_table(("zone", "view", "server", "role", "serial", "lag", "age (s)"), rows)
        for error in dict.fromkeys(each.error for each in found.lines if each.error):
            say(error, "red")
        _write_rivals(found.rivals)
    if found.rivals:
        return TwoWriters.exit_status
    if found.unread:
        return DeviceError.exit_status
    return DIFFERENCES if found.behind else 0


def _write_rivals(rivals: tuple[TwoWriters, ...]) -> None:
    for rival in rivals:
        say(str(rival), "bold red")
        say(f"  hint: {rival.hint}")


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.0f}" if isinstance(figure, float) else str(figure)
