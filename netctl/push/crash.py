"""A seam for tests only: the process kills itself at one exact point of a rollout.

``NETCTL_CRASH_AT=TARGET:STEP:WHEN`` with WHEN ``before`` or ``after`` the step's act sends SIGKILL to this process: no
handler runs, nothing is flushed, as when a machine loses power. Without the variable nothing happens.
"""

from __future__ import annotations

import os
import signal
from typing import Literal

VARIABLE = "NETCTL_CRASH_AT"


def crash_here(target: str, step: str, when: Literal["before", "after"]) -> None:
    """Nothing, unless the variable names this very point."""
    if os.environ.get(VARIABLE) == f"{target}:{step}:{when}":
        os.kill(os.getpid(), signal.SIGKILL)
