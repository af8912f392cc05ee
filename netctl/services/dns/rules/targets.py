"""What MX, NS and SRV point to: a name with an address, never an alias (RFC 2181 section 10.3, RFC 2782)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from netctl.services.dns.rules.sight import CNAME, MX, NS, SRV, Rule, RuleFinding, Sight, ZoneSight
from netctl.zones import names
from netctl.zones.data import Key, Name
from netctl.zones.records import names_in, type_text

ALIAS, NOWHERE = "DNS-TARGET-ALIAS", "DNS-TARGET-NOWHERE"

RULES: Mapping[str, Rule] = MappingProxyType({
    ALIAS: Rule("error", "MX, NS or SRV points to a CNAME"),
    NOWHERE: Rule("error", "MX, NS or SRV points to a name of this network that has no address"),
})  # fmt: skip


def check(sight: Sight, zone: ZoneSight) -> Iterator[RuleFinding]:
    """Every MX, NS and SRV of the zone; "." says that there is no such service (RFC 7505, RFC 2782)."""
    known: dict[Name, tuple[str, str] | None] = {}
    for owner, kind, rrset in zone.sets(MX, NS, SRV):
        for data in rrset.rdatas:
            for target in names_in(kind, data):
                if target == names.ROOT:
                    continue
                if target not in known:
                    known[target] = _wrong(sight, target)
                if (wrong := known[target]) is not None and not _glued(zone, (owner, kind), target):
                    message = f"{type_text(kind)} points to {names.text(target)}, {wrong[1]}"
                    yield zone.finding(wrong[0], "error", (owner, kind), message)


def _wrong(sight: Sight, target: Name) -> tuple[str, str] | None:
    """The rule a target breaks and why; None where it is right or not this network's."""
    if sight.rrset(target, CNAME) is not None:
        return ALIAS, "which is an alias"
    standing = sight.standing(target)
    if standing == "elsewhere" or sight.has_address(target):
        return None
    return NOWHERE, "which is not there" if standing == "absent" else "which has no address"


def _glued(zone: ZoneSight, key: Key, target: Name) -> bool:
    """True for the server of a cut whose glue is what rules on delegation look at."""
    return key[1] == NS and key[0] in zone.cuts and names.is_under(target, key[0])
