"""The backup takes over when the main primary is gone, and gives back when it returns: by the program, on real servers, killed at its steps.

The tests are one story, in order.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace

import pytest

from integration.daemons.promotion_lan import RIVERS, SECRETS, PromotionLan
from integration.daemons.scratch_servers import PROGRAMS
from integration.devices.scratch_boxes import poll
from netctl.control.dns.names import names_of
from netctl.control.dns.survey import Surveyor
from netctl.control.dns.writer import writer_in, writing_now
from netctl.devices.nameserver.notes import Notes
from netctl.store.verify import verify
from netctl.zones.data import RRset, ZoneData
from netctl.zones.names import wire
from netctl.zones.records import rdata, type_number

pytestmark = [
    pytest.mark.skipif(
        os.geteuid() != 0 or any(shutil.which(each, path="/usr/sbin:/usr/bin") is None for each in PROGRAMS.values()),
        reason="needs root, BIND, Knot, NSD and Unbound",
    ),
    pytest.mark.timeout(300),
]
INTERNAL = ("internal", RIVERS)


@pytest.fixture(scope="module")
def lan(tmp_path_factory):
    made = PromotionLan(tmp_path_factory.mktemp("promotion"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        try:
            yield made.up()
        finally:
            made.down()


def write(lan, name, address, *, confirm=True) -> str:
    """One more name in the rivers' zone, written by netctl where zones are written now."""
    with lan.store() as store:
        surveyor, writer = Surveyor(lan.root, lan.settings, store), writer_in(store)
        data = names_of(lan.root).zones[INTERNAL].data
        more = {
            (wire(f"{name}.{RIVERS}"), type_number("A")): RRset(300, (rdata(type_number("A"), address, data.origin),))
        }
        return lan.write(
            store, surveyor, *INTERNAL, ZoneData(data.origin, {**data.rrsets, **more}), writer, confirm=confirm
        )


def addresses(lan, server, name) -> set[str]:
    return {record.address for rrset in lan.ask(server, f"{name}.{RIVERS}", "A").answer for record in rrset}


def turns(outlook) -> dict[str, str]:
    return {each["server"]: each["turn"] for each in outlook["servers"]}


def steps(done) -> list[tuple[str, str]]:
    return [(each["target"], each["step"]) for each in done["steps"] if each["outcome"] == "ok"]


def test_who_may_not_push_for_the_whole_network_is_refused(lan):
    told = lan.netctl("promote", "ns2", user="rei", status=5)
    assert told["error"]["code"] == "NETCTL-E0404"
    told = lan.netctl("promote", "ns3", status=2)
    assert "no primary is named 'ns3'" in told["error"]["message"]


def test_looking_shows_a_handover_and_changes_nothing(lan):
    shown = lan.netctl("promote", "ns2")
    assert (shown["way"], shown["former"], shown["losing"], shown["refusals"]) == ("handover", "ns1", [], [])
    expected = {"ns1": "stands back", "ns2": "writes", "ns3": "follows", "ns4": "follows", "resolve1": "stays"}
    assert turns(shown) == expected
    assert lan.netctl("promote", "ns2")["digest"] == shown["digest"]
    assert lan.netctl("promote", "ns1")["way"] == "nothing"
    told = lan.netctl("promote", "ns2", "--digest", "0" * 16, "--reason", "x", status=5)
    assert told["error"]["code"] == "NETCTL-E1072"
    with lan.store() as store, store.reading() as books:
        assert books.writers.all() == ()


def test_a_main_primary_that_answers_and_cannot_be_configured_is_not_replaced(lan):
    management = names_of(lan.root).declared.servers["ns1"].management_address
    lan.boxes["ns1"].run(f"ip addr del {management}/64 dev eth0")
    try:
        shown = lan.netctl("promote", "ns2", status=5)
    finally:
        lan.boxes["ns1"].run(f"ip addr add {management}/64 dev eth0 nodad")
    assert shown["way"] == "takeover"
    assert any("ns1 still answers" in each for each in shown["refusals"])
    told = lan.netctl("promote", "ns2", "--digest", shown["digest"], "--reason", "x", status=5)
    assert told["error"]["code"] in {"NETCTL-E1070", "NETCTL-E1072"}


