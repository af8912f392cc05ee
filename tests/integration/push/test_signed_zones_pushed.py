"""A zone that its server signs is pushed like any other: its serial and its signatures may move, its records may not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from nameservers import RIVERS, bind, knot
from ports import free_port
from served_names import declare_more, master
from zone_pushes import Office, crash

from netctl.control.dns.names import names_of

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TARGET = f"{RIVERS}@internal"
SIGNING = "dnssec-policy default; inline-signing no;"


@pytest.fixture
def signed(tmp_path: Path, network):
    """The rivers' zone signed by BIND, copied by Knot; an installation, and the server that signs."""
    ports = free_port(), free_port()
    root = network(*ports)
    zones = {RIVERS: master(names_of(root).zones["internal", f"{RIVERS}."].data)}
    with (
        bind(tmp_path / "bind", zones, notify=[ports[1]], port=ports[0], zone_options=SIGNING) as main,
        knot(tmp_path / "knot", main.port, zones, port=ports[1]) as second,
    ):
        second.until(lambda: (second.serial(RIVERS) or 0) > 10 and second.serial(RIVERS) == main.serial(RIVERS))
        office = Office(root, tmp_path / "home")
        office.open(confirm_deadline=25, settle_deadline=10)
        yield office, main


def test_signatures_that_move_after_the_plan_stop_nothing_and_hold_after_the_push(signed) -> None:
    office, main = signed
    declare_more(office.root, "new: {AAAA: 3fff:100:1::99}")
    change = office.approved(office.plan(RIVERS))
    planned = main.serial(RIVERS)
    subprocess.run(["rndc", "-c", main.folder / "rndc.conf", "sign", RIVERS], check=True, capture_output=True)
    main.until(lambda: main.serial(RIVERS) != planned)
    killed = office.run("push", change, **crash(TARGET, "converge", "before"))
    assert killed.status < 0
    ended = office.run("resume", change)
    assert ended.status == 0, ended.events[-1]
    told = office.told(change, TARGET, "verify")
    assert told == "ns1 serves what was written; its signatures hold; ns3 the same"
    assert office.plan(RIVERS).empty
    assert office.run("rollback", change).report["state"] == "rolled_back"
    assert "its signatures hold" in office.told(change, TARGET, "verify")
