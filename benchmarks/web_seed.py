"""A dashboard with something on it: people who have signed in, changes to look at, and rounds of watching.

    python -m benchmarks.web_seed NETWORK HOME        # then goes on making rounds until it is told to stop

What routers show is made up; what follows from it is worked out by the code that does it in earnest. Prints one line
of JSON once everything is there, and afterwards one for each round: how long it took to write.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from change_seeds import large_plan  # what tests make up is good enough to measure with
from seeds import Seeds

from netctl import inventory
from netctl.change import steps
from netctl.control.people.accounts import begin
from netctl.model.change import Window
from netctl.model.moments import stamp
from netctl.model.network import Network
from netctl.model.people import Grant
from netctl.model.plan import Plan
from netctl.model.watch import Sample
from netctl.observe.collect import Looked
from netctl.observe.drift import Causes
from netctl.observe.watcher import Ground, Watcher
from netctl.settings import Settings
from netctl.store import Store

VIEWERS = 50
SAMPLE = 40  # sites and routers that one viewer looks at
SCOPED = 10  # of the viewers: they see one organisation only
BEFORE = 8  # rounds before anybody looks
CHANGES = (2000, 200, *(20,) * 28)  # routers of each change


class Now:
    """The clock of the rounds: first it lags behind, then it is the real one."""

    def __init__(self) -> None:
        self.lag = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self.lag


class Rounds:
    """Rounds of a network in which some routers are dead and some lines cut, each round another few."""

    def __init__(self, network: Network, store: Store, settings: Settings, clock: Now) -> None:
        self._seeds = Seeds(network)
        self._ground = Ground(network, self._seeds.wiring, self._seeds.expected)
        self._watcher = Watcher(store, settings, Causes(store, lambda _platform: None), clock)
        self._clock = clock
        self._sites = list(network.sites.values())
        self._number = 0

    def one(self) -> float:
        """Make a round; returns the seconds that deriving, judging and writing took."""
        dead, cut = self._broken()
        at = self._clock()
        looked = []
        for name in self._seeds.network.devices:
            seen = None if name in dead else self._seeds.look(name, at, dead=dead, cut=cut)
            looked.append(Looked(Sample(name, stamp(at), 0.1, seen, "" if seen else "no answer")))
        self._number += 1
        began = time.perf_counter()
        self._watcher.record(self._ground, stamp(at), looked, lambda _books: None, whole=True)
        return time.perf_counter() - began

    def _broken(self) -> tuple[set[str], set[str]]:
        """Forty sites have lost a router or a line for good; ten more come and go."""
        lost, moving = self._sites[5::75], self._sites[11 + self._number % 5 :: 300]
        return {site.devices[0] for site in (*lost[::2], *moving)}, {f"{site.id}:1" for site in lost[1::2]}


def people(store: Store, network: Network, settings: Settings) -> list[dict[str, object]]:
    """Who looks: the secret of each one's session, sites and routers they may see, and the language they read."""
    found = []
    organisations = list(network.organisations)
    for number in range(VIEWERS):
        name = f"viewer-{number}"
        own = organisations[number % len(organisations)] if number < SCOPED else ""
        grants = [Grant("viewer", own), Grant("operator", own)] if own else [Grant("viewer"), Grant("approver")]
        with store.writing() as books:
            books.users.add(name, grants, name)
        begun = begin(store, name, "password", address="127.0.0.1", agent="benchmark", settings=settings)
        language = "en" if number % 5 == 4 else "ja"
        sites = [site for site in network.sites.values() if own in ("", site.organisation)]
        some = sites[:: max(1, len(sites) // SAMPLE)][:SAMPLE]
        found.append(
            {
                "secret": begun.secret,
                "language": language,
                "sites": [site.id for site in some],
                "devices": [site.devices[number % 2] for site in some],
                "scoped": bool(own),
            }
        )
    return found


def changes(store: Store, network: Network) -> list[str]:
    """Ids of proposed changes, the largest first."""
    with store.writing() as books:
        books.users.add("author", [Grant("author")], "author")
    names = [site.devices for site in network.sites.values()]
    found = []
    for number, routers in enumerate(CHANGES):
        plan = _of(network, names, large_plan(routers), number)
        title, reason = f"タイマーを短くする 第{number + 1}回", "切り替わりを速くするため"
        found.append(steps.propose(store, plan, title=title, reason=reason, author="author", window=Window()).id)
    return found


def _of(network: Network, names: list[tuple[str, ...]], plan: Plan, number: int) -> Plan:
    """The plan about routers of this network; `number` makes each another one."""
    targets = []
    for place, target in enumerate(plan.targets):
        device = network.devices[names[place // 2][place % 2]]
        owner = network.sites[device.site].organisation
        targets.append(replace(target, target=device.name, group=device.site, organisation=owner))
    known = {before.target: after.target for before, after in zip(plan.targets, targets, strict=True)}
    groups = {before.group: after.group for before, after in zip(plan.targets, targets, strict=True)}
    waves = tuple(
        replace(
            wave,
            groups=tuple((groups[group], tuple(known[each] for each in members)) for group, members in wave.groups),
        )
        for wave in plan.waves
    )
    findings = tuple(replace(finding, target=known.get(finding.target, "")) for finding in plan.findings)
    digest = f"{number:064x}"
    return replace(plan, network_digest=digest, targets=tuple(targets), waves=waves, findings=findings)


def main(root: Path, home: Path, interval: float) -> None:
    """Seed, say so, and go on."""
    ended = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    settings, clock = Settings(home=home), Now()
    network = inventory.load(root, cache=home / "cache")
    with Store.open(settings.database_url, create=True, clock=clock) as store:
        seeded = {"people": people(store, network, settings), "changes": changes(store, network)}
        rounds = Rounds(network, store, settings, clock)
        for left in range(BEFORE, 0, -1):
            clock.lag = timedelta(seconds=interval * (left - 1))
            rounds.one()
        _say(seeded)
        while not ended.wait(interval):
            _say({"round": rounds.one()})


def _say(told: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else 30.0)