def test_a_backup_that_cannot_write_gives_back_at_once(lan):
    """Its disk refuses what only a writer needs: the journal of one zone."""
    journal = "/var/lib/bind/internal/rivers.gov-wan.example.jnl"
    lan.boxes["ns2"].run(f"rm -f {journal}; mkdir {journal}")
    lan.patience(6)
    try:
        told = lan.promote("ns2", reason="as planned", status=7)
    finally:
        lan.patience(45)
        lan.boxes["ns2"].run(f"rmdir {journal}; rndc retransfer rivers.gov-wan.example IN internal")
    assert told["error"]["code"] == "NETCTL-E1073" and "rivers.gov-wan.example" in told["error"]["message"]
    with lan.store() as store, store.reading() as books:
        (only,) = books.writers.all()
        assert (only.state, writing_now(books)) == ("given_up", None)
        ended = {(each.target, each.step): each.outcome for each in books.writers.steps(only.number)}
        assert (ended["ns2", "write"], ended["ns1", "write again"]) == ("failed", "ok")
        assert verify(books).holds
    write(lan, "spring", "192.0.2.29")
    lan.until_level("ns1")
    shown = lan.netctl("promote", "ns2")
    assert (shown["way"], shown["former"], shown["losing"]) == ("handover", "ns1", [])


def test_the_main_primary_dies_and_the_backup_writes_wherever_the_program_is_killed(lan):
    token = write(lan, "late", "192.0.2.30", confirm=False)
    lan.until_level("ns1")
    lan.unplug("ns1")
    shown = lan.netctl("promote", "ns2")
    assert shown["open_writes"]
    for point in ("ns2:write:before", "ns2:write:after", "ns3:follow:after", "ns2:converge:before"):
        lan.promote("ns2", shown, crash=point)
        with lan.store() as store:
            assert writer_in(store) == "ns2"
    assert lan.netctl("promote", "ns2")["under_way"]
    done = lan.promote("ns2", shown, status=3)
    assert (done["owed"], done["behind"]) == (["ns1"], [])
    assert ("ns2", "write") in steps(done) and ("ns4", "follow") in steps(done)
    with lan.store() as store:
        left = Notes(store).write(token)
        assert (left.state, "all of it had come to ns2" in left.note) == ("unknown", True)
        with store.reading() as books:
            only = books.writers.latest()
            assert (only.state, only.owed, only.user, only.reason) == (
                "done",
                ("ns1",),
                "ai",
                "the main centre is dark",
            )
            assert writing_now(books).server == "ns2"
            assert verify(books).holds


def test_what_is_written_then_is_served_by_every_copy_and_resolved(lan):
    write(lan, "flood", "192.0.2.31")
    lan.until_level("ns2", "ns1")
    assert addresses(lan, "ns3", "flood") == addresses(lan, "ns4", "flood") == {"192.0.2.31"}
    # It asks the one that is gone, too, until it knows better.
    assert poll(lambda: lan.perhaps(lambda: addresses(lan, "resolve1", "flood")), 40) == {"192.0.2.31"}
    plan = lan.netctl("plan", RIVERS, "--view", "internal", status=3)
    assert {each["server"] for each in plan["zones"]} == {"ns2"}


def test_the_main_primary_returns_and_writes_by_itself_which_is_found(lan):
    lan.plug("ns1")
    assert lan.update("ns1", RIVERS, "unseen", "A", "192.0.2.66") == 0
    told = lan.netctl("serials", RIVERS, status=8)
    assert any("ns1" in each for each in told["rivals"])
    planned = lan.netctl("plan", RIVERS, "--view", "internal", status=8)
    assert [each for each in planned["rivals"] if "ns1: it takes updates of view internal" in each]
    shown = lan.netctl("promote", "ns1")
    assert (shown["way"], shown["former"], turns(shown)["ns1"]) == ("handover", "ns2", "copies, then writes")
    (loss,) = shown["losses"]
    assert (loss["zone"], loss["holder"]) == ("rivers.gov-wan.example@internal", "ns1")
    assert [line["text"] for line in loss["lines"]] == ["unseen", "300 A 192.0.2.66"]
    told = lan.promote("ns1", shown, status=5)
    assert told["error"]["code"] == "NETCTL-E1071"
    assert addresses(lan, "ns1", "unseen") == {"192.0.2.66"}


