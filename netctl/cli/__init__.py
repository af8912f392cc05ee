"""The command line: the only Click, and no logic. Every command calls one use case of `netctl.control`.

Results go to stdout, progress and errors to stderr. Exit statuses are part of the contract: see docs/cli.md.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """The `netctl` program; leaves with its exit status."""
    from netctl.cli.entry import run  # nothing heavy before the first line of `run` guards it
    from netctl.cli.failure import INTERRUPTED

    status = run(sys.argv[1:])
    if status == INTERRUPTED:  # at once: threads that wait for a router or a database must not hold the terminal
        os._exit(status)
    sys.exit(status)
