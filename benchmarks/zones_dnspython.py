"""The same with plain dnspython, as one would write it. Prints JSON.

python -m benchmarks.zones_dnspython CASE FOLDER PORT
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import dns.name
import dns.query
import dns.rdatatype
import dns.tsig
import dns.update
import dns.xfr
import dns.zone

from benchmarks.push_watch import Watch, peak_mb
from benchmarks.zones_text import keys

LOOPBACK = "127.0.0.1"
PER_MESSAGE = 1_000


def key(folder: Path, what: str) -> dns.tsig.Key:
    """The key that transfers, or the one that updates."""
    told = keys(folder)
    return dns.tsig.Key(*told[what], told["algorithm"])


def served(folder: Path, zone: str, port: int) -> dns.zone.Zone:
    """The zone by AXFR with TSIG."""
    found = dns.zone.Zone(zone, relativize=False)
    query, _ = dns.xfr.make_query(found, None, keyring=key(folder, "transfer"))
    dns.query.inbound_xfr(LOOPBACK, found, query, port=port, lifetime=300)
    return found


def declared(folder: Path, zone: str) -> dns.zone.Zone:
    """What its file says."""
    return dns.zone.from_file(str(folder / "declared" / f"{zone}.zone"), zone, relativize=False)


def differing(running: dns.zone.Zone, intended: dns.zone.Zone) -> tuple[list[Any], list[Any]]:
    """RRsets that go and that come, without the SOA."""
    held = {(name, rdataset.rdtype): rdataset for name, rdataset in running.iterate_rdatasets()}
    wanted = {(name, rdataset.rdtype): rdataset for name, rdataset in intended.iterate_rdatasets()}
    gone = [(key, each) for key, each in held.items() if wanted.get(key) != each and key[1] != dns.rdatatype.SOA]
    come = [(key, each) for key, each in wanted.items() if held.get(key) != each and key[1] != dns.rdatatype.SOA]
    return gone, come


def plan(folder: Path, zones: list[str], port: int) -> int:
    """Records that come or go."""
    found = 0
    for zone in zones:
        gone, come = differing(served(folder, zone, port), declared(folder, zone))
        found += sum(len(rdataset) for _, rdataset in [*gone, *come])
    return found


def apply(folder: Path, zone: str, edits: tuple[list[Any], list[Any]], port: int) -> int:
    """All of it in updates of so many records, then read back."""
    gone, come = edits
    steps = [(key, None) for key, _ in gone] + come
    for start in range(0, len(steps), PER_MESSAGE):
        message = dns.update.UpdateMessage(zone, keyring=key(folder, "update"))
        for (name, type_), rdataset in steps[start : start + PER_MESSAGE]:
            if rdataset is None:
                message.delete(name, type_)
            else:
                message.add(name, rdataset)
        dns.query.tcp(message, LOOPBACK, port=port, timeout=60)
    return len(list(served(folder, zone, port).iterate_rdatasets())) and 0


def main(case: str, folder: Path, port: int) -> dict[str, Any]:
    """Seconds, memory, and how many records differ."""
    zones = sorted(path.name.removesuffix(".zone") for path in (folder / "declared").iterdir())
    edits = differing(served(folder, zones[0], port), declared(folder, zones[0])) if case == "apply" else ([], [])
    watch = Watch(Counter())
    found = apply(folder, zones[0], edits, port) if case == "apply" else plan(folder, zones, port)
    return {**watch.stop(), "peak_mb": peak_mb(), "records": found}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
