"""`RouterTarget`: one connected router behind the five verbs, whatever driver it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from netctl.config.frr import normalise_running
from netctl.config.yang import normalise_document
from netctl.credentials import Mask, SecretSource, fill
from netctl.devices import operational, seen
from netctl.devices.platform import Platform
from netctl.devices.target import PendingCommit
from netctl.errors import ForeignPendingCommit, IdentityMismatch, NetctlError, ReplyMalformed
from netctl.model.artefact import BUNDLE_MARK, Part, RunningState, unbundle
from netctl.model.health import Health, Observation, Probe, Session

COMMIT_PREFIX = "netctl-"  # commits of netctl begin so; any other is certainly someone else's


@dataclass(frozen=True, slots=True)
class Context:
    """What a router's target needs beside its driver."""

    platform: Platform
    secrets: SecretSource
    mask: Mask


class RouterTarget:
    """One router (`netctl.devices.target.Target`). Texts that leave it are masked, texts that go to it are filled."""

    def __init__(self, name: str, driver: Any, context: Context) -> None:
        self.name = name
        self._driver = driver
        self._platform = context.platform
        self._secrets = context.secrets
        self._mask = context.mask
        self._volatile = [re.compile(pattern) for pattern in context.platform.volatile]

    def open(self) -> None:
        """Connect and check who answers; nothing stays open where that fails."""
        try:
            self._driver.open()
            self._identify()
        except BaseException:
            self._driver.close()
            raise

    def _identify(self) -> None:
        said = self._driver.identity()
        if said.split(".", 1)[0] != self.name:
            raise IdentityMismatch(
                f"the box calls itself {said!r}",
                where=self.name,
                hint="is the management address right? nothing was written",
            )

    def close(self) -> None:
        """Locks are released and the session ends."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except NetctlError:
            if error is None:  # a session that cannot even be closed must not hide what went wrong before
                raise

    # ── the five verbs ───────────────────────────────────────────────────────────────────────────────────────────────

    def fetch(self) -> RunningState:
        """The running state in the artefact's parts and form, secrets masked."""
        with _Masked(self._mask):
            text = self._driver.get_config(retrieve="running")["running"]
        found = {part.name: part.text for part in unbundle(text, self._platform.parts[0].name)}
        parts = [
            Part(declared.name, self._normalised(declared.format, found.get(declared.name, "")))
            for declared in self._platform.parts
            if declared.name in found or not declared.optional
        ]
        return RunningState(self.name, self._platform.name, tuple(parts))

    def stage(self, parts: tuple[Part, ...], *, merge: bool = False) -> str:
        """Load a candidate and return the router's own diff, masked; nothing changes yet."""
        self._platform.require("push", self.name)
        pending = self.pending()
        if pending is not None and pending.token and not pending.token.startswith(COMMIT_PREFIX):
            raise ForeignPendingCommit(
                f"commit {pending.token} of {pending.owner or 'an unknown owner'} waits for confirmation",
                where=self.name,
                hint="wait until it is confirmed or reverts; netctl never breaks it",
            )
        text = self._bundled(tuple(Part(part.name, fill(part.text, self._secrets, where=self.name)) for part in parts))
        load = self._driver.load_merge_candidate if merge else self._driver.load_replace_candidate
        with _Masked(self._mask):
            load(config=text)
            return self._mask.prose(self._driver.compare_config())

    def commit(self, token: str, deadline: int) -> None:
        """Make the candidate running for `deadline` seconds."""
        self._platform.require("push", self.name)
        with _Masked(self._mask):
            self._driver.commit_config(message=token, revert_in=deadline)

    def confirm(self, token: str) -> None:
        """Make the commit of this token permanent."""
        with _Masked(self._mask):
            self._driver.confirm_commit(token)

    def roll_back(self, token: str) -> None:
        """Take the commit of this token back at once."""
        with _Masked(self._mask):
            self._driver.rollback(token)

    def pending(self) -> PendingCommit | None:
        """An unconfirmed commit on the box, ours or foreign."""
        with _Masked(self._mask):
            found: PendingCommit | None = self._driver.pending_commit()
            return found

    # ── questions ────────────────────────────────────────────────────────────────────────────────────────────────────

    def health(self) -> Health:
        """Sessions, virtual routers and ports now."""
        with _Masked(self._mask):
            if self._platform.state == "vtysh":
                return operational.health(self.name, self._driver.cli(list(operational.HEALTH_COMMANDS)))
            peers = self._driver.get_bgp_neighbors().get("global", {}).get("peers", {})
        sessions = [
            Session("bgp", address, "up" if peer["is_up"] else "down", bool(peer["is_up"]), 6 if ":" in address else 4)
            for address, peer in peers.items()
        ]
        return Health(self.name, tuple(sorted(sessions)), ())

    def observe(self) -> Observation:
        """Everything one look gives."""
        if self._platform.state == "vtysh":
            with _Masked(self._mask):
                return seen.by_shell(self.name, self._driver.look())
        health = self.health()
        with _Masked(self._mask):
            return seen.by_napalm(self._driver, health, self._platform.tells)

    def probe(self, destination: str, source: str = "", count: int = 3) -> Probe:
        """Echo requests from the router itself."""
        with _Masked(self._mask):
            answer = self._driver.ping(destination, source=source, timeout=1, count=count)
        if "success" not in answer:
            return Probe(destination, source, count, 0)
        sent, lost = answer["success"]["probes_sent"], answer["success"]["packet_loss"]
        return Probe(destination, source, sent, sent - lost)

    def facts(self) -> dict[str, object]:
        """NAPALM's `get_facts`."""
        with _Masked(self._mask):
            return dict(self._driver.get_facts())

    def _bundled(self, parts: tuple[Part, ...]) -> str:
        """A driver's one text: the main part alone as it is, anything else with its names."""
        if len(parts) == 1 and parts[0].name == self._platform.parts[0].name:
            return parts[0].text
        return "".join(f"{BUNDLE_MARK}{part.name}\n{part.text}" for part in parts)

    def _normalised(self, form: str, text: str) -> str:
        masked = self._mask.configuration(text, xml=form == "yang")
        if form == "frr":
            return normalise_running(masked)
        if form == "yang":
            try:
                return self._mask.configuration(normalise_document(text), xml=True)
            except ValueError as error:
                raise ReplyMalformed(f"the running configuration is not XML: {error}", where=self.name) from error
        lines = masked.removesuffix("\n").split("\n") if masked else []
        return "".join(f"{line}\n" for line in lines if not any(one.search(line) for one in self._volatile))


class _Masked:
    """Errors that leave the block show no secret, should a router quote what it holds or what it refused."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask

    def __enter__(self) -> None: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception) or all(self._shown(one) == one for one in _said(error)):
            return
        # `from None`: a traceback would show the text again that the error came from.
        if isinstance(error, NetctlError):
            raise type(error)(self._shown(error.message), where=error.where, hint=self._shown(error.hint)) from None
        raise RuntimeError(f"{type(error).__name__}: {self._shown(str(error))}") from None

    def _shown(self, text: str) -> str:
        try:
            return self._mask.prose(text)
        except NetctlError:  # a value of our own cannot be had: what the router said is still to be told
            return Mask(self._mask.patterns, dict, self._mask.key).prose(text)


def _said(error: BaseException | None) -> Iterator[str]:
    """What an error says, and what those say that it came from."""
    while error is not None:
        yield str(error)
        error = error.__cause__ or error.__context__
