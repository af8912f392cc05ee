"""The commands from one configuration to another: safe in their order, with the hazards that no order avoids."""

from netctl.config.commands import Command, Hazard, Patch, Session
from netctl.config.patch.make import make_patch, unsafe_prefix
from netctl.config.patch.names import dangling
from netctl.config.patch.write import read, write

__all__ = ["Command", "Hazard", "Patch", "Session", "dangling", "make_patch", "read", "unsafe_prefix", "write"]
