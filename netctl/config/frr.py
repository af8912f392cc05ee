"""What FRR prints as its running configuration, in the one order and without what changes by itself.

FRR lists prefix lists, route maps and community lists in the order in which they were first configured, so two routers
that behave alike may print differently. Here stanzas stand in the order of `_RANKS` and, where order means nothing, by
name.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import NamedTuple

from netctl.config.order import natural_order

# What begins a stanza → its place, and whether stanzas of that kind are sorted by name and number. The order is FRR's.
_RANKS: tuple[tuple[str, int, bool], ...] = (
    ("ip route ", 1, False),
    ("ipv6 route ", 1, False),
    ("vrf ", 2, False),
    ("interface ", 3, True),
    ("router bgp", 4, False),
    ("router ", 5, False),
    ("ip prefix-list ", 7, True),
    ("ipv6 prefix-list ", 8, True),
    ("bgp community-list ", 9, True),
    ("route-map ", 10, True),
    ("bfd", 11, False),
)
_HEADER, _OTHER = 0, 6
_HEADER_WORDS = ("frr ", "hostname ", "log ", "service ", "password ", "enable ", "banner ", "no ", "debug ", "agentx")

# Printed by FRR, decided by the box or the release: they are not configuration that netctl writes.
_VOLATILE = re.compile(
    r"Building configuration\.\.\.|Current configuration:|frr version .*|(no )?ip(v6)? forwarding|end|domainname .*"
)


class _Stanza(NamedTuple):
    rank: int
    order: tuple[tuple[str, int], ...]
    lines: list[str]


def normalise_running(text: str) -> str:
    """The text of ``show running-config`` as `frr.conf` of an artefact is written; stable when applied again."""
    stanzas = sorted(_stanzas(text), key=lambda stanza: (stanza.rank, stanza.order))
    lines: list[str] = []
    for stanza, following in zip_longest(stanzas, stanzas[1:]):
        lines += stanza.lines
        alone = len(stanza.lines) == 1 and following is not None and len(following.lines) == 1
        if not (alone and following is not None and following.rank == stanza.rank):
            lines.append("!")
    return "\n".join([*lines, "end"]) + "\n"


def _stanzas(text: str) -> list[_Stanza]:
    """The text cut where a line begins in the first column; `exit` ends a stanza, `!` stands between them."""
    found: list[_Stanza] = []
    for raw in text.replace("\r", "").split("\n"):
        line = raw.rstrip()
        if line in ("", "!") or _VOLATILE.fullmatch(line):
            continue
        if line == "exit" or line.startswith(" "):
            if found:
                found[-1].lines.append(line)
            continue
        found.append(_opened(line))
    return found


def _opened(line: str) -> _Stanza:
    for beginning, rank, by_name in _RANKS:
        if line.startswith(beginning):
            return _Stanza(rank, natural_order(line) if by_name else (), [line])
    rank = _HEADER if line.startswith(_HEADER_WORDS) else _OTHER
    return _Stanza(rank, (), [line])
