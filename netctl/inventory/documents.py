"""What each inventory file may hold: the shapes that files are decoded into and that JSON Schemas are made from.

The docstring and `description` of each shape are what an editor shows while a person writes the file.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

_WORD = r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$(?!\n)"  # in Python, $ alone would let a final newline pass
_LINE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]+$(?!\n)"
# ^ such texts go into router configurations: one line, no control characters
_TEXT = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f]*$"
_PLATFORM = r"^[a-z0-9][a-z0-9_]{0,39}$(?!\n)"
_REFERENCE = r"^[a-z0-9][a-z0-9._/-]{0,79}$(?!\n)"
_HOST_KEY = r"^[a-z0-9][a-z0-9@.-]* [A-Za-z0-9+/]+={0,2}$(?!\n)"
_KEY = r"^[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)+$(?!\n)"
_DOMAIN = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$(?!\n)"

FORMS = {
    _WORD: "lower-case letters, digits and hyphens, 40 at most, no hyphen first or last",
    _LINE: "one line of text, not empty, without control characters",
    _TEXT: "text without control characters",
    _PLATFORM: "lower-case letters, digits and underscores: a folder's name under devices/",
    _REFERENCE: "a secret's name such as bgp/rivers, never its value",
    _HOST_KEY: "a public key as in `ssh-ed25519 AAAA…`, without comment",
    _KEY: "a key of the ledger: a pool and names, with / between them",
    _DOMAIN: "a domain name in lower case, without a final dot",
}
"""What a pattern asks for, in words."""

AllocationKey = Annotated[
    str, Meta(pattern=_KEY, max_length=400, description="A key of the ledger such as wan/rivers/east/rivers-hq.")
]
Name = Annotated[str, Meta(pattern=_WORD, description="Lower-case letters, digits and hyphens, 40 at most.")]
Platform = Annotated[str, Meta(pattern=_PLATFORM, description="A folder's name under devices/.")]
Text = Annotated[str, Meta(pattern=_LINE, max_length=200, description="One line of text.")]
Banner = Annotated[str, Meta(pattern=_TEXT, max_length=2000, description="Shown before login.")]
Address = Annotated[str, Meta(description="An IPv6 (RFC 5952) or IPv4 address.")]
Prefix = Annotated[str, Meta(description="A prefix such as 3fff:100::/32 or 192.0.2.0/24, host bits zero.")]
SecretReference = Annotated[str, Meta(pattern=_REFERENCE, description="The name of a secret, never its value.")]
HostKey = Annotated[
    str,
    Meta(
        pattern=_HOST_KEY,
        description="A public key in OpenSSH form without comment: ssh-ed25519 AAAA…",
    ),
]
Asn = Annotated[int, Meta(ge=1, le=4294967294)]
Capacity = Annotated[int, Meta(ge=1, le=1_000_000, description="Mbit/s")]
SyslogLevel = Literal[
    "emergencies", "alerts", "critical", "errors", "warnings", "notifications", "informational", "debugging"
]


class Document(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping that knows all its keys."""


class Snmp(Document, frozen=True):
    """SNMPv3 with authentication and privacy (RFC 3414); there is no other SNMP here."""

    user: Name
    auth_secret: SecretReference
    privacy_secret: SecretReference


class SettingsDocument(Document, frozen=True):
    """What applies to routers. Said at the network, a role, an organisation, a site or a router; the nearest wins."""

    ntp_servers: list[Address] | None = None
    syslog_servers: list[Address] | None = None
    syslog_level: SyslogLevel | None = None
    login_banner: Banner | None = None
    management_prefixes: (
        Annotated[list[Prefix], Meta(min_length=1, description="IPv6; who may reach SSH, NETCONF and SNMP.")] | None
    ) = None
    mtu: Annotated[int, Meta(ge=1280, le=9216, description="Octets; IPv6 needs 1280 at least.")] | None = None
    bfd_interval: Annotated[int, Meta(ge=50, le=60000, description="Milliseconds.")] | None = None
    bfd_multiplier: Annotated[int, Meta(ge=2, le=255)] | None = None
    vrrp_interval: Annotated[int, Meta(ge=10, le=4095, description="Centiseconds (RFC 9568).")] | None = None
    snmp: Snmp | None = None
    session_secret: SecretReference | None = None


class AddressesDocument(Document, frozen=True):
    """The pools that every address is derived from; no two may overlap."""

    sites_v6: Annotated[Prefix, Meta(description="One /48 a site, by site number.")]
    sites_v4: Annotated[Prefix, Meta(description="One prefix of `site_v4_length` a site, by site number.")]
    site_v4_length: Annotated[int, Meta(ge=8, le=28)]
    centres_v6: Annotated[Prefix, Meta(description="One /48 a centre, by centre number.")]
    centres_v4: Annotated[Prefix, Meta(description="One prefix of `centre_v4_length` a centre.")]
    centre_v4_length: Annotated[int, Meta(ge=8, le=28)]
    loopbacks_v6: Annotated[Prefix, Meta(description="One /128 a router.")]
    loopbacks_v4: Annotated[Prefix, Meta(description="One /32 a router.")]
    access_v6: Annotated[Prefix, Meta(description="One /127 an access line (RFC 6164).")]
    access_v4: Annotated[Prefix, Meta(description="One /31 an access line (RFC 3021).")]
    backbone_v6: Annotated[Prefix, Meta(description="One /127 a backbone link.")]
    backbone_v4: Annotated[Prefix, Meta(description="One /31 a backbone link.")]
    management_v6: Annotated[Prefix, Meta(description="Out-of-band management addresses.")]
    aggregate_v6: Annotated[list[Prefix], Meta(min_length=1, description="The outermost route filter, IPv6.")]
    aggregate_v4: Annotated[list[Prefix], Meta(min_length=1, description="The outermost route filter, IPv4.")]


