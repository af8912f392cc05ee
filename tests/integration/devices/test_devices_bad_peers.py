"""Every way a peer can misbehave ends in an error of its own, in time, with nothing left open."""

from __future__ import annotations

import os
import threading
import time
import types

import paramiko
import pytest
from integration.devices.peers import (
    HELLO,
    HOST_KEY,
    OTHER_KEY,
    SshServer,
    answer,
    answer_nothing,
    drip,
    line,
    netconf,
    receive_hello,
    receive_message,
    ssh_peer,
    tcp_peer,
)

from netctl.credentials import Mask
from netctl.devices.deadline import Deadline
from netctl.devices.frr import FrrDriver
from netctl.devices.netconf import IetfNetconfDriver
from netctl.devices.platform import load_platform
from netctl.devices.router import Context, RouterTarget
from netctl.devices.scan import shown_keys
from netctl.devices.shell import Shell
from netctl.devices.transport import Access
from netctl.devices.vendor import VendorGuard
from netctl.errors import (
    AuthenticationFailed,
    DeviceTimeout,
    DeviceUnreachable,
    HostKeyRefused,
    IdentityMismatch,
    ReplyMalformed,
)
from netctl.settings import Settings

ROOT = __import__("pathlib").Path(__file__).parents[3]
SECONDS = 1.0
PATIENCE = 3.0  # a deadline of one second that is seen to end within three is kept, on a busy machine too
MANY = 50 * 1024 * 1024


def sockets():
    found = 0
    for name in os.listdir("/proc/self/fd"):
        try:
            found += os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
        except OSError:
            pass
    return found


def strangers(known):
    return [thread.name for thread in threading.enumerate() if thread not in known and thread.is_alive()]


@pytest.fixture(autouse=True)
def nothing_left_behind():
    known, open_before = set(threading.enumerate()), sockets()
    yield
    until = time.monotonic() + 5
    while (strangers(known) or sockets() > open_before) and time.monotonic() < until:
        time.sleep(0.02)
    assert strangers(known) == []
    assert sockets() <= open_before


@pytest.fixture
def in_time():
    started = time.monotonic()
    yield
    assert time.monotonic() - started < PATIENCE + 7  # the peer's own threads are waited for as well


def access(port, **changes):
    facts = dict(
        name="rx-1", address="::1", port=port, username="netctl", host_keys=(line(HOST_KEY),), password="right"
    )
    return Access(**(facts | changes))


def options(port, **changes):
    return {
        "name": "rx-1",
        "port": port,
        "shell_port": port,
        "host_keys": (line(HOST_KEY),),
        "connect_timeout": SECONDS,
    } | changes


def open_shell(port, **changes):
    shell = Shell(access(port, **changes))
    shell.open(SECONDS)
    return shell


def timed(error, match, call, seconds=PATIENCE):
    started = time.monotonic()
    with pytest.raises(error, match=match) as caught:
        call()
    assert time.monotonic() - started < seconds
    assert caught.value.where == "rx-1"
    return caught.value


# ── before there is a session ────────────────────────────────────────────────────────────────────────────────────────


def never(connection, stop):
    stop.wait()


@pytest.mark.parametrize("driver", [FrrDriver, IetfNetconfDriver])
def test_a_peer_that_accepts_and_says_nothing_is_a_timeout(driver):
    with tcp_peer(never) as port:
        made = driver("::1", "netctl", "right", timeout=SECONDS, optional_args=options(port))
        timed(DeviceTimeout, "no end within 1 s", made.open)
        made.close()


def test_a_peer_that_drips_an_endless_banner_is_a_timeout():
    with tcp_peer(lambda connection, stop: drip(connection.sendall, stop)) as port:
        timed(DeviceTimeout, "SSH session", lambda: open_shell(port))


def test_a_peer_that_drips_banner_lines_for_ever_is_a_timeout():
    with tcp_peer(lambda connection, stop: drip(connection.sendall, stop, b"hello\r\n")) as port:
        timed((DeviceTimeout, DeviceUnreachable), "SSH", lambda: open_shell(port))


