"""Files → a reviewed change of the ledger; and the ledger as rows for others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from netctl.addressing.allocate import Day
from netctl.addressing.ledger import Ledger
from netctl.addressing.prefix import address_or_prefix
from netctl.addressing.verify import flaws, unavailable
from netctl.control.addresses.book import open_book
from netctl.control.addresses.change import LedgerChange, change, taken_in
from netctl.control.addresses.exchange import Row, read
from netctl.control.addresses.placing import NoPlace, Placing
from netctl.errors import AddressInvalid, ImportRefused
from netctl.inventory.findings import Finding
from netctl.model.addressing import Addressing
from netctl.model.network import Network

COLUMNS = ("key", "level", "prefix", "vrf", "since", "released", "by")


@dataclass(frozen=True)
class Import:
    """A change of the ledger, and every line that it leaves out."""

    change: LedgerChange
    left_out: tuple[Finding, ...]


def import_files(
    root: Path,
    sources: Sequence[Path],
    *,
    leave_out: bool = False,
    by: str = "",
    cache: Path | None = None,
    today: date | None = None,
) -> Import:
    """What importing these files would change.

    Raises `ImportRefused` with every line that has no place, unless those are to be left out.
    """
    tables = [read(path) for path in sources]
    vrfs = {other: name for table in tables for other, name in table.vrfs.items()}
    rows = sorted((row for table in tables for row in table.rows), key=_widest_first)
    left: list[Finding] = []

    def step(network: Network, plan: Addressing, ledger: Ledger, day: Day) -> Ledger:
        placing = Placing(plan, ledger, vrfs, day.date, day.by)
        for row in rows:
            try:
                placing.place(row)
            except NoPlace as reason:
                left.append(_finding(row, str(reason)))
        left.extend(_unsound(placing, network, plan))
        if left and not leave_out:
            count = len(left)
            message = f"{count} line{'' if count == 1 else 's'} with no place in the plan"
            raise ImportRefused(message, findings=tuple(sorted(left)))
        return Ledger(placing.entries)

    made = change(root, step, (), by=by, cache=cache, today=today)
    return Import(made, tuple(sorted(left)))


def export_rows(root: Path, *, cache: Path | None = None) -> list[tuple[str, ...]]:
    """Every entry of the ledger, in the order of `COLUMNS`."""
    book = open_book(root, cache=cache)
    plan = book.network.addressing
    return [
        (
            entry.key,
            entry.level,
            str(entry.prefix),
            plan.pools[entry.pool].vrf if plan and entry.pool in plan.pools else "",
            entry.since.isoformat(),
            entry.released.isoformat() if entry.released else "",
            entry.by,
        )
        for entry in book.ledger
    ]


def _unsound(placing: Placing, network: Network, plan: Addressing) -> Iterator[Finding]:
    """Take out, and tell, what overlaps, lies outside or is cut from nothing: again, until the rest is sound."""
    while True:
        ledger = Ledger({key: entry._replace(line=line) for line, (key, entry) in enumerate(placing.entries.items())})
        keys = list(ledger.entries)
        found = [*flaws(plan, ledger), *unavailable(plan, ledger, taken_in(network))]
        gone = False
        for flaw in found:
            key = keys[flaw.line]
            row = placing.take_out(key) if key in placing.entries else None
            if row is not None:
                gone = True
                yield _finding(row, flaw.message.rpartition(" on line ")[0] or flaw.message)
        if not gone:
            return


def _widest_first(row: Row) -> tuple[int, str, int]:
    """What others are cut from comes first, whatever the order of the files."""
    try:
        length = address_or_prefix(row.prefix).length
    except AddressInvalid:
        length = 0
    return (length + (row.kind == "address"), row.file, row.line)


def _finding(row: Row, message: str) -> Finding:
    return Finding(row.file, row.line, 1, ImportRefused.code, row.prefix, f"{row.prefix or 'no prefix'}: {message}")
