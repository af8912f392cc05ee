"""netctl on one network: validate, derive, render every part of every router. Prints JSON.

python -m benchmarks.netctl_side NETWORK [CACHE]
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from netctl.control.network.render import render_all


def main(root: Path, cache: Path | None) -> dict[str, Any]:
    """Seconds, peak memory (of both processes; what they share counts twice) and a digest of what was rendered."""
    begun = time.perf_counter()
    found = render_all(root, cache=cache)
    done = time.perf_counter()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    hasher = hashlib.sha256()
    for name in sorted(found):
        for part in found[name].parts:
            hasher.update(f"{name} {part.name}\n{part.text.rstrip()}\n".encode())
    return {
        "seconds": done - begun,
        "peak_mb": (own + other) // 1024,
        "routers": len(found),
        "digest": hasher.hexdigest(),
        "after": time.perf_counter() - done,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)))
