"""Every error netctl raises on purpose, in one tree.

::

    NetctlError
    ├── UsageError                 the words of a command are off                       exit 2
    ├── NetworkError               the declared network cannot be used                  exit 4
    │   └── InvalidNetwork         ... and here are all findings at once
    ├── RenderError                an intent cannot be written as an artefact           exit 4
    ├── Refused                    a rule of the house says no                          exit 5
    ├── DeviceError                a target cannot be read or written                   exit 6
    ├── PushFailed                 a change stopped; what was touched is rolled back    exit 7
    ├── OutcomeUnknown             a person must look before anything goes on           exit 8
    ├── StoreError                 the database or a file of ours cannot be used        exit 9
    └── LabError                   the lab cannot be raised or reached                  exit 10

A leaf class names a fact (``RunningStateMoved``), carries a stable ``code`` (never reused, never renumbered) and a
``hint`` that says what a person can do next. Exit status 1 is kept for defects of netctl itself, 3 for "there are
differences" and 130 for an interrupted command.

Codes by room: E01 inventory, E02 services and render, E03 devices, E04 plan and change, E05 push, E06 store, settings
and credentials, E07 lab, E08 command line.
"""

from __future__ import annotations


class NetctlError(Exception):
    """A fact that stops the work, said once: what, where, and what to do."""

    code = "NETCTL-E0000"
    exit_status = 1
    default_hint = ""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint or self.default_hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.code}: {place}{self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """The error as JSON output shows it; keys are part of the command line's contract."""
        return {
            "code": self.code,
            "message": self.message,
            "where": self.where,
            "hint": self.hint,
            "exit_status": self.exit_status,
        }


class UsageError(NetctlError):
    """The words of a command are off."""

    code = "NETCTL-E0801"
    exit_status = 2


class NetworkError(NetctlError):
    """The declared network cannot be used."""

    code = "NETCTL-E0100"
    exit_status = 4


class RenderError(NetctlError):
    """An intent cannot be written as an artefact."""

    code = "NETCTL-E0200"
    exit_status = 4


class Refused(NetctlError):
    """A rule of the house says no."""

    code = "NETCTL-E0400"
    exit_status = 5


class DeviceError(NetctlError):
    """A target cannot be read or written."""

    code = "NETCTL-E0300"
    exit_status = 6


class PushFailed(NetctlError):
    """A change stopped; what was touched is rolled back."""

    code = "NETCTL-E0500"
    exit_status = 7


class OutcomeUnknown(NetctlError):
    """A person must look before anything goes on."""

    code = "NETCTL-E0580"
    exit_status = 8


class StoreError(NetctlError):
    """The database or a file of ours cannot be used."""

    code = "NETCTL-E0600"
    exit_status = 9


class LabError(NetctlError):
    """The lab cannot be raised or reached."""

    code = "NETCTL-E0700"
    exit_status = 10


# ── inventory (E01xx) ────────────────────────────────────────────────────────────────────────────────────────────────

# ── services and render (E02xx) ──────────────────────────────────────────────────────────────────────────────────────

# ── devices (E03xx) ──────────────────────────────────────────────────────────────────────────────────────────────────


class DeviceTimeout(DeviceError):
    """A router did not answer within its hard deadline."""

    code = "NETCTL-E0301"


class DeviceUnreachable(DeviceError):
    """No connection to a router's management address."""

    code = "NETCTL-E0302"


class AuthenticationFailed(DeviceError):
    """A router refused the credentials."""

    code = "NETCTL-E0303"


class HostKeyRefused(DeviceError):
    """The key a router showed is not the one the inventory knows."""

    code = "NETCTL-E0304"


class IdentityMismatch(DeviceError):
    """The box at this address says it is another one."""

    code = "NETCTL-E0305"


class LockHeld(DeviceError):
    """Someone else holds the configuration lock."""

    code = "NETCTL-E0306"


class ForeignPendingCommit(DeviceError):
    """Someone else's commit waits for confirmation."""

    code = "NETCTL-E0307"


class CandidateRejected(DeviceError):
    """The router refused the candidate."""

    code = "NETCTL-E0308"


class CapabilityMissing(Refused):
    """The platform cannot do this safely."""

    code = "NETCTL-E0309"


class ReplyMalformed(DeviceError):
    """A reply was too large, cut short or not understood."""

    code = "NETCTL-E0310"

# ── plan and change (E04xx) ──────────────────────────────────────────────────────────────────────────────────────────


class RunningStateMoved(Refused):
    """A router holds something else than when the plan was made (safety law 4)."""

    code = "NETCTL-E0401"


class PlanTampered(Refused):
    """A plan's content and its digest do not agree."""

    code = "NETCTL-E0402"


class SelfApproval(Refused):
    """The author of a change may not approve it (safety law 5)."""

    code = "NETCTL-E0403"


class NotAllowed(Refused):
    """This user's roles do not include the step."""

    code = "NETCTL-E0404"


class WrongState(Refused):
    """The change is not in a state that allows the step."""

    code = "NETCTL-E0405"


class OutsideWindow(Refused):
    """The change's window is not open now."""

    code = "NETCTL-E0406"


class PlanUnsafe(Refused):
    """A plan has a finding that forbids proposing or pushing it."""

    code = "NETCTL-E0407"

# ── push (E05xx) ─────────────────────────────────────────────────────────────────────────────────────────────────────

# ── store, settings, credentials (E06xx) ─────────────────────────────────────────────────────────────────────────────


class SettingsInvalid(StoreError):
    """A host-local setting cannot be used."""

    code = "NETCTL-E0601"

# ── lab (E07xx) ──────────────────────────────────────────────────────────────────────────────────────────────────────

# ── command line (E08xx) ─────────────────────────────────────────────────────────────────────────────────────────────
