"""The root of the tree and its branches, each with an exit status."""

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
