"""What watching gives: samples, standings, configurations, problems."""

from __future__ import annotations
