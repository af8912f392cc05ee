"""Changes of zones on a real BIND with a Knot beside it, pushed by processes that are really killed."""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import replace

import pytest
from nameservers import OTHER, RIVERS, SECRETS, UPDATE
from served_names import declare_more
from zone_pushes import Office, crash

from netctl.control.dns.names import names_of
from netctl.control.dns.overdue import take_back_overdue_writes
from netctl.control.dns.places import Places
from netctl.control.watching.overdue import OverdueWatch
from netctl.devices.nameserver.notes import Notes
from netctl.devices.nameserver.target import ZoneTarget
from netctl.model.moments import now
from netctl.model.places import LEAVING
from netctl.model.plan import Plan, Wave
from netctl.plan.zonepart import change_of, content_digest, zone_part
from netctl.push.names import COURSES
from netctl.store import Store
from netctl.zones.data import ZoneData
from netctl.zones.difference import ZoneDifference, diff_lines
from netctl.zones.names import wire
from zonewriting import changed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TARGET = f"{RIVERS}@internal"


def rivers(office: Office) -> str:
    """An approved change that adds a name to the rivers' zone and changes what another one is."""
    declare_more(office.root, "new: {AAAA: 3fff:100:1::99}")
    return office.approved(office.plan(RIVERS))


def zone_of(office: Office, store: Store) -> ZoneTarget:
    """The zone as somebody beside the change reaches it."""
    place = Places(names_of(office.root).declared, office.settings).main("internal", wire(RIVERS))
    assert place is not None
    return ZoneTarget(place, Notes(store), owner="somebody")


def somebody_writes(office: Office, *lines: str) -> None:
    """Another program changes the zone for good."""
    with Store.open(office.settings.database_url) as store:
        zone = zone_of(office, store)
        zone.stage(changed(zone.fetch().data, *lines))
        token = f"theirs-{time.monotonic_ns()}"
        zone.commit(token, 60)
        zone.confirm(token)


def held(office: Office) -> ZoneData:
    """What the zone holds now, without what is counted."""
    with Store.open(office.settings.database_url) as store:
        data = zone_of(office, store).fetch().data
    return ZoneData(data.origin, {key: rrset for key, rrset in data.rrsets.items() if key[1] != 6})


def states(office: Office) -> list[str]:
    """The states of all writes that netctl remembers and that are open."""
    with Store.open(office.settings.database_url) as store:
        return [write.state for write in Notes(store).open_writes()]


def test_a_push_writes_the_zone_and_proves_it_on_every_server(office: Office, served) -> None:
    _, main, second = served
    change = rivers(office)
    ended = office.run("push", change)
    assert ended.status == 0, ended.events
    assert ended.states == {TARGET: "done"}
    assert main.serial(RIVERS) == second.serial(RIVERS) == 11
    lines = [(line.step, line.outcome) for line in office.lines(change, TARGET)]
    assert lines == [(step, end) for step in COURSES["zone"].steps for end in ("begun", "ok")]
    assert "ns1 serves 11; ns3 serves 11 after" in office.told(change, TARGET, "converge")
    assert office.told(change, TARGET, "verify") == "ns1 serves what was written; ns3 the same"
    assert office.plan(RIVERS).empty
    again = office.run("push", change)
    assert (again.status, again.report["already"]) == (0, True)
    assert main.serial(RIVERS) == 11


POINTS = [(step, when) for step in COURSES["zone"].steps for when in ("before", "after")]


@pytest.mark.parametrize(("step", "when"), [*POINTS, ("in-flight", "after"), ("ended", "after")])
def test_killed_at_any_step_the_rollout_is_resumed_to_its_end(office: Office, step: str, when: str) -> None:
    change = rivers(office)
    killed = office.run("push", change, **crash(TARGET, step, when))
    assert killed.status == -signal.SIGKILL
    resumed = office.run("resume", change)
    assert resumed.status == 0, resumed.events[-1]
    assert office.plan(RIVERS).empty
    assert states(office) == []


def wait_until_overdue(office: Office) -> None:
    """The deadline of the one open write has passed."""
    with Store.open(office.settings.database_url) as store:
        (write,) = Notes(store).open_writes()
    seconds = (now().fromisoformat(write.revert_at) - now()).total_seconds()
    threading.Event().wait(max(0.0, seconds) + 0.2)


