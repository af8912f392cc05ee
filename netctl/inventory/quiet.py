"""Loading makes some 100,000 objects that all stay: looking for garbage among them would cost a third of the time."""

from netctl.config.quiet import collector_resting

__all__ = ["collector_resting"]