@pytest.mark.parametrize("banner", [b"", b"SSH-2", b"SSH-2.0-x\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_peer_that_closes_before_there_is_a_session_is_unreachable(banner):
    with tcp_peer(lambda connection, stop: connection.sendall(banner)) as port:
        timed(DeviceUnreachable, "no SSH session", lambda: open_shell(port))


def test_a_peer_whose_key_exchange_stops_is_a_timeout():
    def behave(connection, stop):
        connection.sendall(b"SSH-2.0-x\r\n")
        stop.wait()

    with tcp_peer(behave) as port:
        timed(DeviceTimeout, "SSH session", lambda: open_shell(port))


def test_a_closed_port_is_unreachable():
    with tcp_peer(never) as port:
        pass
    timed(DeviceUnreachable, "refused", lambda: open_shell(port))


def test_a_name_instead_of_an_address_is_unreachable():
    timed(DeviceUnreachable, "not an IP address", lambda: open_shell(22, address="router.example"))


def test_a_namespace_that_does_not_exist_is_unreachable():
    timed(DeviceUnreachable, "nt-none", lambda: open_shell(22, netns="nt-none"))


# ── who is there ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("driver", [FrrDriver, IetfNetconfDriver])
def test_a_changed_host_key_is_refused_before_anyone_logs_in(driver):
    server = SshServer()
    with ssh_peer(server, key=OTHER_KEY) as port:
        made = driver("::1", "netctl", "right", timeout=SECONDS, optional_args=options(port))
        error = timed(HostKeyRefused, "the inventory knows", made.open)
        made.close()
    assert "inventory/hostkeys.yaml" in error.hint
    assert server.attempts == []


@pytest.mark.parametrize("driver", [FrrDriver, IetfNetconfDriver])
def test_without_a_known_key_nobody_is_even_dialled(driver):
    made = driver("::1", "netctl", "right", timeout=SECONDS, optional_args=options(9, host_keys=()))
    error = timed(HostKeyRefused, "no host key is known", made.open)
    assert "scan-keys" in error.hint


def test_a_key_of_another_type_is_refused():
    rsa = paramiko.RSAKey.generate(2048)
    server = SshServer()
    with ssh_peer(server) as port:
        timed(HostKeyRefused, "no key of type", lambda: open_shell(port, host_keys=(line(rsa),)))
    assert server.attempts == []


def test_a_wrong_password_is_refused_by_name():
    with ssh_peer(SshServer()) as port:
        error = timed(AuthenticationFailed, "netctl", lambda: open_shell(port, password="wrong-password"))
    assert "wrong-password" not in str(error)


def test_a_key_the_router_does_not_know_is_refused(tmp_path):
    paramiko.RSAKey.generate(2048).write_private_key_file(str(tmp_path / "id"))
    with ssh_peer(SshServer()) as port:
        timed(AuthenticationFailed, "netctl", lambda: open_shell(port, key_file=str(tmp_path / "id")))


@pytest.mark.parametrize(
    "text", [None, "", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"]
)
def test_a_private_key_that_cannot_be_read_is_told(tmp_path, text):
    path = tmp_path / "id"
    if text is not None:
        path.write_text(text)
    with ssh_peer(SshServer()) as port:
        timed(AuthenticationFailed, "private key", lambda: open_shell(port, key_file=str(path)))


def test_nothing_to_show_is_told_before_anything_is_tried():
    server = SshServer()
    with ssh_peer(server) as port:
        timed(AuthenticationFailed, "neither a key nor a password", lambda: open_shell(port, password=""))
    assert server.attempts == []


def test_a_box_with_another_hostname_is_refused():
    def command(channel, stop, text):
        answer(channel, b"rx-9\n" if text == "uname -n" else b"")

    with ssh_peer(SshServer(command)) as port:
        driver = FrrDriver("::1", "netctl", "right", timeout=SECONDS, optional_args=options(port))
        context = Context(load_platform(ROOT, "frr"), None, Mask((), dict, b""))
        timed(IdentityMismatch, "'rx-9'", RouterTarget("rx-1", driver, context).open)


def test_scanning_shows_keys_and_logs_in_nowhere():
    server = SshServer()
    with ssh_peer(server) as port:
        assert shown_keys(access(port, host_keys=()), Deadline.after(5, "scan", "rx-1")) == (line(HOST_KEY),)
    assert server.attempts == []


def test_scanning_a_silent_peer_is_a_timeout():
    with tcp_peer(never) as port:
        timed(DeviceTimeout, "scan", lambda: shown_keys(access(port), Deadline.after(SECONDS, "scan", "rx-1")))


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def silence(channel, stop, text):
    stop.wait()


def dripping(channel, stop, text):
    drip(channel.sendall, stop)


def much(channel, stop, text):
    sent = 0
    while sent < MANY and not stop.is_set():
        sent += channel.send(b"x" * 32768)
    answer(channel)


def half(channel, stop, text):
    channel.sendall(b"half a re")
    channel.get_transport().close()


def run(port):
    shell = open_shell(port)
    try:
        return shell.run("show", SECONDS)
    finally:
        shell.close()


@pytest.mark.parametrize("behave", [silence, dripping])
def test_a_command_that_never_ends_is_a_timeout(behave):
    with ssh_peer(SshServer(behave)) as port:
        timed(DeviceTimeout, "run `show`", lambda: run(port))


def test_after_a_timeout_the_session_is_gone():
    with ssh_peer(SshServer(silence)) as port:
        shell = open_shell(port)
        timed(DeviceTimeout, "run", lambda: shell.run("show", 0.2))
        timed(DeviceUnreachable, "gone", lambda: shell.run("show", 0.2))
        shell.close()


def test_a_reply_of_fifty_megabytes_is_refused():
    with ssh_peer(SshServer(much)) as port:
        shell = open_shell(port)
        try:
            timed(ReplyMalformed, "more than 1048576 bytes", lambda: shell.run("show", 10, limit=1 << 20))
        finally:
            shell.close()


def test_a_session_cut_in_a_reply_is_told():
    with ssh_peer(SshServer(half)) as port:
        timed(DeviceUnreachable, "broke", lambda: run(port))


def test_a_running_state_without_parts_is_refused():
    def command(channel, stop, text):
        answer(channel, b"hello")

    with ssh_peer(SshServer(command)) as port:
        driver = FrrDriver("::1", "netctl", "right", timeout=SECONDS, optional_args=options(port))
        driver.open()
        timed(ReplyMalformed, "parts", lambda: driver.get_config("running"))
        driver.close()


# ── NETCONF ──────────────────────────────────────────────────────────────────────────────────────────────────────────

NS = b'xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"'


def chunk(data):
    return b"\n#%d\n%s" % (len(data), data)


def opened(port, seconds=SECONDS):
    driver = IetfNetconfDriver("::1", "netctl", "right", timeout=seconds, optional_args=options(port))
    driver.open()
    return driver


def ask(behave, error, match, seconds=SECONDS):
    with ssh_peer(SshServer(on_netconf=behave)) as port:
        driver = opened(port, seconds)
        try:
            return timed(error, match, lambda: driver.get_config("running"), seconds + PATIENCE)
        finally:
            driver.close()


def greet(behave, error, match):
    with ssh_peer(SshServer(on_netconf=behave)) as port:
        return timed(error, match, lambda: opened(port))


def test_no_hello_is_a_timeout():
    greet(lambda channel, stop: stop.wait(), DeviceTimeout, "NETCONF session")


def test_half_a_hello_is_a_timeout():
    def behave(channel, stop):
        channel.sendall(HELLO[:60])
        stop.wait()

    greet(behave, DeviceTimeout, "NETCONF session")


def test_a_dripping_hello_is_a_timeout():
    greet(lambda channel, stop: drip(channel.sendall, stop), DeviceTimeout, "NETCONF session")


def test_a_hello_cut_short_is_told():
    def behave(channel, stop):
        channel.sendall(HELLO[:60])
        channel.close()

    greet(behave, ReplyMalformed, "closed the session")


def test_a_server_without_netconf_is_unreachable():
    greet(None, DeviceUnreachable, "NETCONF")


def test_a_hello_that_is_not_xml_is_refused():
    greet(lambda channel, stop: channel.sendall(b"hello]]>]]>"), ReplyMalformed, "XML")


def test_a_server_that_never_answers_is_a_timeout():
    def behave(channel, stop):
        channel.sendall(HELLO)
        receive_hello(channel)
        stop.wait()

    greet(behave, DeviceTimeout, "NETCONF session")


def test_a_server_that_loses_what_comes_with_our_hello_is_greeted_anew():
    sessions = []

    def behave(channel, stop):
        sessions.append(channel)
        channel.sendall(HELLO)
        stop.wait(0.2)  # so slow that what we say next comes in one piece with our hello
        if receive_hello(channel):
            stop.wait()
            return
        while True:
            answer_nothing(channel, receive_message(channel))

    with ssh_peer(SshServer(on_netconf=behave)) as port:
        driver = IetfNetconfDriver(
            "::1", "netctl", "right", timeout=10, optional_args=options(port, connect_timeout=10)
        )
        driver.open()
        assert "<data" in driver.get_config("running")["running"]
        driver.close()
    assert len(sessions) == 2


def test_half_a_reply_and_silence_is_a_timeout():
    def reply(channel, stop, number):
        channel.sendall(chunk(b"<rpc-reply %s>" % NS))
        stop.wait()

    ask(netconf(reply), DeviceTimeout, "get-config")


def test_a_dripping_reply_is_a_timeout():
    def reply(channel, stop, number):
        drip(channel.sendall, stop, chunk(b" "))

    ask(netconf(reply), DeviceTimeout, "get-config")


def test_half_a_reply_and_the_end_is_told():
    def reply(channel, stop, number):
        channel.sendall(chunk(b"<rpc-reply %s>" % NS))
        channel.close()

    ask(netconf(reply), ReplyMalformed, "closed the session before its reply")


def test_a_netconf_reply_of_fifty_megabytes_is_refused_soon():
    def reply(channel, stop, number):
        for _ in range(MANY // 32768):
            channel.sendall(chunk(b"x" * 32768))

    ask(netconf(reply), ReplyMalformed, "more than 33554432 bytes", seconds=30)


def test_a_netconf_chunk_that_announces_too_much_is_refused_at_once():
    def reply(channel, stop, number):
        channel.sendall(b"\n#4294967295\nx")
        stop.wait()

    ask(netconf(reply), ReplyMalformed, "more than")


@pytest.mark.parametrize(
    ("body", "match"),
    [
        (b"this is not xml", "XML"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><rpc-reply/>', "document type"),
        (b"<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>", "message-id"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_reply_that_is_not_understood_is_told(body, match):
    def reply(channel, stop, number):
        channel.sendall(chunk(body) + b"\n##\n")
        stop.wait()

    ask(netconf(reply), ReplyMalformed, match)


def test_bytes_that_are_no_chunk_are_told():
    def reply(channel, stop, number):
        channel.sendall(b"rpc-reply, chunks were not heard of here")
        stop.wait()

    ask(netconf(reply), ReplyMalformed, "not a NETCONF chunk")


# ── NAPALM's own drivers ─────────────────────────────────────────────────────────────────────────────────────────────


def vendor(port, tmp_path, **changes):
    platform = load_platform(ROOT, "cisco_ios")
    settings = Settings(home=tmp_path, connect_timeout=2, command_timeout=2)
    return VendorGuard(platform.driver_class(), access(port, **changes), settings, dict(platform.options))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_vendors_driver_waits_for_a_prompt_only_so_long(tmp_path):
    with ssh_peer(SshServer()) as port:
        guard = vendor(port, tmp_path)
        timed((DeviceTimeout, DeviceUnreachable), "open a session", guard.open, 8)
        guard.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_vendors_driver_refuses_a_changed_host_key_too(tmp_path):
    server = SshServer()
    with ssh_peer(server, key=OTHER_KEY) as port:
        guard = vendor(port, tmp_path)
        timed(HostKeyRefused, "open a session", guard.open, 8)
        guard.close()
    assert server.attempts == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_vendors_driver_is_let_in_with_the_inventorys_key_and_told_off_for_a_wrong_password(tmp_path):
    server = SshServer()
    with ssh_peer(server) as port:
        guard = vendor(port, tmp_path, password="wrong")
        timed(AuthenticationFailed, "open a session", guard.open, 8)
        guard.close()
    assert server.attempts
