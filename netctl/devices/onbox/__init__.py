"""Commits that take themselves back, where software has none: a script on the box, and a driver's half of it."""

from netctl.devices.onbox.driver import OnBoxDriver

__all__ = ["OnBoxDriver"]
