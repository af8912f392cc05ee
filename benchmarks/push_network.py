"""A network whose sites all speak NETCONF, one change to it, and the documents of both states."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from benchmarks.generator import generate
from netctl import inventory, render
from netctl.config.yang import NETCONF
from netctl.inventory.hostkeys import write_hostkeys
from netctl.services import routing

OLD, NEW = "3fff:200:2::514", "3fff:200:2::515"  # a syslog server moves: one leaf of every router changes


class Router(NamedTuple):
    """A CE router: how it is reached, and its three documents before (`old`) and after (`new`) the change."""

    name: str
    mate: str
    site: str
    address: str
    old: dict[str, str]
    new: dict[str, str]


def make(root: Path, sites: int, host_key: str) -> list[Router]:
    """Declare the network in `root`, changed already, and give its CE routers."""
    generate(root, sites, netconf=False)
    roles = root / "inventory/roles.yaml"
    roles.write_text("core: {platform: frr}\nborder: {platform: frr}\nce: {platform: ietf_netconf}\n")
    before = documents(root)
    declared = root / "inventory/network.yaml"
    declared.write_text(declared.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    write_hostkeys(root, {name: [host_key] for name in before})
    after = documents(root)
    network = inventory.load(root)
    devices = [device for device in network.devices.values() if device.role == "ce"]
    return [
        Router(
            device.name, network.mate_of(device.name).name, device.site, device.management_address,
            before[device.name], after[device.name],
        )
        for device in devices
    ]  # fmt: skip


def documents(root: Path) -> dict[str, dict[str, str]]:
    """The renderings of every CE router, as `netctl plan` makes them: intended, drained, and the drain to merge."""
    renderer = render.renderer(root)
    return {
        name: {
            "intended": renderer.render(intent).parts[0].text,
            "drained": renderer.render_drained(intent).parts[0].text,
            "drain": renderer.render_drain(intent)[0].text,
        }
        for name, intent in routing.derive(inventory.load(root)).items()
        if intent.role == "ce"
    }


def replacing(document: str) -> str:
    """A document as the `config` of an edit that replaces its containers."""
    return _config(document, "replace")


def merging(document: str) -> str:
    """A document as the `config` of an edit that merges."""
    return _config(document, "")


def _config(document: str, operation: str) -> str:
    root = etree.fromstring(document.encode())
    root.tag = f"{{{NETCONF}}}config"
    for child in root:
        if operation:
            child.set(f"{{{NETCONF}}}operation", operation)
    return etree.tostring(root, encoding="unicode")


def keys(folder: Path) -> str:
    """A host key and a user's key in `folder`; gives the public host key."""
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    return " ".join((folder / "host.pub").read_text(encoding="ascii").split()[:2])


def missing() -> str:
    """Why the servers cannot be started here; "" where they can."""
    absent = [
        program
        for program in ("netconfd", "sshd", "ip", "setpriv", "unshare", "ssh-keygen")
        if shutil.which(program) is None
    ]
    return f"not installed: {', '.join(absent)}" if absent else ""
