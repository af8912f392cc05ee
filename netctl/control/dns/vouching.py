"""A DS that would break a zone of ours is refused before it is served: it must be of a key that signs there now."""

from __future__ import annotations

from netctl.control.dns.names import Names
from netctl.control.dns.places import Places
from netctl.devices.nameserver.keys import given_by, unfollowed
from netctl.errors import DsOfNoKey
from netctl.settings import Settings
from netctl.zones import names
from netctl.zones.difference import ZoneDifference


class Vouching:
    """Asks the zone below for its keys where a change gives it a DS; what cannot be asked is let pass."""

    def __init__(self, found: Names, places: Places, settings: Settings) -> None:
        self._found = found
        self._places = places
        self._seconds = settings.command_timeout

    def require(self, view: str, change: ZoneDifference, where: str) -> None:
        """Every DS set that a change leaves is one that resolvers can follow; raises `DsOfNoKey`."""
        below = {
            place: vouchers
            for cut, vouchers in given_by(change).items()
            if (view, names.text(cut)) in self._found.zones and (place := self._places.main(view, cut)) is not None
        }
        if wrong := list(unfollowed(below, self._seconds)):
            raise DsOfNoKey("; ".join(wrong), where=where)
