"""`FrrDriver`: NAPALM's interface to a router that runs FRR on Linux, over SSH.

A configuration is FRR's own text, or several parts bundled in one text (`netctl.model.artefact.bundle`), the first
being ``frr.conf``. Commits are made by the script on the box: with a deadline, and named by a token.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import textfsm
from napalm.base import models

from netctl.devices import operational, options, vtysh
from netctl.devices.frr.box import Box
from netctl.devices.look import VERSION, Look
from netctl.devices.shell import Shell
from netctl.devices.shellstate import ShellState
from netctl.devices.target import PendingCommit
from netctl.errors import CandidateRejected, DeviceError
from netctl.model.artefact import bundle, unbundle

MAIN_PART = "frr.conf"


class FrrDriver(ShellState):
    """One FRR router. `timeout` is the hard deadline, in seconds, of every single exchange."""

    def __init__(
        self,
        hostname: str,
        username: str,
        password: str,
        timeout: int = 60,
        optional_args: dict[str, Any] | None = None,
    ) -> None:
        self._options = optional_args or {}
        self.hostname, self.username, self.timeout = hostname, username, timeout
        access = options.access(hostname, username, password, self._options, int(self._options.get("port", 22)))
        self._shell = Shell(access)
        self._box = Box(self._shell, timeout)
        self._staged = ""  # the candidate's name on the box
        self._merge = False
        self._diff = ""
        self._token = ""

    # ── the session ──────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        self._shell.open(min(self.timeout, self._options.get("connect_timeout", options.CONNECT_SECONDS)))

    def close(self) -> None:
        try:
            if self._staged and self._shell.alive:
                with suppress(DeviceError):  # a broken session leaves a file in /run, and no more
                    self.discard_config()
        finally:
            self._shell.close()

    def is_alive(self) -> models.AliveDict:
        return {"is_alive": self._shell.alive}

    def identity(self) -> str:
        return vtysh.hostname(self._shell, self.timeout)

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: ARG002, FBT001, FBT002  NAPALM's signature
        sanitized: bool = False,  # noqa: ARG002, FBT001, FBT002
        format: str = "text",  # noqa: A002, ARG002
    ) -> models.ConfigDict:
        wanted = ("running", "startup", "candidate") if retrieve == "all" else (retrieve,)
        found: models.ConfigDict = {"running": "", "startup": "", "candidate": ""}
        if "running" in wanted:
            found["running"] = bundle(self._box.read())
        if "startup" in wanted:
            found["startup"] = self._shell.require(f"{vtysh.AS_ROOT} cat /etc/frr/frr.conf", self.timeout)
        return found

    def load_replace_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        self._load(options.read_config(filename, config), merge=False)

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        self._load(options.read_config(filename, config), merge=True)

    def compare_config(self) -> str:
        return self._diff

    def discard_config(self) -> None:
        staged, self._staged, self._diff = self._staged, "", ""
        if staged:
            self._box.discard(staged)

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        if not self._staged:
            raise CandidateRejected("nothing is loaded", where=self._shell.name)
        self._token = message or f"napalm-{secrets.token_hex(6)}"
        owner = options.owner(self._options)
        staged, self._staged, self._diff = self._staged, "", ""
        self._box.commit(staged, self._token, owner, revert_in or int(self.timeout), merge=self._merge)
        if revert_in is None:
            self._box.confirm(self._token)

    # ── a commit with a deadline ─────────────────────────────────────────────────────────────────────────────────────

    def pending_commit(self) -> PendingCommit | None:
        return self._box.status()[0]

    def has_pending_commit(self) -> bool:
        return self.pending_commit() is not None

    def confirm_commit(self, token: str = "") -> None:
        self._box.confirm(self._named(token))

    def rollback(self, token: str = "") -> None:
        self._box.abort(self._named(token))

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

    def _load(self, text: str, *, merge: bool) -> None:
        self.discard_config()
        name = f"s{secrets.token_hex(6)}"
        self._diff = self._box.stage(name, unbundle(text, MAIN_PART), merge=merge)
        self._staged, self._merge = name, merge


def _parsed(folder: str, text: str) -> dict[str, str]:
    template = Path(folder) / "show_version.textfsm"
    if not folder or not template.exists():
        return {}
    with template.open(encoding="utf-8") as file:
        rows = textfsm.TextFSM(file).ParseTextToDicts(text)
    return rows[0] if rows else {}
