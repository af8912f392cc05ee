"""What would change: the declared network against what the routers hold now."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netctl import credentials, inventory
from netctl.devices.platform import Purpose, load_platform
from netctl.devices.register import connect, secrets_of
from netctl.devices.rules import RulesOf, rules_of
from netctl.devices.target import Target
from netctl.errors import NetworkError, UnknownDevice
from netctl.model.moments import Clock, now, stamp
from netctl.model.network import Device, Network
from netctl.model.plan import Plan
from netctl.plan import Fold, fetch_states, fold, make_plan, read_plan, write_plan
from netctl.render.artefacts import Artefacts
from netctl.settings import Settings

__all__ = ["Fold", "PlanReport", "connector", "fold", "plan", "read_plan"]

Progress = Callable[[str, str, int, int], None]  # router, error or "", how many are done, of how many


@dataclass(frozen=True, slots=True)
class PlanReport:
    """A plan, its differences each told once, and where its file is ("" where nothing differs)."""

    plan: Plan
    folds: tuple[Fold, ...]
    path: str

    def as_dict(self) -> dict[str, Any]:
        """The plan as JSON output shows it."""
        return {"digest": self.plan.digest, "path": self.path, "empty": self.plan.empty, **self.plan.as_dict()}


def plan(
    root: Path,
    settings: Settings,
    *,
    names: Collection[str] = (),
    out: Path | None = None,
    clock: Clock = now,
    progress: Progress = lambda _name, _error, _done, _total: None,
) -> PlanReport:
    """The plan for the whole network, or for `names`: routers, sites, centres or organisations.

    Routers that cannot be read are listed in the plan and stop nothing else. Raises `InvalidNetwork`, `RenderError`,
    `UnknownDevice` or `PlanFileUnreadable`.
    """
    network = inventory.load(root, cache=settings.home / "cache")
    wanted = choose(network, names)
    artefacts = Artefacts(network, root, settings.home / "cache")
    if names:
        artefacts.prepare(wanted)
    else:
        artefacts.all()
    done: list[str] = []

    def count(name: str, error: str) -> None:
        done.append(name)
        progress(name, error, len(done), len(wanted))

    reach = connector(root, settings)
    fetched = fetch_states(wanted, lambda name: reach(network.devices[name]), settings.fetch_workers, count)
    made = make_plan(network, artefacts, fetched, stamp(clock()), rules_for(root))
    path = "" if made.empty else str(out or settings.home / "plans" / f"{made.digest[:16]}.json")
    if path:
        write_plan(made, Path(path))
    return PlanReport(made, fold(made), path)


def rules_for(root: Path) -> RulesOf:
    """The rules of platforms: the network's own, else those that come with netctl."""
    return rules_of(root, inventory.reference_root())


def connector(root: Path, settings: Settings, *, push: bool = False) -> Callable[[Device], Target]:
    """The way into any router of a network, by what its folder says about platforms."""
    secrets = credentials.open_source(settings)
    declared = _DeclaredSecrets(root, settings)

    def reach(device: Device) -> Target:
        platform = load_platform(root, device.platform)
        purpose: Purpose = "push" if push else "read"
        return connect(device, settings, platform, secrets, purpose=purpose, references=declared)

    return reach


class _DeclaredSecrets:
    """The secrets any router of the network refers to: a core holds those of its sites' sessions too.

    Looked up only when a router shows a secret. A network that cannot be read now is no reason to stop reading routers.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._found: frozenset[str] | None = None

    def __iter__(self) -> Iterator[str]:
        if self._found is None:
            self._found = self._look_up()
        return iter(self._found)

    def _look_up(self) -> frozenset[str]:
        try:
            network = inventory.load(self._root, cache=self._settings.home / "cache")
        except NetworkError:
            return frozenset()
        return frozenset(reference for device in network.devices.values() for reference in secrets_of(device))


def choose(network: Network, names: Collection[str]) -> list[str]:
    """The routers that `names` mean; all without names. Raises `UnknownDevice` with what might have been meant."""
    if not names:
        return list(network.devices)
    known: dict[str, set[str]] = {name: {name} for name in network.devices}
    for group in network.groups.values():
        known.setdefault(group.id, set()).update(group.members)
    for site in network.sites.values():
        known.setdefault(site.organisation, set()).update(site.devices)
    chosen: set[str] = set()
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise UnknownDevice(
                f"the network declares no router, site, centre or organisation {name!r}",
                hint=f"did you mean {close[0]!r}?" if close else "",
            )
        chosen |= known[name]
    return [name for name in network.devices if name in chosen]
