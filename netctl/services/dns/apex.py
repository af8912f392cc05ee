"""SOA and NS of a zone, and what the zone above holds of it: NS, DS and glue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.hosts import AAAA, A
from netctl.services.dns.intended import Draft
from netctl.services.dns.origins import Origin
from netctl.zones import names
from netctl.zones.data import SOA, Name

NS, DS = 2, 43


def lay_apex(draft: Draft, declared: DeclaredDns) -> None:
    """The zone's SOA and its NS records in this view."""
    zone, timers = draft.zone, declared.policy.timers
    primaries = declared.primaries(draft.view)
    serving = [declared.servers[name] for name in zone.servers if draft.view in declared.servers[name].views]
    first = primaries[0] if primaries else serving[0] if serving else None
    if first is not None:
        numbers = (0, timers.refresh, timers.retry, timers.expire, timers.minimum)
        data = names.wire(first.host) + timers.mailbox + b"".join(number.to_bytes(4, "big") for number in numbers)
        draft.add(zone.origin, SOA, data, Origin("dns/policy.yaml", ("soa",), "policy"))
    for server in serving:
        origin = Origin(server.source.file, server.source.line, f"server {server.name}")
        draft.add(zone.origin, NS, names.wire(server.host), origin)


def lay_delegations(drafts: Mapping[Name, Draft]) -> None:
    """In each zone of one view, the cuts to the zones below: their NS and DS, and glue for servers within them."""
    for draft in drafts.values():
        above = enclosing(drafts, draft.zone.origin)
        if above is None:
            continue
        cut, origin = draft.zone.origin, draft.zone.source._replace(derived=f"zone {draft.zone.name}")
        for target in draft.data((cut, NS)):
            above.add(cut, NS, target, origin)
            for kind, address in _glue(draft, target):
                above.add(target, kind, address, origin)
        for data in draft.zone.ds:
            above.add(cut, DS, data, origin)


def enclosing(drafts: Mapping[Name, Draft], origin: Name) -> Draft | None:
    """The zone that a zone is cut out of in the same view."""
    name = origin
    while name != names.ROOT:
        name = names.parent(name)
        if (found := drafts.get(name)) is not None:
            return found
    return None


def _glue(draft: Draft, target: Name) -> Iterator[tuple[int, bytes]]:
    """The addresses of a server whose name is below the cut (RFC 9471)."""
    if not names.is_under(target, draft.zone.origin):
        return
    for kind in (A, AAAA):
        for address in draft.data((target, kind)):
            yield kind, address
