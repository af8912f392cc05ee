"""Work in a second process at the same time: rendering thousands of artefacts is computing, and there are two cores.

The second process is a fork: it has everything the first one has, gives octets back through memory both share, and
ends. Nothing depends on it: where it cannot be had or fails, the first process does the work itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress


def possible() -> bool:
    """True where a fork is safe (no other threads) and of use (a second core)."""
    return hasattr(os, "memfd_create") and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def start(work: Callable[[], bytes]) -> Callable[[], bytes | None]:
    """Begin `work` in a second process; what is returned waits for its result, None where it failed."""
    shared = os.memfd_create("netctl", os.MFD_CLOEXEC)
    try:
        child = os.fork()
    except OSError:
        os.close(shared)
        return lambda: None
    if child == 0:
        status = 1
        with suppress(BaseException):  # whatever goes wrong, the first process finds out for itself
            with os.fdopen(shared, "wb", closefd=False) as stream:
                stream.write(work())
            status = 0
        os._exit(status)

    def result() -> bytes | None:
        with os.fdopen(shared, "rb") as stream:
            _, status = os.waitpid(child, 0)
            return stream.read() if status == 0 and not stream.seek(0) else None

    return result
