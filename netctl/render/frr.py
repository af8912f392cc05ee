"""What templates of FRR's text see: a router's intent in the order FRR prints it.

Running configuration and artefact can then be compared line by line, and nothing ever differs only in order.
"""

from __future__ import annotations

import math
from functools import lru_cache
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any

from netctl.config.order import natural_order
from netctl.errors import NotWritable
from netctl.model.intent import Neighbour, PrefixList, RouterIntent
from netctl.render.nftables import set_lines

PARTS = (
    ("frr.conf", "frr/frr.conf.j2"),
    ("management.nft", "frr/management.nft.j2"),
    ("chrony.sources", "frr/chrony.sources.j2"),
    ("rsyslog.conf", "frr/rsyslog.conf.j2"),
    ("banner", "frr/banner.j2"),
)
SNMP_PART = ("snmpd.conf", "frr/snmpd.conf.j2")
# A startup file in FRR's own order is checked before the IS-IS instance, and with it wide metrics, exists; FRR 8.4 then
# drops the whole interface stanza.
_GREATEST_METRIC = 63

DRAIN_PARTS = (("frr.conf", "frr/drain.conf.j2"),)


def parts_of(intent: RouterIntent) -> tuple[tuple[str, str], ...]:
    """Names and templates of a router's parts; SNMP only where it is declared."""
    return (*PARTS, SNMP_PART) if intent.snmp else PARTS


def view(intent: RouterIntent) -> dict[str, Any]:
    """The names a template has: all fields of `RouterIntent`, sorted and split by family where FRR does."""
    for port in intent.interfaces:
        if port.metric > _GREATEST_METRIC:
            raise NotWritable(
                f"metric {port.metric} of {port.name} is above {_GREATEST_METRIC}, which FRR 8.4 cannot boot with",
                where=intent.device,
                hint="choose metrics of 1 to 63 in inventory/backbone.yaml; only their ratios matter",
            )
    names = intent._asdict()
    neighbours = sorted(intent.neighbours, key=_address_order)
    lists = sorted(intent.prefix_lists, key=_name_order)
    names |= {
        "interfaces": tuple(sorted(intent.interfaces, key=lambda port: port_order(port.name))),
        "neighbours": tuple(neighbours),
        "neighbours_v4": tuple(entry for entry in neighbours if entry.family == 4),
        "neighbours_v6": tuple(entry for entry in neighbours if entry.family == 6),
        "originated_v4": tuple(prefix for prefix in intent.originated if ":" not in prefix),
        "originated_v6": tuple(prefix for prefix in intent.originated if ":" in prefix),
        "prefix_lists_v4": tuple(entry for entry in lists if entry.family == 4),
        "prefix_lists_v6": tuple(entry for entry in lists if entry.family == 6),
        "import_preferences": tuple(
            sorted({entry.import_preference for entry in neighbours}, key=lambda value: value or math.inf)
        ),
        "export_metrics": tuple(sorted({entry.export_metric for entry in neighbours if entry.export_metric})),
        "login_banner": intent.login_banner.rstrip("\n"),
        "management_v4": set_lines(intent.management_prefixes, 4),
        "management_v6": set_lines(intent.management_prefixes, 6),
    }
    return names


@lru_cache(maxsize=65536)
def port_order(name: str) -> tuple[tuple[str, int], ...]:
    """FRR's order of ports, remembered: the same few names stand on thousands of routers."""
    return natural_order(name)


def _address_order(neighbour: Neighbour) -> tuple[int, bytes]:
    return neighbour.family, inet_pton(AF_INET if neighbour.family == 4 else AF_INET6, neighbour.address)


def _name_order(entry: PrefixList) -> tuple[tuple[str, int], ...]:
    return natural_order(entry.name)
