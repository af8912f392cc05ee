"""What one router must be, in the field's own terms and no vendor's.

Small parts are named tuples, not dataclasses: a tier L network holds some 200,000 of them, and a tuple is made in a
quarter of the time. All are immutable and serialisable.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Family = Literal[4, 6]


class VrrpGroup(NamedTuple):
    """One virtual router of one family (RFC 9568). `interval` is in centiseconds."""

    family: Family
    vrid: int
    virtual_address: str
    priority: int
    interval: int


class Interface(NamedTuple):
    """A port with its addresses as ``address/length``; `peer` is ``device:port`` of the far end, "" for none."""

    name: str
    kind: Literal["loopback", "backbone", "access", "lan", "management"]
    description: str
    v6: tuple[str, ...]
    v4: tuple[str, ...]
    mtu: int
    peer: str = ""
    igp: Literal["", "active", "passive"] = ""
    metric: int = 0
    vrrp: tuple[VrrpGroup, ...] = ()


class PrefixRule(NamedTuple):
    """One line of a prefix list; `ge` and `le` are 0 where not said."""

    sequence: int
    action: Literal["permit", "deny"]
    prefix: str
    ge: int = 0
    le: int = 0


class PrefixList(NamedTuple):
    """A named, ordered list of prefixes of one family. What matches no rule is denied."""

    name: str
    family: Family
    rules: tuple[PrefixRule, ...]


class Neighbour(NamedTuple):
    """One BGP session of one family. `kind` decides policy: `access` CE to core, `mate` CE to CE, `mesh` core to core.

    `import_list` and `export_list` name prefix lists; every session has both. `import_preference` and
    `export_metric` steer traffic towards position 1; 0 leaves the default.
    """

    address: str
    family: Family
    remote_as: int
    kind: Literal["access", "mate", "mesh"]
    description: str
    import_list: str
    export_list: str
    update_source: str = ""
    bfd: bool = True
    next_hop_self: bool = False
    import_preference: int = 0
    export_metric: int = 0
    secret: str = ""


class Igp(NamedTuple):
    """IS-IS for both families in one instance (RFC 5308); `net` is the NSAP entity title."""

    name: str
    net: str


class Snmp(NamedTuple):
    user: str
    auth_secret: str
    privacy_secret: str


class RouterIntent(NamedTuple):
    """All of one router."""

    device: str
    platform: str
    role: Literal["core", "border", "ce"]
    domain: str
    router_id: str
    asn: int
    interfaces: tuple[Interface, ...]
    neighbours: tuple[Neighbour, ...]
    originated: tuple[str, ...]  # prefixes announced into BGP by this router, both families
    prefix_lists: tuple[PrefixList, ...]
    igp: Igp | None
    bfd_interval: int
    bfd_multiplier: int
    ntp_servers: tuple[str, ...]
    syslog_servers: tuple[str, ...]
    syslog_level: str
    login_banner: str
    management_prefixes: tuple[str, ...]
    snmp: Snmp | None
    drained: bool = False  # True: traffic is to go through the mate (RFC 8326, lowered VRRP priority)
