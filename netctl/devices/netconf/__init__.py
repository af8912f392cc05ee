"""NETCONF routers that speak IETF YANG modules, as a driver with NAPALM's interface, over ncclient."""

from netctl.devices.netconf.driver import IetfNetconfDriver

__all__ = ["IetfNetconfDriver"]