class NetworkDocument(Document, frozen=True):
    """network.yaml: what is true of the whole network."""

    name: Name
    title: Text
    title_ja: Text
    domain: Annotated[
        str,
        Meta(
            pattern=_DOMAIN,
            max_length=180,
            description="Domain name of the routers, without a final dot.",
        ),
    ]
    asn: Annotated[Asn, Meta(description="AS number of the backbone.")]
    addresses: AddressesDocument
    site_asn_base: Annotated[int, Meta(ge=4200000000, le=4294901759)] = 4200000000
    settings: SettingsDocument = SettingsDocument()


class OrganisationDocument(Document, frozen=True):
    """One body that uses the network."""

    name: Text
    name_ja: Text
    platform: Platform | None = None
    settings: SettingsDocument = SettingsDocument()


class CarrierDocument(Document, frozen=True):
    """One company that sells lines."""

    name: Text


class RouterDocument(Document, frozen=True):
    """A router that differs from its fellows."""

    name: Name
    platform: Platform | None = None
    settings: SettingsDocument = SettingsDocument()


Router = Name | RouterDocument
CorePair = Annotated[
    list[Router],
    Meta(
        min_length=2,
        max_length=2,
        extra={"code": "NETCTL-E0130", "hint": "core routers stand in pairs: redundancy is mandatory"},
    ),
]


class CentreDocument(Document, frozen=True):
    """One of the two places that hold the backbone. Core routers come in pairs; a pair is never down together."""

    number: Annotated[int, Meta(ge=1, le=2, description="Enters addresses; never changes.")]
    name: Text
    name_ja: Text
    region: Name
    standing: Literal["main", "backup"]
    cores: Annotated[list[CorePair], Meta(min_length=1, max_length=2, description="Pairs: [[core-1, core-2]].")]
    border: Router
    platform: Platform | None = None
    settings: SettingsDocument = SettingsDocument()


class BackboneLinkDocument(Document, frozen=True):
    """One line between two routers of the backbone; its id names the ports at both ends."""

    number: Annotated[int, Meta(ge=1, le=4095, description="Enters addresses; never changes.")]
    a: Name
    b: Name
    carrier: Name
    capacity: Capacity
    risk: list[Name] = []
    metric: Annotated[int, Meta(ge=1, le=16777214, description="IS-IS wide metric (RFC 5305).")] = 10


class RoleDocument(Document, frozen=True):
    """Defaults of one role of routers."""

    platform: Platform | None = None
    settings: SettingsDocument = SettingsDocument()


class RolesDocument(Document, frozen=True):
    """roles.yaml: defaults by role."""

    core: RoleDocument = RoleDocument()
    border: RoleDocument = RoleDocument()
    ce: RoleDocument = RoleDocument()


class LineDocument(Document, frozen=True):
    """One access line. The first belongs to the first router, the second to the second."""

    to: Annotated[Name, Meta(description="A centre (netctl takes its first pair) or one core router.")]
    carrier: Name
    capacity: Capacity
    risk: Annotated[list[Name], Meta(min_length=1, description="Ducts and buildings it runs through.")]


class SiteDocument(Document, frozen=True):
    """sites/NAME.yaml: one place with its two routers and its two lines."""

    number: Annotated[
        int, Meta(ge=1, le=65535, description="All of the site's addresses follow from it; never changes.")
    ]
    name: Text
    name_ja: Text
    organisation: Name
    region: Name
    routers: Annotated[
        list[Router],
        Meta(
            min_length=2,
            max_length=2,
            description="Two; r1 becomes SITE-r1.",
            extra={"code": "NETCTL-E0130", "hint": "a site has two routers, such as [r1, r2]: redundancy is mandatory"},
        ),
    ]
    lines: Annotated[
        list[LineDocument],
        Meta(
            min_length=2,
            max_length=2,
            description="Two, in the routers' order, to different centres.",
            extra={"code": "NETCTL-E0131", "hint": "a site has two lines, one a router: redundancy is mandatory"},
        ),
    ]
    block: Annotated[
        AllocationKey | None,
        Meta(
            description="The /48 of the ledger that the site has, its LAN being `lan0` below; by number where not said."
        ),
    ] = None
    ipv4: Annotated[bool, Meta(description="false: IPv6 alone on the LAN, the lines and in all sessions.")] = True
    platform: Platform | None = None
    settings: SettingsDocument = SettingsDocument()


OrganisationsDocument = dict[Name, OrganisationDocument]
CarriersDocument = dict[Name, CarrierDocument]
CentresDocument = dict[Name, CentreDocument]
BackboneDocument = dict[Name, BackboneLinkDocument]
HostKeysDocument = dict[Name, list[HostKey]]
