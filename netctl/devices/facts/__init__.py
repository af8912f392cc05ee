"""Facts of routers: which commands a platform is asked, and how its answers are read, is data in ``devices/``."""

from netctl.devices.facts.asking import facts_of
from netctl.devices.facts.collect import collect
from netctl.devices.facts.saved import SavedOutputs
from netctl.devices.facts.sheet import FactSheet, load_sheet

__all__ = ["FactSheet", "SavedOutputs", "collect", "facts_of", "load_sheet"]
