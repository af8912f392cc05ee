"""Zones in figures against a real BIND on loopback: planned, applied and read back, found unchanged; beside two peers.

    python -m benchmarks.zones [--records 100000] [--changes 1000] [--zones 1000] [--repeats 3] [--json FILE]

"Plan" is a master file read, the zone transferred with TSIG, both compared; netctl also keeps what it read in its
store. "Apply" is twice as many changes sent and read back. "Unchanged" is a zone whose serial is the one read last.
"Many" is a plan of so many zones of 100 records each, a tenth of which differ. "Command" is `netctl dns plan --json`
from the start of its process to its end, which makes SOA and NS of its own. Every other figure is a process of its own
and the best of several; "computing" is seconds of its processor, "wall" seconds by the clock, both without the start
of the process; "times" is the peer's computing to netctl's. BIND runs on the same processors.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from nameservers import ALGORITHM, SECRETS, TRANSFER, UPDATE, bind  # a real server, as tests start it

from benchmarks import zones_text
from netctl.store import Store

ROOT = Path(__file__).resolve().parents[1]
SMALL = 100
OURS = ("zones_netctl", "zones_command")
PEERS = ("zones_dnspython", "zones_octodns")


class Case(NamedTuple):
    """What is measured: `mode` is what the sides are told to do."""

    title: str
    mode: str
    zones: int
    records: int
    changes: int
    sides: tuple[str, ...]


class Figure(NamedTuple):
    """One line of the table; `records` that come or go."""

    case: str
    side: str
    computing: float
    wall: float
    peak_mb: int
    records: int


def run(side: str, case: Case, folder: Path) -> Figure:
    """One side on a server of its own: what one applies the next one must not find."""
    zones = {name: (folder / "served" / f"{name}.zone").read_text("ascii") for name in zones_text.names(case.zones)}
    (folder / "netctl.db").unlink(missing_ok=True)
    Store.open(f"sqlite:///{folder}/netctl.db", create=True).close()
    with tempfile.TemporaryDirectory() as place, bind(Path(place, "named"), zones) as server:
        command = [sys.executable, "-m", f"benchmarks.{side}", case.mode, str(folder), str(server.port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{side}, {case.title}, failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout)
    name = side.removeprefix("zones_")
    return Figure(case.title, name, told["cpu"], told["wall"], told["peak_mb"], told["records"])


def measure(case: Case, repeats: int) -> list[Figure]:
    """All sides on the same files, by turns; of each the quickest run."""
    with tempfile.TemporaryDirectory() as folder:
        zones_text.write(Path(folder), case.zones, case.records, case.changes)
        named = (TRANSFER, SECRETS[TRANSFER]), (UPDATE, SECRETS[UPDATE])
        zones_text.write_keys(Path(folder), ALGORITHM, *named)
        runs = [[run(side, case, Path(folder)) for side in case.sides] for _ in range(repeats)]
    return [min((each[side] for each in runs), key=lambda figure: figure.computing) for side in range(len(case.sides))]


def show(figures: list[Figure]) -> str:
    """A table."""
    lines = [
        f"{'case':<12}{'side':<12}{'computing':>10}{'wall':>9}{'peak MiB':>10}{'records':>9}{'times':>8}{'memory':>8}"
    ]
    base: dict[str, Figure] = {}
    for figure in figures:
        ours = base.setdefault(figure.case, figure)
        lines.append(
            f"{figure.case:<12}{figure.side:<12}{figure.computing:>10.3f}{figure.wall:>9.3f}{figure.peak_mb:>10}"
            f"{figure.records:>9}{figure.computing / ours.computing:>8.1f}{figure.peak_mb / ours.peak_mb:>8.1f}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measures, prints a table, and leaves the figures as JSON where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000, help="records of the large zone")
    parser.add_argument("--changes", type=int, default=1_000, help="records of it that differ")
    parser.add_argument("--zones", type=int, default=1_000, help=f"zones of {SMALL} records")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each side; the quickest counts")
    parser.add_argument("--peers", default=",".join(PEERS), help="whom to measure beside netctl")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    peers = tuple(filter(None, asked.peers.split(",")))
    planners, appliers = (*OURS, *peers), (OURS[0], *(peer for peer in peers if peer != PEERS[1]))
    cases = [
        Case("plan", "plan", 1, asked.records, asked.changes, planners),
        Case("apply", "apply", 1, asked.records, asked.changes * 2, appliers),
        Case("unchanged", "unchanged", 1, asked.records, asked.changes, OURS[:1]),
        Case("many", "plan", asked.zones, SMALL, SMALL // 10, tuple(each for each in planners if each != PEERS[1])),
    ]
    figures = [figure for case in cases if case.zones for figure in measure(case, asked.repeats)]
    sys.stdout.write(show(figures) + "\n")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps([figure._asdict() for figure in figures], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