def test_killed_and_resumed_after_its_deadline_the_write_is_taken_back_and_made_anew(office: Office, served) -> None:
    before = held(office)
    change = rivers(office)
    office.run("push", change, **crash(TARGET, "verify", "before"))
    assert states(office) == ["applied"]
    wait_until_overdue(office)
    resumed = office.run("resume", change)
    assert resumed.status == 0, resumed.events[-1]
    taken = [event for event in resumed.events if event.get("event") == "taken-back"]
    assert [event["state"] for event in taken] == ["taken_back"]
    assert served[1].serial(RIVERS) == 13
    assert held(office) != before
    assert office.plan(RIVERS).empty


def test_whoever_watches_takes_a_write_back_that_nobody_confirmed(office: Office) -> None:
    before = held(office)
    change = rivers(office)
    office.run("push", change, **crash(TARGET, "confirm", "before"))
    said: list[str] = []
    with Store.open(office.settings.database_url) as store:
        assert take_back_overdue_writes(office.root, office.settings, store) == []
        watch = OverdueWatch(office.root, office.settings, store, now)
        watch.look(said.append)
        assert said == []
        wait_until_overdue(office)
        watch.begin(said.append)
        watch.close()
        watch.look(said.append)
    assert len(said) == 1
    assert f"ns1 {RIVERS} (internal): what {change} wrote" in said[0]
    assert said[0].endswith("and was taken back")
    assert held(office) == before


def test_what_cannot_be_taken_back_now_is_said_once_and_tried_again(office: Office, served) -> None:
    before = held(office)
    office.run("push", rivers(office), **crash(TARGET, "verify", "before"))
    wait_until_overdue(office)
    said: list[str] = []
    broken = office.root / "dns" / "zones" / "broken.yaml"
    broken.write_text("zone: [\n")
    with Store.open(office.settings.database_url) as store:
        watch = OverdueWatch(office.root, office.settings, store, now)
        for _ in range(2):
            watch.look(said.append)
        broken.unlink()
        served[1].freeze()
        quick = OverdueWatch(office.root, replace(office.settings, command_timeout=1), store, now)
        for _ in range(2):
            quick.look(said.append)
        served[1].thaw()
        watch.look(said.append)
    assert len(said) == 3, said
    assert "cannot be taken back now: NETCTL-E01" in said[0]
    assert "is not taken back yet: NETCTL-E1031" in said[1]
    assert said[2].endswith("and was taken back")
    assert held(office) == before


def test_a_secondary_that_stays_behind_has_the_zone_taken_back(office: Office, served) -> None:
    before = held(office)
    change = rivers(office)
    served[2].freeze()
    ended = office.run("push", change)
    served[2].thaw()
    assert (ended.status, ended.states) == (7, {TARGET: "rolled_back"})
    assert "ns3: no answer within" in ended.report["members"][0]["detail"]
    assert held(office) == before
    assert office.run("resume", change).status == 0
    assert office.plan(RIVERS).empty


def test_a_primary_that_falls_silent_leaves_the_zone_unknown_until_it_is_read_again(office: Office, served) -> None:
    office.open(confirm_deadline=8, settle_deadline=2, connect_timeout=1, command_timeout=2)
    before = held(office)
    change = rivers(office)
    pushing = office.begin("push", change)
    pushing.until(lambda event: event.get("step") == "converge")
    served[1].freeze()
    ended = pushing.wait()
    served[1].thaw()
    assert (ended.status, ended.states) == (8, {TARGET: "unknown"})
    assert office.run("resume", change).report["state"] == "stopped"
    assert (held(office), states(office)) == (before, [])
    assert office.run("resume", change).report["state"] == "done"
    assert office.plan(RIVERS).empty


def test_a_zone_that_somebody_else_updates_after_the_plan_is_refused(office: Office, served) -> None:
    change = rivers(office)
    somebody_writes(office, 'theirs 60 TXT "x"')
    theirs = held(office)
    ended = office.run("push", change)
    assert (ended.status, ended.states) == (7, {TARGET: "failed"})
    assert "plan again" in ended.report["members"][0]["detail"]
    assert held(office) == theirs
    assert served[1].serial(RIVERS) == 11


def test_what_somebody_else_writes_between_the_look_and_the_write_is_not_overwritten(office: Office, served) -> None:
    """The push is held between two of its steps: its process dies, and another one goes on."""
    change = rivers(office)
    office.run("push", change, **crash(TARGET, "apply", "before"))
    somebody_writes(office, "new 60 AAAA 3fff:100:1::42")
    theirs = held(office)
    ended = office.run("resume", change)
    assert ended.status == 7
    assert "nothing of this change is left in it" in ended.report["members"][0]["detail"]
    assert held(office) == theirs


