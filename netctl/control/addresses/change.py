"""The ledger, changed: shown as a difference first, written only where that is asked for."""

from __future__ import annotations

import difflib
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from netctl import inventory
from netctl.addressing import allocate as engine
from netctl.addressing.allocate import Day, Request, Taken
from netctl.addressing.ledger import Ledger, may_sign
from netctl.control.addresses.book import read_ledger
from netctl.control.addresses.holdings import number_pools
from netctl.errors import AddressingNotDeclared, AllocationInUse, LedgerNotWritten
from netctl.inventory import files
from netctl.model.addressing import Addressing
from netctl.model.moments import now
from netctl.model.network import Network

__all__ = ["LedgerChange", "Request", "allocate", "change", "release"]

Step = Callable[[Network, Addressing, Ledger, Day], Ledger]


@dataclass(frozen=True)
class LedgerChange:
    """A ledger before and after; `before_text` is the file as it was read. `asked` are the keys it is about."""

    root: Path
    before: Ledger
    after: Ledger
    before_text: str
    asked: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> tuple[str, ...]:
        """What comes and goes, as lines of the file with a sign before them; nothing where nothing changes."""
        before, after = (_lines(ledger) for ledger in (self.before, self.after))
        same = before.keys() & after.keys()
        signed = [("-", key, text) for key, text in before.items() if key not in same or after[key] != text]
        signed += [("+", key, text) for key, text in after.items() if key not in same or before[key] != text]
        return tuple(
            f"{sign} {text}"
            for sign, key, text in sorted(signed, key=lambda each: (each[1].split("/"), each[0] == "+"))
        )

    @property
    def patch(self) -> str:
        """The same as a unified diff of the file, for `patch -p1`."""
        one, other = self.before_text.splitlines(keepends=True), self.after.text().splitlines(keepends=True)
        return "".join(difflib.unified_diff(one, other, f"a/{files.LEDGER}", f"b/{files.LEDGER}"))

    @property
    def differs(self) -> bool:
        """True where writing it would change something."""
        return bool(self.lines)

    @property
    def allocated(self) -> dict[str, str]:
        """The prefix of each key that was asked for and is in use."""
        entries = map(self.after.entries.get, self.asked)
        return {entry.key: str(entry.prefix) for entry in entries if entry and entry.released is None}

    def as_dict(self) -> dict[str, Any]:
        """As JSON output shows it; keys are part of the command line's contract."""
        return {"allocated": self.allocated, "lines": self.lines, "differs": self.differs}

    def write(self) -> None:
        """Put the new ledger in the old one's place, whole or not at all; raises `LedgerNotWritten`.

        Refused where somebody wrote the file since it was read: what was shown is what is written.
        """
        path = self.root / files.LEDGER
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with _alone(path.parent):
                if read_ledger(self.root)[1] != self.before_text:
                    hint = "look at the difference again, and write then"
                    raise LedgerNotWritten("somebody wrote the ledger meanwhile", where=files.LEDGER, hint=hint)
                with beside.open("w", encoding="utf-8") as stream:
                    stream.write(self.after.text())
                    stream.flush()
                    os.fsync(stream.fileno())
                beside.replace(path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise LedgerNotWritten(f"the ledger could not be written: {reason}", where=files.LEDGER) from error
        finally:
            with suppress(OSError):
                beside.unlink()


def allocate(
    root: Path, requests: Iterable[Request], *, by: str, cache: Path | None = None, today: date | None = None
) -> LedgerChange:
    """What allocating these keys would change; raises what `netctl.addressing.allocate` raises."""
    wanted = tuple(requests)

    def step(network: Network, plan: Addressing, ledger: Ledger, day: Day) -> Ledger:
        return engine.allocate(plan, ledger, wanted, taken_in(network), day)

    return change(root, step, tuple(each.key for each in wanted), by=by, cache=cache, today=today)


def release(
    root: Path, keys: Iterable[str], *, below: bool, by: str, cache: Path | None = None, today: date | None = None
) -> LedgerChange:
    """What releasing these keys would change; raises what `netctl.addressing.allocate` raises."""
    wanted = tuple(keys)

    def step(network: Network, _plan: Addressing, ledger: Ledger, day: Day) -> Ledger:
        after = engine.release(ledger, wanted, day, below=below)
        _hold_sites(network, after)
        return after

    return change(root, step, wanted, by=by, cache=cache, today=today)


def change(
    root: Path, step: Step, asked: tuple[str, ...], *, by: str, cache: Path | None = None, today: date | None = None
) -> LedgerChange:
    """The ledger before and after one step; raises `AddressingNotDeclared` where the network has no plan."""
    network = inventory.load(root, cache=cache)
    if network.addressing is None:
        raise AddressingNotDeclared("this network declares no pools to allocate from", where=files.ADDRESSING)
    ledger, text = read_ledger(root)
    day = Day(today or now().date(), by if may_sign(by) else "")
    return LedgerChange(root, ledger, step(network, network.addressing, ledger, day), text, asked)


def _hold_sites(network: Network, after: Ledger) -> None:
    """Nothing that a site's file names is released: the network would not be valid any more."""
    sites = {each: site for site in network.sites.values() for each in (site.block, site.lan) if each}
    plain = {pool.name for pool in network.addressing.pools.values() if not pool.vrf} if network.addressing else set()
    for entry in after.entries.values() if sites else ():
        site = sites.get(str(entry.prefix)) if entry.released and entry.pool in plain else None
        if site is not None:
            hint = f"take `block:` out of {site.source.file} and push that first"
            raise AllocationInUse(f"{entry.key} {entry.prefix} is on the LAN of site {site.id}", hint=hint)


def taken_in(network: Network) -> Taken:
    """What nothing is allocated from: the pools whose addresses follow from numbers."""
    return {"": tuple(number_pools(network).values())}


def _lines(ledger: Ledger) -> dict[str, str]:
    return {key: str(entry) for key, entry in ledger.entries.items()}


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes the ledger meanwhile: the folder is locked, which leaves no file behind."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
