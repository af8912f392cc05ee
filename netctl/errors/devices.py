"""The ways into boxes, routers and name servers alike: E03."""

from __future__ import annotations

from netctl.errors.tree import DeviceError, NetworkError, OutcomeUnknown, Refused, UsageError


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


class PlatformInvalid(NetworkError):
    """A platform.yaml cannot be used."""

    code = "NETCTL-E0311"


class CommitGone(DeviceError):
    """No commit with this token waits on the router: it was confirmed, or it has reverted by itself."""

    code = "NETCTL-E0312"
    default_hint = "read the running state to see which of the two it was"


class CommandFailed(DeviceError):
    """A command on a router ended with an error."""

    code = "NETCTL-E0313"


class RevertIncomplete(OutcomeUnknown):
    """A router could not be brought back to the state before the commit."""

    code = "NETCTL-E0314"
    default_hint = "the state before is kept on the router; compare it with what runs, by hand"


class RulesInvalid(NetworkError):
    """A platform's rules.yaml cannot be used."""

    code = "NETCTL-E0315"
    default_hint = "docs/rules.md describes the file"


class SavedOutputUnreadable(UsageError):
    """A file of saved output does not exist, cannot be read, or is no text."""

    code = "NETCTL-E0316"
    default_hint = "save what the router printed as text, in UTF-8 or as Japanese routers write it"


class SessionWouldBeCut(Refused):
    """The intended configuration takes away the account, address or filter that carries the session itself."""

    code = "NETCTL-E0320"
    default_hint = "keep it in the intended configuration, or connect as another user or over another address"
