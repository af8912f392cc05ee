"""One TCP connection to a name server: whole messages out and in, all of it within one hard deadline."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from netctl.devices.deadline import Deadline
from netctl.devices.nameserver.server import NameServer
from netctl.devices.reach import dial
from netctl.errors import AnswerCutShort, DeviceTimeout, DeviceUnreachable, NameServerSilent, NameServerUnreachable

_CHUNK = 1 << 18  # bytes asked of the socket at once: an AXFR comes in messages of up to 64 KiB
_LONGEST = 0xFFFF  # a message's length has two bytes (RFC 1035 section 4.2.2)


class Connection:
    """Messages to and from one server. `size` counts what came in, in bytes.

    Every method raises `NameServerSilent` when the deadline has passed, and `AnswerCutShort` where the server closed.
    """

    def __init__(self, server: NameServer, seconds: float, *, where: str = "") -> None:
        self._where = where or server.name
        self._server = server
        self._deadline = Deadline.after(seconds, "ask the name server", self._where)
        self._waiting = bytearray()
        self.size = 0
        self._socket = self._dial(server)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """No more on this connection."""
        self._socket.close()

    def begin(self, seconds: float, where: str) -> None:
        """Another operation on the same connection: it has a deadline of its own."""
        self._where = where
        self._deadline = Deadline.after(seconds, "ask the name server", where)

    def renew(self) -> None:
        """Begin anew, within the same deadline: nothing that was still to come is mistaken for an answer."""
        self._socket.close()
        self._waiting.clear()
        self._socket = self._dial(self._server)

    def send(self, message: bytes) -> None:
        """One message, with its length before it; raises `ValueError` for one that TCP cannot carry."""
        if len(message) > _LONGEST:
            raise ValueError(f"a message of {len(message)} bytes")
        with self._told():
            self._socket.settimeout(self._deadline.left)
            self._socket.sendall(len(message).to_bytes(2, "big") + message)

    def receive(self) -> bytes:
        """The next message."""
        return self._take(int.from_bytes(self._take(2), "big"))

    def _take(self, count: int) -> bytes:
        while len(self._waiting) < count:
            with self._told():
                self._socket.settimeout(self._deadline.left)
                data = self._socket.recv(_CHUNK)
            if not data:
                raise AnswerCutShort(f"the server closed the connection after {self.size} bytes", where=self._where)
            self._waiting += data
            self.size += len(data)
        taken = bytes(memoryview(self._waiting)[:count])
        del self._waiting[:count]
        return taken

    def _dial(self, server: NameServer) -> socket.socket:
        """The first address that lets us in; each has at most an equal share of the time that is left."""
        last: Exception | None = None
        for number, address in enumerate(server.addresses):
            with self._told():
                share = min(server.patience, self._deadline.left / (len(server.addresses) - number))
            try:
                return dial(address, server.port, share, netns=server.netns, where=self._where)
            except (DeviceTimeout, DeviceUnreachable) as error:
                last = error
        message = last.message if isinstance(last, (DeviceTimeout, DeviceUnreachable)) else "it has no address"
        raise NameServerUnreachable(message, where=self._where) from last

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (TimeoutError, DeviceTimeout) as error:
            raise NameServerSilent(f"no answer within {self._deadline.seconds:g} s", where=self._where) from error
        except OSError as error:
            raise AnswerCutShort(f"the connection broke: {error.strerror or error}", where=self._where) from error
