"""The names of a network as pages ask for them: made once in the background, and again when a file changes."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from netctl.control.dns.coverage import Coverage, coverage
from netctl.control.dns.lint import RuleFinding, lint_all
from netctl.control.dns.names import Intended, Names
from netctl.control.network.atlas import Atlas
from netctl.model.names import ViewZone
from netctl.services.dns.hosts import packed
from netctl.services.dns.pointers import PTR, ReverseZones
from netctl.services.dns.reading import FOLDER
from netctl.zones import names

T = TypeVar("T")

Marks = tuple[tuple[str, int, int, int], ...]

_MOST_KEPT = 32  # what was worked out of the whole book or of one zone, by those who asked last


class Owner(NamedTuple):
    """One name of one zone, as the search finds it."""

    text: str
    of: ViewZone


class NamesBook:
    """Zones as they are declared now, with the tables that pages need. As frozen as the names themselves."""

    def __init__(self, found: Names, atlas: Atlas, mark: str) -> None:
        self.names = found
        self.atlas = atlas
        self.mark = mark
        self.zones: Mapping[ViewZone, Intended] = {
            ViewZone(view, bare(zone)): intended for (view, zone), intended in found.zones.items()
        }
        self._lint: tuple[date | None, Mapping[ViewZone, tuple[RuleFinding, ...]]] = (None, {})
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()
        self.owners: Sequence[Owner] = ()
        """Every name of every zone, without its final dot, in the zones' order, once it is there."""

    def prepare(self, day: date) -> None:
        """Make the tables now, so that no request has to; those of the search come later, in `prepare_search`."""
        self.findings(day)
        _ = self.coverage, self._reverse

    def prepare_search(self) -> None:
        """Make the table of all names: pages need not wait for it."""
        self.owners = self._owners()

    def findings(self, day: date) -> Mapping[ViewZone, tuple[RuleFinding, ...]]:
        """What rules say of each zone on a day, the worst first; zones without findings are not there."""
        known, found = self._lint
        if known != day:
            by_zone: dict[ViewZone, list[RuleFinding]] = {}
            for each in lint_all(self.names, day):
                by_zone.setdefault(ViewZone(each.view, bare(each.zone)), []).append(each)
            found = {of: tuple(some) for of, some in by_zone.items()}
            self._lint = (day, found)
        return found

    @cached_property
    def coverage(self) -> Coverage:
        """Which addresses in use have a name that they lead back to."""
        return coverage(self.names, self.atlas.directory)

    @cached_property
    def _reverse(self) -> Mapping[str, ReverseZones]:
        """The reverse zones of each view, by the names they hold."""
        views = self.names.declared.views
        return {view: ReverseZones(each.zone for of, each in self.zones.items() if of.view == view) for view in views}

    def pointers(self, address: str) -> Iterator[tuple[ViewZone, str, str]]:
        """Where an address leads back to a name: the zone that says so, the owner there, and the name."""
        for view, reverse in self._reverse.items():
            if (place := reverse.place(packed(address))) is None:
                continue
            of = ViewZone(view, bare(names.text(place[0])))
            rrset = self.zones[of].data.rrsets.get((place[1], PTR))
            for data in rrset.rdatas if rrset is not None else ():
                yield of, names.relative(place[1], place[0]), bare(names.text(data))

    def _owners(self) -> Sequence[Owner]:
        found: list[Owner] = []
        for of, intended in self.zones.items():
            owners = dict.fromkeys(owner for owner, _ in intended.data.rrsets)
            found += [Owner(bare(names.text(owner)), of) for owner in owners]
        return found

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept for who asks again; it depends on this book and on `key` alone."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast("T", self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made


def bare(name: str) -> str:
    """A name without its final dot; the root stays ``.``."""
    return name.rstrip(".") or "."


def marks_of(root: Path) -> Marks:
    """What the file system says of every file that declares names; a change of any changes it."""
    found = []
    for folder, _, files in os.walk(root / FOLDER):
        for file in files:
            try:
                at = Path(folder, file).stat()
            except OSError:
                continue  # reading says what is wrong
            found.append((str(Path(folder, file)), at.st_size, at.st_mtime_ns, at.st_ino))
    return tuple(sorted(found))
