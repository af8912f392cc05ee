"""`IetfNetconfDriver`: NAPALM's interface to NETCONF with `:candidate`, `:confirmed-commit:1.1` and `:validate`.

A configuration is an XML document: `data` or `config` of NETCONF's base namespace around top-level containers. To
replace means: the containers netctl owns (`optional_args["owned"]`, pairs of namespace and name) become what the
document says, and others are not touched. State comes over SSH from FRR's vtysh, as the platform declares.
"""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from lxml import etree
from napalm.base import models
from ncclient.operations import RPCError

from netctl.devices import operational, options, vtysh
from netctl.devices.look import Look
from netctl.devices.netconf import commits, note, operations, state
from netctl.devices.netconf.operations import Container
from netctl.devices.netconf.session import NetconfSession, element, parsed
from netctl.devices.shell import Shell
from netctl.devices.shellstate import ShellState
from netctl.devices.target import PendingCommit
from netctl.errors import (
    CandidateRejected,
    CapabilityMissing,
    CommitGone,
    DeviceError,
    DeviceUnreachable,
    LockHeld,
    NetctlError,
)

_NEEDED = (":candidate", ":confirmed-commit:1.1", ":validate")


class IetfNetconfDriver(ShellState):
    """One NETCONF router. `timeout` is the hard deadline, in seconds, of every single exchange."""

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
        access = options.access(hostname, username, password, self._options, int(self._options.get("port", 830)))
        self._session = NetconfSession(access, timeout)
        self._shell = Shell(replace(access, port=int(self._options.get("shell_port", 22))))
        self._owned = tuple(Container(*pair) for pair in self._options.get("owned", ()))
        self._document: etree._Element | None = None  # what is loaded
        self._merge = False
        self._locked = False
        self._diff = ""
        self._token = ""
        self._version: str | None = None  # of the software, once it was asked for

    # ── the session ──────────────────────────────────────────────────────────────────────────────────────────────────

    def open(self) -> None:
        self._session.open(self._connect_seconds)
        missing = [name for name in _NEEDED if not self._session.supports(name)]
        if missing:
            self._session.close()
            raise CapabilityMissing(f"the NETCONF server lacks {', '.join(missing)}", where=self._session.name)

    def close(self) -> None:
        try:
            if self._session.alive:
                with suppress(DeviceError):  # a server drops the lock and the candidate of a session that broke
                    self.discard_config()
        finally:
            self._session.close()
            self._shell.close()

    def is_alive(self) -> models.AliveDict:
        return {"is_alive": self._session.alive}

    def identity(self) -> str:
        """The hostname in the running configuration; where it has none, what the box's own shell says."""
        data = operations.get_config(self._session, "running", [Container(state.SYSTEM, "system")])
        found = data.findtext(f"{{{state.SYSTEM}}}system/{{{state.SYSTEM}}}hostname", "").strip()
        return found or vtysh.hostname(self._opened_shell(), self.timeout)

    # ── configuration ────────────────────────────────────────────────────────────────────────────────────────────────

    def get_config(
        self,
        retrieve: str = "all",
        full: bool = False,  # noqa: ARG002, FBT001, FBT002  NAPALM's signature
        sanitized: bool = False,  # noqa: ARG002, FBT001, FBT002
        format: str = "text",  # noqa: A002, ARG002
    ) -> models.ConfigDict:
        running = self._text("running") if retrieve in {"all", "running"} else ""
        candidate = self._text("candidate") if retrieve in {"all", "candidate"} else ""
        return {"running": running, "startup": "", "candidate": candidate}

    def load_replace_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        self._load(options.read_config(filename, config), merge=False)

    def load_merge_candidate(self, filename: str | None = None, config: str | None = None) -> None:
        self._load(options.read_config(filename, config), merge=True)

    def compare_config(self) -> str:
        return self._diff

    def discard_config(self) -> None:
        self._document, self._diff = None, ""
        if self._locked:
            self._session.rpc(element("discard-changes"))
            self._unlock()

    def commit_config(self, message: str = "", revert_in: int | None = None) -> None:
        document, self._document, self._diff = self._document, None, ""
        if document is None:
            raise CandidateRejected("nothing is loaded", where=self._session.name)
        self._token = message or f"napalm-{secrets.token_hex(6)}"
        unlocked = not self._locked
        if unlocked:
            self._require_clean()
        try:
            if unlocked:  # no lock can be had over a pending commit: edit and commit in one go
                self._edit(document)
            pending = unlocked and commits.is_pending(self._session)
            self._commit(revert_in or int(self.timeout), pending=pending)
        except NetctlError:
            if self._session.alive:
                self._session.rpc(element("discard-changes"))
            raise
        finally:
            self._unlock()
        if revert_in is None:
            self.confirm_commit(self._token)

    # ── a commit with a deadline ─────────────────────────────────────────────────────────────────────────────────────

    def pending_commit(self) -> PendingCommit | None:
        """The pending commit; its token from the note on the box, "" where somebody else's has none."""
        if not commits.is_pending(self._session):
            return None
        noted = note.read(self._opened_shell(), self.timeout)
        return noted or PendingCommit(token="", owner=operations.commit_owner(self._session), seconds_left=None)

    def has_pending_commit(self) -> bool:
        return commits.is_pending(self._session)

    def confirm_commit(self, token: str = "") -> None:
        if commits.is_pending(self._session):
            self._require_clean()  # confirming commits the candidate as well (RFC 6241 section 8.3.4.1)
        self._end(commits.confirm, options.token_named(token, self._token, self.hostname))

    def rollback(self, token: str = "") -> None:
        self._end(commits.cancel, options.token_named(token, self._token, self.hostname))

    def _end(self, how: Callable[[NetconfSession, str], None], token: str) -> None:
        """Confirm the commit or take it back; its note goes with it, also when it turns out to be gone already."""
        try:
            how(self._session, token)
        except CommitGone:
            noted = note.read(self._opened_shell(), self.timeout)
            if noted is not None and noted.token == token:  # it would claim the next commit, whoever makes that
                note.remove(self._opened_shell(), self.timeout)
            raise
        note.remove(self._opened_shell(), self.timeout)

    # ── state ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> Look:
        if not self._session.alive:  # the shell would answer: a router whose NETCONF server is gone is not well
            raise DeviceUnreachable("the NETCONF session is gone", where=self._session.name)
        return super().look()

    def get_facts(self) -> models.FactsDict:
        outputs = vtysh.ask(self._opened_shell(), [operational.INTERFACES], self.timeout)
        name, told = self.identity(), state.told(self._session)
        version = told.get("os_version") or self._shell.require("uname -sr", self.timeout).strip()
        return {
            "hostname": name,
            "fqdn": name,
            "vendor": told.get("vendor", ""),
            "model": told.get("model", ""),
            "serial_number": told.get("serial_number", ""),
            "os_version": version,
            "uptime": float(told.get("uptime") or vtysh.uptime(self._shell, self.timeout)),
            "interface_list": operational.interface_names(outputs),
        }

    # ── own ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _connect_seconds(self) -> float:
        return min(self.timeout, float(self._options.get("connect_timeout", options.CONNECT_SECONDS)))

    def _opened_shell(self) -> Shell:
        if not self._shell.alive:
            self._shell.open(self._connect_seconds)
        return self._shell

    def _software(self, seen: Look) -> str:
        if self._version is None:  # asked once a session: it does not change while the box runs
            self._version = state.told(self._session).get("os_version", "")
        return self._version or seen.box.get("kernel", "").strip()

    def _load(self, text: str, *, merge: bool) -> None:
        self.discard_config()
        document = parsed(text, self._session.name)
        before = self._text("running")
        if commits.is_pending(self._session):  # perhaps ours: whose it is shows when it is committed with its token
            self._merge, self._document = merge, document
            self._diff = "" if merge else _difference(before, _indented(document))
            return
        operations.lock_candidate(self._session)
        self._locked, self._merge = True, merge
        try:
            self._edit(document)
            self._validate()
            # yuma123's netconfd 2.13 forgets what it validated: a commit after it says ok and changes nothing. So the
            # validated candidate is thrown away and made again, which the lock makes safe on any server.
            self._session.rpc(element("discard-changes"))
            self._edit(document)
        except BaseException:
            if self._session.alive:
                self.discard_config()
            raise
        self._document = document
        self._diff = _difference(before, self._text("candidate"))

    def _edit(self, document: etree._Element) -> None:
        copy = parsed(etree.tostring(document, encoding="unicode"), self._session.name)
        config = operations.merging(copy) if self._merge else operations.replacing(copy, self._owned)
        try:
            operations.edit_candidate(self._session, config)
        except RPCError as error:
            raise operations.rejected(self._session, error) from error

    def _validate(self) -> None:
        try:
            self._session.rpc(element("validate", element("source", element("candidate"))))
        except RPCError as error:
            raise operations.rejected(self._session, error) from error

    def _commit(self, deadline: int, *, pending: bool) -> None:
        shell, owner = self._opened_shell(), options.owner(self._options)
        if not pending:  # noted before, so that whoever comes after a crash right here can tell whose it is
            note.write(shell, self._token, owner, deadline, self.timeout)
        commits.commit(self._session, self._token, deadline, pending=pending)
        if pending:  # noted after: until then it could be somebody else's
            note.write(shell, self._token, owner, deadline, self.timeout)

    def _unlock(self) -> None:
        if self._locked and self._session.alive:
            self._session.rpc(element("unlock", element("target", element("candidate"))))
        self._locked = False

    def _require_clean(self) -> None:
        if self._text("candidate", all_of_it=True) != self._text("running", all_of_it=True):
            raise LockHeld("the candidate holds someone's uncommitted changes", where=self._session.name)

    def _text(self, source: str, *, all_of_it: bool = False) -> str:
        return _indented(operations.get_config(self._session, source, () if all_of_it else self._owned))


def _indented(document: etree._Element) -> str:
    etree.indent(document)
    return etree.tostring(document, encoding="unicode", pretty_print=True)


def _difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "running", "candidate", lineterm="")
    return "".join(f"{line}\n" for line in lines)
