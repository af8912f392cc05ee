"""netctl's side of the zones' benchmark, against the name server at PORT. Prints JSON.

python -m benchmarks.zones_netctl CASE FOLDER PORT
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.push_watch import Watch, peak_mb
from benchmarks.zones_text import keys
from netctl.config.quiet import collector_resting
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones
from netctl.devices.nameserver.server import NameServer, ZonePlace, server_key
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.nameserver.transfer import fetch
from netctl.errors import NetctlError
from netctl.store import Store
from netctl.zones import files, names
from netctl.zones.data import ZoneData
from netctl.zones.difference import difference

SECONDS = 60.0
WORKERS = 4


def declared(folder: Path, place: ZonePlace) -> ZoneData:
    """What its file says."""
    text = (folder / "declared" / f"{place.zone}.zone").read_text(encoding="ascii")
    return files.read_master(text, place.origin)


def plan(folder: Path, places: list[ZonePlace], notes: Notes) -> int:
    """Declared, read from the server and kept, compared: how many records come or go."""
    found = 0
    with collector_resting():
        wanted = [declared(folder, place) for place in places]
    running = read_zones(places, notes, SECONDS, WORKERS)
    for reading, intended in zip(running, wanted, strict=True):
        if isinstance(reading, NetctlError):
            raise reading
        change = difference(reading.data, intended)
        found += change.records_added + change.records_removed
    return found


def unchanged(places: list[ZonePlace], notes: Notes) -> int:
    """A zone that is held already: 0 where it was not transferred."""
    return int(fetch(places[0], notes, SECONDS).transferred)


def apply(target: ZoneTarget) -> int:
    """What was staged, sent and read back."""
    target.commit("measured", 600)
    target.confirm("measured")
    return 0


def main(case: str, folder: Path, port: int) -> dict[str, Any]:
    """Seconds, memory, and how many records differ."""
    server = NameServer("measured", ("127.0.0.1",), port)
    zones = sorted(path.name.removesuffix(".zone") for path in (folder / "declared").iterdir())
    told = keys(folder)
    transfer, update = (
        server_key(name, told["algorithm"], secret) for name, secret in (told["transfer"], told["update"])
    )
    places = [ZonePlace(server, names.wire(zone), "", transfer, update) for zone in zones]
    with Store.open(f"sqlite:///{folder}/netctl.db") as store:
        notes = Notes(store)
        target = ZoneTarget(places[0], notes, owner="measured", seconds=SECONDS)
        if case == "unchanged":
            fetch(places[0], notes, SECONDS)
        elif case == "apply":
            target.stage(declared(folder, places[0]))
        watch = Watch(Counter())
        found = {
            "plan": lambda: plan(folder, places, notes),
            "unchanged": lambda: unchanged(places, notes),
            "apply": lambda: apply(target),
        }[case]()
        return {**watch.stop(), "peak_mb": peak_mb(), "records": found}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
