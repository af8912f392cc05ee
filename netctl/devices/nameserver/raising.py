"""Whether a server takes updates of a zone, proven without changing it; and serials that rise with nothing else.

The second is what makes secondaries follow a server that begins to write: what it serves must be later than anything
they have seen, whoever they have it from.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from netctl.devices.nameserver.asking import Seconds, ask, serial_in, soa
from netctl.devices.nameserver.messages import refusal
from netctl.devices.nameserver.server import NameServer, ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import KeyRefused, NetctlError, ZoneMoved
from netctl.zones.serial import above
from netctl.zones.simulate import NOERROR, NXRRSET, YXRRSET
from netctl.zones.tsig import Key
from netctl.zones.update import Update, raised, unmeetable

LEAP = 1 << 20
"""How far serials rise where somebody who is gone may have given out the next ones."""

_NOT_TAKEN = frozenset({4, 5, 9})  # NOTIMP, REFUSED, NOTAUTH: what servers that copy a zone answer to an update of it


def takes_updates(place: ZonePlace, seconds: float, now: Seconds = time.time) -> bool:
    """Whether the server would carry out an update of the zone: asked with one that cannot be met (RFC 2136 3.2.5).

    False too where it does not know the key. A key that it knows, and that may not change anything, is not told apart.
    Raises what reaching the server can raise, and `NameServerFailed` where its answer says neither yes nor no.
    """
    key, message = _update_key(place), _numbered(unmeetable(place.origin))
    with Connection(place.server, seconds, where=place.where) as connection:
        try:
            answer, _ = ask(connection, message, key, place.where, now)
        except KeyRefused:  # netctl gives the key for updates to nobody but the one that writes
            return False
    if answer.code in _NOT_TAKEN:
        return False
    if answer.code == YXRRSET:
        return True
    raise refusal(answer.code, place.where, "the question whether it takes updates")


def raise_serials(
    places: Mapping[ZonePlace, Collection[int]],
    seconds: float,
    workers: int,
    *,
    leap: int = 1,
    now: Seconds = time.time,
) -> dict[ZonePlace, int | NetctlError]:
    """Every zone's serial raised above those given, by updates that change nothing else; what it is now, or why not.

    `seconds` bounds each zone. Servers are asked side by side, the zones of one after each other.
    """
    if not places:
        return {}
    by_server = {
        server: list(zones)
        for server, zones in groupby(sorted(places, key=lambda each: each.server.name), lambda each: each.server)
    }
    found: dict[ZonePlace, int | NetctlError] = {}
    with ThreadPoolExecutor(max_workers=max(1, min(workers, len(by_server))), thread_name_prefix="serials") as pool:
        tasks = [
            pool.submit(_raise_all, server, {each: places[each] for each in zones}, seconds, leap, now)
            for server, zones in by_server.items()
        ]
        for each in tasks:
            found |= each.result()
    return found


def _raise_all(
    server: NameServer, zones: Mapping[ZonePlace, Collection[int]], seconds: float, leap: int, now: Seconds
) -> dict[ZonePlace, int | NetctlError]:
    found: dict[ZonePlace, int | NetctlError] = {}
    try:
        with Connection(server, seconds) as connection:
            for place, others in zones.items():
                connection.begin(seconds, place.where)
                try:
                    found[place] = _raise(connection, place, others, leap, now)
                except NetctlError as error:
                    found[place] = error
                    connection.renew()
    except NetctlError as error:
        found |= dict.fromkeys(zones.keys() - found.keys(), error)
    return found


def _raise(connection: Connection, place: ZonePlace, others: Iterable[int], leap: int, now: Seconds) -> int:
    held = soa(connection, place, now)
    wanted = above(serial_in(held), others, leap)
    for serial in wanted:
        update = raised(place.origin, held, serial)
        _send(connection, place, update, now)
        held = update.after
    if soa(connection, place, now).rdatas != held.rdatas:  # NOERROR is no proof
        raise ZoneMoved(f"its SOA is not the one with serial {wanted[-1]} that was written", where=place.where)
    return wanted[-1]


def _send(connection: Connection, place: ZonePlace, update: Update, now: Seconds) -> None:
    answer, _ = ask(connection, update.message(secrets.randbelow(1 << 16)), _update_key(place), place.where, now)
    if answer.code == NXRRSET:
        raise ZoneMoved(f"its SOA is no longer the one with serial {serial_in(update.before)}", where=place.where)
    if answer.code != NOERROR:
        raise refusal(answer.code, place.where, "an update of its serial")


def _numbered(body: bytes) -> bytes:
    return secrets.token_bytes(2) + body[2:]


def _update_key(place: ZonePlace) -> Key:
    if place.update is None:
        raise KeyRefused("no key for updates is declared", where=place.where, hint="declare one in dns/servers.yaml")
    return place.update
