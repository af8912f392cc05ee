"""What a zone holds: RRsets by owner and type, in a form that 100,000 of them stay cheap to hold and to compare.

Owners are uncompressed wire names in lower case (RFC 4343); record data is wire data in canonical form (RFC 4034
section 6.2), so that what means the same is the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Name = bytes
"""A fully qualified name on the wire, uncompressed and in lower case; the root is ``b"\\0"``."""

Key = tuple[Name, int]
"""An RRset within a zone: its owner and the number of its type. The class is always IN."""

SOA = 6
MADE_BY_SERVER = frozenset({46, 47, 48, 50, 51, 59, 60, 65534})
"""RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM, CDS, CDNSKEY and BIND's own: what signing adds, and nobody declares."""


class RRset(NamedTuple):
    """The records of one owner and type: one TTL in seconds (RFC 2181 section 5.2), data sorted and without doubles."""

    ttl: int
    rdatas: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ZoneData:
    """One zone as somebody holds it, or must. `rrsets` has the SOA among the others."""

    origin: Name
    rrsets: Mapping[Key, RRset]

    @property
    def serial(self) -> int | None:
        """The SOA's serial (RFC 1035 section 3.3.13); None where there is no SOA."""
        found = self.rrsets.get((self.origin, SOA))
        return int.from_bytes(found.rdatas[0][-20:-16], "big") if found else None
