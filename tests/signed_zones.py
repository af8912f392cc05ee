"""Zones signed by BIND's own tools, as lines of master files that tests damage, and as `ZoneData`."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from netctl.zones.data import Key, RRset, ZoneData
from netctl.zones.names import wire
from netctl.zones.records import rdata, type_number

ORIGIN = "rivers.gov-wan.example"
PLAIN = f"""\
$ORIGIN {ORIGIN}.
$TTL 300
@ SOA ns1 hostmaster 10 3600 600 86400 300
@ NS ns1
ns1 A 192.0.2.53
www A 192.0.2.80
www AAAA 2001:db8::80
*.wild TXT "any"
deep.in.the.woods A 192.0.2.81
child NS ns.child
ns.child A 192.0.2.54
signed NS ns.signed
signed DS 12345 13 2 {"ab" * 32}
ns.signed A 192.0.2.55
"""

Line = tuple[str, str, str, str]
"""Owner with its final dot, TTL, type and data."""

NSEC: tuple[str, ...] = ()
NSEC3 = ("-3", "-", "-H", "0")
SALTED = ("-3", "abcd", "-H", "5")
OPT_OUT = ("-3", "-", "-H", "0", "-A")


def sign(folder: Path, *options: str, text: str = PLAIN, algorithm: str = "ECDSAP256SHA256") -> list[Line]:
    """The zone signed with a KSK and a ZSK, which stay in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plain").write_text(text)
    if not list(folder.glob("K*.key")):
        for more in ([], ["-f", "KSK"]):
            _run(folder, "dnssec-keygen", "-q", "-a", algorithm, *more, ORIGIN)
    _run(folder, "dnssec-signzone", "-S", "-x", "-P", "-O", "full", "-o", ORIGIN, "-f", "signed", *options, "plain")
    return lines(folder / "signed")


def lines(file: Path) -> list[Line]:
    """A zone of one record a line."""
    found = []
    for line in file.read_text().splitlines():
        if line and not line.startswith(";"):
            owner, ttl, _, kind, data = line.split(None, 4)
            found.append((owner, ttl, kind, data))
    return found


def zone(records: Iterable[Line]) -> ZoneData:
    """What the lines hold; of several TTLs of one owner and type, as RRSIG have them, the first."""
    origin = wire(ORIGIN)
    rrsets: dict[Key, RRset] = {}
    for owner, ttl, kind, data in records:
        key = (wire(owner), type_number(kind))
        held = rrsets.get(key, RRset(int(ttl), ()))
        rrsets[key] = RRset(held.ttl, tuple(sorted({*held.rdatas, rdata(key[1], data, origin)})))
    return ZoneData(origin, rrsets)


def takes(folder: Path, records: Sequence[Line], *command: str) -> bool:
    """Whether a verifier finds the zone whole; its file is the last word of the command."""
    file = folder / "verified"
    file.write_text("".join(f"{owner} {ttl} IN {kind} {data}\n" for owner, ttl, kind, data in records))
    done = subprocess.run([*command, file.name], cwd=folder, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode == 0


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
