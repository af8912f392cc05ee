"""A whole zone changed at once: its file replaced on the server's host, then loaded, for changes of many messages.

One script does it there: what arrived is checked, BIND is told to take no updates, the serial is compared, the file is
replaced by a rename, and BIND loads it (`rndc freeze` and `thaw`). However the script ends, and be it by `kill -9`,
updates are taken again: a process beside it, in a session of its own, waits for a lock that ends with the script, and
thaws. Nobody needs to see its end.
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
from netctl.errors import CommandFailed, NameServerSilent, ZoneFrozen, ZoneMoved
from netctl.zones.data import SOA, ZoneData
from netctl.zones.difference import with_serial
from netctl.zones.names import text
from netctl.zones.records import rdata_text, type_number, type_text
from netctl.zones.serial import next_serial

if TYPE_CHECKING:  # a shell is an SSH library: whoever reads zones needs none
    from netctl.devices.shell import Finished

_MOVED, _CUT_SHORT, _UNSOUND, _UNPLACED, _FROZEN = 9, 8, 7, 6, 5  # how the script ends where it changed nothing
_SAID = {
    _CUT_SHORT: "did not arrive whole",
    _UNSOUND: "is refused by named-checkzone",
    _UNPLACED: "is not where named.conf says, or on another file system than the folder it arrives in",
}
_DNSKEY = type_number("DNSKEY")
_PAUSE = 0.05  # seconds between two looks
# The zone's folder is BIND's, who must not be able to put a link where root writes: the file is made elsewhere. For the
# same reason the path that BIND says is believed only where root's own configuration names it.
_SCRIPT = r"""set -euf
trap '' HUP INT PIPE TERM
PATH=$PATH:/usr/sbin:/sbin
umask 077
mkdir -p "$FOLDER"
new=$(mktemp "$FOLDER/zone.XXXXXX")
trap 'rm -f "$new"' EXIT
cat > "$new"
[ "$(sha256sum < "$new" | cut -c1-64)" = "$DIGEST" ] || exit 8
said=$(named-checkzone -k ignore -i local "$NAME" "$new" 2>&1) || { printf '%.2000s' "$said" >&2; exit 7; }
state=$($RNDC zonestatus $ZONE)
if [ -z "$FILE" ]; then
    FILE=$(printf '%s\n' "$state" | sed -n 's/^files: //p')
    grep -qF "file \"$FILE\";" /etc/bind/named.conf || exit 6
fi
[ "$(stat -c %d "$FOLDER")" = "$(stat -c %d "$(dirname "$FILE")")" ] || exit 6
! printf '%s\n' "$state" | grep -qx 'frozen: yes' || exit 5
chown --reference="$FILE" "$new"
chmod --reference="$FILE" "$new"
sync "$new"
exec 9> "$new.lock"
flock 9
export new RNDC ZONE
setsid sh -fc '
    exec 9>&-
    flock "$new.lock" $RNDC thaw $ZONE
    status=$?
    rm -f "$new" "$new.lock"
    exit $status
' < /dev/null &
trap 'status=$?; exec 9>&-; wait $! || exit 1; exit $status' EXIT
$RNDC freeze $ZONE
[ "$($RNDC zonestatus $ZONE | sed -n 's/^serial: //p')" = "$SERIAL" ] || exit 9
mv -fT "$new" "$FILE"
"""


class Runner(Protocol):
    """A shell on the host of a primary; `netctl.devices.shell.Shell` is one."""

    def run(self, command: str, seconds: float, *, stdin: str = "") -> Finished:
        """A command that has ended, whatever its status."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class ZoneFile:
    """A way to a zone's file on its primary. `path` is "" where BIND says it; `least` is how many messages are many.

    What arrives waits in `folder`, which is root's and on the file system of the zone's file.
    """

    runner: Runner
    path: str = ""
    rndc: str = "rndc"
    least: int = 20
    folder: str = "/var/lib/netctl"

    def takes(self, after: ZoneData, messages: int) -> bool:
        """Whether this change is to be made as a file: many messages, and no signatures, which are the server's."""
        return messages >= self.least and (after.origin, _DNSKEY) not in after.rrsets

    def swap(self, place: ZonePlace, after: ZoneData, serial: int, seconds: float, now: Seconds = time.time) -> int:
        """Make the zone `after`, which was made from a zone with this serial; the serial that is served now.

        Raises `ZoneMoved` where the serial is another one, `ZoneFrozen`, `CommandFailed`, `NameServerSilent`, or what
        the shell says.
        """
        risen = next_serial(serial)
        written = master_text(after, risen)
        done = self.runner.run(self._command(place, written, serial), seconds, stdin=written)
        if done.status == _MOVED:
            raise ZoneMoved(f"its SOA is no longer the one with serial {serial}", where=place.where)
        if done.status == _FROZEN:
            raise ZoneFrozen("its updates are held back on the server", where=place.where)
        if done.status:
            lines = (done.errors or done.output).splitlines()
            said = f": {'; '.join(lines)[-400:]}" if lines else ""
            raise CommandFailed(
                f"the zone's file {_SAID.get(done.status, 'could not be loaded')}{said}", where=place.where
            )
        _await(place, risen, seconds, now)
        return risen

    def _command(self, place: ZonePlace, written: str, serial: int) -> str:
        known = {
            "FILE": self.path,
            "FOLDER": self.folder,
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
