"""The first word after `netctl`: every command, and the options all of them share."""

from __future__ import annotations

import click

from netctl import __version__
from netctl.cli.lazy import LazyGroup
from netctl.cli.session import Session

COMMANDS = {
    "validate": ("netctl.cli.declare:validate", "Check the declared network; list everything that is wrong at once."),
    "schema": ("netctl.cli.declare:schema", "Print the JSON Schemas of the inventory files."),
    "init": ("netctl.cli.declare:init", "Make a network of one's own in a new folder."),
    "render": ("netctl.cli.render:render", "Print what routers must hold."),
    "plan": ("netctl.cli.plan:plan", "Compare what is declared with what runs; write a plan file."),
    "propose": ("netctl.cli.change:propose", "Turn a plan into a change that others can approve."),
    "show": ("netctl.cli.change:show", "Show one change: diff, findings, approvals, where every target stands."),
    "approve": ("netctl.cli.change:approve", "Say yes to a change, bound to its digest."),
    "ask": ("netctl.cli.change:ask", "Ask the author of a change for another one."),
    "reject": ("netctl.cli.change:reject", "Say no to a change."),
    "push": ("netctl.cli.push:push", "Carry an approved change out."),
    "stop": ("netctl.cli.change:stop", "Ask a push to stop before its next target."),
    "resume": ("netctl.cli.push:resume", "Go on with a change whose worker died."),
    "rollback": ("netctl.cli.push:rollback", "Take a change back."),
    "status": ("netctl.cli.change:status", "List changes and how far each has come."),
    "worker": ("netctl.cli.push:worker", "Do pushes for others, beside them, on PostgreSQL."),
    "documents": ("netctl.cli.documents:documents", "Print the plan, procedure or report of a change."),
    "config": ("netctl.cli.config:config", "Parse, compare, patch and predict configurations, as plain files."),
    "dns": ("netctl.cli.dns:dns", "Names: zones, records, findings."),
    "devices": ("netctl.cli.devices:devices", "Host keys, facts and platforms of routers."),
    "observe": ("netctl.cli.observe:observe", "Watch routers and name servers: how each stands, and since when."),
    "addresses": ("netctl.cli.addresses:addresses", "The address plan: who has what, what is free, the ledger."),
    "lab": ("netctl.cli.lab:lab", "Raise the declared network as a lab of real daemons."),
    "web": ("netctl.cli.web:web", "Serve the dashboard."),
    "problems": ("netctl.cli.problems:problems", "What is wrong now, who knows of it, and what makes no noise."),
    "users": ("netctl.cli.users:users", "Who may do what."),
    "audit": ("netctl.cli.audit:audit", "The log of everything that was done, and the proof that it is whole."),
}


@click.group(
    cls=LazyGroup,
    places=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@click.option("--network", metavar="DIR", default="", envvar="NETCTL_NETWORK", help="Folder of the declared network.")
@click.option("--lab", metavar="NAME", default="", envvar="NETCTL_LAB", help="Work on this lab, not on real devices.")
@click.option("--as", "acting_as", metavar="USER", default="", help="Act as this user, where the settings allow it.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON; also understood after a command that reads.")
@click.option("-v", "--verbose", is_flag=True, help="Say more on stderr.")
@click.version_option(__version__, message="netctl %(version)s")
@click.pass_context
def root(context: click.Context, network: str, lab: str, acting_as: str, as_json: bool, verbose: bool) -> None:
    """Turn a declared network into one reviewed change of routers and names, and carry it out so that no site ever
    loses both halves of its redundant pair.
    """
    session = context.ensure_object(Session)
    session.network, session.lab, session.acting_as = network, lab, acting_as
    session.json, session.verbose = as_json, verbose
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