def test_a_key_that_is_refused_stops_the_push_and_changes_nothing(office: Office, served, monkeypatch) -> None:
    before = held(office)
    change = rivers(office)
    monkeypatch.setenv("NETCTL_SECRET_DNS_UPDATE", SECRETS[OTHER])
    ended = office.run("push", change)
    assert (ended.status, ended.states) == (7, {TARGET: "rolled_back"})
    assert "NETCTL-E1035" in ended.report["members"][0]["detail"]
    assert held(office) == before
    assert served[1].serial(RIVERS) == 10


def test_names_that_moved_since_the_plan_are_refused_before_anything_begins(office: Office, served) -> None:
    change = rivers(office)
    declare_more(office.root, "newer: {AAAA: 3fff:100:1::9a}")
    refused = office.run("push", change)
    assert (refused.status, refused.error["code"]) == (5, "NETCTL-E1045")
    assert served[1].serial(RIVERS) == 10


def in_two_steps(whole: Plan, held: ZoneData) -> Plan:
    """The same plan as one with routers would be: what goes is gone in a wave before the rest."""
    (share,) = whole.targets
    change = change_of(share, wire(RIVERS))
    assert change.removed and change.added
    steps = {
        f"{TARGET}{LEAVING}": (held, ZoneDifference(change.origin, change.removed)),
        TARGET: (changed(held, "-gauge-2 AAAA"), ZoneDifference(change.origin, (), change.added, change.changed)),
    }
    targets = tuple(
        replace(
            share,
            target=name,
            running_digest=content_digest(before),
            intended=(zone_part(step),),
            diff=diff_lines(step),
        )
        for name, (before, step) in steps.items()
    )
    waves = tuple(Wave(number, ((TARGET, (name,)),)) for number, name in enumerate(steps, 1))
    return replace(whole, targets=targets, waves=waves)


def test_both_steps_of_a_zone_are_made_and_a_kill_in_the_second_forgets_neither(office: Office, served) -> None:
    before = held(office)
    file = office.root / "dns" / "zones" / f"{RIVERS}.yaml"
    file.write_text(file.read_text().replace("  gauge-2: ", "  weir-1: "))
    with Store.open(office.settings.database_url) as store:
        made = in_two_steps(office.plan(RIVERS), zone_of(office, store).fetch().data)
    change = office.approved(made)
    killed = office.run("push", change, **crash(TARGET, "verify", "before"))
    assert killed.status == -signal.SIGKILL
    ended = office.run("resume", change)
    assert ended.status == 0, ended.events[-1]
    assert ended.states == {f"{TARGET}{LEAVING}": "done", TARGET: "done"}
    assert served[1].serial(RIVERS) == 12
    assert office.plan(RIVERS).empty
    back = office.run("rollback", change)
    assert (back.status, back.report["state"]) == (0, "rolled_back"), back.events[-1]
    assert set(back.states.values()) == {"rolled_back"}
    assert held(office) == before


def test_a_rollback_leads_the_zone_back_and_may_be_killed_on_its_way(office: Office, served) -> None:
    before = held(office)
    change = rivers(office)
    assert office.run("push", change).status == 0
    killed = office.run("rollback", change, **crash(TARGET, "converge", "after"))
    assert killed.status == -signal.SIGKILL
    back = office.run("rollback", change)
    assert (back.status, back.report["state"]) == (0, "rolled_back"), back.events[-1]
    assert held(office) == before
    assert served[1].serial(RIVERS) == served[2].serial(RIVERS) == 12
    assert not office.plan(RIVERS).empty


def test_a_rollback_overwrites_nothing_that_somebody_else_wrote_to_the_same_name(office: Office) -> None:
    change = rivers(office)
    assert office.run("push", change).status == 0
    somebody_writes(office, "new 60 AAAA 3fff:100:1::42")
    theirs = held(office)
    refused = office.run("rollback", change)
    assert (refused.status, refused.error["code"]) == (5, "NETCTL-E1048")
    assert "new AAAA" in refused.error["message"]
    assert held(office) == theirs


def test_a_host_without_the_key_for_updates_plans_and_refuses_to_push_at_its_beginning(
    office: Office, served, monkeypatch
) -> None:
    monkeypatch.delenv("NETCTL_SECRET_DNS_UPDATE")
    change = rivers(office)
    refused = office.run("push", change)
    assert refused.error["code"] == "NETCTL-E0602" and "dns/update" in refused.error["message"]
    assert not office.lines(change) and not states(office)
    monkeypatch.setenv("NETCTL_SECRET_DNS_UPDATE", SECRETS[UPDATE])
    assert office.run("push", change).report["state"] == "done"
    monkeypatch.delenv("NETCTL_SECRET_DNS_UPDATE")
    assert office.run("rollback", change).error["code"] == "NETCTL-E0602"
