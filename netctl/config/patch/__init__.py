"""The commands from one configuration to another: safe in their order, with the hazards that no order avoids."""

from netctl.config.commands import Command, Hazard, Patch, Session

__all__ = ["Command", "Hazard", "Patch", "Session"]
