"""What netctl says a server makes of an update is what BIND makes of it, record for record and with the same serial."""

from __future__ import annotations

import base64
import random
import socket
import time

import dns.name
import dns.query
import dns.rcode
import dns.rdatatype
import dns.tsig
import dns.update
import dns.xfr
import dns.zone
import pytest
from nameservers import ALGORITHM, RIVERS, SECRETS, TRANSFER, UPDATE, ZONE, NameServer, bind, framed, keyring
from ports import LOOPBACK

from netctl.zones import names, records
from netctl.zones.data import RRset, ZoneData
from netctl.zones.embedded import CNAME, DNAME, MX, NS, A
from netctl.zones.difference import diff_lines, difference
from netctl.zones.simulate import simulate
from netctl.zones.tsig import Key, sign
from netctl.zones.update import updates
from zone_data import A_FEW, ORIGIN

MESSAGES = 150
OWNERS = [
    "www",
    "mail",
    "old",
    "a.b",
    "b",
    "*",
    "@",
]  # not the name servers: BIND refuses a zone whose own have no address
TTLS = [60, 300]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory):
    with bind(tmp_path_factory.mktemp("simulated") / "bind", {RIVERS: ZONE}) as started:
        yield started


def served(server: NameServer) -> ZoneData:
    found = dns.zone.Zone(RIVERS, relativize=False)
    query, _ = dns.xfr.make_query(found, None, keyring=keyring(), keyname=dns.name.from_text(TRANSFER))
    dns.query.inbound_xfr(LOOPBACK, found, query, port=server.port, lifetime=20)
    return ZoneData(
        ORIGIN,
        {
            (name.canonicalize().to_wire(), int(each.rdtype)): RRset(
                each.ttl, tuple(sorted(r.to_digestable() for r in each))
            )
            for name, each in found.iterate_rdatasets()
        },
    )


def random_update(choose: random.Random) -> dns.update.UpdateMessage:
    """Additions and removals that often get into each other's way."""
    message = dns.update.UpdateMessage(RIVERS, keyring=keyring(), keyname=dns.name.from_text(UPDATE))
    for _ in range(choose.randint(1, 4)):
        owner = choose.choice(OWNERS)
        type_ = choose.choice(sorted(A_FEW.keys() - ({DNAME} if owner == "@" else set())))  # it would hide ns1
        name = dns.name.from_wire(names.wire(owner, ORIGIN), 0)[0]
        text = choose.choice([each for each in A_FEW[type_] if "ns3" not in each and each != "@"])
        text = "10 mail.example." if type_ == MX else text  # BIND refuses MX that lead to nowhere in the zone
        match choose.randint(0, 5):
            case 0 | 1 | 2:
                message.add(name, choose.choice(TTLS), dns.rdatatype.to_text(type_), text)
            case 3:
                message.delete(name, dns.rdatatype.to_text(type_), text)
            case 4:
                message.delete(name, dns.rdatatype.to_text(type_))
            case _:
                message.delete(name)
    if choose.random() < 0.2:
        serial = choose.choice([1, 50, 2**30])
        message.add(f"{RIVERS}.", 300, "SOA", f"ns1 hostmaster {serial} 3600 600 86400 300")
    return message


def sent(server: NameServer, message: bytes) -> int:
    """The code that BIND answers to an update."""
    key = Key(names.wire(UPDATE), ALGORITHM, base64.b64decode(SECRETS[UPDATE]))
    signed, _ = sign(message, key, int(time.time()))
    with socket.create_connection((LOOPBACK, server.port), timeout=20) as connection:
        connection.sendall(framed(signed))
        answer = connection.recv(65535)
    return answer[2 + 3] & 0xF


@pytest.mark.parametrize("most_records", [3, 7, 1_000])
def test_bind_takes_message_after_message(server, most_records):
    """Hosts whose mail goes to each other, name servers that are replaced, aliases that become hosts, and back."""
    before = served(server)
    after = dict(before.rrsets)
    for number in range(20):
        owner, other = f"h{number:02d}", f"h{(number + 7) % 20:02d}"
        after[names.wire(owner, ORIGIN), A] = RRset(300, (bytes((198, 51, 100, number)),))
        after[names.wire(owner, ORIGIN), MX] = RRset(300, (records.rdata(MX, f"10 {other}", ORIGIN),))
    after[names.wire("ns7", ORIGIN), A] = RRset(300, (bytes((192, 0, 2, 57)),))
    after[ORIGIN, NS] = RRset(60, (names.wire("ns7", ORIGIN),))
    for gone in ("ns1", "ns2"):
        after = {key: rrset for key, rrset in after.items() if key[0] != names.wire(gone, ORIGIN)}
    after[names.wire("zz", ORIGIN), CNAME] = RRset(300, (names.wire("h00", ORIGIN),))
    for intended in (ZoneData(ORIGIN, after), before):
        running = served(server)
        messages = [
            each.message(7) for each in updates(running, difference(running, intended), most_records=most_records)
        ]
        assert [sent(server, message) for message in messages] == [dns.rcode.NOERROR] * len(messages)
        assert served(server) == simulate(running, messages).zone
        assert not difference(served(server), intended)


def test_bind_does_what_was_simulated(server):
    choose = random.Random(2136)
    running = served(server)
    passed_over = 0
    for _ in range(MESSAGES):
        message = random_update(choose)
        said = simulate(running, [message.to_wire()])
        passed_over += len(said.ignored)
        answer = dns.query.tcp(message, LOOPBACK, port=server.port, timeout=20)
        assert answer.rcode() == said.code == dns.rcode.NOERROR, message.to_text()
        running = served(server)
        stray = [line.op + " " + line.text for line in diff_lines(difference(running, said.zone))]
        assert (stray, running.serial) == ([], said.zone.serial), message.to_text()
    assert passed_over > MESSAGES // 10, "the messages get into each other's way too seldom to prove anything"
