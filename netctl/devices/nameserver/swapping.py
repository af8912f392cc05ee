"""A whole zone changed at once: its file replaced on the server's host, then loaded, for changes of many messages.

One script does it there: what arrived is checked, BIND is told to take no updates, the serial is compared, the file is
replaced by a rename, and BIND loads it (`rndc freeze` and `thaw`). However the script ends, updates are taken again; it
needs nobody to see its end.
"""

from __future__ import annotations

import hashlib
import shlex
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from netctl.devices.nameserver.asking import Seconds, serial_in, soa
from netctl.devices.nameserver.server import ZonePlace
from netctl.devices.nameserver.transport import Connection
from netctl.errors import CommandFailed, NameServerSilent, ZoneMoved
from netctl.zones.data import SOA, ZoneData
from netctl.zones.difference import with_serial
from netctl.zones.names import text
from netctl.zones.records import rdata_text, type_number, type_text
from netctl.zones.serial import next_serial

if TYPE_CHECKING:  # a shell is an SSH library: whoever reads zones needs none
    from netctl.devices.shell import Finished

_MOVED, _CUT_SHORT, _UNSOUND = 9, 8, 7  # how the script ends where it changed nothing
_DNSKEY = type_number("DNSKEY")
_PAUSE = 0.05  # seconds between two looks
_SCRIPT = """\
set -euf
new="$FILE.netctl"
trap 'rm -f "$new"' EXIT
umask 077
cat > "$new"
[ "$(sha256sum < "$new" | cut -c1-64)" = "$DIGEST" ] || exit 8
named-checkzone -i local "$NAME" "$new" >&2 || exit 7
chown --reference="$FILE" "$new"
chmod --reference="$FILE" "$new"
trap 'rm -f "$new"; $RNDC thaw $ZONE' EXIT
$RNDC freeze $ZONE
[ "$($RNDC zonestatus $ZONE | sed -n 's/^serial: //p')" = "$SERIAL" ] || exit 9
mv -f "$new" "$FILE"
"""


class Runner(Protocol):
    """A shell on the host of a primary; `netctl.devices.shell.Shell` is one."""

    def run(self, command: str, seconds: float, *, stdin: str = "") -> Finished:
        """A command that has ended, whatever its status."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ZoneFile:
    """Where a zone's file is on its primary, and how `rndc` is called there. `least` is how many messages are many."""

    runner: Runner
    path: str
    rndc: str = "rndc"
    least: int = 20

    def takes(self, after: ZoneData, messages: int) -> bool:
        """Whether this change is to be made as a file: many messages, and no signatures, which are the server's."""
        return messages >= self.least and (after.origin, _DNSKEY) not in after.rrsets

    def swap(self, place: ZonePlace, after: ZoneData, serial: int, seconds: float, now: Seconds = time.time) -> int:
        """Make the zone `after`, which was made from a zone with this serial; the serial that is served now.

        Raises `ZoneMoved` where the serial is another one, `CommandFailed`, `NameServerSilent`, or what the shell says.
        """
        risen = next_serial(serial)
        written = master_text(after, risen)
        done = self.runner.run(self._command(place, written, serial), seconds, stdin=written)
        if done.status == _MOVED:
            raise ZoneMoved(f"its SOA is no longer the one with serial {serial}", where=place.where)
        if done.status:
            what = {_CUT_SHORT: "did not arrive whole", _UNSOUND: "is refused by named-checkzone"}.get(done.status, "")
            lines = (done.errors or done.output).splitlines()
            said = f": {'; '.join(lines)[-400:]}" if lines else ""
            raise CommandFailed(f"the zone's file {what or 'could not be loaded'}{said}", where=place.where)
        _await(place, risen, seconds, now)
        return risen

    def _command(self, place: ZonePlace, written: str, serial: int) -> str:
        known = {
            "FILE": self.path,
            "DIGEST": hashlib.sha256(written.encode()).hexdigest(),
            "RNDC": self.rndc,
            "NAME": place.zone,
            "ZONE": " ".join([place.zone, "IN", place.view] if place.view else [place.zone]),
            "SERIAL": str(serial),
        }
        return "".join(f"{name}={shlex.quote(value)}\n" for name, value in known.items()) + _SCRIPT


def master_text(zone: ZoneData, serial: int) -> str:
    """The zone as a master file with this serial: absolute names, the SOA first (RFC 1035 section 5)."""
    apex = (zone.origin, SOA)
    return "".join(_lines(ZoneData(zone.origin, {apex: with_serial(zone.rrsets[apex], serial)}))) + "".join(
        _lines(ZoneData(zone.origin, {key: each for key, each in zone.rrsets.items() if key != apex}))
    )


def _lines(zone: ZoneData) -> Iterator[str]:
    for (owner, number), rrset in zone.rrsets.items():
        head = f"{text(owner)} {rrset.ttl} IN {type_text(number)}"
        for data in rrset.rdatas:
            yield f"{head} {rdata_text(number, data)}\n"


def _await(place: ZonePlace, serial: int, seconds: float, now: Seconds) -> None:
    """The server serves the zone under its new serial: `rndc` only says that it is about to."""
    end = time.monotonic() + seconds
    with Connection(place.server, seconds, where=place.where) as connection:
        while serial_in(soa(connection, place, now)) != serial:
            if time.monotonic() > end:
                break
            time.sleep(_PAUSE)
        else:
            return
    raise NameServerSilent(f"the zone's file was replaced, and is not served after {seconds:g} s", where=place.where)
