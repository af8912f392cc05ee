"""Names: `netctl dns zones | records | lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netctl.cli.lazy import LazyGroup, reads
from netctl.cli.output import say, write_csv, write_json, write_table
from netctl.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netctl.control.dns.lint import LintReport, RuleFinding

NOT_USABLE = 4
COMMANDS = {
    "zones": ("netctl.cli.dns:zones", "List the zones of every view: whose they are, what they hold, what is wrong."),
    "records": ("netctl.cli.dns:records", "List records, and the place each comes from."),
    "lint": ("netctl.cli.dns:lint", "Check every zone by the rules; waivers are in dns/policy.yaml."),
    "plan": ("netctl.cli.dns_servers:plan", "Compare declared zones with what their primaries serve."),
    "dnssec": ("netctl.cli.dns_dnssec:dnssec", "Show how signed zones stand: keys, signatures, DS, rollovers."),
    "serials": ("netctl.cli.dns_servers:serials", "Ask every server for its serials: who is behind, and how far."),
    "promote": ("netctl.cli.dns_promote:promote", "Make another primary the one that writes zones."),
}
_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_ZONE_COLUMNS = ("zone", "view", "organisation", "kind", "records", "findings")
_RECORD_COLUMNS = ("name", "ttl", "type", "data", "view", "origin")
_FINDING_COLUMNS = ("severity", "rule", "view", "zone", "name", "file", "line", "message", "waived")
_WIDEST = 80  # characters a column is filled up to; what is longer stands out

as_csv = click.option("--csv", "as_csv", is_flag=True, help="Answer as CSV (RFC 4180).")


@click.group(cls=LazyGroup, places=COMMANDS)
def dns() -> None:
    """Names: what is declared and what follows from it, by zone and view."""


@click.command()
@as_csv
@reads
@click.pass_obj
def zones(session: Session, as_csv: bool) -> None:
    """List the zones of every view: whose they are, how many records they hold, how many findings.

    Reads files only; `netctl dns lint` says what the findings are.
    """
    from netctl.control.dns.lint import today
    from netctl.control.dns.listing import zones as use_case

    found = use_case(session.root, day=today(), cache=session.settings.home / "cache")
    if session.json:
        write_json(found)
        return
    rows = [
        (
            each.zone,
            each.view,
            each.organisation or "-",
            each.kind,
            each.records,
            _counted(each.errors, each.warnings, each.infos),
        )
        for each in found
    ]
    if as_csv:
        write_csv(_ZONE_COLUMNS, rows)
    else:
        write_table(_ZONE_COLUMNS, rows)


@click.command()
@click.argument("zone", default="")
@click.option("--name", metavar="TEXT", default="", help="Names that hold this text, or match a pattern with * and ?.")
@click.option("--type", "kind", metavar="TYPE", default="", help="Records of this type, such as AAAA.")
@click.option("--view", metavar="VIEW", default="", help="What this view shows.")
@click.option("--origin", metavar="TEXT", default="", help="Records from this file, or `derived` ones.")
@as_csv
@reads
@click.pass_obj
def records(session: Session, zone: str, name: str, kind: str, view: str, origin: str, as_csv: bool) -> None:
    """List the records of ZONE, or of all zones, and the place that each comes from.

    ZONE is a name, or the prefix of a reverse zone. Reads files only; no server is asked.
    """
    from netctl.control.dns.listing import Wanted
    from netctl.control.dns.listing import records as use_case

    wanted = Wanted(zone=zone, name=name, type=kind, view=view, origin=origin)
    found = use_case(session.root, wanted, cache=session.settings.home / "cache")
    if session.json:
        write_json(list(found))
        return
    rows = ((each.name, each.ttl, each.type, each.data, each.view, each.origin) for each in found)
    if as_csv:
        write_csv(_RECORD_COLUMNS, rows)
    else:
        _write_lines(rows)


@click.command()
@click.argument("zone", default="")
@click.option(
    "--severity",
    type=click.Choice(["error", "warning", "info"]),
    default="info",
    show_default=True,
    help="The least severity to list.",
)
@as_csv
@reads
@click.pass_obj
def lint(session: Session, zone: str, severity: str, as_csv: bool) -> int:
    """Check ZONE, or all zones, by the rules; every finding has the place of the record it is about.

    Exit status 0 where no rule with severity error is broken without a waiver, 4 where one is.
    """
    from netctl.control.dns.lint import lint_zones, today

    cache = session.settings.home / "cache"
    report = lint_zones(session.root, zone=zone, severity=severity, day=today(), cache=cache)
    if session.json:
        write_json(report)
    elif as_csv:
        write_csv(_FINDING_COLUMNS, ([getattr(each, key) for key in _FINDING_COLUMNS] for each in report.findings))
    else:
        _say_report(report)
    return 0 if report.usable else NOT_USABLE


def _write_lines(rows: Iterable[Sequence[object]]) -> None:
    """Columns of records. A table that folds and colours would take a minute for the 100,000 that a zone may have."""
    lines = [_RECORD_COLUMNS, *(tuple(map(str, row)) for row in rows)]
    widths = [min(max(map(len, column)), _WIDEST) for column in zip(*lines, strict=True)]
    for line in lines:
        say("  ".join(map(str.ljust, line, widths)).rstrip())


def _say_report(report: LintReport) -> None:
    for each in report.findings:
        say(_line(each), style="dim" if each.waived else _STYLES[each.severity])
        if each.waived:
            say(f"  waived: {each.waived}")
        elif each.hint:
            say(f"  hint: {each.hint}")
    counts = _counted(report.count("error"), report.count("warning"), report.count("info"))
    waived = sum(1 for each in report.findings if each.waived)
    more = f"; {waived} waived" if waived else ""
    say(f"{'nothing is wrong' if counts == '-' else counts}{more}", style="green" if report.usable else "bold red")


def _line(found: RuleFinding) -> str:
    view = f" ({found.view})" if found.view else ""
    return f"{found.severity}: {found.rule}: {found.place}: {found.name}{view}: {found.message}"


def _counted(errors: int, warnings: int, infos: int) -> str:
    """Findings in words, "-" where there are none."""
    counts = ((errors, "error"), (warnings, "warning"), (infos, "note"))
    said = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count]
    return ", ".join(said) or "-"
