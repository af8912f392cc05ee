"""What the rest of netctl may ask of anything that holds a running state: the five verbs, and questions.

A `Target` is made by `netctl.devices.register.connect` and wraps one NAPALM `NetworkDriver`. It is a context manager:
leaving it always releases locks and closes the session, whatever happened. Every method ends within the hard deadline
the target was made with, by raising `DeviceTimeout` if need be.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from netctl.model.artefact import Part, RunningState
from netctl.model.health import Health, Observation, Probe


@dataclass(frozen=True, slots=True)
class PendingCommit:
    """A commit on the box that has not been confirmed. `token` is "" where the platform does not tell it."""

    token: str
    owner: str
    seconds_left: int | None


class Target(Protocol):
    """One router, connected; its host key and hostname were checked before this object existed."""

    name: str

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def fetch(self) -> RunningState:
        """The running state in the artefact's parts, volatile lines (timestamps, versions) removed, secrets masked."""
        raise NotImplementedError

    def pending(self) -> PendingCommit | None:
        """An unconfirmed commit on the box, ours or foreign."""
        raise NotImplementedError

    def stage(self, parts: tuple[Part, ...], *, merge: bool = False) -> str:
        """Load a candidate (replacing, or merging into running) and return the box's own diff; nothing changes yet.

        Raises `ForeignPendingCommit` or `LockHeld` (naming the owner) where someone else is at work, and
        `CandidateRejected` where the box refuses the text.
        """
        raise NotImplementedError

    def commit(self, token: str, deadline: int) -> None:
        """Make the staged candidate running for `deadline` seconds; unless confirmed by `token` the box reverts itself.

        May be repeated with the same token before it is confirmed: the clock starts again, and what the box would
        revert to stays the state before the first of them (RFC 6241 section 8.4).
        """

    def confirm(self, token: str) -> None:
        """Make the pending commit permanent, also across a reboot. From any session that knows the token."""

    def roll_back(self, token: str) -> None:
        """Return at once to the state before the first commit with `token`. From any session that knows the token."""

    def health(self) -> Health:
        """Sessions, virtual routers and ports now."""
        raise NotImplementedError

    def observe(self) -> Observation:
        """Everything one look gives: health, ports with their counters, load, clock, version, uptime.

        As few exchanges as the platform allows; what it does not tell is None. A target may be kept open and asked
        again and again; once its session broke, this raises `DeviceUnreachable` or `DeviceTimeout` and it must be
        closed and made anew.
        """
        raise NotImplementedError

    def probe(self, destination: str, source: str = "", count: int = 3) -> Probe:
        """Echo requests from the router itself."""
        raise NotImplementedError

    def facts(self) -> dict[str, object]:
        """NAPALM's `get_facts`: hostname, vendor, model, serial_number, os_version, uptime, interface_list, fqdn."""
        raise NotImplementedError
