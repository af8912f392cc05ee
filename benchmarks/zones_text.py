"""Master files of zones to measure on: what a server serves, and what is declared and differs from it.

python -m benchmarks.zones_text FOLDER ZONES RECORDS CHANGES
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

APEX = """\
$TTL 3600
@ SOA ns1 hostmaster 1 3600 600 86400 300
@ NS ns1
@ NS ns2
ns1 AAAA 2001:db8::53
ns2 AAAA 2001:db8::54
"""


def zone(records: int, changes: int, declared: bool = False) -> str:  # noqa: FBT001, FBT002 - a word, not a switch
    """A master file: addresses, some aliases, mail and text. Every so many records one changes, goes or comes."""
    every = records // changes if declared and changes else 0
    lines = [APEX]
    for number in range(records):
        kind = number // every % 4 if every and number % every == 0 else 4
        if kind == 0:
            continue  # gone
        other = kind in {1, 2}
        lines.append(_line(number, other=other))
        if kind == 3:
            lines.append(f"new-{number:06d} AAAA 2001:db8:ffff::{number % 65536:x}\n")
    return "".join(lines)


def _line(number: int, *, other: bool) -> str:
    name = f"host-{number:06d}"
    end = 2 if other else 1
    if number % 20 == 17:
        return f"{name} MX {10 + end} host-{number - 1:06d}\n"
    if number % 20 == 18:
        return f'{name} TXT "rack {number % 97} unit {end}"\n'
    if number % 20 == 19:
        return f"{name} CNAME host-{number - end:06d}\n"
    if number % 2:
        return f"{name} A 198.51.{number // 256 % 256}.{number % 256 if not other else (number + 1) % 256}\n"
    return f"{name} AAAA 2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::{end}\n"


def names(count: int) -> list[str]:
    """The zones' names."""
    return ["big.gov-wan.example"] if count == 1 else [f"z{number:04d}.gov-wan.example" for number in range(count)]


def write(folder: Path, count: int, records: int, changes: int) -> None:
    """Both files of every zone: `served/NAME.zone` and `declared/NAME.zone`."""
    for what in ("served", "declared"):
        (folder / what).mkdir(parents=True, exist_ok=True)
        text = zone(records, changes, what == "declared")
        for name in names(count):
            (folder / what / f"{name}.zone").write_text(text, encoding="ascii")


def write_keys(folder: Path, algorithm: str, transfer: tuple[str, str], update: tuple[str, str]) -> None:
    """The keys of the server, for the sides: name and secret of each."""
    keys = {"algorithm": algorithm, "transfer": transfer, "update": update}
    (folder / "keys.json").write_text(json.dumps(keys), encoding="ascii")


def keys(folder: Path) -> dict[str, Any]:
    """What `write_keys` wrote."""
    found: dict[str, Any] = json.loads((folder / "keys.json").read_text(encoding="ascii"))
    return found


if __name__ == "__main__":
    write(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
