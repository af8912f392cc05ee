"""The address plan: E110."""

from __future__ import annotations

from typing import Any

from netctl.errors.tree import NetworkError, Refused, StoreError, UsageError


class AddressingNotDeclared(NetworkError):
    """The network declares no pools to allocate from."""

    code = "NETCTL-E1100"
    default_hint = "declare pools and levels in inventory/addressing.yaml (docs/addresses.md)"


class AddressInvalid(UsageError):
    """A text is no address or no prefix."""

    code = "NETCTL-E1101"
    default_hint = "such as 3fff:100:1::10, 3fff:100::/32, 192.0.2.1 or 192.0.2.0/24"


class UnknownPool(UsageError):
    """No pool has this name."""

    code = "NETCTL-E1102"
    default_hint = "`netctl addresses utilisation` lists the pools"


class AllocationKeyInvalid(UsageError):
    """A key does not say a place in the address plan."""

    code = "NETCTL-E1103"
    default_hint = "a key is a pool and a name for each level, such as wan/rivers/east/rivers-hq"


class LevelNeeded(UsageError):
    """A key fits several levels, or does not fit the one that is named."""

    code = "NETCTL-E1104"
    default_hint = "name the level with --level"


class PoolFull(Refused):
    """Nothing of the length that is asked for is free."""

    code = "NETCTL-E1105"
    default_hint = "`netctl addresses free POOL` shows what is left; what was released rests before it is given again"


class UnknownAllocation(Refused):
    """The ledger has no such allocation in use."""

    code = "NETCTL-E1106"
    default_hint = "`netctl addresses find TEXT` looks through everything that is allocated"


class AllocationInUse(Refused):
    """An allocation cannot be released while others are cut from it."""

    code = "NETCTL-E1107"
    default_hint = "release those first, or all of them together with --below"


class ImportRefused(Refused):
    """A file to import cannot be read, or holds what the address plan has no place for; `findings` has every line."""

    code = "NETCTL-E1108"
    default_hint = "nothing was imported; correct the file or the plan, or leave those lines out with --leave-out"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class LedgerNotWritten(StoreError):
    """The ledger cannot be written."""

    code = "NETCTL-E1109"
    default_hint = "nothing was changed; check the folder's permissions and its disk"
