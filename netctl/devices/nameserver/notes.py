"""What the store remembers of a zone: its contents when last read, and each write before and after it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from netctl.model.zonewrites import ChunkMark, HeldZone, WriteState, ZoneId, ZoneWrite
from netctl.store import Store
from netctl.store.zonepacking import Touched, ZoneCopy, pack_touched, unpack_zone
from netctl.zones.data import Key, Name, RRset, ZoneData
from netctl.zones.difference import ZoneDifference


class Notes:
    """The store as zones use it: one short transaction for each note, on disk when the call returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def held(self, place: ZoneId) -> HeldZone | None:
        """What the zone held when it was last read whole."""
        with self._store.reading() as books:
            return books.zones.held(place)

    def all_held(self) -> dict[ZoneId, HeldZone]:
        """`held` of every zone."""
        with self._store.reading() as books:
            return books.zones.all_held()

    def content(self, origin: Name, digest: str) -> ZoneData | None:
        """A zone by its digest, unless it is no longer kept."""
        with self._store.reading() as books:
            return books.zones.content(origin, digest)

    def contents(
        self, wanted: Mapping[ZoneId, tuple[Name, str]], alike: Mapping[ZoneId, ZoneData]
    ) -> dict[ZoneId, ZoneData]:
        """`content` of many zones, by origin and digest; those that are no longer kept are missing.

        What is as in `alike` is held once.
        """
        copies = self.copies(digest for _, digest in wanted.values())
        unpacked = {
            place: unpack_zone(origin, digest, copies[digest], alike.get(place))
            for place, (origin, digest) in wanted.items()
            if digest in copies
        }
        return {place: data for place, data in unpacked.items() if data is not None}

    def copies(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Zones as they are kept, by their digests; those that are no longer kept are missing."""
        wanted = list(dict.fromkeys(digests))
        if not wanted:
            return {}
        with self._store.reading() as books:
            return books.zones.copies(wanted)

    def keep(self, place: ZoneId, data: ZoneData) -> str:
        """Keep what the zone holds now; its digest."""
        return self.keep_all({place: data})[place]

    def keep_all(self, zones: Mapping[ZoneId, ZoneData]) -> dict[ZoneId, str]:
        """Keep what many zones hold now, in one transaction; their digests."""
        copies = {place: ZoneCopy.of(data) for place, data in zones.items()}
        if copies:
            with self._store.writing() as books:
                books.zones.keep(copies)
        return {place: copy.digest for place, copy in copies.items()}

    def begin(
        self, token: str, place: ZoneId, owner: str, change: ZoneDifference, *, serial: int, seconds: int
    ) -> ZoneWrite:
        """Note a write before its first message. Raises `ZoneBusy`."""
        packed = pack_touched(touched_by(change))
        with self._store.writing() as books:
            return books.zones.begin(token, place, owner, packed, serial=serial, seconds=seconds)

    def mark(
        self, token: str, number: int, state: Literal["begun", "done", "refused"], serial: int, *, back: bool = False
    ) -> None:
        """Note one message, before it is sent and when it was answered."""
        with self._store.writing() as books:
            books.zones.mark(token, number, state, serial=serial, back=back)

    def marks(self, token: str) -> tuple[ChunkMark, ...]:
        """What was noted of a write's messages."""
        with self._store.reading() as books:
            return books.zones.marks(token)

    def applied(self, token: str) -> bool:
        """A write is whole, read back, and waits to be confirmed; False where it is over already."""
        with self._store.writing() as books:
            return books.zones.applied(token)

    def confirm(self, token: str) -> bool:
        """An applied write stays for good; False where there is none."""
        with self._store.writing() as books:
            return books.zones.confirm(token)

    def settle(self, token: str, state: WriteState, note: str = "") -> ZoneWrite:
        """A write is over."""
        with self._store.writing() as books:
            return books.zones.settle(token, state, note)

    def write(self, token: str) -> ZoneWrite:
        """One write; raises `LookupError`."""
        with self._store.reading() as books:
            return books.zones.write(token)

    def touched(self, token: str) -> Touched:
        """The RRsets a write touches, before and after."""
        with self._store.reading() as books:
            return books.zones.touched(token)

    def open_writes(self) -> tuple[ZoneWrite, ...]:
        """All writes that are not settled."""
        with self._store.reading() as books:
            return books.zones.open()


def touched_by(change: ZoneDifference) -> Touched:
    """The RRsets of a difference, each as it is before and after."""
    touched: dict[Key, tuple[RRset | None, RRset | None]] = {
        key: (before, after) for key, before, after in change.changed
    }
    touched |= {key: (rrset, None) for key, rrset in change.removed}
    return touched | {key: (None, rrset) for key, rrset in change.added}
