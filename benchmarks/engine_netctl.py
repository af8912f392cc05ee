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
    """Seconds (the rules are loaded before), peak memory, and whether the patch leads to what is intended."""
    old, new = running.read_text(encoding="utf-8"), intended.read_text(encoding="utf-8")
    engine = Engine(load_rules((reference_root(),), "cisco_ios"))
    begun = time.perf_counter()
    before, after = engine.parse(old), engine.parse(new)
    parsed = time.perf_counter()
    patch = engine.patch(before, after)
    text = engine.write(patch.commands)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    right = engine.same(engine.apply(before, patch.commands).tree, after)
    return {
        "seconds": done - begun,
        "parse": parsed - begun,
        "peak_mb": peak,
        "lines": text.count("\n"),
        "right": right,
        "after": time.perf_counter() - done,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
