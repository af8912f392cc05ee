"""A NETCONF session (RFC 6241) with the server on this box, end-of-message framing (RFC 6242 section 4.3)."""

from __future__ import annotations

import os
import select
import subprocess
import time
import xml.etree.ElementTree as ET

BASE = "{urn:ietf:params:xml:ns:netconf:base:1.0}"
_END = b"]]>]]>"
_HELLO = (
    '<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>'
    "<capability>urn:ietf:params:netconf:base:1.0</capability></capabilities></hello>"
)


class SessionLost(Exception):
    """The server closed the session or said nothing for too long."""


class Session:
    """One session. `user` is who the server takes us for."""

    def __init__(self, socket: str, user: str) -> None:
        environment = {**os.environ, "USER": user, "SSH_CONNECTION": "::1 1 ::1 830"}
        command = ["/usr/sbin/netconf-subsystem", f"--ncxserver-sockname=830@{socket}"]
        self._peer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self._received = b""
        self._number = 0
        self._send(_HELLO)
        self._receive(10)

    def subscribe(self) -> None:
        """Ask for notifications (RFC 5277) on this session."""
        self._ask('<create-subscription xmlns="urn:ietf:params:xml:ns:netconf:notification:1.0"/>')

    def running(self) -> ET.Element:
        """The ``data`` element of the running datastore."""
        reply = self._ask("<get-config><source><running/></source></get-config>")
        data = reply.find(f"{BASE}data")
        if data is None:
            raise SessionLost("a reply without data")
        return data

    def wait(self, seconds: float) -> bool:
        """True as soon as a notification comes, with what follows it at once taken too; False after `seconds`."""
        try:
            self._receive(seconds)
        except TimeoutError:
            return False
        while _END in self._received or self._readable(0.05):
            self._receive(5)
        return True

    def close(self) -> None:
        """End the session, whatever state it is in."""
        self._peer.kill()
        self._peer.wait()

    def _ask(self, operation: str) -> ET.Element:
        self._number += 1
        base = "urn:ietf:params:xml:ns:netconf:base:1.0"
        self._send(f'<rpc xmlns="{base}" message-id="{self._number}">{operation}</rpc>')
        reply = ET.fromstring(self._receive(30))  # noqa: S314
        while reply.tag != f"{BASE}rpc-reply":  # a notification came in between; what it told is read again anyway
            reply = ET.fromstring(self._receive(30))  # noqa: S314
        return reply

    def _send(self, text: str) -> None:
        stream = self._peer.stdin
        if stream is None:
            raise SessionLost("no way to write")
        try:
            stream.write(text.encode() + _END)
            stream.flush()
        except BrokenPipeError as error:
            raise SessionLost("the server is gone") from error

    def _readable(self, seconds: float) -> bool:
        stream = self._peer.stdout
        return stream is not None and bool(select.select([stream], [], [], seconds)[0])

    def _receive(self, seconds: float) -> str:
        stream = self._peer.stdout
        if stream is None:
            raise SessionLost("no way to read")
        until = time.monotonic() + seconds
        while _END not in self._received:
            left = until - time.monotonic()
            if left <= 0 or not select.select([stream], [], [], left)[0]:
                raise TimeoutError("no message")
            chunk = os.read(stream.fileno(), 65536)
            if not chunk:
                raise SessionLost("the server closed the session")
            self._received += chunk
        message, _, self._received = self._received.partition(_END)
        return message.decode()
