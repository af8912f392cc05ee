"""What the WAN carries as routes: the declared network becomes one intent a router."""

from netctl.services.routing.derive import derive, derive_devices
from netctl.services.routing.draining import drain

__all__ = ["derive", "derive_devices", "drain"]