def test_the_way_back_wherever_the_program_is_killed(lan):
    shown = lan.netctl("promote", "ns1")
    for point in ("ns1:copy:after", "ns2:stand back:before", "ns2:stand back:after", "ns1:write:before"):
        lan.promote("ns1", shown, lose=True, crash=point, reason="the main centre is back")
    done = lan.promote("ns1", shown, lose=True)
    assert (done["complete"], done["owed"], done["behind"]) == (True, [], [])
    for server in ("ns1", "ns2", "ns3", "ns4"):
        assert addresses(lan, server, "flood") == {"192.0.2.31"}
        assert not addresses(lan, server, "unseen")
    told = lan.netctl("serials", RIVERS)
    assert (told["behind"], told["unread"], told["rivals"]) == (False, False, [])
    assert lan.update("ns2", RIVERS, "unseen", "A", "192.0.2.66") != 0
    with lan.store() as store, store.reading() as books:
        assert writing_now(books) is None
        assert [each.state for each in books.writers.all()] == ["given_up", "done", "done"]
        assert verify(books).holds


def test_a_backup_that_lacks_changes_takes_over_only_where_they_are_given_up(lan):
    lan.ip("link set p1 down")
    write(lan, "fresh", "192.0.2.32")
    lan.until_level("ns1", "ns2")
    lan.unplug("ns1")
    lan.ip("link set p1 up")
    shown = lan.netctl("promote", "ns2")
    assert {each["zone"] for each in shown["losses"]} == {"rivers.gov-wan.example@internal"}
    assert {"fresh", "300 A 192.0.2.32"} <= {line["text"] for each in shown["losses"] for line in each["lines"]}
    told = lan.promote("ns2", shown, status=5)
    assert told["error"]["code"] == "NETCTL-E1071" and "--losing-changes rivers" in told["error"]["hint"]
    lan.unplug("ns4")
    done = lan.promote("ns2", lose=True, status=3)
    assert set(done["owed"]) == {"ns1", "ns4"}
    assert not addresses(lan, "ns3", "fresh")


def test_those_that_were_away_have_their_turn_when_the_same_is_said_again(lan):
    lan.plug("ns1", "ns4")
    shown = lan.netctl("promote", "ns2")
    assert (shown["way"], shown["losing"]) == ("others", [])
    assert {name for name, turn in turns(shown).items() if turn in ("copies", "follows")} == {"ns1", "ns4"}
    done = lan.promote("ns2", shown)
    assert done["complete"] and not addresses(lan, "ns4", "fresh") and not addresses(lan, "ns1", "fresh")
    assert lan.netctl("promote", "ns2")["way"] == "nothing"
    with lan.store() as store, store.reading() as books:
        found = writing_now(books)
        assert (found.server, found.owed) == ("ns2", ())
        assert found.since < books.writers.latest().begun_at
    assert lan.promote("ns1")["complete"]


def test_a_server_whose_files_are_not_what_is_declared_is_left_alone(lan):
    with lan.store() as store:
        surveyor = Surveyor(lan.root, lan.settings, store)
        main, *others = surveyor.configurations.parts("ns2", "ns1")
        changed = (replace(main, text=main.text + "// by hand\n"), *others)
        with surveyor.connector("", push=True)(surveyor.declared.servers["ns2"]) as target:
            target.stage(changed)
            target.commit("netctl-by-hand", 60)
            target.confirm("netctl-by-hand")
    shown = lan.netctl("promote", "ns2", status=5)
    assert any("not configured as declared" in each for each in shown["refusals"])
