"""octoDNS's plan with its BIND provider, from the same master files. Prints JSON.

python -m benchmarks.zones_octodns CASE FOLDER PORT
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from octodns.zone import Zone
from octodns_bind import Rfc2136Provider, ZoneFileSource

from benchmarks.push_watch import Watch, peak_mb
from benchmarks.zones_text import keys


def main(case: str, folder: Path, port: int) -> dict[str, Any]:
    """Seconds, memory, and how many records differ; `case` can only be a plan."""
    if case != "plan":
        raise SystemExit("only plans are measured here")
    zones = sorted(path.name.removesuffix(".zone") for path in (folder / "declared").iterdir())
    source = ZoneFileSource("declared", str(folder / "declared"), ".zone")
    told = keys(folder)
    name, secret = told["transfer"]
    target = Rfc2136Provider(
        "served", "127.0.0.1", port, timeout=300, key_name=name, key_secret=secret, key_algorithm=told["algorithm"]
    )
    watch = Watch(Counter())
    found = 0
    for zone in zones:
        desired = Zone(f"{zone}.", [])
        source.populate(desired)
        planned = target.plan(desired)
        # an update is one record that goes and one that comes
        found += sum(2 if change.existing and change.new else 1 for change in planned.changes) if planned else 0
    return {**watch.stop(), "peak_mb": peak_mb(), "records": found}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
