"""A change pushed to 200 real NETCONF servers: what the controller costs, beside a plain ncclient thread pool.

    python -m benchmarks.push [--devices 200] [--workers 16] [--small] [--json FILE]

Each server is a real netconfd behind a real sshd on a loopback address of its own, holding the ietf_netconf document
that netctl renders for it. The boxes route no packets: what netctl reads of their operational state (`vtysh`, `ping`
over SSH) is answered on the box by `push_stage.py`, which says what the box's *running* configuration would give with
everything up. That script is the stage; what is measured is the controller. netctl's side is its real way: plan,
propose, approve, push in waves with store, journal, drains, confirmed commits, checks of the mate, read-backs and
confirmations. Needs root; ends with everything it started.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import push_boxes, push_network
from benchmarks.push_network import NEW, OLD, Router, merging, replacing

ROOT = Path(__file__).resolve().parents[1]
SMALL = 12
SECONDS_A_DEVICE = 12  # a whole run; far more than it takes
_INSIDE = "NETCTL_BENCH_INSIDE"
_HEAD = (
    f"{'what':<32}{'wall s':>8}{'CPU s/device':>14}{'servers':>9}{'NETCONF ops':>13}{'logins':>8}{'peak MiB':>10}"
    f"{'CPU ÷ plain':>13}{'CPU ÷ alike':>13}{'wall ÷ alike':>14}"
)


class Figure(NamedTuple):
    """One line of the table. `cpu` and `servers` are seconds of computing time a device; memory in MiB."""

    what: str
    devices: int
    wall: float
    cpu: float
    servers: float
    operations: float
    logins: float
    peak_mb: int


def inside(folder: Path, devices: int, workers: int) -> dict[str, Any]:
    """All of it, in namespaces of its own: the servers once, then the sides one after the other."""
    host_key = push_network.keys(folder)
    routers = push_network.make(folder / "network", devices // 2, host_key)
    boxes = [push_boxes.Box(each.name, each.mate, each.address, each.old["intended"]) for each in routers]
    push_boxes.lay(folder, ROOT / "devices/ietf_netconf/yang", boxes)
    started = push_boxes.start(folder, boxes, deadline=60 + devices)
    servers = push_boxes.cpu_of_all_but({os.getpid()})
    figures = [
        peer(folder, routers, workers, "plain", back=False),
        peer(folder, routers, workers, "alike", back=True),
        *netctl(folder, routers, workers),
    ]
    return {
        "start": {"wall": started, "cpu": servers / devices},
        "workers": workers,
        "figures": [figure._asdict() for figure in figures],
    }


def peer(folder: Path, routers: list[Router], workers: int, how: str, *, back: bool) -> Figure:
    """The thread pool makes the change, or takes it `back`."""
    work = [
        {
            "name": each.name,
            "address": each.address,
            "wanted": OLD if back else NEW,
            "intended": replacing((each.old if back else each.new)["intended"]),
            "drained": replacing((each.old if back else each.new)["drained"]),
            "drain": merging(each.old["drain"]),
        }
        for each in routers
    ]
    file = folder / f"{how}.json"
    file.write_text(json.dumps(work), encoding="utf-8")
    told, servers = measured("push_peer", how, file, folder / "user", workers)
    what = {"plain": "ncclient pool, plain", "alike": "ncclient pool, as many commits"}[how]
    return figure(what, told, ["push"], servers)


def netctl(folder: Path, routers: list[Router], workers: int) -> list[Figure]:
    """The change by `netctl`."""
    home = folder / "home"
    home.mkdir()
    sites = sorted({each.site for each in routers})
    told, servers = measured("push_netctl", folder / "network", home, folder / "user", workers, *sites)
    return [
        figure("netctl plan (reads all)", told, ["plan"], None),
        figure("netctl propose, approve", told, ["propose"], None),
        figure("netctl push", told, ["push"], None),
        figure("netctl, all of it", told, ["plan", "propose", "push"], servers),
    ]


def measured(module: str, *arguments: object) -> tuple[dict[str, Any], float]:
    """What a side told of itself, and the servers' computing time meanwhile (netctl's last, empty plan included)."""
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    before = push_boxes.cpu_of_all_but({os.getpid()})
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        output = process.communicate()[0]
    if process.returncode != 0:
        raise SystemExit(f"{module} {arguments[0]} ended with status {process.returncode}")
    return json.loads(output), push_boxes.cpu_of_all_but({os.getpid()}) - before


def figure(what: str, told: dict[str, Any], phases: list[str], servers: float | None) -> Figure:
    """The sum of some phases, a device."""
    devices = told["devices"]
    chosen = [told["figures"][phase] for phase in phases]
    return Figure(
        what=what,
        devices=devices,
        wall=sum(each["wall"] for each in chosen),
        cpu=sum(each["cpu"] for each in chosen) / devices,
        servers=servers / devices if servers is not None else 0.0,
        operations=sum(each["calls"].get("NetconfSession.rpc", 0) for each in chosen) / devices,
        logins=sum(v for each in chosen for name, v in each["calls"].items() if name.endswith(".open")) / devices,
        peak_mb=told["peak_mb"],
    )


def show(told: dict[str, Any]) -> str:
    """A table; ratios are to both peers, in computing time of the controller a device."""
    figures = [Figure(**each) for each in told["figures"]]
    plain, alike = figures[:2]
    lines = [
        f"{plain.devices} NETCONF servers started in {told['start']['wall']:.1f} s, {told['workers']} workers a side",
        "The boxes route nothing: a script on each answers `vtysh` and `ping` from its running configuration.",
        _HEAD,
    ]
    for each in figures:
        servers = f"{each.servers:.3f}" if each.servers else "-"
        lines.append(
            f"{each.what:<32}{each.wall:>8.1f}{each.cpu:>14.4f}{servers:>9}{each.operations:>13.1f}{each.logins:>8.1f}"
            f"{each.peak_mb:>10}{each.cpu / plain.cpu:>13.2f}{each.cpu / alike.cpu:>13.2f}"
            f"{each.wall / alike.wall:>14.2f}"
        )
    return "\n".join(lines)


def outside(arguments: list[str], devices: int) -> int:
    """Run all of it in namespaces that end with it, within a deadline, and with this process however that ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="netctl-push-") as folder:
        command = [
            "setpriv",
            "--pdeathsig",
            "KILL",
            "unshare",
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
        ]
        command += [sys.executable, "-m", "benchmarks.push", *arguments]
        environment = os.environ | {_INSIDE: folder}
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            return process.wait(300 + SECONDS_A_DEVICE * devices)
        except subprocess.TimeoutExpired:
            sys.stderr.write("the push benchmark took too long and was ended\n")
            return 1
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def main() -> int:
    """Measures, prints a table, and leaves the figures as JSON where `--json` says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--devices", type=int, default=200, help="an even number: two a site")
    parser.add_argument("--workers", type=int, default=16, help="sessions at the same time, on every side")
    parser.add_argument("--small", action="store_true", help=f"{SMALL} devices, to see that it works")
    parser.add_argument("--json", type=Path, help="file for the figures")
    asked = parser.parse_args()
    devices = SMALL if asked.small else asked.devices // 2 * 2
    if _INSIDE in os.environ:
        told = inside(Path(os.environ[_INSIDE]), devices, asked.workers)
        sys.stdout.write(show(told) + "\n")
        if asked.json:
            asked.json.parent.mkdir(parents=True, exist_ok=True)
            asked.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        return 0
    reason = "it needs root" if os.geteuid() != 0 else push_network.missing()
    if reason:
        sys.stdout.write(f"The push benchmark is left out: {reason}.\n")
        return 0
    return outside(sys.argv[1:], devices)


if __name__ == "__main__":
    sys.exit(main())
