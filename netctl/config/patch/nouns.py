"""Moved: see netctl.config.commands (below patch and predict, so that both can use it)."""

from netctl.config.commands import Command, Hazard, Patch, Session

__all__ = ["Command", "Hazard", "Patch", "Session"]
