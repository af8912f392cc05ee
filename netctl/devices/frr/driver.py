"""`FrrDriver`: NAPALM's interface to a router that runs FRR on Linux, over SSH.

A configuration is FRR's own text, or several parts bundled in one text (`netctl.model.artefact.bundle`), the first
being ``frr.conf``. Commits are made by the script on the box: with a deadline, and named by a token.
"""

from __future__ import annotations

from pathlib import Path

import textfsm
from napalm.base import models

from netctl.devices import operational, vtysh
from netctl.devices.look import VERSION, Look
from netctl.devices.onbox import OnBoxDriver
from netctl.devices.onbox.box import script
from netctl.devices.shell import Shell
from netctl.devices.shellstate import ShellState

SCRIPT = script("netctl.devices.frr/parts.sh")


class FrrDriver(OnBoxDriver, ShellState):
    """One FRR router. `timeout` is the hard deadline, in seconds, of every single exchange."""

    script = SCRIPT
    main_part = "frr.conf"
    startup_file = "/etc/frr/frr.conf"

    # ── state ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def get_facts(self) -> models.FactsDict:
        outputs = vtysh.ask(self._shell, [VERSION, operational.INTERFACES], self.timeout)
        version = _parsed(self._options.get("folder", ""), outputs[VERSION])
        name = self.identity()
        return {
            "hostname": name,
            "fqdn": name,
            "vendor": "FRRouting",
            "model": version.get("SYSTEM", "Linux"),
            "serial_number": "",
            "os_version": version.get("VERSION", ""),
            "uptime": vtysh.uptime(self._shell, self.timeout),
            "interface_list": operational.interface_names(outputs),
        }

    # ── own ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _opened_shell(self) -> Shell:
        return self._shell

    def _software(self, seen: Look) -> str:
        return _parsed(self._options.get("folder", ""), seen.frr[VERSION]).get("VERSION", "")


def _parsed(folder: str, text: str) -> dict[str, str]:
    template = Path(folder) / "show_version.textfsm"
    if not folder or not template.exists():
        return {}
    with template.open(encoding="utf-8") as file:
        rows = textfsm.TextFSM(file).ParseTextToDicts(text)
    return rows[0] if rows else {}
