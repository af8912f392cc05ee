"""`netctl` as the operating system runs it."""

import os
import subprocess
import sys
from pathlib import Path


def netctl(*words, home: Path, cwd: Path | None = None, environ=None, stdout=subprocess.PIPE, **options):
    """One finished run of the program with a NETCTL_HOME of its own."""
    return subprocess.run(
        [sys.executable, "-m", "netctl", *map(str, words)],
        cwd=cwd,
        env=environment(home, environ),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def environment(home: Path, more=None) -> dict[str, str]:
    """What the program sees: nothing of the caller's NETCTL_ variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NETCTL_", "_NETCTL"))}
    root = str(Path(__file__).resolve().parents[3])
    return kept | {"NETCTL_HOME": str(home), "PYTHONPATH": root, "NO_COLOR": "1"} | (more or {})
