"""The same with plain dnspython, as one would write it. Prints JSON.

python -m benchmarks.zones_dnspython CASE FOLDER PORT
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import dns.name
import dns.query
import dns.rdatatype
import dns.update
import dns.xfr
import dns.zone
from nameservers import LOOPBACK, TRANSFER, UPDATE, keyring  # the server and its keys are those of the tests

from benchmarks.push_watch import Watch, peak_mb

PER_MESSAGE = 1_000


def served(zone: str, port: int) -> dns.zone.Zone:
    """The zone by AXFR with TSIG."""
    found = dns.zone.Zone(zone, relativize=False)
    query, _ = dns.xfr.make_query(found, None, keyring=keyring(), keyname=dns.name.from_text(TRANSFER))
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
        gone, come = differing(served(zone, port), declared(folder, zone))
        found += sum(len(rdataset) for _, rdataset in [*gone, *come])
    return found


def apply(zone: str, edits: tuple[list[Any], list[Any]], port: int) -> int:
    """All of it in updates of so many records, then read back."""
    gone, come = edits
    steps = [(key, None) for key, _ in gone] + come
    for start in range(0, len(steps), PER_MESSAGE):
        message = dns.update.UpdateMessage(zone, keyring=keyring(), keyname=dns.name.from_text(UPDATE))
        for (name, type_), rdataset in steps[start : start + PER_MESSAGE]:
            if rdataset is None:
                message.delete(name, type_)
            else:
                message.add(name, rdataset)
        dns.query.tcp(message, LOOPBACK, port=port, timeout=60)
    return len(list(served(zone, port).iterate_rdatasets())) and 0


def main(case: str, folder: Path, port: int) -> dict[str, Any]:
    """Seconds, memory, and how many records differ."""
    zones = sorted(path.name.removesuffix(".zone") for path in (folder / "declared").iterdir())
    edits = differing(served(zones[0], port), declared(folder, zones[0])) if case == "apply" else ([], [])
    watch = Watch(Counter())
    found = apply(zones[0], edits, port) if case == "apply" else plan(folder, zones, port)
    return {**watch.stop(), "peak_mb": peak_mb(), "records": found}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
