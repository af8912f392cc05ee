"""One change of routers, names and name servers: in the right order, proven on every server, and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import dns.message
import dns.query
import dns.rcode
import pytest
from live.push.operations import SERVERS, Operations, Running

from netctl import inventory
from netctl.devices.reach import dial
from netctl.push.names import COURSES
from netctl.services.dns.load import load

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]

RIVERS = "rivers.gov-wan.example"
NEW = f"weirs.{RIVERS}"
REUSED = "3fff:100:1::1:2"
LEAVING = f"{RIVERS}@internal~leaving"
SERVING = ("ns1", "ns2", "ns3", "ns4")


@pytest.fixture
def renamed(operations: Operations) -> Iterator[None]:
    """Another name gets the address of one that goes, a name comes, and a new zone: declared, and nowhere served yet."""
    folder: Path = operations.root / "dns" / "zones"
    file = folder / f"{RIVERS}.yaml"
    before = file.read_text()
    file.write_text(re.sub(r"  gauge-2:.*", f"  weir-1: {{AAAA: {REUSED}}}\n  tide: {{AAAA: 3fff:100:1::7}}", before))
    (folder / f"{NEW}.yaml").write_text(
        f"zone: {NEW}\norganisation: rivers\nrecords:\n  east: {{AAAA: 3fff:100:1::8}}\n"
    )
    operations.declare("rivers-hq", f"{{syslog_servers: {SERVERS % 6}}}")
    yield
    undo(operations, before)


def undo(operations: Operations, before: str) -> None:
    """The files say what they said before."""
    folder = operations.root / "dns" / "zones"
    (folder / f"{RIVERS}.yaml").write_text(before)
    (folder / f"{NEW}.yaml").unlink(missing_ok=True)
    operations.declare("rivers-hq", "")


def told(operations: Operations, server: str, owner: str) -> set[str]:
    """The addresses that a server gives for a name; none where it has no such name."""
    declared = load(inventory.load(operations.root))
    assert declared is not None
    address = declared.servers[server].addresses[0]
    with dial(address, 53, 5, netns=operations.settings.management_netns) as connection:
        connection.setblocking(False)
        answer = dns.query.tcp(dns.message.make_query(owner, "AAAA"), address, timeout=10, sock=connection)
    return {rdata.to_text() for rrset in answer.answer for rdata in rrset if rrset.rdtype == 28}


def moments(operations: Operations, change: str, step: str, outcome: str) -> dict[str, int]:
    """Where in the order of all receipts a step of each target stands."""
    lines = operations.receipts(change)
    return {line.target: at for at, line in enumerate(lines) if (line.step, line.outcome) == (step, outcome)}


@pytest.mark.usefixtures("renamed")
def test_names_go_before_their_address_moves_and_come_after_the_routers_and_all_of_it_comes_back(
    operations: Operations,
) -> None:
    made = operations.plan().plan
    kinds = {target.target: target.kind for target in made.targets}
    routers = [name for name, kind in kinds.items() if kind == "router"]
    servers = [name for name, kind in kinds.items() if kind == "server"]
    assert set(routers) == {"rivers-hq-r1", "rivers-hq-r2"}
    assert {"ns1", "ns2", "ns4"} <= set(servers)
    assert {LEAVING, f"{RIVERS}@internal", f"{NEW}@internal"} <= kinds.keys()

    change = operations.approved()
    pushing = Running(operations, "push", change)
    pushing.until(lambda event: event.get("step") == "drain")
    for server in SERVING:
        assert told(operations, server, f"gauge-2.{RIVERS}") == set(), server
        assert told(operations, server, f"weir-1.{RIVERS}") == set(), server
    ended = pushing.wait()
    assert ended.status == 0, ended.last
    assert set(ended.states.values()) == {"done"}

    done, begun = moments(operations, change, "release", "ok"), moments(operations, change, "running-check", "begun")
    assert max(done[name] for name in servers) < begun[LEAVING]
    assert done[LEAVING] < min(begun[name] for name in routers)
    coming = [name for name, kind in kinds.items() if kind == "zone" and not name.endswith("~leaving")]
    assert max(done[name] for name in routers) < min(begun[name] for name in coming)
    for target, kind in kinds.items():
        steps = [(line.step, line.outcome) for line in operations.receipts(change, target)]
        assert steps == [(step, outcome) for step in COURSES[kind].steps for outcome in ("begun", "ok")], target
    proof = next(line.detail for line in operations.receipts(change, f"{RIVERS}@internal")
                 if (line.step, line.outcome) == ("converge", "ok"))  # fmt: skip
    assert all(re.search(rf"{server} serves \d+", proof) for server in SERVING), proof
    for server in SERVING:
        assert told(operations, server, f"weir-1.{RIVERS}") == {REUSED}
        assert told(operations, server, f"east.{NEW}") == {"3fff:100:1::8"}
    assert operations.plan().plan.empty

    back = operations.run("rollback", change)
    assert (back.status, back.last["report"]["state"]) == (0, "rolled_back"), back.last
    for server in SERVING:
        assert told(operations, server, f"gauge-2.{RIVERS}") == {REUSED}
        assert told(operations, server, f"weir-1.{RIVERS}") == set()
        assert told(operations, server, f"east.{NEW}") == set()
    undo(operations, declared_before(operations))
    assert operations.plan().plan.empty


def declared_before(operations: Operations) -> str:
    """The rivers' zone as it was declared."""
    text = (operations.root / "dns" / "zones" / f"{RIVERS}.yaml").read_text()
    return re.sub(r"  weir-1:.*\n  tide:.*", f"  gauge-2: {{AAAA: {{values: {REUSED}, ttl: 300}}}}", text)
