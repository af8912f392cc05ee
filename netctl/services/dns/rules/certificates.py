"""Keys in names: TLSA (RFC 6698) and SSHFP (RFC 4255, RFC 6594), by what their fields allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names

TLSA, PLACE, SSHFP, WEAK = "DNS-TLSA", "DNS-TLSA-PLACE", "DNS-SSHFP", "DNS-SSHFP-SHA1"

RULES: Mapping[str, Rule] = MappingProxyType({
    TLSA: Rule("error", "a TLSA record with fields or a length that do not exist (RFC 6698)"),
    PLACE: Rule("error", "a TLSA record at a name that is not _PORT._PROTOCOL of something"),
    SSHFP: Rule("error", "an SSHFP record with fields or a length that do not exist (RFC 4255)"),
    WEAK: Rule("warning", "an SSHFP record with SHA-1 only"),
})  # fmt: skip

_TLSA_TYPE, _SSHFP_TYPE = 52, 44
_USAGES, _SELECTORS = range(4), range(2)
_MATCHINGS = {0: None, 1: 32, 2: 64}
_ALGORITHMS = {1: "RSA", 2: "DSA", 3: "ECDSA", 4: "Ed25519", 6: "Ed448"}
_FINGERPRINTS = {1: 20, 2: 32}
_PORT = re.compile(rb"\*|_[0-9]{1,5}")
_PROTOCOLS = frozenset({b"_tcp", b"_udp", b"_sctp"})


def check(_sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every TLSA and SSHFP of the zone."""
    for owner, kind, rrset in zone.sets(_TLSA_TYPE):
        labels = names.labels(owner)
        if len(labels) < 3 or not _PORT.fullmatch(labels[0]) or labels[1] not in _PROTOCOLS:
            message = "TLSA stands at _PORT._PROTOCOL.HOST, as in _443._tcp.www"
            yield zone.finding(PLACE, "error", (owner, kind), message)
        for data in rrset.rdatas:
            if (reason := _no_tlsa(data)) is not None:
                yield zone.finding(TLSA, "error", (owner, kind), reason)
    for owner, kind, rrset in zone.sets(_SSHFP_TYPE):
        for data in rrset.rdatas:
            if (reason := _no_sshfp(data)) is not None:
                yield zone.finding(SSHFP, "error", (owner, kind), reason)
        if all(data[1:2] == b"\x01" for data in rrset.rdatas):
            yield zone.finding(WEAK, "warning", (owner, kind), "only SHA-1: add the fingerprints of SHA-256")


def _no_tlsa(data: bytes) -> str | None:
    """Why data is no TLSA; None where it is."""
    if len(data) < 4:
        return "certificate data is missing"
    usage, selector, matching = data[0], data[1], data[2]
    if usage not in _USAGES or selector not in _SELECTORS or matching not in _MATCHINGS:
        return f"{usage} {selector} {matching}: usage is 0 to 3, selector 0 or 1, matching 0 to 2"
    wanted = _MATCHINGS[matching]
    if wanted is not None and len(data) - 3 != wanted:
        return f"{len(data) - 3} octets of data, matching {matching} has {wanted}"
    return None


def _no_sshfp(data: bytes) -> str | None:
    """Why data is no SSHFP; None where it is."""
    if len(data) < 3:
        return "the fingerprint is missing"
    algorithm, kind = data[0], data[1]
    if algorithm not in _ALGORITHMS:
        return f"algorithm {algorithm}: 1, 2, 3, 4 and 6 exist"
    if kind not in _FINGERPRINTS:
        return f"fingerprint type {kind}: 1 and 2 exist"
    if len(data) - 2 != _FINGERPRINTS[kind]:
        return f"{len(data) - 2} octets of fingerprint, type {kind} has {_FINGERPRINTS[kind]}"
    return None
