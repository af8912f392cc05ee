"""Every name server is asked for the serials of its zones, beside the rounds over routers and never in their way."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

from netctl.control.dns.book import NamesBook
from netctl.control.dns.dnssec import examine_zone
from netctl.control.dns.places import Places
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.reading import serials_everywhere
from netctl.devices.nameserver.server import ZonePlace
from netctl.errors import AnswerCutShort, NameServerSilent, NameServerUnreachable, NetctlError, ReplyMalformed
from netctl.model.dns import NameServer
from netctl.model.moments import Clock, stamp
from netctl.model.names import ViewZone, ZoneSignatures
from netctl.model.signing import ZoneSigning
from netctl.observe.names import Answer, NamesGround, NamesLook
from netctl.settings import Settings
from netctl.store import Store

__all__ = ["NamesWatch", "ground_of_names"]

_THE_SERVER = (NameServerUnreachable, NameServerSilent, AnswerCutShort, ReplyMalformed)
_MOST_READ = 20  # signed zones that are looked at in one round
_LOOK_AGAIN = timedelta(hours=1)  # at a signed zone that did not move: what is said above it may have
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
        everywhere = _everywhere(book, Places(book.names.declared, settings, writer_in(self._store)))
        asked = [place for _, some in everywhere for _, place in some]
        answers = serials_everywhere(asked, settings.command_timeout, settings.fetch_workers)
        by_place = dict(zip(asked, answers, strict=True))
        mains = {of: some[0][1] for of, some in everywhere if some}
        signings = self._signings(book, mains, by_place)
        ended_at = stamp(self._clock())
        return NamesLook(
            began_at=began_at,
            ended_at=ended_at,
            answers={place.id: _answer(answer) for place, answer in by_place.items()},
            silent=_silent(by_place),
            sources={of: place.server.name for of, place in mains.items()},
            signatures={of: signatures_of(of, *each, ended_at) for of, each in signings.items()},
            signings={of: signing for of, (_, signing) in signings.items()},
        )

    def _signings(
        self, book: NamesBook, mains: Mapping[ViewZone, ZonePlace], serials: Mapping[ZonePlace, int | NetctlError]
    ) -> dict[ViewZone, tuple[int, ZoneSigning]]:
        """Signed zones that moved since their signatures were looked at, and those nobody looked at for long.

        Some in each round: a server lets few transfers out at once.
        """
        with self._store.reading() as books:
            known = books.names.signatures()
        old = stamp(self._clock() - _LOOK_AGAIN)
        serial_of = {
            of: serial
            for of, place in mains.items()
            if book.zones[of].zone.dnssec and isinstance(serial := serials[place], int)
        }
        wanted = [
            of
            for of, serial in serial_of.items()
            if of not in known or known[of].serial != serial or known[of].looked_at < old
        ]
        wanted.sort(key=lambda of: known[of].looked_at if of in known else "")  # whoever waits longest
        end = time.monotonic() + self._settings.names_every * self._settings.observe_interval / 2
        found: dict[ViewZone, ZoneSigning] = {}
        for of in wanted[:_MOST_READ]:
            found[of] = self._signing(book, of)
            if time.monotonic() > end:  # a server that does not answer takes its time with each
                break
        return {of: (serial_of[of], signing) for of, signing in found.items() if not signing.error}

    def _signing(self, book: NamesBook, of: ViewZone) -> ZoneSigning:
        zone = book.zones[of].zone.name
        return examine_zone(book.names, self._settings, self._store, zone, of.view, clock=self._clock)


def signatures_of(of: ViewZone, serial: int, signing: ZoneSigning, looked_at: str) -> ZoneSignatures:
    """The short of it: what those who validate refuse somewhere, and until when they do not."""
    problems = [*signing.problems, *(f"{each.server}: {told}" for each in signing.servers for told in each.problems)]
    if signing.chain == "broken" and not problems:
        problems = ["the chain of trust is broken"]
    return ZoneSignatures(of, serial, signing.expires, looked_at, "; ".join(problems[:_SHOWN]), signing.chain)


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
