"""The main job on real routers of both platforms: changed, verified, nothing lost, nothing left to do; and taken back."""

from __future__ import annotations

import pytest
from live.push.operations import SERVERS, Operations, Pings
from live.small_lab import FAR_V4, FAR_V6

from netctl.model.places import zone_target
from netctl.push.names import COURSES

pytestmark = [pytest.mark.live, pytest.mark.timeout(900)]


def test_a_site_of_each_platform_is_changed_without_losing_traffic_and_then_taken_back(
    operations: Operations, record_property: pytest.RecordProperty
) -> None:
    for site in ("rivers-hq", "rivers-east"):
        operations.declare(site, f"{{syslog_servers: {SERVERS % 5}}}")
    change = operations.approved()
    hosts = {host: Pings(operations.lab, host, FAR_V6, FAR_V4) for host in ("rivers-hq-host", "rivers-east-host")}
    ended = operations.run("push", change)
    counts = {host: pings.stop() for host, pings in hosts.items()}
    assert ended.status == 0, ended.last
    assert set(ended.states.values()) == {"done"}
    record_property("echo requests (sent, lost) while both routers of each site changed", counts)
    for found in counts.values():
        assert all(sent > 50 and lost <= sent // 100 for sent, lost in found.values()), counts
    for target in ended.states:
        told = [(line.step, line.outcome) for line in operations.receipts(change, target)]
        course = COURSES["router" if zone_target(target) is None else "zone"]
        assert told == [(step, outcome) for step in course.steps for outcome in ("begun", "ok")]
    assert "gov-wan.example@internal" in ended.states, "the servers that routers log to have names"
    assert operations.plan().plan.empty
    again = operations.run("push", change)
    assert (again.status, again.last["report"]["already"]) == (0, True)
    resumed = operations.run("resume", change)
    assert (resumed.status, resumed.last["report"]["already"]) == (0, True)
    back = operations.run("rollback", change)
    assert (back.status, back.last["report"]["state"]) == (0, "rolled_back"), back.last
    for site in ("rivers-hq", "rivers-east"):
        operations.declare(site, "")
    assert operations.plan().plan.empty
