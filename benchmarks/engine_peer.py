"""The peer's side, hier_config: both texts loaded, and the remediation written as text. Prints JSON.

python -m benchmarks.engine_peer RUNNING INTENDED
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from hier_config import Platform, WorkflowRemediation, get_hconfig


def main(running: Path, intended: Path) -> dict[str, Any]:
    """Seconds of computing, peak memory, and whether the future it foresees is what is intended."""
    old, new = running.read_text(encoding="utf-8"), intended.read_text(encoding="utf-8")
    begun, clock = time.process_time(), time.perf_counter()
    before, after = get_hconfig(Platform.CISCO_IOS, old), get_hconfig(Platform.CISCO_IOS, new)
    parsed = time.process_time()
    remediation = WorkflowRemediation(before, after).remediation_config
    lines = [line.cisco_style_text() for line in remediation.all_children_sorted()]
    done, wall = time.process_time(), time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    left = before.future(remediation).config_to_get_to(after)
    return {
        "seconds": done - begun,
        "wall": wall,
        "parse": parsed - begun,
        "proof": 0,  # it answers without one
        "peak_mb": peak,
        "lines": len(lines),
        "right": not any(True for _ in left.all_children()),
        "after": time.perf_counter() - clock - wall,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))
