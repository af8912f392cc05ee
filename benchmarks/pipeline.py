"""validate + derive + render in figures: cold, warm and with one site changed, beside nornir on an equal network.

    python -m benchmarks.pipeline [--tiers M,L,XL] [--nornir M,L] [--folder DIR]

Every figure is a process of its own, from its start to its end; "inside" leaves out what Python takes to start and
import. Ratios are between figures of the same run on the same machine. The digests of what both sides rendered must
be equal, otherwise there is no figure.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.generator import TIERS, generate
from netctl.inventory import snapshot

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 3


class Figure(NamedTuple):
    """One line of the table. Times in seconds (`cpu`: of all processes and cores), memory in MiB."""

    tier: str
    what: str
    wall: float
    inside: float
    cpu: float
    peak_mb: int
    routers: int
    digest: str


def measure(tier: str, what: str, module: str, *arguments: object) -> Figure:
    """One process, run once."""
    before, begun = _cpu_of_children(), time.perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - begun
    cpu = _cpu_of_children() - before
    if done.returncode != 0:
        raise SystemExit(f"{what} on {tier} failed:\n{done.stderr}")
    told: dict[str, Any] = json.loads(done.stdout)
    wall -= told["after"]  # what the digest took
    cpu -= told["after"]
    return Figure(tier, what, wall, told["seconds"], cpu, told["peak_mb"], told["routers"], told["digest"])


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def middle(figures: list[Figure]) -> Figure:
    """The one with the median time of several runs."""
    middle_time = statistics.median_low(figure.wall for figure in figures)
    return next(figure for figure in figures if figure.wall == middle_time)


def netctl_figures(tier: str, root: Path, cache: Path) -> Iterator[Figure]:
    """Cold, warm, and warm with one site changed since."""
    yield middle([measure(tier, "netctl cold", "netctl_side", root) for _ in range(REPEATS)])
    settle(root)
    measure(tier, "netctl fills its cache", "netctl_side", root, cache)
    yield middle([measure(tier, "netctl warm", "netctl_side", root, cache) for _ in range(REPEATS)])
    changed = []
    for number in range(1, REPEATS + 1):
        site = root / f"inventory/sites/site-{number * 100:05d}.yaml"
        before = site.read_text(encoding="utf-8")
        change_carrier(site, before)
        changed.append(measure(tier, "netctl, one site changed", "netctl_side", root, cache))
        site.write_text(before, encoding="utf-8")
    yield middle(changed)


def change_carrier(site: Path, text: str) -> None:
    """The site's first line moves to another carrier: two CE routers' and one core router's text changes."""
    begin = text.index("carrier: ") + len("carrier: ")
    end = text.index(",", begin)
    other = "rindou" if text[begin:end] != "rindou" else "asagi"
    site.write_text(text[:begin] + other + text[end:], encoding="utf-8")


def settle(root: Path) -> None:
    """Wait until all files are old enough for a cache to believe what the file system says of them."""
    newest = max(path.stat().st_mtime_ns for path in (root / "inventory").rglob("*.yaml"))
    time.sleep(max(0.0, (newest + snapshot.YOUNG - time.time_ns()) / 1e9 + 0.1))


def beside_nornir(tier: str, folder: Path, *, as_installed: bool) -> Iterator[Figure]:
    """Both on one network of frr routers, which nornir can render; what they make must be the same."""
    root, files = folder / "equal", folder / "nornir"
    generate(root, TIERS[tier], netconf=False)
    # In a process of its own: Linux counts a process's peak memory from its parent's size on.
    subprocess.run([sys.executable, "-m", "benchmarks.equal", root, files], cwd=ROOT, check=True)
    ours = middle([measure(tier, "netctl cold (equal network)", "netctl_side", root) for _ in range(REPEATS)])
    yield ours
    theirs = [measure(tier, "nornir, C YAML loader", "nornir_side", files, root / "templates", "--c-loader")]
    if as_installed:
        theirs.append(measure(tier, "nornir as installed", "nornir_side", files, root / "templates"))
    for figure in theirs:
        if figure.digest != ours.digest:
            raise SystemExit(f"{figure.what} on {tier} renders something else: the figures would mean nothing")
        yield figure


def show(figures: list[Figure]) -> str:
    """A table; the ratio is to netctl's cold figure on the same network."""
    lines = [f"{'tier':<5}{'what':<30}{'routers':>8}{'seconds':>9}{'inside':>9}{'cpu':>9}{'peak MiB':>10}{'ratio':>8}"]
    base: dict[str, float] = {}
    for figure in figures:
        kind = "equal" if "nornir" in figure.what or "equal" in figure.what else "mixed"
        ratio = figure.wall / base.setdefault(f"{figure.tier} {kind}", figure.wall)
        lines.append(
            f"{figure.tier:<5}{figure.what:<30}{figure.routers:>8}{figure.wall:>9.2f}{figure.inside:>9.2f}{figure.cpu:>9.2f}"
            f"{figure.peak_mb:>10}{ratio:>8.2f}"
        )
    return "\n".join(lines)


def main() -> int:
    """Measures, prints a table, and leaves the figures as JSON where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tiers", default="M,L,XL", help="netctl alone: cold, warm, one site changed")
    parser.add_argument("--nornir", default="M,L", help="tiers on which nornir is measured as well")
    parser.add_argument("--as-installed", default="M", help="of these, tiers on which nornir also runs without libyaml")
    parser.add_argument("--folder", type=Path, help="where networks are generated (default: a temporary folder)")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        for tier in filter(None, asked.tiers.split(",")):
            folder = Path(name) / tier
            generate(folder / "mixed", TIERS[tier])
            figures += netctl_figures(tier, folder / "mixed", folder / "cache")
            shutil.rmtree(folder)
        for tier in filter(None, asked.nornir.split(",")):
            folder = Path(name) / tier
            figures += beside_nornir(tier, folder, as_installed=tier in asked.as_installed.split(","))
            shutil.rmtree(folder)
    sys.stdout.write(show(figures) + "\n")
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_text(json.dumps([figure._asdict() for figure in figures], indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
