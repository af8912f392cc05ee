"""The declared network, loaded and cross-checked: what exists, who owns it, where it was declared.

Every value here was typed by a person in `inventory/` or follows from a default by role or organisation. What can be
*derived* from it (addresses, sessions, filters) is Intent, not Network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from netctl.model.addressing import Addressing

Role = Literal["core", "border", "ce"]
Region = str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was declared: a file relative to the network's folder, and a line counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that uses the network and is responsible for its sites."""

    id: str
    name: str
    name_ja: str
    source: Source


@dataclass(frozen=True, slots=True)
class Carrier:
    """A company that sells lines."""

    id: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Centre:
    """A place that holds one half of the backbone; `number` is 1 or 2 and enters addresses."""

    id: str
    number: int
    name: str
    name_ja: str
    region: Region
    standing: Literal["main", "backup"]
    devices: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class AccessLine:
    """A line between one CE router of a site and one core router.

    `capacity` is in Mbit/s. `risk` names what the line shares with others (ducts, buildings): two lines of a site may
    have none in common. `position` is 1 or 2 and pairs the line with the router of the same position.
    """

    site: str
    position: int
    ce: str
    core: str
    carrier: str
    capacity: int
    risk: frozenset[str]
    source: Source


@dataclass(frozen=True, slots=True)
class BackboneLink:
    """A line between two routers of the backbone; `number` enters its addresses, `id` names its interfaces."""

    id: str
    number: int
    a: str
    b: str
    carrier: str
    capacity: int
    risk: frozenset[str]
    metric: int
    source: Source


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an organisation with two CE routers; `number` (1..65535) is what its addresses follow from.

    Where `block` is not "", it and `lan` are prefixes from the ledger; the LAN does not follow from the number then.
    """

    id: str
    number: int
    name: str
    name_ja: str
    organisation: str
    region: Region
    devices: tuple[str, ...]
    lines: tuple[AccessLine, ...]
    source: Source
    block: str = ""  # a /48
    lan: str = ""  # a /64 within
    ipv4: bool = True  # False: IPv6 alone on the LAN, on both lines and in all sessions


@dataclass(frozen=True, slots=True)
class Device:
    """A router. `position` is 1 or 2 within its pair; `number` (1..65535) is unique per role and enters addresses.

    `host_keys` are public keys in OpenSSH form, ``ssh-ed25519 AAAA…``, without comment; empty means "not yet known",
    and such a device is refused.
    """

    name: str
    role: Role
    platform: str
    position: int
    number: int
    site: str  # "" for a router of a centre
    centre: str  # "" for a router of a site
    management_address: str
    host_keys: tuple[str, ...]
    settings: DeviceSettings
    source: Source


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """What applies to one router: the defaults of network, role, organisation and site, laid over each other."""

    ntp_servers: tuple[str, ...] = ()
    syslog_servers: tuple[str, ...] = ()
    syslog_level: str = "informational"
    login_banner: str = ""
    management_prefixes: tuple[str, ...] = ()  # who may reach SSH, NETCONF and SNMP
    mtu: int = 1500
    bfd_interval: int = 1000  # milliseconds
    bfd_multiplier: int = 3
    vrrp_interval: int = 100  # centiseconds, RFC 9568
    snmp: SnmpV3 | None = None
    session_secret: str = ""  # a reference such as "bgp/rivers", never a value; "" for none


@dataclass(frozen=True, slots=True)
class SnmpV3:
    """SNMPv3 with authentication and privacy (RFC 3414); secrets are references."""

    user: str
    auth_secret: str
    privacy_secret: str


@dataclass(frozen=True, slots=True)
class AddressPlan:
    """The pools that derived addresses come from; each a prefix in RFC 5952 or dotted form."""

    sites_v6: str  # one /48 a site, by site number; the LAN is its first /64
    sites_v4: str  # one /`site_v4_length` a site, by site number
    site_v4_length: int
    centres_v6: str  # one /48 a centre
    centres_v4: str
    centre_v4_length: int
    loopbacks_v6: str
    loopbacks_v4: str
    access_v6: str
    access_v4: str
    backbone_v6: str
    backbone_v4: str
    management_v6: str
    aggregate_v6: tuple[str, ...]  # what the network as a whole may carry: the outermost route filter
    aggregate_v4: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedundancyGroup:
    """Targets that must never be touched, or down, together. `kind` says why."""

    id: str
    kind: Literal["site", "centre", "border"]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The whole declared network. `digest` is over its meaning: comments and layout do not enter.

    `meanings` is the same for each file by itself, so that what follows from a few files can be kept until one of
    them changes.
    """

    name: str
    title: str
    title_ja: str
    domain: str
    asn: int
    site_asn_base: int  # private AS of a site = base + its number, RFC 6996
    addresses: AddressPlan
    organisations: Mapping[str, Organisation]
    carriers: Mapping[str, Carrier]
    centres: Mapping[str, Centre]
    sites: Mapping[str, Site]
    devices: Mapping[str, Device]
    backbone: tuple[BackboneLink, ...]
    groups: Mapping[str, RedundancyGroup]
    digest: str
    root: str = field(default="", compare=False)
    meanings: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    addressing: Addressing | None = None  # the plan beside `addresses`; None where none is declared

    def group_of(self, device: str) -> RedundancyGroup:
        """The redundancy group a router belongs to; every router belongs to exactly one."""
        found = self.devices[device]
        if found.role == "border":
            return self.groups["border"]
        if found.role == "ce":
            return self.groups[found.site]
        pair = (found.number - 1) // 4 + 1  # core numbers go four by four: a pair of each centre
        return self.groups[found.centre if pair == 1 else f"{found.centre}-{pair}"]

    def mate_of(self, device: str) -> Device:
        """The other member of a router's redundancy group."""
        (mate,) = (name for name in self.group_of(device).members if name != device)
        return self.devices[mate]

    def organisation_of(self, device: str) -> str:
        """Who owns the site a router stands at; "" for the backbone."""
        site = self.devices[device].site
        return self.sites[site].organisation if site else ""
