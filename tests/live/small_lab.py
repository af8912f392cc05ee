"""A small lab for live tests: the backbone, one FRR site and one NETCONF site, as real daemons."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from live.filled import fill

from netctl import settings as netctl_settings
from netctl.control import lab as use_case
from netctl.inventory import reference_root
from netctl.lab.place import RUNTIME
from netctl.settings import Settings

SITES = ("rivers-hq", "rivers-east")  # one organisation, one site on each platform
FAR_V6, FAR_V4 = "3fff:200:1::10", "198.51.100.154"  # main-host, behind the main centre


@dataclass(frozen=True)
class Lab:
    """A raised lab. `root` is a network folder of its own that tests may change, `settings` lead into the lab."""

    name: str
    root: Path
    settings: Settings

    def execute(self, host: str, *command: str) -> str:
        """What a command says inside a host, standard error after standard output."""
        done = use_case.execute(self.settings, host, command, self.name)
        return done.stdout + done.stderr

    def vtysh(self, host: str, *questions: str) -> str:
        """What FRR answers on a router."""
        return self.execute(host, "vtysh", *(word for question in questions for word in ("-c", question)))

    def fail(self, what: str, *, quietly: bool = False) -> None:
        """Cut a router's power or a line."""
        use_case.fail(self.settings, what, self.name, quietly=quietly)

    def heal(self, what: str = "") -> tuple[str, ...]:
        """Mend what is broken."""
        return use_case.heal(self.settings, what, self.name)

    def lost(self, host: str, destination: str, count: int = 5) -> int:
        """How many of `count` echo requests between hosts were not answered."""
        said = self.execute(host, "ping", "-c", str(count), "-i", "0.1", "-W", "1", destination)
        received = next(line for line in said.splitlines() if "received" in line).split(", ")[1]
        return count - int(received.split()[0])

    def established(self, router: str, neighbour: str) -> bool:
        """Is the BGP session with an address up?"""
        answer = json.loads(self.vtysh(router, f"show bgp neighbors {neighbour} json"))
        return bool(answer[neighbour]["bgpState"] == "Established")

    def wait_converged(self) -> None:
        """Until every session and virtual router is up."""
        use_case.converge(self.settings, self.name)

    def until(self, holds: Callable[[], bool], what: str, deadline: float = 30.0, pause: float = 0.1) -> float:
        """Poll until `holds`; the seconds it took. Fails the test, saying `what`, after `deadline` seconds."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > deadline:
                pytest.fail(f"not within {deadline:.0f} s: {what}")
            time.sleep(pause)
        return time.monotonic() - began


def small_network(folder: Path, sites: tuple[str, ...] = SITES) -> Path:
    """A copy of the reference network that declares only these sites."""
    for part in ("inventory", "devices", "templates", "dns", "mail_relay", "lgwan"):
        shutil.copytree(reference_root() / part, folder / part)
    for file in (folder / "inventory" / "sites").glob("*.yaml"):
        if file.stem not in sites:
            file.unlink()
    (folder / "inventory" / "hostkeys.yaml").write_text("{}\n", encoding="utf-8")
    return folder


def settings_of(home: Path, name: str) -> Settings:
    """The settings that lead into a raised lab, with deadlines that suit tests."""
    loaded = netctl_settings.load({"NETCTL_HOME": str(home), "HOME": str(home)}, lab=name)
    return replace(loaded, connect_timeout=5, command_timeout=30)


@contextmanager
def raised(home: Path, root: Path, name: str) -> Iterator[Lab]:
    """A lab of this network, its zones filled; gone afterwards."""
    try:
        use_case.up(root, Settings(home=home), name)
        made = Lab(name, root, settings_of(home, name))
        fill(root, made.settings, home)
        yield made
    finally:
        use_case.down(Settings(home=home), name)


def remove_abandoned(home: Path) -> None:
    """Take down labs of test runs that were killed: their names hold the process number of a run that is gone."""
    for folder in RUNTIME.iterdir() if RUNTIME.exists() else ():
        found = re.fullmatch(r"live[a-z]?(\d+)", folder.name)
        if found and not Path(f"/proc/{found[1]}").exists():
            use_case.down(Settings(home=home), folder.name)
