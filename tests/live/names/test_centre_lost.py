"""The main centre is lost whole: its routers and its name servers. The backup writes, hosts resolve what it wrote, and gives back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from live.push.operations import Operations
from live.small_lab import Lab

from netctl import inventory
from netctl.control.dns.places import Places
from netctl.control.dns.promote import look, promote
from netctl.control.dns.serials import serials
from netctl.control.dns.writer import writer_in
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.model.people import Grant
from netctl.services.dns.load import load
from netctl.store import Store
from netctl.zones.data import RRset, ZoneData
from netctl.zones.names import wire
from netctl.zones.records import rdata, type_number

pytestmark = pytest.mark.live

MAIN = ("core-main-1", "core-main-2", "ns1", "ns3", "resolve1")
HOST, ZONE, ADDRESS = "rivers-hq-host", "rivers.gov-wan.example.", "3fff:100:1::beef"
BACKUP = "3fff:200:2::10"  # backup-host


@pytest.fixture
def operations(lab: Lab, tmp_path: Path):
    made = Operations(lab, tmp_path, settle=60, connect=5)
    lab.wait_converged()
    with Store.open(made.settings.database_url, create=True) as store, store.writing() as books:
        books.users.add("ai", [Grant("operator")], "ai")
    try:
        yield made
    finally:
        lab.heal()
        lab.wait_converged()
        made.restore()


def write(operations: Operations, store: Store, name: str) -> None:
    """One more name, written where zones are written now."""
    declared = load(inventory.load(operations.root))
    place = Places(declared, operations.settings, writer_in(store)).main("internal", wire(ZONE))
    target = ZoneTarget(place, Notes(store), owner="ai", seconds=30)
    held = target.fetch().data
    aaaa = type_number("AAAA")
    more = {(wire(f"{name}.{ZONE}"), aaaa): RRset(300, (rdata(aaaa, ADDRESS, held.origin),))}
    target.stage(ZoneData(held.origin, {**held.rrsets, **more}))
    token = os.urandom(4).hex()
    target.commit(token, 60)
    target.confirm(token)


def resolves(lab: Lab, name: str) -> bool:
    """Does a host find it through whichever resolver answers?"""
    return ADDRESS in lab.execute(HOST, "getent", "ahostsv6", f"{name}.{ZONE}")


def level(operations: Operations, store: Store, *servers: str) -> bool:
    """Do these serve the same of the zone?"""
    lines = serials(operations.root, operations.settings, store, zone=ZONE).lines
    found = {line.serial for line in lines if line.server in servers}
    return len(found) == 1 and None not in found


def turned(operations: Operations, store: Store, server: str, reason: str):
    """Looked at, and done as it was shown."""
    room = operations.root, operations.settings, store, server
    shown = look(*room, user="ai")
    assert (shown.refusals, shown.losses) == ((), ())
    return shown, promote(*room, user="ai", digest=shown.digest, reason=reason)


def test_the_backup_takes_over_when_the_main_centre_is_lost_and_gives_back_when_it_returns(lab, operations):
    with Store.open(operations.settings.database_url) as store:
        for each in MAIN:
            lab.fail(each)
        lab.until(lambda: lab.lost(HOST, BACKUP) == 0, "the backbone leads around the lost centre", 60)

        shown, done = turned(operations, store, "ns2", "the main centre is lost")
        assert (shown.way, set(done.owed), done.behind) == ("takeover", {"ns1", "ns3"}, ())
        write(operations, store, "flood")
        # Whoever is asked too early believes for minutes that there is no such name.
        lab.until(lambda: level(operations, store, "ns2", "ns4"), "the other centre's secondary has it", 60)
        lab.until(lambda: resolves(lab, "flood"), "a host resolves the new name through the other centre", 60)

        lab.heal()
        lab.wait_converged()
        shown, done = turned(operations, store, "ns1", "the main centre is back")
        assert (shown.way, done.complete, writer_in(store)) == ("handover", True, "")
        write(operations, store, "ebb")
        lab.until(lambda: level(operations, store, "ns1", "ns2", "ns3", "ns4"), "all are level", 60)
        found = serials(operations.root, operations.settings, store)
        assert not found.unread and not found.rivals
        lab.until(lambda: resolves(lab, "ebb") and resolves(lab, "flood"), "both names are there", 60)
