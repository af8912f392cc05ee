"""Name servers' daemons over SSH, as drivers with NAPALM's interface; commits are made on the box (``parts.sh``)."""

from netctl.devices.daemon.driver import BindDriver, KnotDriver, NsdDriver, UnboundDriver

__all__ = ["BindDriver", "KnotDriver", "NsdDriver", "UnboundDriver"]
