"""The dashboard under load: tier L, fifty viewers with event streams open, 200 requests a second.

    python -m benchmarks.web [--tier L] [--seconds 60] [--rate 200] [--json FILE]

`netctl web` runs as people run it, a process beside it makes a round of watching every 30 seconds, a third one asks.
The peer is a Flask app that says hello, behind the same gunicorn, asked as often in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from benchmarks.generator import TIERS, generate

ROOT = Path(__file__).resolve().parents[1]
THREADS = 64
STREAMS = 63
REQUESTS = 2000  # one after the other, beside open streams
HEADINGS = ("requests", "errors", "p50", "p95", "p99", "max", "server_p50", "server_p99", "cpu_mean", "kb")


@contextmanager
def running(*arguments: object, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """A process of this Python, told to stop at the end."""
    command = [sys.executable, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, text=True, **more)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def measure(folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    """Everything, from an empty folder to figures."""
    root, home = chosen.network or folder / "network", folder / "home"
    if not chosen.network:
        _say(f"writing a network of {TIERS[chosen.tier]} sites")
        generate(root, TIERS[chosen.tier])
    home.mkdir(mode=0o700)
    # Every viewer holds a stream here; as many threads are left for pages as with the settings' own numbers.
    (home / "settings.toml").write_text("web_streams = 50\n", encoding="utf-8")
    environment = {**os.environ, "NETCTL_HOME": str(home), "NETCTL_NETWORK": str(root)}
    with ExitStack() as stack:
        _say("making people, changes and rounds of watching")
        seeding = stack.enter_context(
            running("-m", "benchmarks.web_seed", root, home, chosen.interval, stdout=subprocess.PIPE)
        )
        seeded = json.loads(_line(seeding))
        with _serving(environment, chosen.workers) as (web, port):
            order = _order(seeded, port, chosen)
            load(folder, {**order, "rate": 20, "seconds": 10, "streams": False})  # caches fill, as on any morning
            _say(f"{chosen.rate} requests a second for {chosen.seconds} s")
            before = cpu_of(web.pid)
            figures = load(folder, order)
            figures |= {"server_cpu": cpu_of(web.pid) - before, "server_mb": memory_of(web.pid)}
            figures["load"] = os.getloadavg()[0]
        (home / "settings.toml").write_text(f"web_streams = {STREAMS}\nweb_threads = {THREADS}\n", encoding="utf-8")
        _say(f"{STREAMS} open streams")
        with _serving(environment, 1) as (_, port):
            beside = streams(folder, {**order, "port": port, "paths": ["/healthz", "/signin"], "streams": STREAMS})
        return {"netctl": figures, **peer(folder, order), "streams": beside}


@contextmanager
def _serving(environment: dict[str, str], workers: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`netctl web`, and the port it listens on."""
    options = ("-m", "netctl", "web", "--listen", "127.0.0.1:0", "--workers", workers)
    with running(*options, stdout=subprocess.PIPE, env=environment) as web:
        found = re.search(r":(\d+)/", _line(web))
        if not found:
            raise SystemExit("netctl web did not start")
        yield web, int(found[1])


def peer(folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """The same rate, without streams, at the app that says hello; and one request after the other."""
    options = ("-k", "gthread", "--threads", THREADS, "--keep-alive", 15, "--log-level", "warning", "-b", "127.0.0.1:0")
    command = ("-m", "gunicorn", *options, "--log-level", "info", "benchmarks.web_peer:app")
    with running(*command, stderr=subprocess.PIPE) as process:
        port = _port(process.stderr)
        seconds = min(20, order["seconds"])
        asked = {**order, "port": port, "pages": ["overview"], "seconds": seconds, "streams": False}
        load(folder, {**asked, "seconds": 3})
        before = cpu_of(process.pid)
        figures = load(folder, asked)
        figures |= {"server_cpu": cpu_of(process.pid) - before, "server_mb": memory_of(process.pid)}
        return {"peer": figures, "peer beside streams": streams(folder, {**asked, "paths": ["/"], "streams": 0})}


def streams(folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """What pages take one after the other while so many event streams are open."""
    return _told(folder, "benchmarks.web_streams", {**order, "requests": REQUESTS})


def load(folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Let the viewers do what `order` says."""
    return _told(folder, "benchmarks.web_load", order)


def _told(folder: Path, module: str, order: dict[str, Any]) -> dict[str, Any]:
    file = folder / "order.json"
    file.write_text(json.dumps(order), encoding="utf-8")
    command = [sys.executable, "-m", module, str(file)]
    found: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    return found


def _order(seeded: dict[str, Any], port: int, chosen: argparse.Namespace) -> dict[str, Any]:
    people = [{**each, "changes": [] if each["scoped"] else seeded["changes"]} for each in seeded["people"]]
    return {
        "port": port,
        "people": people,
        "rate": chosen.rate,
        "seconds": chosen.seconds,
        "streams": True,
        "pages": [],
    }


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def _port(lines: IO[str] | None) -> int:
    for line in lines or ():
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", line):
            time.sleep(1)  # its worker is up a moment later
            return int(found[1])
    raise SystemExit("the peer did not start")


def cpu_of(process: int) -> float:
    """Seconds of a processor that a process and its children have used."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for each in _family(process):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def memory_of(process: int) -> int:
    """The most that one of them held in memory, in MiB."""
    held = [Path(f"/proc/{each}/status").read_text(encoding="ascii") for each in _family(process)]
    return max(int(text.split("VmHWM:")[1].split()[0]) for text in held) // 1024


def _family(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *map(int, children)]


def show(figures: dict[str, Any]) -> None:
    """The table."""
    ours, theirs = figures["netctl"], figures["peer"]
    _say(f"{'milliseconds':22}" + "".join(f"{heading:>12}" for heading in HEADINGS))
    rows = {**ours["pages"], "all": ours["all"], "peer: hello": theirs["all"]}
    for name, row in rows.items():
        _say(f"{name:22}" + "".join(f"{row[heading]:>12}" for heading in HEADINGS))
    for name, side in (("netctl", ours), ("peer", theirs)):
        per = side["server_cpu"] / side["all"]["requests"] * 1000
        used = f"{side['server_cpu']:.1f} s of a processor ({per:.2f} ms a request), {side['server_mb']} MiB"
        _say(f"{name}: server {used}")
        _say(f"  viewers {side['cpu']:.1f} s, {side['streams']} streams held to the end")
    _say(f"p99 ÷ the peer's: {ours['all']['p99'] / theirs['all']['p99']:.1f}; load of the machine {ours['load']:.1f}")
    alone = figures["peer beside streams"]["paths"]["/"]
    _say(f"one after the other, the peer without streams: {alone}")
    for path, row in figures["streams"]["paths"].items():
        times = row["p95"] / alone["p95"]
        _say(f"{path} beside {figures['streams']['streams']} open streams: {row}, p95 ÷ the peer's {times:.1f}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", choices=TIERS, default="L")
    parser.add_argument("--network", type=Path, help="a network that generator.py made before")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--interval", type=float, default=30, help="seconds between rounds of watching")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="netctl-bench-"))
    try:
        figures = measure(folder, chosen)
    finally:
        shutil.rmtree(folder)
    show(figures)
    if chosen.json:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
