"""What each file of `dns/` may hold: the shapes that files are decoded into and that JSON Schemas are made from.

The docstring and `description` of each shape are what an editor shows while a person writes the file.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from netctl.inventory.documents import Address, Document, Name, Prefix, SecretReference, Text
from netctl.model.dns import Algorithm, Purpose, ServerRole, Software

DomainName = Annotated[
    str,
    Meta(min_length=1, max_length=255, description="A domain name; letters beyond ASCII are taken by IDNA."),
]
Owner = Annotated[
    str, Meta(min_length=1, max_length=255, description='A name within the zone; "@" is the zone itself.')
]
RecordType = Annotated[str, Meta(min_length=1, max_length=20, description="AAAA, MX, TXT …, or TYPE and a number.")]
RecordText = Annotated[
    str, Meta(min_length=1, max_length=65535, description="Data as in a master file; TXT needs no quotes.")
]
Seconds = Annotated[int, Meta(ge=0, le=2147483647, description="Seconds.")]
Time = Annotated[str, Meta(pattern=r"^[0-9]{1,6}[smhdw]$(?!\n)", description="As in 90s, 12h, 14d or 2w.")]
Lifetime = Annotated[
    str, Meta(pattern=r"^([0-9]{1,6}[smhdw]|unlimited)$(?!\n)", description="As in 90d; or unlimited.")
]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)", description="A day, as in 2027-03-31.")]
RuleId = Annotated[str, Meta(pattern=r"^DNS-[A-Z0-9-]{1,40}$(?!\n)", description="The rule's id, as lint shows it.")]
BulkFile = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}\.(zone|csv|jsonl)$(?!\n)",
        description="A file below dns/: NAME.zone (master file), NAME.csv or NAME.jsonl.",
    ),
]


class ServerDocument(Document, frozen=True):
    """One name server; its name with the network's domain is its host name."""

    software: Software
    role: Annotated[ServerRole, Meta(description="Who is written to, who copies, who only asks for others.")]
    addresses: Annotated[list[Address], Meta(min_length=1, max_length=8, description="IPv6 first.")]
    standing: Literal["main", "backup"] | None = None
    centre: Annotated[Name, Meta(description="Where it stands.")] | None = None
    port: Annotated[int, Meta(ge=1, le=65535)] = 53
    views: Annotated[list[Name], Meta(min_length=1, description="What it serves; without, every view.")] | None = None
    management: (
        Annotated[
            Address, Meta(description="On the management network, where netctl configures it; without, others do.")
        ]
        | None
    ) = None


class KeyDocument(Document, frozen=True):
    """One TSIG key (RFC 8945); its name is what it is called on the wire."""

    algorithm: Algorithm
    secret: SecretReference
    purpose: Purpose


class ServersDocument(Document, frozen=True):
    """servers.yaml: who serves, and the keys that servers and netctl prove themselves with."""

    servers: dict[Name, ServerDocument]
    keys: dict[DomainName, KeyDocument] = field(default_factory=dict)


class ViewDocument(Document, frozen=True):
    """What one kind of asker sees; the first view that a key or an address fits is theirs."""

    order: Annotated[int, Meta(ge=1, le=1000, description="Views are tried in this order.")]
    closed: Annotated[bool, Meta(description="Show only what is declared for this view; nothing derived.")] = False
    clients: Annotated[list[Prefix], Meta(description="Who sees it, by source address.")] = field(default_factory=list)
    keys: Annotated[list[DomainName], Meta(description="Who sees it, by a key of servers.yaml.")] = field(
        default_factory=list
    )


class SoaDocument(Document, frozen=True):
    """What every SOA says (RFC 1035 section 3.3.13); the serial is the server's business."""

    mailbox: Annotated[DomainName, Meta(description="Who is responsible, the @ written as a dot.")]
    refresh: Seconds = 3600
    retry: Seconds = 600
    expire: Seconds = 1209600
    minimum: Annotated[Seconds, Meta(description="How long a name's absence is believed (RFC 2308).")] = 300


class ServerSetsDocument(Document, frozen=True):
    """Which servers stand in the NS records, by the kind of a zone."""

    forward: Annotated[list[Name], Meta(min_length=1)]
    reverse: Annotated[list[Name], Meta(min_length=1)] | None = None


class LimitsDocument(Document, frozen=True):
    """What a plan may do to one zone before it has to say so."""

    deletions: Annotated[int, Meta(ge=0, description="Records.")] = 100
    deleted_percent: Annotated[int, Meta(ge=0, le=100, description="Of the records that run now.")] = 20


