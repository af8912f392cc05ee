"""An ncclient session over an SSH transport of ours, whose host key was verified before ncclient sees it."""

from __future__ import annotations

import math
import time
from typing import Any

import paramiko
from lxml import etree
from ncclient.devices.default import DefaultDeviceHandler
from ncclient.manager import Manager
from ncclient.operations import RaiseMode, RPCError
from ncclient.transport.errors import SessionCloseError, TransportError
from ncclient.transport.session import NetconfBase
from ncclient.transport.ssh import SSHSession

from netctl.devices.deadline import Deadline
from netctl.devices.netconf.framing import BoundedFraming
from netctl.devices.transport import Access, close, connect
from netctl.errors import DeviceTimeout, DeviceUnreachable, NetctlError, ReplyMalformed

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
_GREETINGS = ((0.05, 2.0), (0.3, 4.0), (2.0, 60.0))  # seconds before the first request, and seconds for its answer
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=False
)


def element(name: str, *children: etree._Element | str, namespace: str = BASE) -> etree._Element:
    """An element with children, or with a text."""
    made = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]  # lxml's word for "no prefix"
    for child in children:
        if isinstance(child, str):
            made.text = child
        else:
            made.append(child)
    return made


def parsed(text: str, where: str) -> etree._Element:
    """A document from a router, read without entities, DTDs or network; raises `ReplyMalformed`."""
    try:
        return etree.fromstring(text.encode(), _PARSER)
    except etree.XMLSyntaxError as error:
        raise ReplyMalformed(f"not XML: {error}", where=where) from error


class _Handler(DefaultDeviceHandler):  # type: ignore[misc]  # ncclient has no types
    # What ncclient infers as the types of these two is narrower than what it does with their results.
    def get_xml_parser(self, session: Any) -> BoundedFraming:  # pyright: ignore[reportIncompatibleMethodOverride]
        return BoundedFraming(session)

    def handle_raw_dispatch(self, raw: str) -> Exception:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What is not XML fails the request it answers, and at once."""
        return ReplyMalformed(f"not XML: {raw[:60]!r}")


class _Session(SSHSession):  # type: ignore[misc]  # ncclient has no types
    """ncclient's session, given a channel instead of making its own connection."""

    def __init__(self, transport: paramiko.Transport, channel: paramiko.Channel) -> None:
        super().__init__(_Handler({}))
        self._transport = transport
        self._channel = channel
        self._channel_name = "netconf"
        self.parser = BoundedFraming(self)
        self._connected = True

    def send(self, message: str) -> None:
        """Write at once: ncclient's own loop would look at its queue a tenth of a second later."""
        if self._channel is None:
            raise TransportError("the session is gone")
        data = message.encode()
        framed = b"\n#%d\n%s\n##\n" % (len(data), data)
        self._channel.sendall(framed if self._base == NetconfBase.BASE_11 else data + b"]]>]]>")

    def greet(self, seconds: float) -> None:
        """Exchange capabilities."""
        self._post_connect(math.ceil(seconds))


class NetconfSession:
    """Requests to one NETCONF server, one after the other; `seconds` bounds each of them."""

    def __init__(self, access: Access, seconds: float) -> None:
        self.access = access
        self.seconds = seconds
        self._transport: paramiko.Transport | None = None
        self._session: _Session | None = None
        self._manager: Any = None

    @property
    def name(self) -> str:
        """The router's name, for errors."""
        return self.access.name

    def open(self, seconds: float) -> None:
        """Connect, exchange capabilities and get a first answer. Raises as `transport.connect`, or `ReplyMalformed`.

        yuma123's netconfd 2.13 loses a request that it reads in one piece with our hello, and with it the session: the
        framing changes between the two (RFC 6242 section 4.1). No message says that a hello was read, so the first
        request comes a little later and asks for nothing; a server that does not answer it is greeted anew, with more
        time.
        """
        deadline = Deadline.after(seconds, "open a NETCONF session", self.access.name)
        for pause, patience in _GREETINGS:
            self._greet(deadline)
            time.sleep(min(pause, deadline.left))
            if self._answers(min(patience, deadline.left)):
                return
        raise deadline.passed()

    def _answers(self, seconds: float) -> bool:
        nothing = element("filter")
        nothing.set("type", "subtree")
        try:
            self.rpc(element("get", nothing), seconds)
        except DeviceTimeout:
            return False
        return True

    def _greet(self, deadline: Deadline) -> None:
        transport = self._transport = connect(self.access, deadline)
        try:
            with deadline.enforced(transport.close):
                channel = transport.open_session(timeout=deadline.left)
                channel.invoke_subsystem("netconf")
                self._session = _Session(transport, channel)
                self._session.greet(deadline.left + 5)
        except BaseException as error:
            self.close()
            if isinstance(error, Exception):
                raise self._translated(error) from error
            raise
        self._manager = Manager(
            self._session, _Handler({}), timeout=math.ceil(self.seconds) + 5, raise_mode=RaiseMode.ALL
        )

    def close(self) -> None:
        """Nothing of the connection or its threads is left; the server drops this session's locks."""
        transport, session = self._transport, self._session
        self._transport = self._session = self._manager = None
        if session is not None and session.is_alive():
            session.close()
            session.join(5)
        close(transport)

    @property
    def alive(self) -> bool:
        """True while the connection stands."""
        return self._session is not None and self._session.is_alive() and self._session.connected

    @property
    def session_id(self) -> str:
        """The server's number for this session."""
        return str(self._session.id) if self._session is not None else ""

    def supports(self, capability: str) -> bool:
        """Does the server announce it, such as ``:startup``?"""
        return self._manager is not None and capability in self._manager.server_capabilities

    def rpc(self, operation: etree._Element, seconds: float = 0) -> etree._Element:
        """The parsed reply to one request; `seconds` where it has less time than the session's own.

        Raises ncclient's `RPCError` where the server says no, `DeviceTimeout` (the session is closed then),
        `DeviceUnreachable` and `ReplyMalformed`.
        """
        transport = self._transport
        if transport is None or not self.alive:
            raise DeviceUnreachable("the NETCONF session is gone", where=self.name)
        what = etree.QName(operation).localname
        deadline = Deadline.after(seconds or self.seconds, f"NETCONF {what}", self.name)
        try:
            with deadline.enforced(transport.close):
                reply = self._manager.rpc(operation)
        except RPCError:
            raise
        except Exception as error:
            self.close()
            raise self._translated(error, what) from error
        return parsed(reply.xml, self.name)

    def notifications(self, quiet: float) -> list[str]:
        """Notifications that have come, until none came for `quiet` seconds."""
        found: list[str] = []
        while (one := self._manager.take_notification(True, quiet)) is not None:
            found.append(one.notification_xml)
        return found

    def _translated(self, error: Exception, what: str = "hello") -> Exception:
        if isinstance(error, NetctlError):
            return type(error)(error.message, where=self.name, hint=error.hint)
        if isinstance(error, SessionCloseError):
            return ReplyMalformed(f"NETCONF {what}: the router closed the session before its reply", where=self.name)
        if isinstance(error, (TransportError, paramiko.SSHException, EOFError, OSError)):
            return DeviceUnreachable(f"NETCONF {what}: {error or type(error).__name__}", where=self.name)
        return ReplyMalformed(f"NETCONF {what}: {type(error).__name__}: {error}", where=self.name)
