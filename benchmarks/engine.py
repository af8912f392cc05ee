"""Diff + patch of IOS configurations of 10,000 and 40,000 lines in figures, beside hier_config; parse included.

    python -m benchmarks.engine [--lines 10000,40000] [--changed 0.02,0.3] [--repeats 5] [--json FILE]

Every figure is a process of its own and the best of several, so that what else the machine does counts least.
"Seconds" are seconds of computing from both texts in memory to the commands as text, "wall" the same by the clock,
"process" that from its start to its end, imports and rules included. "Filters": whether what is in use (ACLs, prefix
lists, route-maps, policies) is among what differs; netctl then binds copies of it while it is rewritten. "Proof" is
the part of netctl's seconds in which it predicts what its patch leads to and compares that with what is intended;
"times" and "bare" are the peer's seconds to netctl's with it and without. A side whose own prediction does not lead
to what is intended is marked.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SIDES = (("netctl", "engine_netctl"), ("hier_config", "engine_peer"))


Case = tuple[int, float, bool]  # lines, share that differs, whether filters in use are among it


class Figure(NamedTuple):
    """One line of the table. Times in seconds, memory in MiB, `commands` in lines."""

    lines: int
    changed: float
    filters: bool
    what: str
    seconds: float
    wall: float
    parse: float
    proof: float
    process: float
    peak_mb: int
    commands: int
    right: bool


def measure(what: str, module: str, case: Case, folder: Path) -> Figure:
    """One process, run once."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{module}", folder / "running.cfg", folder / "intended.cfg"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begun
    if done.returncode != 0:
        raise SystemExit(f"{what} on {case} failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout)
    process = wall - told["after"]  # what the check of the outcome took
    times = (told["seconds"], told["wall"], told["parse"], told["proof"], process)
    return Figure(*case, what, *times, told["peak_mb"], told["lines"], told["right"])


def compared(case: Case, folder: Path, repeats: int) -> list[Figure]:
    """Both sides on one pair of texts, by turns; of each the quickest run."""
    # In a process of its own: Linux counts a process's peak memory from its parent's size on.
    words = [sys.executable, "-m", "benchmarks.engine_text", str(case[0]), str(case[1]), str(folder)]
    words += [] if case[2] else ["filters-stay"]
    subprocess.run(words, cwd=ROOT, check=True)
    runs = [[measure(what, module, case, folder) for what, module in SIDES] for _ in range(repeats)]
    return [min((run[side] for run in runs), key=lambda figure: figure.seconds) for side in range(len(SIDES))]


def show(figures: list[Figure]) -> str:
    """A table; ratios are the peer's figure to netctl's on the same texts."""
    case = f"{'lines':>7}{'changed':>9}{'filters':>9}"
    head = f"{'what':<12}{'seconds':>8}{'wall':>8}{'parse':>7}{'proof':>7}{'process':>9}"
    lines = [f"{case}  {head}{'peak MiB':>10}{'commands':>10}{'times':>7}{'bare':>7}{'memory':>8}"]
    base: dict[Case, Figure] = {}
    for figure in figures:
        ours = base.setdefault((figure.lines, figure.changed, figure.filters), figure)
        bare = (figure.seconds - figure.proof) / (ours.seconds - ours.proof)
        lines.append(
            f"{figure.lines:>7}{figure.changed:>9.0%}{'yes' if figure.filters else 'no':>9}"
            f"  {figure.what:<12}{figure.seconds:>8.3f}{figure.wall:>8.3f}"
            f"{figure.parse:>7.3f}{figure.proof:>7.3f}{figure.process:>9.2f}{figure.peak_mb:>10}{figure.commands:>10}"
            f"{figure.seconds / ours.seconds:>7.2f}{bare:>7.2f}{figure.peak_mb / ours.peak_mb:>8.2f}"
            f"{'' if figure.right else '  leads elsewhere'}"
        )
    return "\n".join([*lines, *growth(figures)])


def growth(figures: list[Figure]) -> list[str]:
    """How time grows from the shortest texts to the longest."""
    told = []
    for what, changed, filters in dict.fromkeys((figure.what, figure.changed, figure.filters) for figure in figures):
        mine = [each for each in figures if (each.what, each.changed, each.filters) == (what, changed, filters)]
        first, last = mine[0], mine[-1]
        if first is not last:
            told.append(
                f"{what}, {changed:.0%} changed{'' if filters else ', filters stay'}: "
                f"{last.lines / first.lines:.0f} times the lines, "
                f"{last.seconds / first.seconds:.1f} times the time"
            )
    return told


def main() -> int:
    """Measures, prints a table, and leaves the figures as JSON where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", default="10000,40000", help="lengths of the configurations")
    parser.add_argument("--changed", default="0.02,0.3", help="shares of their statements that differ")
    parser.add_argument("--repeats", type=int, default=5, help="runs of each side; the quickest counts")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for filters in (False, True):
            for changed in map(float, asked.changed.split(",")):
                for lines in map(int, asked.lines.split(",")):
                    figures += compared((lines, changed, filters), Path(folder), asked.repeats)
    sys.stdout.write(show(figures) + "\n")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps([figure._asdict() for figure in figures], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
