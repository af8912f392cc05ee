"""What would change: `netctl plan`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from netctl.cli import targets
from netctl.cli.lazy import reads
from netctl.cli.output import say, write_json
from netctl.cli.planview import write_plan
from netctl.cli.progress import counted
from netctl.cli.session import Session
from netctl.errors import DeviceError

if TYPE_CHECKING:
    from netctl.control.changes.plan import PlanReport

DIFFERENCES = 3


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Write the plan here instead of under NETCTL_HOME."
)
@click.option(
    "--allow",
    "allow",
    metavar="ZONE:WORDS",
    multiple=True,
    help="What the plan may do to a zone beyond the policy's limits: ZONE:deletions=250,deleted_percent=40,apex_ns.",
)
@click.option("--full", is_flag=True, help="Every line of every difference, and everything by name.")
@click.option("--commands", is_flag=True, help="The commands to the same end, and those that lead back.")
@click.option("--origins", is_flag=True, help="Say where each added line comes from: a template, or a file of dns/.")
@reads
@click.pass_obj
def plan(
    session: Session,
    names: tuple[str, ...],
    out: Path | None,
    allow: tuple[str, ...],
    full: bool,
    commands: bool,
    origins: bool,
) -> int:
    """Compare what is declared with what routers, name servers and zones hold now, and write a plan file.

    NAME is a router, site, centre, organisation, name server or zone, or the prefix of a reverse zone; without names
    all of them are read. An organisation's zones are planned with its routers. Nothing is changed anywhere. Exit status
    0 where nothing differs, 3 where something does, 6 where something could not be read.
    """
    from netctl.control.changes import plan as use_case

    root, settings = session.root, session.settings
    with counted(session, "reading") as progress:
        report = use_case.plan(root, settings, names=names, out=out, allow=allow, progress=progress)
    if session.json:
        write_json(report)
    else:
        _write(report, full=full, commands=commands, origins=origins)
    if report.plan.unreachable:
        return DeviceError.exit_status
    return 0 if report.plan.empty else DIFFERENCES


def _write(report: PlanReport, *, full: bool, commands: bool, origins: bool) -> None:
    from netctl.control.changes.order import count

    made = report.plan
    write_plan(made, report.folds, full=full, commands=commands, origins=origins)
    if made.empty:
        say("nothing differs" if not made.unreachable else "nothing differs where it could be read", "green")
        return
    found = count(made)
    several = f", in {len(report.folds)} different ways" if len(report.folds) > 1 else ", in one way"
    say(f"{targets.counted(found)} {_differ(found.all)}{several if found.routers == found.all > 1 else ''}", "bold")
    say(f"plan    {report.path}")
    say(f"digest  {made.digest}")
    if made.unreachable:
        say("such a plan cannot be proposed: not everything could be read", "bold red")
    elif report.obstacles:
        say("such a plan cannot be proposed:", "bold red")
        for each in report.obstacles:
            say(f"  {targets.called(each.target)}: {each.message}", "red")
    else:
        say(f"next: netctl propose {report.path} --title TITLE --reason REASON")


def _differ(count: int) -> str:
    return "differs" if count == 1 else "differ"
