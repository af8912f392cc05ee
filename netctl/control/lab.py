"""The lab's use cases: up, down, status, execute, fail, heal. Every answer is plain data."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from netctl import inventory
from netctl.control.lab_boxes import routers_as_built, servers_as_built
from netctl.errors import LabNameTaken, LabNotReady, LabUnknown
from netctl.lab import answering, faults, hosts, kernel, keys, machine, raising, record, waiting
from netctl.lab.place import Place, exclusive, place
from netctl.lab.reports import Executed, HostStatus, Raised, Removed, Status
from netctl.lab.topology import NOC, Topology, topology
from netctl.lab.waiting import Progress
from netctl.model.intent import RouterIntent
from netctl.services import routing
from netctl.services.dns import load as dns
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.reading import HOST_KEYS
from netctl.settings import Settings

DEFAULT_NAME = "lab"
_BOOT_DEADLINE = 120.0
_CONVERGENCE_DEADLINE = 120.0


def silent(_host: str, _now: str) -> None:
    """Progress nobody watches."""


def up(
    root: Path,
    settings: Settings,
    name: str = DEFAULT_NAME,
    *,
    only: Collection[str] = (),
    wait: bool = True,
    progress: Progress = silent,
) -> Raised:
    """Raise the declared network as a lab of real daemons; with `wait`, return when its sessions are up.

    `only` names the redundancy groups wanted beside the centres'. The routers start as built, that is from what
    `root` declares now; their host keys are written to its inventory. A lab that is up already is left alone. Whatever
    stops this leaves nothing behind, but for a lab whose sessions do not come up. Raises `LabError` and the errors of
    loading and rendering.
    """
    began = time.monotonic()
    machine.require()
    where = place(settings.home, name)
    network = inventory.load(root)
    intents = routing.derive(network)
    names = dns.load(network)
    _require_groups(only, network.groups)
    shape = topology(network, intents, only, tuple(names.servers.values()) if names else ())
    machine.require_servers(server.software for server in shape.servers)
    with exclusive(where):
        state = record.read(where)
        _require_same_network(where, state, root)
        already = state is not None and state.phase == "raised" and kernel.claimed(where)
        if state is None or not already:
            state = record.State(str(root.resolve()), "raising", tuple(only), shape)
            _raise(where, state, intents, names, settings, progress)
        if wait and not already:
            _settle(where, state, intents, progress)
    return _raised(where, state, already=already, seconds=time.monotonic() - began)


def converge(settings: Settings, name: str = DEFAULT_NAME, *, progress: Progress = silent) -> None:
    """Return once every session and virtual router of a raised lab is up; raises `LabNotReady` naming what is not."""
    where = place(settings.home, name)
    state = record.raised(where)
    intents = routing.derive(inventory.load(Path(state.network)))
    _wait(where, state, intents, progress)


def _settle(where: Place, state: record.State, intents: Mapping[str, RouterIntent], progress: Progress) -> None:
    """Wait for a lab just raised; interrupted, it goes. One that does not converge stays, to be looked into."""
    try:
        _wait(where, state, intents, progress)
    except LabNotReady as error:
        error.hint = f"the lab is left up to be looked into; `netctl --lab {where.name} lab down` takes it away"
        raise
    except BaseException:
        kernel.sweep(where)
        record.forget(where)
        raise


def _wait(where: Place, state: record.State, intents: Mapping[str, RouterIntent], progress: Progress) -> None:
    waiting.until_converged(where, state.topology, intents, _CONVERGENCE_DEADLINE, progress)
    answering.until_servers_answer(where, state.topology, _CONVERGENCE_DEADLINE)
    waiting.until_traffic_flows(where, state.topology, _CONVERGENCE_DEADLINE)


def _require_same_network(where: Place, state: record.State | None, root: Path) -> None:
    if state is not None and kernel.claimed(where) and Path(state.network).resolve() != root.resolve():
        raise LabNameTaken(
            f"lab {where.name!r} is raised from the network at {state.network}",
            hint=f"`netctl --lab {where.name} lab down` first, or choose another name",
        )


def _require_groups(only: Collection[str], groups: Mapping[str, object]) -> None:
    unknown = sorted(set(only) - set(groups))
    if unknown:
        raise LabUnknown(
            f"the network has no redundancy group {', '.join(unknown)}", hint=f"it has {', '.join(sorted(groups))}"
        )


def _raise(  # noqa: PLR0917 - everything that is raised, and what tells of it
    where: Place,
    state: record.State,
    intents: Mapping[str, RouterIntent],
    names: DeclaredDns | None,
    settings: Settings,
    progress: Progress,
) -> None:
    kernel.sweep(where)  # what an `up` that was killed left
    root = Path(state.network)
    routers = [router.name for router in state.topology.routers]
    servers = [server.name for server in state.topology.servers]
    try:
        record.write(where, state)
        public = keys.ensure(where, (*routers, *servers))
        settings = keys.ensure_secrets(where, settings, (key.secret for key in names.keys.values()) if names else ())
        parts = routers_as_built(intents, routers, root, settings) | servers_as_built(names, servers, root, settings)
        raising.lay_out(where, state.topology, parts, root, progress)
        raising.switch_on(where, state.topology, _BOOT_DEADLINE, progress)
        inventory.write_hostkeys(root, {name: public[name] for name in routers})
        if servers:
            inventory.write_hostkeys(root, {name: public[name] for name in servers}, HOST_KEYS)
        record.write_settings(where, settings.secret_sources)
        record.write(where, record.State(state.network, "raised", state.only, state.topology))
    except BaseException:
        kernel.sweep(where)
        record.forget(where)
        raise


def _raised(where: Place, state: record.State, *, already: bool, seconds: float) -> Raised:
    return Raised(
        where.name,
        state.network,
        str(where.settings_file),
        tuple(router.name for router in state.topology.routers),
        tuple(endpoint.name for endpoint in state.topology.endpoints),
        already,
        round(seconds, 1),
        tuple(server.name for server in state.topology.servers),
    )


def down(settings: Settings, name: str = DEFAULT_NAME) -> Removed:
    """Take away everything of the lab that the kernel holds, however it was left. Its keys stay in its folder."""
    where = place(settings.home, name)
    with exclusive(where):
        counted = kernel.sweep(where)
        record.forget(where)
    return Removed(name, **counted)


def status(settings: Settings, name: str = DEFAULT_NAME) -> Status:
    """What of a raised lab is up now; raises `LabUnknown` where it is not raised."""
    where = place(settings.home, name)
    state = record.raised(where)
    files = kernel.namespaces(where)
    pids = kernel.processes(files.values())
    kinds = {router.name: (router.platform, router.management) for router in state.topology.routers}
    kinds |= {server.name: (server.software, server.management) for server in state.topology.servers}
    kinds |= {endpoint.name: ("endpoint", endpoint.addresses[0]) for endpoint in state.topology.endpoints}
    found = tuple(
        HostStatus(
            host,
            kind,
            address.partition("/")[0],
            hosts.power(pids.get(files[host], [])) if host in files else "off",
            len(pids.get(files[host], [])) if host in files else 0,
            sum(kernel.resident(pid) for pid in pids.get(files[host], [])) if host in files else 0,
        )
        for host, (kind, address) in kinds.items()
    )
    cut = tuple((cable.id, how) for cable in state.topology.cables if (how := faults.is_cut(where, cable)))
    return Status(name, state.network, found, cut)


def execute(settings: Settings, host: str, command: Sequence[str], name: str = DEFAULT_NAME) -> Executed:
    """Run a command as root inside a host, or in the network of the management station where `host` is ``noc``."""
    where = place(settings.home, name)
    _require_host(record.raised(where).topology, host)
    done = hosts.enter(where, host, command)
    return Executed(host, done.returncode, done.stdout, done.stderr)


def interactive(settings: Settings, host: str, command: Sequence[str], name: str = DEFAULT_NAME) -> list[str]:
    """The command line that does what `execute` does on the caller's own terminal."""
    where = place(settings.home, name)
    _require_host(record.raised(where).topology, host)
    return hosts.entering(where, host, command)


