"""A DS that would break a zone of ours is refused before it is served: it must be of a key that signs there now."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.control.dns.names import Names
from netctl.control.dns.places import Places
from netctl.devices.nameserver.keys import Apex, Asked, gather
from netctl.devices.nameserver.signed import vouched
from netctl.errors import DsOfNoKey
from netctl.settings import Settings
from netctl.zones import names
from netctl.zones.data import Name, RRset
from netctl.zones.difference import ZoneDifference
from netctl.zones.dnssec import DS


class Vouching:
    """Asks the zone below for its keys where a change gives it a DS; what cannot be asked is let pass."""

    def __init__(self, found: Names, places: Places, settings: Settings) -> None:
        self._found = found
        self._places = places
        self._seconds = settings.command_timeout

    def require(self, view: str, change: ZoneDifference, where: str) -> None:
        """Every DS set that a change leaves is one that resolvers can follow; raises `DsOfNoKey`."""
        for cut, vouchers in _given(change):
            if self._found.zones.get((view, names.text(cut))) is None:
                continue  # somebody else's zone: whose keys it has, they know
            place = self._places.main(view, cut)
            asked = Asked(place) if place is not None else None
            answer = gather([asked], self._seconds, 1)[asked] if asked is not None else None
            if isinstance(answer, Apex) and (wrong := vouched(cut, answer.keys.rrset, vouchers, answer.signers)):
                said = wrong.replace("the zone above has a DS", "it would have a DS").replace("of the zone above ", "")
                raise DsOfNoKey(f"{names.text(cut)}: {said}", where=where)


def _given(change: ZoneDifference) -> Iterator[tuple[Name, RRset]]:
    """The DS sets that a change makes or alters."""
    yield from ((key[0], rrset) for key, rrset in change.added if key[1] == DS)
    yield from ((key[0], after) for key, _, after in change.changed if key[1] == DS)
