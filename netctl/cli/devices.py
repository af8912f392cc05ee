"""What is asked of routers outside any change: `netctl devices scan-keys | facts | platforms`."""

from __future__ import annotations

import sys

import click

from netctl.cli.lazy import reads
from netctl.cli.output import printable, say, write_json, write_table
from netctl.cli.progress import counted
from netctl.cli.session import Session
from netctl.errors import DeviceError

STANDINGS = {"known": "green", "new": "yellow", "changed": "bold red", "failed": "red", "yes": "green", "no": "red"}


@click.group()
def devices() -> None:
    """Host keys, facts and platforms of routers."""


@devices.command("scan-keys")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@reads
@click.pass_obj
def scan_keys(session: Session, names: tuple[str, ...]) -> int:
    """Ask routers and name servers for their host keys and propose a patch; nothing is trusted, nothing is written.

    Compare the fingerprints with what their consoles show before applying the patch.
    """
    from netctl.control.routers import devices as use_case

    root, settings = session.root, session.settings
    with counted(session, "asking for host keys") as progress:
        scan = use_case.scan_keys(root, settings, names=names, progress=progress)
    failed = any(router.standing == "failed" for router in scan.routers)
    if session.json:
        write_json(scan)
        return DeviceError.exit_status if failed else 0
    rows = [
        (router.device, router.standing, fingerprint)
        for router in scan.routers
        for fingerprint in router.fingerprints or (router.error,)
    ]
    write_table(("host", "key", "fingerprint"), rows, STANDINGS)
    if scan.patch:
        say()
        sys.stdout.write(printable(scan.patch))
    return DeviceError.exit_status if failed else 0


@devices.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--platform", default="", metavar="PLATFORM", help="The platform whose output --from holds.")
@click.option("--from", "saved", default="", metavar="FILE", help="Ask no router: read saved output, - for stdin.")
@click.option("--older-than", default="", metavar="VERSION", help="Routers only whose software comes before this.")
@reads
@click.pass_obj
def facts(session: Session, names: tuple[str, ...], platform: str, saved: str, older_than: str) -> int:
    """Ask routers what they are: vendor, model, serial number, software, seconds since they started.

    A saved file holds what a router printed: a session with its prompts, or the output of one command.
    """
    from netctl.control.routers import device_facts as use_case

    if bool(platform) != bool(saved) or (saved and (names or older_than)):
        raise click.UsageError("--platform and --from go together, and alone")
    if saved:
        found = [use_case.saved_facts(platform, saved, network=session.network)]
    else:
        root, settings = session.root, session.settings
        with counted(session, "asking for facts") as progress:
            found = use_case.facts(root, settings, names=names, older_than=older_than, progress=progress)
    failed = any(router.error for router in found)
    if session.json:
        write_json(found)
        return DeviceError.exit_status if failed else 0
    rows = [
        (router.device, router.platform, said.vendor, said.model, said.serial_number, said.os_version, said.uptime)
        for router in found
        if (said := router.facts) is not None
    ]
    if rows:
        headings = ("router", "platform", "vendor", "model", "serial number", "software", "up for (s)")
        write_table(headings, [["" if cell is None else cell for cell in row] for row in rows])
    for router in found:
        if router.error:
            say(f"{router.device}: {router.error}", "red")
    return DeviceError.exit_status if failed else 0


@devices.command()
@reads
@click.pass_obj
def platforms(session: Session) -> None:
    """List the platforms of the network and what each can do safely."""
    from netctl.control.routers import devices as use_case

    found = use_case.platforms(session.root)
    if session.json:
        write_json(found)
        return
    rows = [
        (each.name, "no" if each.cannot_read else "yes", "no" if each.cannot_push else "yes", each.title)
        for each in found
    ]
    write_table(("platform", "read", "push", "what it is"), rows, STANDINGS)
    for each in found:
        for refusal in filter(None, (each.cannot_read, each.cannot_push)):
            say(f"{each.name}: {refusal}")
