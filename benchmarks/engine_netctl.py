"""netctl's side: both texts parsed, compared, and the patch written as text. Prints JSON.

python -m benchmarks.engine_netctl RUNNING INTENDED
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from netctl.config.engine import Engine
from netctl.devices.rules import load_rules
from netctl.inventory import reference_root


def main(running: Path, intended: Path) -> dict[str, Any]:
    """Seconds of computing (the rules are loaded before), peak memory, and whether the patch leads where it should."""
    old, new = running.read_text(encoding="utf-8"), intended.read_text(encoding="utf-8")
    engine = Engine(load_rules((reference_root(),), "cisco_ios"))
    begun, clock = time.process_time(), time.perf_counter()
    before, after = engine.parse(old), engine.parse(new)
    parsed = time.process_time()
    patch = engine.patch(before, after)
    text = engine.write(patch.commands)
    done, wall = time.process_time(), time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    right = engine.same(engine.apply(before, patch.commands).tree, after)
    checked = time.process_time()
    return {
        "seconds": done - begun,
        "wall": wall,
        "parse": parsed - begun,
        "proof": checked - done,  # what `patch` has done, too, before it gave its answer
        "peak_mb": peak,
        "lines": text.count("\n"),
        "right": right,
        "after": time.perf_counter() - clock - wall,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
