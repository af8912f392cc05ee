"""The address plan's engine in figures, beside netaddr's set difference as NetBox uses it.

    python -m benchmarks.addressing [--children 1000,10000] [--pool 20] [--lookups 1000000] [--json FILE]

"One more" is the next free prefix of a parent in which so many are in use, from the list of them: what NetBox works
out for each request (`IPSet(parent) - IPSet(children)`), and what netctl does once for a run of requests. "Given" is
each further one, in a parent of 2^POOL children that is filled from empty to full. "Found" is the longest match of
random addresses, half of them within a prefix. Seconds are of this process; the collector rests in all of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from netctl.addressing.match import Table
from netctl.addressing.prefix import Prefix, prefix
from netctl.addressing.space import Order, Space

PARENT = prefix("3fff:100::/44")
CHILD = 64
LENGTHS = (32, 36, 40, 44, 48, 52, 56, 60, 64, 127, 128)
SEED = 3531
ORDERS: tuple[Order, Order] = ("sparse", "sequential")


class Figure(NamedTuple):
    """One line of the table: what was done to how many, seconds a piece, and the slowest hundredth of them."""

    what: str
    size: int
    side: str
    seconds: float
    p99: float


def in_use(count: int) -> list[Prefix]:
    """So many children of the parent, anywhere in it, always the same."""
    step = 1 << (128 - CHILD)
    places = random.Random(SEED).sample(range(1 << (CHILD - PARENT.length)), count)  # noqa: S311 - nothing is secret
    return [Prefix(6, PARENT.value + place * step, CHILD) for place in places]


def one_more(children: list[Prefix]) -> Prefix | None:
    """The next free child of the parent, beside those in use."""
    return Space(PARENT, children).give(CHILD, "sequential")


def one_more_of_netaddr(children: list[Prefix]) -> tuple[str, Callable[[], str]]:
    """The same as NetBox does it: its name, and the work."""
    import netaddr  # noqa: PLC0415 - the peer is there in the benchmark's environment only

    parent, known = netaddr.IPNetwork(str(PARENT)), [netaddr.IPNetwork(str(child)) for child in children]

    def work() -> str:
        free = netaddr.IPSet(parent) - netaddr.IPSet(known)
        first = next(block for block in free.iter_cidrs() if block.prefixlen <= CHILD)
        return str(next(iter(first.subnet(CHILD))))

    return f"netaddr {netaddr.__version__}", work


def best(work: Callable[[], object], repeats: int) -> float:
    """Seconds of the quickest run."""
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def given(bits: int, order: Order) -> Figure:
    """A parent of 2^bits children, given away one by one."""
    space = Space(Prefix(6, PARENT.value, CHILD - bits))
    taken = []
    clock = time.perf_counter
    for _ in range(1 << bits):
        begun = clock()
        space.give(CHILD, order)
        taken.append(clock() - begun)
    taken.sort()
    return Figure(f"given, {order}", 1 << bits, "netctl", sum(taken) / len(taken), taken[len(taken) * 99 // 100])


def found(prefixes: int, lookups: int) -> Figure:
    """Longest match over prefixes of many lengths."""
    chance = random.Random(SEED)  # noqa: S311 - nothing is secret
    base = prefix("3fff::/16").value
    known: set[Prefix] = set()
    while len(known) < prefixes:
        known.add(Prefix(6, base | chance.getrandbits(108), 128).within(chance.choice(LENGTHS)))
    ordered = sorted(known)
    table = Table((each, index) for index, each in enumerate(ordered))
    numbers = [
        chance.choice(ordered).value | chance.getrandbits(40)
        if chance.random() < 0.5
        else base | chance.getrandbits(108)
        for _ in range(lookups)
    ]
    seconds = best(lambda: list(table.find_all(6, numbers)), 3)
    return Figure(f"found of {lookups}", prefixes, "netctl", seconds / lookups, 0)


def show(figures: Iterable[Figure]) -> str:
    """A table; ratios are the peer's figure to netctl's on the same work."""
    lines = [f"{'what':<20}{'of':>9}  {'side':<16}{'µs each':>12}{'p99 µs':>10}{'times':>9}"]
    ours: dict[tuple[str, int], float] = {}
    for figure in figures:
        base = ours.setdefault((figure.what, figure.size), figure.seconds)
        p99 = f"{figure.p99 * 1e6:.1f}" if figure.p99 else ""
        times = f"{figure.seconds / base:.1f}" if figure.side != "netctl" else ""
        lines.append(
            f"{figure.what:<20}{figure.size:>9}  {figure.side:<16}{figure.seconds * 1e6:>12.2f}{p99:>10}{times:>9}"
        )
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    """Measures, prints a table, and leaves the figures as JSON where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", default="1000,10000", help="how many are in use for one more")
    parser.add_argument("--pool", type=int, default=20, help="bits of the parent that is filled")
    parser.add_argument("--prefixes", type=int, default=100_000, help="prefixes to find addresses in")
    parser.add_argument("--lookups", type=int, default=1_000_000, help="addresses to find")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    gc.disable()
    figures = []
    for count in map(int, asked.children.split(",")):
        children = in_use(count)
        side, work = one_more_of_netaddr(children)
        if str(one_more(children)) != work():
            raise SystemExit(f"the two sides give different prefixes beside {count}")
        figures += [
            Figure("one more", count, "netctl", best(partial(one_more, children), 5), 0),
            Figure("one more", count, side, best(work, 2), 0),
        ]
    figures += [given(asked.pool, order) for order in ORDERS]
    figures.append(found(asked.prefixes, asked.lookups))
    sys.stdout.write(show(figures) + "\n")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps([figure._asdict() for figure in figures], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
