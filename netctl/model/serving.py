"""What one name server must be, in the RFCs' terms and no software's: what it serves, to whom, and with which keys."""

from __future__ import annotations

from typing import NamedTuple

from netctl.model.dns import Algorithm, ServerRole, SigningPolicy, Software


class ServingKey(NamedTuple):
    """A TSIG key (RFC 8945) as servers write it: its name without a final dot, and a reference to its secret."""

    name: str
    algorithm: Algorithm
    secret: str


class Peer(NamedTuple):
    """Another server of the network."""

    name: str
    addresses: tuple[str, ...]
    port: int


class ServedZone(NamedTuple):
    """A zone by its name without a final dot; `file` is a name for the file it is kept in, `anchors` its DS records.

    `policy` names the way it is signed, "insecure" where signatures are being taken away, "" for none. `above_here`
    says that the zone above is served in this view as well: its DS can be looked for there.
    """

    name: str
    file: str
    signed: bool
    anchors: tuple[str, ...]
    policy: str = ""
    above_here: bool = False


class ServedView(NamedTuple):
    """What one kind of asker is served.

    `keys` choose this view, `foreign_keys` another one whatever the source address is; without `keys` and `clients` it
    is for everybody. Zones are copied from `sources` with `transfer_key`, and `copies` are told of news with
    `notify_key`, "" for none. `catalog` lists the zones for `copies` that understand it (RFC 9432), "" where none does.
    """

    name: str
    keys: tuple[str, ...]
    foreign_keys: tuple[str, ...]
    clients: tuple[str, ...]
    transfer_key: str
    update_key: str
    notify_key: str
    sources: tuple[Peer, ...]
    copies: tuple[Peer, ...]
    zones: tuple[ServedZone, ...]
    catalog: str


class StartOfAuthority(NamedTuple):
    """What a zone's SOA says, names with a final dot."""

    primary: str
    mailbox: str
    refresh: int
    retry: int
    expire: int
    minimum: int


class ServerIntent(NamedTuple):
    """All of one name server. `writes` is true for the primary that takes updates; `ttl` is in seconds.

    `signing` are the ways in which it signs zones: only the primary that writes signs any.
    """

    server: str
    host: str
    software: Software
    role: ServerRole
    writes: bool
    v6: tuple[str, ...]
    v4: tuple[str, ...]
    port: int
    keys: tuple[ServingKey, ...]
    views: tuple[ServedView, ...]
    authority: StartOfAuthority
    ttl: int
    signing: tuple[SigningPolicy, ...] = ()
