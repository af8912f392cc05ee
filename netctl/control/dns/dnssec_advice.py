"""What a person does about the DS of a zone: lines that can be taken as they are."""

from __future__ import annotations

from collections.abc import Callable

from netctl.control.dns.dnssec_chain import Link
from netctl.control.dns.names import Intended
from netctl.services.dns.declared import DeclaredDns
from netctl.zones.data import RRset
from netctl.zones.dnssec import DS, SigningKey, ds_data, vouchers_of
from netctl.zones.records import rdata_text

Advice = Callable[[tuple[SigningKey, ...]], tuple[str, ...]]


def advice(declared: DeclaredDns, intended: Intended, link: Link) -> Advice:
    """What makes these keys the ones that are vouched for, and no others; without any, that nobody is."""
    zone = intended.zone
    primary = next(iter(declared.primaries(intended.view)), None)

    told = primary is not None and primary.software == "bind"
    name, view = zone.name.rstrip("."), intended.view
    server = primary.name if primary else ""

    def lines(keys: tuple[SigningKey, ...]) -> tuple[str, ...]:
        wanted = tuple(ds_data(zone.origin, key) for key in keys)
        texts = [rdata_text(DS, data) for data in wanted]
        listed = ", ".join(f'"{text}"' for text in texts)
        declare = f"{zone.source.file}: ds: [{listed}]"
        if link.above is not None:
            where = link.above.zone.name
            if set(vouchers_of(RRset(0, zone.ds))) == set(vouchers_of(RRset(0, wanted))):
                return (f"netctl plan  # the DS is declared as it must be, and not yet served by {where}",)
            plan = f"netctl plan  # the next change takes it to {where}"
            at_once = f"on {server}: rndc loadkeys {name} IN {view}  # looks for the DS now, not within the hour"
            return (declare, plan, at_once) if told else (declare, plan)
        if not keys:
            return (f"have every DS of {zone.name} taken out of the zone above", f"{zone.source.file}: no `ds:`")
        above = tuple(f"in the zone above: {zone.name} IN DS {text}" for text in texts)
        rndc = tuple(
            f"then on {server}: rndc dnssec -checkds -key {key.tag} published {name} IN {view}" for key in keys if told
        )
        return (*above, declare, *rndc)

    return lines