def _require_host(shape: Topology, host: str) -> None:
    if host != NOC and host not in shape.hosts:
        raise LabUnknown(f"the lab has no host {host!r}", hint=f"its hosts are {', '.join((NOC, *shape.hosts))}")


def fail(settings: Settings, what: str, name: str = DEFAULT_NAME, *, quietly: bool = False) -> str:
    """Cut a host's power, or take down a line (`quietly`: it loses every packet but looks well); one sentence."""
    where = place(settings.home, name)
    shape = record.raised(where).topology
    with exclusive(where):
        if what in {cable.id for cable in shape.cables}:
            faults.cut(where, faults.cable_named(shape, what), silent=quietly)
            return f"line {what} {'loses every packet silently' if quietly else 'is down'}"
        faults.power_loss(where, shape, what)
        faults.lead_ways_in(where, shape)
    servers = {server.name for server in shape.servers}
    kind = "router" if what in {box.name for box in shape.routers} else "name server" if what in servers else "host"
    return f"{kind} {what} has no power"


def heal(
    settings: Settings, what: str = "", name: str = DEFAULT_NAME, *, progress: Progress = silent
) -> tuple[str, ...]:
    """Mend one host or line, or everything that is broken; what was mended. Returns when healed routers answer."""
    where = place(settings.home, name)
    shape = record.raised(where).topology
    with exclusive(where):
        lines, off = _broken(where, shape, what)
        for cable_id in lines:
            faults.mend(where, faults.cable_named(shape, cable_id))
        for host in off:
            faults.power_back(where, shape, host)
        boxes = [box for box in shape.boxes if box.name in off]
        waiting.until_doors_open(where, boxes, _BOOT_DEADLINE, progress)
        faults.lead_ways_in(where, shape)
    return (*lines, *off)


def _broken(where: Place, shape: Topology, what: str) -> tuple[list[str], list[str]]:
    """The broken lines and the hosts that are off, of all or of the one named."""
    cables = [cable for cable in shape.cables if what in ("", cable.id)]
    named = [host for host in shape.hosts if what in ("", host)]
    if not cables and not named:
        faults.host_named(shape, what)
    lines = [cable.id for cable in cables if faults.is_cut(where, cable)]
    return lines, [host for host in named if faults.is_off(where, host)]
