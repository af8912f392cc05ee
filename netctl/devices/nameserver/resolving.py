"""Whether a resolver resolves: asked for a name as a host asks it, with recursion wanted (RFC 1035 section 4.1.1)."""

from __future__ import annotations

from netctl.devices.nameserver.messages import question, refusal, require_answer
from netctl.devices.nameserver.server import NameServer
from netctl.devices.nameserver.transport import Connection
from netctl.errors import NameServerFailed
from netctl.zones.data import SOA, Name
from netctl.zones.names import text
from netctl.zones.wire import read

_WANTED = 1  # RD, in the third byte


def resolve(server: NameServer, name: Name, seconds: float) -> None:
    """Nothing where the resolver gives the SOA of `name`; else raises what the line or the server says."""
    where = f"{server.name} {text(name)}"
    asked = bytearray(question(name, SOA))
    asked[2] |= _WANTED
    message = bytes(asked)
    with Connection(server, seconds, where=where) as connection:
        connection.send(message)
        answer = connection.receive()
    if code := require_answer(answer, message, where):
        raise refusal(code, where, "a question for the SOA")
    if not any(record.key == (name, SOA) for record in read(answer).answers):
        raise NameServerFailed("the resolver answers without a SOA", where=where)
