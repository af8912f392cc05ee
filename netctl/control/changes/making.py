"""One plan: everything that it is about is read, and held against what is declared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from netctl.control.changes.allowing import allowances
from netctl.control.changes.names_share import names_share, servers_share
from netctl.control.changes.reaching import connector, rules_for
from netctl.control.changes.scope import scope
from netctl.control.dns.boxes import server_connector
from netctl.control.dns.names import Names, names_of_network
from netctl.control.dns.places import Places
from netctl.control.dns.writer import writer_in
from netctl.devices.target import Target
from netctl.model.network import Network
from netctl.model.plan import Plan
from netctl.plan import Fetched, fetch_states, make_plan, with_names
from netctl.render.artefacts import Artefacts
from netctl.services.dns.catalogs import catalogs
from netctl.settings import Settings
from netctl.store import Store

Progress = Callable[[str, str, int, int], None]  # who, error or "", how many are done, of how many


class Making:
    """A plan of one network while it is made; `created_at` is the moment it bears."""

    def __init__(self, root: Path, settings: Settings, network: Network, created_at: str, progress: Progress) -> None:
        self._root = root
        self._settings = settings
        self._network = network
        self._created_at = created_at
        self._progress = progress
        self._total = 0
        self._done = 0

    def routers(self, wanted: Sequence[str]) -> Plan:
        """The plan of some routers."""
        self._total += len(wanted)
        artefacts = self._artefacts(wanted)
        reach, devices = connector(self._root, self._settings), self._network.devices
        fetched = self._fetched(wanted, lambda name: reach(devices[name]))
        return make_plan(self._network, artefacts, fetched, self._created_at, rules_for(self._root))

    def whole(self, names: Collection[str], allow: Collection[str], store: Store) -> Plan:
        """The plan of whatever `names` mean, with name servers and zones."""
        found, writer = names_of_network(self._network), writer_in(store)
        own = catalogs(found.declared, writer)
        about = scope(self._network, found, names, own)
        zones = {each.zone.name for each in about.zones}
        allowed = allowances(Names(found.declared, {**found.zones, **own}), allow, zones)
        self._total = len(about.servers) + len(about.zones)
        places = Places(found.declared, self._settings, writer)
        for view, origin in {each.view: each.data.origin for each in about.zones}.items():
            places.main(view, origin)  # a secret that this host lacks is told before anything is read
        plan = self.routers(about.routers)
        if not about.servers and not about.zones:
            return plan
        reach = server_connector(self._root, self._settings, found.declared, writer=writer)
        declared = found.declared.servers
        boxes = self._fetched(about.servers, lambda name: reach(declared[name]))
        servers = servers_share(self._root, found, boxes.states, writer)
        share = names_share(
            about, found, servers, self._settings, store, places=places, allowances=allowed, told=self._count
        )
        share = replace(share, unreachable=(*boxes.unreachable, *share.unreachable))
        return with_names(plan, self._network, share, rules_for(self._root))

    def _artefacts(self, wanted: Sequence[str]) -> Artefacts:
        made = Artefacts(self._network, self._root, self._settings.home / "cache")
        if len(wanted) == len(self._network.devices):
            made.all()
        else:
            made.prepare(wanted)
        return made

    def _fetched(self, wanted: Collection[str], connect: Callable[[str], Target]) -> Fetched:
        return fetch_states(wanted, connect, self._settings.fetch_workers, self._count)

    def _count(self, name: str, error: str) -> None:
        self._done += 1
        self._progress(name, error, self._done, self._total)
