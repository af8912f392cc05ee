"""Peers that behave badly: real sockets on loopback, and a real SSH server whose commands and subsystem we write."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

import paramiko

HOST_KEY = paramiko.ECDSAKey.generate()
OTHER_KEY = paramiko.ECDSAKey.generate()


def line(key):
    """A key as the inventory writes it."""
    return f"{key.get_name()} {key.get_base64()}"


@contextmanager
def tcp_peer(behave):
    """A port where every connection is handled by `behave(socket, stop)` in a thread; all of them end with the block."""
    stop = threading.Event()
    listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    threads, connections = [], []

    def serve(connection):
        try:
            behave(connection, stop)
        except OSError:
            pass
        finally:
            connection.close()

    def accept():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connections.append(connection)
            thread = threading.Thread(target=serve, args=(connection,), name="peer", daemon=True)
            threads.append(thread)
            thread.start()

    acceptor = threading.Thread(target=accept, name="peer", daemon=True)
    acceptor.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in connections:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for thread in [acceptor, *threads]:
            thread.join(10)
            assert not thread.is_alive()


class SshServer(paramiko.ServerInterface):
    """Lets `user` in with `password` or any key; remembers who tried. Commands go to `on_command`, NETCONF to `on_netconf`."""

    def __init__(self, on_command=None, on_netconf=None, user="netctl", password="right", accept_keys=False):
        self.on_command, self.on_netconf = on_command, on_netconf
        self.user, self.password, self.accept_keys = user, password, accept_keys
        self.attempts = []
        self.stop = threading.Event()
        self.threads = []

    def get_allowed_auths(self, username):
        return "password,publickey"

    def check_auth_password(self, username, password):
        self.attempts.append(("password", username))
        right = (username, password) == (self.user, self.password)
        return paramiko.common.AUTH_SUCCESSFUL if right else paramiko.common.AUTH_FAILED

    def check_auth_publickey(self, username, key):
        self.attempts.append(("publickey", username))
        return paramiko.common.AUTH_SUCCESSFUL if self.accept_keys else paramiko.common.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.common.OPEN_SUCCEEDED

    def check_channel_exec_request(self, channel, command):
        return self._start(self.on_command, channel, command.decode())

    def check_channel_subsystem_request(self, channel, name):
        return name == "netconf" and self._start(self.on_netconf, channel)

    def check_channel_pty_request(self, *_):
        return True

    def check_channel_shell_request(self, channel):
        return True  # and then nothing: a prompt that never comes

    def _start(self, behave, channel, *arguments):
        if behave is None:
            return False

        def run():
            self.stop.wait(0.05)  # the request itself is answered after this method returns
            try:
                behave(channel, self.stop, *arguments)
            except (OSError, EOFError, paramiko.SSHException):
                pass

        thread = threading.Thread(target=run, name="peer channel", daemon=True)
        self.threads.append(thread)
        thread.start()
        return True


@contextmanager
def ssh_peer(server, key=HOST_KEY):
    """A port with an SSH server."""
    transports = []

    def behave(connection, stop):
        transport = paramiko.Transport(connection)
        transports.append(transport)
        transport.set_log_channel("peer")
        transport.add_server_key(key)
        try:
            transport.start_server(server=server)
        except (paramiko.SSHException, EOFError):
            return
        transport.join()

    try:
        with tcp_peer(behave) as port:
            yield port
            server.stop.set()
            for transport in transports:
                transport.close()
                transport.packetizer.complete_handshake()
        for thread in server.threads:  # one that turned for ever would eat the time of all tests after it
            thread.join(10)
            assert not thread.is_alive()
    finally:
        server.stop.set()


def answer(channel, output=b"", status=0):
    """A command that ends."""
    channel.sendall(output)
    channel.send_exit_status(status)
    channel.close()


def drip(send, stop, data=b"x"):
    """A byte now and then, for ever."""
    while not stop.wait(0.02):
        send(data)


HELLO = (
    b'<hello xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><capabilities>'
    b"<capability>urn:ietf:params:netconf:base:1.0</capability>"
    b"<capability>urn:ietf:params:netconf:base:1.1</capability>"
    b"<capability>urn:ietf:params:netconf:capability:candidate:1.0</capability>"
    b"<capability>urn:ietf:params:netconf:capability:confirmed-commit:1.1</capability>"
    b"<capability>urn:ietf:params:netconf:capability:validate:1.1</capability>"
    b"</capabilities><session-id>7</session-id></hello>]]>]]>"
)


def receive_message(channel):
    """One request in NETCONF 1.1's framing, and its message-id."""
    data = b""
    while b"\n##\n" not in data:
        piece = channel.recv(65536)
        if not piece:
            raise EOFError
        data += piece
    return data.split(b'message-id="')[1].split(b'"')[0] if b'message-id="' in data else b""


def answer_nothing(channel, number):
    """An empty reply to the first request of a session."""
    empty = b'<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" message-id="%s"><data/></rpc-reply>' % number
    channel.sendall(b"\n#%d\n%s\n##\n" % (len(empty), empty))


def receive_hello(channel):
    """Our hello, and what came in one piece with it."""
    greeting = b""
    while b"]]>]]>" not in greeting:
        piece = channel.recv(65536)
        if not piece:
            raise EOFError
        greeting += piece
    return greeting.split(b"]]>]]>", 1)[1]


def netconf(reply):
    """A NETCONF server that greets, answers the first request, and then does `reply(channel, stop, message_id)`."""

    def behave(channel, stop):
        channel.sendall(HELLO)
        receive_hello(channel)
        answer_nothing(channel, receive_message(channel))
        reply(channel, stop, receive_message(channel))

    return behave
