"""From where on a figure is a reason. Those that people want to set are settings; these are not."""

from __future__ import annotations

CLOCK_OFFSET = 0.05  # seconds
BUSY = 0.9  # share of the processors, or of the memory
LOST = 1.0  # frames a second that a port drops or finds damaged
