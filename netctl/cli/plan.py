"""What would change: `netctl plan`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

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
@click.option("--full", is_flag=True, help="Every line of every difference, and every router by name.")
@click.option("--commands", is_flag=True, help="The commands to the same end, and those that lead back.")
@click.option("--origins", is_flag=True, help="Name the template line of every added line.")
@reads
@click.pass_obj
def plan(session: Session, names: tuple[str, ...], out: Path | None, full: bool, commands: bool, origins: bool) -> int:
    """Compare what is declared with what routers hold now, and write a plan file where something differs.

    NAME is a router, site, centre or organisation; without names all routers are read. Nothing is changed anywhere.
    Exit status 0 where nothing differs, 3 where something does, 6 where a router could not be read.
    """
    from netctl.control.changes import plan as use_case

    root, settings = session.root, session.settings
    with counted(session, "reading routers") as progress:
        report = use_case.plan(root, settings, names=names, out=out, progress=progress)
    if session.json:
        write_json(report)
    else:
        _write(report, full=full, commands=commands, origins=origins)
    if report.plan.unreachable:
        return DeviceError.exit_status
    return 0 if report.plan.empty else DIFFERENCES


def _write(report: PlanReport, *, full: bool, commands: bool, origins: bool) -> None:
    made = report.plan
    write_plan(made, report.folds, full=full, commands=commands, origins=origins)
    if made.empty:
        say("nothing differs" if not made.unreachable else "nothing differs on the routers that could be read", "green")
        return
    several = f"{len(report.folds)} different ways" if len(report.folds) > 1 else "one way"
    count = f"{len(made.targets)} routers differ, in {several}" if len(made.targets) > 1 else "1 router differs"
    say(count, "bold")
    say(f"plan    {report.path}")
    say(f"digest  {made.digest}")
    if made.unreachable:
        say("such a plan cannot be proposed: not every router could be read", "bold red")
    else:
        say(f"next: netctl propose {report.path} --title TITLE --reason REASON")
