"""Every name server is asked for the serials of its zones, beside the rounds over routers and never in their way."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime

from netctl.control.dns.book import NamesBook
from netctl.control.dns.places import Places
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.reading import read_zones, serials_everywhere
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.signed import examine
from netctl.errors import AnswerCutShort, NameServerSilent, NameServerUnreachable, NetctlError, ReplyMalformed
from netctl.model.dns import NameServer
from netctl.model.moments import Clock, stamp
from netctl.model.names import SigningKey, ViewZone, ZoneSignatures
from netctl.observe.names import Answer, NamesGround, NamesLook
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.data import ZoneData
from netctl.zones.dnssec import DNSKEY, RRSIG, keys_of

__all__ = ["NamesWatch", "ground_of_names"]

_THE_SERVER = (NameServerUnreachable, NameServerSilent, AnswerCutShort, ReplyMalformed)
_MOST_READ = 20  # signed zones that are read whole in one round: a server lets few transfers out at once
_SHOWN = 3  # what does not hold of one zone


def ground_of_names(book: NamesBook) -> NamesGround:
    """What is watched of the names of a network: resolvers hold no zones, and are not asked."""
    declared = book.names.declared
    network = book.atlas.network
    routers: dict[str, list[str]] = {}
    for device in network.devices.values():
        routers.setdefault(device.centre, []).append(device.name)
    return NamesGround(
        servers={name: each for name, each in declared.servers.items() if each.role != "resolver"},
        organisations={of: each.zone.organisation for of, each in book.zones.items()},
        signed=frozenset(of for of, each in book.zones.items() if each.zone.dnssec),
        routers={centre: tuple(names) for centre, names in routers.items() if centre},
    )


class NamesWatch:
    """Looks at the name servers, one after the other in a thread of its own; what it finds is taken when it is there.

    What keeps this host from asking at all, such as a secret that is missing, is in `error`.
    """

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="names")
        self._coming: Future[NamesLook] | None = None
        self.error = ""

    def begin(self, book: NamesBook) -> None:
        """Ask all of them, unless they are being asked already."""
        if self._coming is None:
            self._coming = self._pool.submit(self._look, book)

    def take(self, seconds: float = 0) -> NamesLook | None:
        """What was found since it was asked for, once; waits for it so long. None where it is not there."""
        coming = self._coming
        if coming is None or (not coming.done() and not seconds):
            return None
        try:
            look: NamesLook | None = coming.result(seconds or None)
            self.error = ""
        except TimeoutError:
            return None
        except NetctlError as error:
            look, self.error = None, str(error)
        except Exception as error:  # noqa: BLE001  a defect that a server provokes must not blind us to all routers
            look, self.error = None, f"defect of netctl: {type(error).__name__}: {error}"
        self._coming = None
        return look

    def close(self) -> None:
        """No further look begins; one under way ends by its deadlines."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self, book: NamesBook) -> NamesLook:
        began_at = stamp(self._clock())
        settings = self._settings
        everywhere = _everywhere(book, Places(book.names.declared, settings))
        asked = [place for _, some in everywhere for _, place in some]
        answers = serials_everywhere(asked, settings.command_timeout, settings.fetch_workers)
        by_place = dict(zip(asked, answers, strict=True))
        mains = {of: some[0][1] for of, some in everywhere if some}
        return NamesLook(
            began_at=began_at,
            ended_at=stamp(self._clock()),
            answers={place.id: _answer(answer) for place, answer in by_place.items()},
            silent=_silent(by_place),
            sources={of: place.server.name for of, place in mains.items()},
            signatures=self._signatures(book, mains, by_place),
        )

    def _signatures(
        self,
        book: NamesBook,
        mains: Mapping[ViewZone, ZonePlace],
        serials: Mapping[ZonePlace, int | NetctlError],
    ) -> dict[ViewZone, ZoneSignatures]:
        """Signed zones that moved since their signatures were looked at, some in each round."""
        with self._store.reading() as books:
            known = books.names.signatures()
        moved = [
            of
            for of, place in mains.items()
            if book.zones[of].zone.dnssec
            and isinstance(serial := serials[place], int)
            and (of not in known or known[of].serial != serial)
        ][:_MOST_READ]
        places = [mains[of] for of in moved]
        settings = self._settings
        readings = read_zones(places, Notes(self._store), settings.command_timeout, settings.fetch_workers)
        now = self._clock()
        return {
            of: signatures_of(of, reading.data, now)
            for of, reading in zip(moved, readings, strict=True)
            if not isinstance(reading, NetctlError)
        }


def signatures_of(of: ViewZone, zone: ZoneData, now: datetime) -> ZoneSignatures:
    """How the signatures of a zone stand: the apex is verified, and when each ends is read of all of them."""
    ends = [_end(data) for (_, kind), rrset in zone.rrsets.items() if kind == RRSIG for data in rrset.rdatas]
    signed = examine(zone, now, ())
    flaws = signed.problems if signed is not None else ()
    return ZoneSignatures(
        of=of,
        serial=zone.serial or 0,
        expires=stamp(datetime.fromtimestamp(min(ends), UTC)) if ends else "",
        looked_at=stamp(now),
        keys=tuple(
            SigningKey(key.tag, key.algorithm, key.secure_entry)
            for key in keys_of(zone.rrsets.get((zone.origin, DNSKEY)))
        ),
        flaw="; ".join(flaws[:_SHOWN]),
    )


def _end(signature: bytes) -> int:
    """When an RRSIG ends, in seconds since 1970 (RFC 4034 section 3.1.5); its field wraps in 2106."""
    return int.from_bytes(signature[8:12], "big")


def _everywhere(book: NamesBook, places: Places) -> list[tuple[ViewZone, list[tuple[NameServer, ZonePlace]]]]:
    return [(of, list(places.everywhere(of.view, each.data.origin))) for of, each in book.zones.items()]


def _answer(answer: int | NetctlError) -> Answer:
    return answer if isinstance(answer, int) else answer.message


def _silent(answers: Mapping[ZonePlace, int | NetctlError]) -> dict[str, str]:
    """Servers that did not answer for any zone because of themselves, and why."""
    by_server: dict[str, list[int | NetctlError]] = {}
    for place, answer in answers.items():
        by_server.setdefault(place.server.name, []).append(answer)
    found: dict[str, str] = {}
    for name, some in by_server.items():
        errors = [answer for answer in some if isinstance(answer, _THE_SERVER)]
        if len(errors) == len(some):
            found[name] = errors[0].message
    return found
