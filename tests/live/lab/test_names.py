"""Name servers and resolvers of a raised lab: hosts ask them, zones reach the copies, and each can lose its power."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import dns.message
import dns.query
import dns.rcode
import dns.rdatatype
import pytest
from live.small_lab import Lab

from netctl import inventory
from netctl.control.dns.boxes import server_connector
from netctl.control.dns.places import Places
from netctl.devices.nameserver.convergence import converge
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.devices.reach import dial
from netctl.devices.router import RouterTarget
from netctl.errors import DeviceTimeout, DeviceUnreachable
from netctl.model.artefact import Part
from netctl.services.dns.declared import DeclaredDns
from netctl.services.dns.load import load
from netctl.store import Store
from netctl.zones.data import RRset, ZoneData
from netctl.zones.names import wire

pytestmark = pytest.mark.live

ROUTER, LOOPBACK = "r1.rivers-hq.gov-wan.example", "3fff:300::12"
HOSTS = ("main-host", "backup-host", "rivers-hq-host", "rivers-east-host")
ZONE = "rivers.gov-wan.example."


@pytest.fixture(scope="module")
def declared(lab: Lab) -> DeclaredDns:
    """What the lab's network declares of names, its servers' host keys among it."""
    found = load(inventory.load(lab.root))
    assert found is not None
    return found


@pytest.fixture
def mended(lab: Lab) -> Iterator[None]:
    """Whatever a test breaks works again when it ends."""
    yield
    lab.heal()
    lab.wait_converged()


def ask(lab: Lab, declared: DeclaredDns, server: str, owner: str, kind: str) -> dns.message.Message:
    """What a server says to the operations room, which has no other way to it than the network's own routers.

    A server may close a connection before it answers, and is asked once more then (RFC 7766 section 6.2.4).
    """
    address = declared.servers[server].addresses[0]
    for _ in range(2):
        with dial(address, 53, 2, netns=lab.settings.management_netns) as connection, contextlib.suppress(EOFError):
            connection.setblocking(False)
            return dns.query.tcp(dns.message.make_query(owner, kind), address, timeout=10, sock=connection)
    pytest.fail(f"{server} closed two connections without an answer")


def data(answer: dns.message.Message, kind: str) -> set[str]:
    """The data of the records of one type."""
    number = dns.rdatatype.from_text(kind)
    return {rdata.to_text() for rrset in answer.answer if rrset.rdtype == number for rdata in rrset}


def forget(lab: Lab, *resolvers: str) -> None:
    """Let resolvers ask anew."""
    for resolver in resolvers:
        lab.execute(resolver, "unbound-control", "flush_zone", ".")


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_resolves_a_router_s_name_and_its_address(lab: Lab, host: str) -> None:
    assert LOOPBACK in lab.execute(host, "getent", "ahosts", ROUTER)
    assert LOOPBACK in lab.execute(host, "getent", "ahosts", "r1.rivers-hq")  # in the network's own domain
    assert lab.execute(host, "getent", "hosts", LOOPBACK).split() == [LOOPBACK, ROUTER]


@pytest.mark.parametrize("resolver", ["resolve1", "resolve2"])
def test_the_resolver_of_each_centre_knows_names_and_addresses(lab: Lab, declared: DeclaredDns, resolver: str) -> None:
    assert data(ask(lab, declared, resolver, ROUTER, "AAAA"), "AAAA") == {LOOPBACK}
    reverse = "2.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.3.0.f.f.f.3.ip6.arpa"
    assert data(ask(lab, declared, resolver, reverse, "PTR"), "PTR") == {f"{ROUTER}."}
    assert ask(lab, declared, resolver, "www.elsewhere.example", "AAAA").rcode() == dns.rcode.NXDOMAIN


def test_what_is_written_on_the_main_primary_appears_on_every_copy_and_goes_again(
    lab: Lab, declared: DeclaredDns, tmp_path: object
) -> None:
    places = Places(declared, lab.settings)
    place = places.main("internal", wire(ZONE))
    assert place is not None
    copies = [where for server, where in places.everywhere("internal", wire(ZONE)) if server.name != "ns1"]
    store = Store.open(f"sqlite:///{tmp_path}/netctl.db", create=True)
    try:
        target = ZoneTarget(place, Notes(store), owner="live", seconds=20)
        held = target.fetch().data
        came = {(wire(f"live.{ZONE}"), 28): RRset(300, (bytes.fromhex("3fff0100000100000000000000009999"),))}
        for rrsets, wanted in (({**held.rrsets, **came}, {"3fff:100:1::9999"}), (held.rrsets, set())):
            target.stage(ZoneData(held.origin, rrsets))
            token = f"live-{len(rrsets)}"
            target.commit(token, 60)
            target.confirm(token)
            serial = target.fetch().data.serial
            assert serial is not None
            converge(copies, serial, 30)
            for server in ("ns1", "ns2", "ns3", "ns4"):
                assert data(ask(lab, declared, server, f"live.{ZONE}", "AAAA"), "AAAA") == wanted, server
    finally:
        store.close()


def connected(lab: Lab, declared: DeclaredDns, name: str) -> RouterTarget:
    """A server over SSH, for a push."""
    return server_connector(lab.root, lab.settings, declared, push=True)(declared.servers[name])


def marked(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same configuration with a line that means nothing."""
    sign = "//" if parts[0].name == "named.conf" else "#"
    return (Part(parts[0].name, f"{parts[0].text}{sign} live\n"), *parts[1:])


