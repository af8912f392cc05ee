"""Everything that has a prefix in one form: declared pools, what the ledger says, and what follows from numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from netctl.addressing.allocate import resting
from netctl.addressing.ledger import Ledger
from netctl.addressing.prefix import Prefix, prefix
from netctl.addressing.text import BITS, address_number
from netctl.inventory import files
from netctl.model.addressing import Addressing
from netctl.model.network import AccessLine, Network, Site, Source
from netctl.services.routing.addresses import (
    Pools,
    backbone_link,
    centre_lan,
    line_ends,
    loopback,
    pools,
    site_lan,
)

Origin = Literal["pool", "reserved", "ledger", "number"]


class Holding(NamedTuple):
    """Who has a prefix. `key` is a path whose first part is a pool; `origin` says whether it was allocated or follows.

    `state` is "used", "rests" or "reserved"; `note` is what a person would call it; `where` is a file and line.
    """

    key: str
    level: str
    prefix: Prefix
    vrf: str
    origin: Origin
    state: Literal["used", "rests", "reserved"]
    organisation: str
    where: str
    note: str = ""
    since: str = ""
    released: str = ""
    by: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As JSON output and CSV show it; keys are part of the command line's contract."""
        return self._asdict() | {"prefix": str(self.prefix)}


def holdings(network: Network, ledger: Ledger, today: date) -> tuple[Holding, ...]:
    """Everything that has a prefix, by VRF and address, IPv6 first, each before what lies within it."""
    found = [*_numbered(network)]
    if network.addressing is not None:
        found += [*_declared(network.addressing), *_allocated(network, network.addressing, ledger, today)]
    return tuple(sorted(found, key=_place))


def _place(each: Holding) -> tuple[str, int, Prefix, int, str]:
    return each.vrf, -each.prefix.version, each.prefix, each.key.count("/"), each.key


def number_pools(network: Network) -> Mapping[str, Prefix]:
    """The pools whose addresses follow from numbers; nothing is allocated from them."""
    plan = network.addresses
    names = ("sites", "centres", "loopbacks", "access", "backbone", "management")
    every = (f"{name}_v{family}" for name in names for family in (6, 4))
    return {name: prefix(getattr(plan, name)) for name in every if hasattr(plan, name)}


def _declared(plan: Addressing) -> Iterator[Holding]:
    for pool in plan.pools.values():
        at = f"{files.ADDRESSING}:{pool.line}"
        yield Holding(pool.name, "pool", prefix(pool.prefix), pool.vrf, "pool", "used", "", at, pool.scope)
        for block in pool.reserved:
            at = f"{files.ADDRESSING}:{block.line}"
            key = f"{pool.name}/(reserved {block.prefix})"
            yield Holding(key, "reserved", prefix(block.prefix), pool.vrf, "reserved", "reserved", "", at, block.reason)


def _allocated(network: Network, plan: Addressing, ledger: Ledger, today: date) -> Iterator[Holding]:
    for entry in ledger:
        pool = plan.pools.get(entry.pool)
        if pool is None or (entry.released is not None and not resting(plan, entry, today)):
            continue  # of a pool that is gone, only what was released is left
        released = entry.released.isoformat() if entry.released else ""
        yield Holding(
            key=entry.key,
            level=entry.level,
            prefix=entry.prefix,
            vrf=pool.vrf,
            origin="ledger",
            state="rests" if released else "used",
            organisation=_owner(network, entry.key),
            where=f"{files.LEDGER}:{entry.line}",
            since=entry.since.isoformat(),
            released=released,
            by=entry.by,
        )


def _owner(network: Network, key: str) -> str:
    """Whose an allocation is: the first of its names that is an organisation's or a site's."""
    for name in key.split("/")[1:]:
        if name in network.organisations:
            return name
        if name in network.sites:
            return network.sites[name].organisation
    return ""


def _numbered(network: Network) -> Iterator[Holding]:
    pool = pools(network.addresses)
    for name, around in number_pools(network).items():
        yield _follows(name, "pool", around, "", files.NETWORK, "by number")
    for site in network.sites.values():
        yield from _of_site(pool, site)
    for centre in network.centres.values():
        lan = centre_lan(pool, centre.number)
        names = f"{centre.name} {centre.name_ja}"
        yield _follows(f"centres_v6/{centre.id}", "site", prefix(lan.block_v6), "", centre.source, names)
        yield _follows(f"centres_v6/{centre.id}/dc0", "lan", prefix(lan.v6_prefix), "", centre.source, names)
        yield _follows(f"centres_v4/{centre.id}", "lan", prefix(lan.v4_prefix), "", centre.source, names)
    for link in network.backbone:
        near = backbone_link(pool, link.number).near
        yield from _link("backbone", link.id, near, "", link.source, f"{link.a} to {link.b}")
    for device in network.devices.values():
        owner = network.organisation_of(device.name)
        v6, v4 = loopback(pool, device.role, device.number)
        for name, text in (("loopbacks_v6", v6), ("loopbacks_v4", v4), ("management_v6", device.management_address)):
            yield _follows(f"{name}/{device.name}", "loopback", _whole(text), owner, device.source)


def _of_site(pool: Pools, site: Site) -> Iterator[Holding]:
    owner = site.organisation
    lan, names = site_lan(pool, site), f"{site.name} {site.name_ja}"
    if not site.block:  # else the ledger tells
        yield _follows(f"sites_v6/{site.id}", "site", prefix(lan.block_v6), owner, site.source, names)
        yield _follows(f"sites_v6/{site.id}/lan0", "lan", prefix(lan.v6_prefix), owner, site.source, names)
    if site.ipv4:
        yield _follows(f"sites_v4/{site.id}", "lan", prefix(lan.v4_prefix), owner, site.source, names)
    for line in site.lines:
        near = line_ends(pool, site, line).near
        yield from _link("access", f"{site.id}/{line.position}", near, owner, line.source, _ends(line))


def _ends(line: AccessLine) -> str:
    return f"{line.core} to {line.ce}"


def _link(kind: str, name: str, near: tuple[str, ...], *said: Any) -> Iterator[Holding]:
    """The prefixes of a link, by its first addresses; the rest is as `_follows` takes it."""
    for text in near:
        version, value = address_number(text)
        yield _follows(f"{kind}_v{version}/{name}", "link", Prefix(version, value, 127 if version == 6 else 31), *said)


def _whole(text: str) -> Prefix:
    version, value = address_number(text)
    return Prefix(version, value, BITS[version])


def _follows(  # noqa: PLR0917 - one line a fact
    key: str, level: str, where: Prefix, owner: str, source: Source | str, note: str = ""
) -> Holding:
    return Holding(key, level, where, "", "number", "used", owner, str(source), note)
