"""What a round costs beside the looks themselves: derive, judge, write, tell Prometheus; and what pages then read.

    python -m benchmarks.observe /tmp/wan-l [--rounds 12] [--database URL]

The network is one that `generator.py` made; what its routers show is made up, with one site's router dead.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from seeds import Seeds  # what tests make up is good enough to measure with

from netctl.control.watching.metrics import metrics
from netctl.inventory import load
from netctl.model.moments import stamp
from netctl.model.watch import Sample
from netctl.observe.collect import Looked
from netctl.observe.drift import Causes
from netctl.observe.watcher import Ground, Watcher
from netctl.settings import Settings
from netctl.store import Store


class Moment:
    """A clock that the rounds push on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def told(what: str) -> Iterator[None]:
    """Prints how long the block took, and how much of that on a processor."""
    began, busy = time.perf_counter(), time.process_time()
    yield
    wall, cpu = (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000
    _say(f"{what:44} {wall:9.1f} ms, {cpu:9.1f} ms of a processor")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--database", default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), database=chosen.database)
        with told("load the network and derive intents"):
            seeds = Seeds(load(chosen.network))
        clock = Moment()
        with Store.open(settings.database_url, create=True, clock=clock) as store:
            run(seeds, settings, store, clock, chosen.rounds)
        for file in sorted(Path(folder).iterdir()):
            _say(f"{file.name:44} {file.stat().st_size / 1e6:9.1f} MB")


def run(seeds: Seeds, settings: Settings, store: Store, clock: Moment, rounds: int) -> None:
    """The rounds, and then the readings."""
    dead = next(iter(seeds.network.sites.values())).devices[0]
    ground = Ground(seeds.network, seeds.wiring, seeds.expected)
    watcher = Watcher(store, settings, Causes(store, lambda _platform: None), clock)
    for number in range(rounds):
        down = {dead} if number > 2 else set()
        looked = []
        for name in seeds.network.devices:
            seen = None if name in down else seeds.look(name, clock.now, dead=down)
            looked.append(Looked(Sample(name, stamp(clock.now), 0.1, seen, "" if seen else "no answer")))
        with told(f"round {number + 1}: {len(looked)} routers"):
            watcher.record(ground, stamp(clock.now), looked, lambda _books: None, whole=True)
        clock.now += timedelta(seconds=settings.observe_interval)
        with told("  condense"):
            watcher.condense()
    read(store, dead, clock)


def read(store: Store, dead: str, clock: Moment) -> None:
    """What pages and Prometheus ask for."""
    with told("read all standings"), store.reading() as books:
        books.watch.standings()
    with told("read one standing whole"), store.reading() as books:
        books.watch.standing(dead)
    with told("read one router's points"), store.reading() as books:
        books.watch.points(dead, stamp(clock.now - timedelta(hours=6)))
    with told("read one router's episodes"), store.reading() as books:
        books.watch.episodes(dead)
    with told("the mark"), store.reading() as books:
        books.watch.mark()
    for name, full in (("metrics", False), ("metrics, full", True)):
        with told(name):
            text = metrics(store, full=full, clock=clock)
        _say(f"{name:44} {len(text) / 1e6:9.1f} MB, {text.count(chr(10))} lines")
    fresh = Watcher(store, Settings(home=Path("/nowhere")), Causes(store, lambda _platform: None), clock)
    with told("begin to watch: remember everything"):
        fresh.remember()


if __name__ == "__main__":
    main()
