"""How a plan looks: each difference once, with its section lines; what to know before saying yes; who comes when."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from netctl.cli.output import printable, say, write_table
from netctl.cli.targets import called, counted

if TYPE_CHECKING:
    from netctl.control.changes.order import Phase
    from netctl.control.changes.plan import Fold
    from netctl.model.plan import DiffLine, Finding, Plan, ZoneAllowance

FOLDED_AFTER = 60  # lines of one difference that are shown unless everything is asked for
_SIGNS = {"add": "+", "remove": "-", "context": " "}
_STYLES = {"add": "green", "remove": "red", "context": ""}
SEVERITIES = {"high": "bold red", "medium": "yellow", "low": "cyan", "info": "dim"}
_NAMED = 6  # targets of one difference that are named unless everything is asked for
_PHASES: Mapping[Phase, str] = {
    "servers": "name servers",
    "leaving": "names that go first",
    "routers": "routers",
    "coming": "names, after the routers",
    "names": "names",
}


def write_plan(plan: Plan, folds: Sequence[Fold], *, full: bool, commands: bool, origins: bool) -> None:
    """The whole plan."""
    for each in folds:
        _write_difference(each, full=full, origins=origins)
        if commands:
            _write_commands(each)
        say()
    _write_unreachable(plan)
    if plan.targets:
        _write_findings(plan.findings)
        _write_allowances(plan.allowances)
        _write_waves(plan, full=full)


def _write_difference(fold: Fold, *, full: bool, origins: bool) -> None:
    """One difference and the targets that share it."""
    from netctl.control.changes.order import count_alike

    targets, diff = tuple(map(called, fold.targets)), fold.diff
    added = sum(line.op == "add" for line in diff)
    removed = sum(line.op == "remove" for line in diff)
    count = f"{counted(count_alike(fold))}: " if len(targets) > 1 else ""
    what = f"+{added} -{removed} records" if fold.kind == "zone" else f"{fold.platform}, +{added} -{removed}"
    say(f"{count}{_named(targets, full=full)}  ({what})", "bold")
    shown = diff if full else diff[:FOLDED_AFTER]
    write_lines(shown, origins=origins)
    if len(diff) > len(shown):
        say(f"  … {len(diff) - len(shown)} more lines; --full shows them", "dim")


def _write_commands(fold: Fold) -> None:
    """What would be said to the box to the same end; netctl itself replaces whole configurations where it can."""
    for title, text in (("commands", fold.commands), ("the way back", fold.rollback)):
        if text:
            say(f"  {title}", "bold cyan")
            for line in text.splitlines():
                say(f"    {line}")


def _named(targets: Sequence[str], *, full: bool) -> str:
    shown = targets if full else targets[:_NAMED]
    more = f" and {len(targets) - len(shown)} more" if len(targets) > len(shown) else ""
    return ", ".join(shown) + more


def write_lines(diff: Iterable[DiffLine], *, origins: bool) -> None:
    """Lines of a difference below the part they are of; with `origins`, where each added one comes from."""
    part = ""
    for line in diff:
        if line.part != part:
            part = line.part
            say(f"  {part}", "bold cyan")
        origin = f"    ← {line.origin}" if origins and line.op == "add" else ""
        say(f"  {_SIGNS[line.op]} {'  ' * line.depth}{line.text}{origin}", _STYLES[line.op])


def _write_findings(findings: Sequence[Finding]) -> None:
    """What a reviewer should know, the gravest first."""
    if not findings:
        return
    say("Risks", "bold")
    rows = [
        (f"  {finding.severity}", finding.code, called(finding.target) or "plan", finding.message)
        for finding in findings
    ]
    write_table((), rows, {f"  {severity}": style for severity, style in SEVERITIES.items()})
    say()


def _write_allowances(allowances: Sequence[ZoneAllowance]) -> None:
    """What whoever approves the plan says yes to beyond the limits."""
    if not allowances:
        return
    say("Beyond the limits, if this plan is approved", "bold yellow")
    for each in allowances:
        facts = [
            f"may delete up to {each.deletions} records" if each.deletions else "",
            f"may delete up to {each.deleted_percent} % of the records" if each.deleted_percent else "",
            "may change the zone's own NS records" if each.apex_ns else "",
        ]
        say(f"  {each.zone.rstrip('.') or '.'}: {', '.join(filter(None, facts))}", "yellow")
    say()


def write_order(plan: Plan, *, full: bool) -> None:
    """Who comes when: inside a group one member after the other, the groups of a wave side by side."""
    from netctl.control.changes.order import phases

    parts = phases(plan)
    for wave in plan.waves:
        groups = [" then ".join(map(called, members)) for _, members in wave.groups]
        what = dict.fromkeys(_PHASES[parts[name]] for _, members in wave.groups for name in members if name in parts)
        said = f" ({', '.join(what)})" if set(parts.values()) != {"routers"} else ""
        say(f"  wave {wave.number}{said}: {_named(groups, full=full)}")


def _write_waves(plan: Plan, *, full: bool) -> None:
    say("Order", "bold")
    write_order(plan, full=full)
    say()


def _write_unreachable(plan: Plan) -> None:
    """Targets nothing is known about; such a plan cannot be proposed."""
    for target, reason in plan.unreachable:
        sys.stdout.write(printable(f"not read: {target}: {reason}") + "\n")
    if plan.unreachable:
        say()
