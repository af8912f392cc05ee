"""What routers must hold: `netctl render`."""

from __future__ import annotations

import click

from netctl.cli.lazy import reads
from netctl.cli.output import printable, say, write_json
from netctl.cli.session import Session


@click.command()
@click.argument("names", metavar="ROUTER...", nargs=-1, required=True)
@click.option("--origins", is_flag=True, help="Begin every line with the template line that wrote it.")
@reads
@click.pass_obj
def render(session: Session, names: tuple[str, ...], origins: bool) -> None:
    """Print what each ROUTER must hold, as the declared network says; no router is asked.

    Secrets stay placeholders.
    """
    from netctl.control.network.render import render_named

    artefacts = render_named(session.root, names)
    if session.json:
        write_json({name: {part.name: part.text for part in made.parts} for name, made in artefacts.items()})
        return
    for name, made in artefacts.items():
        for part in made.parts:
            say(f"{name}: {part.name}", "bold cyan")
            for number, line in enumerate(part.text.splitlines(), 1):
                say(f"{made.origin(part.name, number):<34} {line}" if origins else printable(line))
            say()