@pytest.mark.parametrize("name", ["ns1", "ns3", "ns4", "resolve2"])
def test_a_server_runs_what_was_rendered_and_is_changed_as_a_router_is(
    lab: Lab, declared: DeclaredDns, name: str
) -> None:
    with connected(lab, declared, name) as target:
        before = target.fetch()
        assert not re.search(r'secret:? "?[A-Za-z0-9+/]{40}', str(before.parts)), "secrets stay on the box"
        diff = target.stage(marked(before.parts))
        assert re.search(r"^\+(//|#) live$", diff, re.MULTILINE)
        target.commit("live-config", 60)
        assert target.fetch().parts == marked(before.parts)
        target.confirm("live-config")
        target.stage(before.parts)
        target.commit("live-config-back", 60)
        target.confirm("live-config-back")
        assert target.fetch() == before


@pytest.mark.usefixtures("mended")
def test_a_power_loss_forgets_what_was_not_confirmed_and_keeps_the_zones(lab: Lab, declared: DeclaredDns) -> None:
    with connected(lab, declared, "ns1") as target:
        before = target.fetch()
        target.stage(marked(before.parts))
        target.commit("live-config-lost", 300)
    lab.fail("ns1")
    assert lab.heal("ns1") == ("ns1",)
    with connected(lab, declared, "ns1") as target:
        assert target.fetch() == before
        assert target.pending() is None
    assert data(ask(lab, declared, "ns1", ROUTER, "AAAA"), "AAAA") == {LOOPBACK}


@pytest.mark.usefixtures("mended")
def test_hosts_do_not_miss_the_main_primary_nor_the_nearest_resolver(lab: Lab, declared: DeclaredDns) -> None:
    lab.fail("ns1")
    forget(lab, "resolve1", "resolve2")
    for host in ("main-host", "rivers-hq-host"):
        assert LOOPBACK in lab.execute(host, "getent", "ahosts", ROUTER)
    lab.fail("resolve1")
    assert LOOPBACK in lab.execute("rivers-hq-host", "getent", "ahosts", ROUTER)
    with pytest.raises((DeviceUnreachable, DeviceTimeout)):
        ask(lab, declared, "ns1", ROUTER, "AAAA")


@pytest.mark.usefixtures("mended")
def test_a_centre_without_routers_takes_its_name_servers_with_it(lab: Lab, declared: DeclaredDns) -> None:
    lab.fail("core-main-1")
    assert data(ask(lab, declared, "ns1", ROUTER, "AAAA"), "AAAA") == {LOOPBACK}
    lab.fail("core-main-2")
    for server in ("ns1", "ns3", "resolve1"):
        with pytest.raises(DeviceUnreachable):
            ask(lab, declared, server, ROUTER, "AAAA")
    with connected(lab, declared, "ns1") as target:  # out of band
        assert target.pending() is None
    forget(lab, "resolve2")
    for server in ("ns2", "ns4", "resolve2"):
        assert data(ask(lab, declared, server, ROUTER, "AAAA"), "AAAA") == {LOOPBACK}