class WaiverDocument(Document, frozen=True):
    """One finding that is known and lived with, until a day."""

    rule: RuleId
    zone: DomainName
    until: Day
    reason: Text
    name: Annotated[Owner, Meta(description="One name of the zone; without, all of it.")] | None = None


class SigningDocument(Document, frozen=True):
    """One way of signing zones: which keys, for how long, and how absence is proven."""

    algorithm: Annotated[
        str, Meta(pattern=r"^[a-z0-9-]{1,30}$(?!\n)", description="ecdsap256sha256, ed25519, rsasha256 …")
    ] = "ecdsap256sha256"
    keys: Annotated[
        Literal["csk", "ksk+zsk"], Meta(description="One key for all, or one for keys and one for data.")
    ] = "csk"
    ksk_lifetime: Annotated[Lifetime, Meta(description="Of a KSK or CSK.")] = "unlimited"
    zsk_lifetime: Annotated[Lifetime, Meta(description="Of a ZSK.")] = "90d"
    denial: Annotated[
        Literal["nsec", "nsec3"], Meta(description="How absence is proven; NSEC3 as RFC 9276 has it: plainly.")
    ] = "nsec"
    validity: Annotated[Time, Meta(description="For how long a signature holds.")] = "14d"
    refresh: Annotated[Time, Meta(description="A signature that ends sooner is made anew.")] = "5d"
    alarm: Annotated[Time, Meta(description="One that ends sooner is a fault: the server does not sign.")] = "3d"
    key_ttl: Annotated[Time, Meta(description="TTL of the keys.")] = "1h"
    max_ttl: Annotated[Time, Meta(description="The greatest TTL in a zone; the server takes no greater one.")] = "1d"
    delay: Annotated[Time, Meta(description="Until every secondary has a change.")] = "5m"
    ds_ttl: Annotated[Time, Meta(description="TTL of the DS in the zone above.")] = "1d"
    ds_delay: Annotated[Time, Meta(description="Until every server of the zone above has a change.")] = "1h"
    safety: Annotated[Time, Meta(description="Waited for beyond what TTLs ask.")] = "1h"


class PolicyDocument(Document, frozen=True):
    """policy.yaml: what holds for all zones."""

    soa: SoaDocument
    servers: ServerSetsDocument
    ttl: Seconds = 3600
    dnssec: Annotated[bool | Name, Meta(description="Are zones signed that do not say, and how?")] = False
    signing: Annotated[dict[Name, SigningDocument], Meta(description="Ways of signing, by name.")] = field(
        default_factory=dict
    )
    limits: LimitsDocument = LimitsDocument()
    delegate: Annotated[
        dict[DomainName, Name], Meta(description="Names that an organisation may make a zone of, with no zone above.")
    ] = field(default_factory=dict)
    waivers: list[WaiverDocument] = field(default_factory=list)


class RecordsDocument(Document, frozen=True):
    """Records of one type with something special about them."""

    values: RecordText | list[RecordText]
    ttl: Seconds | None = None
    views: Annotated[list[Name], Meta(min_length=1, description="Where they are seen.")] | None = None


Records = RecordText | list[RecordText | RecordsDocument] | RecordsDocument


class ZoneDocument(Document, frozen=True):
    """zones/*.yaml: what people declare of one zone. SOA, NS, PTR, glue and the routers' names are derived."""

    zone: Annotated[DomainName, Meta(description="Its name; a reverse zone may say `prefix` instead.")] | None = None
    prefix: Annotated[Prefix, Meta(description="A reverse zone's; below /24 of IPv4 by RFC 2317.")] | None = None
    organisation: Annotated[Name, Meta(description="Whose it is; without, the network's own.")] | None = None
    views: Annotated[list[Name], Meta(min_length=1, description="Where it is seen; without, in open views.")] | None = (
        None
    )
    ttl: Seconds | None = None
    servers: Annotated[list[Name], Meta(min_length=1, description="In its NS records, not the policy's.")] | None = None
    dnssec: Annotated[bool | Name | None, Meta(description="A policy of `signing:`, yes, no, or `insecure`.")] = None
    ds: Annotated[list[RecordText], Meta(description="DS records of its keys, for the zone above.")] = field(
        default_factory=list
    )
    delegate: Annotated[
        dict[DomainName, Name], Meta(description="Names or prefixes within that an organisation may make a zone of.")
    ] = field(default_factory=dict)
    file: BulkFile | None = None
    records: dict[Owner, dict[RecordType, Records]] = field(default_factory=dict)


ViewsDocument = dict[Name, ViewDocument]
