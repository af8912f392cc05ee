"""Small declarations of names for tests: a few servers, one or two views, and whatever zones a test writes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from netctl.model.network import Network
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.derive import derive
from netctl.services.dns.intended import Intended
from netctl.services.dns.load import check, load
from netctl.services.dns.rules import RuleFinding, lint
from netctl.zones import names
from netctl.zones.records import rdata_text, type_number, type_text
from networks import reference

TODAY = date(2026, 11, 22)

SERVERS = """\
servers:
  ns1: {software: bind, role: primary, standing: main, centre: main, addresses: [3fff:200:1::53, 198.51.100.149]}
  ns2: {software: knot, role: secondary, centre: backup, addresses: [3fff:200:2::53]}
keys:
  transfer.gov-wan.example: {algorithm: hmac-sha256, secret: dns/transfer, purpose: transfer}
  update.gov-wan.example: {algorithm: hmac-sha256, secret: dns/update, purpose: update}
"""
VIEWS = """\
internal: {order: 2}
outside: {order: 1, closed: true, clients: ["3fff:f00::/32"]}
"""
POLICY = """\
soa: {mailbox: hostmaster.gov-wan.example, refresh: 3600, retry: 600, expire: 1209600, minimum: 300}
servers: {forward: [ns1, ns2]}
"""
MAIN = "zone: gov-wan.example\n"


def declare(
    root: Path,
    *zones: str,
    servers: str = SERVERS,
    views: str | None = None,
    policy: str = POLICY,
    bulk: dict[str, str] | None = None,
) -> Network:
    """The reference network with these zone files (zones/0.yaml, zones/1.yaml …) instead of its own names."""
    texts = {"servers.yaml": servers, "policy.yaml": policy}
    texts |= {f"zones/{number}.yaml": text for number, text in enumerate(zones)} | (bulk or {})
    texts |= {} if views is None else {"views.yaml": views}
    for name, text in texts.items():
        path = root / "dns" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return replace(reference(), root=str(root))


def wrong(network: Network) -> set[tuple[str, str, int]]:
    """Code, file and line of everything that is wrong with the declarations."""
    return {(finding.code.removeprefix("NETCTL-"), finding.file, finding.line) for finding in check(network)[1]}


def intended(network: Network) -> tuple[DeclaredDns, dict[tuple[str, str], Intended]]:
    """What is declared, and every zone of every view."""
    declared = load(network)
    assert declared is not None
    return declared, derive(declared, network)


def linted(network: Network, day: date = TODAY) -> tuple[RuleFinding, ...]:
    """Every finding of the rules."""
    declared, zones = intended(network)
    return lint(declared, zones, day)


def data(zone: Intended, owner: str, kind: str) -> set[str]:
    """The data of one RRset as text; owners are relative to the zone."""
    number = type_number(kind)
    found = zone.data.rrsets.get((names.wire(owner, zone.zone.origin), number))
    return set() if found is None else {rdata_text(number, each) for each in found.rdatas}


def lines(zone: Intended) -> set[str]:
    """Every record as ``NAME TYPE DATA``, names absolute."""
    return {
        f"{names.text(each.owner)} {type_text(each.type)} {rdata_text(each.type, each.rdata)}"
        for each in zone.records()
    }
