"""What goes wrong on real routers ends with every router as it was, and is said."""

from __future__ import annotations

import pytest
from live.push.operations import SERVERS, Operations, Running

pytestmark = [pytest.mark.live, pytest.mark.timeout(600)]


@pytest.mark.parametrize("site", ["rivers-hq", "rivers-east"])
def test_a_change_that_cuts_the_management_path_heals_itself_within_the_deadline(
    operations: Operations, site: str
) -> None:
    operations.declare(site, "{management_prefixes: ['3fff:bad::/32']}")
    change = operations.approved(site)
    hasty = operations.within(confirm_deadline=28, settle_deadline=12, connect_timeout=5)
    ended = hasty.run("push", change)
    assert ended.status == 7, ended.last
    assert ended.states == {f"{site}-r2": "rolled_back", f"{site}-r1": "untouched"}, ended.last
    operations.declare(site, "")
    assert operations.plan(site).plan.empty


def test_a_router_that_loses_power_in_its_wave_is_unknown_and_then_read_again(operations: Operations) -> None:
    operations.declare("rivers-hq", f"{{syslog_servers: {SERVERS % 6}}}")
    change = operations.approved("rivers-hq")
    hasty = operations.within(confirm_deadline=24, settle_deadline=8, connect_timeout=5)
    pushing = Running(hasty, "push", change)
    pushing.until(lambda event: event.get("step") == "read-back")
    operations.lab.fail("rivers-hq-r2")
    ended = pushing.wait()
    assert ended.status == 8, ended.last
    assert ended.states == {"rivers-hq-r2": "unknown", "rivers-hq-r1": "untouched"}
    operations.lab.heal()
    operations.lab.wait_converged()
    resumed = operations.run("resume", change)
    assert resumed.last["report"]["state"] == "stopped", resumed.last
    assert resumed.states["rivers-hq-r2"] == "rolled_back"
    operations.declare("rivers-hq", "")
    assert operations.plan("rivers-hq").plan.empty


def test_a_line_the_router_drops_in_silence_is_a_failed_step_and_taken_back(operations: Operations) -> None:
    template = operations.root / "templates" / "frr" / "bgp.j2"
    kept = template.read_text()
    # The default of FRR: accepted, and not to be seen in the running configuration.
    template.write_text(with_line_below(kept, "router bgp", " write-quanta 64"))
    try:
        change = operations.approved("rivers-hq-r2")
        ended = operations.run("push", change)
    finally:
        template.write_text(kept)
    assert ended.status == 7, ended.last
    assert ended.states == {"rivers-hq-r2": "rolled_back"}
    assert "write-quanta 64" in ended.last["report"]["members"][0]["detail"]
    assert operations.plan("rivers-hq").plan.empty


def test_a_state_that_moved_since_the_plan_is_refused_and_not_overwritten(operations: Operations) -> None:
    operations.declare("rivers-hq", f"{{syslog_servers: {SERVERS % 7}}}")
    change = operations.approved("rivers-hq-r2")
    by_hand = ("conf", "interface lan0", "description changed by hand")
    operations.lab.vtysh("rivers-hq-r2", *by_hand)
    ended = operations.run("push", change)
    assert ended.status == 7, ended.last
    assert ended.states == {"rivers-hq-r2": "failed"}
    assert "plan again" in ended.last["report"]["members"][0]["detail"]
    assert "changed by hand" in operations.lab.vtysh("rivers-hq-r2", "show running-config")


def with_line_below(text: str, begins: str, line: str) -> str:
    lines = text.splitlines(keepends=True)
    place = next(number for number, each in enumerate(lines) if each.startswith(begins))
    return "".join([*lines[: place + 1], f"{line}\n", *lines[place + 1 :]])
