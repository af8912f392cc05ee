"""`OnBoxDriver`: the half of NAPALM's interface that is about configuration, by the commit script on the box.

A configuration is the main part's own text, or several parts bundled in one text (`netctl.model.artefact.bundle`).
Commits have a deadline and are named by a token; any session of any process can confirm or take back a commit.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any, ClassVar

from napalm.base import NetworkDriver, models

from netctl.devices import options, vtysh
from netctl.devices.onbox.box import Box
from netctl.devices.shell import Shell
from netctl.devices.target import PendingCommit
from netctl.errors import CandidateRejected, DeviceError
from netctl.model.artefact import bundle, unbundle


class OnBoxDriver(NetworkDriver):  # type: ignore[misc]  # napalm has no types
    """One box over SSH. `timeout` is the hard deadline, in seconds, of every single exchange.

    A driver says its `script` (`netctl.devices.onbox.box.script`), its main part, and the file a reboot loads.
    """

    script: ClassVar[str]
    main_part: ClassVar[str]
    startup_file: ClassVar[str]

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
        self._box = Box(self._shell, timeout, self.script)
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
            found["startup"] = self._shell.require(f"{vtysh.AS_ROOT} cat {self.startup_file}", self.timeout)
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
        self._box.confirm(options.token_named(token, self._token, self._shell.name))

    def rollback(self, token: str = "") -> None:
        self._box.abort(options.token_named(token, self._token, self._shell.name))

    # ── own ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _load(self, text: str, *, merge: bool) -> None:
        self.discard_config()
        name = f"s{secrets.token_hex(6)}"
        self._diff = self._box.stage(name, unbundle(text, self.main_part), merge=merge)
        self._staged, self._merge = name, merge
