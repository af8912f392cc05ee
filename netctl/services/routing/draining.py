"""A drained router carries nothing new: its mate holds the virtual addresses, and neighbours prefer another way."""

from __future__ import annotations

from netctl.model.intent import Interface, RouterIntent
from netctl.services.routing.ports import DRAINED_PRIORITY


def drain(intent: RouterIntent) -> RouterIntent:
    """The same router led around: VRRP below its mate's, graceful shutdown (RFC 8326) and IS-IS overload on."""
    return intent._replace(drained=True, interfaces=tuple(_lowered(port) for port in intent.interfaces))


def _lowered(port: Interface) -> Interface:
    if not port.vrrp:
        return port
    return port._replace(vrrp=tuple(group._replace(priority=DRAINED_PRIORITY) for group in port.vrrp))
