"""The command line: E08."""

from __future__ import annotations

from netctl.errors.tree import Refused, StoreError, UsageError


class OutputFailed(StoreError):
    """What a command has to say cannot be written where it was told to."""

    code = "NETCTL-E0802"
    default_hint = "make room on the disk, or write somewhere else, and run the command again"


class AsNotAllowed(Refused):
    """Acting as another user is not allowed on this host."""

    code = "NETCTL-E0803"
    default_hint = "leave `--as` out; `allow_as` in settings.toml is for labs and demonstrations"


class AnotherDigest(Refused):
    """The digest given is not that of the change's plan."""

    code = "NETCTL-E0804"
    default_hint = "`netctl show CHANGE` shows the plan and its digest; sixteen digits of it are enough"


class TextUnreadable(UsageError):
    """A file that should hold a configuration cannot be read as a text."""

    code = "NETCTL-E0805"
    default_hint = "name a file that holds a configuration as text, or `-` for standard input"
