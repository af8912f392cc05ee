"""FRR routers over SSH, as a driver with NAPALM's interface; what FRR lacks runs on the box (``parts.sh``)."""

from netctl.devices.frr.driver import FrrDriver

__all__ = ["FrrDriver"]
