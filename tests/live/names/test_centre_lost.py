"""The main centre is lost whole: its routers and its name servers. The backup writes what changes say, hosts resolve it, and it gives back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from live.push.operations import Operations
from live.small_lab import Lab, raised, small_network

from netctl.control.dns.promote import look, promote
from netctl.control.dns.serials import serials
from netctl.control.dns.writer import writer_in
from netctl.model.people import Grant
from netctl.store import Store

pytestmark = pytest.mark.live

MAIN = ("core-main-1", "core-main-2", "ns1", "ns3", "resolve1")
HOST, ZONE, ADDRESS = "rivers-hq-host", "rivers.gov-wan.example", "3fff:100:1::beef"
BACKUP = "3fff:200:2::10"  # backup-host


@pytest.fixture(scope="module")
def lab(lab_possible: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of its own: half of it loses its power, and nobody else shall find what that left."""
    root = small_network(tmp_path_factory.mktemp("network"))
    with raised(tmp_path_factory.mktemp("home"), root, f"livec{os.getpid()}") as made:
        yield made


@pytest.fixture
def operations(lab: Lab, tmp_path: Path) -> Operations:
    made = Operations(lab, tmp_path, settle=60, connect=5)
    with Store.open(made.settings.database_url, create=True) as store, store.writing() as books:
        books.users.add("ann", [Grant("author"), Grant("operator")], "ann")
        books.users.add("ben", [Grant("approver")], "ann")
        books.users.add("cho", [Grant("approver")], "ann")
    return made


def change(operations: Operations, name: str) -> str:
    """One more name declared, approved and pushed; what the receipt says of who serves it."""
    file = operations.root / "dns" / "zones" / f"{ZONE}.yaml"
    file.write_text(f"{file.read_text()}  {name}: {{AAAA: {ADDRESS}}}\n")
    made = operations.approved(ZONE)
    ended = operations.run("push", made)
    assert ended.status == 0, ended.events[-3:]
    lines = operations.receipts(made, f"{ZONE}@internal")
    return next(line.detail for line in lines if (line.step, line.outcome) == ("converge", "ok"))


def resolves(lab: Lab, name: str) -> bool:
    """Does a host find it through whichever resolver answers?"""
    return ADDRESS in lab.execute(HOST, "getent", "ahostsv6", f"{name}.{ZONE}")


def turned(operations: Operations, store: Store, server: str, reason: str):
    """Looked at, and done as it was shown."""
    room = operations.root, operations.settings, store, server
    shown = look(*room, user="ann")
    assert (shown.refusals, shown.losses) == ((), ())
    return shown, promote(*room, user="ann", digest=shown.digest, reason=reason)


def test_the_backup_takes_over_when_the_main_centre_is_lost_and_gives_back_when_it_returns(lab, operations):
    with Store.open(operations.settings.database_url) as store:
        for each in (*MAIN, "border-main"):
            lab.fail(each)
        lab.until(lambda: lab.lost(HOST, BACKUP) == 0, "the backbone leads around the lost centre", 60)

        shown, done = turned(operations, store, "ns2", "the main centre is lost")
        assert (shown.way, set(done.owed), done.behind) == ("takeover", {"ns1", "ns3"}, ())
        told = change(operations, "flood")
        assert "ns2 serves" in told and "ns4 serves" in told
        assert "ns1 is away since another primary was promoted" in told and "ns3 is away" in told
        lab.until(lambda: resolves(lab, "flood"), "a host resolves the new name through the other centre", 60)

        assert set(lab.heal()) == {*MAIN, "border-main"}
        lab.wait_converged()
        shown, done = turned(operations, store, "ns1", "the main centre is back")
        assert (shown.way, done.complete, writer_in(store)) == ("handover", True, "")
        told = change(operations, "ebb")
        assert "away" not in told and told.startswith("ns1 serves")
        found = serials(operations.root, operations.settings, store)
        assert not found.behind and not found.unread and not found.rivals
        lab.until(lambda: resolves(lab, "ebb") and resolves(lab, "flood"), "both names are there", 60)
